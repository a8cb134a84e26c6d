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
    """Who has not answered; in `list_unanswered` for the controller only."""


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


UNANSWERED_FROM = "N2"
"""The third reminder: N0 is the first telling, N1 the next."""


async def list_unanswered(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
) -> Answer[LateFollowup]:
    """Follow-ups that nobody has answered after the third reminder, the most reminded of each class first.

    Who it is stands in the controller's answer only: silence is nobody else's business (domain.md 9.1).
    """
    async with inquiry(world, tenant_id, person) as asked:
        scene = asked.scene
        found = await asked.unit.followups.reminded(UNANSWERED_FROM, mail=asked.mail)
        contracts = await asked.contracts_of(row.contract_id for row in found)
        rows = [
            LateFollowup(
                followup=row,
                contract=contract,
                days_late=scene.calendar.working_days_between(row.due_on, scene.today),
                manager_name=None if asked.is_own or manager is None else manager.name,
            )
            for row in found
            if narrow.keeps(contract := contracts[row.contract_id])
            for manager in [scene.roster.manager_of(contract)]
        ]
        return asked.answer(sorted(rows, key=_by_level))


def _by_level(row: LateFollowup) -> tuple[int, str, str]:
    level = int((row.followup.reminder_level or "N0")[1:])
    return class_rank(row.followup.contract_class), f"{9 - level}", row.followup.due_on.isoformat()
