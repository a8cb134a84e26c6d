"""How the contracts stand by their lights: which are red, and which nobody has looked at in time."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.contract import Contract, ContractClass, class_rank
from domain.due_dates import add_months
from domain.identifiers import ContractId, TenantId
from domain.light import ContractLight, Light
from domain.people import Person
from usecases.parts.lighting import LitContract, read_lighting, seen_by
from usecases.questions.asking import EVERYTHING, Answer, Inquiry, Narrowing, inquiry
from usecases.world import World

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractInLight:
    """A contract with its light, and who answers for it."""

    contract: Contract
    light: ContractLight
    manager_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseenContract:
    """A contract that has not been followed up within a time."""

    contract: Contract
    light: ContractLight
    followed_up_on: date | None
    manager_name: str | None


async def list_lights(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
    *,
    only: Collection[Light] = (),
) -> Answer[ContractInLight]:
    """The contracts in force with these lights (all when none is named), the worst and the most critical first."""
    async with inquiry(world, tenant_id, person) as asked:
        lit = {row.contract_id: row.light for row in await read_lights(asked) if not only or row.light.light in only}
        contracts = [row for row in await asked.picked(lit) if narrow.keeps(row)]
        rows = [
            ContractInLight(
                contract=row,
                light=lit[row.contract_id],
                manager_name=_manager(row, asked),
            )
            for row in contracts
        ]
        return asked.answer(sorted(rows, key=_weight))


async def list_unseen(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
    *,
    months: int = MONTHS_A_YEAR,
) -> Answer[UnseenContract]:
    """The contracts in force that nobody has followed up for so many months, or ever; those never looked at first."""
    async with inquiry(world, tenant_id, person) as asked:
        today, post = asked.scene.today, asked.scene.post
        handed_in = await asked.unit.lights.followed_up()
        seen = {contract_id: post.day_of(at) for contract_id, (at, _) in handed_in.items()}
        since = add_months(today, -months)
        lit = {row.contract_id: row.light for row in await read_lights(asked) if _is_unseen(row, seen, since)}
        rows = [
            UnseenContract(
                contract=row,
                light=lit[row.contract_id],
                followed_up_on=seen.get(row.contract_id),
                manager_name=_manager(row, asked),
            )
            for row in await asked.picked(lit)
            if narrow.keeps(row)
        ]
        return asked.answer(sorted(rows, key=lambda row: (row.followed_up_on or date.min, *_by_class(row.contract))))


async def read_lights(asked: Inquiry) -> list[LitContract]:
    """The lights of the contracts in force that the person may ask about, from what they may see."""
    own = {row.contract_id: row for row in asked.own}
    lighting = await read_lighting(asked.unit, asked.scene, seen_by(asked.person, own, asked.scene))
    return lighting.all(await asked.unit.lights.contracts(asked.scene.today, mail=asked.mail))


def count_lights(rows: Iterable[LitContract]) -> dict[Light, Counter[ContractClass | None]]:
    """How many there are of each light, by class."""
    counts: dict[Light, Counter[ContractClass | None]] = {}
    for row in rows:
        counts.setdefault(row.light.light, Counter())[row.contract_class] += 1
    return counts


def _is_unseen(row: LitContract, seen: Mapping[ContractId, date], since: date) -> bool:
    on = seen.get(row.contract_id)
    return on is None or on < since


def _manager(contract: Contract, asked: Inquiry) -> str | None:
    manager = asked.scene.roster.manager_of(contract)
    return manager.name if manager else None


def _weight(row: ContractInLight) -> tuple[int, int, str]:
    return row.light.light.rank, *_by_class(row.contract)


def _by_class(contract: Contract) -> tuple[int, str]:
    return class_rank(contract.contract_class), contract.contract_number
