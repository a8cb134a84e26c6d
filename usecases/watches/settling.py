"""A decision settles everything of its period that waited for it: the legal date, the passed date, the follow-up."""

from collections.abc import Mapping
from dataclasses import replace

from domain.contract import Contract
from domain.decision import DECIDING_KINDS, missing_fields
from domain.followup import Activity, Followup, FollowupState
from domain.people import Person
from domain.watch import Watch, WatchState
from storage.events import Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene
from usecases.watches.seeing import NEEDS_DECISION, event_about
from usecases.watches.undoing import followup_before, watch_before

_LIVE = NEEDS_DECISION | {WatchState.OPEN}


async def settle_period(
    unit: Unit,
    scene: Scene,
    contract: Contract,
    person: Person,
    aimed: Watch,
    record: Mapping[str, str],
) -> Watch:
    """Settle the date that was answered and what hangs on the same decision; the date as it is now."""
    contract_id = contract.contract_id
    watches = [aimed]
    followup = None
    if aimed.kind in DECIDING_KINDS:
        watches += await _others(unit, aimed, record)
        followup = await _open_decision(unit, aimed)
    undo: dict[str, object] = {"watches": [watch_before(watch) for watch in watches]}
    if followup is not None:
        undo["followup"] = followup_before(followup)
    saved = [await unit.watches.save(_settled(watch, person, record)) for watch in watches]
    events = [event_about(watch, "watch.settled", person, scene, dict(record)) for watch in saved[1:]]
    events.append(event_about(saved[0], "watch.settled", person, scene, {**record, "undo": undo}))
    if followup is not None:
        events.append(await _accept(unit, scene, followup, person, record))
    await unit.events.add_all(events)
    await unit.contracts.mark_for_planning([contract_id])
    return saved[0]


async def _others(unit: Unit, aimed: Watch, record: Mapping[str, str]) -> list[Watch]:
    """The period's other dates that the same record is enough to settle."""
    watches = (await unit.watches.of_contracts([aimed.contract_id]))[aimed.contract_id]
    return [
        one
        for one in watches
        if one.watch_id != aimed.watch_id
        and one.period_key == aimed.period_key
        and one.kind in DECIDING_KINDS
        and one.state in _LIVE
        and not missing_fields(record, one.kind)
    ]


async def _open_decision(unit: Unit, aimed: Watch) -> Followup | None:
    rows = (await unit.followups.of_contracts([aimed.contract_id]))[aimed.contract_id]
    waiting = (
        row
        for row in rows
        if row.activity is Activity.EXTENSION_DECISION
        and row.period_key == aimed.period_key
        and (row.is_open or row.state is FollowupState.SKIPPED_RAMP)
    )
    return next(waiting, None)


def _settled(watch: Watch, person: Person, record: Mapping[str, str]) -> Watch:
    return replace(
        watch,
        state=WatchState.DONE,
        decision=dict(record),
        settled_by=person.mail,
        next_action_at=None,
    )


async def _accept(unit: Unit, scene: Scene, followup: Followup, person: Person, record: Mapping[str, str]) -> Event:
    await unit.followups.save(
        replace(
            followup,
            state=FollowupState.ACCEPTED,
            submitted_at=scene.now,
            submitted_by=person.mail,
            accepted_at=scene.now,
            closed_at=scene.now,
            snoozed_until=None,
            next_action_at=None,
        ),
    )
    return new_event(
        kind="followup.accepted",
        subject=f"followup:{followup.followup_id}",
        actor=person.mail,
        at=scene.now,
        details=dict(record),
    )
