"""Which kinds of report are confided to controller and counsel alone, before anything of them is kept."""

from collections.abc import Iterable

from domain.identifiers import TenantId
from usecases.parts.scene import read_scene
from usecases.world import World


async def confided_types(world: World, tenant_id: TenantId, codes: Iterable[str | None]) -> list[str]:
    """Those of the types that not even owner and manager are told of (domain.md 7.2)."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
    kinds = (scene.in_force.deviation_types.get(code or "") for code in codes)
    return [kind.code for kind in kinds if kind is not None and kind.only_controller_and_legal]
