"""Somebody has taken the app away: nothing can be sent to them until they bring it back."""

from domain.identifiers import TenantId
from usecases.ports import Visitor
from usecases.world import World


async def part_with(world: World, tenant_id: TenantId, visitor: Visitor) -> None:
    """Note that the person is out of reach. Somebody unknown is left unknown."""
    async with world.store.open(tenant_id) as unit:
        person = await unit.people.by_object_id(visitor.aad_object_id or visitor.user_id)
        if person is None:
            return
        await unit.people.save_route(person.person_id, reachability="not_installed", conversation_id=None)
        await unit.events.add(
            kind="person.not_installed",
            subject=f"person:{person.person_id}",
            actor=person.mail,
            at=world.now(),
        )
        await unit.commit()
