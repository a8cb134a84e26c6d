"""How things stand: the counts the day starts with."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.contract import ContractClass
from domain.deviation import Deviation, Severity
from domain.identifiers import TenantId
from domain.light import Light
from domain.people import Person
from domain.urgency import SOON_DAYS
from usecases.questions.asking import Inquiry, inquiry
from usecases.questions.list_lights import count_lights, read_lights
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The counts for every contract, or for one person's own."""

    as_of: datetime
    is_own: bool
    has_contracts: bool
    contracts_active: int
    followups_due: Mapping[ContractClass | None, int]
    """To be done now: told of, begun, late, or due within a month."""
    followups_late: Mapping[ContractClass | None, int]
    deviations: Mapping[Severity, int]
    deviations_past_deadline: int
    needs_decision: int
    unclassified: int
    without_owner: int
    undelivered: int
    """Messages that did not arrive; for the controller only."""
    is_stopped: bool
    lights: Mapping[Light, Mapping[ContractClass | None, int]]
    """Contracts in force by light and class."""


async def count_status(world: World, tenant_id: TenantId, person: Person) -> Status:
    """The status of what the person may ask about."""
    async with inquiry(world, tenant_id, person) as asked:
        scene, unit = asked.scene, asked.unit
        today = scene.today
        counts = await unit.overview.count(
            today,
            mail=asked.mail,
            has_people_file=scene.roster.has_people_file,
        )
        current = await unit.followups.count_current(today, today + timedelta(days=SOON_DAYS), mail=asked.mail)
        deviations = await _deviations(asked)
        return Status(
            as_of=scene.post.local(scene.now),
            is_own=asked.is_own,
            has_contracts=bool(asked.own) or not asked.is_own,
            contracts_active=counts.active,
            followups_due={row.contract_class: row.open_count for row in current},
            followups_late={row.contract_class: row.late_count for row in current if row.late_count},
            deviations=Counter(row.severity for row in deviations if row.severity),
            deviations_past_deadline=sum(row.deadline_on is not None and row.deadline_on < today for row in deviations),
            needs_decision=await unit.overview.count_needing_decision(mail=asked.mail),
            unclassified=counts.unclassified,
            without_owner=counts.without_owner,
            undelivered=0 if asked.is_own else len(await unit.notices.undelivered()),
            is_stopped=scene.tenant.outgoing_stopped_at is not None,
            lights=count_lights(await read_lights(asked)),
        )


async def _deviations(asked: Inquiry) -> list[Deviation]:
    rows = await asked.unit.deviations.open()
    contracts = await asked.contracts_of({row.contract_id for row in rows if row.contract_id})
    return [row for row in rows if asked.may_see(row, contracts.get(row.contract_id) if row.contract_id else None)]
