"""Contracts and their suppliers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.sql import Select

from domain.contract import Contract, ContractClass, ContractSupplier, Renewal, RenewalKind
from domain.identifiers import ContractId
from storage.models import ContractRow, ContractSupplierRow
from storage.rows import Rows, StaleRow, chunks, columns_of, own_rows, table_of, these

_OF_PLAN = ("plan_version", "plan_from", "planned_for")
"""What planning alone writes: whoever changes a contract may have read it before it was planned."""
_LEFT_OUT = frozenset({"registered"})
"""What only an import asks for; every other read is spared unpacking it."""
_CONTRACTS = select(*(column for column in ContractRow.__table__.columns if column.name not in _LEFT_OUT))

_C, _S = table_of(ContractRow), table_of(ContractSupplierRow)
_BY_ID = own_rows(ContractRow, leave_out=_LEFT_OUT).where(these(_C.c.contract_id))
_OF_SUPPLIER = own_rows(ContractSupplierRow).where(_S.c.org_number == bindparam("org_number"))
_SUPPLIERS = own_rows(ContractSupplierRow).where(these(_S.c.contract_id)).order_by(_S.c.contract_id, _S.c.position)


class Contracts(Rows):
    """The tenant's contracts as domain values, suppliers included."""

    async def all(self) -> list[Contract]:
        """Every contract, by contract number."""
        return await self._read(_CONTRACTS.order_by(ContractRow.contract_number))

    async def get(self, contract_id: ContractId) -> Contract | None:
        found = await self.by_ids([contract_id])
        return found.get(contract_id)

    async def by_ids(self, contract_ids: Collection[ContractId]) -> dict[ContractId, Contract]:
        contracts = await self._with_suppliers(await self._fetch_these(_BY_ID, contract_ids))
        return {contract.contract_id: contract for contract in contracts}

    async def by_number(self, contract_number: str) -> Contract | None:
        found = await self._read(_CONTRACTS.where(ContractRow.contract_number == contract_number))
        return found[0] if found else None

    async def of_person(self, mail: str) -> list[Contract]:
        """Contracts the person owns, manages or is deputy for."""
        mine = or_(ContractRow.owner_mail == mail, ContractRow.manager_mail == mail, ContractRow.deputy_mail == mail)
        return await self._read(_CONTRACTS.where(mine).order_by(ContractRow.contract_number))

    async def ids_of_supplier(self, org_number: str) -> list[ContractId]:
        """The contracts a supplier is party to, alone or among others."""
        rows = await self._fetch(_OF_SUPPLIER, org_number=org_number)
        return list(dict.fromkeys(ContractId(row.contract_id) for row in rows))

    async def needing_planning(self, most: int) -> list[Contract]:
        """Contracts whose plan is older than their dates, class or rules, held until the unit ends.

        One that somebody is changing at this moment is left for the next time: planned now, its change would be
        taken for planned too.
        """
        waiting = _CONTRACTS.where(ContractRow.needs_planning).order_by(ContractRow.contract_id).limit(most)
        return await self._read(waiting.with_for_update(skip_locked=True))

    async def registered(self) -> dict[ContractId, Mapping[str, object]]:
        """What the register last said of every contract."""
        rows = await self._connection.execute(
            select(ContractRow.contract_id, ContractRow.registered).where(ContractRow.tenant_id == self._tenant_id),
        )
        return {ContractId(row.contract_id): row.registered for row in rows}

    async def keep_registered(self, registered: Mapping[ContractId, Mapping[str, object]]) -> None:
        """Keep what the register says of these contracts now. The contracts themselves are not changed by it."""
        if not registered:
            return
        table = table_of(ContractRow)
        which = (table.c.tenant_id == self._tenant_id, table.c.contract_id == bindparam("own_id"))
        said = [{"own_id": contract_id, "registered": dict(fields)} for contract_id, fields in registered.items()]
        await self._connection.execute(update(table).where(*which), said)

    async def add_all(self, contracts: Sequence[Contract]) -> None:
        """Store new contracts; the next tick plans them."""
        await self._insert(ContractRow, [_new_columns(contract) for contract in contracts])
        await self._insert(ContractSupplierRow, [row for contract in contracts for row in _supplier_columns(contract)])

    async def save(self, contract: Contract, *, needs_planning: bool) -> Contract:
        """Store a changed contract; `needs_planning` asks the next tick to plan it anew.

        So does every change of what the plan was made from, whoever makes it.
        """
        columns = _columns(replace(contract, version=contract.version + 1))
        if needs_planning or contract.planned_for not in (None, contract.plan_basis):
            columns["needs_planning"] = True
        result = await self._connection.execute(
            update(ContractRow)
            .where(
                ContractRow.tenant_id == self._tenant_id,
                ContractRow.contract_id == contract.contract_id,
                ContractRow.version == contract.version,
            )
            .values(columns),
        )
        if result.rowcount != 1:
            raise StaleRow(contract.contract_id)
        await self._connection.execute(
            delete(ContractSupplierRow).where(
                ContractSupplierRow.tenant_id == self._tenant_id,
                ContractSupplierRow.contract_id == contract.contract_id,
            ),
        )
        await self._insert(ContractSupplierRow, _supplier_columns(contract))
        return replace(contract, version=contract.version + 1)

    async def save_plans(self, contracts: Sequence[Contract]) -> None:
        """Store what planning found out about contracts: plan version, first day and basis."""
        if not contracts:
            return
        table = table_of(ContractRow)
        which = (table.c.tenant_id == self._tenant_id, table.c.contract_id == bindparam("own_id"))
        found = [
            {"own_id": contract.contract_id, **{name: getattr(contract, name) for name in _OF_PLAN}}
            for contract in contracts
        ]
        await self._connection.execute(update(table).where(*which), found)

    async def mark_planned(self, contract_ids: Sequence[ContractId]) -> None:
        for some in chunks(contract_ids):
            await self._set_needs_planning(value=False, only=some)

    async def mark_for_planning(self, contract_ids: Sequence[ContractId] | None = None) -> None:
        """Ask the next tick to plan these contracts anew, or all of them."""
        if contract_ids is None:
            await self._set_needs_planning(value=True, only=None)
            return
        for some in chunks(contract_ids):
            await self._set_needs_planning(value=True, only=some)

    async def _set_needs_planning(self, *, value: bool, only: Sequence[str] | None) -> None:
        statement = update(ContractRow).where(ContractRow.tenant_id == self._tenant_id).values(needs_planning=value)
        if only is not None:
            statement = statement.where(ContractRow.contract_id.in_(only))
        await self._connection.execute(statement)

    async def _read(self, statement: Select[Any]) -> list[Contract]:
        result = await self._connection.execute(statement.where(ContractRow.tenant_id == self._tenant_id))
        return await self._with_suppliers(result.all())

    async def _with_suppliers(self, rows: Sequence[Row[Any]]) -> list[Contract]:
        suppliers: dict[str, list[ContractSupplier]] = {row.contract_id: [] for row in rows}
        for row in await self._fetch_these(_SUPPLIERS, suppliers.keys()):
            supplier = ContractSupplier(org_number=row.org_number, name=row.name, lot=row.lot)
            suppliers[row.contract_id].append(supplier)
        return [_contract(row, tuple(suppliers[row.contract_id])) for row in rows]


def _new_columns(contract: Contract) -> dict[str, object]:
    plan = {name: getattr(contract, name) for name in _OF_PLAN}
    return {**_columns(contract), **plan, "needs_planning": True, "registered": {}}


def _columns(contract: Contract) -> dict[str, object]:
    return {
        **columns_of(contract, leave_out=frozenset({"suppliers", "renewal", *_OF_PLAN})),
        "renewal_kind": contract.renewal.kind.value,
        "renewal_count": contract.renewal.count,
        "renewal_months": contract.renewal.months,
    }


def _supplier_columns(contract: Contract) -> list[dict[str, object]]:
    return [
        {**columns_of(supplier), "contract_id": contract.contract_id, "position": position}
        for position, supplier in enumerate(contract.suppliers)
    ]


def _contract(row: Row[Any], suppliers: tuple[ContractSupplier, ...]) -> Contract:
    columns = {name: value for name, value in row._mapping.items() if name not in _OWN_SHAPE}  # noqa: SLF001 - the row's public mapping
    return Contract(
        **columns,
        suppliers=suppliers,
        contract_class=ContractClass(row.contract_class) if row.contract_class else None,
        renewal=Renewal(kind=RenewalKind(row.renewal_kind), count=row.renewal_count, months=row.renewal_months),
    )


_OWN_SHAPE = frozenset(
    {"tenant_id", "needs_planning", "contract_class", "renewal_kind", "renewal_count", "renewal_months"},
)
