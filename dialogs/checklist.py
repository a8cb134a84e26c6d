"""The checklist in conversation: its buttons, and everything they do said in words."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cards.checklist_summary import CHANGE_FIELD
from dialogs import proposals
from dialogs.at_hand import FOLLOWUP, focused, running, whose
from dialogs.checklist_views import session_card
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.item_replies import pressed_id, typed
from dialogs.session_replies import shown, standing, submitted, unfit
from dialogs.turn import Reply, Turn, say
from domain.checklist.answer import YES
from domain.checklist.session import first_unanswered
from domain.checklist.template import Question
from domain.checklist.vocabulary import CHOICE_PHRASES, is_phrase
from usecases.followups.answer_questions import answer_fields, answer_typed
from usecases.followups.start_session import start_session
from usecases.followups.turn_page import go_back, go_on, go_to, look, pause, skip
from usecases.parts.session import Session

_CHANGE: Final = "followup.change"

# ---------------------------------------------------------------- pressed


async def pressed_begin(turn: Turn) -> Reply:
    """*Börja* on the start card, and *Fortsätt* on the paused one."""
    started = await start_session(*whose(turn), pressed_id(turn), turn.language)
    if started.session is None:
        return await standing(turn, pressed_id(turn))
    return await shown(turn, started.session)


async def pressed_next(turn: Turn) -> Reply:
    """*Nästa*: what is in the fields is kept, and the next page takes this one's place."""
    inputs, rev = _fields(turn)
    session = await answer_fields(*whose(turn), pressed_id(turn), inputs, rev=rev, language=turn.language)
    return await shown(turn, session)


async def pressed_back(turn: Turn) -> Reply:
    inputs, rev = _fields(turn)
    return await shown(turn, await go_back(*whose(turn), pressed_id(turn), turn.language, inputs=inputs, rev=rev))


async def pressed_skip(turn: Turn) -> Reply:
    inputs, rev = _fields(turn)
    return await shown(turn, await skip(*whose(turn), pressed_id(turn), turn.language, inputs=inputs, rev=rev))


async def pressed_pause(turn: Turn) -> Reply:
    inputs, _ = _fields(turn)
    return await shown(turn, await pause(*whose(turn), pressed_id(turn), turn.language, inputs=inputs))


async def pressed_change(turn: Turn) -> Reply:
    """*Ändra svaret*, with the question chosen in the list beside it."""
    wanted = typed(turn, CHANGE_FIELD)
    if not wanted:
        return await shown(turn, await look(*whose(turn), pressed_id(turn), turn.language))
    return await _change(turn, pressed_id(turn), wanted)


async def pressed_submit(turn: Turn) -> Reply:
    return await submitted(turn, pressed_id(turn))


# ---------------------------------------------------------------- said


async def said_answer(turn: Turn, text: str) -> Reply:
    """Words that are no command, while a follow-up is open: an answer, or a word on a proposal or the summary."""
    followup_id = turn.chat.focused_on(FOLLOWUP) or ""
    session = await look(*whose(turn), followup_id, turn.language)
    if not session.is_running:
        return replace(await standing(turn, followup_id), is_misfit=True)
    if session.page is not None or first_unanswered(session.questions, session.answers) is not None:
        session = await answer_typed(*whose(turn), followup_id, text, language=turn.language)
        return await shown(turn, session)
    if session.open_proposals:
        return await proposals.said_to_proposal(turn, session, text)
    if is_phrase(text, CHOICE_PHRASES[YES]):
        return await submitted(turn, followup_id)
    return await shown(turn, unfit(session, "answering.misfit.at_end"))


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
    return await shown(turn, await go_on(*whose(turn), followup_id, turn.language)) if followup_id else None


async def said_back(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    followup_id = await running(turn)
    return await shown(turn, await go_back(*whose(turn), followup_id, turn.language)) if followup_id else None


async def said_skip(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    followup_id = await running(turn)
    return await shown(turn, await skip(*whose(turn), followup_id, turn.language)) if followup_id else None


async def said_pause(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    followup_id = await running(turn)
    return await shown(turn, await pause(*whose(turn), followup_id, turn.language)) if followup_id else None


async def said_change(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*ändra 3*: the question is asked again, and the next words answer it."""
    followup_id = await running(turn)
    return await _change(turn, followup_id, int(match["number"])) if followup_id else None


async def said_submit(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    followup_id = await running(turn)
    return await submitted(turn, followup_id) if followup_id else None


# ---------------------------------------------------------------- shared


async def _change(turn: Turn, followup_id: str, wanted: int | str) -> Reply:
    session, question = await go_to(*whose(turn), followup_id, turn.language, question=wanted)
    return _asking(turn, session, question)


def _asking(turn: Turn, session: Session, question: Question) -> Reply:
    followup_id = session.followup.followup_id
    chat = replace(focused(turn.chat, followup_id), expects=f"{_CHANGE}:{followup_id}:{question.question_id}")
    card = session_card(session, turn, asked=question)
    return replace(say(card, chat=chat), is_misfit=session.misfit is not None)


def _fields(turn: Turn) -> tuple[Mapping[str, str], int]:
    """What the pressed card's fields held, and the row version it showed."""
    return (turn.press.inputs, turn.press.rev) if turn.press else ({}, 0)


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
        **proposals.VERBS,
    },
)
EXPECTED: Mapping[str, Answered] = MappingProxyType({_CHANGE: said_changed})
FOCUSED: Mapping[str, Answered] = MappingProxyType({FOLLOWUP: said_answer})
