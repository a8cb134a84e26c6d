"""What is kept so that an answer can be taken back the same day, and how it is put back."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from domain.followup import Followup, FollowupState
from domain.notice import Notice, NoticeState
from domain.people import Person
from domain.watch import WatchState
from storage.unit_of_work import Unit

_MOMENTS = frozenset({"next_action_at", "submitted_at", "accepted_at", "closed_at"})
_DAYS = frozenset({"snoozed_until"})
_KEPT = frozenset(
    {
        *_MOMENTS,
        *_DAYS,
        "state",
        "rungs_done",
        "reminder_level",
        "snooze_count",
        "is_paused",
        "submitted_by",
        "closed_reason",
    },
)
"""Not `round`: a reminder that sounds again after an undone answer must be a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWatch:
    """A watched date as it was before."""

    watch_id: str
    state: WatchState
    wakes_at: datetime | None

    def as_json(self) -> dict[str, str | None]:
        wakes = self.wakes_at.isoformat() if self.wakes_at else None
        return {"watch_id": self.watch_id, "state": self.state.value, "wakes_at": wakes}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was done, by whom and when, and the follow-up's values before."""

    act: str
    by: str
    at: datetime
    version: int
    """The row version right after the act; any other says that something has happened since."""
    before: Mapping[str, Any]
    notices: tuple[str, ...] = ()
    """Notices the act queued; those still waiting are closed."""
    manager_mail: str | None = None
    """The manager before, where the act handed the contract over."""
    deputy_mail: str | None = None
    contract_version: int | None = None
    watches: tuple[KeptWatch, ...] = ()
    """The dates the act settled."""

    def as_json(self) -> dict[str, Any]:
        """As it is stored beside the follow-up."""
        values = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        return {**values, "watches": [watch.as_json() for watch in self.watches]}


def kept(stored: Mapping[str, Any]) -> Kept:
    """What `as_json` gave."""
    return Kept(
        **{
            **stored,
            "at": datetime.fromisoformat(stored["at"]),
            "notices": tuple(stored["notices"]),
            "watches": tuple(_kept_watch(watch) for watch in stored["watches"]),
        },
    )


def keep(act: str, before: Followup, person: Person, at: datetime, notices: Iterable[Notice] = ()) -> Kept:
    """What to keep when `person` does `act` to the follow-up as it is `before` it is saved."""
    return Kept(
        act=act,
        by=person.mail,
        at=at,
        version=before.version + 1,
        before={name: _plain(getattr(before, name)) for name in sorted(_KEPT)},
        notices=tuple(notice.notice_id for notice in notices),
    )


def put_back(followup: Followup, undo: Kept) -> Followup:
    """The follow-up with its values from before."""
    values = {name: _value(name, undo.before.get(name)) for name in _KEPT}
    return replace(followup, **values)


async def close_waiting(unit: Unit, notice_ids: Collection[str]) -> None:
    """Close those of the notices that have not been told yet."""
    waiting = [
        notice.notice_id
        for notice in (await unit.notices.by_ids(notice_ids)).values()
        if notice.state is NoticeState.PENDING
    ]
    await unit.notices.close(waiting, NoticeState.NO_LONGER_NEEDED, "undone")


def _kept_watch(stored: Mapping[str, Any]) -> KeptWatch:
    wakes = stored["wakes_at"]
    return KeptWatch(
        watch_id=stored["watch_id"],
        state=WatchState(stored["state"]),
        wakes_at=datetime.fromisoformat(wakes) if wakes else None,
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, FollowupState):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _value(name: str, stored: Any) -> Any:  # noqa: ANN401 - a column's own type
    if stored is None:
        return None
    if name in _MOMENTS:
        return datetime.fromisoformat(stored)
    if name in _DAYS:
        return date.fromisoformat(stored)
    return FollowupState(stored) if name == "state" else stored
