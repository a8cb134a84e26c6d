"""What became of a message is written down: sent, again later, perhaps, or never."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.notice import Notice, NoticeState
from storage.events import CLOCK, new_event
from storage.unit_of_work import Unit
from usecases.parts.composing import Outgoing
from usecases.ports import Ambiguous, Delivered, Outcome, TryLater, Undeliverable

BATCH = 200
"""Notices looked at in one go."""
EVIDENCE = timedelta(seconds=60)
"""How long an ambiguous message waits for a sign that it arrived."""
MOST_TRIES = 2
"""An ambiguous message is sent again once; after that a person must look."""


async def mark(unit: Unit, outgoing: Outgoing, outcome: Outcome, *, owner: str, now: datetime) -> None:
    """Settle `owner`'s claim on the notices of one message. Somebody else commits."""
    ids, person_id = outgoing.letter.notice_ids, outgoing.letter.recipient.person_id
    match outcome:
        case Delivered(message_id=message_id, conversation_id=conversation_id):
            await unit.notices.settle(ids, owner=owner, state=NoticeState.SENT, sent_at=now, message_id=message_id)
            changes = _after_delivery(outgoing, conversation_id, now)
            if changes:
                await unit.people.save_route(person_id, **changes)
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


async def take_due(unit: Unit, now: datetime) -> tuple[list[Notice], bool]:
    """Notices to send now, ours until the unit ends, and whether there may be more."""
    due = await unit.notices.due(now, BATCH)
    await _expire_claims(unit, [notice for notice in due if notice.state is NoticeState.SENDING], now)
    return [notice for notice in due if notice.state is not NoticeState.SENDING], len(due) >= BATCH


async def _expire_claims(unit: Unit, claims: Iterable[Notice], now: datetime) -> None:
    """A claim whose lease ran out may have been sent: it is ambiguous, not lost."""
    for notice in claims:
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


def _after_delivery(outgoing: Outgoing, conversation_id: str, now: datetime) -> dict[str, object]:
    """What is new about the way to a person who has just been reached."""
    after: dict[str, object] = {
        "conversation_id": conversation_id,
        "service_url": outgoing.address.service_url,
        "reachability": "reachable",
    }
    if outgoing.has_welcome:
        after["welcomed_at"] = now
    if outgoing.has_digest:
        after["last_digest_on"] = outgoing.letter.today
    return {name: value for name, value in after.items() if getattr(outgoing.route, name) != value}


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
