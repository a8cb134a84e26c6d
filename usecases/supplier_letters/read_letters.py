"""Somebody reads the letters of a case, or one of them."""

from domain.identifiers import TenantId
from domain.people import Person
from usecases.parts.case_letters import CaseLetters, LetterShown, letter_for, letters_of
from usecases.parts.casework import case_for
from usecases.parts.scene import read_scene
from usecases.world import World


async def list_letters(world: World, tenant_id: TenantId, person: Person, reference: str) -> CaseLetters:
    """The letters of a case, and those that may be drafted now."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        return letters_of(await case_for(unit, scene, person, reference))


async def read_letter(world: World, tenant_id: TenantId, person: Person, letter_id: str) -> LetterShown:
    """The letter as it is kept; refused for those who may not see its case."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        return await letter_for(unit, scene, person, letter_id)
