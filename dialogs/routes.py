"""The table of conversations: which words and which buttons lead to which function."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from cards.manners import refusal_card, unclear_card
from cards.saying import SAY_VERB
from cards.texts import Texts, plain
from dialogs import (
    case_file,
    case_moves,
    case_talk,
    cases,
    checklist,
    confiding,
    controls,
    drafts,
    evidence,
    followups,
    further_questions,
    joining,
    joint,
    manners,
    nudged,
    own_drafts,
    plans,
    questions,
    rights,
    sanctions,
    sign_off,
    silences,
    supplier_letters,
    watches,
)
from dialogs.commands import Answered, Command, Pressed, command, spoken
from dialogs.free_text import answered_freely, speaks_for_itself
from dialogs.session_replies import taken_up
from dialogs.turn import Reply, Turn, say
from domain.errors import Refused


async def opened_number(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*öppna 3*: what the button on row 3 of the list last shown would do."""
    pressing = questions.picked(turn, match)
    return await _pressed(pressing) if pressing else None


COMMANDS: tuple[Command, ...] = (
    *own_drafts.COMMANDS,
    *drafts.COMMANDS,
    *confiding.COMMANDS,
    *evidence.COMMANDS,
    *joining.COMMANDS,
    *cases.COMMANDS,
    *case_moves.COMMANDS,
    *case_talk.COMMANDS,
    *plans.COMMANDS,
    *case_file.COMMANDS,
    *sanctions.COMMANDS,
    *rights.COMMANDS,
    *supplier_letters.COMMANDS,
    *joint.COMMANDS,
    *followups.COMMANDS,
    *checklist.COMMANDS,
    *sign_off.COMMANDS,
    *watches.COMMANDS,
    *nudged.COMMANDS,
    *controls.COMMANDS,
    *silences.COMMANDS,
    *further_questions.COMMANDS,
    *questions.COMMANDS,
    command("open", opened_number, questions.OPEN),
    *manners.COMMANDS,
    *nudged.LAST,
    *case_talk.LAST,
)
"""In the order they are tried; the first that matches the whole text, and has something to say, answers."""


async def pressed_words(turn: Turn) -> Reply:
    """A button that types for its presser: its words are read as if they had been written."""
    words = str(turn.press.data.get("subject") or "") if turn.press else ""
    return await converse(replace(turn, text=words, press=None))


VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        SAY_VERB: pressed_words,
        **drafts.VERBS,
        **own_drafts.VERBS,
        **confiding.VERBS,
        **evidence.VERBS,
        **joining.VERBS,
        **cases.VERBS,
        **case_moves.VERBS,
        **plans.VERBS,
        **case_file.VERBS,
        **sanctions.VERBS,
        **rights.VERBS,
        **supplier_letters.VERBS,
        **joint.VERBS,
        **followups.VERBS,
        **checklist.VERBS,
        **sign_off.VERBS,
        **watches.VERBS,
        **nudged.VERBS,
        **controls.VERBS,
        **questions.VERBS,
        **manners.VERBS,
    },
)
"""Every button ever shipped. A verb is never removed: cards live in chats for ever."""

EXPECTED: Mapping[str, Answered] = MappingProxyType(
    {
        **case_moves.EXPECTED,
        **case_talk.EXPECTED,
        **plans.EXPECTED,
        **rights.EXPECTED,
        **joint.EXPECTED,
        **checklist.EXPECTED,
        **sign_off.EXPECTED,
        **watches.EXPECTED,
        **nudged.EXPECTED,
        **controls.EXPECTED,
        **evidence.EXPECTED,
    },
)
"""Questions asked outside a checklist, by the name in `Chat.expects`."""

FOCUSED: Mapping[str, Answered] = MappingProxyType({**drafts.FOCUSED, **checklist.FOCUSED})
"""Open dialogs that typed words go to, by the kind in `Chat.focus`."""


async def converse(turn: Turn) -> Reply:
    """Find the function for what was said or pressed, and let it answer; what was sent along comes after the words."""
    if turn.attachments:
        said = await converse(replace(turn, attachments=())) if turn.text.strip() else say()
        return await evidence.received(turn, said)
    reply = await _answer(turn)
    was_reporting = turn.chat.focused_on("deviation") is not None
    if was_reporting and reply.chat is not None and reply.chat.focus is None and reply.chat.expects is None:
        return await taken_up(turn, reply)
    return reply


async def _answer(turn: Turn) -> Reply:
    if turn.press is not None:
        return await _pressed(turn)
    for one, match in _heard(turn.text):
        reply = await _commanded(turn, one, match)
        if reply is not None:
            return reply
    answer = _open_question(turn)
    reply = await answer(turn, turn.text) if answer is not None else None
    if reply is None or (reply.is_misfit and await speaks_for_itself(turn)):
        return await answered_freely(turn, converse)
    return reply


async def _commanded(turn: Turn, one: Command, match: "re.Match[str]") -> Reply | None:
    try:
        return await one.function(turn, match)
    except Refused as no:
        if turn.chat.expects is None:
            raise
        # They have gone on to something else: what they write next is no answer to what was asked before.
        values = {name: plain(value) if isinstance(value, str) else value for name, value in no.values.items()}
        card = refusal_card(Texts(turn.language)(no.text_key, **values), turn.language)
        return replace(say(card, chat=replace(turn.chat, expects=None)), is_below=True)


def hear(text: str) -> tuple[Command, "re.Match[str]"] | None:
    """The first command the whole text is, with its match."""
    return next(_heard(text), None)


def _heard(text: str) -> Iterator[tuple[Command, "re.Match[str]"]]:
    words = spoken(text)
    return ((one, match) for one in COMMANDS if (match := one.heard_in(words)))


async def _pressed(turn: Turn) -> Reply:
    pressed = VERBS.get(turn.press.verb) if turn.press else None
    return await pressed(turn) if pressed else say(unclear_card(turn.language))


def _open_question(turn: Turn) -> Answered | None:
    """What the person has just been asked, or the dialog they are in the middle of."""
    if turn.chat.expects:
        return EXPECTED.get(turn.chat.expects.partition(":")[0])
    if turn.chat.focus:
        return FOCUSED.get(turn.chat.focus.partition(":")[0])
    return None
