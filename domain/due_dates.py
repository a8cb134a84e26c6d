"""When a contract's period ends, and every date that follows from that end."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from domain.contract import Contract, RenewalKind
from domain.ruleset import RuleSet
from domain.working_days import WorkingCalendar

MONTHS_A_YEAR = 12


def add_months(day: date, months: int) -> date:
    """So many months later (or earlier), on the month's last day where the day of the month does not exist.

    Count from the anchor every time, never from the last result: 31 January becomes 28 February and 31 March.
    """
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(anchor: date, day: date) -> int:
    """The most whole months that can be added to `anchor` without passing `day`; negative before the anchor."""
    months = (day.year - anchor.year) * MONTHS_A_YEAR + day.month - anchor.month
    return months - 1 if add_months(anchor, months) > day else months


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One contract period, both days included."""

    start_on: date
    end_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDates:
    """Every date that follows from the end of one period, each on a working day except the period's own two."""

    period_start: date
    period_end: date
    has_decision: bool
    """An option is left or the contract renews itself, so somebody must decide and tell the supplier in time."""
    renews_automatically: bool
    """The supplier must be told to end the contract (*säg upp senast*), not to extend it."""
    notice_deadline: date
    is_notice_assumed: bool
    """The register gives no notice period: to be shown as assumed, never as the last day."""
    decision_due: date
    is_too_short: bool
    """The decision comes too late to leave time for a new procurement."""
    eval_open: date
    send_by: date
    new_procurement_start: date | None
    """Only where the contract ends for good: no option is left and it does not renew itself."""
    handover_plan: date | None
    """Only for the classes that must plan their handover, and where the contract may end."""
    close_open: date
    close_due: date

    @property
    def period_key(self) -> str:
        """What the period is known by: the ISO date of its end."""
        return self.period_end.isoformat()


def periods(contract: Contract, rules: RuleSet) -> Iterator[Period]:
    """The contract's periods from the registered one on; endless for automatic renewal, none without an end."""
    if contract.end_on is None or contract.renewal.kind is RenewalKind.OPEN_ENDED:
        return
    yield Period(start_on=contract.start_on, end_on=contract.end_on)
    if contract.renewal.kind is not RenewalKind.AUTOMATIC:
        return
    months = contract.renewal.months or rules.end_dates.assumed_renewal_months
    first_start = contract.end_on + timedelta(days=1)
    for number in count():
        start_on = add_months(first_start, number * months)
        yield Period(start_on=start_on, end_on=add_months(first_start, (number + 1) * months) - timedelta(days=1))


def current_period(contract: Contract, rules: RuleSet, on: date) -> Period | None:
    """The period that runs on a day, or the registered one when the day is outside; None without an end."""
    period = None
    for period in periods(contract, rules):
        if period.end_on >= on:
            return period
    return period


def end_dates(
    contract: Contract,
    rules: RuleSet,
    calendar: WorkingCalendar,
    *,
    on: date | None = None,
) -> EndDates | None:
    """The dates of the registered period or, with `on`, of the period an automatic renewal has reached that day.

    None where there is no end to count from. An unclassified contract borrows the lead, window and no handover
    of the class the rule set names for it (`unclassified_as`, medium by default): a date that may be wrong is
    better than no date at all, and the contract is on the list of unclassified ones until somebody decides.
    """
    period = current_period(contract, rules, on or date.min)
    return dates_of(contract, period, rules, calendar) if period else None


def dates_of(contract: Contract, period: Period, rules: RuleSet, calendar: WorkingCalendar) -> EndDates:
    """The dates of one period of the contract."""
    numbers = rules.end_dates
    end = period.end_on
    is_notice_assumed = contract.notice_months is None
    notice_months = numbers.assumed_notice_months if contract.notice_months is None else contract.notice_months
    notice_deadline = add_months(end, -notice_months)
    lead_start = add_months(end, -rules.lead_months(contract.contract_class))
    latest_decision = notice_deadline - timedelta(days=numbers.decision_before_notice_days)
    decision_due = min(latest_decision, lead_start)
    earliest_decision = add_months(period.start_on, numbers.earliest_decision_months)
    is_too_short = decision_due < earliest_decision
    if is_too_short:
        decision_due = min(earliest_decision, latest_decision)
    eval_open = max(add_months(decision_due, -rules.window_months(contract.contract_class)), period.start_on)
    renews = contract.renewal.kind is RenewalKind.AUTOMATIC
    has_decision = renews or contract.renewal.has_option_left
    needs_handover = contract.contract_class in numbers.handover_classes and not renews
    working = calendar.previous_working_day
    return EndDates(
        period_start=period.start_on,
        period_end=end,
        has_decision=has_decision,
        renews_automatically=renews,
        notice_deadline=working(notice_deadline),
        is_notice_assumed=is_notice_assumed,
        decision_due=working(decision_due),
        is_too_short=is_too_short,
        # In a period shorter than its own notice the evaluation cannot open after the decision.
        eval_open=working(min(eval_open, decision_due)),
        send_by=working(notice_deadline - timedelta(days=numbers.send_before_notice_days)),
        new_procurement_start=None if has_decision else working(lead_start),
        handover_plan=working(add_months(end, -numbers.handover_months)) if needs_handover else None,
        close_open=working(end - timedelta(days=numbers.close_open_days)),
        close_due=working(end + timedelta(days=numbers.close_due_days)),
    )
