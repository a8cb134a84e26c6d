"""A world for tests: the real store, a clock turned by hand, and a chat that remembers what arrived."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from domain.contract import Contract, ContractClass, ContractSupplier, Renewal, RenewalKind
from domain.identifiers import ContractId, PersonId, TenantId
from domain.letter import Letter
from domain.people import Person, Role
from scheduler.jobs import TickReport, next_moment, run_once
from storage.unit_of_work import Store
from usecases.ports import Address, Delivered, Member, Outcome
from usecases.world import World

STOCKHOLM = ZoneInfo("Europe/Stockholm")
TENANT = TenantId("exempelkommun")


def local(day: str, hour: str = "08:00") -> datetime:
    """A Swedish local time as an aware UTC moment: `local("2027-01-11", "08:00")`."""
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=STOCKHOLM).astimezone(UTC)


@dataclass(slots=True)
class Clock:
    """The only clock of a test; `turn` moves it forward."""

    now: datetime = field(default_factory=lambda: local("2027-01-11"))

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class FakeTeams:
    """A chat service in memory. It accepts everything, unless `answers` has an outcome for the person."""

    letters: list[tuple[str, Letter]] = field(default_factory=list)
    answers: dict[str, Callable[[Letter], Outcome]] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    async def deliver(self, address: Address, tenant_id: TenantId, letter: Letter) -> Outcome:
        del tenant_id
        mail = letter.recipient.mail
        if mail in self.answers:
            outcome = self.answers[mail](letter)
            if not isinstance(outcome, Delivered):
                return outcome
        self.letters.append((mail, letter))
        conversation = address.conversation_id or f"chat-with-{address.aad_object_id}"
        return Delivered(message_id=f"message-{len(self.letters)}", conversation_id=conversation)

    async def retire(self, address: Address, message_id: str, letter: Letter) -> None:
        del address, message_id, letter

    async def member(self, service_url: str, conversation_id: str, user_id: str) -> Member | None:
        del service_url, conversation_id
        return self.members.get(user_id)

    def to(self, mail: str) -> list[Letter]:
        """The letters a person got, oldest first."""
        return [letter for recipient, letter in self.letters if recipient == mail]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestWorld:
    """The world with its clock and its chat at hand."""

    __test__ = False

    world: World
    clock: Clock
    teams: FakeTeams

    async def tick(self) -> TickReport:
        return await run_once(self.world)

    async def turn_to(self, moment: datetime) -> None:
        """Let time pass, with every tick and delivery on the way."""
        await self.tick()
        while True:
            upcoming = await next_moment(self.world)
            if upcoming is None or upcoming > moment:
                break
            self.clock.now = max(self.clock.now, upcoming)
            await self.tick()
        self.clock.now = max(self.clock.now, moment)
        await self.tick()


def make_world(store: Store, *, at: datetime | None = None, is_local: bool = True) -> TestWorld:
    """A world on this store, at this moment (Monday 2027-01-11 08.00 unless said otherwise)."""
    clock, teams = Clock(), FakeTeams()
    if at is not None:
        clock.now = at
    world = World(
        store=store,
        now=clock,
        messenger=teams,
        directory=teams,
        is_local=is_local,
        service_url="http://127.0.0.1:1/",
        home_tenant=TENANT,
        replica="test",
    )
    return TestWorld(world=world, clock=clock, teams=teams)


def person(name: str, *roles: Role, **changes: Any) -> Person:  # noqa: ANN401 - any field of a person
    """Somebody who works here: `person("Eva Ek")` has the address eva.ek@exempel.example."""
    mail = name.lower().replace(" ", ".").translate(str.maketrans("åäöé", "aaoe")) + "@exempel.example"
    fields: dict[str, Any] = {
        "person_id": PersonId(f"p-{mail[:30]}"),
        "mail": mail,
        "name": name,
        "aad_object_id": f"aad-{mail}",
        "department": "Socialförvaltningen",
        "roles": frozenset(roles),
    }
    return Person(**fields | changes)


def contract(number: str, **changes: Any) -> Contract:  # noqa: ANN401 - any field of a contract
    """A critical contract that runs 2026-03-01 to 2028-02-29 with one option year."""
    fields: dict[str, Any] = {
        "contract_id": ContractId(f"c-{number}"),
        "contract_number": number,
        "title": "Städning av skolor och förskolor",
        "suppliers": (ContractSupplier(org_number="5560000001", name="Renhus Väst AB", lot="Städning"),),
        "start_on": date(2026, 3, 1),
        "end_on": date(2028, 2, 29),
        "renewal": Renewal(kind=RenewalKind.OPTION, count=1, months=12),
        "area": "Städ",
        "department": "Socialförvaltningen",
        "contract_class": ContractClass.CRITICAL,
        "owner_mail": "olle.agare@exempel.example",
        "manager_mail": "mia.manager@exempel.example",
        "notice_months": 6,
        "annual_value_sek": Decimal(1_000_000),
    }
    return Contract(**fields | changes)


PEOPLE = (
    person("Mia Manager"),
    person("Olle Ägare", mail="olle.agare@exempel.example"),
    person("Carin Controller", Role.CONTRACT_CONTROLLER),
    person("Pia Procurement", Role.PROCUREMENT_OFFICER),
)
"""Enough people for one contract's whole ladder."""


async def furnish(test_world: TestWorld, contracts: Sequence[Contract], people: Sequence[Person] = PEOPLE) -> None:
    """Put an organisation with its people and contracts into the store."""
    now = test_world.clock()
    async with test_world.world.store.open(TENANT) as unit:
        await unit.tenant.ensure("Exempelkommun", at=now)
        await unit.people.add_all(people)
        await unit.imports.add(
            kind="people",
            file_name="people.csv",
            sha256="0" * 64,
            size_bytes=1,
            at=now,
            actor="cli",
            counts={"people": len(people)},
        )
        await unit.contracts.add_all(contracts)
        await unit.commit()
