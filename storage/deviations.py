"""Deviations and the numbers they go by."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Row
from sqlalchemy.sql import Select

from domain.contract_right import RightKind, TimeLimit
from domain.deviation import ENDED_STATES, Deviation, DeviationState, Severity
from domain.identifiers import ContractId, DeviationId
from storage.case_models import CounterRow, DeviationRow, EvidenceRow, SightingRow
from storage.rows import Rows, columns_of, due_rows, own_rows, table_of, these

_NOT_OPEN = (DeviationState.DRAFT.value, *sorted(state.value for state in ENDED_STATES))

_AS_JSON = frozenset({"limits", "occurred_days"})

_D = table_of(DeviationRow)
_DEVIATIONS = own_rows(DeviationRow)
_BY_ID = _DEVIATIONS.where(these(_D.c.deviation_id))
_OF_CONTRACTS = _DEVIATIONS.where(these(_D.c.contract_id), _D.c.number.is_not(None))
_DUE = due_rows(DeviationRow, _DEVIATIONS)


class Deviations(Rows):
    """The tenant's deviations as domain values."""

    async def all(self) -> list[Deviation]:
        """Every registered deviation, drafts left out, by number."""
        registered = DeviationRow.number.is_not(None)
        return await self._read(select(DeviationRow).where(registered).order_by(DeviationRow.number))

    async def get(self, deviation_id: str) -> Deviation | None:
        found = await self.by_ids([deviation_id])
        return found.get(DeviationId(deviation_id))

    async def by_ids(self, deviation_ids: Collection[str]) -> dict[DeviationId, Deviation]:
        found = [_deviation(row) for row in await self._fetch_these(_BY_ID, deviation_ids)]
        return {deviation.deviation_id: deviation for deviation in found}

    async def by_number(self, number: str) -> Deviation | None:
        found = await self._read(select(DeviationRow).where(DeviationRow.number == number.upper()))
        return found[0] if found else None

    async def open(self) -> list[Deviation]:
        return await self._read(
            select(DeviationRow).where(DeviationRow.state.not_in(_NOT_OPEN)).order_by(DeviationRow.number),
        )

    async def of_contract(self, contract_id: ContractId) -> list[Deviation]:
        """Every registered deviation of the contract, newest first."""
        return await self._read(
            select(DeviationRow)
            .where(DeviationRow.contract_id == contract_id, DeviationRow.number.is_not(None))
            .order_by(DeviationRow.reported_at.desc()),
        )

    async def of_contracts(self, contract_ids: Collection[ContractId]) -> list[Deviation]:
        """Every registered deviation of these contracts, by number."""
        found = [_deviation(row) for row in await self._fetch_these(_OF_CONTRACTS, contract_ids)]
        return sorted(found, key=lambda row: row.number or "")

    async def due(self, now: datetime, most: int) -> list[Deviation]:
        """Cases whose deadline has come, locked for us until the unit ends."""
        return [_deviation(row) for row in await self._fetch(_DUE, now=now, most=most)]

    async def add(self, deviation: Deviation) -> None:
        await self._insert(DeviationRow, [_columns(deviation)])

    async def save(self, deviation: Deviation) -> Deviation:
        changed = replace(deviation, version=deviation.version + 1)
        await self._save(DeviationRow, [_columns(changed)])
        return changed

    async def drafts_of(self, mail: str, *, since: datetime) -> list[Deviation]:
        """The person's drafts from `since` on, oldest first."""
        return await self._read(
            select(DeviationRow)
            .where(
                DeviationRow.state == DeviationState.DRAFT.value,
                DeviationRow.reported_by == mail,
                DeviationRow.reported_at >= since,
            )
            .order_by(DeviationRow.reported_at, DeviationRow.deviation_id),
        )

    async def forget_draft(self, deviation_id: DeviationId) -> None:
        """Throw a draft away with what it has gathered. What has a number is never forgotten."""
        draft = select(DeviationRow.deviation_id).where(
            DeviationRow.tenant_id == self._tenant_id,
            DeviationRow.deviation_id == deviation_id,
            DeviationRow.number.is_(None),
        )
        for gathered in (EvidenceRow, SightingRow):
            await self._connection.execute(
                delete(gathered).where(
                    gathered.tenant_id == self._tenant_id,
                    gathered.deviation_id.in_(draft.scalar_subquery()),
                ),
            )
        await self._connection.execute(
            delete(DeviationRow).where(
                DeviationRow.tenant_id == self._tenant_id,
                DeviationRow.deviation_id == deviation_id,
                DeviationRow.number.is_(None),
            ),
        )

    async def next_number(self, year: int) -> str:
        """The next AVV-YYYY-NNNN. The counter row is locked until the unit ends, so there are no gaps or twins."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(CounterRow).values(tenant_id=self._tenant_id, name="deviation", year=year, value=1)
        counted = statement.on_conflict_do_update(
            index_elements=["tenant_id", "name", "year"],
            set_={"value": CounterRow.value + 1},
        ).returning(CounterRow.value)
        value = (await self._connection.execute(counted)).scalar_one()
        return f"AVV-{year}-{value:04d}"

    async def _read(self, statement: Select[DeviationRow]) -> list[Deviation]:
        rows = await self._connection.execute(statement.where(DeviationRow.tenant_id == self._tenant_id))
        return [_deviation(row) for row in rows]


def _columns(deviation: Deviation) -> dict[str, Any]:
    return {
        **columns_of(deviation, leave_out=_AS_JSON),
        "limits": [columns_of(limit) for limit in deviation.limits],
        "occurred_days": [day.isoformat() for day in deviation.occurred_days],
    }


def _deviation(row: Row[DeviationRow]) -> Deviation:
    columns = {name: value for name, value in row._mapping.items() if name != "tenant_id"}  # noqa: SLF001 - the row's public mapping
    return Deviation(
        **{
            **columns,
            "severity": Severity(row.severity) if row.severity else None,
            "state": DeviationState(row.state),
            "held_from": DeviationState(row.held_from) if row.held_from else None,
            "candidates": tuple(row.candidates),
            "missing": tuple(row.missing),
            "additions": tuple(row.additions),
            "occurred_days": tuple(date.fromisoformat(day) for day in row.occurred_days),
            "alternatives": tuple(row.alternatives),
            "reasons": tuple(row.reasons),
            "limits": tuple(TimeLimit(**{**limit, "kind": RightKind(limit["kind"])}) for limit in row.limits),
        },
    )
