"""The tables of deviation cases: the case's own row, and what it gathers beside it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Integer, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.declaring import Base, Code, Key, Mail, Reference, Tenant, Version, belongs_to_contract, wakes


def _belongs_to_case() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant_id", "deviation_id"], ["deviation.tenant_id", "deviation.deviation_id"])


class DeviationRow(Base):
    __tablename__ = "deviation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        belongs_to_contract(),
        *wakes("deviation"),
        Index("ix_deviation_contract", "tenant_id", "contract_id"),
    )
    tenant_id: Mapped[Tenant]
    deviation_id: Mapped[Key]
    number: Mapped[str | None] = mapped_column(String(16))
    contract_id: Mapped[str | None] = mapped_column(String(36))
    contract_number: Mapped[str | None] = mapped_column(String(64))
    type: Mapped[str | None] = mapped_column(String(32))
    severity: Mapped[str | None] = mapped_column(String(16))
    state: Mapped[Code]
    description: Mapped[str]
    reported_by: Mapped[Mail]
    reported_at: Mapped[datetime]
    source: Mapped[str]
    location: Mapped[str | None]
    occurred_from: Mapped[date | None]
    occurred_to: Mapped[date | None]
    occurrence_count: Mapped[int]
    amount_sek: Mapped[Decimal | None]
    candidates: Mapped[list[Any]]
    missing: Mapped[list[Any]]
    ladder_step: Mapped[int]
    proposed_step: Mapped[int | None]
    step_entered_at: Mapped[datetime | None]
    deadline_on: Mapped[date | None]
    next_action_at: Mapped[datetime | None]
    supplier_notified_at: Mapped[datetime | None]
    state_entered_at: Mapped[datetime | None]
    promised_on: Mapped[date | None]
    is_emergency: Mapped[bool]
    closed_reason: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    requirement: Mapped[str | None]
    agreed: Mapped[str | None]
    consequence: Mapped[str | None]
    requested_action: Mapped[str | None]
    invoice_number: Mapped[str | None]
    is_paid: Mapped[bool | None]
    supplier_told_how: Mapped[str | None]
    supplier_told_whom: Mapped[str | None]
    answer_due_on: Mapped[date | None]
    registry_number: Mapped[str | None]
    sanction_since: Mapped[datetime | None]
    reserved_until: Mapped[date | None]
    held_from: Mapped[str | None] = mapped_column(String(64))
    hold_until: Mapped[date | None]
    merged_into: Mapped[str | None] = mapped_column(String(36))
    failed_remedies: Mapped[int] = mapped_column(server_default="0")
    reopened_count: Mapped[int] = mapped_column(server_default="0")
    verified_by: Mapped[str | None] = mapped_column(String(320))
    verified_at: Mapped[datetime | None]
    how_verified: Mapped[str | None]
    plan_manager_mail: Mapped[str | None] = mapped_column(String(320))
    plan_owner_mail: Mapped[str | None] = mapped_column(String(320))
    limits: Mapped[list[Any]] = mapped_column(server_default="[]")
    """The contract's own time limits: kind, days, and whether they are working days."""
    additions: Mapped[list[Any]] = mapped_column(server_default="[]")
    occurred_days: Mapped[list[Any]] = mapped_column(server_default="[]")
    """ISO dates."""
    is_supplier_told: Mapped[bool | None]
    alternatives: Mapped[list[Any]] = mapped_column(server_default="[]")
    reasons: Mapped[list[Any]] = mapped_column(server_default="[]")
    is_told_apart: Mapped[bool] = mapped_column(server_default=text("false"))
    ruleset_number: Mapped[int]
    version: Mapped[Version]


class CounterRow(Base):
    """Numbers people see, such as AVV-2026-0412: counted per tenant and year, in the row's own transaction."""

    __tablename__ = "counter"
    tenant_id: Mapped[Tenant]
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    value: Mapped[int]


class SightingRow(Base):
    """Everybody who saw the same fault, and when and where."""

    __tablename__ = "sighting"
    __table_args__ = (_belongs_to_case(), Index("ix_sighting_deviation", "tenant_id", "deviation_id"))
    tenant_id: Mapped[Tenant]
    sighting_id: Mapped[Key]
    deviation_id: Mapped[Reference]
    reported_by: Mapped[Mail]
    reported_at: Mapped[datetime]
    words: Mapped[str]
    occurred_from: Mapped[date | None]
    occurred_to: Mapped[date | None]
    location: Mapped[str | None]
    occurrence_count: Mapped[int]
    merged_from: Mapped[str | None] = mapped_column(String(36))


class EvidenceRow(Base):
    __tablename__ = "evidence"
    __table_args__ = (_belongs_to_case(), Index("ix_evidence_deviation", "tenant_id", "deviation_id"))
    tenant_id: Mapped[Tenant]
    evidence_id: Mapped[Key]
    deviation_id: Mapped[Reference]
    kind: Mapped[Code]
    name: Mapped[str]
    content_type: Mapped[str]
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    url: Mapped[str | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    added_by: Mapped[Mail]
    added_at: Mapped[datetime]


class PlanActionRow(Base):
    """The actions of a supplier's plan."""

    __tablename__ = "plan_action"
    __table_args__ = (_belongs_to_case(), Index("ix_plan_action_deviation", "tenant_id", "deviation_id"))
    tenant_id: Mapped[Tenant]
    action_id: Mapped[Key]
    deviation_id: Mapped[Reference]
    position: Mapped[int]
    text: Mapped[str]
    responsible: Mapped[str]
    due_on: Mapped[date]
    check: Mapped[str]
    done_on: Mapped[date | None]
    verdict: Mapped[str | None] = mapped_column(String(16))
    checked_by: Mapped[str | None] = mapped_column(String(320))
    checked_at: Mapped[datetime | None]
    check_note: Mapped[str | None]


class SanctionDecisionRow(Base):
    """The latest answer to each right that a case may use."""

    __tablename__ = "sanction_decision"
    __table_args__ = (_belongs_to_case(),)
    tenant_id: Mapped[Tenant]
    deviation_id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    answer: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str]
    reserved_until: Mapped[date | None]
    reference: Mapped[str | None]
    amount_sek: Mapped[Decimal | None]
    decided_by: Mapped[Mail]
    decided_at: Mapped[datetime]


class CaseLetterRow(Base):
    """Drafts of letters, and how people sent them."""

    __tablename__ = "case_letter"
    __table_args__ = (_belongs_to_case(), Index("ix_case_letter_deviation", "tenant_id", "deviation_id"))
    tenant_id: Mapped[Tenant]
    letter_id: Mapped[Key]
    deviation_id: Mapped[Reference]
    kind: Mapped[Code]
    template_version: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    answer_due_on: Mapped[date | None]
    drafted_by: Mapped[Mail]
    drafted_at: Mapped[datetime]
    sent_on: Mapped[date | None]
    sent_how: Mapped[str | None]
    sent_to: Mapped[str | None]
    proof: Mapped[str | None]
    registry_number: Mapped[str | None]
    sent_by: Mapped[str | None] = mapped_column(String(320))


class ContractRightRow(Base):
    """What a contract gives a right to, and its own time limits."""

    __tablename__ = "contract_right"
    __table_args__ = (belongs_to_contract(),)
    tenant_id: Mapped[Tenant]
    contract_id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    clause: Mapped[str]
    terms: Mapped[str]
    limit_days: Mapped[int | None]
    is_working_days: Mapped[bool]


def _one_open(about: str, column: str) -> Index:
    """At most one proposal waits for an answer about the same type on a contract, or at a supplier."""
    waits = text("state = 'open'")
    name = f"uq_joint_proposal_open_{about}"
    return Index(name, "tenant_id", column, "type", unique=True, sqlite_where=waits, postgresql_where=waits)


class JointProposalRow(Base):
    """Small deviations that add up to a large one."""

    __tablename__ = "joint_proposal"
    __table_args__ = (
        belongs_to_contract(),
        Index("ix_joint_proposal_state", "tenant_id", "state"),
        _one_open("contract", "contract_id"),
        _one_open("supplier", "org_number"),
    )
    tenant_id: Mapped[Tenant]
    joint_proposal_id: Mapped[Key]
    contract_id: Mapped[str | None] = mapped_column(String(36))
    org_number: Mapped[str | None] = mapped_column(String(20))
    supplier_name: Mapped[str]
    type: Mapped[str] = mapped_column(String(32))
    severity: Mapped[str] = mapped_column(String(16))
    evidence: Mapped[list[Any]]
    occurrence_count: Mapped[int]
    state: Mapped[Code]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(String(320))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    deviation_id: Mapped[str | None] = mapped_column(String(36))
    version: Mapped[Version]
