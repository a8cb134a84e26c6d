"""Between domain values and rows: one way in, shared by every aggregate."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Insert, Select, Table, Update, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Result
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


@dataclass(slots=True)
class Changes:
    """What a unit has changed that is remembered beyond it."""

    has_new_standing: bool = False
    """People, allow-list or rules are others than before."""


class Rows:
    """What every repository has: a connection inside one tenant's transaction."""

    def __init__(self, connection: AsyncConnection, tenant_id: TenantId, changes: Changes) -> None:
        self._connection = connection
        self._tenant_id = tenant_id
        self._changes = changes

    async def _insert(self, row: type[Base], values: Sequence[Mapping[str, Any]]) -> None:
        if values:
            await self._connection.execute(_insertion(row), self._owned(values))

    async def _insert_new(self, row: type[Base], values: Sequence[Mapping[str, Any]]) -> int:
        """Insert the rows whose keys are not there yet; how many were new."""
        if not values:
            return 0
        statement = _insertion_of_new(row, self._connection.dialect.name)
        return (await self._connection.execute(statement, self._owned(values))).rowcount

    async def _save(self, row: type[Base], changed: Sequence[Mapping[str, Any]]) -> None:
        """Write rows whose `version` has just been counted up; `StaleRow` if any is no longer at the version before."""
        if not changed:
            return
        key = f"{row.__tablename__}_id"
        values = [
            {**one, "own_tenant": self._tenant_id, "own_id": one[key], "read": one["version"] - 1} for one in changed
        ]
        result = await self._connection.execute(_saving(row), values)
        if result.rowcount != len(changed):
            raise StaleRow(", ".join(one[key] for one in changed))

    async def _fetch(self, statement: Select[Any], **values: object) -> Sequence[Any]:
        """All rows of a statement made beforehand, whose `own_tenant` is this unit's tenant."""
        result: Result[*tuple[Any, ...]] = await self._connection.execute(
            statement, {"own_tenant": self._tenant_id, **values}
        )
        return result.all()

    async def _fetch_these(self, statement: Select[Any], ids: Collection[str], **values: object) -> list[Any]:
        """The same for a statement that asks for `own_ids`, however many."""
        found: list[Any] = []
        for some in chunks(sorted(ids)):
            found += await self._fetch(statement, own_ids=some, **values)
        return found

    def _owned(self, values: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{"tenant_id": self._tenant_id, **columns} for columns in values]


# Built once for each table: putting a statement together costs more than the database needs to carry it out.
@cache
def _insertion(row: type[Base]) -> Insert:
    return insert(table_of(row))


@cache
def _insertion_of_new(row: type[Base], dialect: str) -> Insert:
    insertion = postgresql.insert(table_of(row)) if dialect == "postgresql" else sqlite.insert(table_of(row))
    return insertion.on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@cache
def _saving(row: type[Base]) -> Update:
    columns = table_of(row).c
    return update(table_of(row)).where(
        columns.tenant_id == bindparam("own_tenant"),
        columns[f"{row.__tablename__}_id"] == bindparam("own_id"),
        columns.version == bindparam("read"),
    )


def own_rows(row: type[Base], *, leave_out: frozenset[str] = frozenset()) -> Select[Any]:
    """Every row of a tenant: the beginning of statements that are made once and carried out by `_fetch`."""
    table = table_of(row)
    wanted = (column for column in table.columns if column.name not in leave_out)
    return select(*wanted).where(table.c.tenant_id == bindparam("own_tenant"))


def these(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """The column is one of `own_ids`."""
    return column.in_(bindparam("own_ids", expanding=True))


def due_rows(row: type[Base], rows: Select[Any]) -> Select[Any]:
    """Those of the rows whose next look has come, oldest first, locked for us; takes `now` and `most`."""
    columns = table_of(row).c
    return (
        rows.where(columns.next_action_at <= bindparam("now"))
        .order_by(columns.next_action_at, columns[f"{row.__tablename__}_id"])
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


def table_of(row: type[Base]) -> Table:
    """The plain table: statements on it skip what the ORM would do for objects, of which we have none."""
    return Base.metadata.tables[row.__tablename__]


def chunks(ids: Sequence[str]) -> list[Sequence[str]]:
    """The ids in pieces that fit one statement."""
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
