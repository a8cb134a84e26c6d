"""The contracts a report may be about, as the rules of understanding want them."""

from domain.contract import Contract, ContractState
from domain.deviation_types import DeviationType
from domain.identifiers import TenantId
from usecases.parts.scene import read_scene
from usecases.world import World


async def contracts_to_match(world: World, tenant_id: TenantId) -> tuple[list[Contract], dict[str, DeviationType]]:
    """Contracts that run or lately ran, and the kinds of deviation there are. Whose they are is weighed by the reader."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        contracts = await unit.contracts.all()
    running = [one for one in contracts if one.state_on(scene.today) is not ContractState.CLOSED]
    return running, dict(scene.in_force.deviation_types)
