"""Watched dates in conversation: one opened, settled, taken up, dismissed, handed over, and taken back."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cards.asking import asking_card, remark_card
from cards.texts import Texts
from cards.watch import (
    watch_card,
    watch_dismissed_card,
    watch_handed_card,
    watch_raised_card,
    watch_undone_card,
)
from dialogs.at_hand import whose
from dialogs.cancelling import is_cancelled
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.followup_views import notice_of
from dialogs.turn import Reply, Turn, say
from dialogs.watch_done import DONE, WATCH, at_hand, record_done, said_more_of_it, told_done
from dialogs.watch_meant import WHICH, heard_done, said_which
from dialogs.watch_views import watch_view
from domain.decision import FIELDS
from domain.errors import Refused
from usecases.watches.dismiss_watch import dismiss_watch
from usecases.watches.hand_over_watch import hand_over_watch
from usecases.watches.open_watch import open_watch
from usecases.watches.raise_watch import raise_watch
from usecases.watches.seeing import SeenWatch
from usecases.watches.undo_watch import undo_watch

_WHY: Final = "watch.why"


# ---------------------------------------------------------------- opened


async def pressed_open(turn: Turn) -> Reply:
    """*Öppna* in a list or a letter: the date as it stands now."""
    watch_id = _pressed_id(turn)
    seen = await open_watch(*whose(turn), watch_id)
    return _standing(turn, seen)


def _standing(turn: Turn, seen: SeenWatch) -> Reply:
    card = watch_card(watch_view(seen, notice_of(turn)), turn.language)
    return say(card, chat=at_hand(turn.chat, seen.watch.watch_id))


# ---------------------------------------------------------------- done already


async def pressed_done(turn: Turn) -> Reply:
    """*Redan gjort* or *Beslutat*, with their fields; what the fields left out is asked for."""
    record = {field: turn.press.typed(field) for field in FIELDS} if turn.press else {}
    return await record_done(turn, _pressed_id(turn), {field: said for field, said in record.items() if said})


# ---------------------------------------------------------------- needs a decision


async def said_decided(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*beslutat 3: av Anna Ek 2027-03-01, förlängs inte*, out of the list or about the date at hand."""
    watch_id = _aimed(turn, match)
    if watch_id is None:
        return None
    how = match["how"] or ""
    return await told_done(turn, watch_id, f"{match['word']} {how}" if how else "")


async def pressed_raise(turn: Turn) -> Reply:
    return await _raise(turn, _pressed_id(turn))


async def said_raise(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*ta upp 3*."""
    watch_id = _aimed(turn, match)
    return await _raise(turn, watch_id) if watch_id else None


async def _raise(turn: Turn, watch_id: str) -> Reply:
    raised = await raise_watch(*whose(turn), watch_id)
    if not raised.is_new:
        return _standing(turn, raised.seen)
    view = watch_view(raised.seen, notice_of(turn))
    card = watch_raised_card(view, turn.language, told_names=raised.told_names)
    return say(card, chat=at_hand(turn.chat, watch_id))


async def pressed_dismiss(turn: Turn) -> Reply:
    return await _dismiss(turn, _pressed_id(turn), turn.press.typed("reason") if turn.press else "")


async def said_dismiss(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*avfärda 3: avtalet är ersatt*; without a reason it is asked for."""
    watch_id = _aimed(turn, match)
    if watch_id is None:
        return None
    if match["why"]:
        return await _dismiss(turn, watch_id, match["why"])
    seen = await open_watch(*whose(turn), watch_id)
    texts = Texts(turn.language)
    card = asking_card(
        texts("watching.ask.reason_title"),
        texts("watching.ask.reason"),
        turn.language,
        about=seen.contract,
    )
    return say(card, chat=replace(at_hand(turn.chat, watch_id), expects=f"{_WHY}:{watch_id}"))


async def said_why(turn: Turn, text: str) -> Reply:
    watch_id = (turn.chat.expects or "").partition(":")[2]
    if is_cancelled(text):
        said = Texts(turn.language)("watching.cancelled")
        return say(remark_card(said, turn.language), chat=at_hand(turn.chat, watch_id))
    return await _dismiss(turn, watch_id, text)


async def _dismiss(turn: Turn, watch_id: str, reason: str) -> Reply:
    dismissed = await dismiss_watch(*whose(turn), watch_id, reason)
    if not dismissed.is_new:
        return _standing(turn, dismissed.seen)
    view = watch_view(dismissed.seen, notice_of(turn))
    card = watch_dismissed_card(view, turn.language, reason=dismissed.reason)
    return say(card, chat=at_hand(turn.chat, watch_id))


# ---------------------------------------------------------------- wrong person, and taking it back


async def pressed_wrong_person(turn: Turn) -> Reply:
    return await _hand_over(turn, _pressed_id(turn), turn.press.typed("who") if turn.press else "")


async def said_wrong_person(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*fel person, Samira på fastighet*, when a date is at hand."""
    watch_id = turn.chat.focused_on(WATCH)
    return await _hand_over(turn, watch_id, match["who"] or "") if watch_id else None


async def _hand_over(turn: Turn, watch_id: str, who: str) -> Reply:
    handed = await hand_over_watch(*whose(turn), watch_id, who)
    if not handed.is_new:
        return _standing(turn, handed.seen)
    view = watch_view(handed.seen, notice_of(turn))
    card = watch_handed_card(view, turn.language, new_name=handed.new_name, controller_name=handed.controller_name)
    return say(card, chat=at_hand(turn.chat, watch_id))


async def pressed_undo(turn: Turn) -> Reply:
    undone = await undo_watch(*whose(turn), _pressed_id(turn))
    return _undone(turn, undone.seen) if undone.is_new else _standing(turn, undone.seen)


async def said_undo(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*ångra*, when a date is at hand and something has been done about it today."""
    watch_id = turn.chat.focused_on(WATCH)
    if watch_id is None:
        return None
    undone = await undo_watch(*whose(turn), watch_id)
    return _undone(turn, undone.seen) if undone.is_new else None


def _undone(turn: Turn, seen: SeenWatch) -> Reply:
    card = watch_undone_card(watch_view(seen, notice_of(turn)), turn.language)
    return say(card, chat=at_hand(turn.chat, seen.watch.watch_id))


def _pressed_id(turn: Turn) -> str:
    return turn.press.subject_id(WATCH) if turn.press else ""


def _aimed(turn: Turn, match: "re.Match[str]") -> str | None:
    """The date with this number in the list last shown, or the one at hand; None when neither is a date."""
    if not match["number"]:
        return turn.chat.focused_on(WATCH)
    kind, _, watch_id = (turn.chat.picked(int(match["number"])) or "").partition(":")
    if kind != WATCH:
        raise Refused("watching.refused.which")
    return watch_id


_NUMBER: Final = r"(?: (?:nr |nummer |no |number )?(?P<number>\d{1,3}))?"
_REST: Final = r"(?:[ :,;–-]+(?P<how>.+))?"

COMMANDS: tuple[Command, ...] = (
    command(
        "watch.done",
        heard_done,
        rf"(?:den är |det är )?(?:redan|redan är) (?:gjort|gjord|klart|klar)(?:[ :,–-]+(?:(?:på|för|med) )?avtal(?:et)? (?P<number>[^\s:,;]+))?{_REST}",
        rf"(?:it is |it's )?already done(?:[ :,–-]+(?:(?:on|for) )?(?:the )?contract (?P<number>[^\s:,;]+))?{_REST}",
    ),
    command("watch.decided", said_decided, rf"(?P<word>beslutat|decided){_NUMBER}{_REST}"),
    command(
        "watch.raise", said_raise, rf"ta upp(?: nu)?{_NUMBER}(?: nu)?", rf"(?:raise|take up)(?: it)?(?: now)?{_NUMBER}"
    ),
    command(
        "watch.dismiss",
        said_dismiss,
        rf"(?:avfärda|dismiss){_NUMBER}(?:[ :,;–-]+(?:(?:därför att|eftersom|för att|because|since)\s+)?(?P<why>.+))?",
    ),
    command(
        "watch.wrong_person",
        said_wrong_person,
        r"(?:jag är )?fel person(?:[ :,–-]+(?:det är |fråga )?(?P<who>.+))?",
        r"(?:i am |i'm )?(?:the )?wrong person(?:[ :,–-]+(?:it is |it's |ask )?(?P<who>.+))?",
    ),
    command(
        "watch.undo",
        said_undo,
        r"ångra(?: mig| det| senaste)?|ta tillbaka det|undo(?: that| it)?|take that back",
    ),
)
"""Tried before those of follow-ups, to which they pass on what is not about a date."""
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "watch.open": pressed_open,
        "watch.already_done": pressed_done,
        "watch.decided": pressed_done,
        "watch.raise": pressed_raise,
        "watch.dismiss": pressed_dismiss,
        "watch.wrong_person": pressed_wrong_person,
        "watch.undo": pressed_undo,
    },
)
EXPECTED: Mapping[str, Answered] = MappingProxyType({DONE: said_more_of_it, WHICH: said_which, _WHY: said_why})
