"""Remember what a person is in the middle of."""

from domain.chat import Chat
from domain.identifiers import PersonId, TenantId
from usecases.world import World


async def keep_chat(world: World, tenant_id: TenantId, person_id: PersonId, chat: Chat) -> None:
    """Store where the person's next typed word belongs."""
    async with world.store.open(tenant_id) as unit:
        await unit.chats.save(person_id, chat)
        await unit.commit()
