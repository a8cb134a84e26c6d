"""Delivery, apart from decision: claim what is due, write the letters, post them, mark each one."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.identifiers import TenantId
from domain.letter import Letter
from domain.notice import NoticeState
from storage.events import CLOCK, new_event
from storage.tenants import Tenant
from storage.unit_of_work import Unit
from usecases.parts.composing import Composing, Outgoing
from usecases.parts.scene import read_scene
from usecases.ports import Ambiguous, Delivered, Outcome, TryLater, Undeliverable
from usecases.world import World

BATCH = 200
"""Notices claimed in one go."""
LEASE = timedelta(seconds=60)
"""How long a claim holds; a sender that has not come back by then is taken for dead."""
EVIDENCE = timedelta(seconds=60)
"""How long an ambiguous message waits for a sign that it arrived."""
AT_ONCE = 20
"""Messages under way at the same time."""
MOST_TRIES = 2
"""An ambiguous message is sent again once; after that a person must look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One message and what became of it."""

    letter: Letter
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    letters: tuple[Outgoing, ...]
    has_more: bool


async def deliver_notices(world: World, tenant_id: TenantId) -> list[Sent]:
    """Send everything of a tenant that may go now. Safe to run in several processes at once."""
    sent: list[Sent] = []
    while True:
        claim = await _claim(world, tenant_id)
        gate = asyncio.Semaphore(AT_ONCE)
        queues: dict[str, list[Outgoing]] = {}
        for outgoing in claim.letters:
            queues.setdefault(outgoing.letter.recipient.person_id, []).append(outgoing)
        results = await asyncio.gather(*(_send_in_turn(world, tenant_id, queue, gate) for queue in queues.values()))
        sent += [one for several in results for one in several]
        if not claim.has_more:
            return sent


async def _claim(world: World, tenant_id: TenantId) -> _Claim:
    """Letters that are now ours to send, from one batch of what is due."""
    now = world.now()
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=now, is_local=world.is_local)
        if _is_closed(scene.tenant, now):
            return _Claim(letters=(), has_more=False)
        await _expire(unit, now)
        due = await unit.notices.due(now, BATCH)
        letters = await Composing(unit, scene, service_url=world.service_url).compose(due)
        ids = [notice_id for outgoing in letters for notice_id in outgoing.letter.notice_ids]
        await unit.notices.claim(ids, owner=world.replica, lease_until=now + LEASE)
        await unit.commit()
    return _Claim(letters=tuple(letters), has_more=len(due) == BATCH)


async def _send_in_turn(
    world: World,
    tenant_id: TenantId,
    queue: list[Outgoing],
    gate: asyncio.Semaphore,
) -> list[Sent]:
    """One person's messages, one after the other."""
    done: list[Sent] = []
    for outgoing in queue:
        async with gate:
            outcome = await world.messenger.deliver(outgoing.address, tenant_id, outgoing.letter)
        async with world.store.open(tenant_id) as unit:
            await _mark(unit, world, outgoing, outcome)
            await unit.commit()
        done.append(Sent(letter=outgoing.letter, outcome=outcome))
    return done


async def _mark(unit: Unit, world: World, outgoing: Outgoing, outcome: Outcome) -> None:
    now, ids = world.now(), outgoing.letter.notice_ids
    person_id = outgoing.letter.recipient.person_id
    owner = world.replica
    match outcome:
        case Delivered(message_id=message_id, conversation_id=conversation_id):
            await unit.notices.settle(ids, owner=owner, state=NoticeState.SENT, sent_at=now, message_id=message_id)
            await unit.people.save_route(person_id, **_after_delivery(outgoing, conversation_id, now))
            await _log(unit, outgoing, "notice.sent", now)
        case TryLater(after_seconds=seconds, is_throttled=is_throttled, reason=reason):
            again = now + timedelta(seconds=max(1.0, seconds))
            await unit.notices.settle(ids, owner=owner, state=NoticeState.PENDING, next_action_at=again, reason=reason)
            if is_throttled:
                await unit.tenant.block_until(again)
        case Ambiguous(reason=reason):
            await _mark_ambiguous(unit, outgoing, owner, now, reason)
        case Undeliverable(reason=reason, forget_conversation=True) if outgoing.address.conversation_id:
            await unit.people.save_route(person_id, conversation_id=None)
            await unit.notices.settle(ids, owner=owner, state=NoticeState.PENDING, next_action_at=now, reason=reason)
        case Undeliverable(reason=reason):
            await unit.notices.settle(ids, owner=owner, state=NoticeState.UNREACHABLE, reason=reason)
            await unit.people.save_route(person_id, reachability=_reachability(reason))
            await _log(unit, outgoing, "notice.unreachable", now, reason=reason)


async def _mark_ambiguous(unit: Unit, outgoing: Outgoing, owner: str, now: datetime, reason: str) -> None:
    """Perhaps it arrived: wait for evidence, send once more, then leave it to a person."""
    ids = outgoing.letter.notice_ids
    if outgoing.attempt + 1 >= MOST_TRIES:
        await unit.notices.settle(ids, owner=owner, state=NoticeState.UNRESOLVED, reason=reason)
        await _log(unit, outgoing, "notice.unresolved", now, reason=reason)
        return
    again = now + EVIDENCE
    await unit.notices.settle(ids, owner=owner, state=NoticeState.AMBIGUOUS, next_action_at=again, reason=reason)
    await _log(unit, outgoing, "notice.ambiguous", now, reason=reason)


async def _expire(unit: Unit, now: datetime) -> None:
    """A claim whose lease ran out may have been sent: it is ambiguous, not lost."""
    for notice in await unit.notices.expired_claims(now, BATCH):
        is_last = notice.attempt >= MOST_TRIES
        state = NoticeState.UNRESOLVED if is_last else NoticeState.AMBIGUOUS
        await unit.notices.reclaim(notice.notice_id, state=state, next_action_at=None if is_last else now + EVIDENCE)
        await unit.events.add(
            kind=f"notice.{state.value}",
            subject=notice.subject,
            actor=CLOCK,
            at=now,
            details={"notice_id": notice.notice_id, "reason": "lease_expired"},
        )


def _is_closed(tenant: Tenant, now: datetime) -> bool:
    is_blocked = tenant.blocked_until is not None and now < tenant.blocked_until
    return tenant.outgoing_stopped_at is not None or is_blocked


def _after_delivery(outgoing: Outgoing, conversation_id: str, now: datetime) -> dict[str, object]:
    changes: dict[str, object] = {
        "conversation_id": conversation_id,
        "service_url": outgoing.address.service_url,
        "reachability": "reachable",
    }
    if outgoing.has_welcome:
        changes["welcomed_at"] = now
    if outgoing.has_digest:
        changes["last_digest_on"] = outgoing.letter.today
    return changes


def _reachability(reason: str) -> str:
    return "blocked" if "block" in reason.lower() else "not_installed"


async def _log(unit: Unit, outgoing: Outgoing, kind: str, now: datetime, **details: str) -> None:
    mail = outgoing.letter.recipient.mail
    await unit.events.add_all(
        [
            new_event(
                kind=kind,
                subject=f"notice:{notice_id}",
                actor=CLOCK,
                at=now,
                details={"recipient": mail, **details},
            )
            for notice_id in outgoing.letter.notice_ids
        ],
    )
