"""Gaps in the register, and what runs out: the database picks the same contracts as the domain would."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from domain.contract import Contract, ContractClass, ContractFlag, Renewal, RenewalKind
from domain.flags import contract_flags
from domain.watch import WatchKind, WatchState
from storage.unit_of_work import Store
from tests.support.overview import CARIN, EVA, GONE, MIA, NOW, STADNING, given, waiting
from tests.support.world import TENANT, TestWorld, contract, make_world
from usecases.parts.scene import read_scene
from usecases.questions.count_status import count_status
from usecases.questions.list_expiring import Because, ExpiringContract, Window, list_expiring
from usecases.questions.list_gaps import Vacancy, list_unclassified, list_without_owner

SOMEBODY = (None, MIA.mail, GONE.mail, "aldrig.sedd@exempel.example")
CLASSES = (None, ContractClass.LOW)
LIVES: tuple[dict[str, Any], ...] = (
    {},
    {"end_on": date(2026, 12, 31), "renewal": Renewal(kind=RenewalKind.NONE)},
    {"closed_at": NOW},
)


def every_sort() -> tuple[Contract, ...]:
    """Contracts of every class, with every kind of owner and manager, in force, run out and closed."""
    sorts = product(SOMEBODY, SOMEBODY, CLASSES, LIVES)
    return tuple(
        contract(f"2026-{number:04}", owner_mail=owner, manager_mail=manager, contract_class=code, **life)
        for number, (owner, manager, code, life) in enumerate(sorts)
    )


@pytest.fixture
async def register(store: Store) -> TestWorld:
    world = make_world(store)
    await given(world, contracts=every_sort())
    return world


async def flagged(world: TestWorld, *flags: ContractFlag) -> set[str]:
    async with world.world.store.read(TENANT) as unit:
        scene = await read_scene(unit, now=NOW, is_local=True)
        contracts = await unit.contracts.all()
    living = scene.roster.living_mails
    return {
        row.contract_number
        for row in contracts
        if {*contract_flags(row, scene.rules, scene.calendar, scene.today, living)} & {*flags}
    }


async def test_the_unclassified_are_those_with_the_flag(register: TestWorld) -> None:
    answer = await list_unclassified(register.world, TENANT, CARIN)

    assert {row.contract.contract_number for row in answer.rows} == await flagged(register, ContractFlag.UNCLASSIFIED)


async def test_contracts_without_owner_or_manager_are_those_with_the_flags(register: TestWorld) -> None:
    answer = await list_without_owner(register.world, TENANT, CARIN)

    expected = await flagged(register, ContractFlag.NO_OWNER, ContractFlag.NO_MANAGER)
    assert {row.contract.contract_number for row in answer.rows} == expected


async def test_the_status_counts_as_many_as_the_lists_show(register: TestWorld) -> None:
    status = await count_status(register.world, TENANT, CARIN)

    assert status.unclassified == len((await list_unclassified(register.world, TENANT, CARIN)).rows)
    assert status.without_owner == len((await list_without_owner(register.world, TENANT, CARIN)).rows)
    async with register.world.store.read(TENANT) as unit:
        contracts = await unit.contracts.all()
    assert status.contracts_active == sum(row.state_on(date(2027, 1, 25)) == "active" for row in contracts)


async def test_somebody_who_has_left_is_told_from_nobody_named(store: Store) -> None:
    world = make_world(store)
    nobody = contract("2026-0001", owner_mail=None, manager_mail=GONE.mail)
    await given(world, contracts=(nobody,))

    [row] = (await list_without_owner(world.world, TENANT, CARIN)).rows

    assert (row.owner_vacancy, row.manager_vacancy) == (Vacancy.NAMED_NOBODY, Vacancy.GONE)


# ---------------------------------------------------------------- what runs out


async def ends(world: TestWorld, until: date, since: date | None = None) -> dict[str, ExpiringContract]:
    answer = await list_expiring(world.world, TENANT, CARIN, Window(until=until, since=since))
    return {row.contract.contract_number: row for row in answer.rows}


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    await given(world)
    return world


async def test_an_end_a_notice_and_a_decision_are_told_apart(town: TestWorld) -> None:
    # The option must be called by 2027-08-27; the automatic renewal stopped by 2027-03-30.
    rows = await ends(town, date(2027, 8, 31))

    assert rows["2026-0147"].because == (Because.NOTICE,)
    assert rows["2026-0149"].because == (Because.END, Because.NOTICE)
    assert rows["2026-0149"].first_on == date(2027, 3, 30)


async def test_the_day_itself_is_included(town: TestWorld) -> None:
    on_the_day = await ends(town, date(2028, 2, 29))
    before = await ends(town, date(2028, 2, 28))

    assert Because.END in on_the_day["2026-0147"].because
    assert Because.END not in before["2026-0147"].because


async def test_what_ran_out_before_today_is_not_what_runs_out(store: Store) -> None:
    world = make_world(store)
    gone = contract(
        "2020-0001", start_on=date(2020, 1, 1), end_on=date(2026, 12, 31), renewal=Renewal(kind=RenewalKind.NONE)
    )
    await given(world, contracts=(gone,))

    assert await ends(world, date(2030, 1, 1)) == {}


async def test_what_has_been_decided_is_said_and_asks_for_no_notice(store: Store) -> None:
    world = make_world(store)
    told = waiting(STADNING.contract_id, date(2027, 8, 13), kind=WatchKind.SEND_BY, state=WatchState.DONE)
    await given(world, contracts=(STADNING,), watches=(told,))

    rows = await ends(world, date(2028, 3, 1))

    assert rows["2026-0147"].is_decided
    assert rows["2026-0147"].because == (Because.END,)


async def test_a_long_notice_is_found_long_before_the_end(store: Store) -> None:
    world = make_world(store)
    long = contract("2026-0300", end_on=date(2031, 2, 28), notice_months=48)
    await given(world, contracts=(long,))

    assert Because.NOTICE in (await ends(world, date(2027, 2, 28)))["2026-0300"].because


async def test_others_are_told_of_their_own_contracts_only(town: TestWorld) -> None:
    answer = await list_expiring(town.world, TENANT, EVA, Window(until=date(2030, 1, 1)))

    assert {row.contract.contract_number for row in answer.rows} == {"2026-0148"}
    assert answer.is_own
