"""Delivery, apart from decision: claim what is due, write the letters, post them, mark each one."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.identifiers import TenantId
from domain.letter import Letter
from storage.tenants import Tenant
from usecases.parts.composing import Composing, Outgoing
from usecases.parts.marking import BATCH, expire_claims, mark
from usecases.parts.scene import read_scene
from usecases.ports import Outcome
from usecases.world import World

LEASE = timedelta(seconds=60)
"""How long a claim holds; a sender that has not come back by then is taken for dead."""
AT_ONCE = 20
"""Messages under way at the same time."""


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
        await expire_claims(unit, now)
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
            if await _give_back_if_stopped(world, tenant_id, outgoing):
                continue
            outcome = await world.messenger.deliver(outgoing.address, tenant_id, outgoing.letter)
        async with world.store.open(tenant_id) as unit:
            await mark(unit, outgoing, outcome, owner=world.replica, now=world.now())
            await unit.commit()
        done.append(Sent(letter=outgoing.letter, outcome=outcome))
    return done


async def _give_back_if_stopped(world: World, tenant_id: TenantId, outgoing: Outgoing) -> bool:
    """*Stoppa allt* holds at once, also for what has been claimed but not yet posted."""
    async with world.store.read(tenant_id) as unit:
        tenant = await unit.tenant.get()
    if tenant is None or tenant.outgoing_stopped_at is None:
        return False
    async with world.store.open(tenant_id) as unit:
        await unit.notices.give_back(outgoing.letter.notice_ids, owner=world.replica, at=world.now())
        await unit.commit()
    return True


def _is_closed(tenant: Tenant, now: datetime) -> bool:
    is_blocked = tenant.blocked_until is not None and now < tenant.blocked_until
    return tenant.outgoing_stopped_at is not None or is_blocked
