"""Two reports of one fault: which open case a draft is like, who has seen it, and what the sightings add up to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from typing import Final

from domain.case_file import CaseFile, Sighting
from domain.case_guards import REOPEN_DAYS
from domain.deviation import ENDED_STATES, Deviation, DeviationState, Severity
from domain.deviation_types import DeviationType
from domain.severity import Reason, propose_severity

SAME_TIME: Final = timedelta(days=7)
"""PROPOSED: without a place to tell by, faults this near in time may be the same."""
_SAME_PLACE: Final = 0.84
"""Likeness from which two spellings are one place: `Kinna skolan` and `Kinnaskolan`."""


def find_twin(
    draft: Deviation,
    others: Iterable[Deviation],
    kinds: Mapping[str, DeviationType],
    *,
    now: datetime,
) -> Deviation | None:
    """The case the draft may be another report of: an open one first, else one closed lately; the newest of them."""
    alike = [case for case in others if is_alike(draft, case, kinds, now=now)]
    return max(alike, key=lambda case: (case.is_open, case.reported_at), default=None)


def is_alike(draft: Deviation, case: Deviation, kinds: Mapping[str, DeviationType], *, now: datetime) -> bool:
    """Same contract and group of types, at a like place or time; open, or closed so lately that it may be opened again.

    What is critical is never taken for another report of something less: its alarm must not drown in an older case.
    """
    one, other = kinds.get(draft.type or ""), kinds.get(case.type or "")
    if draft.contract_id is None or case.contract_id != draft.contract_id or case.deviation_id == draft.deviation_id:
        return False
    if draft.severity is Severity.CRITICAL and case.severity is not Severity.CRITICAL:
        return False
    if one is None or other is None or one.group != other.group or one.is_internal != other.is_internal:
        return False
    if not case.is_open and not _closed_lately(case, now):
        return False
    if draft.location and case.location:
        return is_same_place(draft.location, case.location)
    return _is_same_time(draft, case)


def is_same_place(one: str, other: str) -> bool:
    """Whether two ways of writing a place mean the same, as far as the spelling tells."""
    first, second = _squeezed(one), _squeezed(other)
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    return shorter in longer or SequenceMatcher(None, first, second).ratio() >= _SAME_PLACE


def reporters(deviation: Deviation, file: CaseFile) -> tuple[str, ...]:
    """Everybody who has reported it, the first reporter first, each once."""
    return tuple(dict.fromkeys((deviation.reported_by, *(one.reported_by for one in file.sightings))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """What the reports add up to when it is more than the case says: proposed to its manager, never done by itself."""

    occurrences: int
    severity: Severity


def recount(deviation: Deviation, kind: DeviationType | None, file: CaseFile) -> Recount | None:
    """The number of times and the severity the sightings speak for; None where the case says as much already.

    One day is one time, however many saw it.
    """
    if not file.sightings or kind is None or deviation.state in ENDED_STATES | {DeviationState.DRAFT}:
        return None
    days = set(_days_of(deviation)).union(*(_days_seen(one) for one in file.sightings))
    most = max(one.occurrence_count for one in file.sightings)
    total = max(deviation.occurrence_count, most, len(days))
    severity, _ = propose_severity(
        kind,
        occurrences=total,
        is_recurring=total > 1,
        amount_sek=deviation.amount_sek,
        persons_in_dependence=Reason.PERSONS_IN_DEPENDENCE.value in deviation.reasons,
    )
    has_been = deviation.severity or severity
    proposed = max(has_been, severity, key=lambda one: one.rank)
    if total <= deviation.occurrence_count and proposed is has_been:
        return None
    return Recount(occurrences=total, severity=proposed)


def _closed_lately(case: Deviation, now: datetime) -> bool:
    is_closed = case.state is DeviationState.CLOSED and case.closed_at is not None
    return is_closed and case.closed_at is not None and now - case.closed_at <= timedelta(days=REOPEN_DAYS)


def _is_same_time(one: Deviation, other: Deviation) -> bool:
    if one.occurred_from is None or other.occurred_from is None:
        return False
    ends = [case.occurred_to or case.occurred_from or date.min for case in (one, other)]
    gap = max(one.occurred_from, other.occurred_from) - min(ends)
    return gap <= SAME_TIME


def _squeezed(place: str) -> str:
    return "".join(sign for sign in place.casefold() if sign.isalnum())


def _days_of(deviation: Deviation) -> tuple[date, ...]:
    return deviation.occurred_days or ((deviation.occurred_from,) if deviation.occurred_from else ())


def _days_seen(sighting: Sighting) -> tuple[date, ...]:
    return (sighting.occurred_from,) if sighting.occurred_from else ()
