"""Watched dates: legal dates, procurement starts, handovers, and the controller's triage list."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Row
from sqlalchemy.sql import Select

from domain.identifiers import ContractId, WatchId
from domain.watch import Watch, WatchKind, WatchState
from storage.models import WatchRow
from storage.rows import Rows, chunks, columns_of, due_rows, own_rows, table_of, these

_NEEDS_DECISION = (WatchState.TRIAGE.value, WatchState.LAPSED.value)

_W = table_of(WatchRow)
_WATCHES = own_rows(WatchRow)
_BY_ID = _WATCHES.where(these(_W.c.watch_id))
_OF_CONTRACTS = _WATCHES.where(these(_W.c.contract_id)).order_by(_W.c.on)
_DUE = due_rows(WatchRow, _WATCHES)


class Watches(Rows):
    """The tenant's watched dates as domain values."""

    async def all(self) -> list[Watch]:
        return await self._read(select(WatchRow).order_by(WatchRow.on, WatchRow.watch_id))

    async def get(self, watch_id: str) -> Watch | None:
        found = await self.by_ids([watch_id])
        return found.get(WatchId(watch_id))

    async def by_ids(self, watch_ids: Collection[str]) -> dict[WatchId, Watch]:
        found = [_watch(row) for row in await self._fetch_these(_BY_ID, watch_ids)]
        return {watch.watch_id: watch for watch in found}

    async def open_of(self, contract_ids: Collection[ContractId], kind: WatchKind) -> list[Watch]:
        """Dates of one kind that are watched on these contracts, soonest first."""
        found: list[Watch] = []
        for some in chunks(sorted(contract_ids)):
            found += await self._read(
                select(WatchRow).where(
                    WatchRow.contract_id.in_(some),
                    WatchRow.kind == kind.value,
                    WatchRow.state == WatchState.OPEN.value,
                ),
            )
        return sorted(found, key=lambda watch: (watch.on, watch.watch_id))

    async def of_contracts(self, contract_ids: Collection[ContractId]) -> dict[ContractId, list[Watch]]:
        found: dict[ContractId, list[Watch]] = {contract_id: [] for contract_id in contract_ids}
        for row in await self._fetch_these(_OF_CONTRACTS, contract_ids):
            found[row.contract_id].append(_watch(row))
        return found

    async def needing_decision(self) -> list[Watch]:
        """What had passed at go-live or ran out since: the controller's list *behöver beslut*."""
        return await self._read(
            select(WatchRow).where(WatchRow.state.in_(_NEEDS_DECISION)).order_by(WatchRow.on, WatchRow.watch_id),
        )

    async def open(self) -> list[Watch]:
        return await self._read(select(WatchRow).where(WatchRow.state == WatchState.OPEN.value).order_by(WatchRow.on))

    async def due(self, now: datetime, most: int) -> list[Watch]:
        """Watches whose next alarm has come, locked for us until the unit ends."""
        return [_watch(row) for row in await self._fetch(_DUE, now=now, most=most)]

    async def add_all(self, watches: Sequence[Watch]) -> None:
        await self._insert_new(WatchRow, [columns_of(watch) for watch in watches])

    async def save(self, watch: Watch) -> Watch:
        changed = replace(watch, version=watch.version + 1)
        await self._save(WatchRow, [columns_of(changed)])
        return changed

    async def save_all(self, watches: Iterable[Watch]) -> None:
        """Store many that changed, in one go."""
        await self._save(WatchRow, [columns_of(replace(watch, version=watch.version + 1)) for watch in watches])

    async def _read(self, statement: Select[WatchRow]) -> list[Watch]:
        rows = await self._connection.execute(statement.where(WatchRow.tenant_id == self._tenant_id))
        return [_watch(row) for row in rows]


def _watch(row: Row[WatchRow]) -> Watch:
    columns = {name: value for name, value in row._mapping.items() if name != "tenant_id"}  # noqa: SLF001 - the row's public mapping
    return Watch(**{**columns, "kind": WatchKind(row.kind), "state": WatchState(row.state)})
