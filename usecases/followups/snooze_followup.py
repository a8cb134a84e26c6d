"""A person asks to be reminded of a follow-up on a later day."""

from dataclasses import replace
from datetime import date

from domain.climb import snoozed
from domain.errors import Refused
from domain.followup import Followup
from domain.identifiers import TenantId
from domain.notice import Notice
from domain.people import ContractRole, Person
from usecases.parts.acting import Subject, latest_snooze, notes, snoozes_left, subject_for, subject_of
from usecases.parts.items import Item, is_own, item_of
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.parts.undoing import keep
from usecases.world import World


async def snooze_followup(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    until: date,
) -> Item:
    """Be silent until the day, which may be as far ahead, and as many times, as the rules say.

    The owner sees the second time. Asked again for the same day nothing changes, and what has been answered
    meanwhile comes back as it stands.
    """

    async def snooze() -> Item:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            subject = await subject_for(unit, scene, person, followup_id)
            followup = subject.followup
            if not followup.is_open or followup.snoozed_until == until:
                return item_of(subject, person, scene)
            _refuse(subject, person, until, scene)
            wakes = scene.post.ladder_moment(scene.calendar.next_open_day(until))
            changed = replace(snoozed(followup, until), next_action_at=wakes)
            told = _owner_sees(changed, subject, person, until, scene)
            kept = keep("snoozed", followup, person, scene.now, told)
            saved = await unit.followups.save(changed, undo=kept.as_json())
            await unit.notices.add_all(told, at=scene.now)
            await unit.events.add(
                kind="followup.snoozed",
                subject=subject_of(saved),
                actor=person.mail,
                at=scene.now,
                details={"until": until.isoformat(), "count": saved.snooze_count},
            )
            await unit.commit()
        return item_of(replace(subject, followup=saved), person, scene)

    return await once_more(snooze)


def _refuse(subject: Subject, person: Person, until: date, scene: Scene) -> None:
    if not is_own(subject, person, scene):
        raise Refused("answering.refused.only_manager_snoozes")
    if not snoozes_left(subject.followup, scene):
        raise Refused("answering.refused.no_snooze_left")
    if until <= scene.today:
        raise Refused("answering.refused.snooze_in_the_past")
    latest = latest_snooze(scene, scene.today)
    if until > latest:
        raise Refused("answering.refused.snooze_too_far", latest=latest.isoformat())


def _owner_sees(changed: Followup, subject: Subject, person: Person, until: date, scene: Scene) -> list[Notice]:
    if changed.snooze_count < scene.rules.limits.snoozes:
        return []
    owner = scene.roster.owner_of(subject.contract)
    return notes(
        changed,
        [owner] if owner is not None and owner != person else [],
        scene,
        step=f"snoozed:{changed.round}",
        role=ContractRole.OWNER,
        payload={"text_key": "notes.put_off_again", "name": person.name, "day": until.isoformat()},
    )
