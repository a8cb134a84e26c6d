"""Follow-ups, their answers, and which of them are due for the clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import and_, case, func, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql import Select

from domain.contract import ContractClass
from domain.followup import OPEN_STATES, Activity, Followup, FollowupState
from domain.identifiers import ContractId, FollowupId
from storage.models import AnswerRow, ContractRow, FollowupRow
from storage.rows import Rows, columns_of, due_rows, own_rows, plain_value, table_of, these

_OPEN = tuple(sorted(state.value for state in OPEN_STATES))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """An answer as it was given, and what became of the deviation it proposed."""

    question_id: str
    kind: str
    value: str | None
    note: str | None
    answered_by: str
    answered_at: datetime
    proposal: str | None = None
    proposal_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentCount:
    """Follow-ups of one class that are to be done now."""

    contract_class: ContractClass | None
    open_count: int
    late_count: int


_F = table_of(FollowupRow)
_FOLLOWUPS = own_rows(FollowupRow, leave_out=frozenset({"undo"}))
_BY_ID = _FOLLOWUPS.where(these(_F.c.followup_id))
_OF_CONTRACTS = _FOLLOWUPS.where(these(_F.c.contract_id)).order_by(_F.c.period_key)
_DUE = due_rows(FollowupRow, _FOLLOWUPS.where(_F.c.state != FollowupState.SUBMITTED.value))
_DUE_FOR_SIGN_OFF = due_rows(FollowupRow, _FOLLOWUPS.where(_F.c.state == FollowupState.SUBMITTED.value))


class Followups(Rows):
    """The tenant's follow-ups as domain values."""

    async def all(self) -> list[Followup]:
        return await self._read(select(FollowupRow).order_by(FollowupRow.due_on, FollowupRow.followup_id))

    async def get(self, followup_id: str) -> Followup | None:
        found = await self.by_ids([followup_id])
        return found.get(FollowupId(followup_id))

    async def by_ids(self, followup_ids: Collection[str]) -> dict[FollowupId, Followup]:
        found = [_followup(row) for row in await self._fetch_these(_BY_ID, followup_ids)]
        return {followup.followup_id: followup for followup in found}

    async def of_contracts(self, contract_ids: Collection[ContractId]) -> dict[ContractId, list[Followup]]:
        """Every follow-up of the contracts, closed ones too, oldest period first."""
        found: dict[ContractId, list[Followup]] = {contract_id: [] for contract_id in contract_ids}
        for row in await self._fetch_these(_OF_CONTRACTS, contract_ids):
            found[row.contract_id].append(_followup(row))
        return found

    async def open(self) -> list[Followup]:
        """Planned or running, not yet handed in."""
        return await self._read(
            select(FollowupRow)
            .where(FollowupRow.state.in_(_OPEN))
            .order_by(FollowupRow.due_on, FollowupRow.followup_id),
        )

    async def late(self, today: date, *, mail: str | None = None) -> list[Followup]:
        """Open past their day, soonest due first; only in contracts the person plays a part in when `mail` is given."""
        statement = select(FollowupRow).where(FollowupRow.state.in_(_OPEN), FollowupRow.due_on < today)
        return await self._read(_of(mail, statement).order_by(FollowupRow.due_on, FollowupRow.followup_id))

    async def reminded(self, level: str, *, mail: str | None = None) -> list[Followup]:
        """Open and unanswered at this reminder level or above (`N0` to `N4`), soonest due first."""
        statement = select(FollowupRow).where(FollowupRow.state.in_(_OPEN), FollowupRow.reminder_level >= level)
        return await self._read(_of(mail, statement).order_by(FollowupRow.due_on, FollowupRow.followup_id))

    async def count_current(self, today: date, soon: date, *, mail: str | None = None) -> list[CurrentCount]:
        """How many there are to do now, by class: told of, begun, or due by `soon`; and how many of them are late."""
        is_late = FollowupRow.due_on < today
        statement = select(
            FollowupRow.contract_class,
            func.count().label("open_count"),
            func.sum(case((is_late, 1), else_=0)).label("late_count"),
        ).where(
            FollowupRow.tenant_id == self._tenant_id,
            FollowupRow.state.in_(_OPEN),
            or_(FollowupRow.state != FollowupState.PLANNED.value, FollowupRow.due_on <= soon),
        )
        rows = await self._connection.execute(_of(mail, statement).group_by(FollowupRow.contract_class))
        return [
            CurrentCount(
                contract_class=ContractClass(row.contract_class) if row.contract_class else None,
                open_count=row.open_count,
                late_count=row.late_count,
            )
            for row in rows
        ]

    async def open_of_person(self, mail: str) -> list[Followup]:
        """Open follow-ups of contracts the person manages, or owns or deputises for while somebody must act."""
        statement = select(FollowupRow).where(FollowupRow.state.in_(_OPEN))
        return await self._read(_of(mail, statement).order_by(FollowupRow.due_on, FollowupRow.followup_id))

    async def awaiting_sign_off(self) -> list[Followup]:
        return await self._read(
            select(FollowupRow).where(FollowupRow.state == FollowupState.SUBMITTED.value).order_by(FollowupRow.due_on),
        )

    async def due(self, now: datetime, most: int, *, await_sign_off: bool = False) -> list[Followup]:
        """Rows whose `next_action_at` has come, locked for us until the unit ends.

        Those handed in that wait for their sign-off have a ladder of their own: only they, or all but they.
        """
        statement = _DUE_FOR_SIGN_OFF if await_sign_off else _DUE
        return [_followup(row) for row in await self._fetch(statement, now=now, most=most)]

    async def add_all(self, followups: Sequence[Followup]) -> None:
        await self._insert_new(FollowupRow, [columns_of(followup) for followup in followups])

    async def save(self, followup: Followup, *, undo: Mapping[str, Any] | None = None) -> Followup:
        """Store a changed follow-up and what `ångra` would put back; any earlier undo is gone."""
        changed = replace(followup, version=followup.version + 1)
        await self._save(FollowupRow, [{**columns_of(changed), "undo": undo}])
        return changed

    async def save_all(self, followups: Iterable[Followup]) -> None:
        """Store many that changed, in one go."""
        changed = [replace(followup, version=followup.version + 1) for followup in followups]
        await self._save(FollowupRow, [{**columns_of(followup), "undo": None} for followup in changed])

    async def undo_of(self, followup_id: str) -> dict[str, Any] | None:
        row = await self._connection.execute(
            select(FollowupRow.undo).where(
                FollowupRow.tenant_id == self._tenant_id, FollowupRow.followup_id == followup_id
            ),
        )
        return row.scalar_one_or_none()

    async def undoable_by(self, mail: str) -> list[tuple[Followup, dict[str, Any]]]:
        """Follow-ups with something that this person could still take back, and what was kept for that."""
        statement = select(FollowupRow).where(
            FollowupRow.tenant_id == self._tenant_id,
            FollowupRow.undo["by"].as_string() == mail,
        )
        rows = await self._connection.execute(statement)
        return [(_followup(row), row.undo) for row in rows]

    async def answers(self, followup_id: str) -> list[StoredAnswer]:
        rows = await self._connection.execute(
            select(AnswerRow)
            .where(AnswerRow.tenant_id == self._tenant_id, AnswerRow.followup_id == followup_id)
            .order_by(AnswerRow.answered_at, AnswerRow.question_id),
        )
        names = StoredAnswer.__dataclass_fields__
        return [StoredAnswer(**{name: row._mapping[name] for name in names}) for row in rows]  # noqa: SLF001 - the row's public mapping

    async def save_answer(self, followup_id: str, answer: StoredAnswer) -> None:
        """Keep an answer; an earlier one to the same question gives way (the event log has it)."""
        columns = {name: plain_value(value) for name, value in columns_of(answer).items()}
        result = await self._connection.execute(
            update(AnswerRow)
            .where(
                AnswerRow.tenant_id == self._tenant_id,
                AnswerRow.followup_id == followup_id,
                AnswerRow.question_id == answer.question_id,
            )
            .values(columns),
        )
        if result.rowcount == 0:
            await self._insert(AnswerRow, [{**columns, "followup_id": followup_id}])

    async def last_submitted(self, contract_id: ContractId) -> Followup | None:
        """The latest handed-in follow-up of a contract."""
        found = await self._read(
            select(FollowupRow)
            .where(FollowupRow.contract_id == contract_id, FollowupRow.submitted_at.is_not(None))
            .order_by(FollowupRow.submitted_at.desc())
            .limit(1),
        )
        return found[0] if found else None

    async def _read(self, statement: Select[FollowupRow]) -> list[Followup]:
        rows = await self._connection.execute(statement.where(FollowupRow.tenant_id == self._tenant_id))
        return [_followup(row) for row in rows]


_Read = TypeVar("_Read", bound=Select[*tuple[Any, ...]])


def _of(mail: str | None, statement: _Read) -> _Read:
    """Only follow-ups of contracts the person owns, manages or deputises for; of all when nobody is named."""
    if mail is None:
        return statement
    mine = or_(ContractRow.manager_mail == mail, ContractRow.owner_mail == mail, ContractRow.deputy_mail == mail)
    join = and_(ContractRow.tenant_id == FollowupRow.tenant_id, ContractRow.contract_id == FollowupRow.contract_id)
    return statement.join(ContractRow, join).where(mine)


def _followup(row: Row[FollowupRow]) -> Followup:
    columns = {name: value for name, value in row._mapping.items() if name not in {"tenant_id", "undo"}}  # noqa: SLF001 - the row's public mapping
    return Followup(
        **{
            **columns,
            "activity": Activity(row.activity),
            "state": FollowupState(row.state),
            "contract_class": ContractClass(row.contract_class) if row.contract_class else None,
            "modules": tuple(row.modules),
        },
    )
