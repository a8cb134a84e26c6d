"""*Redan gjort* and *Beslutat*: what was decided and how the supplier was told is recorded, and the alarm ends."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.decision import check_record, missing_fields
from domain.identifiers import TenantId
from domain.people import Person
from domain.watch import WatchKind, WatchState
from usecases.parts.acting import written
from usecases.parts.retrying import once_more
from usecases.parts.scene import read_scene
from usecases.watches.seeing import NEEDS_DECISION, Aim, SeenWatch, aim, seen
from usecases.watches.settling import settle_period
from usecases.world import World

_TEXTS = ("decided_by", "decision_number", "notice_how", "done_note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The date as it is now, and what came of the attempt."""

    seen: SeenWatch
    is_new: bool
    """It was settled by this very act; otherwise nothing was changed."""
    missing: tuple[str, ...] = ()
    """What must still be said before it can be settled, in the order it is asked."""


async def settle_watch(
    world: World,
    tenant_id: TenantId,
    person: Person,
    watch_id: str,
    record: Mapping[str, str],
) -> Settled:
    """Record a decision (FB9-FB10), or a day and a note, and end the date with all that hangs on the same decision.

    `record` has the ids of `domain.decision.FIELDS`. Pressed again, or on an old card, it changes nothing.
    """

    async def settle() -> Settled:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            found = await aim(unit, scene, person, watch_id)
            if not _is_answerable(found):
                return Settled(seen=seen(found.watch, found.contract, scene), is_new=False)
            found.refuse_unless_deciding()
            kept = check_record(record, renews_automatically=found.renews_automatically, today=scene.today)
            missing = missing_fields(kept, found.watch.kind)
            if missing:
                return Settled(seen=seen(found.watch, found.contract, scene), is_new=False, missing=missing)
            for name in _TEXTS:
                written(kept.get(name, ""))
            watch = await settle_period(unit, scene, found.contract, person, found.watch, kept)
            await unit.commit()
            return Settled(seen=seen(watch, found.contract, scene), is_new=True)

    return await once_more(settle)


def _is_answerable(found: Aim) -> bool:
    if found.watch.state in NEEDS_DECISION:
        return True
    return found.watch.state is WatchState.OPEN and found.watch.kind is WatchKind.SEND_BY
