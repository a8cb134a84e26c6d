"""A person says that a follow-up has been done already, or that its decision has been taken."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from domain.contract import ContractClass
from domain.errors import Refused
from domain.followup import Activity, FollowupState
from domain.identifiers import TenantId
from domain.people import Person
from domain.watch import Watch, WatchKind, WatchState
from storage.unit_of_work import Unit
from usecases.parts.acting import Subject, subject_for, subject_of, written
from usecases.parts.closing import closed, store_closed
from usecases.parts.items import Item, item_of
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.parts.undoing import keep
from usecases.world import World

_WITHOUT_NOTICE = frozenset({"not_extend", "let_renew"})
"""Decisions that need no word to the supplier: nothing is sent, and nothing can be sent too late."""
DECISIONS = frozenset({"extend", "terminate", *_WITHOUT_NOTICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decided what and when, and when and how the supplier was told (domain.md 6.12, FB9-FB10)."""

    decision: str
    """`extend`, `not_extend`, and for a contract that renews itself `terminate` or `let_renew`."""
    decided_by: str
    decided_on: date
    decision_number: str = ""
    notice_sent_on: date | None = None
    notice_how: str = ""

    @property
    def ends_the_legal_date(self) -> bool:
        """Whether nothing is left that could be sent too late."""
        return self.notice_sent_on is not None or self.decision in _WITHOUT_NOTICE

    def as_facts(self) -> dict[str, str]:
        """As it is kept with the legal date: only what is known."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in values.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDone:
    """What became of it, and who is asked to approve."""

    item: Item
    sign_off_name: str | None
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
    decision: Decision,
) -> ReportedDone:
    """Record an extension decision. It ends the contract's legal date too, once the supplier need not or has been told."""

    async def report() -> ReportedDone:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            subject = await subject_for(unit, scene, person, followup_id)
            if not subject.followup.is_open:
                return ReportedDone(item=item_of(subject, person, scene), sign_off_name=None)
            _refuse(decision, scene)
            watch = await _legal_date(unit, subject)
            subject = await _decide(unit, scene, subject, person, decision, watch)
            await unit.commit()
        still = watch if watch is not None and not decision.ends_the_legal_date else None
        return ReportedDone(item=item_of(subject, person, scene), sign_off_name=None, still_watched=still)

    return await once_more(report)


def _refuse(decision: Decision, scene: Scene) -> None:
    if decision.decision not in DECISIONS:
        raise Refused("answering.refused.no_such_decision")
    if not written(decision.decided_by, most=200, is_name=True):
        raise Refused("answering.refused.decided_by_needed")
    written(decision.decision_number, most=200, is_name=True)
    written(decision.notice_how, most=200, is_name=True)
    if max(decision.decided_on, decision.notice_sent_on or decision.decided_on) > scene.today:
        raise Refused("answering.refused.done_in_the_future")


async def _legal_date(unit: Unit, subject: Subject) -> Watch | None:
    """The nearest date by which the supplier must have been told."""
    contract_id = subject.contract.contract_id
    found = (await unit.watches.of_contracts([contract_id]))[contract_id]
    alive = [row for row in found if row.kind is WatchKind.SEND_BY and row.state is WatchState.OPEN]
    return min(alive, key=lambda row: row.period_key, default=None)


async def _decide(
    unit: Unit,
    scene: Scene,
    subject: Subject,
    person: Person,
    decision: Decision,
    watch: Watch | None,
) -> Subject:
    followup = subject.followup
    kept = keep("already_done", followup, person, scene.now)
    if watch is not None:
        kept = replace(kept, watch_id=watch.watch_id, watch_wakes_at=watch.next_action_at)
        await _settle(unit, scene, watch, person, decision)
    done = replace(
        followup,
        state=FollowupState.ACCEPTED,
        submitted_at=scene.now,
        submitted_by=person.mail,
        accepted_at=scene.now,
        closed_at=scene.now,
        snoozed_until=None,
        next_action_at=None,
    )
    saved = await unit.followups.save(done, undo=kept.as_json())
    await unit.contracts.mark_for_planning([subject.contract.contract_id])
    await _log(unit, scene, subject_of(saved), person, "followup.accepted", decision.as_facts())
    return replace(subject, followup=saved)


async def _settle(unit: Unit, scene: Scene, watch: Watch, person: Person, decision: Decision) -> None:
    known = replace(watch, decision=decision.as_facts())
    if decision.ends_the_legal_date:
        known = replace(known, state=WatchState.DONE, settled_by=person.mail, next_action_at=None)
    await unit.watches.save(known)
    kind = "watch.settled" if decision.ends_the_legal_date else "watch.decided"
    await _log(unit, scene, f"watch:{watch.watch_id}", person, kind, decision.as_facts())


async def _log(unit: Unit, scene: Scene, about: str, person: Person, event: str, facts: Mapping[str, str]) -> None:
    await unit.events.add(kind=event, subject=about, actor=person.mail, at=scene.now, details=facts)
