"""What was decided about a contract's end, by whom, and how the supplier was told of it (domain.md FB9-FB10)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from domain.errors import Refused
from domain.watch import WatchKind

DECIDING_KINDS: Final = frozenset({WatchKind.SEND_BY, WatchKind.DECISION_DUE})
"""Dates that are settled by a decision; the others by a day and a note."""
NUMBER: Final = "decision_number"
_BEFORE_TELLING: Final = ("decision", "decided_by", "decided_on")
_TELLING: Final = ("notice_sent_on", "notice_how")
_NOTED: Final = ("done_on", "done_note")
_DAYS: Final = frozenset({"decided_on", "notice_sent_on", "done_on"})
FIELDS: Final = (*_BEFORE_TELLING, NUMBER, *_TELLING, *_NOTED)
"""What a record may hold, by the ids of the card's fields. All are text; days are ISO dates."""
MOST_SIGNS: Final = 1000


class Choice(StrEnum):
    """What can be decided when a period ends."""

    EXTEND = "extend"
    NOT_EXTEND = "not_extend"
    TERMINATE = "terminate"
    LET_RENEW = "let_renew"


_TOLD: Final = frozenset({Choice.EXTEND, Choice.TERMINATE})
"""Choices that mean nothing until the supplier has been told."""


def choices_for(*, renews_automatically: bool) -> tuple[Choice, Choice]:
    """What there is to decide: a contract that renews itself is ended or left alone."""
    if renews_automatically:
        return Choice.TERMINATE, Choice.LET_RENEW
    return Choice.EXTEND, Choice.NOT_EXTEND


def implied_choice(record: Mapping[str, str], *, renews_automatically: bool) -> Mapping[str, str]:
    """The record with the choice that a notice which has been sent can only mean, where none was given."""
    if record.get("decision") or not record.get("notice_sent_on"):
        return record
    return {**record, "decision": choices_for(renews_automatically=renews_automatically)[0].value}


def is_supplier_told(record: Mapping[str, str]) -> bool:
    """Whether nothing more has to reach the supplier: they have the notice, or the choice needs none."""
    return record.get("decision") not in _TOLD or all(record.get(field) for field in _TELLING)


def missing_fields(record: Mapping[str, str], kind: WatchKind) -> tuple[str, ...]:
    """What must still be said before the date is settled, in the order it is asked.

    A legal date stands until the supplier has been told, where the choice needs that.
    """
    if kind not in DECIDING_KINDS:
        return tuple(field for field in _NOTED if not record.get(field))
    must_tell = kind is WatchKind.SEND_BY and record.get("decision") in _TOLD
    wanted = (*_BEFORE_TELLING, *(_TELLING if must_tell else ()))
    return tuple(field for field in wanted if not record.get(field))


def check_record(record: Mapping[str, str], *, renews_automatically: bool, today: date) -> Mapping[str, str]:
    """The record with its known fields only, empty ones left out; refused when a day has not come or is none."""
    kept = {field: record[field].strip()[:MOST_SIGNS] for field in FIELDS if record.get(field, "").strip()}
    allowed = {choice.value for choice in choices_for(renews_automatically=renews_automatically)}
    if "decision" in kept and kept["decision"] not in allowed:
        raise Refused("watching.refused.choice")
    for field in sorted(_DAYS & kept.keys()):
        _check_day(kept[field], today)
    return kept


def _check_day(text: str, today: date) -> None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("watching.refused.no_day") from None
    if day > today:
        raise Refused("watching.refused.future_day")
