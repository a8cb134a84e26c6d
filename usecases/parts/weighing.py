"""What a deviation leads to beside itself, when it has come or changed: sums, steps, and suppliers that are red twice."""

from collections.abc import Iterable, Mapping

from domain.contract import Contract
from domain.deviation import Deviation
from domain.identifiers import ContractId
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene
from usecases.parts.summing import Summing
from usecases.parts.triggering import propose_step


async def weigh(unit: Unit, scene: Scene, case: Deviation, contract: Contract | None) -> Deviation:
    """Look at a case that has just been registered or moved, among its like; the case as it is afterwards.

    Somebody else commits.
    """
    if contract is None:
        return case
    rows = await unit.deviations.of_contracts([contract.contract_id])
    case = await propose_step(unit, scene, case, contract, rows)
    await _sum(unit, scene, contract, rows, {case.type} if case.type else set())
    return case


async def weigh_again(
    unit: Unit,
    scene: Scene,
    looked_at: Iterable[Deviation],
    contracts: Mapping[ContractId, Contract],
) -> None:
    """The same for cases the clock has looked at: each contract once, as its rows are by now."""
    ids: dict[ContractId, set[str]] = {}
    for case in looked_at:
        if case.contract_id is not None and case.contract_id in contracts and case.number is not None:
            ids.setdefault(case.contract_id, set()).add(case.deviation_id)
    for contract_id, case_ids in ids.items():
        contract = contracts[contract_id]
        rows = await unit.deviations.of_contracts([contract_id])
        for case in rows:
            if case.deviation_id in case_ids:
                kept = await propose_step(unit, scene, case, contract, rows)
                rows = [kept if row.deviation_id == kept.deviation_id else row for row in rows]
        await _sum(unit, scene, contract, rows, {row.type for row in rows if row.deviation_id in case_ids and row.type})


async def _sum(unit: Unit, scene: Scene, contract: Contract, rows: list[Deviation], types: set[str]) -> None:
    summing = Summing(unit, scene)
    await summing.on_contract(contract, rows, sorted(types))
    await summing.at_supplier(contract, sorted(types))
