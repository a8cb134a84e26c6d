"""An extension decision in conversation: what was decided, by whom and when, and how the supplier was told."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from cards.asking import asking_card
from cards.followup_outcomes import already_done_card
from cards.texts import Texts
from dialogs.at_hand import focused, left, whose
from dialogs.cancelling import is_cancelled
from dialogs.followup_views import notice_of, opened_card, view_of
from dialogs.spoken_days import named_day
from dialogs.turn import Reply, Turn, say
from domain.contract import RenewalKind
from domain.decision import FIELDS, Choice, is_supplier_told
from domain.errors import Refused
from usecases.followups.open_followup import open_followup
from usecases.followups.report_done import report_decision
from usecases.parts.items import Item

DECISION: Final = "followup.decision"
_EXTEND: Final = r"(?:att )?(?:förläng(?:a|er|s|as)?(?: det)?|förlängning|ja)|(?:to )?extend(?: it)?|extension|yes"
_NOT_EXTEND: Final = (
    r"(?:att )?(?:förläng(?:a|er|s|as)?(?: det)? inte|inte förlänga|ingen förlängning|nej|avsluta)|no"
    r"|(?:do not|don't|not to|no) exten(?:d|sion)(?: it)?"
)
_TERMINATE: Final = r"(?:att )?(?:säga? upp(?: det)?|uppsägning|avsluta)|(?:to )?terminate(?: it)?|termination"
_LET_RENEW: Final = (
    r"(?:att )?(?:låta?(?: det)? (?:förlängas|löpa(?: på)?)|inte säga upp)|(?:to )?let (?:it )?renew|do not terminate"
)
_WORDS: Final = (
    (Choice.NOT_EXTEND, _NOT_EXTEND),
    (Choice.EXTEND, _EXTEND),
    (Choice.TERMINATE, _TERMINATE),
    (Choice.LET_RENEW, _LET_RENEW),
)
_NOT_YET: Final = re.compile(
    r"(?:nej,? ?)?(?:inte|ej)(?: skickat)?(?: än| ännu)?|not (?:yet|sent)(?: yet)?|no", re.IGNORECASE
)


async def pressed_decision(turn: Turn, followup_id: str) -> Reply:
    """*Spara som gjort* on a decision, with all its fields."""
    record = {field: turn.press.typed(field) for field in FIELDS} if turn.press else {}
    return await _record(turn, followup_id, record)


def ask_decision(turn: Turn, item: Item, said: str) -> Reply:
    """The first of the questions about a decision; what was said already may answer it."""
    choice = _choice(said, is_automatic=_is_automatic(item))
    return _ask(turn, item, {"decision": choice.value} if choice else {})


async def said_decision(turn: Turn, text: str) -> Reply:
    """The answer to the question about the decision that was asked last."""
    followup_id, _, kept = (turn.chat.expects or "").partition(":")[2].partition(":")
    opened = await open_followup(*whose(turn), followup_id, turn.language)
    if is_cancelled(text) or not opened.item.followup.is_open:
        return say(opened_card(opened, turn), chat=focused(turn.chat, followup_id))
    record = dict(parse_qsl(kept))
    answered = _answered(record, text, turn, is_automatic=_is_automatic(opened.item))
    if answered is None:
        return _ask(turn, opened.item, record)
    known, is_last = answered
    return await _record(turn, followup_id, known) if is_last else _ask(turn, opened.item, known)


def _answered(
    record: Mapping[str, str],
    text: str,
    turn: Turn,
    *,
    is_automatic: bool,
) -> tuple[dict[str, str], bool] | None:
    """The record with what the words add, and whether nothing more is asked; None when they do not say."""
    if "decision" not in record:
        choice = _choice(text, is_automatic=is_automatic)
        return ({"decision": choice.value}, False) if choice else None
    is_notice = "decided_by" in record
    if is_notice and _NOT_YET.fullmatch(text.strip().rstrip(".! ")):
        return dict(record), True
    day, said = named_day(text, turn)
    if day is None or not said:
        return None
    if is_notice:
        return {**record, "notice_sent_on": day.isoformat(), "notice_how": said}, True
    known = {**record, "decided_by": said, "decided_on": day.isoformat()}
    return known, is_supplier_told(known)


def _ask(turn: Turn, item: Item, record: Mapping[str, str]) -> Reply:
    texts = Texts(turn.language)
    if "decision" not in record:
        question = texts("answering.ask.decision_automatic" if _is_automatic(item) else "answering.ask.decision")
    elif "decided_by" not in record:
        question = texts("answering.ask.decided_by")
    else:
        question = texts("answering.ask.notice")
    card = asking_card(texts("answering.ask.decision_title"), question, turn.language, about=item.contract)
    followup_id = item.followup.followup_id
    expects = f"{DECISION}:{followup_id}:{urlencode(record)}"
    return say(card, chat=replace(focused(turn.chat, followup_id), expects=expects))


async def _record(turn: Turn, followup_id: str, record: Mapping[str, str]) -> Reply:
    done = await report_decision(*whose(turn), followup_id, record)
    if done.missing:
        raise Refused("answering.refused.decision_needs_more")
    note = None
    if done.still_watched is not None:
        note = Texts(turn.language)("answering.still_watched")
    card = already_done_card(view_of(done.item, notice_of(turn)), turn.language, note=note)
    return say(card, chat=left(turn.chat, followup_id))


def _choice(text: str, *, is_automatic: bool) -> Choice | None:
    words = text.strip().rstrip(".! ").casefold()
    offered = (Choice.TERMINATE, Choice.LET_RENEW) if is_automatic else (Choice.NOT_EXTEND, Choice.EXTEND)
    return next((choice for choice, said in _WORDS if choice in offered and re.fullmatch(said, words)), None)


def _is_automatic(item: Item) -> bool:
    return item.contract.renewal.kind is RenewalKind.AUTOMATIC
