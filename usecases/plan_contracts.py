"""The clock plans every contract whose plan is missing or out of date."""

from domain.identifiers import TenantId
from usecases.parts.planning import BATCH, plan_due
from usecases.parts.scene import read_scene
from usecases.world import World


async def plan_contracts(world: World, tenant_id: TenantId) -> int:
    """Plan what needs it; how many contracts. Each batch is a transaction of its own."""
    total = 0
    while True:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            count, _ = await plan_due(unit, scene)
            await unit.commit()
        total += count
        if count < BATCH:
            return total
