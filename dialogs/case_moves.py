"""A case is moved on, by a button with its fields or in words; what is missing is asked for, one thing at a time."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, urlencode

from cards.asking import remark_card
from cards.deviation import case_card
from cards.deviation_moves import move_card, read_fields
from cards.texts import Texts
from dialogs.at_hand import whose
from dialogs.cancelling import is_cancelled
from dialogs.case_asides import is_aside
from dialogs.case_at_hand import NUMBER, at_case, is_open_case, meant, press_of, pressed_on
from dialogs.case_facts import facts_of, of_old_card
from dialogs.case_views import case_view
from dialogs.case_words import read_answer, read_said
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.sanctions import NEEDS_ANSWERS, before_closing
from dialogs.turn import Reply, Turn, say
from domain.deviation import DeviationState
from domain.deviation_case import allowed, route
from domain.errors import Refused
from usecases.deviations.move_case import move_case, show_case
from usecases.deviations.note_case import note_case
from usecases.parts.case_showing import CaseShown
from usecases.parts.case_words import check_words

_S = DeviationState
MOVE: Final = "case.move"
_UNTOLD: Final = frozenset({_S.REGISTERED, _S.ASSESSED})
_WORDS: Mapping[DeviationState, str] = MappingProxyType(
    {
        _S.ASSESSED: r"bedömd|bedöm|assessed|assess",
        _S.COMMUNICATED: r"leverantören (?:är )?kontaktad|kontaktad|kontaktat|meddelad|supplier contacted|contacted|told",
        _S.COMPLAINT_SENT: r"reklamerad|reklamerat|reklamation skickad|complained|complaint sent",
        _S.PLAN_REQUESTED: r"åtgärdsplan begärd|plan begärd|begärt åtgärdsplan|plan requested",
        _S.IN_REMEDY: r"åtgärdas|hjälpte inte|inte åtgärdat|inte åtgärdad|inte fixat|in remedy|not fixed|did not help",
        _S.CLAIMED_FIXED: r"åtgärdad|åtgärdat|fixad|fixat|claimed fixed|fixed",
        _S.VERIFIED: r"kontrollerad|kontrollerat|verifierad|verifierat|verified|checked",
        _S.CLOSED: r"stäng|stängd|löst direkt|löst|close|closed|solved",
        _S.DISMISSED: r"avskriv|avskriven|dismiss|dismissed",
        _S.DISPUTED: r"bestridd|bestrider|leverantören håller inte med|disputed",
        _S.ON_HOLD: r"lägg vilande|vila|vilande|on hold|hold",
        _S.SANCTIONED: r"påföljd beslutad|beslut om påföljd|sanction decided|sanctioned",
        _S.SANCTION_PENDING: r"påföljd prövas|pröva påföljd|sanction pending|consider sanction",
        _S.REGISTERED: r"öppna igen|reopen",
    },
)
"""What may be written after a number, or alone on the open case, to move the case there."""
_WHAT: Final = "|".join(_WORDS.values())
_ASKED: Final = MappingProxyType(
    {
        "needs_severity": "severity",
        "needs_requirement": "requirement",
        "needs_told_whom": "told_whom",
        "needs_told_how": "told_how",
        "needs_told_on": "told_on",
        "needs_reviewed_letter": "is_letter_reviewed",
        "needs_answer_day": "answer_due_on",
        "needs_plan_day": "plan_due_on",
        "needs_told_or_not": "was_supplier_told",
        "needs_reason": "reason",
        "needs_supplier_message": "supplier_message",
        "needs_how_verified": "how_verified",
        "needs_objection": "objection",
        "needs_decision_reference": "decision_reference",
        "needs_hold_until": "hold_until",
    },
)
"""What is missing when a move is refused, by the reason: it is asked for instead."""
_WRONG: Final = MappingProxyType(
    {"told_in_the_future": "told_on", "answer_before_told": "answer_due_on", "needs_hold_until": "hold_until"},
)
"""What was said and cannot be: the reason is given, and it is asked for again."""
_OUTDATED: Final = frozenset({"deviation.refused.no_such_way", "deviation.refused.already_there"})
_BY_VERB: Final[Mapping[str, DeviationState]] = MappingProxyType(
    {
        "deviation.assess": _S.ASSESSED,
        "deviation.contacted": _S.COMMUNICATED,
        "deviation.complained": _S.COMPLAINT_SENT,
        "deviation.claimed_fixed": _S.CLAIMED_FIXED,
        "deviation.verify": _S.VERIFIED,
        "deviation.solve": _S.CLOSED,
        "deviation.close": _S.CLOSED,
        "deviation.dismiss": _S.DISMISSED,
        "case.plan_requested": _S.PLAN_REQUESTED,
        "case.in_remedy": _S.IN_REMEDY,
        "case.disputed": _S.DISPUTED,
        "case.hold": _S.ON_HOLD,
        "case.sanction_pending": _S.SANCTION_PENDING,
        "case.sanctioned": _S.SANCTIONED,
        "case.reopen": _S.REGISTERED,
    },
)


async def moved_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 kontaktad, telefon, Anna Berg*, or the same without the number on the open case."""
    reference = meant(turn, match)
    if reference is None or (match.groupdict().get("number") is None and not await is_open_case(turn)):
        return None
    state = next(state for state, words in _WORDS.items() if re.fullmatch(words, match["what"], re.IGNORECASE))
    said = read_said(state, match["rest"] or "", turn)
    if state is _S.COMMUNICATED:
        return await make_talk(turn, reference, said)
    try:
        return await make_move(turn, reference, state, said)
    except Refused as no:
        if no.text_key not in _OUTDATED:
            raise
        return await _no_way(turn, reference, state)


async def make_talk(turn: Turn, reference: str, said: Mapping[str, str]) -> Reply:
    """The first talk tells the supplier and is a move; a later one is kept beside, with what was promised."""
    said = {name: value for name, value in said.items() if value or name == "requirement"}
    shown = await show_case(*whose(turn), reference)
    if shown.case.deviation.state in _UNTOLD or not said:
        return await make_move(turn, reference, _S.COMMUNICATED, said)
    return case_reply(turn, await note_case(*whose(turn), reference, facts_of(said, turn)))


async def _no_way(turn: Turn, reference: str, state: DeviationState) -> Reply:
    """Why the words lead nowhere from where the case stands, and the case with what does."""
    shown = await show_case(*whose(turn), reference)
    texts, deviation = Texts(turn.language), shown.case.deviation
    stands = texts(f"deviation.state.{deviation.state.value}")
    meant_move = texts(f"case.word.{state.value}")
    why = texts("case.no_way", number=deviation.number or "", state=stands, move=meant_move)
    reply = case_reply(turn, shown)
    return say(remark_card(why, turn.language), *reply.cards, chat=reply.chat)


async def resumed_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 återuppta*: what was on hold goes on from where it stood."""
    reference = meant(turn, match)
    return await _resume(turn, reference) if reference else None


async def pressed_resume(turn: Turn) -> Reply:
    return await _resume(turn, pressed_on(turn))


async def pressed_move(turn: Turn) -> Reply:
    """Any button that sends the fields of one move."""
    press = press_of(turn)
    said = {name: value for name, value in read_fields(press.inputs).items() if value or name == "requirement"}
    if _BY_VERB[press.verb] is _S.ASSESSED:
        # The field says that it may be left empty when the requirement is unclear, and some clients leave it out then.
        said.setdefault("requirement", "")
    try:
        return await make_move(turn, pressed_on(turn), _BY_VERB[press.verb], said)
    except Refused as no:
        if no.text_key not in _OUTDATED:
            raise
        # The card lies in the chat from before somebody else moved the case: it is answered with how it stands now.
        return case_reply(turn, await show_case(*whose(turn), pressed_on(turn)))


async def pressed_other_move(turn: Turn) -> Reply:
    """*Fler val*: the chosen move on a card of its own, or made at once where older cards had its fields beside it."""
    fields = read_fields(press_of(turn).inputs)
    if fields.get("move") not in set(DeviationState):
        raise Refused("deviation.refused.no_such_way", number="")
    state = DeviationState(fields["move"])
    shown = await show_case(*whose(turn), pressed_on(turn))
    said = of_old_card(state, fields)
    if said:
        return await make_move(turn, pressed_on(turn), state, said)
    if state not in shown.moves:
        return case_reply(turn, shown)
    deviation_id = shown.case.deviation.deviation_id
    card = move_card(state, case_view(turn, shown), turn.language)
    return say(card, chat=at_case(turn.chat, deviation_id))


async def make_move(turn: Turn, reference: str, state: DeviationState, said: Mapping[str, str]) -> Reply:
    """Move the case with what has been said, or ask for the first thing the move lacks."""
    try:
        if state is _S.PLAN_REQUESTED and "answer_due_on" not in said:
            return await _ask_plan_day(turn, reference, said)
        if said.get("told_on", "") > turn.today.isoformat():
            raise Refused("deviation.refused.told_in_the_future")  # noqa: TRY301 - as the table of moves would
        shown = await move_case(*whose(turn), reference, state, facts_of(said, turn))
    except Refused as no:
        if no.text_key == NEEDS_ANSWERS:
            return await before_closing(turn, reference)
        return await _ask_instead(turn, reference, state, said, no)
    return case_reply(turn, shown)


async def _ask_instead(
    turn: Turn, reference: str, state: DeviationState, said: Mapping[str, str], no: Refused
) -> Reply:
    """Ask for what the refusal says is missing or wrong; what asking would not help stays refused."""
    reason = no.text_key.removeprefix("deviation.refused.")
    wrong = _WRONG.get(reason)
    if wrong is not None and said.get(wrong):
        rest = {name: value for name, value in said.items() if name != wrong}
        why = Texts(turn.language)(no.text_key, **no.values)
        return await _ask(turn, await show_case(*whose(turn), reference), state, rest, wrong, why=why)
    field = _ASKED.get(reason)
    if field is None or said.get(field):
        raise no
    return await _ask(turn, await show_case(*whose(turn), reference), state, said, field)


async def answered_move(turn: Turn, text: str) -> Reply | None:
    """The answer to what was asked last about a move."""
    _, deviation_id, to, kept = (turn.chat.expects or "").split(":", 3)
    state, said = DeviationState(to), dict(parse_qsl(kept, keep_blank_values=True))
    field = said.pop("asked")
    if is_cancelled(text):
        return case_reply(turn, await show_case(*whose(turn), deviation_id))
    if await is_aside(turn, deviation_id, field):
        return None
    answer = read_answer(field, text, turn)
    if field not in answer:
        shown = await show_case(*whose(turn), deviation_id)
        return await _ask(turn, shown, state, said, field, is_again=True)
    return await make_move(turn, deviation_id, state, {**answer, **said})


def case_reply(turn: Turn, shown: CaseShown, *, is_future_open: bool = False) -> Reply:
    """The case's card; from now on words are about it."""
    card = case_card(case_view(turn, shown, is_future_open=is_future_open), turn.language)
    return say(card, chat=at_case(turn.chat, shown.case.deviation.deviation_id))


async def _ask_plan_day(turn: Turn, reference: str, said: Mapping[str, str]) -> Reply:
    shown = await show_case(*whose(turn), reference)
    case = shown.case
    way = route(case.deviation.state, _S.PLAN_REQUESTED)
    # Let the table say why not, rather than ask for something that would not help; and make no move before the day is told.
    before = replace(case.deviation, state=way[0]) if len(way) > 1 else case.deviation
    if before.state is not _S.PLAN_REQUESTED:
        allowed(before, _S.PLAN_REQUESTED, case.parts, case.facts(facts_of(said, turn)))
    return await _ask(turn, shown, _S.PLAN_REQUESTED, said, "answer_due_on")


async def _ask(
    turn: Turn,
    shown: CaseShown,
    state: DeviationState,
    said: Mapping[str, str],
    field: str,
    *,
    is_again: bool = False,
    why: str | None = None,
) -> Reply:
    """Ask for one field. What was said already is kept with the question, and stands filled in on its card."""
    check_words(said.values())
    texts = Texts(turn.language)
    is_plan = state is _S.PLAN_REQUESTED and field == "answer_due_on"
    question = why or texts("case.ask.plan_due_on" if is_plan else f"case.ask.{field}")
    if is_again:
        question = texts("case.ask.again", question=question)
    card = move_card(state, case_view(turn, shown), turn.language, question=question, said=said)
    deviation_id = shown.case.deviation.deviation_id
    kept = urlencode({**said, "asked": field})
    chat = replace(at_case(turn.chat, deviation_id), expects=f"{MOVE}:{deviation_id}:{state.value}:{kept}")
    return replace(say(card, chat=chat), is_misfit=is_again)


async def _resume(turn: Turn, reference: str) -> Reply:
    shown = await show_case(*whose(turn), reference)
    held_from = shown.case.deviation.held_from
    if held_from is None:
        return case_reply(turn, shown)
    return await make_move(turn, reference, held_from, {"answer_due_on": ""})


COMMANDS: tuple[Command, ...] = (
    command(
        "case.move",
        moved_by_words,
        rf"{NUMBER}[ ,:]+(?P<what>{_WHAT})(?:[ ,:;]+(?P<rest>.+))?",
        rf"(?P<what>{_WHAT})(?:[,:;] ?(?P<rest>.+))?",
    ),
    command(
        "case.resume",
        resumed_by_words,
        rf"{NUMBER}[ ,:]+(?:återuppta|väck|resume)",
        r"återuppta|väck|resume",
    ),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "deviation.move": pressed_other_move,
        "case.resume": pressed_resume,
        **dict.fromkeys(_BY_VERB, pressed_move),
    },
)
EXPECTED: Mapping[str, Answered] = MappingProxyType({MOVE: answered_move})
