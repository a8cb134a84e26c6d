"""What each person is in the middle of, and the activities already answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from domain.chat import Chat
from domain.identifiers import PersonId
from storage.models import ChatRow, InboundRow
from storage.rows import Rows, columns_of


class Chats(Rows):
    """One chat a person; a person never seen has an empty one."""

    async def get(self, person_id: PersonId) -> Chat:
        row = (
            await self._connection.execute(
                select(ChatRow).where(ChatRow.tenant_id == self._tenant_id, ChatRow.person_id == person_id),
            )
        ).one_or_none()
        if row is None:
            return Chat()
        return Chat(focus=row.focus, expects=row.expects, listed=tuple(row.listed), more=row.more)

    async def save(self, person_id: PersonId, chat: Chat) -> None:
        await self._connection.execute(
            delete(ChatRow).where(ChatRow.tenant_id == self._tenant_id, ChatRow.person_id == person_id),
        )
        await self._insert(ChatRow, [{"person_id": person_id, **columns_of(chat)}])


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenActivity:
    """An activity that came before. `response` is the invoke answer it was given, once finished."""

    finished_at: datetime | None
    response: Mapping[str, Any] | None


class Inbound(Rows):
    """Which activities have been taken in."""

    async def begin(
        self,
        conversation_id: str,
        activity_id: str,
        *,
        at: datetime,
        stuck_after: float,
    ) -> SeenActivity | None:
        """Take the activity in; None when it is new, else what is known of it.

        One begun more than `stuck_after` seconds ago and never finished died with its process: it is new again.
        """
        key = {"conversation_id": conversation_id[:400], "activity_id": activity_id[:400]}
        if await self._insert_new(InboundRow, [{**key, "started_at": at}]):
            return None
        row = (
            await self._connection.execute(
                select(InboundRow).where(
                    InboundRow.tenant_id == self._tenant_id,
                    InboundRow.conversation_id == key["conversation_id"],
                    InboundRow.activity_id == key["activity_id"],
                ),
            )
        ).one()
        if row.finished_at is None and row.started_at < at - timedelta(seconds=stuck_after):
            await self._restart(key, at)
            return None
        return SeenActivity(finished_at=row.finished_at, response=row.response)

    async def _restart(self, key: Mapping[str, str], at: datetime) -> None:
        await self._connection.execute(
            update(InboundRow)
            .where(
                InboundRow.tenant_id == self._tenant_id,
                InboundRow.conversation_id == key["conversation_id"],
                InboundRow.activity_id == key["activity_id"],
            )
            .values(started_at=at),
        )

    async def finish(
        self, conversation_id: str, activity_id: str, *, at: datetime, response: Mapping[str, Any] | None
    ) -> None:
        await self._connection.execute(
            update(InboundRow)
            .where(
                InboundRow.tenant_id == self._tenant_id,
                InboundRow.conversation_id == conversation_id[:400],
                InboundRow.activity_id == activity_id[:400],
            )
            .values(finished_at=at, response=response),
        )

    async def forget_before(self, before: datetime) -> None:
        """Drop what no client repeats any more."""
        await self._connection.execute(
            delete(InboundRow).where(InboundRow.tenant_id == self._tenant_id, InboundRow.started_at < before),
        )
