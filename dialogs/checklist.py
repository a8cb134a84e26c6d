"""The checklist in conversation: its buttons, and everything they do said in words."""

import re
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from cards.checklist_proposal import REASON_FIELD, SEVERITY_FIELD, TEXT_FIELD
from cards.checklist_summary import CHANGE_FIELD
from cards.texts import Texts
from dialogs.at_hand import FOLLOWUP, focused, left, running, whose
from dialogs.checklist_views import session_card, submission_card
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.followup_views import opened_card
from dialogs.proposal_reading import Confirmed, Declined, completed, read_decision, read_proposals
from dialogs.turn import Reply, Turn, say
from domain.checklist.answer import YES
from domain.checklist.session import first_unanswered
from domain.checklist.template import Question
from domain.checklist.typed import Misfit
from domain.checklist.vocabulary import CHOICE_PHRASES, is_phrase
from domain.deviation import Severity
from domain.errors import Refused
from usecases.followups.answer_questions import answer_fields, answer_typed
from usecases.followups.decide_proposal import Changed, confirm_proposal, decline_proposal
from usecases.followups.open_followup import open_followup
from usecases.followups.start_session import start_session
from usecases.followups.submit_followup import submit_followup
from usecases.followups.turn_page import go_back, go_on, go_to, look, pause, skip
from usecases.parts.session import Session, source_of

_CHANGE: Final = "followup.change"
_IN_THE_MIDDLE: Final = timedelta(hours=1)
"""A checklist answered in this lately has not been left, only interrupted."""

# ---------------------------------------------------------------- pressed


async def pressed_begin(turn: Turn) -> Reply:
    """*Börja* on the start card, and *Fortsätt* on the paused one."""
    started = await start_session(*whose(turn), _pressed_id(turn), turn.language)
    if started.session is None:
        return await _standing(turn, _pressed_id(turn))
    return await shown(turn, started.session)


async def pressed_next(turn: Turn) -> Reply:
    """*Nästa*: what is in the fields is kept, and the next page takes this one's place."""
    session = await answer_fields(
        *whose(turn),
        _pressed_id(turn),
        _inputs(turn),
        rev=_rev(turn),
        language=turn.language,
    )
    return await shown(turn, session)


async def pressed_back(turn: Turn) -> Reply:
    session = await go_back(*whose(turn), _pressed_id(turn), turn.language, inputs=_inputs(turn), rev=_rev(turn))
    return await shown(turn, session)


async def pressed_skip(turn: Turn) -> Reply:
    session = await skip(*whose(turn), _pressed_id(turn), turn.language, inputs=_inputs(turn), rev=_rev(turn))
    return await shown(turn, session)


async def pressed_pause(turn: Turn) -> Reply:
    session = await pause(*whose(turn), _pressed_id(turn), turn.language, inputs=_inputs(turn))
    return await shown(turn, session)


async def pressed_change(turn: Turn) -> Reply:
    """*Ändra svaret*, with the question chosen in the list beside it."""
    wanted = turn.press.typed(CHANGE_FIELD) if turn.press else ""
    if not wanted:
        return await shown(turn, await look(*whose(turn), _pressed_id(turn), turn.language))
    return await _change(turn, _pressed_id(turn), wanted)


async def pressed_submit(turn: Turn) -> Reply:
    return await _submit(turn, _pressed_id(turn))


async def pressed_confirm(turn: Turn) -> Reply:
    """*Registrera*, as proposed or with what was changed in the fields."""
    followup_id, _, question_id = _pressed_id(turn).partition("/")
    severity = turn.press.typed(SEVERITY_FIELD) if turn.press else ""
    text = turn.press.typed(TEXT_FIELD) if turn.press else ""
    changed = Changed(severity=Severity(severity) if severity in set(Severity) else None, text=text or None)
    return await _or_why_not(turn, followup_id, _confirm(turn, followup_id, question_id, changed))


async def pressed_decline(turn: Turn) -> Reply:
    followup_id, _, question_id = _pressed_id(turn).partition("/")
    reason = turn.press.typed(REASON_FIELD) if turn.press else ""
    return await _or_why_not(turn, followup_id, _decline(turn, followup_id, question_id, reason))


# ---------------------------------------------------------------- said


async def said_answer(turn: Turn, text: str) -> Reply:
    """Words that are no command, while a follow-up is open: an answer, or a word on a proposal or the summary."""
    followup_id = turn.chat.focused_on(FOLLOWUP) or ""
    session = await look(*whose(turn), followup_id, turn.language)
    if not session.is_running:
        return replace(await _standing(turn, followup_id), is_misfit=True)
    if session.page is None and first_unanswered(session.questions, session.answers) is None:
        return await _said_at_the_end(turn, session, text)
    session = await answer_typed(*whose(turn), followup_id, text, language=turn.language)
    return await shown(turn, session)


async def said_changed(turn: Turn, text: str) -> Reply:
    """The new answer to the question *ändra 3* has just asked again."""
    _, followup_id, question_id = (turn.chat.expects or "").split(":", 2)
    session = await answer_typed(
        *whose(turn),
        followup_id,
        text,
        language=turn.language,
        question_id=question_id,
    )
    asked = next((one for one in session.questions if one.question_id == question_id), None)
    if session.misfit is None or asked is None:
        return await shown(turn, session)
    return _asking(turn, session, asked)


async def said_next(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    followup_id = await running(turn)
    if followup_id is None:
        return None
    return await shown(turn, await go_on(*whose(turn), followup_id, turn.language))


async def said_back(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    followup_id = await running(turn)
    if followup_id is None:
        return None
    return await shown(turn, await go_back(*whose(turn), followup_id, turn.language))


async def said_skip(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    followup_id = await running(turn)
    if followup_id is None:
        return None
    return await shown(turn, await skip(*whose(turn), followup_id, turn.language))


async def said_pause(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    followup_id = await running(turn)
    if followup_id is None:
        return None
    return await shown(turn, await pause(*whose(turn), followup_id, turn.language))


async def said_change(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*ändra 3*: the question is asked again, and the next words answer it."""
    followup_id = await running(turn)
    if followup_id is None:
        return None
    return await _change(turn, followup_id, int(match["number"]))


async def said_submit(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    followup_id = await running(turn)
    return await _submit(turn, followup_id) if followup_id else None


# ---------------------------------------------------------------- shared


async def shown(turn: Turn, session: Session, *, note: str | None = None) -> Reply:
    """The session where it stands, with typed words going to it from now on."""
    followup_id = session.followup.followup_id
    if not session.is_running:
        return await _standing(turn, followup_id)
    card = session_card(read_proposals(session, turn), turn, note=note)
    chat = left(turn.chat, followup_id) if session.followup.is_paused else focused(turn.chat, followup_id)
    return replace(say(card, chat=chat), is_misfit=session.misfit is not None)


async def taken_up(turn: Turn, reply: Reply) -> Reply:
    """The reply that ended something else, and below it the checklist that this came in the middle of."""
    followup_id = await running(turn)
    session = await look(*whose(turn), followup_id, turn.language) if followup_id else None
    if followup_id is None or session is None or session.followup.is_paused:
        return reply
    moments = [row.answered_at for row in session.stored.values()]
    last = max(moments, default=session.followup.started_at)
    if last is None or turn.at - last > _IN_THE_MIDDLE:
        return reply
    card = session_card(read_proposals(session, turn), turn)
    return replace(reply, cards=(*reply.cards, card), chat=focused(turn.chat, followup_id))


async def _standing(turn: Turn, followup_id: str) -> Reply:
    """What has become of it, for a card or a word that comes too late."""
    opened = await open_followup(*whose(turn), followup_id, turn.language)
    return say(opened_card(opened, turn), chat=left(turn.chat, followup_id))


async def _change(turn: Turn, followup_id: str, wanted: int | str) -> Reply:
    session, question = await go_to(*whose(turn), followup_id, turn.language, question=wanted)
    return _asking(turn, session, question)


def _asking(turn: Turn, session: Session, question: Question) -> Reply:
    followup_id = session.followup.followup_id
    chat = replace(focused(turn.chat, followup_id), expects=f"{_CHANGE}:{followup_id}:{question.question_id}")
    card = session_card(session, turn, asked=question)
    return replace(say(card, chat=chat), is_misfit=session.misfit is not None)


async def _submit(turn: Turn, followup_id: str) -> Reply:
    submission = await submit_followup(*whose(turn), followup_id, turn.language)
    if not submission.is_submitted:
        return await shown(turn, submission.session)
    return say(submission_card(submission, turn), chat=left(turn.chat, followup_id))


async def _said_at_the_end(turn: Turn, session: Session, text: str) -> Reply:
    if not session.open_proposals:
        if is_phrase(text, CHOICE_PHRASES[YES]):
            return await _submit(turn, session.followup.followup_id)
        return await shown(turn, _unfit(session, "answering.misfit.at_end"))
    question_id = session.open_proposals[0].proposal.question_id
    match read_decision(text):
        case Confirmed(changed=changed):
            return await _confirm(turn, session.followup.followup_id, question_id, changed)
        case Declined(reason=reason) if reason.strip():
            return await _decline(turn, session.followup.followup_id, question_id, reason)
        case Declined():
            return await shown(turn, _unfit(session, "answering.refused.decline_needs_reason"))
        case None:
            return await shown(turn, _unfit(session, "answering.misfit.proposal"))


async def _confirm(turn: Turn, followup_id: str, question_id: str, changed: Changed) -> Reply:
    before = await look(*whose(turn), followup_id, turn.language)
    changed = completed(changed, question_id, before, turn)
    session = await confirm_proposal(*whose(turn), followup_id, question_id, turn.language, changed)
    source = source_of(session.followup, question_id)
    number = next((row.number for row in session.own_deviations if row.source == source), None)
    note = Texts(turn.language)("answering.registered", number=number) if number else None
    return await shown(turn, session, note=note)


async def _decline(turn: Turn, followup_id: str, question_id: str, reason: str) -> Reply:
    session = await decline_proposal(*whose(turn), followup_id, question_id, turn.language, reason)
    return await shown(turn, session)


async def _or_why_not(turn: Turn, followup_id: str, pressed: Awaitable[Reply]) -> Reply:
    """What the press leads to; when the rules say no, the proposal again with the reason."""
    try:
        return await pressed
    except Refused as no:
        session = await look(*whose(turn), followup_id, turn.language)
        return await shown(turn, session, note=Texts(turn.language)(no.text_key, **no.values))


def _unfit(session: Session, text_key: str) -> Session:
    return replace(session, misfit=Misfit(question_id="", text_key=text_key))


def _pressed_id(turn: Turn) -> str:
    return turn.press.subject_id(FOLLOWUP) if turn.press else ""


def _inputs(turn: Turn) -> Mapping[str, str]:
    return turn.press.inputs if turn.press else {}


def _rev(turn: Turn) -> int:
    return turn.press.rev if turn.press else 0


COMMANDS: tuple[Command, ...] = (
    command("next", said_next, r"nästa|vidare|gå vidare|next|go on"),
    command("back", said_back, r"tillbaka|bakåt|gå tillbaka|föregående|back|go back|previous"),
    command("skip", said_skip, r"hoppa(?: över(?: (?:den|frågan|den här))?)?|skip(?: (?:it|this))?|pass"),
    command("pause", said_pause, r"paus|pausa|ta en paus|vila|pause|take a break"),
    command("submit", said_submit, r"skicka in(?: den| uppföljningen)?|lämna in(?: den)?|submit(?: it)?|hand in"),
    command(
        "change",
        said_change,
        r"ändra(?: (?:svaret på|svar))?(?: (?:fråga|nummer|nr))? (?P<number>\d{1,3})",
        r"change(?: (?:the answer to|answer))?(?: (?:question|number|no))? (?P<number>\d{1,3})",
    ),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "checklist.begin": pressed_begin,
        "checklist.resume": pressed_begin,
        "checklist.next": pressed_next,
        "checklist.back": pressed_back,
        "checklist.skip": pressed_skip,
        "checklist.pause": pressed_pause,
        "checklist.change": pressed_change,
        "checklist.submit": pressed_submit,
        "checklist.confirm_proposal": pressed_confirm,
        "checklist.decline_proposal": pressed_decline,
    },
)
EXPECTED: Mapping[str, Answered] = MappingProxyType({_CHANGE: said_changed})
FOCUSED: Mapping[str, Answered] = MappingProxyType({FOLLOWUP: said_answer})
