"""*Avfärda*: a passed date that needs nobody, with the reason for those who wonder later."""

from dataclasses import dataclass, replace

from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import Person
from domain.watch import WatchState
from usecases.parts.acting import written
from usecases.parts.retrying import once_more
from usecases.parts.scene import read_scene
from usecases.watches.seeing import SeenWatch, aim, event_about, seen
from usecases.watches.undoing import watch_before
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissed:
    """The date as it is now; `is_new` when this very act dismissed it."""

    seen: SeenWatch
    is_new: bool
    reason: str


async def dismiss_watch(
    world: World,
    tenant_id: TenantId,
    person: Person,
    watch_id: str,
    reason: str,
) -> Dismissed:
    """Take a date off the list *behöver beslut*. A live legal date cannot be dismissed, only settled."""
    said = written(reason)
    if not said:
        raise Refused("watching.refused.dismiss_needs_reason")

    async def dismiss() -> Dismissed:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            found = await aim(unit, scene, person, watch_id)
            if not found.needs_decision:
                return Dismissed(seen=seen(found.watch, found.contract, scene), is_new=False, reason=said)
            found.refuse_unless_deciding()
            changed = replace(
                found.watch,
                state=WatchState.DISMISSED,
                decision={"reason": said},
                settled_by=person.mail,
            )
            saved = await unit.watches.save(changed)
            details = {"reason": said, "undo": {"watches": [watch_before(found.watch)]}}
            await unit.events.add_all([event_about(saved, "watch.dismissed", person, scene, details)])
            await unit.contracts.mark_for_planning([found.contract.contract_id])
            await unit.commit()
            return Dismissed(seen=seen(saved, found.contract, scene), is_new=True, reason=said)

    return await once_more(dismiss)
