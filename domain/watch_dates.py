"""The dates of a contract that somebody must not miss, and the days the legal ones alarm on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from domain.contract import Contract, RenewalKind
from domain.due_dates import EndDates, add_months, dates_of, end_dates, months_between, periods
from domain.ruleset import RuleSet
from domain.watch import WatchKind
from domain.working_days import DAY, WorkingCalendar

ALARM_DAYS = (14, 7, 3, 0)
"""Calendar days before `send_by`, where the rule set says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWatch:
    """One watched date to be, not yet stored."""

    kind: WatchKind
    period_key: str
    """ISO date of the period's end, or of the anniversary for a review."""
    on: date
    notice_deadline: date | None
    """The last day the supplier must have the notice; only for `send_by`."""
    is_passed: bool
    """Behind us on the day planning counts from: for the controller's triage list, and nothing is sent for it."""


def watches(
    contract: Contract,
    rules: RuleSet,
    calendar: WorkingCalendar,
    *,
    golive: date,
) -> tuple[PlannedWatch, ...]:
    """What to watch on a contract of any class, or none, in order of date.

    A `send_by` that has passed while the notice deadline has not is still alive: the supplier can still be told.
    """
    if contract.closed_at is not None:
        return ()
    if contract.renewal.kind is RenewalKind.OPEN_ENDED:
        return (_review(contract, rules, calendar, golive),)
    dates = end_dates(contract, rules, calendar, on=golive)
    if dates is None:
        return ()
    if dates.period_end < golive:
        return (_watch(WatchKind.EXPIRED, dates, dates.period_end, golive),)
    found = list(_of_decision(dates, golive) if dates.has_decision else _of_end(dates, golive))
    if dates.renews_automatically:
        found += [_send_by(later, golive) for later in _later_renewals(contract, dates, rules, calendar, golive)]
    if dates.handover_plan is not None:
        found.append(_watch(WatchKind.HANDOVER_PLAN, dates, dates.handover_plan, golive))
    return tuple(sorted(found, key=lambda watch: (watch.on, watch.kind)))


def next_watch(
    contract: Contract,
    kind: WatchKind,
    rules: RuleSet,
    calendar: WorkingCalendar,
    *,
    golive: date,
    after: str,
) -> PlannedWatch | None:
    """The watch that follows when the one of period `after` is done; None where nothing comes again.

    Only a contract that renews itself has another `send_by`, and only one without an end another review.
    """
    if contract.closed_at is not None:
        return None
    if kind is WatchKind.YEARLY_REVIEW and contract.renewal.kind is RenewalKind.OPEN_ENDED:
        return _review(contract, rules, calendar, max(golive, date.fromisoformat(after) + DAY))
    if kind is not WatchKind.SEND_BY or contract.renewal.kind is not RenewalKind.AUTOMATIC:
        return None
    for period in periods(contract, rules):
        if period.end_on.isoformat() > after:
            dates = dates_of(contract, period, rules, calendar)
            if dates.notice_deadline >= golive:
                return _send_by(dates, golive)
    return None


def legal_alarm_days(
    send_by: date,
    calendar: WorkingCalendar,
    *,
    until: date,
    alarm_days: tuple[int, ...] = ALARM_DAYS,
) -> Iterator[tuple[str, date]]:
    """The alarms of a legal date as (step, working day): `L-14` to `L0`, then `L+1`, `L+2` ... until `until`.

    Blackout weeks do not stop them. Only when the date itself falls in a closure do those that lead up to it all
    come before the closure, while there are people to act on them.
    """
    last_chance = send_by
    if calendar.is_blackout(send_by):
        last_chance = calendar.previous_open_day(calendar.closure_around(send_by)[0])
    for days in alarm_days:
        day = calendar.previous_working_day(last_chance - timedelta(days=days))
        if day <= until:
            yield f"L-{days}" if days else "L0", day
    day = send_by
    for number in count(1):
        day = calendar.add_working_days(day, 1)
        if day > until:
            return
        yield f"L+{number}", day


def _of_decision(dates: EndDates, golive: date) -> Iterator[PlannedWatch]:
    watch = _send_by(dates, golive)
    yield watch
    if dates.decision_due < golive and not watch.is_passed:
        yield _watch(WatchKind.DECISION_DUE, dates, dates.decision_due, golive)


def _later_renewals(
    contract: Contract,
    current: EndDates,
    rules: RuleSet,
    calendar: WorkingCalendar,
    golive: date,
) -> Iterator[EndDates]:
    """The periods after the current one whose notice must be given, or prepared, before the current one ends.

    Where the notice is as long as the period, the next deadline comes before the next period has begun. Where
    the current deadline has passed, the first one still ahead is watched, however far off.
    """
    first_alarm = timedelta(days=max(rules.end_dates.alarm_days, default=0))
    has_live = current.notice_deadline >= golive
    for period in periods(contract, rules):
        if period.end_on <= current.period_end:
            continue
        dates = dates_of(contract, period, rules, calendar)
        if dates.notice_deadline < golive:
            continue
        if has_live and dates.send_by - first_alarm > current.period_end:
            return
        has_live = True
        yield dates


def _of_end(dates: EndDates, golive: date) -> Iterator[PlannedWatch]:
    if dates.new_procurement_start is not None:
        yield _watch(WatchKind.NEW_PROCUREMENT_START, dates, dates.new_procurement_start, golive)


def _send_by(dates: EndDates, golive: date) -> PlannedWatch:
    return PlannedWatch(
        kind=WatchKind.SEND_BY,
        period_key=dates.period_key,
        on=dates.send_by,
        notice_deadline=dates.notice_deadline,
        is_passed=dates.notice_deadline < golive,
    )


def _watch(kind: WatchKind, dates: EndDates, on: date, golive: date) -> PlannedWatch:
    return PlannedWatch(
        kind=kind,
        period_key=dates.period_key,
        on=on,
        notice_deadline=None,
        is_passed=on < golive,
    )


def _review(contract: Contract, rules: RuleSet, calendar: WorkingCalendar, golive: date) -> PlannedWatch:
    """The first review on or after a day."""
    interval = rules.end_dates.review_months
    rounds = max(1, months_between(contract.start_on, golive) // interval)
    nominal = add_months(contract.start_on, rounds * interval)
    if nominal < golive:
        nominal = add_months(contract.start_on, (rounds + 1) * interval)
    return PlannedWatch(
        kind=WatchKind.YEARLY_REVIEW,
        period_key=nominal.isoformat(),
        on=calendar.previous_working_day(nominal),
        notice_deadline=None,
        is_passed=False,
    )
