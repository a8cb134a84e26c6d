"""*Stoppa allt* and *starta*: every outgoing message waits from this moment, and goes again without a flood."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.identifiers import TenantId
from domain.notice import HELD, Notice, NoticeKind
from domain.people import Person
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.controls.steering import refuse_unless_controller
from usecases.controls.waking import wake_in_daytime
from usecases.parts.letters import letters_for, sort_notices, subjects_of
from usecases.parts.scene import Scene, read_scene
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Who stopped everything, and when (local time)."""

    by_name: str
    at: datetime
    waiting_count: int
    was_already: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What became of the messages that waited; local times."""

    at: datetime
    stopped_since: datetime | None
    dropped_count: int
    remaining_count: int
    """Messages, not matters: one digest a person however much it holds."""
    next_at: datetime | None
    was_already: bool


async def stop_sending(world: World, tenant_id: TenantId, person: Person) -> Stopped:
    """Stop every outgoing message at once, also those claimed but not yet posted. Who writes still gets an answer."""
    refuse_unless_controller(person)
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        tenant = scene.tenant
        was_already = tenant.outgoing_stopped_at is not None
        if not was_already:
            tenant = replace(tenant, outgoing_stopped_at=scene.now, outgoing_stopped_by=person.mail)
            await unit.tenant.save(tenant)
            await unit.events.add(kind="tenant.outgoing_stopped", subject="tenant", actor=person.mail, at=scene.now)
            await unit.commit()
        waiting = await unit.notices.count_waiting()
    by = scene.roster.people.get(tenant.outgoing_stopped_by or "")
    return Stopped(
        by_name=by.name if by else tenant.outgoing_stopped_by or "",
        at=scene.post.local(tenant.outgoing_stopped_at or scene.now),
        waiting_count=waiting,
        was_already=was_already,
    )


async def start_sending(world: World, tenant_id: TenantId, person: Person) -> Started:
    """Let messages go again. What is no longer true is dropped now; the rest is one digest a person, by day."""
    refuse_unless_controller(person)
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        tenant = scene.tenant
        local = scene.post.local
        if tenant.outgoing_stopped_at is None:
            next_at = await unit.next_moment_of_notices()
            return Started(
                at=local(scene.now),
                stopped_since=None,
                dropped_count=0,
                remaining_count=0,
                next_at=local(next_at) if next_at else None,
                was_already=True,
            )
        await unit.tenant.save(replace(tenant, outgoing_stopped_at=None, outgoing_stopped_by=None))
        dropped, remaining, woken_at = await _resume(unit, scene, person)
        await unit.events.add(
            kind="tenant.outgoing_started",
            subject="tenant",
            actor=person.mail,
            at=scene.now,
            details={"dropped": dropped, "remaining": remaining},
        )
        next_at = woken_at or await unit.next_moment_of_notices()
        await unit.commit()
    return Started(
        at=local(scene.now),
        stopped_since=local(tenant.outgoing_stopped_at),
        dropped_count=dropped,
        remaining_count=remaining,
        next_at=local(next_at) if next_at else None,
        was_already=False,
    )


async def _resume(unit: Unit, scene: Scene, person: Person) -> tuple[int, int, datetime | None]:
    """Drop what has gone stale and wake the rest: notices dropped, messages left, and when the first of them goes."""
    waiting = [one for one in await unit.notices.waiting(until=scene.now) if one.reason != HELD]
    subjects = await subjects_of(unit, waiting)
    dropped, remaining = 0, 0
    kept: list[Notice] = []
    for mail, theirs in _by_recipient(waiting).items():
        sorted_ = sort_notices(theirs, subjects, scene, scene.today)
        for notice, state, reason in sorted_.closed:
            await unit.notices.close([notice.notice_id], state, reason)
            event = new_event(
                kind=f"notice.{state.value}",
                subject=notice.subject,
                actor=person.mail,
                at=scene.now,
                details={"notice_id": notice.notice_id, "reason": reason},
            )
            await unit.events.add_all([event])
        dropped += len(sorted_.closed)
        kept += [notice for notice, _ in sorted_.items]
        recipient = scene.roster.living(mail)
        if recipient is not None and scene.may_receive(recipient):
            told = [item for item in sorted_.items if item[0].kind is not NoticeKind.WELCOME]
            remaining += len(letters_for(recipient, told, scene.today))
    return dropped, remaining, await wake_in_daytime(unit, scene, kept)


def _by_recipient(notices: Sequence[Notice]) -> dict[str, list[Notice]]:
    found: dict[str, list[Notice]] = defaultdict(list)
    for notice in sorted(notices, key=lambda one: (one.not_before, one.notice_id)):
        found[notice.recipient_mail].append(notice)
    return found
