"""Which follow-ups have passed their day."""

from dataclasses import dataclass

from domain.contract import Contract, class_rank
from domain.followup import Followup
from domain.identifiers import TenantId
from domain.people import Person
from usecases.questions.asking import EVERYTHING, Answer, Narrowing, inquiry
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class LateFollowup:
    """An open follow-up past its day."""

    followup: Followup
    contract: Contract
    days_late: int
    """Working days."""
    manager_name: str | None


async def list_late(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
) -> Answer[LateFollowup]:
    """The late follow-ups the person may ask about: by class, and the latest of each class first."""
    async with inquiry(world, tenant_id, person) as asked:
        scene = asked.scene
        late = await asked.unit.followups.late(scene.today, mail=asked.mail)
        contracts = await asked.contracts_of(row.contract_id for row in late)
        late.sort(key=lambda row: (class_rank(row.contract_class), row.due_on, row.followup_id))
        return asked.answer(
            LateFollowup(
                followup=row,
                contract=contract,
                days_late=scene.calendar.working_days_between(row.due_on, scene.today),
                manager_name=manager.name if (manager := scene.roster.manager_of(contract)) else None,
            )
            for row in late
            if narrow.keeps(contract := contracts[row.contract_id])
        )
