"""Somebody speaks to the bot: who they are, where they are reached from now on, and what they were in the middle of."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from uuid6 import uuid7

from domain.chat import Chat
from domain.identifiers import PersonId, TenantId
from domain.people import Person
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene, read_scene
from usecases.ports import Member, Visitor
from usecases.world import World

UNKNOWN_MAIL = "{object_id}@okand.invalid"
"""Stands in for the address of somebody neither the people file nor the chat service knows one for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Who it turned out to be, and the hour it is where they are."""

    person: Person
    chat: Chat
    at: datetime
    today: date


async def meet_person(world: World, tenant_id: TenantId, visitor: Visitor) -> Met:
    """Find the person by Entra object id, else ask the chat service for their address; somebody new is kept.

    Whoever writes can be reached: an earlier block or missing installation is over.
    """
    member = None if await _is_known(world, tenant_id, visitor) else await _asked(world, visitor)
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        known = await unit.people.by_object_id(_object_id(visitor, member)) or await _introduce(unit, visitor, member)
        person = replace(known, teams_locale=visitor.locale or known.teams_locale)
        if person != known:
            await unit.people.save(person)
        if visitor.is_personal:
            await _remember_route(unit, person, visitor, scene)
        chat = await unit.chats.get(person.person_id)
        await unit.commit()
    return Met(person=person, chat=chat, at=scene.now, today=scene.today)


async def _is_known(world: World, tenant_id: TenantId, visitor: Visitor) -> bool:
    async with world.store.read(tenant_id) as unit:
        return await unit.people.by_object_id(_object_id(visitor, None)) is not None


async def _asked(world: World, visitor: Visitor) -> Member | None:
    """What the chat service knows of them; asked outside any transaction, since it may be slow."""
    return await world.directory.member(visitor.service_url, visitor.conversation_id, visitor.user_id)


def _object_id(visitor: Visitor, member: Member | None) -> str:
    return visitor.aad_object_id or (member.aad_object_id if member else None) or visitor.user_id


async def _introduce(unit: Unit, visitor: Visitor, member: Member | None) -> Person:
    """Match somebody unseen by the mail address the chat service gives, or keep them as a new employee."""
    object_id = _object_id(visitor, member)
    mail = member.mail.strip().lower() if member and member.mail else None
    named = await unit.people.by_mail(mail) if mail else None
    if named is not None:
        claimed = replace(named, aad_object_id=object_id)
        if named.aad_object_id is None:
            await unit.people.save(claimed)
            return claimed
        # The list says this address belongs to another account: nobody takes over a colleague's contracts by mail.
        mail = None
    name = visitor.name or (member.name if member else None) or "?"
    person = Person(
        person_id=PersonId(str(uuid7())),
        mail=mail or UNKNOWN_MAIL.format(object_id=object_id),
        name=name,
        aad_object_id=object_id,
        is_listed=False,
        teams_locale=visitor.locale,
    )
    await unit.people.add(person)
    return person


async def _remember_route(unit: Unit, person: Person, visitor: Visitor, scene: Scene) -> None:
    before = (await unit.people.routes([person.person_id]))[person.person_id]
    if before.reachability != "reachable":
        await unit.notices.wake([person.mail], scene.now)
    await unit.people.save_route(
        person.person_id,
        service_url=visitor.service_url,
        conversation_id=visitor.conversation_id,
        reachability="reachable",
        last_seen_at=scene.now,
    )
