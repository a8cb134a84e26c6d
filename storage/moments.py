"""When rows want to be looked at: what is due now, and what wakes next. Plain reads that lock nothing."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal, select, union_all
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute

from domain.identifiers import TenantId
from storage.models import ContractRow, DeviationRow, FollowupRow, NoticeRow, TenantRow, WatchRow

Condition = ColumnElement[bool] | InstrumentedAttribute[bool]
Sleeper = FollowupRow | WatchRow | DeviationRow | NoticeRow
_STEPS: tuple[type[Sleeper], ...] = (FollowupRow, WatchRow, DeviationRow)
"""Rows the ladders advance; notices sleep beside them."""


class Work(StrEnum):
    """What may be due for a tenant."""

    PLANNING = "planning"
    STEPS = "steps"
    NOTICES = "notices"


def _tenants_with(work: Work, table: type[Sleeper | ContractRow], is_due: Condition) -> Select[str, str]:
    # As an expression: to find distinct plain columns SQLite would rather walk everything that sleeps, tenant by tenant.
    tenant_id = table.tenant_id.concat("").label("tenant_id")
    return select(tenant_id, literal(work.value).label("work")).where(is_due).distinct()


def _is_due(table: type[Sleeper]) -> Condition:
    return table.next_action_at <= bindparam("now")


def _wakes(table: type[Sleeper]) -> ColumnElement[datetime | None]:
    """The first moment in the table's own index, which leaves out everything that sleeps for ever."""
    return (
        select(table.next_action_at)
        .where(table.tenant_id == TenantRow.tenant_id, table.next_action_at.is_not(None))
        .order_by(table.next_action_at)
        .limit(1)
        .scalar_subquery()
        .label(table.__tablename__)
    )


# Built once: putting a statement together costs more than SQLite needs to answer it.
_DUE_WORK = union_all(
    _tenants_with(Work.PLANNING, ContractRow, ContractRow.needs_planning),
    *(_tenants_with(Work.STEPS, table, _is_due(table)) for table in _STEPS),
    _tenants_with(Work.NOTICES, NoticeRow, _is_due(NoticeRow)),
)
_WAKES = select(
    TenantRow.outgoing_stopped_at,
    TenantRow.blocked_until,
    *(_wakes(table) for table in (*_STEPS, NoticeRow)),
)
_WAKES_OF_TENANT = _WAKES.where(TenantRow.tenant_id == bindparam("tenant_id"))


async def due_work(connection: AsyncConnection, now: datetime) -> dict[TenantId, frozenset[Work]]:
    """Tenants with anything to do at `now`, and what."""
    found: dict[TenantId, frozenset[Work]] = {}
    for row in await connection.execute(_DUE_WORK, {"now": now}):
        tenant_id = TenantId(row.tenant_id)
        found[tenant_id] = found.get(tenant_id, frozenset()) | {Work(row.work)}
    return found


async def next_moment(connection: AsyncConnection, tenant_id: TenantId | None = None) -> datetime | None:
    """When the earliest sleeping row of a tenant, or of any, wants to be looked at; None when all sleep for ever.

    Notices sleep on while sending is stopped or the connector has asked for a pause.
    """
    if tenant_id is None:
        rows = await connection.execute(_WAKES)
    else:
        rows = await connection.execute(_WAKES_OF_TENANT, {"tenant_id": tenant_id})
    return min((moment for row in rows for moment in _moments(row)), default=None)


def _moments(row: Row[*tuple[Any, ...]]) -> Iterable[datetime]:
    of_steps = [row._mapping[table.__tablename__] for table in _STEPS]  # noqa: SLF001 - the row's public mapping
    yield from (moment for moment in of_steps if moment is not None)
    if row.notice is not None and row.outgoing_stopped_at is None:
        yield max(row.notice, row.blocked_until or row.notice)


async def next_moment_of_notices(connection: AsyncConnection, tenant_id: TenantId) -> datetime | None:
    """When the next message of a tenant may go; None when none waits for a moment."""
    row = (await connection.execute(_WAKES_OF_TENANT, {"tenant_id": tenant_id})).one_or_none()
    moment: datetime | None = row.notice if row else None
    return moment
