"""What contracts give a right to, as people have registered it."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete
from sqlalchemy.engine import Row

from domain.contract_right import ContractRight, RightKind
from domain.identifiers import ContractId
from storage.case_models import ContractRightRow
from storage.rows import Rows, columns_of, own_rows, table_of, these

_R = table_of(ContractRightRow)
_OF_CONTRACTS = own_rows(ContractRightRow).where(these(_R.c.contract_id)).order_by(_R.c.contract_id, _R.c.kind)


class ContractRights(Rows):
    """The tenant's registered rights."""

    async def of(self, contract_id: ContractId) -> tuple[ContractRight, ...]:
        return (await self.of_contracts([contract_id]))[contract_id]

    async def of_contracts(self, contract_ids: Collection[ContractId]) -> dict[ContractId, tuple[ContractRight, ...]]:
        """The rights of each of the contracts; none where none are registered."""
        found: dict[ContractId, tuple[ContractRight, ...]] = dict.fromkeys(contract_ids, ())
        for row in await self._fetch_these(_OF_CONTRACTS, contract_ids):
            found[row.contract_id] = (*found[row.contract_id], _right(row))
        return found

    async def put(self, contract_id: ContractId, rights: Iterable[ContractRight]) -> None:
        """Let the contract have these rights and no others."""
        await self._connection.execute(
            delete(ContractRightRow).where(
                ContractRightRow.tenant_id == self._tenant_id,
                ContractRightRow.contract_id == contract_id,
            ),
        )
        await self._insert(ContractRightRow, [columns_of(right) for right in rights])


def _right(row: Row[tuple[object, ...]]) -> ContractRight:
    columns = {name: value for name, value in row._mapping.items() if name != "tenant_id"}  # noqa: SLF001 - the row's public mapping
    return ContractRight(**{**columns, "kind": RightKind(row.kind)})
