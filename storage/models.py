"""The tables. Every tenant-owned one begins its keys with `tenant_id` (reliability.md R1-R12)."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.case_models import DeviationRow
from storage.declaring import Base, Code, Key, Mail, Reference, Tenant, Version, belongs_to_contract, wakes

__all__ = ["Base", "DeviationRow"]


class TenantRow(Base):
    __tablename__ = "tenant"
    tenant_id: Mapped[Tenant]
    name: Mapped[str]
    created_at: Mapped[datetime]
    golive_on: Mapped[date | None]
    rollout: Mapped[dict[str, Any] | None]
    """Class code to the ISO date it was switched on; None until somebody or the first tick decides."""
    ruleset_number: Mapped[int | None]
    outgoing_stopped_at: Mapped[datetime | None]
    outgoing_stopped_by: Mapped[str | None]
    high_water_at: Mapped[datetime | None]
    """The latest moment any tick has seen; a clock behind it has been set back."""
    rate: Mapped[float | None]
    blocked_until: Mapped[datetime | None]
    standing: Mapped[str] = mapped_column(String(36))
    """Another one whenever people, allow-list or rules have changed, so that what is remembered of them is known stale."""


class RuleSetRow(Base):
    __tablename__ = "ruleset"
    tenant_id: Mapped[Tenant]
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64))
    files: Mapped[dict[str, Any]]
    """File name to its text, exactly as imported."""
    imported_at: Mapped[datetime]
    imported_by: Mapped[str]


class ChecklistTemplateRow(Base):
    __tablename__ = "checklist_template"
    tenant_id: Mapped[Tenant]
    module: Mapped[str] = mapped_column(String(16), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[str]


class PersonRow(Base):
    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("tenant_id", "mail"), UniqueConstraint("tenant_id", "aad_object_id"))
    tenant_id: Mapped[Tenant]
    person_id: Mapped[Key]
    mail: Mapped[Mail]
    name: Mapped[str]
    aad_object_id: Mapped[str | None] = mapped_column(String(64))
    department: Mapped[str | None]
    title: Mapped[str | None]
    line_manager_mail: Mapped[str | None]
    roles: Mapped[list[Any]]
    is_listed: Mapped[bool]
    has_left: Mapped[bool]
    language: Mapped[str | None] = mapped_column(String(2))
    teams_locale: Mapped[str | None] = mapped_column(String(35))
    digest_at: Mapped[time | None]
    service_url: Mapped[str | None]
    conversation_id: Mapped[str | None]
    reachability: Mapped[Code] = mapped_column(default="never_seen")
    last_seen_at: Mapped[datetime | None]
    welcomed_at: Mapped[datetime | None]
    last_digest_on: Mapped[date | None]


class ChatRow(Base):
    """What a person is in the middle of, so that a typed word finds its place (also after a restart)."""

    __tablename__ = "chat"
    tenant_id: Mapped[Tenant]
    person_id: Mapped[Key]
    focus: Mapped[str | None]
    """`followup:<id>` or `deviation:<id>` that typed answers go to."""
    expects: Mapped[str | None]
    """Which question the bot has just asked outside a checklist, such as `wrong_person`."""
    listed: Mapped[list[Any]]
    """The ids of the last numbered list shown, so that `börja 2` means what the person saw."""
    more: Mapped[str | None]
    """What *mer* goes on with."""


class RecipientRuleRow(Base):
    """The allow-list: a person or a department, let in or kept out."""

    __tablename__ = "recipient_rule"
    tenant_id: Mapped[Tenant]
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[str] = mapped_column(String(320), primary_key=True)
    is_allowed: Mapped[bool]


class ContractRow(Base):
    __tablename__ = "contract"
    __table_args__ = (
        UniqueConstraint("tenant_id", "contract_number"),
        Index(
            "ix_contract_needs_planning",
            "tenant_id",
            postgresql_where=text("needs_planning"),
            sqlite_where=text("needs_planning = 1"),  # as SQLAlchemy says it there: only then is the index used
        ),
    )
    tenant_id: Mapped[Tenant]
    contract_id: Mapped[Key]
    contract_number: Mapped[Code]
    registry_number: Mapped[str | None]
    title: Mapped[str]
    area: Mapped[str | None]
    department: Mapped[str | None]
    contract_class: Mapped[str | None] = mapped_column(String(16))
    owner_mail: Mapped[str | None] = mapped_column(String(320))
    manager_mail: Mapped[str | None] = mapped_column(String(320))
    deputy_mail: Mapped[str | None] = mapped_column(String(320))
    start_on: Mapped[date]
    end_on: Mapped[date | None]
    renewal_kind: Mapped[str] = mapped_column(String(16))
    renewal_count: Mapped[int]
    renewal_months: Mapped[int]
    notice_months: Mapped[int | None]
    annual_value_sek: Mapped[Decimal | None]
    ceiling_sek: Mapped[Decimal | None]
    plan_version: Mapped[Version]
    plan_from: Mapped[date | None]
    planned_for: Mapped[str | None]
    needs_planning: Mapped[bool]
    registered: Mapped[dict[str, Any]]
    """What the register last said of each field (`domain.register.baseline`), whatever people have changed since."""
    closed_at: Mapped[datetime | None]
    version: Mapped[Version]


class ContractSupplierRow(Base):
    __tablename__ = "contract_supplier"
    __table_args__ = (belongs_to_contract(),)
    tenant_id: Mapped[Tenant]
    contract_id: Mapped[Key]
    org_number: Mapped[str] = mapped_column(String(20), primary_key=True)
    lot: Mapped[str] = mapped_column(String(400), primary_key=True)
    name: Mapped[str]
    position: Mapped[int]


class FollowupRow(Base):
    __tablename__ = "followup"
    __table_args__ = (
        belongs_to_contract(),
        UniqueConstraint("tenant_id", "contract_id", "activity", "period_key", "plan_version"),
        *wakes("followup"),
    )
    tenant_id: Mapped[Tenant]
    followup_id: Mapped[Key]
    contract_id: Mapped[Reference]
    activity: Mapped[Code]
    period_key: Mapped[Code]
    plan_version: Mapped[int]
    due_on: Mapped[date]
    state: Mapped[Code]
    contract_class: Mapped[str | None] = mapped_column(String(16))
    ruleset_number: Mapped[int]
    modules: Mapped[list[Any]]
    template_versions: Mapped[dict[str, Any]]
    next_action_at: Mapped[datetime | None]
    rungs_done: Mapped[int]
    reminder_level: Mapped[str | None] = mapped_column(String(8))
    round: Mapped[int]
    snooze_count: Mapped[int]
    snoozed_until: Mapped[date | None]
    current_question: Mapped[str | None] = mapped_column(String(16))
    is_paused: Mapped[bool]
    started_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[str | None] = mapped_column(String(320))
    accepted_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str | None]
    undo: Mapped[dict[str, Any] | None]
    """What `ångra` would put back: who did what, and the values before."""
    version: Mapped[Version]


class AnswerRow(Base):
    __tablename__ = "answer"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "followup_id"], ["followup.tenant_id", "followup.followup_id"]),
    )
    tenant_id: Mapped[Tenant]
    followup_id: Mapped[Key]
    question_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    value: Mapped[str | None]
    note: Mapped[str | None]
    proposal: Mapped[str | None] = mapped_column(String(16))
    """What became of the deviation this answer proposed: `confirmed`, `declined`, or None while open."""
    proposal_reason: Mapped[str | None]
    answered_by: Mapped[Mail]
    answered_at: Mapped[datetime]


class WatchRow(Base):
    __tablename__ = "watch"
    __table_args__ = (
        belongs_to_contract(),
        UniqueConstraint("tenant_id", "contract_id", "kind", "period_key", "plan_version"),
        *wakes("watch"),
    )
    tenant_id: Mapped[Tenant]
    watch_id: Mapped[Key]
    contract_id: Mapped[Reference]
    kind: Mapped[Code]
    period_key: Mapped[Code]
    plan_version: Mapped[int]
    on: Mapped[date]
    notice_deadline: Mapped[date | None]
    state: Mapped[Code]
    next_action_at: Mapped[datetime | None]
    last_step: Mapped[str | None] = mapped_column(String(16))
    decision: Mapped[dict[str, Any] | None]
    settled_by: Mapped[str | None] = mapped_column(String(320))
    version: Mapped[Version]


class NoticeRow(Base):
    """The outbox."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("tenant_id", "subject", "occurrence", "step", "recipient"),
        *wakes("notice"),
        Index("ix_notice_recipient_state", "tenant_id", "recipient", "state"),
    )
    tenant_id: Mapped[Tenant]
    notice_id: Mapped[Key]
    kind: Mapped[Code]
    subject: Mapped[Code]
    occurrence: Mapped[Code]
    step: Mapped[str] = mapped_column(String(120))
    role: Mapped[str | None] = mapped_column(String(32))
    recipient: Mapped[Mail]
    state: Mapped[Code]
    not_before: Mapped[datetime]
    next_action_at: Mapped[datetime | None]
    """When delivery should look at it next; None when closed or held."""
    attempt: Mapped[int]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None]
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[str | None]
    reason: Mapped[str | None]


class EventRow(Base):
    """What happened, for ever. Rows are only ever added."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject", "tenant_id", "subject"), Index("ix_event_at", "tenant_id", "at"))
    tenant_id: Mapped[Tenant]
    event_id: Mapped[Key]
    at: Mapped[datetime]
    kind: Mapped[Code]
    subject: Mapped[Code]
    actor: Mapped[Mail]
    details: Mapped[dict[str, Any]]


class InboundRow(Base):
    """Activities already seen, so that a repeat has no second effect."""

    __tablename__ = "inbound"
    tenant_id: Mapped[Tenant]
    conversation_id: Mapped[str] = mapped_column(String(400), primary_key=True)
    activity_id: Mapped[str] = mapped_column(String(400), primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    response: Mapped[dict[str, Any] | None]


class ImportRow(Base):
    """One import that was kept: which file, by whom, with what outcome."""

    __tablename__ = "import_run"
    tenant_id: Mapped[Tenant]
    import_id: Mapped[Key]
    kind: Mapped[Code]
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    actor: Mapped[Mail]
    counts: Mapped[dict[str, Any]]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
