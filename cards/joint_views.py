"""What the cards about joint proposals and suppliers are drawn from: values gathered by use cases, nothing decided here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.case_file import SanctionAnswer
from domain.contract import Contract
from domain.deviation import Deviation, Severity
from domain.deviation_types import DeviationType
from domain.identifiers import ContractId
from domain.joint_proposal import JointProposal
from domain.light import ContractLight


@dataclass(frozen=True, slots=True, kw_only=True)
class JointView:
    """A proposal as one person sees it."""

    proposal: JointProposal
    kind: DeviationType | None
    contracts: Mapping[ContractId, Contract]
    evidence: tuple[Deviation, ...]
    """Oldest first."""
    may_decide: bool
    today: date
    joint_number: str | None = None
    decided_by_name: str | None = None
    is_new: bool = False
    """The answer was given just now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierContract:
    """One of a supplier's contracts."""

    contract: Contract
    light: ContractLight | None
    """None when it is not in force."""
    owner_name: str | None
    is_shared: bool
    """With other suppliers, so that its deviations may be anybody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierView:
    """All about one supplier, as far as the asker may see."""

    name: str
    org_number: str
    as_of: datetime
    is_own: bool
    contracts: tuple[SupplierContract, ...]
    """The worst light first."""
    open_cases: tuple[tuple[Deviation, DeviationType | None], ...]
    """Gravest first."""
    year_by_severity: Mapping[Severity | None, int]
    """Reported during the last twelve months."""
    ever_count: int
    sanctions: Mapping[SanctionAnswer, int]
    """Decisions on sanctions during the last twelve months."""
    case: JointProposal | None = None
    """The supplier case, proposed or begun."""
    case_opened_by: str | None = None
    waiting_count: int = 0
    """Other proposals to gather deviations at the supplier."""
