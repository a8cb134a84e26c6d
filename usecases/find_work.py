"""Which organisations have anything to do now, and what."""

from domain.identifiers import TenantId
from storage.moments import Work
from usecases.world import World

__all__ = ["Work", "find_work"]


async def find_work(world: World) -> dict[TenantId, frozenset[Work]]:
    """What is due for whom: a plain read that locks nothing, so that an idle tick costs next to nothing."""
    return await world.store.due_work(world.now())
