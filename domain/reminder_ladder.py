"""The internal reminder ladder: who is told, and when, while a follow-up stays unanswered."""

from dataclasses import dataclass
from datetime import date

from domain.people import ContractRole
from domain.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One rung. A class may tell twice on one level; the steps `N1a` and `N1b` keep the two apart."""

    level: str
    """N0 to N4."""
    step: str
    offset_days: int
    """Open days from the due date; negative before it."""
    to: ContractRole
    is_digest: bool = False
    """Only ever a line in the recipient's digest, with no personal contact after it."""
    is_report_only: bool = False
    """Nobody is told: the follow-up is counted at this level in the controller's report."""


def rung_day(due_on: date, rung: Rung, calendar: WorkingCalendar) -> date:
    """The open day a rung is planned on. Day 0 is the last open day up to the due date."""
    if rung.offset_days == 0:
        return calendar.previous_open_day(due_on)
    return calendar.add_open_days(due_on, rung.offset_days)


def next_rung_day(
    due_on: date,
    rungs: tuple[Rung, ...],
    done: int,
    last_delivered_on: date | None,
    calendar: WorkingCalendar,
) -> date | None:
    """When the next rung sounds, or None when the ladder has been climbed.

    A rung that was delivered late pushes the next one: the time somebody has to answer is never cut short.
    """
    if done >= len(rungs):
        return None
    planned = rung_day(due_on, rungs[done], calendar)
    if done == 0 or last_delivered_on is None:
        return planned
    own_interval = rungs[done].offset_days - rungs[done - 1].offset_days
    return max(planned, calendar.add_open_days(last_delivered_on, own_interval))


def future(
    due_on: date,
    rungs: tuple[Rung, ...],
    done: int,
    calendar: WorkingCalendar,
    *,
    last_delivered_on: date | None = None,
) -> tuple[tuple[Rung, date], ...]:
    """Who will be told, and when, if nobody answers; rungs that tell nobody are left out."""
    told: list[tuple[Rung, date]] = []
    for index in range(done, len(rungs)):
        day = next_rung_day(due_on, rungs, index, last_delivered_on, calendar)
        if day is None or rungs[index].is_report_only:
            continue
        told.append((rungs[index], day))
        last_delivered_on = day
    return tuple(told)
