"""What every question has in common: who asks, whose contracts they may see, and as of when."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from domain.contract import Contract, ContractClass
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.identifiers import ContractId, TenantId
from domain.people import ContractRole, Person
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene, read_scene
from usecases.world import World

_OWN = frozenset({ContractRole.OWNER, ContractRole.MANAGER, ContractRole.DEPUTY})
RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """What a question is narrowed to; empty means everything the asker may see."""

    contract_class: ContractClass | None = None
    about: str | None = None
    """Words that must all stand in the contract's number, title, area, department or suppliers."""

    def keeps(self, contract: Contract | None) -> bool:
        """Whether a row about this contract belongs to the answer."""
        if self.contract_class is not None and (contract is None or contract.contract_class != self.contract_class):
            return False
        return self.about is None or (contract is not None and holds_words(contract, self.about))


EVERYTHING = Narrowing()


def holds_words(contract: Contract, words: str) -> bool:
    """Whether every one of the words stands somewhere in what the contract is called."""
    about = (
        contract.contract_number,
        contract.title,
        contract.area or "",
        contract.department or "",
        contract.supplier_names,
    )
    whole = " ".join(about).casefold()
    return all(word in whole for word in words.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Generic[RowT]):
    """Every row that was asked for, and what the answer stands on."""

    rows: tuple[RowT, ...]
    as_of: datetime
    """Local time of the reading."""
    today: date
    is_own: bool
    """Only the asker's own contracts were looked at; the controller sees all."""
    has_contracts: bool
    """Whether the asker has any contract to ask about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One person's question in one reading unit."""

    unit: Unit
    scene: Scene
    person: Person
    own: tuple[Contract, ...]
    """The contracts they own, manage or deputise for; not read for a controller, who sees all."""

    @property
    def is_own(self) -> bool:
        return not self.person.is_controller

    @property
    def mail(self) -> str | None:
        """Whose contracts to look among; None for everybody's."""
        return self.person.mail if self.is_own else None

    async def contracts(self) -> list[Contract]:
        """Every contract the asker may ask about, by number."""
        return list(self.own) if self.is_own else await self.unit.contracts.all()

    async def picked(self, contract_ids: Iterable[ContractId]) -> list[Contract]:
        """The contracts with these ids, which the asker has been found to be allowed, by number."""
        found = await self.contracts_of(contract_ids)
        return sorted(found.values(), key=lambda row: row.contract_number)

    async def contracts_of(self, contract_ids: Iterable[ContractId]) -> dict[ContractId, Contract]:
        """Those of the contracts that the asker may ask about."""
        if self.is_own:
            wanted = set(contract_ids)
            return {row.contract_id: row for row in self.own if row.contract_id in wanted}
        return await self.unit.contracts.by_ids(set(contract_ids))

    def kind_of(self, deviation: Deviation) -> DeviationType | None:
        return self.scene.in_force.deviation_types.get(deviation.type or "")

    def may_see(self, deviation: Deviation, contract: Contract | None) -> bool:
        """Whether the case may be shown to the asker at all: restricted types only to the named few (domain.md 7.2)."""
        parts = self.scene.roster.plays(self.person, contract) if contract else frozenset()
        kind = self.kind_of(deviation)
        if kind is not None and kind.is_restricted:
            return kind.may_be_seen_by(parts, self.person.roles)
        return self.person.is_controller or not _OWN.isdisjoint(parts)

    def sees_cases(self, contract: Contract) -> bool:
        """Whether ordinary cases on the contract are shown to the asker, so that their absence says something."""
        return self.person.is_controller or not _OWN.isdisjoint(self.scene.roster.plays(self.person, contract))

    def answer(self, rows: Iterable[RowT]) -> Answer[RowT]:
        return Answer(
            rows=tuple(rows),
            as_of=self.scene.post.local(self.scene.now),
            today=self.scene.today,
            is_own=self.is_own,
            has_contracts=not self.is_own or bool(self.own),
        )


@asynccontextmanager
async def inquiry(world: World, tenant_id: TenantId, person: Person) -> AsyncIterator[Inquiry]:
    """A unit to read one answer in."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        own = () if person.is_controller else await unit.contracts.of_person(person.mail)
        yield Inquiry(unit=unit, scene=scene, person=person, own=tuple(own))
