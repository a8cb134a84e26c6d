"""What people answer to a nudge instead of doing it now: later, not me, done already, cannot; and taking that back."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from cards.followup_outcomes import cannot_card, snoozed_card, undone_card, wrong_person_card
from cards.manners import refusal_card
from dialogs.at_hand import chosen, focused, left, whose
from dialogs.cancelling import is_cancelled
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.done_already import DECISION, DONE, pressed_already_done, said_already_done, said_decision, said_done
from dialogs.followup_views import notice_of, standing_card, view_of
from dialogs.item_replies import ask, expected_id, opened, or_why_not, pressed_id, sentence, typed
from dialogs.spoken_days import day_ahead
from dialogs.turn import Reply, Turn, say
from domain.checklist.answer import AnswerKind
from domain.checklist.vocabulary import KIND_PHRASES, is_phrase
from domain.errors import Refused
from usecases.followups.hand_over_followup import hand_over_followup
from usecases.followups.report_obstacle import report_obstacle
from usecases.followups.snooze_followup import snooze_followup
from usecases.followups.undo_answer import undo_answer

_UNTIL: Final = "followup.until"
_WHO: Final = "followup.who"
_MOST_WORDS_OF_A_NAME: Final = 8
"""*Samira Yusuf på fastighet, hon som sköter städningen*; what is longer tells of something else."""
_WHY: Final = "followup.reason"

# ---------------------------------------------------------------- later


async def pressed_snooze(turn: Turn) -> Reply:
    """*Påminn mig då*."""
    return await or_why_not(turn, _snooze(turn, pressed_id(turn), day_ahead(typed(turn, "until"), turn)))


async def said_snooze(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*påminn mig på fredag*; without a day it is asked for."""
    followup_id = await chosen(turn, None)
    if followup_id is None:
        return None
    until = day_ahead(match["when"], turn) if match["when"] else None
    return await _snooze(turn, followup_id, until) if until else await ask(turn, _UNTIL, followup_id)


async def said_until(turn: Turn, text: str) -> Reply:
    """The day to be reminded on."""
    followup_id = expected_id(turn)
    if is_cancelled(text):
        return await opened(turn, followup_id)
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
    return await or_why_not(turn, _hand_over(turn, pressed_id(turn), typed(turn, "who")))


async def said_wrong_person(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*fel person, Samira på fastighet*; without a name it is asked for."""
    followup_id = await chosen(turn, None)
    if followup_id is None:
        return None
    if not match["who"]:
        return await ask(turn, _WHO, followup_id)
    try:
        return await _hand_over(turn, followup_id, match["who"])
    except Refused as no:
        # Two may be meant, or nobody new: the next words say who.
        chat = replace(focused(turn.chat, followup_id), expects=f"{_WHO}:{followup_id}")
        return say(refusal_card(sentence(turn, no), turn.language), chat=chat)


async def said_who(turn: Turn, text: str) -> Reply | None:
    """Who should have it instead; *vet inte* asks the controller. None for a whole sentence: that is no name."""
    followup_id = expected_id(turn)
    if len(text.split()) > _MOST_WORDS_OF_A_NAME:
        return None
    if is_cancelled(text):
        return await opened(turn, followup_id)
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


# ---------------------------------------------------------------- cannot


async def pressed_cannot(turn: Turn) -> Reply:
    return await or_why_not(turn, _cannot(turn, pressed_id(turn), typed(turn, "reason")))


async def said_cannot(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*går inte, därför att ...*; without a reason it is asked for."""
    followup_id = await chosen(turn, None)
    if followup_id is None:
        return None
    return await _cannot(turn, followup_id, match["why"]) if match["why"] else await ask(turn, _WHY, followup_id)


async def said_why(turn: Turn, text: str) -> Reply:
    """What stands in the way."""
    followup_id = expected_id(turn)
    if is_cancelled(text):
        return await opened(turn, followup_id)
    return await _cannot(turn, followup_id, text)


async def _cannot(turn: Turn, followup_id: str, reason: str) -> Reply:
    told = await report_obstacle(*whose(turn), followup_id, reason)
    if not told.item.followup.is_open:
        return say(standing_card(told.item, turn), chat=left(turn.chat, followup_id))
    view = view_of(told.item, notice_of(turn))
    card = cannot_card(view, turn.language, reason=told.reason, told_name=told.told_name)
    return say(card, chat=focused(turn.chat, followup_id))


# ---------------------------------------------------------------- taking it back


async def pressed_undo(turn: Turn) -> Reply:
    """*Ångra* on the card of what was done; on an old one, how it stands."""
    return await _undo(turn, pressed_id(turn)) or await opened(turn, pressed_id(turn))


async def said_undo(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*ångra*: the latest of today's, whichever follow-up it was about."""
    return await _undo(turn, None)


async def said_undo_in_vain(_turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*ångra*, when no conversation has anything to take back."""
    raise Refused("answering.refused.nothing_to_undo")


async def _undo(turn: Turn, followup_id: str | None) -> Reply | None:
    undone = await undo_answer(*whose(turn), followup_id)
    if undone is None:
        return None
    card = undone_card(view_of(undone.item, notice_of(turn)), turn.language, is_own=undone.item.is_own)
    return say(card, chat=focused(turn.chat, undone.item.followup.followup_id))


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
        rf"(?:it is |it's )?not possible(?:{_BECAUSE}(?P<why>.+))?",
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
    {_UNTIL: said_until, _WHO: said_who, _WHY: said_why, DONE: said_done, DECISION: said_decision},
)
