"""What a case that nobody touches leads to: whose silence it is, who is told when, and which step is proposed (domain.md 8.1).

The list of what is to come and what the tick does are one and the same, so nothing happens that could not be foreseen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from domain.case_file import PlanAction
from domain.case_moves import resumed
from domain.contract import ContractClass
from domain.deviation import Deviation, DeviationState, LadderStep
from domain.deviation_types import DeviationType
from domain.people import ContractRole
from domain.rules.ladders import DeadlinePhase
from domain.ruleset import RuleSet
from domain.supplier_deadlines import Deadline, next_deadline
from domain.supplier_ladder import StepProposal, Trigger, decider_of, entry_step, proposed_step, up_from
from domain.working_days import WorkingCalendar

_SILENCE: Final = {
    DeadlinePhase.ASSESS: Trigger.NOT_ASSESSED,
    DeadlinePhase.CONTACT_SUPPLIER: Trigger.SUPPLIER_NOT_TOLD,
    DeadlinePhase.SUPPLIER_ANSWER: Trigger.NO_ANSWER,
    DeadlinePhase.RECTIFIED: Trigger.NOT_RECTIFIED,
    DeadlinePhase.PLAN_HANDED_IN: Trigger.NO_PLAN,
    DeadlinePhase.PLAN_ASSESSED: Trigger.PLAN_NOT_ASSESSED,
    DeadlinePhase.VERIFICATION: Trigger.NOT_VERIFIED,
    DeadlinePhase.SANCTION_DECISION: Trigger.SANCTION_UNDECIDED,
}
_STAYS: Final = frozenset({Trigger.PLAN_NOT_ASSESSED, Trigger.SANCTION_UNDECIDED})
"""Our own decision is late: the supplier has done nothing that would move the ladder."""
_SEES_IT_THROUGH: Final = (ContractRole.MANAGER, ContractRole.OWNER, ContractRole.CONTROLLER)
"""Who is told next when the one before stays silent. No automatic message goes above the controller."""


class ComingKind(StrEnum):
    """What a moment to come is."""

    DEADLINE = "deadline"
    """The deadline's own day: whose turn it is gets a line."""
    PROPOSAL = "proposal"
    """Nothing happened: the next step is proposed and somebody must decide."""
    REMINDER = "reminder"
    """Nobody decided: the next person is told."""
    RESUMED = "resumed"
    """A hold has come to its day, and the case goes on from where it stood."""
    ACTION_LATE = "action_late"
    """The day of an action in the supplier's plan has gone by, and nobody has said that it was done."""
    UNTOLD = "untold"
    """We know, and the supplier has not been told in time. This and the rest are `domain.passivity`'s."""
    UNDECIDED = "undecided"
    """A right the contract gives has waited for an answer."""
    RESERVATION_ENDING = "reservation_ending"
    RESERVATION_ENDED = "reservation_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One thing that will happen if nobody does anything."""

    kind: ComingKind
    at: datetime
    """Aware UTC."""
    on: date
    """The local day."""
    told: ContractRole
    phase: DeadlinePhase
    proposal: StepProposal | None = None
    action: PlanAction | None = None
    """The action that is late."""

    @property
    def key(self) -> str:
        """The same for the same moment of the same case however often it is worked out: the notice's step."""
        key = f"{self.phase.value}:{self.kind.value}:{self.told.value}:{self.on.isoformat()}"
        return f"{key}:{self.action.action_id}" if self.action else key


LADDER_KINDS: Final = frozenset({ComingKind.DEADLINE, ComingKind.PROPOSAL, ComingKind.REMINDER})
"""Of these the latest says all that the ones before it said; the others are told each."""


def what_happens_if_nobody_acts(
    deviation: Deviation,
    contract_class: ContractClass | None,
    rules: RuleSet,
    calendar: WorkingCalendar,
    *,
    kind: DeviationType | None = None,
    actions: Sequence[PlanAction] = (),
) -> tuple[Coming, ...]:
    """Everything to come for a case left alone, in order of time, from the rules it runs under.

    The tick acts on this very list, so what is shown is what happens. `actions` are those of the supplier's plan.
    """
    if deviation.state is DeviationState.ON_HOLD and deviation.hold_until and deviation.held_from:
        at = _local(calendar.next_working_day(deviation.hold_until), rules.digest_at, rules)
        on = at.astimezone(ZoneInfo(rules.time_zone)).date()
        ends = Coming(kind=ComingKind.RESUMED, at=at, on=on, told=_minder(kind), phase=DeadlinePhase.ASSESS)
        taken_up = resumed(deviation, at)
        after = what_happens_if_nobody_acts(taken_up, contract_class, rules, calendar, kind=kind, actions=actions)
        return (ends, *after)
    late = _late_actions(deviation, actions, rules, calendar, _minder(kind))
    ladder = _up_the_ladder(deviation, contract_class, rules, calendar, kind)
    return tuple(sorted((*ladder, *late), key=lambda item: item.at))


def _minder(kind: DeviationType | None) -> ContractRole:
    """Who keeps an eye on the case from day to day: never somebody it is kept from."""
    is_kept_away = kind is not None and kind.only_controller_and_legal
    return ContractRole.CONTROLLER if is_kept_away else ContractRole.MANAGER


def _late_actions(
    deviation: Deviation,
    actions: Sequence[PlanAction],
    rules: RuleSet,
    calendar: WorkingCalendar,
    told: ContractRole,
) -> Iterator[Coming]:
    """The morning after each action's day, while the plan is approved and nobody has said that it was done."""
    if not deviation.is_open or not (deviation.plan_manager_mail and deviation.plan_owner_mail):
        return
    for action in actions:
        if action.done_on is None and action.verdict is None:
            on = calendar.add_working_days(action.due_on, 1)
            yield Coming(
                kind=ComingKind.ACTION_LATE,
                at=_local(on, rules.digest_at, rules),
                on=on,
                told=told,
                phase=DeadlinePhase.RECTIFIED,
                action=action,
            )


def _up_the_ladder(
    deviation: Deviation,
    contract_class: ContractClass | None,
    rules: RuleSet,
    calendar: WorkingCalendar,
    kind: DeviationType | None,
) -> tuple[Coming, ...]:
    deadline = next_deadline(deviation, contract_class, rules, calendar, kind=kind)
    if deadline is None:
        return ()
    if not deadline.is_by_clock and deadline.at is None:
        # What ends on a day nobody works ends on the next that somebody does.
        deadline = replace(deadline, on=calendar.next_working_day(deadline.on))
    proposed = _by_silence(deviation, deadline, rules, kind)
    whose = _whose_turn(deviation, deadline, rules, kind)
    coming = [_coming(ComingKind.DEADLINE, _told_of_deadline(deadline, rules), deadline, whose, rules)]
    if deadline.is_by_clock:
        coming.clear()  # everybody was told at once when it was reported
    told, wait = proposed.decider, 1
    while True:
        kind_of = ComingKind.PROPOSAL if wait == 1 else ComingKind.REMINDER
        at = _after_grace(deadline, wait, rules, calendar)
        coming.append(_coming(kind_of, at, deadline, told, rules, proposed))
        further = _next_in_line(told)
        if further is None:
            return tuple(coming)
        told, wait = further, wait + 1


def proposal(
    deviation: Deviation,
    contract_class: ContractClass | None,
    rules: RuleSet,
    calendar: WorkingCalendar,
    now: datetime,
    *,
    kind: DeviationType | None = None,
) -> StepProposal | None:
    """The step silence proposes at `now` (t1, and t2 where a remedy was not verified), or None.

    None also when the same or a higher step already waits for its decision.
    """
    coming = what_happens_if_nobody_acts(deviation, contract_class, rules, calendar, kind=kind)
    passed = [item.proposal for item in coming if item.kind is ComingKind.PROPOSAL and item.at <= now]
    if not passed or passed[0] is None:
        return None
    waits = deviation.proposed_step is not None and deviation.proposed_step >= passed[0].step
    return None if waits else passed[0]


def _by_silence(
    deviation: Deviation,
    deadline: Deadline,
    rules: RuleSet,
    kind: DeviationType | None,
) -> StepProposal:
    trigger = _SILENCE[deadline.phase]
    here = LadderStep(min(deviation.ladder_step, LadderStep.RESCISSION))
    severity = deviation.severity
    if kind is not None and kind.is_internal:
        return StepProposal(step=here, trigger=trigger, decider=ContractRole.MANAGER)
    if trigger is Trigger.NOT_ASSESSED and deviation.state is DeviationState.REGISTERED:
        decider = decider_of(LadderStep.OBSERVED, severity, rules, kind)
        return StepProposal(step=max(here, entry_step(severity)), trigger=trigger, decider=decider)
    if trigger is Trigger.SUPPLIER_NOT_TOLD:
        # Nobody can be pressed further who has not been told: at most the written complaint is proposed.
        step = max(here, LadderStep.COMPLAINT)
    elif trigger in _STAYS or trigger is Trigger.NOT_ASSESSED or deviation.state is DeviationState.VERIFIED:
        step = here
    else:
        step = up_from(here)
    return proposed_step(step, trigger, severity, rules, kind)


def _whose_turn(
    deviation: Deviation,
    deadline: Deadline,
    rules: RuleSet,
    kind: DeviationType | None,
) -> ContractRole:
    """Who should act before the deadline passes: they hear of its day first."""
    if deadline.phase is DeadlinePhase.SANCTION_DECISION:
        return decider_of(LadderStep.SANCTION, deviation.severity, rules, kind)
    return decider_of(LadderStep(deviation.ladder_step), deviation.severity, rules, kind)


def _next_in_line(told: ContractRole) -> ContractRole | None:
    at = _SEES_IT_THROUGH.index(told) if told in _SEES_IT_THROUGH else len(_SEES_IT_THROUGH)
    return _SEES_IT_THROUGH[at + 1] if at + 1 < len(_SEES_IT_THROUGH) else None


def _coming(
    kind: ComingKind,
    at: datetime,
    deadline: Deadline,
    told: ContractRole,
    rules: RuleSet,
    proposed: StepProposal | None = None,
) -> Coming:
    on = at.astimezone(ZoneInfo(rules.time_zone)).date()
    return Coming(kind=kind, at=at, on=on, told=told, phase=deadline.phase, proposal=proposed)


def _told_of_deadline(deadline: Deadline, rules: RuleSet) -> datetime:
    return deadline.at or _local(deadline.on, rules.digest_at, rules)


def _after_grace(deadline: Deadline, times: int, rules: RuleSet, calendar: WorkingCalendar) -> datetime:
    # Each further person is told after as many working days again. By the clock there is no grace, and hours do.
    if deadline.is_by_clock and deadline.at is not None:
        return deadline.at + timedelta(hours=rules.supplier_ladder.grace_days * (times - 1))
    # In the morning, with the day's message: what is told in the afternoon would be read a day later than was foretold.
    on = calendar.add_working_days(deadline.on, rules.supplier_ladder.grace_days * times)
    return _local(on, rules.digest_at, rules)


def _local(on: date, at: time, rules: RuleSet) -> datetime:
    return datetime.combine(on, at, tzinfo=ZoneInfo(rules.time_zone)).astimezone(UTC)
