"""The clock takes the day's steps: reminder rungs, legal alarms and the supplier ladder's silences."""

from domain.identifiers import TenantId
from usecases.parts.scene import read_scene
from usecases.parts.stepping import BATCH, take_steps
from usecases.world import World


async def advance_ladders(world: World, tenant_id: TenantId) -> int:
    """Take every step that is due; how many rows were looked at. Each batch is a transaction of its own."""
    total = 0
    while True:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            count = await take_steps(unit, scene)
            await unit.commit()
        total += count
        if count < BATCH:
            return total
