"""*Fel person*: a date is not the presser's to watch, so the right one takes over, or the controller finds them."""

from dataclasses import dataclass, replace
from typing import Any

from domain.contract import Contract
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.notice import Notice, NoticeKind, new_notice
from domain.people import ContractRole, Person
from domain.person_search import people_meant
from domain.watch import WatchState
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.parts.acting import written
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.watches.seeing import Aim, SeenWatch, aim, event_about, seen, subject_of
from usecases.world import World

_MOST_NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedWatch:
    """Who takes over, or the controller who has been asked to find somebody; nothing when it was settled already."""

    seen: SeenWatch
    is_new: bool
    new_name: str | None = None
    controller_name: str | None = None


async def hand_over_watch(world: World, tenant_id: TenantId, person: Person, watch_id: str, who: str) -> HandedWatch:
    """Hand the presser's own part in the contract to whoever is meant by `who`.

    Somebody who is neither manager nor deputy names another manager. With nobody meant the controllers are asked,
    and the alarms go on meanwhile: a legal date waits for no one.
    """
    said = written(who, most=200)

    async def hand_over() -> HandedWatch:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            found = await aim(unit, scene, person, watch_id)
            if found.watch.state is not WatchState.OPEN:
                return HandedWatch(seen=seen(found.watch, found.contract, scene), is_new=False)
            new = _meant(said, found, person, scene)
            if new is None:
                asked = await _ask_controller(unit, scene, found, person, said)
                await unit.commit()
                name = asked[0].name if asked else None
                return HandedWatch(seen=seen(found.watch, found.contract, scene), is_new=True, controller_name=name)
            given = await _give_to(unit, scene, found, person, new)
            await unit.commit()
            return HandedWatch(seen=seen(found.watch, given, scene), is_new=True, new_name=new.name)

    return await once_more(hand_over)


def _meant(said: str, found: Aim, person: Person, scene: Scene) -> Person | None:
    people = people_meant(said, scene.roster)
    if len(people) > 1:
        names = ", ".join(sorted(f"{one.name} ({one.mail})" for one in people[:_MOST_NAMED]))
        raise Refused("watching.refused.several_people", names=names)
    if people and (people[0] == person or people[0].mail == _holder(found)):
        raise Refused("watching.refused.same_person", name=people[0].name)
    return people[0] if people else None


def _part(found: Aim) -> str:
    """The presser's own part, as the contract's column names it."""
    if ContractRole.MANAGER in found.parts:
        return "manager"
    if ContractRole.OWNER in found.parts:
        return "owner"
    return "deputy" if ContractRole.DEPUTY in found.parts else "manager"


def _holder(found: Aim) -> str | None:
    held: str | None = getattr(found.contract, f"{_part(found)}_mail")
    return held


async def _give_to(unit: Unit, scene: Scene, found: Aim, person: Person, new: Person) -> Contract:
    part, contract = _part(found), found.contract
    before = _holder(found)
    changes: dict[str, Any] = {f"{part}_mail": new.mail}
    given = await unit.contracts.save(replace(contract, **changes), needs_planning=False)
    notices = [_alarm(found, new, scene)] if found.watch.last_step else []
    await unit.notices.add_all(notices, at=scene.now)
    undo = {
        "contract": {"contract_id": contract.contract_id, "version": given.version, "part": part, "mail": before},
        "notices": [notice.notice_id for notice in notices],
    }
    changed = {"from": before, "to": new.mail}
    await unit.events.add_all(
        [
            new_event(
                kind=f"contract.{part}_changed",
                subject=f"contract:{contract.contract_id}",
                actor=person.mail,
                at=scene.now,
                details=changed,
            ),
            event_about(found.watch, "watch.handed_over", person, scene, {**changed, "undo": undo}),
        ],
    )
    return given


def _alarm(found: Aim, new: Person, scene: Scene) -> Notice:
    """The alarm that sounded last, for the one who takes over."""
    return new_notice(
        scene.tenant.tenant_id,
        kind=NoticeKind.LEGAL_DATE,
        subject=subject_of(found.watch),
        occurrence=found.watch.period_key,
        step=found.watch.last_step or "",
        role=None,
        recipient_mail=new.mail,
        not_before=scene.post.legal_moment(new, scene.now),
    )


async def _ask_controller(unit: Unit, scene: Scene, found: Aim, person: Person, said: str) -> tuple[Person, ...]:
    people = scene.roster.who(ContractRole.CONTROLLER, found.contract)
    notices = [
        new_notice(
            scene.tenant.tenant_id,
            kind=NoticeKind.HELP_WANTED,
            subject=subject_of(found.watch),
            occurrence=found.watch.period_key,
            step=f"wrong_person:{person.person_id}",
            role=ContractRole.CONTROLLER,
            recipient_mail=one.mail,
            not_before=scene.post.digest_moment(one, scene.now),
            payload={
                "text_key": "watching.note.wrong_person_named" if said else "watching.note.wrong_person",
                "name": person.name,
                "said": said,
            },
        )
        for one in people
        if one != person
    ]
    await unit.notices.add_all(notices, at=scene.now)
    details = {
        "said": said,
        "to": [one.mail for one in people],
        "undo": {"notices": [notice.notice_id for notice in notices]},
    }
    await unit.events.add_all([event_about(found.watch, "watch.handed_over", person, scene, details)])
    return people
