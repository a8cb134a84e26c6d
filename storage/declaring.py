"""What every table is declared with: the common column types, and a base that names every constraint."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, Boolean, Date, ForeignKeyConstraint, Index, Integer, MetaData, String, Text, text
from sqlalchemy.orm import DeclarativeBase, mapped_column

from storage.columns import Kronor, LocalTime, UtcDateTime

Tenant = Annotated[str, mapped_column(String(64), primary_key=True)]
Key = Annotated[str, mapped_column(String(36), primary_key=True)]
Reference = Annotated[str, mapped_column(String(36))]
Code = Annotated[str, mapped_column(String(64))]
Mail = Annotated[str, mapped_column(String(320))]
Version = Annotated[int, mapped_column(Integer, default=1)]


class Base(DeclarativeBase):
    """Gives every constraint a name, so that migrations can speak of it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        bool: Boolean,
        date: Date,
        datetime: UtcDateTime,
        time: LocalTime,
        Decimal: Kronor,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


def belongs_to_contract() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant_id", "contract_id"], ["contract.tenant_id", "contract.contract_id"])


def wakes(table: str) -> tuple[Index, Index]:
    """Rows that are due are found by these alone, everybody's and one tenant's: what sleeps for ever is left out."""
    due = text("next_action_at IS NOT NULL")
    return (
        Index(f"ix_{table}_due", "next_action_at", "tenant_id", postgresql_where=due, sqlite_where=due),
        Index(f"ix_{table}_due_in_tenant", "tenant_id", "next_action_at", postgresql_where=due, sqlite_where=due),
    )
