"""A person takes back what they answered to a follow-up earlier the same day."""

from dataclasses import dataclass, replace

from domain.contract import Contract
from domain.followup import Followup
from domain.identifiers import TenantId
from domain.people import Person
from domain.watch import WatchState
from storage.unit_of_work import Unit
from usecases.parts.acting import Subject, subject_of
from usecases.parts.items import Item, item_of
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.parts.undoing import Kept, close_waiting, kept, put_back
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The follow-up as it was, and what was taken back."""

    item: Item
    act: str


async def undo_answer(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str | None = None,
) -> Undone | None:
    """Take back the person's latest answer of today, to this follow-up or to any.

    None when there is nothing to take back: another day, or something has happened to it since.
    """

    async def undo() -> Undone | None:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            found = await _latest(unit, scene, person, followup_id)
            if found is None:
                return None
            followup, earlier = found
            saved = await unit.followups.save(put_back(followup, earlier))
            contract = await _contract_before(unit, scene, saved, earlier)
            await _watch_again(unit, scene, earlier)
            await close_waiting(unit, earlier.notices)
            await _log(unit, scene, subject_of(saved), earlier, "followup.undone", act=earlier.act)
            await unit.commit()
        subject = Subject(followup=saved, contract=contract, parts=scene.roster.plays(person, contract))
        return Undone(item=item_of(subject, person, scene), act=earlier.act)

    return await once_more(undo)


async def _latest(
    unit: Unit,
    scene: Scene,
    person: Person,
    followup_id: str | None,
) -> tuple[Followup, Kept] | None:
    mine = [(row, kept(stored)) for row, stored in await unit.followups.undoable_by(person.mail)]
    today = [
        (row, undo)
        for row, undo in mine
        if undo.version == row.version
        and scene.post.day_of(undo.at) == scene.today
        and followup_id in {None, row.followup_id}
    ]
    return max(today, key=lambda one: one[1].at, default=None)


async def _contract_before(unit: Unit, scene: Scene, followup: Followup, undo: Kept) -> Contract:
    """The contract with its former manager back, unless somebody has changed it since."""
    contract = (await unit.contracts.by_ids([followup.contract_id]))[followup.contract_id]
    if undo.contract_version is None or contract.version != undo.contract_version:
        return contract
    back = replace(contract, manager_mail=undo.manager_mail, deputy_mail=undo.deputy_mail)
    role = "manager" if contract.manager_mail != undo.manager_mail else "deputy"
    held = {"from": contract.manager_mail, "to": undo.manager_mail}
    if role == "deputy":
        held = {"from": contract.deputy_mail, "to": undo.deputy_mail}
    await _log(unit, scene, f"contract:{contract.contract_id}", undo, f"contract.{role}_changed", **held)
    return await unit.contracts.save(back, needs_planning=False)


async def _watch_again(unit: Unit, scene: Scene, undo: Kept) -> None:
    """Let the dates alarm again as if nothing had been said, unless somebody else has settled them."""
    before = {kept_watch.watch_id: kept_watch for kept_watch in undo.watches}
    for watch in (await unit.watches.by_ids(before)).values():
        if watch.state is WatchState.DONE and watch.settled_by == undo.by:
            was = before[watch.watch_id]
            again = replace(watch, state=was.state, decision=None, settled_by=None, next_action_at=was.wakes_at)
            await unit.watches.save(again)
            await _log(unit, scene, f"watch:{watch.watch_id}", undo, "watch.undone")


async def _log(unit: Unit, scene: Scene, about: str, undo: Kept, event: str, **details: str | None) -> None:
    await unit.events.add(kind=event, subject=about, actor=undo.by, at=scene.now, details=details)
