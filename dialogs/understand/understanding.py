"""What a message was understood to be: the values the dialogs and the draft card are made from."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from dialogs.understand.counts import Counted
from dialogs.understand.wishes import Intent
from domain.deviation import Severity
from domain.deviation_types import AskFor
from domain.identifiers import ContractId
from domain.privacy import PersonalKind
from domain.severity import Reason, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSlots:
    """One fault as it was understood. None where nothing was said."""

    words: str
    """The part of the message that speaks of it."""
    type: str | None
    alternatives: tuple[str, ...] = ()
    """Other types nearly as likely, best first."""
    severity: Severity | None = None
    reasons: tuple[Reason, ...] = ()
    """Which tests gave the severity."""
    contract_id: ContractId | None = None
    candidates: tuple[ContractId, ...] = ()
    """Contracts it may be about, best first; the chosen one among them."""
    speaks_of_contract: bool = False
    """The words point to these contracts; otherwise they are merely the sender's own."""
    location: str | None = None
    count: int | None = None
    counted: Counted | None = None
    amount_sek: Decimal | None = None
    occurred_from: date | None = None
    occurred_to: date | None = None
    """None with `is_ongoing`: it has not ended."""
    is_ongoing: bool = False
    started_at: time | None = None
    ended_at: time | None = None
    minutes: int | None = None
    """How long it lasted, where that was said."""
    are_days_told: bool = False
    """Each occurrence has its day: none needs to be asked for."""
    is_recurring: bool = False
    persons_in_dependence: bool = False
    signals: frozenset[Signal] = frozenset()
    invoice_number: str | None = None
    is_paid: bool | None = None
    was_supplier_told: bool | None = None
    asks_legal_question: bool = False
    """Something only procurement or legal may answer; the bot gives no verdict."""
    is_restricted: bool = False
    is_emergency: bool = False
    ask: tuple[AskFor, ...] = ()
    """What remains to ask, in order, one at a time."""

    @property
    def occurrence_count(self) -> int:
        """How many events: boxes and complaints are not events."""
        return self.count if self.count and self.counted is Counted.OCCURRENCES else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What a message was understood to be."""

    intent: Intent
    drafts: tuple[DraftSlots, ...] = ()
    ask: tuple[AskFor, ...] = ()
    """What to ask first of all, and then what the drafts ask for."""
    personal_data: bool = False
    """A person is pointed out: nothing may be stored, and it must be written again."""
    personal_kinds: frozenset[PersonalKind] = frozenset()
    restricted: bool = False
