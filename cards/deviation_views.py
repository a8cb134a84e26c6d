"""What the deviation cards are drawn from: values gathered by dialogs and use cases, nothing decided here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.case_file import CaseFile
from domain.contract import Contract
from domain.deviation import Deviation, DeviationState
from domain.deviation_types import DeviationType
from domain.people import ContractRole
from domain.severity import Reason
from domain.supplier_silence import Coming


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A draft as its reporter sees it."""

    deviation: Deviation
    contracts: tuple[Contract, ...]
    """The chosen contract and those it may be instead, best first."""
    types: Mapping[str, DeviationType]
    today: date
    may_see_contracts: bool = True
    """Somebody with no part in any contract sees titles and suppliers to choose among, no numbers."""
    reasons: tuple[Reason, ...] = ()
    """Why the severity is proposed."""
    asks_legal_question: bool = False
    number: int = 1
    count: int = 1
    """Which of how many faults of one message."""
    is_danger: bool = False
    notice_id: str | None = None

    @property
    def kind(self) -> DeviationType | None:
        return self.types.get(self.deviation.type or "")

    @property
    def contract(self) -> Contract | None:
        """The chosen one, when there is one."""
        chosen = self.deviation.contract_id
        return next((contract for contract in self.contracts if contract.contract_id == chosen), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredView:
    """A deviation just registered, as its reporter is thanked for it."""

    deviation: Deviation
    kind: DeviationType | None
    today: date
    told: tuple[str, ...] = ()
    """Names of those who hear of it."""
    is_told_at_once: bool = False
    asks_if_supplier_told: bool = False
    """Delivered goods: the right to complain can lapse within days."""
    joined_number: str | None = None
    """The open deviation this report was added to, instead of becoming one of its own."""
    may_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One event of a case."""

    kind: str
    """Of the event log, such as `deviation.moved`."""
    at: datetime
    """Local time."""
    actor_name: str | None
    """None for the bot itself."""
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as one person sees it, with what that person may do."""

    deviation: Deviation
    contract: Contract | None
    kind: DeviationType | None
    today: date
    moves: tuple[DeviationState, ...] = ()
    """From `domain.deviation_case.moves_for`."""
    may_move_step: bool = False
    coming: tuple[Coming, ...] = ()
    """From `what_happens_if_nobody_acts`."""
    decider: ContractRole | None = None
    """Who decides on the proposed step."""
    is_decider: bool = False
    names: Mapping[ContractRole, str] = field(default_factory=dict)
    """Who plays the parts on this contract."""
    reporter_name: str | None = None
    deadline_at: datetime | None = None
    """Local time, where the hour matters."""
    history: tuple[HistoryLine, ...] = ()
    """Oldest first."""
    is_future_open: bool = False
    """Show at once what happens if nobody acts: it was asked for in words."""
    file: CaseFile = field(default_factory=CaseFile)
    """What the case has gathered."""
    undecided_count: int = 0
    """Sanctions the contract gives a right to that nobody has answered."""
    notice_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationRow:
    """One case in a list."""

    deviation: Deviation
    contract: Contract | None
    kind: DeviationType | None
    is_past_deadline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationListView:
    """Open cases, gravest first."""

    rows: tuple[DeviationRow, ...]
    """Those to show, beginning with number `first`."""
    count: int
    as_of: datetime
    """Local time."""
    filter_line: str
    first: int = 1
    more_subject: str | None = None
    is_own_only: bool = False
    """The asker sees only their own contracts, and is told so."""
