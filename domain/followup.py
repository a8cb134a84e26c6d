"""One follow-up occasion: what is due, for which contract, and how far it has come (domain.md 5.2, 8.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.contract import ContractClass
from domain.identifiers import ContractId, FollowupId


class Activity(StrEnum):
    """The plan activities of domain.md 5.2."""

    KICKOFF_MEETING = "kickoff_meeting"
    PULSE = "pulse"
    THREE_MONTH = "three_month"
    QUARTERLY = "quarterly"
    HALF_YEAR = "half_year"
    YEARLY = "yearly"
    SUPPLIER_CONTROL = "supplier_control"
    EXTENSION_DECISION = "extension_decision"
    CLOSING = "closing"
    EVENT_DRIVEN = "event_driven"


class FollowupState(StrEnum):
    """The states of domain.md 8.3; overdue is derived, see `Followup.is_overdue_on`."""

    PLANNED = "planned"
    NOTIFIED = "notified"
    IN_PROGRESS = "in_progress"
    WAITING_SUPPLIER = "waiting_supplier"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"
    SKIPPED_RAMP = "skipped_ramp"


OPEN_STATES = frozenset(
    {
        FollowupState.PLANNED,
        FollowupState.NOTIFIED,
        FollowupState.IN_PROGRESS,
        FollowupState.WAITING_SUPPLIER,
    },
)
"""States in which somebody still has something to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followup:
    """A planned or running follow-up, with the rules and templates it runs under."""

    followup_id: FollowupId
    contract_id: ContractId
    activity: Activity
    period_key: str
    """ISO date of the nominal occurrence, before blackout weeks and holidays moved it."""
    plan_version: int
    due_on: date
    state: FollowupState
    contract_class: ContractClass | None
    """The class whose ladder it runs, as it was when planned."""
    ruleset_number: int
    modules: tuple[str, ...] = ()
    """Checklist modules in order, such as ("PU", "LK"); empty where the activity has no session."""
    template_versions: Mapping[str, int]
    """Module to template version, set when the session starts."""
    next_action_at: datetime | None = None
    rungs_done: int = 0
    """How many rungs of the reminder ladder have been taken."""
    reminder_level: str | None = None
    """N0 to N4, the highest told so far."""
    round: int = 1
    """Counts up when a snooze or a broken promise makes the same rung sound again."""
    snooze_count: int = 0
    snoozed_until: date | None = None
    current_question: str | None = None
    is_paused: bool = False
    started_at: datetime | None = None
    submitted_at: datetime | None = None
    submitted_by: str | None = None
    accepted_at: datetime | None = None
    closed_at: datetime | None = None
    """When it stopped being open, however that came about."""
    closed_reason: str | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def is_overdue_on(self, day: date) -> bool:
        """Open past its due date."""
        return self.is_open and day > self.due_on
