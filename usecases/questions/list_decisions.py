"""Which dates wait for somebody to decide: passed before the reminders began, or run out with nobody acting."""

from dataclasses import dataclass

from domain.contract import Contract, ContractState, class_rank
from domain.identifiers import TenantId
from domain.people import Person
from domain.watch import Watch
from usecases.questions.asking import EVERYTHING, Answer, Narrowing, inquiry
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingDate:
    """A date that needs a decision."""

    watch: Watch
    contract: Contract


async def list_decisions(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
) -> Answer[WaitingDate]:
    """What needs a decision, to be worked off class by class."""
    async with inquiry(world, tenant_id, person) as asked:
        watches = await asked.unit.watches.needing_decision()
        contracts = await asked.contracts_of(watch.contract_id for watch in watches)
        rows = [
            WaitingDate(watch=watch, contract=contract)
            for watch in watches
            if (contract := contracts.get(watch.contract_id)) is not None
            and contract.state_on(asked.scene.today) is not ContractState.CLOSED
            and narrow.keeps(contract)
        ]
        return asked.answer(sorted(rows, key=_weight))


def _weight(row: WaitingDate) -> tuple[int, str, str]:
    return class_rank(row.contract.contract_class), row.watch.on.isoformat(), row.contract.contract_number
