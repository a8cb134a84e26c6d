"""The deadlines a deviation case runs under: ours towards the supplier, and the supplier's towards us (domain.md 8.1)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.contract import ContractClass
from domain.contract_right import RightKind
from domain.deviation import Deviation, DeviationState, Severity
from domain.deviation_types import DeviationType
from domain.rules.ladders import DeadlinePhase
from domain.ruleset import RuleSet
from domain.working_days import WorkingCalendar

EMERGENCY_HOURS: Final = 2
"""Clock hours until somebody must have taken up a danger to life or health, where the type says nothing."""
EMERGENCY_CONTACT_HOURS: Final = 24
"""Clock hours until the supplier must have been spoken to in an emergency that allows it."""

_S = DeviationState
_PHASES: Final = {
    _S.REGISTERED: (DeadlinePhase.ASSESS,),
    _S.ASSESSED: (DeadlinePhase.CONTACT_SUPPLIER,),
    _S.COMMUNICATED: (DeadlinePhase.SUPPLIER_ANSWER, DeadlinePhase.RECTIFIED),
    _S.COMPLAINT_SENT: (DeadlinePhase.SUPPLIER_ANSWER, DeadlinePhase.RECTIFIED),
    _S.PLAN_REQUESTED: (DeadlinePhase.PLAN_HANDED_IN, DeadlinePhase.RECTIFIED),
    _S.PLAN_APPROVED: (DeadlinePhase.RECTIFIED,),
    _S.IN_REMEDY: (DeadlinePhase.RECTIFIED,),
    _S.SANCTIONED: (DeadlinePhase.RECTIFIED,),
    _S.CLAIMED_FIXED: (DeadlinePhase.VERIFICATION,),
    _S.VERIFIED: (DeadlinePhase.SANCTION_DECISION, DeadlinePhase.VERIFICATION),
    _S.SANCTION_PENDING: (DeadlinePhase.SANCTION_DECISION, DeadlinePhase.ASSESS),
    _S.DISPUTED: (DeadlinePhase.PLAN_ASSESSED, DeadlinePhase.ASSESS),
}
"""What each state waits for; the second where the first has no deadline at that severity."""
_ANSWERS: Final = frozenset({DeadlinePhase.SUPPLIER_ANSWER, DeadlinePhase.PLAN_HANDED_IN})
"""What a letter names the day of."""
_LIMITS: Final = {
    DeadlinePhase.CONTACT_SUPPLIER: RightKind.COMPLAINT_TIME,
    DeadlinePhase.SUPPLIER_ANSWER: RightKind.ANSWER_TIME,
    DeadlinePhase.RECTIFIED: RightKind.CORRECTION_TIME,
}
"""Time limits that a contract may set itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when something must have happened."""

    phase: DeadlinePhase
    on: date
    """The local day."""
    at: datetime | None = None
    """The moment in UTC, when hours matter: the same day, or clock hours in an emergency."""
    is_by_clock: bool = False
    """Clock hours: nights and holidays count."""

    def is_passed(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether it is over at `now`. A deadline without an hour lasts its whole local day."""
        return now >= self.at if self.at else now.astimezone(zone).date() > self.on


def next_deadline(
    deviation: Deviation,
    contract_class: ContractClass | None,
    rules: RuleSet,
    calendar: WorkingCalendar,
    *,
    kind: DeviationType | None = None,
) -> Deadline | None:
    """The deadline the case stands under now, or None when it is a draft or has ended.

    What the supplier has promised goes before the ladder's number of days. A case on hold has the day
    it was put on hold until.
    """
    phases = _phases(deviation, kind)
    said = _said(deviation, phases, ZoneInfo(rules.time_zone))
    if said is not None or not phases:
        return said
    severity = deviation.severity or Severity.MODERATE
    counts = ((phase, rules.deadline_days(phase, severity, contract_class)) for phase in phases)
    phase, days = next(((phase, days) for phase, days in counts if days is not None), (phases[0], None))
    if days is None:
        return None
    hours = _clock_hours(deviation, phase, kind)
    if hours is not None:
        at = _counted_from(deviation, phase) + timedelta(hours=hours)
        on = at.astimezone(ZoneInfo(rules.time_zone)).date()
        return Deadline(phase=phase, on=on, at=at, is_by_clock=True)
    by_rules = _latest(_starts(deviation, phase), phase, days, rules, calendar)
    by_contract = _by_contract(deviation, phase, rules, calendar)
    if by_contract is not None and (phase is not DeadlinePhase.CONTACT_SUPPLIER or by_contract.on < by_rules.on):
        return by_contract
    return by_rules


def _said(deviation: Deviation, phases: tuple[DeadlinePhase, ...], zone: ZoneInfo) -> Deadline | None:
    """A day somebody has named: the end of a hold, the supplier's promise, or what a letter asks for."""
    if deviation.state is _S.ON_HOLD:
        return Deadline(phase=DeadlinePhase.ASSESS, on=deviation.hold_until) if deviation.hold_until else None
    # A day written down after it went by runs out the day it was written: nothing may end before it began.
    begun = (deviation.state_entered_at or deviation.reported_at).astimezone(zone).date()
    if deviation.promised_on and DeadlinePhase.RECTIFIED in phases:
        return Deadline(phase=DeadlinePhase.RECTIFIED, on=max(deviation.promised_on, begun))
    if deviation.answer_due_on and phases and phases[0] in _ANSWERS:
        return Deadline(phase=phases[0], on=max(deviation.answer_due_on, begun))
    return None


def _by_contract(
    deviation: Deviation,
    phase: DeadlinePhase,
    rules: RuleSet,
    calendar: WorkingCalendar,
) -> Deadline | None:
    """The contract's own time limit for the phase, which goes before ours; our own telling may only be hurried by it."""
    limit = next((limit for limit in deviation.limits if limit.kind is _LIMITS.get(phase)), None)
    if limit is None:
        return None
    start = deviation.reported_at if phase is DeadlinePhase.CONTACT_SUPPLIER else _counted_from(deviation, phase)
    local = start.astimezone(ZoneInfo(rules.time_zone)).date()
    if limit.is_working_days:
        return Deadline(phase=phase, on=calendar.add_working_days(local, limit.days))
    return Deadline(phase=phase, on=local + timedelta(days=limit.days))


def _phases(deviation: Deviation, kind: DeviationType | None) -> tuple[DeadlinePhase, ...]:
    keeps_quiet = kind is not None and (kind.is_internal or kind.only_controller_and_legal)
    if deviation.state is _S.ASSESSED and keeps_quiet:
        return (DeadlinePhase.RECTIFIED,)
    return _PHASES.get(deviation.state, ())


def _clock_hours(deviation: Deviation, phase: DeadlinePhase, kind: DeviationType | None) -> int | None:
    by_type = kind.clock_hours if kind else None
    if not deviation.is_emergency and by_type is None:
        return None
    if phase is DeadlinePhase.ASSESS:
        return by_type or EMERGENCY_HOURS
    return EMERGENCY_CONTACT_HOURS if phase is DeadlinePhase.CONTACT_SUPPLIER else None


def _counted_from(deviation: Deviation, phase: DeadlinePhase) -> datetime:
    if phase is DeadlinePhase.CONTACT_SUPPLIER:
        return deviation.reported_at
    begun = deviation.state_entered_at or deviation.reported_at
    if phase is not DeadlinePhase.ASSESS and deviation.step_entered_at:
        # Whoever takes a step gives the supplier that step's time.
        begun = max(begun, deviation.step_entered_at)
    return begun


def _starts(deviation: Deviation, phase: DeadlinePhase) -> tuple[tuple[datetime, int | None], ...]:
    # The supplier should have been told by so many days from the report, since that is when we knew; but somebody
    # who assessed late still gets the rest of that working day and the next.
    start = _counted_from(deviation, phase)
    if phase is DeadlinePhase.CONTACT_SUPPLIER and deviation.state_entered_at:
        return ((start, None), (deviation.state_entered_at, 1))
    return ((start, None),)


def _latest(
    starts: tuple[tuple[datetime, int | None], ...],
    phase: DeadlinePhase,
    days: int,
    rules: RuleSet,
    calendar: WorkingCalendar,
) -> Deadline:
    found = [
        _same_day(start, phase, rules, calendar)
        if days == 0
        else _in_days(start, phase, days if own is None else min(own, days), rules, calendar)
        for start, own in starts
    ]
    return max(found, key=lambda deadline: (deadline.on, deadline.at or datetime.min.replace(tzinfo=UTC)))


def _in_days(start: datetime, phase: DeadlinePhase, days: int, rules: RuleSet, calendar: WorkingCalendar) -> Deadline:
    local = start.astimezone(ZoneInfo(rules.time_zone)).date()
    return Deadline(phase=phase, on=calendar.add_working_days(local, days))


def _same_day(start: datetime, phase: DeadlinePhase, rules: RuleSet, calendar: WorkingCalendar) -> Deadline:
    zone = ZoneInfo(rules.time_zone)
    local = start.astimezone(zone)
    before = time.fromisoformat(rules.supplier_ladder.same_day_before)
    if calendar.is_working_day(local.date()) and local.time() < before:
        day, hour = local.date(), before
    else:
        day = calendar.add_working_days(local.date(), 1)
        hour = time.fromisoformat(rules.supplier_ladder.otherwise_at)
    return Deadline(phase=phase, on=day, at=datetime.combine(day, hour, tzinfo=zone).astimezone(UTC))
