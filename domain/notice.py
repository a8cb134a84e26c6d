"""A notice: the intent that somebody should hear something, kept until it is delivered or no longer needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID, uuid5

from domain.identifiers import NoticeId, TenantId
from domain.people import ContractRole


class NoticeState(StrEnum):
    """The states of reliability.md 1."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    AMBIGUOUS = "ambiguous"
    UNRESOLVED = "unresolved"
    UNREACHABLE = "unreachable"
    NO_LONGER_NEEDED = "no_longer_needed"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"


class NoticeKind(StrEnum):
    """What a notice is about, which decides its card and whether it waits for the digest."""

    WELCOME = "welcome"
    FOLLOWUP_NUDGE = "followup_nudge"
    FOLLOWUP_TO_OWNER = "followup_to_owner"
    FOLLOWUP_TO_CONTROLLER = "followup_to_controller"
    LEGAL_DATE = "legal_date"
    WATCH_DATE = "watch_date"
    SIGN_OFF = "sign_off"
    FOLLOWUP_RETURNED = "followup_returned"
    FOLLOWUP_NOTE = "followup_note"
    """Something about a follow-up that its owner, controller or a colleague should know."""
    MANAGER_REPORTED = "manager_reported"
    DEVIATION_URGENT = "deviation_urgent"
    DEVIATION_NEW = "deviation_new"
    DEVIATION_STEP = "deviation_step"
    DEVIATION_PROGRESS = "deviation_progress"
    DEVIATION_MEETING = "deviation_meeting"
    """Several grave ones at once: the controller is asked to call a meeting about the contract."""
    JOINT_PROPOSED = "joint_proposed"
    """Many small ones may be one large, or a supplier is red in two places."""
    HELP_WANTED = "help_wanted"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One row of the outbox."""

    notice_id: NoticeId
    kind: NoticeKind
    subject: str
    """What it is about, as `followup:<id>`, `watch:<id>`, `deviation:<id>` or `person:<id>`."""
    occurrence: str
    step: str
    role: ContractRole | None
    recipient_mail: str
    state: NoticeState
    not_before: datetime
    attempt: int = 0
    payload: Mapping[str, str]
    sent_at: datetime | None = None
    reason: str | None = None
    """Why it is held, closed or failed."""


URGENT_KINDS = frozenset({NoticeKind.DEVIATION_URGENT, NoticeKind.SAMPLE})
"""Told at once, each in a message of its own."""
LEGAL_KINDS = frozenset({NoticeKind.LEGAL_DATE})
"""Gathered into one message a person and working day, blackout weeks or not."""
HELD = "held"
"""The reason of a waiting notice that the controller has held back."""

_NAMESPACE = UUID("6f1a7a52-6d0e-5b0e-9a34-2d5d8a1f0c11")


def new_notice(  # noqa: PLR0913 - one argument a part of the key
    tenant_id: TenantId,
    *,
    kind: NoticeKind,
    subject: str,
    occurrence: str,
    step: str,
    role: ContractRole | None,
    recipient_mail: str,
    not_before: datetime,
    payload: Mapping[str, str] = MappingProxyType({}),
) -> Notice:
    """A waiting notice. Its id follows from what it is about, so the same intent never becomes two."""
    key = f"{tenant_id}\x1f{subject}\x1f{occurrence}\x1f{step}\x1f{recipient_mail}"
    return Notice(
        notice_id=NoticeId(str(uuid5(_NAMESPACE, key))),
        kind=kind,
        subject=subject,
        occurrence=occurrence,
        step=step,
        role=role,
        recipient_mail=recipient_mail,
        state=NoticeState.PENDING,
        not_before=not_before,
        payload=payload,
    )
