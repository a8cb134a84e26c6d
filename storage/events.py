"""The append-only log: one event in the same transaction as each change of state."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from uuid6 import uuid7

from domain.identifiers import EventId
from storage.models import EventRow
from storage.rows import Rows, chunks

CLOCK = "clock"
"""The actor of what no person did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. `actor` is a mail address, `clock` or `cli`."""

    event_id: EventId
    at: datetime
    kind: str
    subject: str
    actor: str
    details: Mapping[str, Any]


class Events(Rows):
    """Adds events and reads them in order; there is no way to change one."""

    async def add(
        self, *, kind: str, subject: str, actor: str, at: datetime, details: Mapping[str, Any] | None = None
    ) -> None:
        await self.add_all([new_event(kind=kind, subject=subject, actor=actor, at=at, details=details)])

    async def add_all(self, events: Sequence[Event]) -> None:
        await self._insert(
            EventRow,
            [
                {
                    "event_id": event.event_id,
                    "at": event.at,
                    "kind": event.kind,
                    "subject": event.subject,
                    "actor": event.actor,
                    "details": dict(event.details),
                }
                for event in events
            ],
        )

    async def all(self) -> list[Event]:
        """Every event of the tenant, oldest first."""
        return await self._read(select(EventRow))

    async def about(self, subject: str) -> list[Event]:
        """The history of one thing, oldest first."""
        return await self._read(select(EventRow).where(EventRow.subject == subject))

    async def about_each(self, subjects: Collection[str]) -> dict[str, list[Event]]:
        """The history of each of several things, oldest first."""
        found: dict[str, list[Event]] = {subject: [] for subject in subjects}
        for some in chunks(sorted(subjects)):
            for event in await self._read(select(EventRow).where(EventRow.subject.in_(some))):
                found[event.subject].append(event)
        return found

    async def _read(self, statement: Any) -> list[Event]:  # noqa: ANN401 - a select of EventRow
        statement = statement.where(EventRow.tenant_id == self._tenant_id).order_by(EventRow.at, EventRow.event_id)
        rows = await self._connection.execute(statement)
        return [
            Event(
                event_id=EventId(row.event_id),
                at=row.at,
                kind=row.kind,
                subject=row.subject,
                actor=row.actor,
                details=row.details,
            )
            for row in rows
        ]


def new_event(*, kind: str, subject: str, actor: str, at: datetime, details: Mapping[str, Any] | None = None) -> Event:
    """An event with an id of its own, ready to be added."""
    return Event(
        event_id=EventId(str(uuid7())), at=at, kind=kind, subject=subject, actor=actor, details=dict(details or {})
    )
