"""How the contracts stand as a whole, counted and picked by the database."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from domain.contract import RenewalKind
from domain.identifiers import ContractId
from domain.watch import WatchKind, WatchState
from storage.models import ContractRow, PersonRow, WatchRow
from storage.rows import Rows

_RUNS_ON = (RenewalKind.AUTOMATIC.value, RenewalKind.OPEN_ENDED.value)
_NEEDS_DECISION = (WatchState.TRIAGE.value, WatchState.LAPSED.value)
_SETTLED = (WatchState.DONE.value, WatchState.DISMISSED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractCounts:
    """Contracts in force, and those of all but the closed that lack something."""

    active: int
    unclassified: int
    without_owner: int
    """Nobody who works here is named as owner, or as manager."""


class Overview(Rows):
    """Questions about all contracts at once; with `mail`, about those the person plays a part in."""

    async def count(self, today: date, *, mail: str | None, has_people_file: bool) -> ContractCounts:
        statement = select(
            _counted(is_active(today)).label("active"),
            _counted(ContractRow.contract_class.is_(None)).label("unclassified"),
            _counted(self._is_vacant(has_people_file=has_people_file)).label("without_owner"),
        ).where(*self._asked(mail))
        row = (await self._connection.execute(statement)).one()
        return ContractCounts(
            active=row.active or 0,
            unclassified=row.unclassified or 0,
            without_owner=row.without_owner or 0,
        )

    async def unclassified(self, *, mail: str | None) -> list[ContractId]:
        """Contracts without a class that are not closed."""
        return await self._ids(ContractRow.contract_class.is_(None), mail)

    async def without_owner(self, *, mail: str | None, has_people_file: bool) -> list[ContractId]:
        """Contracts whose owner or manager is missing or no longer works here, and that are not closed."""
        return await self._ids(self._is_vacant(has_people_file=has_people_file), mail)

    async def ending_by(self, day: date, *, mail: str | None, longest_months: int) -> list[ContractId]:
        """Contracts not closed whose registered period ends by the day, or that renew themselves past it.

        Those with a notice longer than `longest_months` are among them whenever they end.
        """
        ends = or_(
            ContractRow.end_on <= day,
            ContractRow.renewal_kind == RenewalKind.AUTOMATIC.value,
            ContractRow.notice_months > longest_months,
        )
        return await self._ids(and_(ContractRow.end_on.is_not(None), ends), mail)

    async def count_needing_decision(self, *, mail: str | None) -> int:
        """How many watched dates wait for a decision, of contracts that are not closed."""
        join = and_(ContractRow.tenant_id == WatchRow.tenant_id, ContractRow.contract_id == WatchRow.contract_id)
        statement = (
            select(func.count())
            .select_from(WatchRow)
            .join(ContractRow, join)
            .where(*self._asked(mail), WatchRow.state.in_(_NEEDS_DECISION))
        )
        return (await self._connection.execute(statement)).scalar_one()

    async def settled_periods(self) -> frozenset[tuple[ContractId, str]]:
        """Contract and period for which the supplier has been told what it should be told, or need not be."""
        rows = await self._connection.execute(
            select(WatchRow.contract_id, WatchRow.period_key).where(
                WatchRow.tenant_id == self._tenant_id,
                WatchRow.kind == WatchKind.SEND_BY.value,
                WatchRow.state.in_(_SETTLED),
            ),
        )
        return frozenset((ContractId(row.contract_id), row.period_key) for row in rows)

    async def _ids(self, condition: ColumnElement[bool], mail: str | None) -> list[ContractId]:
        statement = select(ContractRow.contract_id).where(*self._asked(mail), condition)
        return [ContractId(row.contract_id) for row in await self._connection.execute(statement)]

    def _asked(self, mail: str | None) -> list[ColumnElement[bool]]:
        asked = [ContractRow.tenant_id == self._tenant_id, ContractRow.closed_at.is_(None)]
        if mail is not None:
            parts = (ContractRow.owner_mail, ContractRow.manager_mail, ContractRow.deputy_mail)
            asked.append(or_(*(part == mail for part in parts)))
        return asked

    def _is_vacant(self, *, has_people_file: bool) -> ColumnElement[bool]:
        owner = self._works_here(ContractRow.owner_mail, has_people_file=has_people_file)
        manager = self._works_here(ContractRow.manager_mail, has_people_file=has_people_file)
        return or_(~owner, ~manager)

    def _works_here(self, mail: InstrumentedAttribute[str | None], *, has_people_file: bool) -> ColumnElement[bool]:
        """The same as `domain.roster`: not left, and listed where there is a list."""
        person = select(PersonRow.person_id).where(
            PersonRow.tenant_id == self._tenant_id,
            PersonRow.mail == func.lower(mail),
            PersonRow.has_left.is_(False),
        )
        return exists(person.where(PersonRow.is_listed) if has_people_file else person)


def is_active(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """The same as `Contract.state_on`, for contracts that are not closed."""
    runs = or_(
        ContractRow.end_on.is_(None),
        ContractRow.end_on >= today,
        ContractRow.renewal_kind.in_(_RUNS_ON),
    )
    return and_(ContractRow.start_on <= today, runs)


def _counted(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))
