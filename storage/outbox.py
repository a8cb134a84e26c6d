"""The outbox: notices waiting to be told, and the claims that keep two senders apart."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql import Select

from domain.identifiers import NoticeId
from domain.notice import HELD, Notice, NoticeKind, NoticeState
from domain.people import ContractRole
from storage.models import NoticeRow
from storage.rows import Rows, chunks, own_rows, table_of, these

WAITING = (NoticeState.PENDING.value, NoticeState.AMBIGUOUS.value)

_N = table_of(NoticeRow)
_MINE = _N.c.tenant_id == bindparam("own_tenant")
_NOTICES = own_rows(NoticeRow)
_BY_ID = _NOTICES.where(these(_N.c.notice_id))
_ABOUT = _NOTICES.where(these(_N.c.subject)).order_by(_N.c.created_at)
_NUDGED = select(_N.c.recipient, _N.c.subject).where(
    _MINE,
    these(_N.c.recipient),
    _N.c.kind == NoticeKind.FOLLOWUP_NUDGE.value,
    _N.c.not_before >= bindparam("since"),
    _N.c.state.in_((*WAITING, NoticeState.SENDING.value, NoticeState.SENT.value)),
)
_DUE = _NOTICES.where(
    _N.c.next_action_at <= bindparam("now"), _N.c.state.in_((*WAITING, NoticeState.SENDING.value))
).with_for_update(skip_locked=True)
_FIRST_DUE = _DUE.order_by(_N.c.next_action_at, _N.c.notice_id).limit(bindparam("most"))
_DUE_FOR = _DUE.where(_N.c.recipient.in_(bindparam("recipients", expanding=True)))
_THESE = these(_N.c.notice_id)
_CLAIM = (
    update(_N)
    .where(_MINE, _THESE)
    .values(
        state=NoticeState.SENDING.value,
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
        next_action_at=bindparam("until"),
        attempt=_N.c.attempt + 1,
    )
)
_OURS = (_MINE, _THESE, _N.c.state == NoticeState.SENDING.value, _N.c.lease_owner == bindparam("own_owner"))
_LET_GO = {"lease_owner": None, "lease_until": None}
_SETTLE = (
    update(_N)
    .where(*_OURS)
    .values(
        **_LET_GO, **{name: bindparam(name) for name in ("state", "next_action_at", "sent_at", "message_id", "reason")}
    )
)
_GIVE_BACK = (
    update(_N)
    .where(*_OURS)
    .values(
        **_LET_GO,
        state=NoticeState.PENDING.value,
        next_action_at=bindparam("next_action_at"),
        attempt=_N.c.attempt - 1,
    )
)


class Outbox(Rows):
    """The tenant's notices."""

    async def all(self) -> list[Notice]:
        return await self._read(select(NoticeRow).order_by(NoticeRow.not_before, NoticeRow.notice_id))

    async def by_ids(self, notice_ids: Collection[str]) -> dict[NoticeId, Notice]:
        found = [_notice(row) for row in await self._fetch_these(_BY_ID, notice_ids)]
        return {notice.notice_id: notice for notice in found}

    async def about(self, subjects: Collection[str]) -> list[Notice]:
        """Every notice about these subjects, oldest first."""
        return [_notice(row) for row in await self._fetch_these(_ABOUT, subjects)]

    async def add_all(self, notices: Sequence[Notice], *, at: datetime) -> int:
        """Queue notices; one that was queued before under the same key is left as it is. How many were new."""
        return await self._insert_new(NoticeRow, [_columns(notice, at) for notice in notices])

    async def due(self, now: datetime, most: int) -> list[Notice]:
        """What to look at now, locked for us until the unit ends: notices to send, and claims nobody came back from.

        Oldest first, and always everything that is due for a person; at least `most`, if there is so much.
        """
        rows = await self._fetch(_FIRST_DUE, now=now, most=most)
        if len(rows) == most:
            rows = await self._fetch(_DUE_FOR, now=now, recipients=sorted({row.recipient for row in rows}))
        return [_notice(row) for row in sorted(rows, key=lambda row: (row.not_before, row.created_at, row.notice_id))]

    async def waiting(self, *, until: datetime) -> list[Notice]:
        """Everything not yet sent whose time comes by `until`."""
        return await self._read(
            select(NoticeRow)
            .where(NoticeRow.state.in_(WAITING), NoticeRow.not_before <= until)
            .order_by(NoticeRow.recipient, NoticeRow.not_before, NoticeRow.notice_id),
        )

    async def claim(self, notice_ids: Sequence[NoticeId], *, owner: str, lease_until: datetime) -> None:
        """Mark as being sent, by us, until the lease runs out; the caller holds the rows by `due`."""
        for some in chunks(notice_ids):
            claimed = {"own_tenant": self._tenant_id, "own_ids": some, "owner": owner, "until": lease_until}
            await self._connection.execute(_CLAIM, claimed)

    async def settle(
        self,
        notice_ids: Sequence[NoticeId],
        *,
        owner: str,
        state: NoticeState,
        next_action_at: datetime | None = None,
        sent_at: datetime | None = None,
        message_id: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Write what became of a claim of ours; a claim that is no longer ours is left alone."""
        for some in chunks(notice_ids):
            settled = {
                "own_tenant": self._tenant_id,
                "own_ids": some,
                "own_owner": owner,
                "state": state.value,
                "next_action_at": next_action_at,
                "sent_at": sent_at,
                "message_id": message_id,
                "reason": reason,
            }
            await self._connection.execute(_SETTLE, settled)

    async def give_back(self, notice_ids: Sequence[NoticeId], *, owner: str, at: datetime) -> None:
        """Let go of a claim of ours that nothing was done with: it waits as before, and does not count as a try."""
        for some in chunks(notice_ids):
            given = {"own_tenant": self._tenant_id, "own_ids": some, "own_owner": owner, "next_action_at": at}
            await self._connection.execute(_GIVE_BACK, given)

    async def close(self, notice_ids: Sequence[NoticeId], state: NoticeState, reason: str) -> None:
        """Close waiting notices that shall not be sent, with the reason."""
        await self._change(notice_ids, state=state.value, next_action_at=None, reason=reason)

    async def hold(self, notice: Notice, *, at: datetime) -> None:
        """Keep a notice back until `release`, also one the clock has not written yet. One on its way is left alone."""
        await self._insert_new(NoticeRow, [_columns(notice, at)])
        await self._connection.execute(
            update(NoticeRow)
            .where(
                NoticeRow.tenant_id == self._tenant_id,
                NoticeRow.notice_id == notice.notice_id,
                NoticeRow.state.in_(WAITING),
            )
            .values(next_action_at=None, reason=HELD),
        )

    async def release(self, notice_ids: Sequence[NoticeId], *, at: datetime) -> None:
        """Let held notices be looked at from this moment on."""
        await self._change(notice_ids, reason=None, next_action_at=at)

    async def nudged_since(self, recipients: Collection[str], since: datetime) -> dict[str, set[str]]:
        """Which follow-ups each person has been nudged about, or is about to be, since a moment."""
        found: dict[str, set[str]] = {mail: set() for mail in recipients}
        for row in await self._fetch_these(_NUDGED, recipients, since=since):
            found[row.recipient].add(row.subject)
        return found

    async def postpone(self, notice_ids: Sequence[NoticeId], until: datetime | None) -> None:
        """Look again at `until`; None holds them until `wake` is called."""
        await self._change(notice_ids, next_action_at=until)

    async def held_back(self, *, until: datetime | None = None) -> list[Notice]:
        """What the controller holds back, by recipient; with `until` only what would have gone by then."""
        statement = select(NoticeRow).where(NoticeRow.state.in_(WAITING), NoticeRow.reason == HELD)
        if until is not None:
            statement = statement.where(NoticeRow.not_before <= until)
        return await self._read(statement.order_by(NoticeRow.recipient, NoticeRow.not_before, NoticeRow.notice_id))

    async def asleep(self, *, until: datetime) -> list[Notice]:
        """What waits with nobody to wake it, such as for people outside the allow-list; nothing held back."""
        return await self._read(
            select(NoticeRow)
            .where(
                NoticeRow.state.in_(WAITING),
                NoticeRow.next_action_at.is_(None),
                or_(NoticeRow.reason.is_(None), NoticeRow.reason != HELD),
                NoticeRow.not_before <= until,
            )
            .order_by(NoticeRow.recipient, NoticeRow.not_before, NoticeRow.notice_id),
        )

    async def wake(self, recipients: Collection[str] | None, at: datetime) -> None:
        """Let held notices be looked at again: for these people, or for everybody."""
        statement = update(NoticeRow).where(
            NoticeRow.tenant_id == self._tenant_id,
            NoticeRow.state.in_(WAITING),
            NoticeRow.next_action_at.is_(None),
            or_(NoticeRow.reason.is_(None), NoticeRow.reason != HELD),
        )
        if recipients is not None:
            statement = statement.where(NoticeRow.recipient.in_(sorted(recipients)))
        await self._connection.execute(statement.values(next_action_at=at))

    async def reclaim(self, notice_id: NoticeId, *, state: NoticeState, next_action_at: datetime | None) -> None:
        """Take a notice back from a sender that never returned."""
        await self._change(
            [notice_id],
            state=state.value,
            next_action_at=next_action_at,
            lease_owner=None,
            lease_until=None,
            reason="lease_expired",
        )

    async def undelivered(self) -> list[Notice]:
        """What somebody must look at: unreachable people and messages of unknown fate."""
        troubled = (NoticeState.UNREACHABLE.value, NoticeState.UNRESOLVED.value)
        return await self._read(
            select(NoticeRow).where(NoticeRow.state.in_(troubled)).order_by(NoticeRow.recipient, NoticeRow.not_before),
        )

    async def count_waiting(self) -> int:
        rows = await self._connection.execute(
            select(NoticeRow.notice_id).where(
                NoticeRow.tenant_id == self._tenant_id,
                or_(NoticeRow.state.in_(WAITING), NoticeRow.state == NoticeState.SENDING.value),
            ),
        )
        return len(rows.all())

    async def _change(self, notice_ids: Sequence[NoticeId], **columns: Any) -> None:  # noqa: ANN401 - columns of the row
        for some in chunks(notice_ids):
            await self._connection.execute(
                update(NoticeRow)
                .where(NoticeRow.tenant_id == self._tenant_id, NoticeRow.notice_id.in_(some))
                .values(columns),
            )

    async def _read(self, statement: Select[NoticeRow]) -> list[Notice]:
        rows = await self._connection.execute(statement.where(NoticeRow.tenant_id == self._tenant_id))
        return [_notice(row) for row in rows]


def _columns(notice: Notice, at: datetime) -> dict[str, object]:
    return {
        "notice_id": notice.notice_id,
        "kind": notice.kind.value,
        "subject": notice.subject,
        "occurrence": notice.occurrence,
        "step": notice.step,
        "role": notice.role.value if notice.role else None,
        "recipient": notice.recipient_mail,
        "state": notice.state.value,
        "not_before": notice.not_before,
        "next_action_at": notice.not_before if notice.state is NoticeState.PENDING else None,
        "attempt": notice.attempt,
        "payload": dict(notice.payload),
        "created_at": at,
    }


def _notice(row: Row[NoticeRow]) -> Notice:
    return Notice(
        notice_id=NoticeId(row.notice_id),
        kind=NoticeKind(row.kind),
        subject=row.subject,
        occurrence=row.occurrence,
        step=row.step,
        role=ContractRole(row.role) if row.role else None,
        recipient_mail=row.recipient,
        state=NoticeState(row.state),
        not_before=row.not_before,
        attempt=row.attempt,
        payload=row.payload,
        sent_at=row.sent_at,
        reason=row.reason,
    )
