"""The life of a deviation case as one table: from which state to which, by whom, and what must be there (domain.md 7.6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.case_guards import (
    DRAFT_LIFETIME,
    HELD_FROM,
    CaseFacts,
    Guard,
    closed_lately,
    has_complained,
    has_contract,
    has_decision,
    has_end_of_hold,
    has_message,
    has_objection,
    has_plan,
    has_reason,
    has_twin,
    has_what,
    has_when,
    is_complaint_ready,
    is_external,
    is_minor,
    is_plan_approved,
    is_resumed,
    is_small,
    is_verified,
    is_weighed,
    is_young,
    resumes,
    said_if_told,
    sanctions_are_decided,
    was_told,
    was_told_in_the_past,
)
from domain.deviation import ENDED_STATES, Deviation, DeviationState, Severity
from domain.errors import Refused
from domain.people import ContractRole


class SurfaceWord(StrEnum):
    """The five words people see for the states behind them; the value ends a text key."""

    NEW = "new"
    WITH_SUPPLIER = "with_supplier"
    IN_REMEDY = "in_remedy"
    CHECKING = "checking"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the table."""

    source: DeviationState
    target: DeviationState
    who: ContractRole
    who_if_serious: ContractRole | None = None
    """For `serious` and `critical`, when somebody else must do it."""
    guards: tuple[Guard, ...] = ()

    def actor(self, severity: Severity | None) -> ContractRole:
        """The part whose move this is at the given severity."""
        is_serious = severity in {Severity.SERIOUS, Severity.CRITICAL}
        return self.who_if_serious if is_serious and self.who_if_serious else self.who


def surface_word(state: DeviationState) -> SurfaceWord:
    """The plain word for a state."""
    return _SURFACE[state]


def allowed(
    deviation: Deviation,
    to: DeviationState,
    actor_roles: Collection[ContractRole],
    facts: CaseFacts,
) -> None:
    """Whether someone with these parts may move the case now; raises Refused with a `deviation.refused.*` key if not."""
    transition = TRANSITIONS.get((deviation.state, to))
    if transition is None:
        reason = "already_there" if deviation.state is to else "no_such_way"
        raise Refused(f"deviation.refused.{reason}", number=deviation.number or "")
    actor = transition.actor(deviation.severity)
    if not _plays(actor, actor_roles, facts):
        raise Refused(f"deviation.refused.only_{_named(actor, facts)}", number=deviation.number or "")
    for guard in transition.guards:
        missing = guard(deviation, facts)
        if missing:
            raise Refused(f"deviation.refused.{missing}", number=deviation.number or "")


def moves_for(
    deviation: Deviation,
    actor_roles: Collection[ContractRole],
    facts: CaseFacts,
) -> tuple[DeviationState, ...]:
    """The states this person may move the case to, in the table's order; what each move needs is asked when it is made."""
    return tuple(
        target
        for (source, target), transition in TRANSITIONS.items()
        if source is deviation.state
        and _plays(transition.actor(deviation.severity), actor_roles, facts)
        and not (facts.is_internal and target in _TOWARDS_SUPPLIER)
        and not (target is DeviationState.CLOSED and source is DeviationState.REGISTERED and not is_minor(deviation))
        and not (source is DeviationState.ON_HOLD and is_resumed(deviation, facts, target))
    )


def route(source: DeviationState, target: DeviationState) -> tuple[DeviationState, ...]:
    """The moves that lead to `target`, itself last: at most one on the way, where both are made in one breath.

    A supplier may mend at once, by way of *åtgärdas*; and whoever has talked to them before the case was weighed weighs
    it as they tell of it. Empty when there is no such way. Each move is allowed and recorded on its own.
    """
    if (source, target) in TRANSITIONS:
        return (target,)
    for by_way_of in (DeviationState.ASSESSED, DeviationState.IN_REMEDY):
        if (source, by_way_of) in TRANSITIONS and (by_way_of, target) in TRANSITIONS:
            return (by_way_of, target)
    return ()


def may_discard(deviation: Deviation, actor_mail: str, now: datetime) -> bool:
    """Whether the reporter may still throw the draft away."""
    is_young = now - deviation.reported_at <= DRAFT_LIFETIME
    return deviation.state is DeviationState.DRAFT and deviation.reported_by == actor_mail and is_young


def _plays(actor: ContractRole, roles: Collection[ContractRole], facts: CaseFacts) -> bool:
    if actor is ContractRole.REPORTER:
        return ContractRole.REPORTER in roles
    if facts.only_controller or actor is ContractRole.CONTROLLER:
        return ContractRole.CONTROLLER in roles
    if actor is ContractRole.OWNER:
        stand_in = not facts.has_owner and ContractRole.CONTROLLER in roles
        return ContractRole.OWNER in roles or stand_in
    return not _MANAGES.isdisjoint(roles)


def _named(actor: ContractRole, facts: CaseFacts) -> str:
    if actor is ContractRole.REPORTER:
        return "reporter"
    if facts.only_controller or actor is ContractRole.CONTROLLER:
        return "controller"
    if actor is ContractRole.OWNER:
        return "owner" if facts.has_owner else "controller"
    return "manager"


# ------------------------------------------------------------------ the table

_S = DeviationState
_OPEN: Final = tuple(state for state in DeviationState if state not in ENDED_STATES | {_S.DRAFT})
_MANAGES: Final = frozenset(
    {ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.OWNER, ContractRole.CONTROLLER},
)
"""Who may do what is the manager's: the owner answers for the contract, the controller sees them all."""
_TOWARDS_SUPPLIER: Final = frozenset(
    {
        _S.COMMUNICATED,
        _S.COMPLAINT_SENT,
        _S.PLAN_REQUESTED,
        _S.PLAN_APPROVED,
        _S.DISPUTED,
        _S.SANCTION_PENDING,
        _S.SANCTIONED,
    },
)


def _way(
    source: DeviationState,
    target: DeviationState,
    who: ContractRole,
    *guards: Guard,
    serious: ContractRole | None = None,
) -> Transition:
    outward = (is_external,) if target in _TOWARDS_SUPPLIER else ()
    return Transition(source=source, target=target, who=who, who_if_serious=serious, guards=(*outward, *guards))


def _table() -> dict[tuple[DeviationState, DeviationState], Transition]:
    manager, owner, controller = ContractRole.MANAGER, ContractRole.OWNER, ContractRole.CONTROLLER
    rows = [
        _way(_S.DRAFT, _S.REGISTERED, ContractRole.REPORTER, is_young, has_contract, has_what, has_when),
        _way(_S.REGISTERED, _S.ASSESSED, manager, is_weighed),
        _way(_S.REGISTERED, _S.CLOSED, manager, is_small, said_if_told),
        _way(_S.REGISTERED, _S.DISMISSED, manager, has_reason, serious=controller),
        _way(_S.REGISTERED, _S.MERGED, manager, has_reason, has_twin, serious=controller),
        _way(_S.ASSESSED, _S.COMMUNICATED, manager, was_told, was_told_in_the_past),
        _way(_S.ASSESSED, _S.COMPLAINT_SENT, manager, is_complaint_ready, serious=owner),
        _way(_S.COMMUNICATED, _S.COMPLAINT_SENT, manager, is_complaint_ready, serious=owner),
        _way(_S.COMPLAINT_SENT, _S.PLAN_REQUESTED, owner),
        _way(_S.PLAN_REQUESTED, _S.PLAN_APPROVED, manager, has_plan, is_plan_approved),
        _way(_S.IN_REMEDY, _S.CLAIMED_FIXED, manager, has_message),
        _way(_S.CLAIMED_FIXED, _S.VERIFIED, manager, is_verified),
        _way(_S.CLAIMED_FIXED, _S.IN_REMEDY, manager, has_reason),
        _way(_S.SANCTION_PENDING, _S.SANCTIONED, owner, has_decision),
        _way(_S.VERIFIED, _S.CLOSED, manager, sanctions_are_decided, serious=owner),
        _way(_S.CLOSED, _S.REGISTERED, manager, closed_lately, has_reason),
        # Not in 7.6, but without them a case could be stranded or an error never mended:
        _way(_S.IN_REMEDY, _S.COMPLAINT_SENT, manager, is_complaint_ready, serious=owner),
        _way(_S.IN_REMEDY, _S.PLAN_REQUESTED, owner, has_complained),
        _way(_S.DISPUTED, _S.COMPLAINT_SENT, manager, is_complaint_ready, serious=owner),
        _way(_S.DISPUTED, _S.DISMISSED, manager, has_reason, serious=controller),
        _way(_S.SANCTION_PENDING, _S.IN_REMEDY, owner, has_reason),
        _way(_S.SANCTIONED, _S.CLOSED, owner, has_reason, sanctions_are_decided),
        _way(_S.DISMISSED, _S.REGISTERED, manager, has_reason),
        _way(_S.MERGED, _S.REGISTERED, manager, has_reason),
    ]
    rows += [_way(_S.ON_HOLD, state, manager, resumes(state)) for state in _OPEN if state in HELD_FROM]
    table = {(row.source, row.target): row for row in rows}
    for state in _OPEN:
        for row in _from_any(state, manager, owner):
            if row.source is not row.target:
                table.setdefault((row.source, row.target), row)
    return table


def _from_any(state: DeviationState, manager: ContractRole, owner: ContractRole) -> tuple[Transition, ...]:
    return (
        _way(state, _S.IN_REMEDY, manager),
        _way(state, _S.DISPUTED, manager, has_objection),
        _way(state, _S.SANCTION_PENDING, owner),
        _way(state, _S.ON_HOLD, manager, has_reason, has_end_of_hold, serious=owner),
    )


TRANSITIONS: Final = _table()
"""Every move there is, by (from, to)."""

_SURFACE: Final = {
    _S.DRAFT: SurfaceWord.NEW,
    _S.REGISTERED: SurfaceWord.NEW,
    _S.ASSESSED: SurfaceWord.NEW,
    _S.COMMUNICATED: SurfaceWord.WITH_SUPPLIER,
    _S.COMPLAINT_SENT: SurfaceWord.WITH_SUPPLIER,
    _S.PLAN_REQUESTED: SurfaceWord.WITH_SUPPLIER,
    _S.DISPUTED: SurfaceWord.WITH_SUPPLIER,
    _S.SANCTION_PENDING: SurfaceWord.WITH_SUPPLIER,
    _S.SANCTIONED: SurfaceWord.WITH_SUPPLIER,
    _S.ON_HOLD: SurfaceWord.WITH_SUPPLIER,
    _S.PLAN_APPROVED: SurfaceWord.IN_REMEDY,
    _S.IN_REMEDY: SurfaceWord.IN_REMEDY,
    _S.CLAIMED_FIXED: SurfaceWord.CHECKING,
    _S.VERIFIED: SurfaceWord.CHECKING,
    _S.CLOSED: SurfaceWord.CLOSED,
    _S.DISMISSED: SurfaceWord.CLOSED,
    _S.MERGED: SurfaceWord.CLOSED,
}
