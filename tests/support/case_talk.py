"""A house with cases in it, moved on by people who type or press."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cards.card import Card
from domain.contract import ContractSupplier
from domain.deviation import Deviation, DeviationState, Severity
from domain.identifiers import ContractId, DeviationId
from domain.people import Person, Role
from storage.events import Event
from storage.unit_of_work import Store
from tests.support.card_checks import buttons_of
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, make_world, person

MIA, OLLE, CARIN, _ = PEOPLE
EVA, JON = person("Eva Employee"), person("Jon Jurist", Role.LEGAL_COUNSEL)
SUPPLIER = ContractSupplier(org_number="5560000002", name="Bussbolaget AB", lot="Skolskjuts")


async def house_of_cases(store: Store) -> TestWorld:
    """A cleaning contract and one for school transport, both critical, with a manager, an owner, a controller and counsel."""
    house = make_world(store)
    buses = contract("2026-0002", title="Skolskjuts", area="Skolskjuts", suppliers=(SUPPLIER,))
    await furnish(house, [contract("2026-0001"), buses], [*PEOPLE, EVA, JON])
    await house.tick()
    return house


async def given_case(house: TestWorld, severity: Severity = Severity.MODERATE, **changes: Any) -> Deviation:  # noqa: ANN401 - any field of a deviation
    """A case just registered by a colleague, with a number of its own and the clock of its deadlines running."""
    async with house.world.store.open(TENANT) as unit:
        number = await unit.deviations.next_number(2027)
        plain = Deviation(
            deviation_id=DeviationId(f"d-{number}"),
            number=number,
            contract_id=ContractId("c-2026-0001"),
            contract_number="2026-0001",
            type="LEV_UTEBLIVEN",
            severity=severity,
            state=DeviationState.REGISTERED,
            description="Städningen uteblev.",
            reported_by=EVA.mail,
            reported_at=house.clock(),
            occurred_from=date(2027, 1, 11),
            state_entered_at=house.clock(),
            step_entered_at=house.clock(),
            next_action_at=house.clock(),
        )
        case = replace(plain, **changes)
        await unit.deviations.add(case)
        await unit.commit()
    return case


async def case_now(house: TestWorld, case: Deviation) -> Deviation:
    async with house.world.store.read(TENANT) as unit:
        found = await unit.deviations.get(case.deviation_id)
    assert found is not None
    return found


async def events_of(house: TestWorld, case: Deviation, *kinds: str) -> list[Event]:
    """What the log says of the case, all of it or of these kinds only."""
    async with house.world.store.read(TENANT) as unit:
        found = await unit.events.about(f"deviation:{case.deviation_id}")
    return [event for event in found if not kinds or event.kind in kinds]


class Hands:
    """Somebody who moves a case by pressing only: what has no button of its own is chosen under *Fler val*."""

    def __init__(self, house: TestWorld, who: Person) -> None:
        self.talk = Talk(house, who)

    async def opens(self, case: Deviation) -> str:
        data = {"v": 1, "verb": "case.open", "subject": f"deviation:{case.deviation_id}", "rev": 0, "notice": None}
        return await self.talk.presses_old(data)

    async def makes(self, case: Deviation, move: DeviationState, verb: str, fields: Mapping[str, str]) -> str:
        """Open the case and make the move with what is filled in."""
        await self.opens(case)
        if not any(verb in buttons_of(card) for card in self._cards()):
            await self.talk.presses("deviation.move", {"more:move": move.value})
        return await self.talk.presses(verb, {f"{move.value}:{name}": value for name, value in fields.items()})

    def _cards(self) -> tuple[Card, ...]:
        return self.talk.cards


def on_contract(number: str) -> dict[str, Any]:
    """The fields of a case that say which contract it is on."""
    return {"contract_id": ContractId(f"c-{number}"), "contract_number": number}


__all__ = [
    "CARIN",
    "EVA",
    "JON",
    "MIA",
    "OLLE",
    "Hands",
    "case_now",
    "events_of",
    "given_case",
    "house_of_cases",
    "on_contract",
]
