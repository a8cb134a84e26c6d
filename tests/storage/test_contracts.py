"""Contracts as they are kept: what the register said of them, and changes while a plan is made."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest

from domain.contract import Contract, ContractClass
from storage.rows import StaleRow
from storage.unit_of_work import Store, Unit
from tests.support.world import TENANT, contract, furnish, make_world

STORED = contract("A-1")


@asynccontextmanager
async def furnished(store: Store, *, planned: bool = True) -> AsyncIterator[Unit]:
    """A unit over one contract, planned as it stands unless said otherwise."""
    await furnish(make_world(store), [STORED])
    async with store.open(TENANT) as unit:
        if planned:
            await unit.contracts.save_plans([replace(STORED, plan_version=2, planned_for=STORED.plan_basis)])
            await unit.contracts.mark_planned([STORED.contract_id])
            await unit.commit()
        yield unit


async def stored(unit: Unit) -> Contract:
    found = await unit.contracts.get(STORED.contract_id)
    assert found is not None
    return found


async def test_what_the_register_said_is_kept_beside_a_contract_and_does_not_change_it(store: Store) -> None:
    async with furnished(store) as unit:
        before = await stored(unit)

        await unit.contracts.keep_registered({STORED.contract_id: {"title": "Städ", "notice_months": None}})

        assert await unit.contracts.registered() == {STORED.contract_id: {"title": "Städ", "notice_months": None}}
        assert await stored(unit) == before


async def test_of_a_contract_that_came_another_way_the_register_has_said_nothing(store: Store) -> None:
    async with furnished(store) as unit:
        assert await unit.contracts.registered() == {STORED.contract_id: {}}


@pytest.mark.parametrize(
    "changed",
    [
        replace(STORED, contract_class=ContractClass.LOW),
        replace(STORED, end_on=date(2031, 1, 1)),
        replace(STORED, annual_value_sek=None),
    ],
    ids=["class", "end", "value"],
)
async def test_whoever_changes_what_a_plan_was_made_from_asks_for_a_new_one(store: Store, changed: Contract) -> None:
    async with furnished(store) as unit:
        await unit.contracts.save(replace(changed, planned_for=STORED.plan_basis), needs_planning=False)

        assert [one.contract_id for one in await unit.contracts.needing_planning(9)] == [STORED.contract_id]


async def test_a_new_manager_asks_for_no_new_plan(store: Store) -> None:
    async with furnished(store) as unit:
        await unit.contracts.save(replace(await stored(unit), manager_mail="ny@exempel.example"), needs_planning=False)

        assert await unit.contracts.needing_planning(9) == []


async def test_a_change_leaves_the_plan_as_planning_left_it(store: Store) -> None:
    async with furnished(store) as unit:
        read_before_it_was_planned = replace(await stored(unit), plan_version=1, planned_for=None)

        await unit.contracts.save(replace(read_before_it_was_planned, title="Nytt namn"), needs_planning=False)

        after = await stored(unit)
    assert (after.title, after.plan_version, after.planned_for) == ("Nytt namn", 2, STORED.plan_basis)


async def test_a_change_made_while_the_plan_is_made_is_planned_too(store: Store) -> None:
    async def controller_changes_the_class() -> None:
        async with store.open(TENANT) as chat:
            found = await stored(chat)
            await chat.contracts.save(replace(found, contract_class=ContractClass.LOW), needs_planning=True)
            await chat.commit()

    async with furnished(store, planned=False) as planner:
        waiting = await planner.contracts.needing_planning(9)
        change = asyncio.create_task(controller_changes_the_class())
        await asyncio.sleep(0.2)
        await planner.contracts.save_plans([replace(waiting[0], planned_for=waiting[0].plan_basis)])
        await planner.contracts.mark_planned([STORED.contract_id])
        await planner.commit()
        await change

        assert [one.contract_class for one in await planner.contracts.needing_planning(9)] == [ContractClass.LOW]


async def test_of_two_who_change_the_same_contract_the_second_must_read_again(store: Store) -> None:
    async with furnished(store) as unit:
        found = await stored(unit)
        await unit.contracts.save(found, needs_planning=False)

        with pytest.raises(StaleRow):
            await unit.contracts.save(found, needs_planning=False)
