"""*Redan gjort* about a watched date: what was decided, by whom and when, and how the supplier was told."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from cards.asking import asking_card, remark_card
from cards.choosing import choosing_card
from cards.texts import Texts
from cards.watch import watch_card, watch_done_card
from dialogs.at_hand import whose
from dialogs.cancelling import is_cancelled
from dialogs.decision_words import read_choice, read_decision
from dialogs.spoken_days import day_behind, named_day
from dialogs.turn import Reply, Turn, say
from dialogs.watch_views import watch_view
from domain.chat import Chat
from domain.decision import DECIDING_KINDS, Choice, choices_for, implied_choice, missing_fields
from usecases.watches.open_watch import open_watch
from usecases.watches.seeing import SeenWatch
from usecases.watches.settle_watch import settle_watch

WATCH: Final = "watch"
DONE: Final = "watch.done"
_NOT_YET: Final = re.compile(
    r"(?:nej,? ?)?(?:inte|ej)(?: skickat)?(?: än| ännu)?|not (?:yet|sent)(?: yet)?|nej|no", re.IGNORECASE
)
_HOW: Final = re.compile(r"^(?:med|via|per|genom|by|with|through)\s+", re.IGNORECASE)


def at_hand(chat: Chat, watch_id: str) -> Chat:
    """From now on short answers are about this date."""
    return replace(chat, focus=f"{WATCH}:{watch_id}", expects=None)


async def told_done(turn: Turn, watch_id: str, words: str) -> Reply:
    """Settle the date with what the words say; what is missing is asked for, one thing at a time."""
    seen = await open_watch(*whose(turn), watch_id)
    if seen.watch.kind in DECIDING_KINDS:
        record: Mapping[str, str] = read_decision(words, turn, _choices(seen))
        record = implied_choice(record, renews_automatically=seen.renews_automatically)
    else:
        record = _noted(words, turn)
    return await record_done(turn, watch_id, record)


async def record_done(turn: Turn, watch_id: str, record: Mapping[str, str]) -> Reply:
    """Settle the date with this record, or ask for the first thing it lacks."""
    settled = await settle_watch(*whose(turn), watch_id, record)
    if settled.missing:
        return _ask(turn, settled.seen, record, settled.missing[0])
    draw = watch_done_card if settled.is_new else watch_card
    return say(draw(watch_view(settled.seen), turn.language), chat=at_hand(turn.chat, watch_id))


async def said_more_of_it(turn: Turn, text: str) -> Reply:
    """The answer to what was asked last."""
    watch_id, _, kept = (turn.chat.expects or "").partition(":")[2].partition(":")
    if is_cancelled(text):
        said = Texts(turn.language)("watching.cancelled")
        return say(remark_card(said, turn.language), chat=at_hand(turn.chat, watch_id))
    seen = await open_watch(*whose(turn), watch_id)
    record = dict(parse_qsl(kept))
    missing = missing_fields(record, seen.watch.kind)
    if not missing:
        return await record_done(turn, watch_id, record)
    if missing[0] == "notice_sent_on" and _NOT_YET.fullmatch(text.strip().rstrip(".! ")):
        said = Texts(turn.language)("watching.not_sent_yet")
        return say(remark_card(said, turn.language), chat=at_hand(turn.chat, watch_id))
    answered = _answered(missing[0], text, turn, seen)
    if not answered:
        return _ask(turn, seen, record, missing[0], is_again=True)
    return await record_done(turn, watch_id, {**answered, **record})


def _answered(field: str, text: str, turn: Turn, seen: SeenWatch) -> dict[str, str]:
    """What the words add to the record; empty when they do not answer what was asked."""
    if seen.watch.kind not in DECIDING_KINDS:
        return _noted(text, turn)
    whole = read_decision(text, turn, _choices(seen))
    if field in whole:
        return whole
    day, rest = named_day(text, turn)
    on = {"decided_by": "decided_on", "notice_how": "notice_sent_on"}
    match field:
        case "decision":
            return _chosen(text, seen)
        case "decided_by" | "notice_how":
            said: dict[str, str] = {field: _HOW.sub("", rest)} if rest else {}
            return {**said, on[field]: day.isoformat()} if day and said else said
        case _:
            return _dated(field, text, turn)


def _dated(field: str, text: str, turn: Turn) -> dict[str, str]:
    day, rest = named_day(text, turn)
    if day is None:
        return {}
    how = {"notice_how": _HOW.sub("", rest)} if field == "notice_sent_on" and _HOW.match(rest) else {}
    return {field: day.isoformat(), **how}


def _chosen(text: str, seen: SeenWatch) -> dict[str, str]:
    choices = _choices(seen)
    number = text.strip().rstrip(".)")
    if number in {"1", "2"}:
        return {"decision": choices[int(number) - 1].value}
    choice = read_choice(text, choices)
    return {"decision": choice.value} if choice else {}


def _noted(text: str, turn: Turn) -> dict[str, str]:
    """A note about what was done, on the day it names or else today."""
    if not text.strip():
        return {}
    day, rest = day_behind(text, turn)
    return {"done_on": day.isoformat(), "done_note": rest or text.strip()}


def _choices(seen: SeenWatch) -> tuple[Choice, Choice]:
    return choices_for(renews_automatically=seen.renews_automatically)


def _ask(turn: Turn, seen: SeenWatch, record: Mapping[str, str], field: str, *, is_again: bool = False) -> Reply:
    texts = Texts(turn.language)
    field = "done_note" if field == "done_on" else field
    is_automatic = field == "decision" and seen.renews_automatically
    question = texts("watching.ask.decision_automatic" if is_automatic else f"watching.ask.{field}")
    if is_again:
        question = texts("watching.ask.again", question=question)
    title = texts("watching.ask.title")
    if field == "decision":
        words = [texts(f"watching.option.{choice.value}") for choice in _choices(seen)]
        card = choosing_card(title, question, turn.language, words=words)
    else:
        card = asking_card(title, question, turn.language, about=seen.contract)
    watch_id = seen.watch.watch_id
    chat = replace(at_hand(turn.chat, watch_id), expects=f"{DONE}:{watch_id}:{urlencode(record)}")
    return replace(say(card, chat=chat), is_misfit=is_again)
