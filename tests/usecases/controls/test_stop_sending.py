"""*Stoppa allt* stops at once, and *starta* resumes without a flood."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from domain.contract import Contract, ContractClass, Renewal, RenewalKind
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.letter import Letter
from domain.notice import LEGAL_KINDS, NoticeState
from domain.people import Person
from storage.unit_of_work import Store
from tests.support.overview import CARIN, MIA, OLLE
from tests.support.talking import Talk
from tests.support.world import TENANT, FakeTeams, TestWorld, contract, furnish, local, make_world
from usecases.controls.stop_sending import start_sending, stop_sending
from usecases.deliver_notices import deliver_notices
from usecases.ports import Address, Outcome
from usecases.world import World


def contracts() -> tuple[Contract, ...]:
    """Follow-ups late in February, and a legal date on 12 February with daily alarms after it."""
    alarming = contract(
        "2024-0001",
        start_on=date(2024, 9, 1),
        end_on=date(2027, 8, 31),
        contract_class=ContractClass.MEDIUM,
        renewal=Renewal(kind=RenewalKind.OPTION, count=1, months=12),
    )
    return (contract("2026-0147"), contract("2026-0148", start_on=date(2026, 2, 26)), alarming)


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    await furnish(world, contracts())
    await world.turn_to(local("2027-02-08", "12:00"))
    return world


async def tenant_is_stopped(world: TestWorld) -> bool:
    async with world.world.store.read(TENANT) as unit:
        tenant = await unit.tenant.get()
    assert tenant is not None
    return tenant.outgoing_stopped_at is not None


async def test_nothing_is_sent_for_a_week_and_then_one_digest_a_person(town: TestWorld) -> None:
    await stop_sending(town.world, TENANT, CARIN)
    before = len(town.teams.letters)
    await town.turn_to(local("2027-02-22", "10:00"))
    silent = len(town.teams.letters)

    started = await start_sending(town.world, TENANT, CARIN)
    await town.turn_to(local("2027-02-22", "18:00"))

    assert silent == before
    letters = town.teams.letters[silent:]
    digests = Counter(mail for mail, letter in letters if letter.items[0].kind not in LEGAL_KINDS)
    alarms = Counter(mail for mail, letter in letters if letter.items[0].kind in LEGAL_KINDS)
    assert set(digests.values()) | set(alarms.values()) == {1}
    assert started.remaining_count == len(letters)
    assert started.dropped_count > 0


async def test_what_went_stale_is_closed_with_a_reason(town: TestWorld) -> None:
    await stop_sending(town.world, TENANT, CARIN)
    await town.turn_to(local("2027-02-22", "10:00"))

    await start_sending(town.world, TENANT, CARIN)

    async with town.world.store.read(TENANT) as unit:
        closed = [row for row in await unit.notices.all() if row.state is NoticeState.SUPERSEDED]
        events = [row for row in await unit.events.all() if row.kind == "notice.superseded"]
    assert {row.reason for row in closed} == {"newer_notice"}
    assert {row.actor for row in events} == {CARIN.mail}
    assert len(events) == len(closed)


async def test_started_in_the_evening_nothing_goes_before_the_next_morning(town: TestWorld) -> None:
    await stop_sending(town.world, TENANT, CARIN)
    await town.turn_to(local("2027-02-17", "21:00"))
    before = len(town.teams.letters)

    started = await start_sending(town.world, TENANT, CARIN)
    await town.turn_to(local("2027-02-18", "07:00"))
    by_dawn = len(town.teams.letters)
    await town.turn_to(local("2027-02-18", "09:00"))

    assert by_dawn == before
    assert len(town.teams.letters) > before
    assert started.next_at is not None
    assert (started.next_at.date(), started.next_at.hour) == (date(2027, 2, 18), 8)


async def test_twice_stops_once_and_says_who_did_it(town: TestWorld) -> None:
    first = await stop_sending(town.world, TENANT, CARIN)
    town.clock.now = local("2027-02-09", "12:00")
    second = await stop_sending(town.world, TENANT, CARIN)

    assert (first.was_already, second.was_already) == (False, True)
    assert second.at == first.at
    assert second.by_name == CARIN.name
    async with town.world.store.read(TENANT) as unit:
        kinds = [row.kind for row in await unit.events.all() if row.kind.startswith("tenant.outgoing")]
    assert kinds == ["tenant.outgoing_stopped"]


async def test_starting_what_runs_changes_nothing(town: TestWorld) -> None:
    started = await start_sending(town.world, TENANT, CARIN)

    assert started.was_already
    assert not await tenant_is_stopped(town)


@pytest.mark.parametrize("person", [MIA, OLLE], ids=lambda person: person.name)
async def test_only_the_controller_stops_and_starts(town: TestWorld, person: Person) -> None:
    for act in (stop_sending, start_sending):
        with pytest.raises(Refused, match="only_controller"):
            await act(town.world, TENANT, person)


async def test_who_writes_is_answered_while_everything_is_stopped(town: TestWorld) -> None:
    await stop_sending(town.world, TENANT, CARIN)

    answer = await Talk(town, MIA).says("mina uppföljningar")

    assert "2026-0147" in answer or "Städning" in answer


class StopsAtOnce(FakeTeams):
    """A chat service during whose first message the controller stops everything."""

    def __init__(self) -> None:
        super().__init__()
        self.world: World | None = None

    async def deliver(self, address: Address, tenant_id: TenantId, letter: Letter) -> Outcome:
        outcome = await super().deliver(address, tenant_id, letter)
        if self.world is not None:
            world, self.world = self.world, None
            await stop_sending(world, tenant_id, CARIN)
        return outcome


async def test_what_was_claimed_but_not_posted_is_given_back(store: Store) -> None:
    town = make_world(store)
    await furnish(town, contracts())
    await town.turn_to(local("2027-02-11", "12:00"))
    town.clock.now = local("2027-02-12", "06:00")
    await town.tick()
    town.clock.now = local("2027-02-12", "09:00")
    teams = StopsAtOnce()
    world = replace(town.world, messenger=teams)
    teams.world = world

    sent = await deliver_notices(world, TENANT)

    async with store.read(TENANT) as unit:
        waiting = [row for row in await unit.notices.all() if row.state is NoticeState.PENDING]
    assert len(sent) == len(teams.letters)
    assert waiting
    assert {row.attempt for row in waiting} == {0}
    assert NoticeState.SENDING not in {row.state for row in waiting}
