"""What somebody reported, as it was understood: the draft of a deviation before it is one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.deviation import Severity
from domain.deviation_types import AskFor
from domain.identifiers import ContractId


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One fault of a message, ready to be shown to its reporter. None where nothing was said."""

    description: str
    """The message, word for word."""
    type: str | None = None
    alternatives: tuple[str, ...] = ()
    severity: Severity | None = None
    reasons: tuple[str, ...] = ()
    """Why that severity: `domain.severity.Reason` codes."""
    contract_id: ContractId | None = None
    candidates: tuple[ContractId, ...] = ()
    """Contracts it may be about, best first."""
    location: str | None = None
    occurred_from: date | None = None
    occurred_to: date | None = None
    occurrence_count: int = 1
    amount_sek: Decimal | None = None
    invoice_number: str | None = None
    is_paid: bool | None = None
    is_supplier_told: bool | None = None
    is_emergency: bool = False
    missing: tuple[str, ...] = ()
    """What must still be asked, in order: `domain.deviation_types.AskFor` codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the reporter says instead. None leaves a slot as it is; an empty location takes the place away."""

    type: str | None = None
    severity: Severity | None = None
    contract_id: ContractId | None = None
    candidates: tuple[ContractId, ...] = ()
    """Contracts found by words, to choose among instead of those before."""
    location: str | None = None
    occurred_from: date | None = None
    occurred_to: date | None = None
    occurred_days: tuple[date, ...] = ()
    """Each day it happened: period and number of times follow from them."""
    occurrence_count: int | None = None
    amount_sek: Decimal | None = None
    invoice_number: str | None = None
    is_paid: bool | None = None
    is_supplier_told: bool | None = None
    requirement: str | None = None
    addition: str | None = None
    """New facts, kept beside the first words."""
    answers: AskFor | None = None
    """The question this answers or passes over; it is not asked again."""
    is_told_apart: bool = False
    """It is another thing than the open case that looks like it."""

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing at all."""
        return self == Correction()

    @property
    def names_days(self) -> bool:
        """Whether it says when something happened."""
        return self.occurred_from is not None or bool(self.occurred_days)
