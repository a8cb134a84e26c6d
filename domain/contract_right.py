"""What a contract gives a right to when it is not kept, and the time limits it sets itself (domain.md 5, 7.5, 8.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.identifiers import ContractId


class RightKind(StrEnum):
    """The catalogue of domain.md 7.5, and the time limits of `contract_rights`. Shown to people, never chosen for them."""

    RECTIFICATION = "rectification"
    WITHHELD_PAYMENT = "withheld_payment"
    PRICE_REDUCTION = "price_reduction"
    PENALTY = "penalty"
    REPAYMENT = "repayment"
    DAMAGES = "damages"
    ACTION_PLAN = "action_plan"
    TERMINATION = "termination"
    RESCISSION = "rescission"
    REPORT_TO_AUTHORITY = "report_to_authority"
    COMPLAINT_TIME = "complaint_time"
    """How soon a complaint must have reached the supplier."""
    ANSWER_TIME = "answer_time"
    """How soon the supplier must answer a complaint."""
    CORRECTION_TIME = "correction_time"
    """How soon the supplier must have mended."""


TIME_LIMITS: Final = frozenset({RightKind.COMPLAINT_TIME, RightKind.ANSWER_TIME, RightKind.CORRECTION_TIME})
NEEDS_DECISION: Final = frozenset(
    {
        RightKind.WITHHELD_PAYMENT,
        RightKind.PRICE_REDUCTION,
        RightKind.PENALTY,
        RightKind.REPAYMENT,
        RightKind.DAMAGES,
        RightKind.TERMINATION,
        RightKind.RESCISSION,
    },
)
"""Sanctions that may be lost by silence, and so need a *ja*, *nej* or *avvaktar* before a case can close (domain.md 7.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """A time limit of the contract's own, which goes before the ladder's (domain.md 8.1)."""

    kind: RightKind
    days: int
    is_working_days: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRight:
    """One right or time limit as it stands in a contract. At most one of each kind and contract."""

    contract_id: ContractId
    kind: RightKind
    clause: str = ""
    """Where it stands, such as `§ 7.2`."""
    terms: str = ""
    """What it says, in somebody's words, such as `5 000 kr per påbörjad vecka, högst tio veckor`."""
    limit_days: int | None = None
    """Of a time limit."""
    is_working_days: bool = False
    """Whether `limit_days` are working days; else they are days of the calendar."""


def limits_of(rights: Iterable[ContractRight]) -> tuple[TimeLimit, ...]:
    """The time limits among the rights."""
    return tuple(
        TimeLimit(kind=right.kind, days=right.limit_days, is_working_days=right.is_working_days)
        for right in rights
        if right.kind in TIME_LIMITS and right.limit_days is not None
    )
