"""Each job of the clock: one use case for every tenant, tenants in a fair order."""

import random
from dataclasses import dataclass, field
from datetime import datetime

from domain.identifiers import TenantId
from usecases.advance_ladders import advance_ladders
from usecases.deliver_notices import Sent, deliver_notices
from usecases.find_work import Work, find_work
from usecases.plan_contracts import plan_contracts
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class TickReport:
    """What one pass did."""

    at: datetime
    tenants: tuple[TenantId, ...]
    planned: int = 0
    """Contracts planned."""
    advanced: int = 0
    """Follow-ups, watched dates and cases looked at."""
    sent: tuple[Sent, ...] = field(default=())


async def run_once(world: World) -> TickReport:
    """One pass: plan what changed, take the rungs that are due, deliver what may go. Twice does nothing twice."""
    now = world.now()
    work = await find_work(world)
    due = random.sample(sorted(work), len(work))  # fairness between tenants
    planned = advanced = 0
    sent: list[Sent] = []
    for tenant_id in due:
        planned_now = await plan_contracts(world, tenant_id) if Work.PLANNING in work[tenant_id] else 0
        has_steps = planned_now or Work.STEPS in work[tenant_id]
        advanced_now = await advance_ladders(world, tenant_id) if has_steps else 0
        if advanced_now or Work.NOTICES in work[tenant_id]:
            sent += await deliver_notices(world, tenant_id)
        planned, advanced = planned + planned_now, advanced + advanced_now
    return TickReport(at=now, tenants=tuple(due), planned=planned, advanced=advanced, sent=tuple(sent))


async def next_moment(world: World) -> datetime | None:
    """When any tenant has something to do next; None when everything sleeps for ever."""
    return await world.store.next_moment()
