"""Which deviations are open, and which there have been."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.contract import Contract
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.identifiers import TenantId
from domain.people import Person
from domain.severity import day_of
from usecases.questions.asking import EVERYTHING, Answer, Inquiry, Narrowing, inquiry
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeviation:
    """A case the asker may see, open unless all were asked for."""

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
        rows = await _seen(asked, await asked.unit.deviations.open(), narrow)
        return asked.answer(sorted(rows, key=by_weight))


async def list_all_deviations(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
    *,
    since: date | None = None,
    until: date | None = None,
) -> Answer[OpenDeviation]:
    """Every deviation the person may see that happened within the days, also closed ones; the latest first."""
    async with inquiry(world, tenant_id, person) as asked:
        rows = [
            row
            for row in await asked.unit.deviations.all()
            if (since is None or since <= day_of(row)) and (until is None or day_of(row) <= until)
        ]
        seen = await _seen(asked, rows, narrow)
        return asked.answer(sorted(seen, key=lambda one: (day_of(one.deviation), one.deviation.number), reverse=True))


async def _seen(asked: Inquiry, deviations: Sequence[Deviation], narrow: Narrowing) -> list[OpenDeviation]:
    ids = {row.contract_id for row in deviations if row.contract_id}
    contracts = await asked.unit.contracts.by_ids(ids)
    return [
        OpenDeviation(
            deviation=row,
            contract=contract,
            kind=asked.kind_of(row),
            is_past_deadline=row.is_open and row.deadline_on is not None and row.deadline_on < asked.scene.today,
        )
        for row in deviations
        if asked.may_see(row, contract := contracts.get(row.contract_id) if row.contract_id else None)
        and narrow.keeps(contract)
    ]


def by_weight(row: OpenDeviation) -> tuple[int, str, str]:
    """Gravest first, then by deadline and number."""
    deviation = row.deviation
    rank = deviation.severity.rank if deviation.severity else -1
    deadline = deviation.deadline_on.isoformat() if deviation.deadline_on else "9999"
    return -rank, deadline, deviation.number or ""
