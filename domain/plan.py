"""Planning: from a contract, the rules and the calendar to follow-ups that are due.

`golive` is the day planning counts from: the tenant's go-live date, or a later day on which the contract first
came or its dates changed. What lay before it is never planned; dates that had passed by then are for the
controller's triage list (`domain.watch_dates`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile
from zlib import crc32

from domain.contract import Contract, RenewalKind
from domain.due_dates import MONTHS_A_YEAR, add_months, dates_of, months_between, periods
from domain.followup import Activity
from domain.ruleset import ActivityRule, RuleSet
from domain.watch_dates import PlannedWatch, legal_alarm_days, next_watch, watches
from domain.working_days import DAY, WorkingCalendar

__all__ = [
    "PlannedFollowup",
    "PlannedWatch",
    "extension_decision",
    "first_due_day",
    "is_low_value",
    "legal_alarm_days",
    "next_occurrence",
    "next_watch",
    "occurrences",
    "total_value",
    "watches",
]

HORIZON_MONTHS = 40 * MONTHS_A_YEAR
"""An occurrence further off than this is none: every interval of a plan is far shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFollowup:
    """One occurrence to be, not yet stored."""

    activity: Activity
    period_key: str
    """ISO date of the nominal occurrence; of the period's end for an extension decision."""
    nominal_on: date
    due_on: date
    modules: tuple[str, ...]
    """Checklist modules in the order they are asked; empty where there is no session."""


def occurrences(
    contract: Contract,
    rules: RuleSet,
    calendar: WorkingCalendar,
    *,
    golive: date,
    until: date,
) -> tuple[PlannedFollowup, ...]:
    """Every follow-up nominally in [golive, until], in order of due date.

    None for a closed or unclassified contract. A contract of low total value has its extension decision only.
    """
    if contract.closed_at is not None or contract.contract_class is None:
        return ()
    grid = _grid(contract, rules, calendar, golive)
    of_activities = [grid.planned(rule, golive) for rule in grid.recurring]
    of_activities.append(_decisions(contract, rules, calendar, golive))
    found = [one for planned in of_activities for one in takewhile(lambda one: one.nominal_on <= until, planned)]
    return tuple(sorted(found, key=lambda one: (one.due_on, one.nominal_on, one.activity)))


def next_occurrence(
    contract: Contract,
    activity_rule: ActivityRule,
    rules: RuleSet,
    calendar: WorkingCalendar,
    *,
    golive: date,
    after: str | None,
) -> PlannedFollowup | None:
    """The activity's first occurrence with a period key past `after`; None when the contract ends before it."""
    if contract.closed_at is not None or contract.contract_class is None:
        return None
    if activity_rule.activity is Activity.EXTENSION_DECISION:
        return extension_decision(contract, rules, calendar, golive=golive, after=after)
    grid = _grid(contract, rules, calendar, golive)
    if activity_rule not in grid.recurring:
        return None
    start = max(golive, date.fromisoformat(after)) if after else golive
    planned = grid.planned(activity_rule, start)
    return next((one for one in planned if after is None or one.period_key > after), None)


def extension_decision(
    contract: Contract,
    rules: RuleSet,
    calendar: WorkingCalendar,
    *,
    golive: date,
    after: str | None = None,
) -> PlannedFollowup | None:
    """The next decision to extend or give notice whose day has not passed at `golive`; None where none is needed."""
    if contract.closed_at is not None or contract.contract_class is None:
        return None
    decisions = _decisions(contract, rules, calendar, golive)
    return next((one for one in decisions if after is None or one.period_key > after), None)


def first_due_day(rules: RuleSet, calendar: WorkingCalendar, golive: date) -> date:
    """The earliest day anything recurring may be due: people get time to settle after go-live."""
    return calendar.next_open_day(calendar.add_working_days(golive, rules.first_followup_working_days))


def is_low_value(contract: Contract, rules: RuleSet) -> bool:
    """Whether the total value is known and so low that only the end date is watched."""
    total = total_value(contract)
    return total is not None and total < rules.low_value_sek


def total_value(contract: Contract) -> Decimal | None:
    """The ceiling or, without one, the yearly value over the period and the options left; None when unknown."""
    if contract.ceiling_sek:
        return contract.ceiling_sek
    runs_on = contract.renewal.kind in {RenewalKind.AUTOMATIC, RenewalKind.OPEN_ENDED}
    if not contract.annual_value_sek or contract.end_on is None or runs_on:
        return None
    months = months_between(contract.start_on, contract.end_on + DAY)
    if contract.renewal.has_option_left:
        months += contract.renewal.count * contract.renewal.months
    return contract.annual_value_sek * max(months, 1) / MONTHS_A_YEAR


def _decisions(
    contract: Contract,
    rules: RuleSet,
    calendar: WorkingCalendar,
    golive: date,
) -> Iterator[PlannedFollowup]:
    """Extension decisions from `golive` on, one for each period; endless for a contract that renews itself."""
    floor = first_due_day(rules, calendar, golive)
    modules = next(
        (rule.modules for rule in rules.of_contract(contract) if rule.activity is Activity.EXTENSION_DECISION),
        None,
    )
    for period in periods(contract, rules):
        dates = dates_of(contract, period, rules, calendar)
        if modules is None or not dates.has_decision or period.start_on > add_months(golive, HORIZON_MONTHS):
            return
        if dates.decision_due < golive:
            continue
        yield PlannedFollowup(
            activity=Activity.EXTENSION_DECISION,
            period_key=dates.period_key,
            nominal_on=dates.decision_due,
            # Nobody is asked sooner than a while after go-live, unless the legal date itself would pass meanwhile.
            due_on=max(dates.decision_due, min(floor, dates.send_by)),
            modules=rules.runnable(modules),
        )


def _grid(contract: Contract, rules: RuleSet, calendar: WorkingCalendar, golive: date) -> "_Grid":
    return _Grid(
        contract=contract,
        rules=rules,
        calendar=calendar,
        golive=golive,
        floor=first_due_day(rules, calendar, golive),
        recurring=() if is_low_value(contract, rules) else rules.recurring_of(contract),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """The months, counted from the contract's start, in which its recurring follow-ups fall."""

    contract: Contract
    rules: RuleSet
    calendar: WorkingCalendar
    golive: date
    floor: date
    recurring: tuple[ActivityRule, ...]

    def planned(self, rule: ActivityRule, start: date) -> Iterator[PlannedFollowup]:
        """The occurrences of one activity nominally from `start` on, until the contract ends."""
        first = max(0, months_between(self.contract.start_on, start))
        last_day = self._last_day()
        for month in takewhile(lambda month: month < first + HORIZON_MONTHS, rule.months_from(first)):
            nominal = self.nominal(month)
            if nominal > last_day:
                return
            if nominal < start or not self.is_held(rule, month):
                continue
            due_on = self._due_day(rule, month)
            if due_on <= last_day:
                yield PlannedFollowup(
                    activity=rule.activity,
                    period_key=nominal.isoformat(),
                    nominal_on=nominal,
                    due_on=due_on,
                    modules=self._modules(rule, month),
                )

    def nominal(self, month: int) -> date:
        return add_months(self.contract.start_on, month)

    def is_held(self, rule: ActivityRule, month: int) -> bool:
        """Whether the activity falls in this month and nothing takes its place there."""
        return rule.occurs_at(month) and not any(
            rule.activity in other.replaces and other.occurs_at(month) for other in self.recurring
        )

    def _last_day(self) -> date:
        runs_on = self.contract.renewal.kind in {RenewalKind.AUTOMATIC, RenewalKind.OPEN_ENDED}
        return date.max if self.contract.end_on is None or runs_on else self.contract.end_on

    def _modules(self, rule: ActivityRule, month: int) -> tuple[str, ...]:
        """The activity's own modules and those of the sections whose date has come since the follow-up before."""
        held = [other for other in self.recurring if self.is_held(other, month)]
        joining: set[str] = set()
        if rule == held[-1]:
            before = next((m for m in range(month - 1, 0, -1) if self._is_followup(m)), 0)
            sections = self.rules.sections(rule.contract_class)
            joining = {section.module for section in sections if section.falls_within(before, month)}
            joining -= {module for other in held for module in other.modules}
        return self.rules.runnable((*rule.modules, *joining))

    def _is_followup(self, month: int) -> bool:
        return any(rule.occurs_at(month) for rule in self.recurring)

    def _due_day(self, rule: ActivityRule, month: int) -> date:
        nominal = self.nominal(month)
        if nominal < self.floor:
            return self.floor
        if self.calendar.is_blackout(nominal):
            return self._out_of_closure(rule, month)
        day = self.calendar.previous_working_day(nominal)
        if day < self.floor or self.calendar.is_blackout(day):
            return self.calendar.next_open_day(nominal)
        return day

    def _out_of_closure(self, rule: ActivityRule, month: int) -> date:
        """A day before the closure, or after it where that comes too soon; not the same day for every contract."""
        limits = self.rules.limits
        first, last = self.calendar.closure_around(self.nominal(month))
        place = 1 + crc32(f"{self.contract.contract_number}:{rule.activity}".encode()) % limits.blackout_spread_days
        earlier = next((m for m in range(month - 1, 0, -1) if self.is_held(rule, m)), 0)
        earliest = self.nominal(earlier) + timedelta(days=limits.blackout_start_margin_days)
        before = self.calendar.add_open_days(first, -place)
        if before >= max(self.floor, earliest):
            return before
        after = self.calendar.add_open_days(last, place)
        follower = next((m for m in range(month + 1, month + MONTHS_A_YEAR) if self.is_held(rule, m)), None)
        if follower is not None and after >= self.nominal(follower):
            return self.calendar.next_open_day(last)
        return after
