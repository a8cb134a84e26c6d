"""A person says that a follow-up cannot be done now, and why: somebody who can help is told."""

from dataclasses import dataclass, replace

from domain.errors import Refused
from domain.followup import Followup
from domain.identifiers import TenantId
from domain.people import ContractRole, Person
from storage.unit_of_work import Unit
from usecases.parts.acting import Subject, notes, subject_for, subject_of, written
from usecases.parts.items import Item, item_of
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.parts.undoing import keep
from usecases.world import World

_QUIET_DAYS = 5
"""Open days without reminders, for the owner to help."""
_ACT = "cannot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What stands in the way, and who has been told."""

    item: Item
    reason: str
    told_name: str | None


async def report_obstacle(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    reason: str,
) -> Obstacle:
    """Tell the owner why, or the controllers when the owner says so themselves, and be silent for some days.

    Nothing is called off by this: that takes the controller for the classes that matter most (domain.md 8.3).
    """
    said = written(reason)
    if not said:
        raise Refused("answering.refused.cannot_needs_reason")

    async def report() -> Obstacle:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            subject = await subject_for(unit, scene, person, followup_id)
            told = _helpers(subject, person, scene)
            names = ", ".join(one.name for one in told) or None
            if subject.followup.is_open and not await _is_repeated(unit, subject.followup, person):
                subject = replace(subject, followup=await _put_off(unit, scene, subject, person, said))
                await unit.commit()
        return Obstacle(item=item_of(subject, person, scene), reason=said, told_name=names)

    return await once_more(report)


def _helpers(subject: Subject, person: Person, scene: Scene) -> list[Person]:
    owners = [one for one in scene.roster.who(ContractRole.OWNER, subject.contract) if one != person]
    controllers = scene.roster.who(ContractRole.CONTROLLER, subject.contract)
    return owners or [one for one in controllers if one != person]


async def _is_repeated(unit: Unit, followup: Followup, person: Person) -> bool:
    """The same button pressed twice: the row has not moved since this person said the same."""
    undo = await unit.followups.undo_of(followup.followup_id) or {}
    return (undo.get("act"), undo.get("by"), undo.get("version")) == (_ACT, person.mail, followup.version)


async def _put_off(unit: Unit, scene: Scene, subject: Subject, person: Person, said: str) -> Followup:
    followup = subject.followup
    quiet = scene.calendar.add_open_days(scene.today, _QUIET_DAYS)
    changed = replace(
        followup,
        snoozed_until=quiet,
        round=followup.round + 1,
        rungs_done=max(0, followup.rungs_done - 1),
        next_action_at=scene.post.ladder_moment(quiet),
    )
    helpers = _helpers(subject, person, scene)
    told = notes(
        changed,
        helpers,
        scene,
        step=f"cannot:{changed.round}",
        role=ContractRole.OWNER,
        payload={"text_key": "notes.cannot", "name": person.name, "reason": said},
    )
    saved = await unit.followups.save(changed, undo=keep(_ACT, followup, person, scene.now, told).as_json())
    await unit.notices.add_all(told, at=scene.now)
    await unit.events.add(
        kind="followup.cannot",
        subject=subject_of(saved),
        actor=person.mail,
        at=scene.now,
        details={"reason": said, "to": [one.mail for one in helpers]},
    )
    return saved
