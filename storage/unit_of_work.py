"""One transaction for one tenant, and the door to all of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from domain.identifiers import TenantId
from storage import moments
from storage.case_files import CaseFiles
from storage.chats import Chats, Inbound
from storage.contract_rights import ContractRights
from storage.contracts import Contracts
from storage.database import alone
from storage.deviations import Deviations
from storage.events import Events
from storage.followups import Followups
from storage.imports import Imports
from storage.joint_proposals import JointProposals
from storage.lights import Lights
from storage.models import TenantRow
from storage.moments import Work
from storage.outbox import Outbox
from storage.overview import Overview
from storage.people import People
from storage.rows import Changes
from storage.rules import Rules
from storage.standing import Standing, Standings, read_standing
from storage.tenants import Tenant, Tenants
from storage.watches import Watches

_STOPPED = select(TenantRow.outgoing_stopped_at).where(TenantRow.tenant_id == bindparam("tenant_id"))


class Unit:
    """A transaction of one tenant. What is not committed when the unit ends is as if it never happened."""

    def __init__(self, connection: AsyncConnection, tenant_id: TenantId, standings: Standings) -> None:
        self._connection = connection
        self._standings = standings
        self._changes = changes = Changes()
        self.tenant_id = tenant_id
        self.tenant = Tenants(connection, tenant_id, changes)
        self.people = People(connection, tenant_id, changes)
        self.contracts = Contracts(connection, tenant_id, changes)
        self.overview = Overview(connection, tenant_id, changes)
        self.lights = Lights(connection, tenant_id, changes)
        self.followups = Followups(connection, tenant_id, changes)
        self.watches = Watches(connection, tenant_id, changes)
        self.deviations = Deviations(connection, tenant_id, changes)
        self.case_files = CaseFiles(connection, tenant_id, changes)
        self.contract_rights = ContractRights(connection, tenant_id, changes)
        self.joint_proposals = JointProposals(connection, tenant_id, changes)
        self.notices = Outbox(connection, tenant_id, changes)
        self.events = Events(connection, tenant_id, changes)
        self.rules = Rules(connection, tenant_id, changes)
        self.imports = Imports(connection, tenant_id, changes)
        self.chats = Chats(connection, tenant_id, changes)
        self.inbound = Inbound(connection, tenant_id, changes)

    async def commit(self) -> None:
        if self._changes.has_new_standing:
            await self.tenant.change_standing()
        await self._connection.commit()

    async def roll_back(self) -> None:
        """Give up what has not been committed; the unit can go on."""
        await self._connection.rollback()

    async def standing(self, tenant: Tenant, *, at: datetime) -> Standing:
        """The organisation's people, allow-list and rules: remembered for as long as nobody has changed them."""
        key = (tenant.standing, tenant.ruleset_number)
        known = None if self._changes.has_new_standing else self._standings.get(self.tenant_id, key)
        if known is not None:
            return known
        found = await read_standing(self.people, self.imports, self.rules, tenant.ruleset_number, at=at)
        if not self._changes.has_new_standing:
            self._standings.keep(self.tenant_id, key, found)
        return found

    async def next_moment(self) -> datetime | None:
        """When the earliest sleeping row of this tenant wants to be looked at; None when all sleep for ever.

        Notices sleep on while sending is stopped or the connector has asked for a pause.
        """
        return await moments.next_moment(self._connection, self.tenant_id)

    async def next_moment_of_notices(self) -> datetime | None:
        """When the next message may go; None when none waits for a moment."""
        return await moments.next_moment_of_notices(self._connection, self.tenant_id)


class Store:
    """The shared database. Hands out one-tenant units; the only cross-tenant reads are the three named here."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._standings = Standings()

    @asynccontextmanager
    async def open(self, tenant_id: TenantId) -> AsyncIterator[Unit]:
        """A unit that may write."""
        async with self._engine.connect() as connection:
            yield Unit(connection, tenant_id, self._standings)

    @asynccontextmanager
    async def read(self, tenant_id: TenantId) -> AsyncIterator[Unit]:
        """A unit that only reads and so never waits for a writer."""
        async with self._engine.connect() as connection:
            await connection.execution_options(sqlite_begin="DEFERRED")
            yield Unit(connection, tenant_id, self._standings)

    async def tenants(self) -> list[TenantId]:
        """Every tenant (the admin list)."""
        async with self._glance() as connection:
            rows = await connection.execute(select(TenantRow.tenant_id).order_by(TenantRow.tenant_id))
            return [TenantId(row.tenant_id) for row in rows]

    async def due_work(self, now: datetime) -> dict[TenantId, frozenset[Work]]:
        """Tenants with anything to do at `now`, and what: a plain read that locks nothing."""
        async with self._glance() as connection:
            return await moments.due_work(connection, now)

    async def next_moment(self) -> datetime | None:
        """When any tenant has something to do next; None when everything sleeps for ever."""
        async with self._glance() as connection:
            return await moments.next_moment(connection)

    async def is_stopped(self, tenant_id: TenantId) -> bool:
        """Whether the tenant's outgoing messages are stopped."""
        async with self._glance() as connection:
            return (await connection.execute(_STOPPED, {"tenant_id": tenant_id})).scalar_one_or_none() is not None

    async def ping(self) -> None:
        """Ask the database anything at all; raises when it does not answer."""
        async with self._glance() as connection:
            await connection.execute(text("SELECT 1"))

    @asynccontextmanager
    async def _glance(self) -> AsyncIterator[AsyncConnection]:
        """For one statement that only reads: no transaction is opened around it."""
        async with self._engine.connect() as connection:
            await connection.execution_options(**alone(connection.dialect.name))
            yield connection

    async def close(self) -> None:
        await self._engine.dispose()
