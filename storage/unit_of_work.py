"""One transaction for one tenant, and the door to all of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, literal, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm import InstrumentedAttribute

from domain.identifiers import TenantId
from storage.chats import Chats, Inbound
from storage.contracts import Contracts
from storage.deviations import Deviations
from storage.events import Events
from storage.followups import Followups
from storage.imports import Imports
from storage.models import ContractRow, DeviationRow, FollowupRow, NoticeRow, TenantRow, WatchRow
from storage.outbox import Outbox
from storage.people import People
from storage.rules import Rules
from storage.tenants import Tenants
from storage.watches import Watches

Sleeper = FollowupRow | WatchRow | DeviationRow | NoticeRow
_SLEEPERS: tuple[type[Sleeper], ...] = (FollowupRow, WatchRow, DeviationRow)
"""Rows the ladders advance; notices sleep beside them."""


class Work(StrEnum):
    """What may be due for a tenant."""

    PLANNING = "planning"
    STEPS = "steps"
    NOTICES = "notices"


class Unit:
    """A transaction of one tenant. What is not committed when the unit ends is as if it never happened."""

    def __init__(self, connection: AsyncConnection, tenant_id: TenantId) -> None:
        self._connection = connection
        self.tenant_id = tenant_id
        self.tenant = Tenants(connection, tenant_id)
        self.people = People(connection, tenant_id)
        self.contracts = Contracts(connection, tenant_id)
        self.followups = Followups(connection, tenant_id)
        self.watches = Watches(connection, tenant_id)
        self.deviations = Deviations(connection, tenant_id)
        self.notices = Outbox(connection, tenant_id)
        self.events = Events(connection, tenant_id)
        self.rules = Rules(connection, tenant_id)
        self.imports = Imports(connection, tenant_id)
        self.chats = Chats(connection, tenant_id)
        self.inbound = Inbound(connection, tenant_id)

    async def commit(self) -> None:
        await self._connection.commit()

    async def next_moment(self) -> datetime | None:
        """When the earliest sleeping row of this tenant wants to be looked at; None when all sleep for ever.

        Notices sleep on while sending is stopped or the connector has asked for a pause.
        """
        tenant = await self.tenant.get()
        moments = [moment for table in _SLEEPERS if (moment := await self._earliest(table))]
        notice = await self._earliest(NoticeRow)
        if notice and tenant and tenant.outgoing_stopped_at is None:
            moments.append(max(notice, tenant.blocked_until or notice))
        return min(moments, default=None)

    async def next_moment_of_notices(self) -> datetime | None:
        """When the next message may go; None when none waits for a moment."""
        return await self._earliest(NoticeRow)

    async def _earliest(self, table: type[Sleeper]) -> datetime | None:
        earliest = select(func.min(table.next_action_at)).where(table.tenant_id == self.tenant_id)
        return (await self._connection.execute(earliest)).scalar_one_or_none()


class Store:
    """The shared database. Hands out one-tenant units; the only cross-tenant reads are the three named here."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def open(self, tenant_id: TenantId) -> AsyncIterator[Unit]:
        """A unit that may write."""
        async with self._engine.connect() as connection:
            yield Unit(connection, tenant_id)

    @asynccontextmanager
    async def read(self, tenant_id: TenantId) -> AsyncIterator[Unit]:
        """A unit that only reads and so never waits for a writer."""
        async with self._engine.connect() as connection:
            await connection.execution_options(sqlite_begin="DEFERRED")
            yield Unit(connection, tenant_id)

    async def tenants(self) -> list[TenantId]:
        """Every tenant (the admin list)."""
        async with self._engine.connect() as connection:
            await connection.execution_options(sqlite_begin="DEFERRED")
            rows = await connection.execute(select(TenantRow.tenant_id).order_by(TenantRow.tenant_id))
            return [TenantId(row.tenant_id) for row in rows]

    async def due_work(self, now: datetime) -> dict[TenantId, frozenset[Work]]:
        """Tenants with anything to do at `now`, and what: a plain read that locks nothing."""
        steps = [_due(Work.STEPS, table, table.next_action_at <= now) for table in _SLEEPERS]
        notices = _due(Work.NOTICES, NoticeRow, NoticeRow.next_action_at <= now)
        planning = _due(Work.PLANNING, ContractRow, ContractRow.needs_planning)
        async with self._engine.connect() as connection:
            await connection.execution_options(sqlite_begin="DEFERRED")
            rows = await connection.execute(union_all(planning, *steps, notices))
            found: dict[TenantId, frozenset[Work]] = {}
            for row in rows:
                tenant_id = TenantId(row.tenant_id)
                found[tenant_id] = found.get(tenant_id, frozenset()) | {Work(row.work)}
        return found

    async def ping(self) -> None:
        """Ask the database anything at all; raises when it does not answer."""
        async with self._engine.connect() as connection:
            await connection.execution_options(sqlite_begin="DEFERRED")
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self._engine.dispose()


def _due(
    work: Work, table: type[Sleeper | ContractRow], is_due: ColumnElement[bool] | InstrumentedAttribute[bool]
) -> Select[str, str]:
    return select(table.tenant_id, literal(work.value).label("work")).where(is_due).distinct()
