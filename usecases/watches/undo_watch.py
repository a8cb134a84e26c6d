"""*Ångra*: what somebody just did about a watched date is taken back, with all that came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.followup import FollowupState
from domain.identifiers import TenantId
from domain.people import Person
from storage.events import Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.parts.undoing import close_waiting
from usecases.watches.seeing import SeenWatch, aim, event_about, seen
from usecases.watches.undoing import followup_again, watch_again
from usecases.world import World

_ACTS = frozenset({"watch.settled", "watch.dismissed", "watch.raised", "watch.handed_over"})
UNDONE_REASON = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoneWatch:
    """The date as it is now, and whether anything was taken back."""

    seen: SeenWatch
    is_new: bool


async def undo_watch(world: World, tenant_id: TenantId, person: Person, watch_id: str) -> UndoneWatch:
    """Take back the person's own act when it is the latest thing anybody did about the date, and of today."""

    async def undo() -> UndoneWatch:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            act = await _latest_act(unit, watch_id)
            if act is None or act.actor != person.mail or scene.post.day_of(act.at) != scene.today:
                found = await aim(unit, scene, person, watch_id)
                return UndoneWatch(seen=seen(found.watch, found.contract, scene), is_new=False)
            # Whoever has handed a contract over has no part in it any more, and may still take that back.
            await _take_back(unit, scene, person, act)
            found = await aim(unit, scene, person, watch_id)
            await unit.contracts.mark_for_planning([found.contract.contract_id])
            await unit.commit()
            return UndoneWatch(seen=seen(found.watch, found.contract, scene), is_new=True)

    return await once_more(undo)


async def _latest_act(unit: Unit, watch_id: str) -> Event | None:
    """The last thing a person did about it, when it has not been taken back."""
    acts = [one for one in await unit.events.about(f"watch:{watch_id}") if one.kind in {*_ACTS, "watch.undone"}]
    return acts[-1] if acts and acts[-1].kind in _ACTS and "undo" in acts[-1].details else None


async def _take_back(unit: Unit, scene: Scene, person: Person, act: Event) -> None:
    kept: Mapping[str, Any] = act.details["undo"]
    befores = {before["watch_id"]: before for before in kept.get("watches", ())}
    rows = await unit.watches.by_ids(befores)
    for watch_id, watch in rows.items():
        saved = await unit.watches.save(watch_again(watch, befores[watch_id]))
        await unit.events.add_all([event_about(saved, "watch.undone", person, scene, {"act": act.kind})])
    if "followup" in kept:
        await _followup_back(unit, scene, person, kept["followup"])
    if "contract" in kept:
        await _contract_back(unit, scene, person, kept["contract"])
    await close_waiting(unit, kept.get("notices", ()))


async def _followup_back(unit: Unit, scene: Scene, person: Person, before: Mapping[str, Any]) -> None:
    followup = await unit.followups.get(before["followup_id"])
    if followup is None:
        return
    if before.get("state") is None:
        # It was made by the act: a row is never deleted, so it is called off.
        changed = replace(
            followup,
            state=FollowupState.CANCELLED,
            closed_at=scene.now,
            closed_reason=UNDONE_REASON,
            next_action_at=None,
        )
    else:
        changed = followup_again(followup, before)
    await unit.followups.save(changed)
    event = new_event(
        kind="followup.undone",
        subject=f"followup:{followup.followup_id}",
        actor=person.mail,
        at=scene.now,
    )
    await unit.events.add_all([event])


async def _contract_back(unit: Unit, scene: Scene, person: Person, before: Mapping[str, Any]) -> None:
    """The contract to whoever had it, unless somebody has changed it again."""
    contract = await unit.contracts.get(before["contract_id"])
    if contract is None or contract.version != before["version"]:
        return
    part = before["part"]
    changes: dict[str, Any] = {f"{part}_mail": before["mail"]}
    await unit.contracts.save(replace(contract, **changes), needs_planning=False)
    event = new_event(
        kind=f"contract.{part}_changed",
        subject=f"contract:{contract.contract_id}",
        actor=person.mail,
        at=scene.now,
        details={"from": getattr(contract, f"{part}_mail"), "to": before["mail"]},
    )
    await unit.events.add_all([event])
