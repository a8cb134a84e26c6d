"""A person says that a follow-up has been done already, or that its decision has been taken."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.contract import ContractClass, RenewalKind
from domain.decision import DECIDING_KINDS, check_record, missing_fields
from domain.errors import Refused
from domain.followup import Activity, Followup, FollowupState
from domain.identifiers import TenantId
from domain.people import Person
from domain.watch import Watch, WatchKind, WatchState
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.parts.acting import Subject, subject_for, subject_of, written
from usecases.parts.closing import closed, store_closed
from usecases.parts.items import Item, item_of
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.parts.undoing import KeptWatch, keep
from usecases.world import World

_LIVE = frozenset({WatchState.OPEN, WatchState.TRIAGE, WatchState.LAPSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDone:
    """What became of it, and who is asked to approve."""

    item: Item
    sign_off_name: str | None
    missing: tuple[str, ...] = ()
    """What must still be said before a decision is settled, in the order it is asked; nothing has been changed."""
    still_watched: Watch | None = None
    """The legal date that goes on alarming, since the supplier has not been told yet."""


async def report_done(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    done_on: date,
    note: str,
) -> ReportedDone:
    """Record when and how it was done. The owner approves it as any other, except on a routine contract."""
    said = written(note)
    if not said:
        raise Refused("answering.refused.done_needs_note")

    async def report() -> ReportedDone:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            subject = await subject_for(unit, scene, person, followup_id)
            if not subject.followup.is_open:
                return ReportedDone(item=item_of(subject, person, scene), sign_off_name=None)
            if subject.followup.activity is Activity.EXTENSION_DECISION:
                raise Refused("answering.refused.decision_needs_more")
            if done_on > scene.today:
                raise Refused("answering.refused.done_in_the_future")
            told = replace(subject.followup, closed_reason=f"{done_on.isoformat()}: {said}")
            is_routine = told.contract_class is ContractClass.LOW
            done = closed(told, subject.contract, person, scene, is_green=is_routine)
            kept = keep("already_done", subject.followup, person, scene.now, done.notices)
            facts = {"done_on": done_on.isoformat(), "note": said, "without_questions": True}
            saved = await store_closed(unit, scene, done, kept=kept, details=facts)
            await unit.commit()
        names = ", ".join(one.name for one in done.signers) or None
        return ReportedDone(item=item_of(replace(subject, followup=saved), person, scene), sign_off_name=names)

    return await once_more(report)


async def report_decision(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    record: Mapping[str, str],
) -> ReportedDone:
    """Record an extension decision; `record` has the ids of `domain.decision.FIELDS`.

    The period's legal date ends with it, once the supplier need not be told or has been.
    """

    async def report() -> ReportedDone:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            subject = await subject_for(unit, scene, person, followup_id)
            if not subject.followup.is_open:
                return ReportedDone(item=item_of(subject, person, scene), sign_off_name=None)
            known = _checked(record, subject, scene)
            missing = missing_fields(known, WatchKind.DECISION_DUE)
            if missing:
                return ReportedDone(item=item_of(subject, person, scene), sign_off_name=None, missing=missing)
            dates = await _dates(unit, subject)
            subject = await _decide(unit, scene, subject, person, known, dates)
            await unit.commit()
        still = next((date_ for date_ in dates if missing_fields(known, date_.kind)), None)
        return ReportedDone(item=item_of(subject, person, scene), sign_off_name=None, still_watched=still)

    return await once_more(report)


def _checked(record: Mapping[str, str], subject: Subject, scene: Scene) -> Mapping[str, str]:
    for name in ("decided_by", "decision_number", "notice_how"):
        written(record.get(name, ""), most=200, is_name=True)
    automatic = subject.contract.renewal.kind is RenewalKind.AUTOMATIC
    return check_record(record, renews_automatically=automatic, today=scene.today)


async def _dates(unit: Unit, subject: Subject) -> list[Watch]:
    """The dates that hang on this decision: those of its period, or of the nearest one that is still alive."""
    contract_id = subject.contract.contract_id
    found = (await unit.watches.of_contracts([contract_id]))[contract_id]
    alive = [row for row in found if row.kind in DECIDING_KINDS and row.state in _LIVE]
    periods = sorted({row.period_key for row in alive})
    period = subject.followup.period_key if subject.followup.period_key in periods else next(iter(periods), None)
    return [row for row in alive if row.period_key == period]


async def _decide(
    unit: Unit,
    scene: Scene,
    subject: Subject,
    person: Person,
    record: Mapping[str, str],
    dates: list[Watch],
) -> Subject:
    settled = [row for row in dates if not missing_fields(record, row.kind)]
    before = (KeptWatch(watch_id=row.watch_id, state=row.state, wakes_at=row.next_action_at) for row in settled)
    kept = replace(keep("already_done", subject.followup, person, scene.now), watches=tuple(before))
    saved = await unit.followups.save(_accepted(subject.followup, person, scene), undo=kept.as_json())
    for row in settled:
        await unit.watches.save(_done_watch(row, person, record))
    await unit.contracts.mark_for_planning([subject.contract.contract_id])
    about = [(subject_of(saved), "followup.accepted"), *((f"watch:{row.watch_id}", "watch.settled") for row in settled)]
    await unit.events.add_all(
        [
            new_event(kind=kind, subject=one, actor=person.mail, at=scene.now, details=dict(record))
            for one, kind in about
        ],
    )
    return replace(subject, followup=saved)


def _accepted(followup: Followup, person: Person, scene: Scene) -> Followup:
    """A decision is its owner's already, so nobody else approves it."""
    return replace(
        followup,
        state=FollowupState.ACCEPTED,
        submitted_at=scene.now,
        submitted_by=person.mail,
        accepted_at=scene.now,
        closed_at=scene.now,
        snoozed_until=None,
        next_action_at=None,
    )


def _done_watch(watch: Watch, person: Person, record: Mapping[str, str]) -> Watch:
    return replace(
        watch,
        state=WatchState.DONE,
        decision=dict(record),
        settled_by=person.mail,
        next_action_at=None,
    )
