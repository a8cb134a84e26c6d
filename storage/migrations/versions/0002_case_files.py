"""The files of deviation cases: sightings, evidence, plans, decisions and letters, and the rights of contracts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contract_right",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("limit_days", sa.Integer(), nullable=True),
        sa.Column("is_working_days", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.contract_id"],
            name=op.f("fk_contract_right_contract"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "contract_id", "kind", name=op.f("pk_contract_right")),
    )
    op.create_table(
        "joint_proposal",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("joint_proposal_id", sa.String(length=36), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=True),
        sa.Column("org_number", sa.String(length=20), nullable=True),
        sa.Column("supplier_name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("occurrence_count", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=320), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("deviation_id", sa.String(length=36), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.contract_id"],
            name=op.f("fk_joint_proposal_contract"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "joint_proposal_id", name=op.f("pk_joint_proposal")),
    )
    with op.batch_alter_table("joint_proposal", schema=None) as batch_op:
        batch_op.create_index("ix_joint_proposal_state", ["tenant_id", "state"], unique=False)
        batch_op.create_index(
            "uq_joint_proposal_open_contract",
            ["tenant_id", "contract_id", "type"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "uq_joint_proposal_open_supplier",
            ["tenant_id", "org_number", "type"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "case_letter",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("letter_id", sa.String(length=36), nullable=False),
        sa.Column("deviation_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("drafted_by", sa.String(length=320), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_how", sa.Text(), nullable=True),
        sa.Column("sent_to", sa.Text(), nullable=True),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.Column("registry_number", sa.Text(), nullable=True),
        sa.Column("sent_by", sa.String(length=320), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "deviation_id"],
            ["deviation.tenant_id", "deviation.deviation_id"],
            name=op.f("fk_case_letter_deviation"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "letter_id", name=op.f("pk_case_letter")),
    )
    with op.batch_alter_table("case_letter", schema=None) as batch_op:
        batch_op.create_index("ix_case_letter_deviation", ["tenant_id", "deviation_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("evidence_id", sa.String(length=36), nullable=False),
        sa.Column("deviation_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("added_by", sa.String(length=320), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "deviation_id"],
            ["deviation.tenant_id", "deviation.deviation_id"],
            name=op.f("fk_evidence_deviation"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "evidence_id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_deviation", ["tenant_id", "deviation_id"], unique=False)

    op.create_table(
        "plan_action",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("action_id", sa.String(length=36), nullable=False),
        sa.Column("deviation_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("checked_by", sa.String(length=320), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("check_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "deviation_id"],
            ["deviation.tenant_id", "deviation.deviation_id"],
            name=op.f("fk_plan_action_deviation"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "action_id", name=op.f("pk_plan_action")),
    )
    with op.batch_alter_table("plan_action", schema=None) as batch_op:
        batch_op.create_index("ix_plan_action_deviation", ["tenant_id", "deviation_id"], unique=False)

    op.create_table(
        "sanction_decision",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("deviation_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reserved_until", sa.Date(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("amount_sek", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.String(length=320), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "deviation_id"],
            ["deviation.tenant_id", "deviation.deviation_id"],
            name=op.f("fk_sanction_decision_deviation"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "deviation_id", "kind", name=op.f("pk_sanction_decision")),
    )
    op.create_table(
        "sighting",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("sighting_id", sa.String(length=36), nullable=False),
        sa.Column("deviation_id", sa.String(length=36), nullable=False),
        sa.Column("reported_by", sa.String(length=320), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("occurred_from", sa.Date(), nullable=True),
        sa.Column("occurred_to", sa.Date(), nullable=True),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("occurrence_count", sa.Integer(), nullable=False),
        sa.Column("merged_from", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "deviation_id"],
            ["deviation.tenant_id", "deviation.deviation_id"],
            name=op.f("fk_sighting_deviation"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "sighting_id", name=op.f("pk_sighting")),
    )
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.create_index("ix_sighting_deviation", ["tenant_id", "deviation_id"], unique=False)

    with op.batch_alter_table("deviation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("requirement", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("agreed", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("consequence", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("requested_action", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("invoice_number", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("is_paid", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("supplier_told_how", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("supplier_told_whom", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("answer_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("registry_number", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("sanction_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reserved_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("held_from", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("hold_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("merged_into", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("failed_remedies", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("reopened_count", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("verified_by", sa.String(length=320), nullable=True))
        batch_op.add_column(sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("how_verified", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("plan_manager_mail", sa.String(length=320), nullable=True))
        batch_op.add_column(sa.Column("plan_owner_mail", sa.String(length=320), nullable=True))
        batch_op.add_column(sa.Column("limits", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("additions", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("occurred_days", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("is_supplier_told", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("alternatives", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("reasons", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("is_told_apart", sa.Boolean(), server_default=sa.text("(false)"), nullable=False))
        batch_op.create_index("ix_deviation_contract", ["tenant_id", "contract_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("deviation", schema=None) as batch_op:
        batch_op.drop_index("ix_deviation_contract")
        batch_op.drop_column("is_told_apart")
        batch_op.drop_column("reasons")
        batch_op.drop_column("alternatives")
        batch_op.drop_column("is_supplier_told")
        batch_op.drop_column("occurred_days")
        batch_op.drop_column("additions")
        batch_op.drop_column("limits")
        batch_op.drop_column("plan_owner_mail")
        batch_op.drop_column("plan_manager_mail")
        batch_op.drop_column("how_verified")
        batch_op.drop_column("verified_at")
        batch_op.drop_column("verified_by")
        batch_op.drop_column("reopened_count")
        batch_op.drop_column("failed_remedies")
        batch_op.drop_column("merged_into")
        batch_op.drop_column("hold_until")
        batch_op.drop_column("held_from")
        batch_op.drop_column("reserved_until")
        batch_op.drop_column("sanction_since")
        batch_op.drop_column("registry_number")
        batch_op.drop_column("answer_due_on")
        batch_op.drop_column("supplier_told_whom")
        batch_op.drop_column("supplier_told_how")
        batch_op.drop_column("is_paid")
        batch_op.drop_column("invoice_number")
        batch_op.drop_column("requested_action")
        batch_op.drop_column("consequence")
        batch_op.drop_column("agreed")
        batch_op.drop_column("requirement")
        batch_op.drop_column("closed_at")

    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.drop_index("ix_sighting_deviation")

    op.drop_table("sighting")
    op.drop_table("sanction_decision")
    with op.batch_alter_table("plan_action", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_action_deviation")

    op.drop_table("plan_action")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_deviation")

    op.drop_table("evidence")
    with op.batch_alter_table("case_letter", schema=None) as batch_op:
        batch_op.drop_index("ix_case_letter_deviation")

    op.drop_table("case_letter")
    with op.batch_alter_table("joint_proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_joint_proposal_open_supplier",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(
            "uq_joint_proposal_open_contract",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index("ix_joint_proposal_state")

    op.drop_table("joint_proposal")
    op.drop_table("contract_right")
