"""*Redan gjort* about a follow-up: when and how it was done, or what was decided and how the supplier was told."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final
from urllib.parse import parse_qsl, urlencode

from cards.asking import asking_card
from cards.followup_outcomes import already_done_card
from cards.texts import Texts
from dialogs.at_hand import chosen, focused, left, whose
from dialogs.cancelling import is_cancelled
from dialogs.decision_words import read_choice, read_decision
from dialogs.followup_views import notice_of, opened_card, view_of
from dialogs.item_replies import ask, expected_id, opened, or_why_not, pressed_id, typed
from dialogs.spoken_days import day_behind, named_day
from dialogs.turn import Reply, Turn, say
from domain.contract import RenewalKind
from domain.decision import FIELDS, Choice, choices_for, implied_choice, is_supplier_told
from domain.errors import Refused
from domain.followup import Activity
from usecases.followups.open_followup import open_followup
from usecases.followups.report_done import report_decision, report_done
from usecases.parts.items import Item

DONE: Final = "followup.already_done"
DECISION: Final = "followup.decision"
_NOT_YET: Final = re.compile(
    r"(?:nej,? ?)?(?:inte|ej)(?: skickat)?(?: än| ännu)?|not (?:yet|sent)(?: yet)?|nej|no", re.IGNORECASE
)


async def pressed_already_done(turn: Turn) -> Reply:
    """*Spara som gjort*: when and how, or what was decided."""
    if typed(turn, "decision"):
        record = {field: typed(turn, field) for field in FIELDS}
        return await or_why_not(turn, _record(turn, pressed_id(turn), record))
    done_on = _iso_day(typed(turn, "done_on")) or turn.today
    return await or_why_not(turn, _done(turn, pressed_id(turn), done_on, typed(turn, "done_note")))


async def said_already_done(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*redan gjort, i tisdags på mötet*; what is missing is asked for."""
    followup_id = await chosen(turn, None)
    if followup_id is None:
        return None
    found = await open_followup(*whose(turn), followup_id, turn.language)
    said = match["how"] or ""
    if not found.item.followup.is_open:
        return say(opened_card(found, turn), chat=left(turn.chat, followup_id))
    if found.item.followup.activity is Activity.EXTENSION_DECISION:
        return await _tell_decision(turn, found.item, read_decision(said, turn, _choices(found.item)))
    if said:
        return await said_done(replace(turn, chat=replace(turn.chat, expects=f"{DONE}:{followup_id}")), said)
    return await ask(turn, DONE, followup_id)


async def said_done(turn: Turn, text: str) -> Reply:
    """When it was done and how it went; of two sentences the second may be asked for by itself."""
    followup_id, _, known = expected_id(turn).partition(":")
    if is_cancelled(text):
        return await opened(turn, followup_id)
    day, rest = (date.fromisoformat(known), text) if known else day_behind(text, turn)
    if not rest.strip():
        return await ask(turn, DONE, followup_id, rest=day.isoformat())
    return await _done(turn, followup_id, day, rest)


async def said_decision(turn: Turn, text: str) -> Reply:
    """The answer to the question about the decision that was asked last."""
    followup_id, _, kept = expected_id(turn).partition(":")
    found = await open_followup(*whose(turn), followup_id, turn.language)
    if is_cancelled(text) or not found.item.followup.is_open:
        return say(opened_card(found, turn), chat=focused(turn.chat, followup_id))
    record = dict(parse_qsl(kept))
    if "decided_by" in record and _NOT_YET.fullmatch(text.strip().rstrip(".! ")):
        return await _record(turn, followup_id, record)
    return await _tell_decision(turn, found.item, {**_answered(record, text, turn, found.item), **record})


async def _done(turn: Turn, followup_id: str, done_on: date, note: str) -> Reply:
    done = await report_done(*whose(turn), followup_id, done_on, note)
    view = view_of(done.item, notice_of(turn))
    card = already_done_card(view, turn.language, sign_off_name=done.sign_off_name)
    return say(card, chat=left(turn.chat, followup_id))


async def _tell_decision(turn: Turn, item: Item, told: Mapping[str, str]) -> Reply:
    """Record the decision once all of it has been told, and ask for the next thing until then."""
    record = dict(implied_choice(told, renews_automatically=_is_automatic(item)))
    if "decision" not in record:
        missing = "decision_automatic" if _is_automatic(item) else "decision"
    elif not (record.get("decided_by") and record.get("decided_on")):
        missing = "decided_by"
    elif not is_supplier_told(record):
        missing = "notice"
    else:
        return await _record(turn, item.followup.followup_id, record)
    texts = Texts(turn.language)
    title, question = texts("answering.ask.decision_title"), texts(f"answering.ask.{missing}")
    followup_id = item.followup.followup_id
    expects = f"{DECISION}:{followup_id}:{urlencode(record)}"
    card = asking_card(title, question, turn.language, about=item.contract)
    return say(card, chat=replace(focused(turn.chat, followup_id), expects=expects))


def _answered(record: Mapping[str, str], text: str, turn: Turn, item: Item) -> dict[str, str]:
    """What the words add; told in one breath they may answer more than was asked."""
    if "decision" not in record:
        choice = read_choice(text, _choices(item)) or _yes_or_no(text, item)
        return {**read_decision(text, turn, _choices(item)), **({"decision": choice.value} if choice else {})}
    day, said = named_day(text, turn)
    if day is None or not said:
        return {}
    if record.get("decided_by") and record.get("decided_on"):
        return {"notice_sent_on": day.isoformat(), "notice_how": said}
    return {"decided_by": said, "decided_on": day.isoformat()}


def _yes_or_no(text: str, item: Item) -> Choice | None:
    words = text.strip().rstrip(".! ").casefold()
    choices = choices_for(renews_automatically=_is_automatic(item))
    return {"ja": choices[0], "yes": choices[0], "nej": choices[1], "no": choices[1]}.get(words)


async def _record(turn: Turn, followup_id: str, record: Mapping[str, str]) -> Reply:
    done = await report_decision(*whose(turn), followup_id, record)
    if done.missing:
        raise Refused("answering.refused.decision_needs_more")
    note = Texts(turn.language)("answering.still_watched") if done.still_watched is not None else None
    card = already_done_card(view_of(done.item, notice_of(turn)), turn.language, note=note)
    return say(card, chat=left(turn.chat, followup_id))


def _choices(item: Item) -> tuple[Choice, Choice]:
    return choices_for(renews_automatically=_is_automatic(item))


def _is_automatic(item: Item) -> bool:
    return item.contract.renewal.kind is RenewalKind.AUTOMATIC


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
