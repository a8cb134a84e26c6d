"""A registered deviation: opened, moved on and answered for, by buttons or by typing its number and a word."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from cards.deviation_case import case_card
from cards.deviation_moves import read_fields
from dialogs.case_at_hand import NUMBER as _NUMBER
from dialogs.case_views import case_view
from dialogs.commands import Command, Pressed, command
from dialogs.turn import Press, Reply, Turn, say
from domain.case_guards import CaseFacts
from domain.chat import Chat
from domain.deviation import DeviationState, LadderStep, Severity
from domain.errors import Refused
from usecases.deviations.move_case import CaseShown, move_case, move_step, show_case, step_from

_S = DeviationState
_WORDS: Mapping[DeviationState, str] = MappingProxyType(
    {
        _S.ASSESSED: r"bedömd|bedöm|assessed|assess",
        _S.COMMUNICATED: r"kontaktad|leverantören kontaktad|meddelad|contacted|told",
        _S.COMPLAINT_SENT: r"reklamerad|reklamation skickad|complained|complaint sent",
        _S.PLAN_REQUESTED: r"åtgärdsplan begärd|plan requested",
        _S.IN_REMEDY: r"åtgärdas|in remedy",
        _S.CLAIMED_FIXED: r"åtgärdad|åtgärdat|fixad|fixat|fixed",
        _S.VERIFIED: r"kontrollerad|kontrollerat|verifierad|verifierat|verified|checked",
        _S.CLOSED: r"stäng|stängd|löst direkt|löst|close|closed|solved",
        _S.DISMISSED: r"avskriv|avskriven|dismiss|dismissed",
        _S.DISPUTED: r"bestridd|disputed",
        _S.ON_HOLD: r"vila|vilande|on hold",
        _S.SANCTION_PENDING: r"påföljd prövas|sanction",
        _S.REGISTERED: r"öppna igen|reopen",
    },
)
"""What may be written after a number to move the case there."""
_REST = r"(?:[ ,:;]+(?P<rest>.+))?"
_HOW = MappingProxyType(
    {
        "phone": ("telefon", "ringde", "ringt", "phone", "called"),
        "mail": ("mejl", "mail", "e-post", "mejlade", "email"),
        "meeting": ("möte", "avtalsmöte", "meeting"),
        "letter": ("brev", "letter"),
        "system": ("system", "portal"),
    },
)
_REPLY_DAYS = 14
"""Days the supplier is given to answer when a typed complaint names none; the card asks for the day itself."""


async def asked_for_case(turn: Turn, match: "re.Match[str]") -> Reply:
    """The number alone: how the case stands."""
    return await _show(turn, match["number"])


async def moved_by_words(turn: Turn, match: "re.Match[str]") -> Reply:
    """The number and what has happened: *AVV-2027-0001 kontaktad, telefon, Anna Berg*."""
    state = next(state for state, words in _WORDS.items() if re.fullmatch(words, match["what"], re.IGNORECASE))
    given = _said(state, (match["rest"] or "").strip(), turn)
    shown = await move_case(
        turn.world,
        turn.tenant_id,
        turn.sender,
        match["number"].upper(),
        state,
        given,
        severity=_severity(match["rest"] or ""),
    )
    return _reply(turn, shown)


async def moved_step_by_words(turn: Turn, match: "re.Match[str]") -> Reply:
    """*AVV-2027-0001 steg 2, reason*."""
    step = step_from(match["step"])
    return await _to_step(turn, match["number"].upper(), step, (match["rest"] or "").strip())


async def asked_for_future(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*vad händer om ingen gör något?* about the case that is open."""
    deviation_id = turn.chat.focused_on("deviation")
    return await _show(turn, deviation_id, is_future_open=True) if deviation_id else None


async def pressed_open(turn: Turn) -> Reply:
    return await _show(turn, _subject(turn))


async def pressed_move(turn: Turn) -> Reply:
    """Any button that moves the case; which state is in the verb, or in the field of *Fler val*."""
    press = _press(turn)
    fields = read_fields(press.inputs)
    state = _BY_VERB.get(press.verb) or _chosen(fields)
    shown = await move_case(
        turn.world,
        turn.tenant_id,
        turn.sender,
        _subject(turn),
        state,
        _facts(fields, turn),
        severity=Severity(fields["severity"]) if fields.get("severity") in set(Severity) else None,
    )
    return _reply(turn, shown)


async def pressed_step(turn: Turn) -> Reply:
    fields = read_fields(_press(turn).inputs)
    return await _to_step(turn, _subject(turn), step_from(fields.get("step", "")), fields.get("note", ""))


async def _show(turn: Turn, reference: str, *, is_future_open: bool = False) -> Reply:
    shown = await show_case(turn.world, turn.tenant_id, turn.sender, reference)
    return _reply(turn, shown, is_future_open=is_future_open)


async def _to_step(turn: Turn, reference: str, step: LadderStep, note: str) -> Reply:
    shown = await move_step(turn.world, turn.tenant_id, turn.sender, reference, step, note)
    return _reply(turn, shown)


def _reply(turn: Turn, shown: CaseShown, *, is_future_open: bool = False) -> Reply:
    deviation = shown.case.deviation
    chat = Chat(focus=f"deviation:{deviation.deviation_id}", listed=turn.chat.listed)
    return say(case_card(case_view(turn, shown, is_future_open=is_future_open), turn.language), chat=chat)


def _said(state: DeviationState, rest: str, turn: Turn) -> CaseFacts:
    """What the words after the move say, as the facts that move needs."""
    told_how = _how(rest)
    return CaseFacts(
        now=turn.at,
        reason=rest or None,
        requirement=rest,
        was_supplier_told=_was_told(rest) if state is _S.CLOSED else None,
        told_on=turn.today if rest else None,
        told_how=told_how or (rest or None),
        told_whom=rest or None,
        is_letter_reviewed=state is _S.COMPLAINT_SENT and bool(rest),
        answer_due_on=turn.today + timedelta(days=_REPLY_DAYS),
        is_to_be_registered=True,
        supplier_message=rest or None,
        how_verified=rest or None,
        objection=rest or None,
        decision_reference=rest or None,
        hold_until=turn.today + timedelta(days=_REPLY_DAYS),
    )


def _facts(fields: Mapping[str, str], turn: Turn) -> CaseFacts:
    """What was filled in on the card, as the facts its move needs."""
    reason, day = fields.get("reason") or None, _day(fields.get("day"))
    return CaseFacts(
        now=turn.at,
        reason=reason,
        requirement=fields.get("requirement", ""),
        was_supplier_told={"yes": True, "no": False}.get(fields.get("was_supplier_told", "")),
        told_on=_day(fields.get("told_on")) or day,
        told_how=fields.get("told_how") or None,
        told_whom=fields.get("told_whom") or None,
        is_letter_reviewed=fields.get("is_letter_reviewed") == "yes",
        answer_due_on=_day(fields.get("answer_due_on")),
        registry_number=fields.get("registry_number") or None,
        is_to_be_registered=not fields.get("registry_number"),
        supplier_message=fields.get("supplier_message") or reason,
        how_verified=fields.get("how_verified") or reason,
        objection=reason,
        decision_reference=reason,
        hold_until=day,
        merged_into=None,
    )


def _chosen(fields: Mapping[str, str]) -> DeviationState:
    if fields.get("move") not in set(DeviationState):
        raise Refused("deviation.refused.no_such_way", number="")
    return DeviationState(fields["move"])


def _how(text: str) -> str | None:
    words = set(re.findall(r"[\w-]+", text.casefold()))
    return next((how for how, names in _HOW.items() if words & set(names)), None)


def _was_told(text: str) -> bool | None:
    words = set(re.findall(r"\w+", text.casefold()))
    if words & {"nej", "inte", "no", "not"}:
        return False
    return True if words & {"ja", "sagt", "meddelat", "yes", "told"} else None


def _severity(text: str) -> Severity | None:
    words = set(re.findall(r"\w+", text.casefold()))
    names = {
        Severity.MINOR: {"liten", "minor"},
        Severity.MODERATE: {"måttlig", "moderate"},
        Severity.SERIOUS: {"allvarlig", "serious"},
        Severity.CRITICAL: {"akut", "critical"},
    }
    return next((severity for severity, said in names.items() if words & said), None)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _press(turn: Turn) -> Press:
    return turn.press or Press(verb="", data={})


def _subject(turn: Turn) -> str:
    return _press(turn).subject_id("deviation")


_BY_VERB: Mapping[str, DeviationState] = MappingProxyType(
    {
        "deviation.assess": _S.ASSESSED,
        "deviation.contacted": _S.COMMUNICATED,
        "deviation.complained": _S.COMPLAINT_SENT,
        "deviation.claimed_fixed": _S.CLAIMED_FIXED,
        "deviation.verify": _S.VERIFIED,
        "deviation.solve": _S.CLOSED,
        "deviation.close": _S.CLOSED,
        "deviation.dismiss": _S.DISMISSED,
    },
)
COMMANDS: tuple[Command, ...] = (
    command("case.open", asked_for_case, rf"(?:visa |öppna |show |open )?{_NUMBER}"),
    command("case.step", moved_step_by_words, rf"{_NUMBER}[ ,:]+(?:steg|step) ?(?P<step>\d){_REST}"),
    command("case.move", moved_by_words, rf"{_NUMBER}[ ,:]+(?P<what>{'|'.join(_WORDS.values())}){_REST}"),
    command(
        "case.future",
        asked_for_future,
        r"vad händer om ingen gör något|what happens if nobody (?:acts|does anything)",
    ),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "deviation.open": pressed_open,
        "case.open": pressed_open,
        "deviation.move": pressed_move,
        "deviation.move_step": pressed_step,
        **dict.fromkeys(_BY_VERB, pressed_move),
    },
)
