"""The sanctions of a case: shown, and answered *ja*, *nej* or *avvaktar*, by card or by typing."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from cards.sanctions import ALL, ProposalLine, SanctionsView, sanctions_card
from dialogs.at_hand import whose
from dialogs.case_at_hand import about, at_case, is_open_case, meant, press_of, pressed_on
from dialogs.commands import Command, Pressed, command
from dialogs.spoken_days import day_ahead
from dialogs.turn import Reply, Turn, say
from domain.case_file import SanctionAnswer
from domain.contract_right import RightKind
from domain.errors import Refused
from domain.passivity import days_undecided
from domain.register.money import read_money
from domain.rights_words import kind_named
from domain.sanction import SanctionGiven
from usecases.sanctions.answer_sanction import SanctionsShown, answer_sanction, show_sanctions

NEEDS_ANSWERS: Final = "deviation.refused.needs_sanction_decision"
"""The refusal that this dialog answers with the card of what waits."""
_WORDS: Final = MappingProxyType(
    {
        SanctionAnswer.YES: r"ja|yes",
        SanctionAnswer.NO: r"nej|no|inte|not",
        SanctionAnswer.RESERVED: r"avvaktar?|förbehåll(?:s|er)?|vänta(?:r)?|reserved?|wait|hold",
    },
)
_HALF: Final = frozenset({"inte", "not"})
"""*vite inte aktuellt*: the word is half of the reason too."""
_ALL: Final = r"alla(?: påföljder)?|allt|all(?: sanctions)?"
_RIGHT: Final = (
    rf"{_ALL}|(?:avtals|försenings)?vite[nt]?|viten|prisavdrag|innehållen betalning|innehålla betalning|återbetalning|"
    r"återkrav|skadestånd|uppsägning|hävning|penalty|penalties|price reduction|withheld payment|repayment|refund|"
    r"damages|termination|rescission|liquidated damages"
)
_ANSWER: Final = "|".join(f"(?P<{answer.value}>{words})" for answer, words in _WORDS.items())
_SUM: Final = r"(?:\d{1,3}(?:[ \u00a0.,]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d+)?)"
_AMOUNT: Final = re.compile(
    rf"(?<![\w/.,-])(?:(?:sek|kr)\s*{_SUM}(?!\d)|{_SUM}\s*(?:kr|kronor|sek|tkr|mkr|tusen|miljoner)\b\.?)", re.IGNORECASE
)
_DECISION: Final = re.compile(r"^(?:enligt\s+)?(?:beslut(?:et)?|decision|dnr|ref(?:erens)?)\b[\s:.]*", re.IGNORECASE)
_UNTIL: Final = re.compile(
    r"^(?:,?\s*(?:rätten\s+(?:är\s+)?(?:förbehålls|förbehållen|förbehålles)|the\s+right\s+is\s+reserved|med\s+förbehåll))?"
    r"\s*(?:till|tills|until|to|t\.?o\.?m\.?)?\s*(?:och\s+med\s+)?",
    re.IGNORECASE,
)


async def asked_for_sanctions(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 påföljder*, or *påföljder* on the open case."""
    reference = await _meant(turn, match)
    return _reply(turn, await show_sanctions(*whose(turn), reference)) if reference else None


async def answered_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 vite nej, leverantören har rättat samma dag*."""
    reference = await _meant(turn, match)
    if reference is None:
        return None
    answer = next(answer for answer in SanctionAnswer if match[answer.value])
    rest = (match["rest"] or "").strip(" ,.:;–-")
    if match[answer.value].casefold() in _HALF:
        rest = f"{match[answer.value]} {rest}"
    given = _said(answer, rest, turn)
    return await _answered(turn, reference, _kinds(match["right"]), given)


async def _meant(turn: Turn, match: "re.Match[str]") -> str | None:
    """The case by its number, or the open one: a draft has nothing to answer yet."""
    is_named = match.groupdict().get("number") is not None
    return meant(turn, match) if is_named or await is_open_case(turn) else None


async def pressed_sanctions(turn: Turn) -> Reply:
    return _reply(turn, await show_sanctions(*whose(turn), pressed_on(turn)))


async def pressed_answer(turn: Turn) -> Reply:
    """One of the three forms; which answer is in the verb."""
    press = press_of(turn)
    answer = SanctionAnswer(press.verb.rpartition(".")[2])
    right = press.typed(f"{answer.value}:right")
    shown = await show_sanctions(*whose(turn), pressed_on(turn))
    if _is_answered_since(shown, right, press.rev):
        return _reply(turn, shown)
    amount = read_money(press.typed("yes:amount")) if answer is SanctionAnswer.YES else None
    if amount is not None and amount.remark is not None:
        raise Refused("sanction.refused.amount")
    until = press.typed("reserved:until")
    given = SanctionGiven(
        answer=answer,
        reason=press.typed(f"{answer.value}:reason"),
        reserved_until=_day(until, turn) if until and answer is SanctionAnswer.RESERVED else None,
        reference=press.typed("yes:reference") if answer is SanctionAnswer.YES else "",
        amount_sek=amount.value if amount else None,
    )
    return await _answered(turn, pressed_on(turn), _kinds(right), given)


async def before_closing(turn: Turn, reference: str) -> Reply:
    """Somebody would close a case in which rights wait: which, and how to answer."""
    return _reply(turn, await show_sanctions(*whose(turn), reference), is_before_closing=True)


def _is_answered_since(shown: SanctionsShown, right: str, rev: int) -> bool:
    """Whether the card is older than an answer that has been given to the right since: then it shows that answer."""
    is_old = 0 < rev < shown.case.deviation.version
    waits = {one.kind.value for one in shown.case.undecided}
    decided = {decision.kind.value for decision in shown.case.file.decisions}
    return is_old and right != ALL and right in decided and right not in waits


async def _answered(turn: Turn, reference: str, kinds: tuple[RightKind, ...], given: SanctionGiven) -> Reply:
    return _reply(turn, await answer_sanction(*whose(turn), reference, kinds, given))


def _kinds(said: str) -> tuple[RightKind, ...]:
    if said in set(RightKind):
        return (RightKind(said),)
    if said == ALL or re.fullmatch(_ALL, said, re.IGNORECASE):
        return ()
    kind = kind_named(said)
    if kind is None:
        raise Refused("sanction.refused.not_registered")
    return (kind,)


def _said(answer: SanctionAnswer, rest: str, turn: Turn) -> SanctionGiven:
    """What the words after the answer say of it."""
    match answer:
        case SanctionAnswer.NO:
            return SanctionGiven(
                answer=answer, reason=re.sub(r"^(?:eftersom|för att|därför att|because|since)\s+", "", rest)
            )
        case SanctionAnswer.YES:
            amount, left = _amount(rest)
            parts = [part.strip() for part in re.split(r"[,;]\s*", left) if part.strip()]
            reference = next((part for part in parts if _DECISION.match(part)), parts[0] if parts else "")
            reason = ", ".join(part for part in parts if part != reference)
            return SanctionGiven(
                answer=answer, reference=_DECISION.sub("", reference).strip(), reason=reason, amount_sek=amount
            )
        case SanctionAnswer.RESERVED:
            when, _, reason = _UNTIL.sub("", rest, count=1).partition(",")
            day = _day(when.strip(), turn) or _day(rest, turn)
            return SanctionGiven(answer=answer, reserved_until=day, reason=reason.strip())


def _day(text: str, turn: Turn) -> date | None:
    """A day written as in a calendar, whenever it is, else the coming day the words name."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return day_ahead(text, turn)


def _amount(rest: str) -> tuple[Decimal | None, str]:
    match = _AMOUNT.search(rest)
    if match is None:
        return None, rest
    reading = read_money(match.group().strip(" ,."))
    if reading.value is None:
        raise Refused("sanction.refused.amount")
    return reading.value, f"{rest[: match.start()]}, {rest[match.end() :]}"


def _reply(turn: Turn, shown: SanctionsShown, *, is_before_closing: bool = False) -> Reply:
    case = shown.case
    view = SanctionsView(
        deviation=case.deviation,
        contract=case.contract,
        rights=case.rights,
        decisions=case.file.decisions,
        undecided=case.undecided,
        today=turn.today,
        days_waited=days_undecided(case.deviation, turn.today),
        needs_answers=shown.needs_answers,
        may_decide=shown.may_decide,
        may_propose=shown.may_propose,
        proposals=tuple(ProposalLine(kind=one.kind, given=one.given, by_name=one.by_name) for one in shown.proposals),
        names=shown.names,
        owner_name=shown.owner_name,
        was_proposed=shown.was_proposed,
        is_before_closing=is_before_closing,
    )
    chat = at_case(turn.chat, case.deviation.deviation_id)
    return say(sanctions_card(view, turn.language), chat=replace(chat, expects=None))


COMMANDS: tuple[Command, ...] = (
    command("case.sanctions", asked_for_sanctions, *about("påföljder|påföljderna|sanktioner|sanctions")),
    command(
        "sanction.answer",
        answered_by_words,
        *about(rf"(?P<right>{_RIGHT})[ ,:]+(?:{_ANSWER})(?!\w)(?P<rest>.*)"),
    ),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "case.sanctions": pressed_sanctions,
        "sanction.yes": pressed_answer,
        "sanction.no": pressed_answer,
        "sanction.reserved": pressed_answer,
    },
)
