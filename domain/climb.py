"""One look at a follow-up's reminder ladder: tell somebody now, wait until a day, or rest."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.followup import Followup, FollowupState
from domain.reminder_ladder import Rung, next_rung_day, rung_day
from domain.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRung:
    """What became of the notices of the rung taken last."""

    delivered_on: date | None = None
    is_waiting: bool = False
    """Queued, held or under way: nobody has been told yet."""
    is_unreachable: bool = False
    """The person could not be reached, which is not the same as not answering."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Take this rung today; look again on `next_on`."""

    rung: Rung
    step: str
    next_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Nothing yet; look again on this day."""

    until: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The ladder has been climbed, or the follow-up needs nobody's answer any more."""

    reason: str


Climb = Tell | Wait | Rest


def climb(followup: Followup, rungs: tuple[Rung, ...], last: LastRung, today: date, calendar: WorkingCalendar) -> Climb:
    """Decide the next move. Never past a person who was not reached, never two rungs at once, none left out."""
    if followup.state is FollowupState.WAITING_SUPPLIER or not followup.is_open:
        return Rest(reason=followup.state.value)
    if followup.snoozed_until is not None and today < followup.snoozed_until:
        return Wait(until=followup.snoozed_until, reason="snoozed")
    done = followup.rungs_done
    if done >= len(rungs):
        return Rest(reason="climbed")
    if done > 0 and (held := _held_back(last, today, calendar)) is not None:
        return held
    planned = next_rung_day(followup.due_on, rungs, done, last.delivered_on, calendar)
    was_snoozed = followup.snoozed_until is not None and today >= followup.snoozed_until
    if planned is not None and planned > today and not was_snoozed:
        return Wait(until=planned, reason="planned")
    return Tell(
        rung=rungs[done],
        step=step_name(rungs[done], followup.round),
        next_on=_day_after(followup, rungs, done, today, calendar),
    )


def step_name(rung: Rung, round_: int) -> str:
    """The rung's name in the outbox: repeated after a snooze or a broken promise it is a new step, `N1a.2`."""
    return rung.step if round_ == 1 else f"{rung.step}.{round_}"


def snoozed(followup: Followup, until: date) -> Followup:
    """Silent until a day; then the rung that was sounding sounds again, as a new step."""
    return replace(
        followup,
        snoozed_until=until,
        snooze_count=followup.snooze_count + 1,
        round=followup.round + 1,
        rungs_done=max(0, followup.rungs_done - 1),
    )


def _held_back(last: LastRung, today: date, calendar: WorkingCalendar) -> Wait | None:
    tomorrow = calendar.next_open_day(today + timedelta(days=1))
    if last.delivered_on is not None:
        return None
    if last.is_waiting:
        return Wait(until=tomorrow, reason="not_delivered_yet")
    if last.is_unreachable:
        return Wait(until=tomorrow, reason="unreachable")
    return None


def _day_after(
    followup: Followup,
    rungs: tuple[Rung, ...],
    done: int,
    today: date,
    calendar: WorkingCalendar,
) -> date | None:
    if done + 1 >= len(rungs):
        return None
    planned = rung_day(followup.due_on, rungs[done + 1], calendar)
    return max(planned, calendar.next_open_day(today + timedelta(days=1)))
