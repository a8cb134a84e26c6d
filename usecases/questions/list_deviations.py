"""Which deviations are open."""

from dataclasses import dataclass

from domain.contract import Contract
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.identifiers import TenantId
from domain.people import Person
from usecases.questions.asking import EVERYTHING, Answer, Narrowing, inquiry
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeviation:
    """An open case the asker may see."""

    deviation: Deviation
    contract: Contract | None
    kind: DeviationType | None
    is_past_deadline: bool


async def list_deviations(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
) -> Answer[OpenDeviation]:
    """The open deviations the person may see, gravest first and then by deadline.

    Restricted types are shown to the named few, also where the contract is not theirs; to nobody else at all.
    """
    async with inquiry(world, tenant_id, person) as asked:
        deviations = await asked.unit.deviations.open()
        ids = {row.contract_id for row in deviations if row.contract_id}
        contracts = await asked.unit.contracts.by_ids(ids)
        rows = [
            OpenDeviation(
                deviation=row,
                contract=contract,
                kind=asked.kind_of(row),
                is_past_deadline=row.deadline_on is not None and row.deadline_on < asked.scene.today,
            )
            for row in deviations
            if asked.may_see(row, contract := contracts.get(row.contract_id) if row.contract_id else None)
            and narrow.keeps(contract)
        ]
        return asked.answer(sorted(rows, key=by_weight))


def by_weight(row: OpenDeviation) -> tuple[int, str, str]:
    """Gravest first, then by deadline and number."""
    deviation = row.deviation
    rank = deviation.severity.rank if deviation.severity else -1
    deadline = deviation.deadline_on.isoformat() if deviation.deadline_on else "9999"
    return -rank, deadline, deviation.number or ""
