"""*Släpp in* and *ta bort*: who may receive anything the bot sends by itself, by person, department or everyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import Person
from domain.person_search import people_meant
from storage.people import RecipientRule
from storage.unit_of_work import Unit
from usecases.controls.steering import refuse_unless_controller
from usecases.controls.waking import wake_in_daytime
from usecases.parts.scene import Scene, read_scene
from usecases.world import World

EVERYONE = "*"
"""Instead of a name: everybody who has no line of their own."""
_PERSON, _DEPARTMENT, _EVERYONE = "person", "department", "everyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody, or a department, that a name may mean."""

    kind: str
    value: str
    """Mail address, department name in small letters, or `*`."""
    name: str
    """As it is shown."""
    words: str
    """What can be typed so that nothing else is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowList:
    """Who may receive messages, and what has just been changed."""

    as_of: datetime
    is_everyone: bool
    """Everybody who is not kept out."""
    people: tuple[str, ...]
    departments: tuple[str, ...]
    kept_out_people: tuple[str, ...]
    kept_out_departments: tuple[str, ...]
    changed: Candidate | None = None
    candidates: tuple[Candidate, ...] = ()
    """Whom the name may mean, when that is not clear: nothing was changed."""


async def show_allow_list(world: World, tenant_id: TenantId, person: Person) -> AllowList:
    """The list as it stands."""
    refuse_unless_controller(person)
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
    return _list(scene)


async def let_in(world: World, tenant_id: TenantId, person: Person, name: str) -> AllowList:
    """Let a person, a department or `EVERYONE` receive messages; what waited for them goes by day."""
    return await _change(world, tenant_id, person, name, is_allowed=True)


async def take_out(world: World, tenant_id: TenantId, person: Person, name: str) -> AllowList:
    """Let them receive no more; taking everyone out empties the list."""
    return await _change(world, tenant_id, person, name, is_allowed=False)


async def _change(world: World, tenant_id: TenantId, person: Person, name: str, *, is_allowed: bool) -> AllowList:
    refuse_unless_controller(person)
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        departments = await _departments(unit, scene)
        meant = _meant(name, scene, departments)
        if not meant:
            raise Refused("controlling.refused.unknown_name", said=name)
        if len(meant) > 1:
            return _list(scene, candidates=meant)
        changed = meant[0]
        await _set(unit, changed, is_allowed=is_allowed)
        await unit.events.add(
            kind="recipients.let_in" if is_allowed else "recipients.taken_out",
            subject="tenant",
            actor=person.mail,
            at=scene.now,
            details={"kind": changed.kind, "value": changed.value},
        )
        scene = await read_scene(unit, now=scene.now, is_local=world.is_local)
        if is_allowed:
            await _wake(unit, scene)
        await unit.commit()
    return _list(scene, changed=changed)


async def _set(unit: Unit, changed: Candidate, *, is_allowed: bool) -> None:
    if changed.kind == _EVERYONE and not is_allowed:
        await unit.people.drop_recipient_rules(is_allowed=True)
    rule = RecipientRule(kind=changed.kind, value=changed.value, is_allowed=is_allowed)
    await unit.people.set_recipient_rule(rule)


async def _wake(unit: Unit, scene: Scene) -> None:
    """What has waited for those who are in now."""
    asleep = await unit.notices.asleep(until=scene.now)
    people = {one.recipient_mail: scene.roster.living(one.recipient_mail) for one in asleep}
    theirs = [
        one for one in asleep if (recipient := people[one.recipient_mail]) is not None and scene.may_receive(recipient)
    ]
    await wake_in_daytime(unit, scene, theirs)


async def _departments(unit: Unit, scene: Scene) -> dict[str, str]:
    """Every department known, from people and contracts, by its name in small letters."""
    named = [person.department for person in scene.roster.people.values()]
    named += [contract.department for contract in await unit.contracts.all()]
    return {name.strip().casefold(): name.strip() for name in named if name and name.strip()}


def _meant(said: str, scene: Scene, departments: dict[str, str]) -> tuple[Candidate, ...]:
    """Whom a name may mean: a department by its whole name, a person, or a department that begins so."""
    sought = " ".join(said.split()).casefold()
    if sought == EVERYONE:
        return (Candidate(kind=_EVERYONE, value=EVERYONE, name="", words=EVERYONE),)
    if sought in departments:
        return (_department(sought, departments[sought]),)
    people = [_person(person) for person in people_meant(said, scene.roster)]
    begun = [_department(key, name) for key, name in sorted(departments.items()) if key.startswith(sought)]
    return (*people, *begun) if sought else ()


def _person(person: Person) -> Candidate:
    return Candidate(kind=_PERSON, value=person.mail, name=person.name, words=person.mail)


def _department(key: str, name: str) -> Candidate:
    return Candidate(kind=_DEPARTMENT, value=key, name=name, words=name)


def _list(
    scene: Scene,
    *,
    changed: Candidate | None = None,
    candidates: Sequence[Candidate] = (),
) -> AllowList:
    return AllowList(
        as_of=scene.post.local(scene.now),
        is_everyone=scene.lets_everyone_in,
        people=_names(scene, _PERSON, is_allowed=True),
        departments=_names(scene, _DEPARTMENT, is_allowed=True),
        kept_out_people=_names(scene, _PERSON, is_allowed=False),
        kept_out_departments=_names(scene, _DEPARTMENT, is_allowed=False),
        changed=changed,
        candidates=tuple(candidates),
    )


def _names(scene: Scene, kind: str, *, is_allowed: bool) -> tuple[str, ...]:
    """The people or departments with a line of their own, spelt as their owners do."""
    if kind == _PERSON:
        spelling = {person.mail: person.name for person in scene.roster.people.values()}
    else:
        spelling = {(one.department or "").casefold(): one.department or "" for one in scene.roster.people.values()}
    rules = (rule for rule in scene.recipient_rules if rule.kind == kind and rule.is_allowed == is_allowed)
    return tuple(sorted(spelling.get(rule.value, rule.value) for rule in rules))
