"""Which contracts lack what the rules need: a class, or somebody who answers for them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.contract import Contract, ContractState, class_rank
from domain.identifiers import TenantId
from domain.people import Person
from domain.roster import Roster
from usecases.questions.asking import EVERYTHING, Answer, Narrowing, inquiry
from usecases.world import World


class Vacancy(StrEnum):
    """Why a part is played by nobody."""

    NAMED_NOBODY = "nobody"
    """The register names nobody."""
    GONE = "gone"
    """Whom the register names no longer works here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VacantContract:
    """A contract whose owner or manager is missing, with who is there."""

    contract: Contract
    state: ContractState
    owner_name: str | None
    manager_name: str | None
    owner_vacancy: Vacancy | None
    manager_vacancy: Vacancy | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclassifiedContract:
    """A contract without a class, with whom to ask about it."""

    contract: Contract
    state: ContractState
    owner_name: str | None


async def list_unclassified(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
) -> Answer[UnclassifiedContract]:
    """Contracts without a class, closed ones left out; those in force first."""
    async with inquiry(world, tenant_id, person) as asked:
        today, roster = asked.scene.today, asked.scene.roster
        rows = [
            UnclassifiedContract(
                contract=contract,
                state=contract.state_on(today),
                owner_name=owner.name if (owner := roster.owner_of(contract)) else None,
            )
            for contract in await asked.picked(await asked.unit.overview.unclassified(mail=asked.mail))
            if narrow.keeps(contract)
        ]
        return asked.answer(sorted(rows, key=lambda row: (_rank(row.state), row.contract.contract_number)))


async def list_without_owner(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
) -> Answer[VacantContract]:
    """Contracts whose owner or manager is missing or no longer works here; those in force first, by class."""
    async with inquiry(world, tenant_id, person) as asked:
        today, roster = asked.scene.today, asked.scene.roster
        vacant = await asked.unit.overview.without_owner(mail=asked.mail, has_people_file=roster.has_people_file)
        rows = [_vacant(row, roster, today) for row in await asked.picked(vacant) if narrow.keeps(row)]
        return asked.answer(sorted(rows, key=_weight))


def _vacant(contract: Contract, roster: Roster, today: date) -> VacantContract:
    owner, manager = roster.owner_of(contract), roster.manager_of(contract)
    return VacantContract(
        contract=contract,
        state=contract.state_on(today),
        owner_name=owner.name if owner else None,
        manager_name=manager.name if manager else None,
        owner_vacancy=_vacancy(owner, contract.owner_mail),
        manager_vacancy=_vacancy(manager, contract.manager_mail),
    )


def _vacancy(person: Person | None, mail: str | None) -> Vacancy | None:
    if person is not None:
        return None
    return Vacancy.GONE if mail else Vacancy.NAMED_NOBODY


def _weight(row: VacantContract) -> tuple[int, int, str]:
    return _rank(row.state), class_rank(row.contract.contract_class), row.contract.contract_number


def _rank(state: ContractState) -> int:
    return (ContractState.ACTIVE, ContractState.UPCOMING, ContractState.EXPIRED, ContractState.CLOSED).index(state)
