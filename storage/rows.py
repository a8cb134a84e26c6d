"""Between domain values and rows: one way in, shared by every aggregate."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.identifiers import TenantId
from storage.models import Base

CHUNK = 500
"""Rows or ids in one statement: below every database's limit on parameters."""


class StaleRow(Exception):  # noqa: N818 - says what the row is
    """Somebody else changed the row between our read and our write; read again and decide anew."""


def columns_of(value: Any, *, leave_out: frozenset[str] = frozenset()) -> dict[str, Any]:  # noqa: ANN401 - any domain dataclass
    """The fields of a domain value as column values."""
    if not is_dataclass(value):
        raise TypeError(type(value))
    return {
        field.name: plain_value(getattr(value, field.name)) for field in fields(value) if field.name not in leave_out
    }


def plain_value(value: Any) -> Any:  # noqa: ANN401 - the edge where types become columns
    """An enum by its code, a collection as a list or dict; everything else as it is."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset | set):
        return sorted(plain_value(item) for item in value)
    if isinstance(value, tuple | list):
        return [plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items()}
    return value


class Rows:
    """What every repository has: a connection inside one tenant's transaction."""

    def __init__(self, connection: AsyncConnection, tenant_id: TenantId) -> None:
        self._connection = connection
        self._tenant_id = tenant_id

    async def _insert(self, row: type[Base], values: Sequence[Mapping[str, Any]]) -> None:
        if values:
            await self._connection.execute(
                insert(row), [{"tenant_id": self._tenant_id, **columns} for columns in values]
            )

    async def _insert_new(self, row: type[Base], values: Sequence[Mapping[str, Any]]) -> int:
        """Insert the rows whose keys are not there yet; how many were new."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        count = 0
        for start in range(0, len(values), CHUNK // 5):
            chunk = [{"tenant_id": self._tenant_id, **columns} for columns in values[start : start + CHUNK // 5]]
            result = await self._connection.execute(dialect.insert(row).values(chunk).on_conflict_do_nothing())
            count += result.rowcount
        return count


def chunks(ids: Sequence[str]) -> list[Sequence[str]]:
    """The ids in pieces that fit one statement."""
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
