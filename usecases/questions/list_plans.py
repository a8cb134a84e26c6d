"""Which of the suppliers' action plans have passed a day without anybody checking what was done."""

from dataclasses import dataclass
from datetime import date

from domain.contract import Contract, class_rank
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.identifiers import TenantId
from domain.people import Person
from usecases.questions.asking import EVERYTHING, Answer, Narrowing, inquiry
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedPlan:
    """An open case whose plan has passed a day unchecked."""

    deviation: Deviation
    contract: Contract | None
    kind: DeviationType | None
    passed_on: date
    """The earliest such day."""
    manager_name: str | None


async def list_passed_plans(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
) -> Answer[PassedPlan]:
    """Action plans that have run out without being verified, by class, the longest ago first."""
    async with inquiry(world, tenant_id, person) as asked:
        passed = await asked.unit.lights.plans_passed(asked.scene.today)
        deviations = await asked.unit.deviations.by_ids(passed)
        contracts = await asked.unit.contracts.by_ids(
            {row.contract_id for row in deviations.values() if row.contract_id}
        )
        rows = [
            PassedPlan(
                deviation=row,
                contract=contract,
                kind=asked.kind_of(row),
                passed_on=passed[row.deviation_id],
                manager_name=manager.name
                if contract and (manager := asked.scene.roster.manager_of(contract))
                else None,
            )
            for row in deviations.values()
            if asked.may_see(row, contract := contracts.get(row.contract_id) if row.contract_id else None)
            and narrow.keeps(contract)
        ]
        return asked.answer(sorted(rows, key=_weight))


def _weight(row: PassedPlan) -> tuple[int, date, str]:
    rank = class_rank(row.contract.contract_class) if row.contract else -1
    return rank, row.passed_on, row.deviation.number or ""
