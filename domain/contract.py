"""A contract as the register knows it, and what its dates say about it today."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.identifiers import ContractId


class ContractClass(StrEnum):
    """How critical a contract is (domain.md 3.1). Not to be compared with `Severity`."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


def class_rank(contract_class: ContractClass | None) -> int:
    """0 for the most critical, 4 for a contract without a class: the order work is taken in."""
    return len(ContractClass) if contract_class is None else tuple(ContractClass).index(contract_class)


class ContractState(StrEnum):
    """Where a contract stands on a given day."""

    UPCOMING = "upcoming"
    ACTIVE = "active"
    EXPIRED = "expired"
    CLOSED = "closed"


class RenewalKind(StrEnum):
    """What happens at the end of the current period."""

    NONE = "none"
    OPTION = "option"
    AUTOMATIC = "automatic"
    OPEN_ENDED = "open_ended"


class ContractFlag(StrEnum):
    """Something about a contract that a person should look at; each has a list of its own."""

    UNCLASSIFIED = "unclassified"
    NO_OWNER = "no_owner"
    NO_MANAGER = "no_manager"
    NO_END_DATE = "no_end_date"
    NOTICE_ASSUMED = "notice_assumed"
    TOO_SHORT_FOR_PROCUREMENT = "too_short_for_procurement"
    NEEDS_DECISION = "needs_decision"
    LOW_VALUE = "low_value"
    """Of so little value that only its end date is watched: said, so that nobody believes it is followed up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """The right or habit of extension: `count` further periods of `months` months."""

    kind: RenewalKind
    count: int = 0
    months: int = 0

    @property
    def has_option_left(self) -> bool:
        return self.kind is RenewalKind.OPTION and self.count > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractSupplier:
    """One supplier under a contract; a framework has several, each a row of the register."""

    org_number: str
    """Ten digits, no hyphen; a foreign number with its country; `EF-` and a digest of the name for a sole trader."""
    name: str
    lot: str
    """The lot (delområde), or the row's title where the register has no lots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One contract number: one plan, one owner, one or more suppliers."""

    contract_id: ContractId
    contract_number: str
    title: str
    suppliers: tuple[ContractSupplier, ...]
    start_on: date
    end_on: date | None
    renewal: Renewal
    registry_number: str | None = None
    area: str | None = None
    department: str | None = None
    contract_class: ContractClass | None = None
    owner_mail: str | None = None
    manager_mail: str | None = None
    deputy_mail: str | None = None
    notice_months: int | None = None
    annual_value_sek: Decimal | None = None
    ceiling_sek: Decimal | None = None
    plan_version: int = 1
    plan_from: date | None = None
    """The day planning counts from: go-live, or later when the contract came or its dates changed later."""
    planned_for: str | None = None
    """What the present plan was made from (`plan_basis`); None before it was ever planned."""
    version: int = 1
    closed_at: datetime | None = None

    def state_on(self, day: date) -> ContractState:
        """Whether the contract is upcoming, active, expired or closed on `day`.

        A contract that renews itself, or has no end, does not expire by date alone.
        """
        if self.closed_at is not None:
            return ContractState.CLOSED
        if day < self.start_on:
            return ContractState.UPCOMING
        runs_on = self.renewal.kind in {RenewalKind.AUTOMATIC, RenewalKind.OPEN_ENDED}
        if self.end_on is not None and day > self.end_on and not runs_on:
            return ContractState.EXPIRED
        return ContractState.ACTIVE

    @property
    def plan_basis(self) -> str:
        """Everything the plan depends on, as one text: when it changes, what was planned is void."""
        renewal = f"{self.renewal.kind}:{self.renewal.count}x{self.renewal.months}"
        value = f"{self.annual_value_sek}:{self.ceiling_sek}"
        return "|".join(
            str(part or "-")
            for part in (
                self.start_on,
                self.end_on,
                renewal,
                self.notice_months,
                self.contract_class,
                value,
                self.closed_at is not None,
            )
        )

    @property
    def supplier_names(self) -> str:
        """The suppliers' names in register order, for a sentence."""
        return ", ".join(dict.fromkeys(supplier.name for supplier in self.suppliers))
