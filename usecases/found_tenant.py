"""An organisation comes to be, with the shipped rules; and how late it has already been there."""

from datetime import datetime

from domain.identifiers import TenantId
from storage.rule_library import rules_in_force
from usecases.world import World


async def found_tenant(world: World, tenant_id: TenantId, name: str) -> None:
    """Let the tenant exist, with a stored rule set. Nothing happens to one that does."""
    async with world.store.open(tenant_id) as unit:
        if await unit.tenant.get() is None:
            await unit.tenant.ensure(name, at=world.now())
            await rules_in_force(unit.rules, None, at=world.now())
            await unit.events.add(kind="tenant.founded", subject="tenant", actor="cli", at=world.now())
            await unit.commit()


async def note_clock(world: World, tenant_id: TenantId) -> None:
    """Keep the hour a turned clock shows, so that an export beside it says what is overdue by the same clock."""
    async with world.store.open(tenant_id) as unit:
        await unit.tenant.note_clock(world.now())
        await unit.commit()


async def latest_moment(world: World, tenant_id: TenantId) -> datetime | None:
    """The latest moment the clock has shown here, when a turned clock may have run ahead of the machine's."""
    if not world.is_local:
        return None
    async with world.store.read(tenant_id) as unit:
        tenant = await unit.tenant.get()
    return tenant.high_water_at if tenant else None
