"""A deviation from a contract: what happened, how grave it is, and where its case stands (domain.md 7)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum

from domain.contract_right import TimeLimit
from domain.identifiers import ContractId, DeviationId


class Severity(StrEnum):
    """How grave one deviation is (domain.md 7.3). Not to be compared with `ContractClass`."""

    MINOR = "minor"
    MODERATE = "moderate"
    SERIOUS = "serious"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for minor up to 3 for critical, for comparing."""
        return tuple(Severity).index(self)


class DeviationState(StrEnum):
    """The states of domain.md 7.6."""

    DRAFT = "draft"
    REGISTERED = "registered"
    ASSESSED = "assessed"
    COMMUNICATED = "communicated"
    COMPLAINT_SENT = "complaint_sent"
    PLAN_REQUESTED = "plan_requested"
    PLAN_APPROVED = "plan_approved"
    IN_REMEDY = "in_remedy"
    CLAIMED_FIXED = "claimed_fixed"
    VERIFIED = "verified"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    DISPUTED = "disputed"
    ON_HOLD = "on_hold"
    SANCTION_PENDING = "sanction_pending"
    SANCTIONED = "sanctioned"
    MERGED = "merged"


ENDED_STATES = frozenset({DeviationState.CLOSED, DeviationState.DISMISSED, DeviationState.MERGED})


JOINT = "joint:"
"""Begins the source of a deviation that several others add up to."""


class LadderStep(IntEnum):
    """Steps of the supplier ladder (domain.md 8.1). X, the emergency, is `Deviation.is_emergency`."""

    OBSERVED = 0
    DIALOGUE = 1
    COMPLAINT = 2
    ACTION_PLAN = 3
    SANCTION = 4
    WARNING = 5
    RESCISSION = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One deviation, from the draft in the chat to the closed case."""

    deviation_id: DeviationId
    number: str | None
    """AVV-YYYY-NNNN, given when registered."""
    contract_id: ContractId | None
    contract_number: str | None
    type: str | None
    """A code of domain.md 7.2, such as `LEV_UTEBLIVEN`."""
    severity: Severity | None
    state: DeviationState
    description: str
    """What the reporter wrote, word for word."""
    reported_by: str
    """Mail address."""
    reported_at: datetime
    source: str = "chat"
    """`chat`, `checklist:<followup id>:<question id>` or `joint:<joint proposal id>`."""
    location: str | None = None
    occurred_from: date | None = None
    occurred_to: date | None = None
    occurrence_count: int = 1
    amount_sek: Decimal | None = None
    candidates: tuple[ContractId, ...] = ()
    """Contracts the draft may be about, until one is chosen."""
    missing: tuple[str, ...] = ()
    """Slots the draft must still ask for, in order."""
    ladder_step: int = 0
    proposed_step: int | None = None
    step_entered_at: datetime | None = None
    deadline_on: date | None = None
    """The next day something must have happened, by the supplier ladder."""
    next_action_at: datetime | None = None
    supplier_notified_at: datetime | None = None
    state_entered_at: datetime | None = None
    """When the case came to its state, from which most deadlines of domain.md 8.1 run; None means when reported."""
    promised_on: date | None = None
    """The day the supplier has promised to be ready, which goes before the ladder's own number of days."""
    is_emergency: bool = False
    """Step X: danger, crime or a data breach. Runs in clock hours beside the numbered steps."""
    closed_reason: str | None = None
    closed_at: datetime | None = None
    requirement: str | None = None
    """The clause that is not kept; empty says that the requirement is unclear (*oklart krav*)."""
    agreed: str | None = None
    """What was agreed, beside `description`, which is what happened."""
    consequence: str | None = None
    """What the fault has led to."""
    requested_action: str | None = None
    """What we demand of the supplier."""
    invoice_number: str | None = None
    is_paid: bool | None = None
    """Whether the invoice for what was not delivered has been paid; asked at step 0 and 1 (domain.md 8.1)."""
    supplier_told_how: str | None = None
    supplier_told_whom: str | None = None
    answer_due_on: date | None = None
    """The day a complaint or a request has given the supplier, which goes before the ladder's own."""
    registry_number: str | None = None
    sanction_since: datetime | None = None
    """Since when a sanction has been possible and undecided, for the passivity clock."""
    reserved_until: date | None = None
    """The first day on which a reservation of a right runs out."""
    held_from: DeviationState | None = None
    """The state the case had before it was put on hold."""
    hold_until: date | None = None
    merged_into: DeviationId | None = None
    failed_remedies: int = 0
    """How many times *åtgärdad* turned out not to be."""
    reopened_count: int = 0
    """Times the same fault came back within the days of domain.md 7.6."""
    verified_by: str | None = None
    verified_at: datetime | None = None
    how_verified: str | None = None
    plan_manager_mail: str | None = None
    """Who approved the supplier's plan as manager, and below as owner: both must (domain.md 7.6)."""
    plan_owner_mail: str | None = None
    limits: tuple[TimeLimit, ...] = ()
    """The contract's own time limits, as they were registered when the case was looked at last."""
    additions: tuple[str, ...] = ()
    """What the reporter has added since, word for word and oldest first; `description` is never touched."""
    occurred_days: tuple[date, ...] = ()
    """The days, where the reporter has named each of them; in order."""
    is_supplier_told: bool | None = None
    """Whether the reporter has told the supplier, by their own word; None while they have not said."""
    alternatives: tuple[str, ...] = ()
    """Types nearly as likely as the one that was understood, best first."""
    reasons: tuple[str, ...] = ()
    """Why the severity is proposed, as `domain.severity.Reason` codes; empty once a person has chosen it."""
    is_told_apart: bool = False
    """The reporter has looked at the open case that is like this one and said that it is another thing."""
    ruleset_number: int = 1
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED_STATES and self.state is not DeviationState.DRAFT

    @property
    def is_joint(self) -> bool:
        """Many small ones treated as one: what it stands for has been counted already."""
        return self.source.startswith(JOINT)

    @property
    def is_urgent(self) -> bool:
        """Serious and critical reach manager, owner and controller at once (domain.md 8)."""
        return self.severity in {Severity.SERIOUS, Severity.CRITICAL}
