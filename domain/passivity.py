"""The clock of our own silence: what we know and have not told, and what we may claim and have not answered (domain.md 7.5).

Using no right may be read as giving it up, and a fault nobody is told of is not mended. So both are counted in days,
shown, and at a limit told of. The bot never says what the answer should be.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from domain.case_file import SanctionAnswer, SanctionDecision
from domain.contract import ContractClass
from domain.contract_right import ContractRight
from domain.deviation import Deviation, DeviationState, Severity
from domain.deviation_types import DeviationType
from domain.people import ContractRole
from domain.rules.ladders import DeadlinePhase
from domain.ruleset import RuleSet
from domain.sanction import is_valid, undecided_rights
from domain.supplier_deadlines import next_deadline
from domain.supplier_silence import Coming, ComingKind
from domain.working_days import WorkingCalendar

PASSIVE_KINDS: Final = frozenset(
    {ComingKind.UNTOLD, ComingKind.UNDECIDED, ComingKind.RESERVATION_ENDING, ComingKind.RESERVATION_ENDED},
)
"""What this clock adds to the supplier ladder's own moments."""


def days_untold(deviation: Deviation, kind: DeviationType | None, today: date) -> int:
    """Days we have known of it while the supplier has not been told; 0 where nobody is to be told."""
    if _is_ours(kind) or not deviation.is_open or deviation.supplier_notified_at is not None:
        return 0
    return max(0, (today - deviation.reported_at.date()).days)


def days_undecided(deviation: Deviation, today: date) -> int:
    """Days a right has waited for its *ja*, *nej* or *avvaktar*; 0 while none waits."""
    if deviation.sanction_since is None or not deviation.is_open:
        return 0
    return max(0, (today - deviation.sanction_since.date()).days)


def needs_answers(deviation: Deviation, kind: DeviationType | None) -> bool:
    """Whether the contract's sanctions want an answer in this case: once assessed, from `moderate` up (domain.md 7.5)."""
    is_weighed = deviation.severity is not None and deviation.severity.rank >= Severity.MODERATE.rank
    is_internal = kind is not None and kind.is_internal
    return is_weighed and deviation.is_open and deviation.state is not DeviationState.REGISTERED and not is_internal


def clocked(
    deviation: Deviation,
    rights: Iterable[ContractRight],
    decisions: Iterable[SanctionDecision],
    now: datetime,
    today: date,
    *,
    kind: DeviationType | None = None,
) -> Deviation:
    """The case with the clock of its unanswered rights as it stands now: started, running on, or stopped."""
    if not needs_answers(deviation, kind):
        return replace(deviation, sanction_since=None, reserved_until=None)
    rights, decisions = tuple(rights), tuple(decisions)
    given = {right.kind for right in rights}
    reserved = [
        decision.reserved_until
        for decision in decisions
        if decision.answer is SanctionAnswer.RESERVED and decision.kind in given and is_valid(decision, today)
    ]
    is_waiting = bool(undecided_rights(rights, decisions, today))
    return replace(
        deviation,
        sanction_since=(deviation.sanction_since or now) if is_waiting else None,
        reserved_until=min((day for day in reserved if day is not None), default=None),
    )


def passivity_moments(
    deviation: Deviation,
    contract_class: ContractClass | None,
    rules: RuleSet,
    calendar: WorkingCalendar,
    *,
    kind: DeviationType | None = None,
) -> tuple[Coming, ...]:
    """Everything this clock will tell of if nobody acts, in order of time.

    The supplier has not been told by the deadline for that; a right has waited for its answer; a reservation is about to
    run out, or has. The tick acts on this very list, so what is shown is what happens.
    """
    if not deviation.is_open:
        return ()
    found = (
        *_untold(deviation, contract_class, rules, calendar, kind),
        *_undecided(deviation, rules, calendar, kind),
        *_reserved(deviation, rules, calendar, kind),
    )
    return tuple(sorted(found, key=lambda item: item.at))


def drafts_letter(deviation: Deviation, item: Coming, rules: RuleSet) -> bool:
    """Whether the moment comes with the draft of a complaint: when the supplier is untold, and not of what is too small."""
    return item.kind is ComingKind.UNTOLD and is_grave_enough(deviation, rules)


def is_grave_enough(deviation: Deviation, rules: RuleSet) -> bool:
    """Whether a complaint is drafted in the case at all."""
    least = rules.supplier_ladder.passivity.drafts_from
    return deviation.severity is not None and deviation.severity.rank >= least.rank


def _untold(
    deviation: Deviation,
    contract_class: ContractClass | None,
    rules: RuleSet,
    calendar: WorkingCalendar,
    kind: DeviationType | None,
) -> tuple[Coming, ...]:
    if _is_ours(kind) or deviation.supplier_notified_at is not None:
        return ()
    # The deadline for telling runs from the day we knew, whatever else has been done with the case meanwhile.
    as_assessed = replace(deviation, state=DeviationState.ASSESSED, promised_on=None, answer_due_on=None)
    deadline = next_deadline(as_assessed, contract_class, rules, calendar, kind=kind)
    if deadline is None or deadline.phase is not DeadlinePhase.CONTACT_SUPPLIER:
        return ()
    at = deadline.at or _morning(calendar.add_working_days(deadline.on, 1), rules)
    told = (ContractRole.MANAGER, ContractRole.OWNER)
    return tuple(_coming(ComingKind.UNTOLD, at, DeadlinePhase.CONTACT_SUPPLIER, role, rules) for role in told)


def _undecided(
    deviation: Deviation, rules: RuleSet, calendar: WorkingCalendar, kind: DeviationType | None
) -> tuple[Coming, ...]:
    if deviation.sanction_since is None:
        return ()
    ladder = rules.supplier_ladder
    since = deviation.sanction_since.astimezone(ZoneInfo(rules.time_zone)).date()
    limit = calendar.add_working_days(since, ladder.passivity.undecided_days)
    later = calendar.add_working_days(limit, ladder.grace_days)
    told = [(limit, role) for role in _deciders(kind)]
    if ContractRole.CONTROLLER not in _deciders(kind):
        told.append((later, ContractRole.CONTROLLER))
    return tuple(
        _coming(ComingKind.UNDECIDED, _morning(on, rules), DeadlinePhase.SANCTION_DECISION, role, rules)
        for on, role in told
    )


def _reserved(
    deviation: Deviation, rules: RuleSet, calendar: WorkingCalendar, kind: DeviationType | None
) -> tuple[Coming, ...]:
    until = deviation.reserved_until
    if until is None:
        return ()
    before = calendar.add_working_days(until, -rules.supplier_ladder.passivity.reservation_days)
    after = calendar.add_working_days(until, 1)
    phase = DeadlinePhase.SANCTION_DECISION
    return (
        _coming(ComingKind.RESERVATION_ENDING, _morning(before, rules), phase, _deciders(kind)[0], rules),
        *(
            _coming(ComingKind.RESERVATION_ENDED, _morning(after, rules), phase, role, rules)
            for role in _deciders(kind)
        ),
    )


def _deciders(kind: DeviationType | None) -> tuple[ContractRole, ...]:
    """Whose answer is waited for, and who can propose one. Where owner and manager may be concerned, the controller."""
    if kind is not None and kind.only_controller_and_legal:
        return (ContractRole.CONTROLLER,)
    return (ContractRole.OWNER, ContractRole.MANAGER)


def _is_ours(kind: DeviationType | None) -> bool:
    return kind is not None and (kind.is_internal or kind.only_controller_and_legal)


def _coming(kind: ComingKind, at: datetime, phase: DeadlinePhase, told: ContractRole, rules: RuleSet) -> Coming:
    on = at.astimezone(ZoneInfo(rules.time_zone)).date()
    return Coming(kind=kind, at=at, on=on, told=told, phase=phase)


def _morning(on: date, rules: RuleSet) -> datetime:
    at: time = rules.digest_at
    return datetime.combine(on, at, tzinfo=ZoneInfo(rules.time_zone)).astimezone(UTC)
