"""The public body itself: its go-live date, which classes are on, and whether sending is stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from uuid6 import uuid7

from domain.contract import ContractClass
from domain.identifiers import TenantId
from storage.models import TenantRow
from storage.rows import Rows, own_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """What is decided for the whole organisation."""

    tenant_id: TenantId
    name: str
    golive_on: date | None
    rollout: Mapping[ContractClass, date] | None
    """Classes whose follow-ups are on, and since which day; None until decided."""
    ruleset_number: int | None
    outgoing_stopped_at: datetime | None
    outgoing_stopped_by: str | None
    high_water_at: datetime | None
    blocked_until: datetime | None
    standing: str
    """The key of what is remembered of the organisation's people, allow-list and rules."""


_TENANT = own_rows(TenantRow)


class Tenants(Rows):
    """The one tenant row of this unit's tenant."""

    async def get(self) -> Tenant | None:
        found = await self._fetch(_TENANT)
        if not found:
            return None
        (row,) = found
        rollout = None
        if row.rollout is not None:
            rollout = {ContractClass(code): date.fromisoformat(day) for code, day in row.rollout.items()}
        return Tenant(
            tenant_id=TenantId(row.tenant_id),
            name=row.name,
            golive_on=row.golive_on,
            rollout=rollout,
            ruleset_number=row.ruleset_number,
            outgoing_stopped_at=row.outgoing_stopped_at,
            outgoing_stopped_by=row.outgoing_stopped_by,
            high_water_at=row.high_water_at,
            blocked_until=row.blocked_until,
            standing=row.standing,
        )

    async def ensure(self, name: str, *, at: datetime) -> Tenant:
        """The tenant, created under `name` when it is new."""
        found = await self.get()
        if found is None:
            await self._insert(TenantRow, [{"name": name, "created_at": at, "standing": str(uuid7())}])
            found = await self.get()
        assert found is not None  # noqa: S101 - just inserted in this very transaction
        return found

    async def save(self, tenant: Tenant) -> Tenant:
        rollout = None
        if tenant.rollout is not None:
            rollout = {code.value: day.isoformat() for code, day in tenant.rollout.items()}
        await self._connection.execute(
            update(TenantRow)
            .where(TenantRow.tenant_id == self._tenant_id)
            .values(
                name=tenant.name,
                golive_on=tenant.golive_on,
                rollout=rollout,
                ruleset_number=tenant.ruleset_number,
                outgoing_stopped_at=tenant.outgoing_stopped_at,
                outgoing_stopped_by=tenant.outgoing_stopped_by,
                high_water_at=tenant.high_water_at,
                blocked_until=tenant.blocked_until,
            ),
        )
        return tenant

    async def change_standing(self) -> None:
        """Let everybody who remembers people, allow-list or rules read them anew."""
        # Never the same key again, as a count could be after a rollback.
        await self._connection.execute(
            update(TenantRow).where(TenantRow.tenant_id == self._tenant_id).values(standing=str(uuid7())),
        )

    async def note_clock(self, moment: datetime) -> None:
        """Keep the latest moment a clock has shown here."""
        await self._connection.execute(
            update(TenantRow).where(TenantRow.tenant_id == self._tenant_id).values(high_water_at=moment),
        )

    async def block_until(self, moment: datetime) -> None:
        """Send nothing before this moment: the connector asked for a pause."""
        await self._connection.execute(
            update(TenantRow).where(TenantRow.tenant_id == self._tenant_id).values(blocked_until=moment),
        )
