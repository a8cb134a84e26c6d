"""What is known when somebody wants to move a deviation case, and what must be there before it moves (domain.md 7.6)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.deviation import ENDED_STATES, Deviation, DeviationState, LadderStep, Severity
from domain.people import ContractRole

DRAFT_LIFETIME: Final = timedelta(hours=24)
"""A draft not registered by then is thrown away (domain.md 7.6)."""
REOPEN_DAYS: Final = 90
"""The same fault again within this many days reopens the case instead of making a new one (domain.md 7.6)."""

HELD_FROM: Final = (
    frozenset(DeviationState)
    - ENDED_STATES
    - {
        DeviationState.DRAFT,
        DeviationState.ON_HOLD,
        DeviationState.IN_REMEDY,
        DeviationState.DISPUTED,
        DeviationState.SANCTION_PENDING,
    }
)
"""States a case on hold may only go back to when it came from there; the others are open from anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What is known at the moment somebody wants to move a case. Only what the move needs has to be filled in."""

    now: datetime
    actor_mail: str = ""
    is_internal: bool = False
    """An INT_* type: about ourselves, so no supplier is ever told or pressed."""
    only_controller: bool = False
    """The type is kept from owner and manager, or the contract is not known: the controller does their part."""
    has_owner: bool = True
    has_manager: bool = True
    """With a part vacant, the controller stands in."""
    severity: Severity | None = None
    """How grave whoever assesses it takes it to be; None leaves it as it was. The same for `type_code`."""
    type_code: str | None = None
    reason: str | None = None
    requirement: str | None = None
    """The clause that is not kept; an empty text says that the requirement is unclear (*oklart krav*)."""
    merged_into: str | None = None
    agreed: str | None = None
    consequence: str | None = None
    requested_action: str | None = None
    is_paid: bool | None = None
    """Whether the invoice is paid; asked at step 0 and 1."""
    invoice_number: str | None = None
    was_supplier_told: bool | None = None
    told_on: date | None = None
    told_how: str | None = None
    told_whom: str | None = None
    is_letter_reviewed: bool = False
    """A human has read the draft."""
    answer_due_on: date | None = None
    promised_on: date | None = None
    """The day the supplier has promised to be ready."""
    registry_number: str | None = None
    is_to_be_registered: bool = False
    """The task *registreras* has been made instead of a registry number."""
    has_plan: bool = False
    """Actions, dates and who is responsible are written down."""
    plan_approved_by: frozenset[ContractRole] = frozenset()
    plan_approver_mails: frozenset[str] = frozenset()
    is_plan_unchecked: bool = False
    """An approved plan has actions that nobody of ours has checked and found to hold."""
    supplier_message: str | None = None
    how_verified: str | None = None
    objection: str | None = None
    decision_reference: str | None = None
    undecided_sanctions: int = 0
    """Sanctions the contract's registered rights give that have no *ja*, *nej* or *avvaktar* yet."""
    held_from: DeviationState | None = None
    """The state the case had before it was put on hold."""
    hold_until: date | None = None
    closed_at: datetime | None = None
    reopen_days: int = REOPEN_DAYS
    """Of the rules the case runs under."""


Guard = Callable[[Deviation, CaseFacts], str | None]
"""Returns why not, as the end of a `deviation.refused.*` key, or None when all is there."""


def has_contract(deviation: Deviation, _: CaseFacts) -> str | None:
    # An emergency is taken in first and sorted afterwards; the controller finds the contract.
    # What several contracts with one supplier add up to is about none of them alone.
    may_lack_it = deviation.is_emergency or deviation.is_joint
    return None if deviation.contract_id or may_lack_it else "needs_contract"


def has_what(deviation: Deviation, _: CaseFacts) -> str | None:
    return None if deviation.type and deviation.description.strip() else "needs_type"


def has_when(deviation: Deviation, facts: CaseFacts) -> str | None:
    if deviation.occurred_from is None:
        return "needs_when"
    return "in_the_future" if deviation.occurred_from > facts.now.date() + timedelta(days=1) else None


def is_young(deviation: Deviation, facts: CaseFacts) -> str | None:
    return None if facts.now - deviation.reported_at <= DRAFT_LIFETIME else "draft_too_old"


def is_weighed(deviation: Deviation, facts: CaseFacts) -> str | None:
    if deviation.type is None:
        return "needs_type"
    if deviation.severity is None:
        return "needs_severity"
    return None if facts.requirement is not None else "needs_requirement"


def is_small(deviation: Deviation, _: CaseFacts) -> str | None:
    return None if is_minor(deviation) else "only_minor"


def said_if_told(_: Deviation, facts: CaseFacts) -> str | None:
    if facts.is_internal:
        return None
    return "needs_told_or_not" if facts.was_supplier_told is None else None


def has_complained(deviation: Deviation, _: CaseFacts) -> str | None:
    """A plan is asked for after a written complaint, or where the ladder itself proposes it: no step is skipped silently."""
    is_proposed = (deviation.proposed_step or LadderStep.OBSERVED) >= LadderStep.ACTION_PLAN
    return None if is_proposed or deviation.ladder_step >= LadderStep.COMPLAINT else "skip_needs_controller"


def has_reason(_: Deviation, facts: CaseFacts) -> str | None:
    return None if (facts.reason or "").strip() else "needs_reason"


def has_twin(deviation: Deviation, facts: CaseFacts) -> str | None:
    return None if facts.merged_into and facts.merged_into != deviation.deviation_id else "needs_twin"


def is_external(_: Deviation, facts: CaseFacts) -> str | None:
    return "internal" if facts.is_internal else None


def was_told(_: Deviation, facts: CaseFacts) -> str | None:
    if not facts.told_whom:
        return "needs_told_whom"
    if not facts.told_how:
        return "needs_told_how"
    return None if facts.told_on else "needs_told_on"


def was_told_in_the_past(_: Deviation, facts: CaseFacts) -> str | None:
    # A day of slack: the local day may be one ahead of the UTC day.
    ahead = facts.told_on is not None and facts.told_on > facts.now.date() + timedelta(days=1)
    return "told_in_the_future" if ahead else None


def is_complaint_ready(_: Deviation, facts: CaseFacts) -> str | None:
    if not facts.is_letter_reviewed:
        return "needs_reviewed_letter"
    if facts.answer_due_on is None:
        return "needs_answer_day"
    if facts.told_on is not None and facts.answer_due_on < facts.told_on:
        return "answer_before_told"
    return None if facts.registry_number or facts.is_to_be_registered else "needs_registry"


def has_plan(_: Deviation, facts: CaseFacts) -> str | None:
    return None if facts.has_plan else "needs_plan"


def is_plan_approved(_: Deviation, facts: CaseFacts) -> str | None:
    both = {ContractRole.OWNER, ContractRole.MANAGER}
    return None if both <= facts.plan_approved_by or facts.only_controller else "needs_both_approvals"


def has_message(_: Deviation, facts: CaseFacts) -> str | None:
    return None if (facts.supplier_message or "").strip() else "needs_supplier_message"


def is_verified(deviation: Deviation, facts: CaseFacts) -> str | None:
    if not (facts.how_verified or "").strip():
        return "needs_how_verified"
    if facts.is_plan_unchecked:
        return "needs_checked_plan"
    alone = facts.plan_approver_mails == frozenset({facts.actor_mail})
    return "needs_other_verifier" if deviation.is_urgent and alone else None


def has_objection(_: Deviation, facts: CaseFacts) -> str | None:
    return None if (facts.objection or "").strip() else "needs_objection"


def has_decision(_: Deviation, facts: CaseFacts) -> str | None:
    return None if (facts.decision_reference or "").strip() else "needs_decision_reference"


def sanctions_are_decided(deviation: Deviation, facts: CaseFacts) -> str | None:
    weighs = deviation.severity is not None and deviation.severity.rank >= Severity.MODERATE.rank
    return "needs_sanction_decision" if weighs and facts.undecided_sanctions else None


def has_end_of_hold(_: Deviation, facts: CaseFacts) -> str | None:
    ahead = facts.hold_until is not None and facts.hold_until > facts.now.date()
    return None if ahead else "needs_hold_until"


def closed_lately(_: Deviation, facts: CaseFacts) -> str | None:
    lately = facts.closed_at is not None and facts.now - facts.closed_at <= timedelta(days=facts.reopen_days)
    return None if lately else "closed_too_long"


def resumes(target: DeviationState) -> Guard:
    def guard(deviation: Deviation, facts: CaseFacts) -> str | None:
        return "resume_elsewhere" if is_resumed(deviation, facts, target) else None

    return guard


def is_resumed(deviation: Deviation, facts: CaseFacts, target: DeviationState) -> bool:
    """Whether a case on hold would go to another state than the one it was held from."""
    on_hold = deviation.state is DeviationState.ON_HOLD
    return on_hold and target in HELD_FROM and facts.held_from is not target


def is_minor(deviation: Deviation) -> bool:
    return deviation.severity is Severity.MINOR
