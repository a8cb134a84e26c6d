"""What the cards outside the checklist are drawn from: values gathered by use cases, nothing decided here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.contract import Contract, ContractClass, ContractFlag
from domain.deviation import Severity
from domain.followup import Followup
from domain.letter import NextRung
from domain.light import ContractLight, Light
from domain.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupView:
    """A follow-up as one person sees it today."""

    followup: Followup
    contract: Contract
    today: date
    days_late: int = 0
    """Working days past the due date; zero or less before it."""
    minutes: int = 0
    """Expected time in the chat, preparation not included."""
    preparation_minutes: int = 0
    next_rung: NextRung | None = None
    snoozes_left: int = 2
    snooze_latest_on: date | None = None
    """The last day it may be put off to, by the rule set."""
    owner_name: str | None = None
    manager_name: str | None = None
    answered_count: int = 0
    question_count: int = 0
    notice_id: str | None = None
    is_sample: bool = False
    """Buttons of a sample change nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchView:
    """A watched date as one person sees it today."""

    watch: Watch
    contract: Contract
    today: date
    notice_is_assumed: bool
    """The contract has no notice clause in the register; the deadline is the rule set's guess."""
    renews_automatically: bool
    """It runs on unless somebody terminates it, so silence is the danger."""
    owner_name: str | None = None
    manager_name: str | None = None
    settled_by_name: str | None = None
    notice_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One row of an answer: a headline and a line or two of facts, with something to open."""

    headline: str
    lines: tuple[str, ...] = ()
    is_alarming: bool = False
    """Late, urgent or past a date; the words must say so too."""
    open_verb: str | None = None
    subject: str = ""
    rev: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """An answer to a question about many: what was asked for, how many there are, as of when, and the rows."""

    title: str
    filter_line: str
    """The filter in words, such as `Klass 1, passerad klart-dag, dina avtal`."""
    count: int
    """How many rows the filter gave, shown or not."""
    as_of: datetime
    """Local time of the reading."""
    rows: tuple[AnswerRow, ...] = ()
    """The rows to show, beginning with number `first`."""
    first: int = 1
    more_subject: str | None = None
    """What *more* goes on from; None when it should be left out."""
    note: str | None = None
    """Such as `not_yours_note`."""
    empty: str | None = None
    """What to say when there are none, if more can be said than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """How things stand: the counts the controller starts the day with, or one person's own."""

    as_of: datetime
    followups_due: Mapping[ContractClass | None, int]
    """Open follow-ups by class, late ones included."""
    followups_late: Mapping[ContractClass | None, int]
    deviations: Mapping[Severity, int]
    deviations_past_deadline: int = 0
    needs_decision: int = 0
    unclassified: int = 0
    without_owner: int = 0
    undelivered: int = 0
    contracts_active: int = 0
    is_stopped: bool = False
    """All outgoing messages are stopped."""
    is_own: bool = False
    """Counts one person's own contracts only."""
    lights: Mapping[Light, Mapping[ContractClass | None, int]] = field(default_factory=dict)
    """Contracts in force, by light and class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationLine:
    """A deviation in a list: only what everybody who sees the contract may see."""

    deviation_id: str
    number: str
    headline: str
    """Type and place in words."""
    severity: Severity
    deadline_on: date | None = None
    is_past_deadline: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractView:
    """All about one contract."""

    contract: Contract
    as_of: datetime
    owner_name: str | None
    manager_name: str | None
    deputy_name: str | None = None
    notice_deadline: date | None = None
    notice_is_assumed: bool = False
    flags: tuple[ContractFlag, ...] = ()
    followups: tuple[FollowupView, ...] = ()
    """Open ones, soonest first."""
    last_followup_on: date | None = None
    watches: tuple[WatchView, ...] = ()
    deviations: tuple[DeviationLine, ...] = ()
    """Open ones, gravest first."""
    light: ContractLight | None = None
    """None for a contract that is not in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TomorrowMessage:
    """One message of the next day: to whom, when, and word for word what it says."""

    recipient_name: str
    recipient_mail: str
    at: datetime
    """Local time it is ready to go."""
    text: str
    """From `letter_text`."""
    hold_subject: str
    """What *Håll* and *Släpp* are about, such as `person:<id>:2027-03-02` or a notice id."""
    is_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TomorrowView:
    """The messages of the next day that anything is sent, in the order they go."""

    day: date
    today: date
    as_of: datetime
    messages: tuple[TomorrowMessage, ...]
    """Those to show, beginning with number `first`."""
    count: int
    first: int = 1
    outside_count: int = 0
    """Messages that will not be sent because the recipient is not on the allow-list."""
    is_stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedView:
    """Every outgoing message has been stopped, or is."""

    by_name: str
    at: datetime
    waiting_count: int
    """Messages that now wait."""
    was_already: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedView:
    """Outgoing messages go again: what still matters is gathered, what has gone stale is dropped."""

    at: datetime
    stopped_since: datetime | None
    dropped_count: int = 0
    remaining_count: int = 0
    next_at: datetime | None = None
    """When the next messages go, local time."""
    was_already: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowListView:
    """Who may receive messages."""

    as_of: datetime
    is_everyone: bool
    """Local mode with nobody taken off the list."""
    people: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    kept_out_people: tuple[str, ...] = ()
    """Taken off the list by name, whatever their department."""
    kept_out_departments: tuple[str, ...] = ()
    added: str | None = None
    removed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    """What somebody can do, by the parts they play."""

    is_responsible: bool
    """Owner, manager or deputy of a contract."""
    is_controller: bool
    contact_name: str | None = None
