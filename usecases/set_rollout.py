"""Decide which classes' follow-ups are in operation, and from which day the organisation is live."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from domain.contract import ContractClass
from domain.errors import Refused
from domain.identifiers import TenantId
from storage.tenants import Tenant
from storage.unit_of_work import Unit
from usecases.parts.scene import read_scene
from usecases.world import World

BEFORE_GOLIVE = date(1970, 1, 1)
"""Switched on before the organisation is live: on from go-live itself, whichever day that becomes."""


async def set_rollout(world: World, tenant_id: TenantId, classes: Collection[ContractClass], *, actor: str) -> Tenant:
    """Switch exactly these classes on. A class that was on stays on since the same day."""
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        since = BEFORE_GOLIVE if scene.tenant.golive_on is None else scene.today
        before = scene.tenant.rollout or {}
        tenant = replace(scene.tenant, rollout={code: before.get(code, since) for code in sorted(classes)})
        await _keep(unit, world, tenant, actor, "tenant.rollout_set", classes=[code.value for code in sorted(classes)])
        await unit.commit()
    return tenant


async def set_golive(world: World, tenant_id: TenantId, day: date, *, actor: str) -> Tenant:
    """Set the go-live date; refused once follow-ups have been planned from an earlier one."""
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        if scene.tenant.golive_on is not None and await unit.followups.all():
            raise Refused("talk.refused.already_live", day=scene.tenant.golive_on.isoformat())
        tenant = replace(scene.tenant, golive_on=day)
        await _keep(unit, world, tenant, actor, "tenant.golive_set", golive_on=day.isoformat())
        await unit.commit()
    return tenant


async def _keep(unit: Unit, world: World, tenant: Tenant, actor: str, kind: str, **details: object) -> None:
    await unit.tenant.save(tenant)
    await unit.contracts.mark_for_planning()
    await unit.events.add(kind=kind, subject="tenant", actor=actor, at=world.now(), details=details)
