"""What people answer to a nudge instead of doing it now: later, not me, done already, cannot; and taking that back."""

import re
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from cards.asking import asking_card
from cards.card import Card
from cards.followup import item_card
from cards.followup_outcomes import already_done_card, cannot_card, snoozed_card, undone_card, wrong_person_card
from cards.manners import refusal_card
from cards.texts import Texts
from dialogs.at_hand import FOLLOWUP, chosen, focused, left, whose
from dialogs.cancelling import is_cancelled
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.decided import DECISION, ask_decision, pressed_decision, said_decision
from dialogs.followup_views import notice_of, opened_card, standing_card, view_of
from dialogs.spoken_days import day_ahead, day_behind
from dialogs.turn import Reply, Turn, say
from domain.checklist.answer import AnswerKind
from domain.checklist.vocabulary import KIND_PHRASES, is_phrase
from domain.errors import Refused
from domain.followup import Activity
from usecases.followups.hand_over_followup import hand_over_followup
from usecases.followups.open_followup import open_followup
from usecases.followups.report_done import report_done
from usecases.followups.report_obstacle import report_obstacle
from usecases.followups.snooze_followup import snooze_followup
from usecases.followups.undo_answer import undo_answer

_UNTIL: Final = "followup.snooze"
_WHO: Final = "followup.wrong_person"
_DONE: Final = "followup.already_done"
_WHY: Final = "followup.cannot"

# ---------------------------------------------------------------- later


async def pressed_snooze(turn: Turn) -> Reply:
    """*Påminn mig då*."""
    return await _or_why_not(turn, _snooze(turn, _pressed_id(turn), _iso_day(_typed(turn, "until"))))


async def said_snooze(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*påminn mig på fredag*; without a day it is asked for."""
    followup_id = await chosen(turn, None)
    if followup_id is None:
        return None
    until = day_ahead(match["when"], turn) if match["when"] else None
    return await _snooze(turn, followup_id, until) if until else await _ask(turn, _UNTIL, followup_id)


async def said_until(turn: Turn, text: str) -> Reply:
    """The day to be reminded on."""
    followup_id = _expected_id(turn)
    if is_cancelled(text):
        return await _opened(turn, followup_id)
    return await _snooze(turn, followup_id, day_ahead(text, turn))


async def _snooze(turn: Turn, followup_id: str, until: date | None) -> Reply:
    if until is None:
        raise Refused("answering.refused.unknown_day")
    item = await snooze_followup(*whose(turn), followup_id, until)
    if not item.followup.is_open:
        return say(standing_card(item, turn), chat=left(turn.chat, followup_id))
    return say(snoozed_card(view_of(item, notice_of(turn)), turn.language), chat=focused(turn.chat, followup_id))


# ---------------------------------------------------------------- not me


async def pressed_wrong_person(turn: Turn) -> Reply:
    """*Fel person*, with a name or without."""
    return await _or_why_not(turn, _hand_over(turn, _pressed_id(turn), _typed(turn, "who")))


async def said_wrong_person(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*fel person, Samira på fastighet*; without a name it is asked for."""
    followup_id = await chosen(turn, None)
    if followup_id is None:
        return None
    if not match["who"]:
        return await _ask(turn, _WHO, followup_id)
    try:
        return await _hand_over(turn, followup_id, match["who"])
    except Refused as no:
        # Two may be meant, or nobody new: the next words say who.
        chat = replace(focused(turn.chat, followup_id), expects=f"{_WHO}:{followup_id}")
        return say(refusal_card(_sentence(turn, no), turn.language), chat=chat)


async def said_who(turn: Turn, text: str) -> Reply:
    """Who should have it instead; *vet inte* asks the controller."""
    followup_id = _expected_id(turn)
    if is_cancelled(text):
        return await _opened(turn, followup_id)
    return await _hand_over(turn, followup_id, "" if is_phrase(text, KIND_PHRASES[AnswerKind.DONT_KNOW]) else text)


async def _hand_over(turn: Turn, followup_id: str, who: str) -> Reply:
    handed = await hand_over_followup(*whose(turn), followup_id, who)
    chat = left(turn.chat, followup_id)
    if not handed.item.followup.is_open:
        return say(standing_card(handed.item, turn), chat=chat)
    card = wrong_person_card(
        view_of(handed.item, notice_of(turn)),
        turn.language,
        new_name=handed.new_name,
        controller_name=handed.controller_name,
    )
    return say(card, chat=chat)


# ---------------------------------------------------------------- done already


async def pressed_already_done(turn: Turn) -> Reply:
    """*Spara som gjort*: when and how, or what was decided."""
    followup_id = _pressed_id(turn)
    if _typed(turn, "decision"):
        return await _or_why_not(turn, pressed_decision(turn, followup_id))
    done_on = _iso_day(_typed(turn, "done_on")) or turn.today
    return await _or_why_not(turn, _done(turn, followup_id, done_on, _typed(turn, "done_note")))


async def said_already_done(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*redan gjort, i tisdags på mötet*; what is missing is asked for."""
    followup_id = await chosen(turn, None)
    if followup_id is None:
        return None
    opened = await open_followup(*whose(turn), followup_id, turn.language)
    if not opened.item.followup.is_open:
        return say(opened_card(opened, turn), chat=left(turn.chat, followup_id))
    if opened.item.followup.activity is Activity.EXTENSION_DECISION:
        return ask_decision(turn, opened.item, match["how"] or "")
    if match["how"]:
        return await said_done(_expecting(turn, _DONE, followup_id), match["how"])
    return await _ask(turn, _DONE, followup_id)


async def said_done(turn: Turn, text: str) -> Reply:
    """When it was done and how it went; of two sentences the second may be asked for by itself."""
    followup_id, _, known = _expected_id(turn).partition(":")
    if is_cancelled(text):
        return await _opened(turn, followup_id)
    day, rest = (date.fromisoformat(known), text) if known else day_behind(text, turn)
    if not rest.strip():
        texts = Texts(turn.language)
        chat = replace(focused(turn.chat, followup_id), expects=f"{_DONE}:{followup_id}:{day.isoformat()}")
        card = asking_card(texts("answering.ask.done_title"), texts("answering.ask.done_what"), turn.language)
        return say(card, chat=chat)
    return await _done(turn, followup_id, day, rest)


async def _done(turn: Turn, followup_id: str, done_on: date, note: str) -> Reply:
    done = await report_done(*whose(turn), followup_id, done_on, note)
    view = view_of(done.item, notice_of(turn))
    return say(
        already_done_card(view, turn.language, sign_off_name=done.sign_off_name),
        chat=left(turn.chat, followup_id),
    )


# ---------------------------------------------------------------- cannot


async def pressed_cannot(turn: Turn) -> Reply:
    return await _or_why_not(turn, _cannot(turn, _pressed_id(turn), _typed(turn, "reason")))


async def said_cannot(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*går inte, därför att ...*; without a reason it is asked for."""
    followup_id = await chosen(turn, None)
    if followup_id is None:
        return None
    if match["why"]:
        return await _cannot(turn, followup_id, match["why"])
    return await _ask(turn, _WHY, followup_id)


async def said_why(turn: Turn, text: str) -> Reply:
    followup_id = _expected_id(turn)
    if is_cancelled(text):
        return await _opened(turn, followup_id)
    return await _cannot(turn, followup_id, text)


async def _cannot(turn: Turn, followup_id: str, reason: str) -> Reply:
    told = await report_obstacle(*whose(turn), followup_id, reason)
    if not told.item.followup.is_open:
        return say(standing_card(told.item, turn), chat=left(turn.chat, followup_id))
    card = cannot_card(
        view_of(told.item, notice_of(turn)),
        turn.language,
        reason=told.reason,
        told_name=told.told_name,
    )
    return say(card, chat=focused(turn.chat, followup_id))


# ---------------------------------------------------------------- taking it back


async def pressed_undo(turn: Turn) -> Reply:
    """*Ångra* on the card of what was done; on an old one, how it stands."""
    followup_id = _pressed_id(turn)
    undone = await undo_answer(*whose(turn), followup_id)
    if undone is None:
        return await _opened(turn, followup_id)
    return say(
        undone_card(view_of(undone.item, notice_of(turn)), turn.language, is_own=undone.item.is_own),
        chat=focused(turn.chat, followup_id),
    )


async def said_undo_in_vain(_turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*ångra*, when no conversation has anything to take back."""
    raise Refused("answering.refused.nothing_to_undo")


async def said_undo(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*ångra*: the latest of today's, whichever follow-up it was about."""
    undone = await undo_answer(*whose(turn))
    if undone is None:
        return None
    return say(
        undone_card(view_of(undone.item), turn.language, is_own=undone.item.is_own),
        chat=focused(turn.chat, undone.item.followup.followup_id),
    )


# ---------------------------------------------------------------- shared


async def _or_why_not(turn: Turn, pressed: Awaitable[Reply]) -> Reply:
    """What the press leads to; when the rules say no, the card with its buttons again and the reason on top."""
    try:
        return await pressed
    except Refused as no:
        followup_id = _pressed_id(turn)
        opened = await open_followup(*whose(turn), followup_id, turn.language)
        if not opened.item.followup.is_open:
            return say(opened_card(opened, turn), chat=left(turn.chat, followup_id))
        view, is_own = view_of(opened.item, notice_of(turn)), opened.item.is_own
        card = item_card(view, turn.language, note=_sentence(turn, no), is_own=is_own)
        return say(card, chat=focused(turn.chat, followup_id))


def _sentence(turn: Turn, no: Refused) -> str:
    return Texts(turn.language)(no.text_key, **no.values)


async def _opened(turn: Turn, followup_id: str) -> Reply:
    opened = await open_followup(*whose(turn), followup_id, turn.language)
    return say(opened_card(opened, turn), chat=focused(turn.chat, followup_id))


async def _ask(turn: Turn, what: str, followup_id: str) -> Reply:
    """Ask in words what the button's fields ask for; the next words answer it."""
    opened = await open_followup(*whose(turn), followup_id, turn.language)
    if not opened.item.followup.is_open:
        return say(opened_card(opened, turn), chat=left(turn.chat, followup_id))
    latest = Texts(turn.language).day(opened.item.snooze_latest_on, today=turn.today)
    card = _question(turn, what, latest)
    return say(card, chat=replace(focused(turn.chat, followup_id), expects=f"{what}:{followup_id}"))


def _question(turn: Turn, what: str, latest: str) -> Card:
    texts = Texts(turn.language)
    title, question = {
        _UNTIL: (texts("answering.ask.until_title"), texts("answering.ask.until", latest=latest)),
        _WHO: (texts("answering.ask.who_title"), texts("answering.ask.who")),
        _DONE: (texts("answering.ask.done_title"), texts("answering.ask.done")),
        _WHY: (texts("answering.ask.reason_title"), texts("answering.ask.reason")),
    }[what]
    return asking_card(title, question, turn.language)


def _expecting(turn: Turn, what: str, followup_id: str) -> Turn:
    return replace(turn, chat=replace(turn.chat, expects=f"{what}:{followup_id}"))


def _expected_id(turn: Turn) -> str:
    return (turn.chat.expects or "").partition(":")[2]


def _pressed_id(turn: Turn) -> str:
    return turn.press.subject_id(FOLLOWUP) if turn.press else ""


def _typed(turn: Turn, field_id: str) -> str:
    return turn.press.typed(field_id) if turn.press else ""


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_BECAUSE = r"(?:,? ?(?:därför att|eftersom|för att|för|då|because|since)\s+|\s*[:,–-]\s*)"

_UNDO = r"ångra(?: mig| det| senaste)?|ta tillbaka det|undo(?: that| it)?|take that back"

COMMANDS: tuple[Command, ...] = (
    command(
        "snooze",
        said_snooze,
        r"(?:påminn(?: mig)?(?: igen)?|skjut upp(?: den)?|flytta fram(?: den)?)(?:(?: till| den| på)*[ :,]+(?P<when>.+))?",
        r"(?:remind me(?: again)?|snooze|postpone(?: it)?|put it off)(?:(?: until| till| on| the)*[ :,]+(?P<when>.+))?",
    ),
    command(
        "wrong_person",
        said_wrong_person,
        r"(?:jag är )?fel person(?:[ :,–-]+(?:det är |fråga )?(?P<who>.+))?",
        r"(?:i am |i'm )?(?:the )?wrong person(?:[ :,–-]+(?:it is |it's |ask )?(?P<who>.+))?",
    ),
    command(
        "already_done",
        said_already_done,
        r"(?:den är |det är )?(?:redan|redan är) (?:gjort|gjord|klart|klar)(?:[ :,–-]+(?P<how>.+))?",
        r"(?:it is |it's )?already done(?:[ :,–-]+(?P<how>.+))?",
    ),
    command(
        "cannot",
        said_cannot,
        rf"(?:det )?går inte(?:{_BECAUSE}(?P<why>.+))?",
        rf"(?:it is |it's )?not possible(?:{_BECAUSE}(?P<why>.+))?|(?:i )?can(?:no|')t(?: do it)?",
    ),
    command("undo", said_undo, _UNDO),
)
LAST: tuple[Command, ...] = (command("undo_in_vain", said_undo_in_vain, _UNDO),)
"""Tried when every conversation has passed the words on."""
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "followup.snooze": pressed_snooze,
        "followup.wrong_person": pressed_wrong_person,
        "followup.already_done": pressed_already_done,
        "followup.cannot": pressed_cannot,
        "followup.undo": pressed_undo,
    },
)
EXPECTED: Mapping[str, Answered] = MappingProxyType(
    {
        _UNTIL: said_until,
        _WHO: said_who,
        _DONE: said_done,
        _WHY: said_why,
        DECISION: said_decision,
    },
)
