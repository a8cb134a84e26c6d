"""A person says how they want to be spoken to: in which language, and at which hour."""

from dataclasses import replace
from datetime import time

from domain.dispatch import EARLIEST_DIGEST, LATEST_DIGEST
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import Language, Person
from usecases.world import World


async def speak_language(world: World, tenant_id: TenantId, person: Person, language: Language) -> Person:
    """Speak this language to the person from now on, whatever their Teams says."""
    return await _keep(world, tenant_id, replace(person, language=language), "person.language_chosen")


async def send_at(world: World, tenant_id: TenantId, person: Person, hour: time) -> Person:
    """Send the person's digest at this local hour; refused outside 07-17, when people are off."""
    if not EARLIEST_DIGEST <= hour <= LATEST_DIGEST:
        raise Refused("talk.refused.digest_hour", earliest=f"{EARLIEST_DIGEST:%H.%M}", latest=f"{LATEST_DIGEST:%H.%M}")
    return await _keep(world, tenant_id, replace(person, digest_at=hour), "person.digest_hour_chosen")


async def _keep(world: World, tenant_id: TenantId, person: Person, kind: str) -> Person:
    async with world.store.open(tenant_id) as unit:
        await unit.people.save(person)
        await unit.events.add(
            kind=kind,
            subject=f"person:{person.person_id}",
            actor=person.mail,
            at=world.now(),
        )
        await unit.commit()
    return person
