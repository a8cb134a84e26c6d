"""Many small deviations proposed to be treated as one large, with the list that is the evidence (domain.md 7.3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.deviation import Severity
from domain.identifiers import ContractId, DeviationId, JointProposalId

SUPPLIER_CASE = "supplier_case"
"""In place of a type: several contracts with one supplier are red, and the controller may take it up with them (t7)."""


class JointProposalState(StrEnum):
    """Where the proposal stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    """A joint deviation was registered."""
    DECLINED = "declined"
    """Somebody decided against, with a reason."""
    CLOSED = "closed"
    """A supplier case that is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointProposal:
    """A threshold was passed on one contract and type, or at one supplier across contracts."""

    joint_proposal_id: JointProposalId
    contract_id: ContractId | None
    """None when it is about a supplier across contracts."""
    org_number: str | None
    """Of the supplier, when it is about one across contracts."""
    supplier_name: str
    type: str
    """A code of domain.md 7.2, or `SUPPLIER_CASE`."""
    severity: Severity
    """What they come to together."""
    evidence: tuple[DeviationId, ...]
    """The deviations that add up, oldest first."""
    occurrence_count: int
    state: JointProposalState
    proposed_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    deviation_id: DeviationId | None = None
    """The joint deviation, once registered."""
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state is JointProposalState.OPEN

    @property
    def is_supplier_case(self) -> bool:
        return self.type == SUPPLIER_CASE
