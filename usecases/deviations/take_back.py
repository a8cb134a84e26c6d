"""*Ångra* after registering: a record is never deleted, so it is dismissed by who may, or its manager is asked to."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.case_guards import CaseFacts
from domain.case_moves import moved
from domain.deviation import Deviation, DeviationState
from domain.deviation_case import allowed
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.notice import NoticeKind, new_notice
from domain.people import Person
from storage.unit_of_work import Unit
from usecases.parts.casework import Case, as_seen, case_event, keep_moved
from usecases.parts.registering import who_hears
from usecases.parts.scene import read_scene
from usecases.world import World

_ALLOWED_FOR: Final = timedelta(hours=24)
"""As long as a draft lives (domain.md 12.1, row 22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """What became of it: dismissed, or its manager has been asked."""

    deviation: Deviation
    told: tuple[Person, ...]


async def take_back(world: World, tenant_id: TenantId, person: Person, deviation_id: str, reason: str) -> TakenBack:
    """Take one's own registered report back within a day, while nobody has assessed it. Twice changes nothing.

    `reason` is what the register says of it, in the reporter's language.
    """
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        found = await unit.deviations.get(deviation_id)
        if found is None or found.reported_by != person.mail or found.number is None:
            raise Refused("deviation.refused.no_such_draft")
        is_untouched = found.state is DeviationState.REGISTERED and scene.now - found.reported_at <= _ALLOWED_FOR
        if not is_untouched:
            raise Refused("drafting.refused.too_late_to_take_back", number=found.number)
        taken = await _taken_back(unit, await as_seen(unit, scene, person, found), person, reason)
        await unit.commit()
    return taken


async def _taken_back(unit: Unit, case: Case, person: Person, reason: str) -> TakenBack:
    facts = case.facts(CaseFacts(now=case.scene.now, actor_mail=person.mail, reason=reason))
    before = case.deviation
    try:
        allowed(before, DeviationState.DISMISSED, case.parts, facts)
    except Refused:
        return TakenBack(deviation=before, told=await _asked(unit, case, person))
    details = {"from": before.state.value, "to": DeviationState.DISMISSED.value, "reason": reason}
    event = case_event(case, "deviation.moved", person, details)
    kept = await keep_moved(unit, case, moved(before, DeviationState.DISMISSED, facts), [event])
    return TakenBack(deviation=kept.deviation, told=())


async def _asked(unit: Unit, case: Case, person: Person) -> tuple[Person, ...]:
    """Those who hear of the case are asked to dismiss it; what is said once is not said again."""
    scene, deviation = case.scene, case.deviation
    listeners = who_hears(deviation, case.contract, scene)
    await unit.events.add_all([case_event(case, "deviation.taken_back", person, {})])
    notices = [
        new_notice(
            unit.tenant_id,
            kind=NoticeKind.DEVIATION_NEW,
            subject=f"deviation:{deviation.deviation_id}",
            occurrence=deviation.number or "",
            step="taken_back",
            role=role,
            recipient_mail=listener.mail,
            not_before=scene.post.digest_moment(listener, scene.now),
            payload={"text_key": "drafting.told.taken_back"},
        )
        for role, listener in listeners
    ]
    await unit.notices.add_all(notices, at=scene.now)
    return tuple(listener for _, listener in listeners)
