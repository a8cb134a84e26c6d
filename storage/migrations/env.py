"""Runs migrations inside the connection that `storage.schema` hands over."""

from alembic import context

from storage.columns import render_plainly
from storage.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=render_plainly,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
