"""One change of a case in a unit of its own: read, decided, kept, shown; decided anew when somebody else came first."""

from collections.abc import Awaitable, Callable

from domain.identifiers import TenantId
from domain.people import Person
from storage.unit_of_work import Unit
from usecases.parts.case import Case
from usecases.parts.case_showing import CaseShown, as_shown
from usecases.parts.casework import case_for
from usecases.parts.retrying import once_more
from usecases.parts.scene import read_scene
from usecases.world import World

Change = Callable[[Unit, Case], Awaitable[Case]]
"""Keeps what the case becomes; refuses what the rules say no to."""


async def change_case(world: World, tenant_id: TenantId, person: Person, reference: str, change: Change) -> CaseShown:
    """Change a case the person may see, by id or number, and commit."""

    async def act() -> CaseShown:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            case = await change(unit, await case_for(unit, scene, person, reference))
            shown = await as_shown(unit, case)
            await unit.commit()
        return shown

    return await once_more(act)
