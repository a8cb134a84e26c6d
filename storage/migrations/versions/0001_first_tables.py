"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("focus", sa.Text(), nullable=True),
        sa.Column("expects", sa.Text(), nullable=True),
        sa.Column("listed", sa.JSON(), nullable=False),
        sa.Column("more", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "person_id", name=op.f("pk_chat")),
    )
    op.create_table(
        "checklist_template",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("module", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "module", "version", name=op.f("pk_checklist_template")),
    )
    op.create_table(
        "contract",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("contract_number", sa.String(length=64), nullable=False),
        sa.Column("registry_number", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("contract_class", sa.String(length=16), nullable=True),
        sa.Column("owner_mail", sa.String(length=320), nullable=True),
        sa.Column("manager_mail", sa.String(length=320), nullable=True),
        sa.Column("deputy_mail", sa.String(length=320), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("renewal_kind", sa.String(length=16), nullable=False),
        sa.Column("renewal_count", sa.Integer(), nullable=False),
        sa.Column("renewal_months", sa.Integer(), nullable=False),
        sa.Column("notice_months", sa.Integer(), nullable=True),
        sa.Column("annual_value_sek", sa.BigInteger(), nullable=True),
        sa.Column("ceiling_sek", sa.BigInteger(), nullable=True),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("plan_from", sa.Date(), nullable=True),
        sa.Column("planned_for", sa.Text(), nullable=True),
        sa.Column("needs_planning", sa.Boolean(), nullable=False),
        sa.Column("registered", sa.JSON(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "contract_id", name=op.f("pk_contract")),
        sa.UniqueConstraint("tenant_id", "contract_number", name=op.f("uq_contract_tenant_id_contract_number")),
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index(
            "ix_contract_needs_planning",
            ["tenant_id"],
            unique=False,
            postgresql_where=sa.text("needs_planning"),
            sqlite_where=sa.text("needs_planning = 1"),
        )

    op.create_table(
        "counter",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "name", "year", name=op.f("pk_counter")),
    )
    op.create_table(
        "event",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=320), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "event_id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_at", ["tenant_id", "at"], unique=False)
        batch_op.create_index("ix_event_subject", ["tenant_id", "subject"], unique=False)

    op.create_table(
        "import_run",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("import_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=320), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "import_id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "inbound",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=400), nullable=False),
        sa.Column("activity_id", sa.String(length=400), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("response", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "conversation_id", "activity_id", name=op.f("pk_inbound")),
    )
    op.create_table(
        "notice",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("notice_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("occurrence", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_action_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "notice_id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "tenant_id",
            "subject",
            "occurrence",
            "step",
            "recipient",
            name=op.f("uq_notice_tenant_id_subject_occurrence_step_recipient"),
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_due",
            ["next_action_at", "tenant_id"],
            unique=False,
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_notice_due_in_tenant",
            ["tenant_id", "next_action_at"],
            unique=False,
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )
        batch_op.create_index("ix_notice_recipient_state", ["tenant_id", "recipient", "state"], unique=False)

    op.create_table(
        "person",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("mail", sa.String(length=320), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aad_object_id", sa.String(length=64), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("line_manager_mail", sa.Text(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("has_left", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("teams_locale", sa.String(length=35), nullable=True),
        sa.Column("digest_at", sa.String(length=5), nullable=True),
        sa.Column("service_url", sa.Text(), nullable=True),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("reachability", sa.String(length=64), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("welcomed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_digest_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "person_id", name=op.f("pk_person")),
        sa.UniqueConstraint("tenant_id", "aad_object_id", name=op.f("uq_person_tenant_id_aad_object_id")),
        sa.UniqueConstraint("tenant_id", "mail", name=op.f("uq_person_tenant_id_mail")),
    )
    op.create_table(
        "recipient_rule",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=320), nullable=False),
        sa.Column("is_allowed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "value", name=op.f("pk_recipient_rule")),
    )
    op.create_table(
        "ruleset",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "number", name=op.f("pk_ruleset")),
    )
    op.create_table(
        "tenant",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("golive_on", sa.Date(), nullable=True),
        sa.Column("rollout", sa.JSON(), nullable=True),
        sa.Column("ruleset_number", sa.Integer(), nullable=True),
        sa.Column("outgoing_stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outgoing_stopped_by", sa.Text(), nullable=True),
        sa.Column("high_water_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rate", sa.Double(), nullable=True),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("standing", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_tenant")),
    )
    op.create_table(
        "contract_supplier",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("org_number", sa.String(length=20), nullable=False),
        sa.Column("lot", sa.String(length=400), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.contract_id"],
            name=op.f("fk_contract_supplier_contract"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "contract_id", "org_number", "lot", name=op.f("pk_contract_supplier")),
    )
    op.create_table(
        "deviation",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("deviation_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=True),
        sa.Column("contract_id", sa.String(length=36), nullable=True),
        sa.Column("contract_number", sa.String(length=64), nullable=True),
        sa.Column("type", sa.String(length=32), nullable=True),
        sa.Column("severity", sa.String(length=16), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("reported_by", sa.String(length=320), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("occurred_from", sa.Date(), nullable=True),
        sa.Column("occurred_to", sa.Date(), nullable=True),
        sa.Column("occurrence_count", sa.Integer(), nullable=False),
        sa.Column("amount_sek", sa.BigInteger(), nullable=True),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("ladder_step", sa.Integer(), nullable=False),
        sa.Column("proposed_step", sa.Integer(), nullable=True),
        sa.Column("step_entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("next_action_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("supplier_notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("is_emergency", sa.Boolean(), nullable=False),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column("ruleset_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.contract_id"],
            name=op.f("fk_deviation_contract"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "deviation_id", name=op.f("pk_deviation")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_deviation_tenant_id_number")),
    )
    with op.batch_alter_table("deviation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deviation_due",
            ["next_action_at", "tenant_id"],
            unique=False,
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_deviation_due_in_tenant",
            ["tenant_id", "next_action_at"],
            unique=False,
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )

    op.create_table(
        "followup",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("followup_id", sa.String(length=36), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("activity", sa.String(length=64), nullable=False),
        sa.Column("period_key", sa.String(length=64), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("contract_class", sa.String(length=16), nullable=True),
        sa.Column("ruleset_number", sa.Integer(), nullable=False),
        sa.Column("modules", sa.JSON(), nullable=False),
        sa.Column("template_versions", sa.JSON(), nullable=False),
        sa.Column("next_action_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rungs_done", sa.Integer(), nullable=False),
        sa.Column("reminder_level", sa.String(length=8), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("snooze_count", sa.Integer(), nullable=False),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("current_question", sa.String(length=16), nullable=True),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.String(length=320), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column("undo", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"],
            ["contract.tenant_id", "contract.contract_id"],
            name=op.f("fk_followup_contract"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "followup_id", name=op.f("pk_followup")),
        sa.UniqueConstraint(
            "tenant_id",
            "contract_id",
            "activity",
            "period_key",
            "plan_version",
            name=op.f("uq_followup_tenant_id_contract_id_activity_period_key_plan_version"),
        ),
    )
    with op.batch_alter_table("followup", schema=None) as batch_op:
        batch_op.create_index(
            "ix_followup_due",
            ["next_action_at", "tenant_id"],
            unique=False,
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_followup_due_in_tenant",
            ["tenant_id", "next_action_at"],
            unique=False,
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )

    op.create_table(
        "watch",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("watch_id", sa.String(length=36), nullable=False),
        sa.Column("contract_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("period_key", sa.String(length=64), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("notice_deadline", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("next_action_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.String(length=16), nullable=True),
        sa.Column("decision", sa.JSON(), nullable=True),
        sa.Column("settled_by", sa.String(length=320), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "contract_id"], ["contract.tenant_id", "contract.contract_id"], name=op.f("fk_watch_contract")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "watch_id", name=op.f("pk_watch")),
        sa.UniqueConstraint(
            "tenant_id",
            "contract_id",
            "kind",
            "period_key",
            "plan_version",
            name=op.f("uq_watch_tenant_id_contract_id_kind_period_key_plan_version"),
        ),
    )
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.create_index(
            "ix_watch_due",
            ["next_action_at", "tenant_id"],
            unique=False,
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_watch_due_in_tenant",
            ["tenant_id", "next_action_at"],
            unique=False,
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )

    op.create_table(
        "answer",
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("followup_id", sa.String(length=36), nullable=False),
        sa.Column("question_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("proposal", sa.String(length=16), nullable=True),
        sa.Column("proposal_reason", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(length=320), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "followup_id"],
            ["followup.tenant_id", "followup.followup_id"],
            name=op.f("fk_answer_followup"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "followup_id", "question_id", name=op.f("pk_answer")),
    )


def downgrade() -> None:
    op.drop_table("answer")
    with op.batch_alter_table("watch", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_watch_due_in_tenant",
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_watch_due",
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )

    op.drop_table("watch")
    with op.batch_alter_table("followup", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_followup_due_in_tenant",
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_followup_due",
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )

    op.drop_table("followup")
    with op.batch_alter_table("deviation", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_deviation_due_in_tenant",
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_deviation_due",
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )

    op.drop_table("deviation")
    op.drop_table("contract_supplier")
    op.drop_table("tenant")
    op.drop_table("ruleset")
    op.drop_table("recipient_rule")
    op.drop_table("person")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_recipient_state")
        batch_op.drop_index(
            "ix_notice_due_in_tenant",
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_notice_due",
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
        )

    op.drop_table("notice")
    op.drop_table("inbound")
    op.drop_table("import_run")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_subject")
        batch_op.drop_index("ix_event_at")

    op.drop_table("event")
    op.drop_table("counter")
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_contract_needs_planning",
            postgresql_where=sa.text("needs_planning"),
            sqlite_where=sa.text("needs_planning = 1"),
        )

    op.drop_table("contract")
    op.drop_table("checklist_template")
    op.drop_table("chat")
