"""*Jag pratade med dem i torsdags*, *det är fixat nu*: what is told of a case without its number finds the case it is about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, urlencode

from cards.asking import remark_card
from cards.choosing import choosing_card
from cards.pen import card_pen
from cards.texts import Texts
from dialogs.at_hand import whose
from dialogs.cancelling import is_cancelled
from dialogs.case_at_hand import CASE, NUMBER, is_open_case, meant
from dialogs.case_moves import case_reply, make_move, make_talk
from dialogs.case_words import how_in, read_said
from dialogs.commands import Answered, Command, command
from dialogs.reading import understand
from dialogs.turn import Reply, Turn, say
from dialogs.understand.wishes import OF_CASES, Intent, IntentKind
from domain.case_guards import CaseFacts
from domain.deviation import DeviationState
from usecases.deviations.cases_meant import OwnCase, own_cases
from usecases.deviations.move_case import show_case
from usecases.deviations.note_case import note_case
from usecases.parts.case_words import check_words

WHICH: Final = "case.which"
_S = DeviationState
_MOST: Final = 9
_TELLING: Final = 4
"""Letters from which a word tells one case from another."""
_ENDING: Final = 3
"""Letters by which two forms of one word may differ."""
_WORD: Final = re.compile(r"\w+")


async def told_of_case(turn: Turn, intent: Intent) -> Reply:
    """A talk with the supplier, or word that it is mended, about the person's own case; asked which when it is not clear."""
    said = _said(turn, intent)
    found = _meant(await own_cases(*whose(turn)), turn)
    if not found:
        return say(remark_card(Texts(turn.language)("case.none_open"), turn.language))
    if len(found) > 1:
        return _ask_which(turn, found[:_MOST], said)
    return await _keep(turn, str(found[0].deviation.deviation_id), said)


async def said_of_case(turn: Turn, match: "re.Match[str]") -> Reply:
    """Anything else after a number: a talk or a remedy told of that very case, or else the case and what may be written."""
    reference = match["number"].upper()
    understanding = await understand(replace(turn, text=match["rest"]))
    if understanding.intent.kind in OF_CASES and not understanding.personal_data:
        return await _keep(turn, reference, _said(replace(turn, text=match["rest"]), understanding.intent))
    reply = case_reply(turn, await show_case(*whose(turn), reference))
    unclear = remark_card(Texts(turn.language)("case.unclear", number=reference), turn.language)
    return say(unclear, *reply.cards, chat=reply.chat)


async def answered_which(turn: Turn, text: str) -> Reply:
    """The number in the list, or the number of the case."""
    said = dict(parse_qsl((turn.chat.expects or "").partition(":")[2], keep_blank_values=True))
    if is_cancelled(text):
        card = remark_card(Texts(turn.language)("case.left_alone"), turn.language)
        return say(card, chat=replace(turn.chat, expects=None))
    number = re.fullmatch(rf"{NUMBER}", text.strip(" ."), re.IGNORECASE)
    if number:
        return await _keep(turn, number["number"].upper(), said)
    picked = turn.chat.picked(int(text.strip(" .)"))) if text.strip(" .)").isdigit() else None
    if picked is None:
        cases = {f"{CASE}:{case.deviation.deviation_id}": case for case in await own_cases(*whose(turn))}
        asked = _ask_which(turn, [cases[one] for one in turn.chat.listed if one in cases], said)
        return replace(asked, is_misfit=True)
    return await _keep(turn, picked.removeprefix(f"{CASE}:"), said)


async def said_paid(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 inte betald*: the invoice is asked about at the first steps."""
    if match.groupdict().get("number") is None and not await is_open_case(turn):
        return None
    reference = meant(turn, match)
    given = CaseFacts(now=turn.at, is_paid=match["not"] is None)
    return case_reply(turn, await note_case(*whose(turn), reference, given)) if reference else None


async def said_promised(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 pratade med Anna Berg, lovar till fredag*, wherever the case stands."""
    reference = meant(turn, match)
    if reference is None or (match.groupdict().get("number") is None and not await is_open_case(turn)):
        return None
    return await make_talk(turn, reference, read_said(_S.COMMUNICATED, match["rest"], turn))


def _said(turn: Turn, intent: Intent) -> dict[str, str]:
    return {
        "kind": intent.kind.value,
        "told_on": (intent.slots.spoken_on or turn.today).isoformat(),
        "promised_on": intent.slots.promised_on.isoformat() if intent.slots.promised_on else "",
        "words": turn.text.strip(),
    }


async def _keep(turn: Turn, reference: str, said: Mapping[str, str]) -> Reply:
    if said["kind"] == IntentKind.MARK_CLAIMED_FIXED.value:
        return await _claimed_fixed(turn, reference, said["words"])
    talk = {"told_on": said["told_on"], "promised_on": said["promised_on"], "told_how": how_in(said["words"]) or ""}
    return await make_talk(turn, reference, {**talk, "reason": said["words"]})


async def _claimed_fixed(turn: Turn, reference: str, words: str) -> Reply:
    """The supplier's word is kept, and then it is asked who has checked it and how."""
    shown = await show_case(*whose(turn), reference)
    if shown.case.deviation.state is not _S.CLAIMED_FIXED:
        moved = await make_move(turn, reference, _S.CLAIMED_FIXED, {"supplier_message": words})
        if moved.chat is not None and moved.chat.expects is not None:
            return moved
    return await make_move(turn, reference, _S.VERIFIED, {})


def _meant(cases: Sequence[OwnCase], turn: Turn) -> list[OwnCase]:
    """Those the words speak of most; else the open one; else all of them."""
    said = {word.casefold() for word in _WORD.findall(turn.text) if len(word) >= _TELLING}
    scored = [(_likeness(case, said), case) for case in cases]
    best = max((score for score, _ in scored), default=0)
    if best:
        return [case for score, case in scored if score == best]
    focused = turn.chat.focused_on(CASE)
    return [case for case in cases if case.deviation.deviation_id == focused] or list(cases)


def _likeness(case: OwnCase, said: set[str]) -> int:
    contract, kind, deviation = case.contract, case.kind, case.deviation
    names = [deviation.location or "", deviation.description]
    names += [contract.title, contract.supplier_names, contract.area or ""] if contract else []
    names += list(kind.names.values()) if kind else []
    words = {word.casefold() for name in names for word in _WORD.findall(name) if len(word) >= _TELLING}
    return sum(any(_alike(one, other) for other in words) for one in said)


def _alike(one: str, other: str) -> bool:
    """*Städningen* is about *städning*: one word begins with nearly all of the other."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter] and abs(len(one) - len(other)) <= _ENDING


def _ask_which(turn: Turn, cases: Sequence[OwnCase], said: Mapping[str, str]) -> Reply:
    check_words([said["words"]])
    texts = Texts(turn.language)
    pen = card_pen(turn.language, turn.today)
    rows = [
        " · ".join(
            part
            for part in (
                case.deviation.number,
                pen.quote(case.kind.name(turn.language)) if case.kind else "",
                pen.quote(case.deviation.location or ""),
                pen.quote(case.contract.title) if case.contract else "",
            )
            if part
        )
        for case in cases
    ]
    card = choosing_card(texts("case.which.title"), texts("case.which.question"), turn.language, rows=rows)
    listed = tuple(f"{CASE}:{case.deviation.deviation_id}" for case in cases)
    return say(card, chat=replace(turn.chat, listed=listed, expects=f"{WHICH}:{urlencode(said)}", more=None))


_PAID: Final = r"(?:fakturan? (?:är )?)?(?:(?P<not>inte|ej|not) )?(?:betald|betalt|paid)"
_TALK: Final = r"(?P<rest>(?:pratade|pratat|talade|ringde|mejlade|lovar|lovade|de lovar|de lovade|promised|they promised|talked|spoke)\b.+)"
COMMANDS: tuple[Command, ...] = (
    command("case.paid", said_paid, rf"{NUMBER}[ ,:]+{_PAID}", _PAID),
    command("case.talk", said_promised, rf"{NUMBER}[ ,:]+{_TALK}"),
)
LAST: tuple[Command, ...] = (command("case.words", said_of_case, rf"{NUMBER}[ ,:]+(?P<rest>.+)"),)
"""Tried when nobody else has understood what stands after the number."""
EXPECTED: Mapping[str, Answered] = MappingProxyType({WHICH: answered_which})
