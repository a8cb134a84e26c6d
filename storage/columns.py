"""Column types that keep our promises: aware UTC times, exact kronor, enums by their code."""

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import BigInteger, DateTime, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. A naive one is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a naive time cannot be stored: {value!r}"
            raise ValueError(message)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Kronor(TypeDecorator[Decimal]):
    """Swedish kronor, kept as whole öre so that no database rounds them."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else int((value * 100).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value) / 100


class LocalTime(TypeDecorator[time]):
    """A local hour and minute, kept as `HH:MM`."""

    impl = String(5)
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else f"{value:%H:%M}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> time | None:  # noqa: ARG002
        return None if value is None else time.fromisoformat(value)


def render_plainly(kind: str, item: Any, _context: Any) -> str | Literal[False]:  # noqa: ANN401 - Alembic's own signature
    """Let a migration name the plain SQLAlchemy type, so that it never imports this module."""
    if kind != "type":
        return False
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Kronor):
        return "sa.BigInteger()"
    if isinstance(item, LocalTime):
        return "sa.String(length=5)"
    return False
