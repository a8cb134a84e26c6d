"""How one department stands: its contracts by light, what is late and what is open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.contract import Contract, ContractClass, class_rank
from domain.followup import Followup
from domain.identifiers import ContractId, TenantId
from domain.light import ContractLight, Light
from domain.people import Person
from usecases.questions.asking import Inquiry, inquiry
from usecases.questions.list_deviations import OpenDeviation, by_weight
from usecases.questions.list_lights import count_lights, read_lights
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentStanding:
    """One department, as far as the asker may see it."""

    name: str
    """As the register writes it; several names when the words fit several."""
    as_of: datetime
    today: date
    is_own: bool
    contracts_active: int
    lights: Mapping[Light, Mapping[ContractClass | None, int]]
    red: tuple[tuple[Contract, ContractLight], ...]
    """The most critical first."""
    late: tuple[tuple[Followup, Contract, int], ...]
    """With working days late, the most critical and the latest first."""
    open_cases: tuple[OpenDeviation, ...]
    """Gravest first."""


async def show_department(
    world: World,
    tenant_id: TenantId,
    person: Person,
    words: Sequence[str],
) -> DepartmentStanding | None:
    """The department that the first of these words is in the name of; None when no contract of the asker's is in one."""
    async with inquiry(world, tenant_id, person) as asked:
        contracts = await asked.contracts()
        names = Counter(row.department for row in contracts if row.department)
        fitting = next((found for word in words if (found := _fitting(names, word))), None)
        if fitting is None:
            return None
        theirs = {row.contract_id: row for row in contracts if row.department in fitting}
        lit = [row for row in await read_lights(asked) if row.contract_id in theirs]
        red = [(theirs[row.contract_id], row.light) for row in lit if row.light.light is Light.RED]
        answer = asked.answer(theirs)
        return DepartmentStanding(
            name=", ".join(sorted(fitting)),
            as_of=answer.as_of,
            today=answer.today,
            is_own=answer.is_own,
            contracts_active=len(lit),
            lights=count_lights(lit),
            red=tuple(sorted(red, key=lambda one: (class_rank(one[0].contract_class), one[0].contract_number))),
            late=await _late(asked, theirs),
            open_cases=await _open(asked, theirs),
        )


def _fitting(names: Mapping[str, int], word: str) -> frozenset[str]:
    """*skolan* and *socialförvaltningen* as people say it: the names that begin with the word, else those that hold it."""
    sought = word.casefold()
    beginning = frozenset(name for name in names if name.casefold().startswith(sought))
    return beginning or frozenset(name for name in names if sought in name.casefold())


async def _late(asked: Inquiry, contracts: Mapping[ContractId, Contract]) -> tuple[tuple[Followup, Contract, int], ...]:
    today, calendar = asked.scene.today, asked.scene.calendar
    found = [
        (row, contracts[row.contract_id], calendar.working_days_between(row.due_on, today))
        for row in await asked.unit.followups.late(today, mail=asked.mail)
        if row.contract_id in contracts
    ]
    return tuple(sorted(found, key=lambda one: (class_rank(one[0].contract_class), one[0].due_on)))


async def _open(asked: Inquiry, contracts: Mapping[ContractId, Contract]) -> tuple[OpenDeviation, ...]:
    rows = await asked.unit.deviations.open()
    on = {
        row.deviation_id: contracts[row.contract_id] for row in rows if row.contract_id in contracts and row.contract_id
    }
    found = [
        OpenDeviation(
            deviation=row,
            contract=on[row.deviation_id],
            kind=asked.kind_of(row),
            is_past_deadline=row.deadline_on is not None and row.deadline_on < asked.scene.today,
        )
        for row in rows
        if row.deviation_id in on and asked.may_see(row, on[row.deviation_id])
    ]
    return tuple(sorted(found, key=by_weight))
