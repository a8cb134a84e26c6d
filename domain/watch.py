"""A date on a contract that somebody must not miss (bevakningsdatum, domain.md 5.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.identifiers import ContractId, WatchId


class WatchKind(StrEnum):
    """What the date is for. Only `send_by` is a legal date with daily alarms."""

    SEND_BY = "send_by"
    NEW_PROCUREMENT_START = "new_procurement_start"
    HANDOVER_PLAN = "handover_plan"
    YEARLY_REVIEW = "yearly_review"
    DECISION_DUE = "decision_due"
    EXPIRED = "expired"


class WatchState(StrEnum):
    """`triage` waits for the controller; `lapsed` ran out with nobody acting and also needs a decision."""

    OPEN = "open"
    TRIAGE = "triage"
    DONE = "done"
    DISMISSED = "dismissed"
    VOIDED = "voided"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """One watched date of one contract and period."""

    watch_id: WatchId
    contract_id: ContractId
    kind: WatchKind
    period_key: str
    """ISO date of the period's end E (or of the review)."""
    plan_version: int
    on: date
    notice_deadline: date | None
    state: WatchState
    next_action_at: datetime | None = None
    last_step: str | None = None
    decision: Mapping[str, str] | None = None
    """Who decided, when, when and how the notice was sent (FB9-FB10), once settled."""
    settled_by: str | None = None
    version: int = 1
