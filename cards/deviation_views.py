"""What the deviation cards are drawn from: values gathered by dialogs and use cases, nothing decided here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.case_file import CaseFile
from domain.contract import Contract
from domain.deviation import Deviation, DeviationState
from domain.deviation_types import AskFor, DeviationType
from domain.people import ContractRole
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
    asks_legal_question: bool = False
    number: int = 1
    count: int = 1
    """Which of how many faults of one message."""
    is_danger: bool = False
    notice_id: str | None = None
    twin: "TwinView | None" = None
    """The case it may be another report of."""
    evidence_count: int = 0
    contacts: tuple[str, ...] = ()
    """Names of those to call now, for what runs in clock hours."""
    since: datetime | None = None
    """Local time of the report, from which those hours run."""
    was_added: bool = False
    """The last words were kept as an addition."""

    @property
    def kind(self) -> DeviationType | None:
        return self.types.get(self.deviation.type or "")

    @property
    def contract(self) -> Contract | None:
        """The chosen one, when there is one."""
        chosen = self.deviation.contract_id
        return next((contract for contract in self.contracts if contract.contract_id == chosen), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinView:
    """The case a draft is like, as far as its reporter may know of it."""

    deviation: Deviation
    may_see: bool
    may_reopen: bool
    reporter_name: str | None
    """None when it is the reporter's own."""
    report_count: int
    reported_on: date
    closed_on: date | None = None


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
    is_own_to_move: bool = False
    """The reporter manages the contract, so nobody else will tell them what they do themselves."""


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
    """What happens from today on if nobody acts."""
    is_all_told: bool = False
    """Some of what silence leads to has come about already."""
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
    lacks_rights: bool = False
    """The case is grave enough for its contract's sanctions to want an answer, and none are registered."""
    drafts_complaint: bool = True
    """At the limit of the passivity clock a complaint is drafted."""
    types: tuple[DeviationType, ...] = ()
    """What it may be weighed to be instead."""

    @property
    def asks_if_paid(self) -> bool:
        """Whether the type is one where the invoice matters (domain.md 8.1, step 0 and 1)."""
        return self.kind is not None and AskFor.IS_PAID in self.kind.asks

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
    title: str | None = None
    """Of a list of others than the open ones."""
    is_own_only: bool = False
    """The asker sees only their own contracts, and is told so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """The supplier's action plan in a case, and what the person looking at it may do."""

    case: CaseView
    may_write: bool = False
    may_approve: bool = False
    may_check: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    """Mail address to name, of those who have approved it."""
