"""Delivery, apart from decision: claim what is due, write the letters, post them, mark each one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from domain.identifiers import TenantId
from domain.letter import Letter
from storage.tenants import Tenant
from storage.unit_of_work import Unit
from usecases.parts.composing import Composing, Outgoing
from usecases.parts.marking import mark, take_due
from usecases.parts.scene import read_scene
from usecases.ports import Outcome
from usecases.world import World

_log = logging.getLogger(__name__)

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
        if claim.letters:
            sent += await _Sender(world, tenant_id).send(claim.letters)
        if not claim.has_more:
            return sent


async def _claim(world: World, tenant_id: TenantId) -> _Claim:
    """Letters that are now ours to send, from one batch of what is due."""
    now = world.now()
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=now, is_local=world.is_local)
        if _is_closed(scene.tenant, now):
            return _Claim(letters=(), has_more=False)
        due, has_more = await take_due(unit, now)
        letters = await Composing(unit, scene, service_url=world.service_url).compose(due)
        ids = [notice_id for outgoing in letters for notice_id in outgoing.letter.notice_ids]
        await unit.notices.claim(ids, owner=world.replica, lease_until=now + LEASE)
        await unit.commit()
    return _Claim(letters=tuple(letters), has_more=has_more)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What became of a message, to be written down."""

    outgoing: Outgoing
    write: Callable[[], Awaitable[None]]


class _Sender:
    """Posts claimed letters, so many at once, and marks each as soon as it has gone."""

    def __init__(self, world: World, tenant_id: TenantId) -> None:
        self._world = world
        self._tenant_id = tenant_id
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._one_at_a_time = asyncio.Lock()
        self._unwritten: list[_Outcome] = []
        self._look: asyncio.Task[bool] | None = None

    async def send(self, letters: Sequence[Outgoing]) -> list[Sent]:
        queues: dict[str, list[Outgoing]] = {}
        for outgoing in letters:
            queues.setdefault(outgoing.letter.recipient.person_id, []).append(outgoing)
        async with self._world.store.open(self._tenant_id) as unit:
            results = await asyncio.gather(*(self._send_in_turn(unit, queue) for queue in queues.values()))
        return [one for several in results for one in several]

    async def _send_in_turn(self, unit: Unit, queue: Sequence[Outgoing]) -> list[Sent]:
        """One person's messages, one after the other."""
        done: list[Sent] = []
        for outgoing in queue:
            try:
                outcome = await self._send_one(unit, outgoing)
            except Exception:  # noqa: BLE001 - the outermost loop of one message: the others still go, and its claim runs out
                _log.exception("message_failed", extra={"notices": list(outgoing.letter.notice_ids)})
                continue
            if outcome is not None:
                done.append(Sent(letter=outgoing.letter, outcome=outcome))
        return done

    async def _send_one(self, unit: Unit, outgoing: Outgoing) -> Outcome | None:
        """What became of it; None when it was given back unsent."""
        async with self._gate:
            if await self._is_stopped():
                await self._write_down(unit, outgoing, partial(self._give_back, unit, outgoing))
                return None
            outcome = await self._world.messenger.deliver(outgoing.address, self._tenant_id, outgoing.letter)
        owner, now = self._world.replica, self._world.now()
        await self._write_down(unit, outgoing, partial(mark, unit, outgoing, outcome, owner=owner, now=now))
        return outcome

    async def _write_down(self, unit: Unit, outgoing: Outgoing, write: Callable[[], Awaitable[None]]) -> None:
        """Keep what became of a message; whoever comes first to the database writes for all who wait by then."""
        self._unwritten.append(_Outcome(outgoing=outgoing, write=write))
        async with self._one_at_a_time:
            await asyncio.sleep(0)  # let everybody come whose message went at the same time
            outcomes, self._unwritten = self._unwritten, []
            if not await _is_written(unit, outcomes) and len(outcomes) > 1:
                # One of them cannot be written. The others shall not fail with it, so each gets its own transaction.
                for one in outcomes:
                    await _is_written(unit, [one])

    async def _is_stopped(self) -> bool:
        """*Stoppa allt* holds at once, also for what has been claimed but not yet posted.

        Whoever asks is answered by a look that began after the question; those who ask together share it.
        """
        if self._look is None:
            self._look = asyncio.create_task(self._look_again())
        return await self._look

    async def _look_again(self) -> bool:
        await asyncio.sleep(0)  # let everybody ask who is about to
        self._look = None
        return await self._world.store.is_stopped(self._tenant_id)

    async def _give_back(self, unit: Unit, outgoing: Outgoing) -> None:
        ids = outgoing.letter.notice_ids
        await unit.notices.give_back(ids, owner=self._world.replica, at=self._world.now())


async def _is_written(unit: Unit, outcomes: Sequence[_Outcome]) -> bool:
    """All of them in one transaction, or none."""
    if not outcomes:
        return True
    try:
        for one in outcomes:
            await one.write()
        await unit.commit()
    except BaseException as error:
        await unit.roll_back()
        if not isinstance(error, Exception):
            raise
        notices = [notice_id for one in outcomes for notice_id in one.outgoing.letter.notice_ids]
        _log.exception("outcome_not_written", extra={"notices": notices})
        return False
    return True


def _is_closed(tenant: Tenant, now: datetime) -> bool:
    is_blocked = tenant.blocked_until is not None and now < tenant.blocked_until
    return tenant.outgoing_stopped_at is not None or is_blocked
