"""Who writes from a mail address."""

from domain.identifiers import TenantId
from domain.people import Person
from usecases.world import World


async def find_person(world: World, tenant_id: TenantId, mail: str) -> Person | None:
    """The person of that address, or None: somebody never listed and never named in the register."""
    async with world.store.read(tenant_id) as unit:
        return await unit.people.by_mail(mail.strip().lower())
