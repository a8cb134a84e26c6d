"""A person says that a follow-up is not theirs: the right one takes over, or the controller finds them."""

from dataclasses import dataclass, replace

from domain.contract import Contract
from domain.errors import Refused
from domain.followup import Followup
from domain.identifiers import TenantId
from domain.notice import Notice
from domain.people import ContractRole, Person
from domain.person_search import people_meant
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.parts.acting import Subject, notes, subject_for, subject_of, written
from usecases.parts.items import Item, item_of
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.parts.undoing import Kept, keep
from usecases.world import World

_QUIET_DAYS = 5
"""Open days the controller has to find the right person before the reminders go on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """Who takes over, or the controller who has been asked to find somebody."""

    item: Item
    new_name: str | None
    controller_name: str | None


async def hand_over_followup(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    who: str,
) -> HandedOver:
    """Hand the contract to whoever is meant by `who`, at once and in the caller's own part.

    An owner or controller names another manager. With nobody meant, or nobody who works here, the controllers
    are asked. Two who may be meant are refused, so that the right one is named.
    """
    said = written(who, most=200, is_name=True)

    async def hand_over() -> HandedOver:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            subject = await subject_for(unit, scene, person, followup_id)
            if not subject.followup.is_open:
                return HandedOver(item=item_of(subject, person, scene), new_name=None, controller_name=None)
            new = _meant(said, subject, person, scene)
            if new is None:
                saved = await _ask_controller(unit, scene, subject, person, said)
                asked = scene.roster.who(ContractRole.CONTROLLER, subject.contract)
                controller = asked[0].name if asked else None
                moved = replace(subject, followup=saved)
            else:
                moved = await _give_to(unit, scene, subject, person, new)
                controller = None
            await unit.commit()
        item = item_of(moved, person, scene)
        return HandedOver(item=item, new_name=new.name if new else None, controller_name=controller)

    return await once_more(hand_over)


def _meant(said: str, subject: Subject, person: Person, scene: Scene) -> Person | None:
    found = people_meant(said, scene.roster)
    if len(found) > 1:
        names = ", ".join(sorted(f"{one.name} ({one.mail})" for one in found[:4]))
        raise Refused("answering.refused.several_people", names=names)
    if not found:
        return None
    if found[0] == person or found[0].mail == _holder(subject):
        raise Refused("answering.refused.same_person", name=found[0].name)
    return found[0]


def _is_deputy_only(subject: Subject) -> bool:
    others = {ContractRole.MANAGER, ContractRole.OWNER, ContractRole.CONTROLLER}
    return ContractRole.DEPUTY in subject.parts and subject.parts.isdisjoint(others)


def _holder(subject: Subject) -> str | None:
    return subject.contract.deputy_mail if _is_deputy_only(subject) else subject.contract.manager_mail


async def _give_to(unit: Unit, scene: Scene, subject: Subject, person: Person, new: Person) -> Subject:
    contract, followup = subject.contract, subject.followup
    is_deputy = _is_deputy_only(subject)
    given = replace(contract, deputy_mail=new.mail) if is_deputy else replace(contract, manager_mail=new.mail)
    given = await unit.contracts.save(given, needs_planning=False)
    told = [] if is_deputy else _tell_former(followup, contract, person, new, scene)
    kept = replace(
        keep("handed_over", followup, person, scene.now, told),
        manager_mail=contract.manager_mail,
        deputy_mail=contract.deputy_mail,
        contract_version=given.version,
    )
    saved = await unit.followups.save(_restarted(followup, scene), undo=kept.as_json())
    await unit.notices.add_all(told, at=scene.now)
    role = "deputy" if is_deputy else "manager"
    changed = {"from": _holder(subject), "to": new.mail}
    await unit.events.add_all(
        [
            new_event(kind=kind, subject=about, actor=person.mail, at=scene.now, details=changed)
            for kind, about in (
                (f"contract.{role}_changed", f"contract:{contract.contract_id}"),
                ("followup.handed_over", subject_of(saved)),
            )
        ],
    )
    return replace(subject, followup=saved, contract=given)


def _restarted(followup: Followup, scene: Scene) -> Followup:
    """The ladder from its first rung, which tells the right person at the next tick."""
    return replace(
        followup,
        rungs_done=0,
        round=followup.round + 1,
        snoozed_until=None,
        next_action_at=scene.now,
    )


def _tell_former(followup: Followup, contract: Contract, person: Person, new: Person, scene: Scene) -> list[Notice]:
    """Whoever was the manager should not have to find out by themselves; the caller sees it in the answer."""
    former = scene.roster.manager_of(contract)
    return notes(
        followup,
        [former] if former is not None and former != person else [],
        scene,
        step=f"handed_over:{followup.round}",
        role=ContractRole.MANAGER,
        payload={"text_key": "notes.handed_over", "name": person.name, "new": new.name},
    )


async def _ask_controller(unit: Unit, scene: Scene, subject: Subject, person: Person, said: str) -> Followup:
    followup = subject.followup
    quiet = scene.calendar.add_open_days(scene.today, _QUIET_DAYS)
    changed = replace(
        followup,
        snoozed_until=quiet,
        round=followup.round + 1,
        rungs_done=max(0, followup.rungs_done - 1),
        next_action_at=scene.post.ladder_moment(quiet),
    )
    controllers = [one for one in scene.roster.who(ContractRole.CONTROLLER, subject.contract) if one != person]
    told = notes(
        changed,
        controllers,
        scene,
        step=f"wrong_person:{changed.round}",
        role=ContractRole.CONTROLLER,
        payload={
            "text_key": "notes.wrong_person_named" if said else "notes.wrong_person",
            "name": person.name,
            "said": said,
        },
    )
    kept: Kept = keep("wrong_person", followup, person, scene.now, told)
    saved = await unit.followups.save(changed, undo=kept.as_json())
    await unit.notices.add_all(told, at=scene.now)
    await unit.events.add(
        kind="followup.wrong_person",
        subject=subject_of(saved),
        actor=person.mail,
        at=scene.now,
        details={"said": said, "to": [one.mail for one in controllers]},
    )
    return saved
