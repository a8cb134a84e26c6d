"""A register comes in: whole or not at all, and the same file again changes nothing."""

import asyncio
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest

from cards.register_report import report_text
from domain.contract import Contract, ContractClass
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import Language
from domain.register.report import RegisterReport
from storage.events import Event
from storage.unit_of_work import Store
from tests.support.registers import Table, as_csv, as_xlsx, make_people, make_register, soiled
from tests.support.world import TENANT, TestWorld, furnish, local, make_world, person
from usecases.import_people import import_people
from usecases.import_register import import_register

REGISTER = make_register(contracts=12)
NUMBERS = [str(row[0]) for row in REGISTER.rows]
ALONE = [place for place, number in enumerate(NUMBERS) if NUMBERS.count(number) == 1]
"""Rows whose contract has a single supplier."""


async def imported(test_world: TestWorld, table: Table = REGISTER, *, dry_run: bool = False) -> RegisterReport:
    content = as_csv(table)
    return await import_register(test_world.world, TENANT, "register.csv", content, dry_run=dry_run, actor="cli")


async def contracts(test_world: TestWorld, tenant_id: TenantId = TENANT) -> list[Contract]:
    async with test_world.world.store.read(tenant_id) as unit:
        return await unit.contracts.all()


async def events(test_world: TestWorld) -> list[Event]:
    async with test_world.world.store.read(TENANT) as unit:
        return await unit.events.all()


async def kinds(test_world: TestWorld) -> Counter[str]:
    return Counter(event.kind for event in await events(test_world))


async def test_a_first_import_makes_the_tenant_and_its_contracts(store: Store) -> None:
    test_world = make_world(store)

    report = await imported(test_world)

    stored = await contracts(test_world)
    assert len(stored) == len(report.difference.new) == 12
    assert await store.tenants() == [TENANT]
    assert (await kinds(test_world))["contract_registered"] == 12
    assert (await kinds(test_world))["register_imported"] == 1


async def test_every_contract_waits_to_be_planned(store: Store) -> None:
    test_world = make_world(store)

    await imported(test_world)

    async with store.read(TENANT) as unit:
        assert len(await unit.contracts.needing_planning(100)) == 12


async def test_an_import_sends_nothing(store: Store) -> None:
    test_world = make_world(store)

    await imported(test_world)

    assert test_world.teams.letters == []


async def test_the_same_file_again_changes_nothing_and_adds_only_its_own_event(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)
    before = await contracts(test_world), await kinds(test_world)

    report = await imported(test_world)

    assert (report.difference.new, report.difference.changed) == ((), ())
    assert await contracts(test_world) == before[0]
    assert await kinds(test_world) - before[1] == Counter({"register_imported": 1})


async def test_the_same_register_in_another_shape_changes_nothing(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)

    report = await import_register(
        test_world.world, TENANT, "annan.xlsx", as_xlsx(soiled(REGISTER), above=["Avtal"]), actor="cli"
    )

    assert report.difference.changed == ()
    assert len(report.difference.unchanged) == 12


async def test_a_dry_run_tells_the_same_and_keeps_nothing(store: Store) -> None:
    test_world = make_world(store)

    report = await imported(test_world, dry_run=True)

    assert report.is_dry_run
    assert len(report.difference.new) == 12
    assert await contracts(test_world) == []
    assert await store.tenants() == []


async def test_a_changed_cell_changes_one_contract_with_one_event(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)

    report = await imported(test_world, REGISTER.having("Kritikalitet", "Klass 1", row=ALONE[0]))

    changed = [event for event in await events(test_world) if event.kind == "contract_changed"]
    number = NUMBERS[ALONE[0]]
    assert [change.before.contract_number for change in report.difference.changed] == [number]
    assert [event.details["contract_number"] for event in changed] == [number]
    assert changed[0].details["changes"]["contract_class"]["after"] == "critical"
    stored = {contract.contract_number: contract for contract in await contracts(test_world)}
    assert stored[number].contract_class is ContractClass.CRITICAL
    assert stored[number].version == 2


async def test_only_what_moves_dates_asks_for_a_new_plan(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)
    async with store.open(TENANT) as unit:
        await unit.contracts.mark_planned([contract.contract_id for contract in await unit.contracts.all()])
        await unit.commit()

    changed = REGISTER.having("Kategori", "Annat", row=ALONE[0]).having("Gäller t.o.m.", "2031-12-31", row=ALONE[1])
    await imported(test_world, changed)

    async with store.read(TENANT) as unit:
        waiting = [contract.contract_number for contract in await unit.contracts.needing_planning(100)]
    assert waiting == [NUMBERS[ALONE[1]]]


async def test_a_contract_missing_from_a_later_file_stays_as_it_is(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)
    before = await contracts(test_world)

    report = await imported(test_world, Table(headings=REGISTER.headings, rows=(REGISTER.rows[ALONE[0]],)))

    assert len(report.difference.missing) == 11
    assert await contracts(test_world) == before
    assert all(contract.closed_at is None for contract in before)


async def test_a_quarantined_row_leaves_its_contract_alone(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)
    before = await contracts(test_world)

    report = await imported(test_world, REGISTER.having("Org.nr", "556036-0794", row=0))

    assert [row.row_number for row in report.quarantined] == [2]
    assert await contracts(test_world) == before


async def test_a_refused_file_keeps_nothing(store: Store) -> None:
    test_world = make_world(store)

    with pytest.raises(Refused) as refused:
        await import_register(test_world.world, TENANT, "x.csv", b"Namn;Pris\na;1\n", actor="cli")

    assert refused.value.text_key == "register.no_header"
    assert await store.tenants() == []


async def test_a_mapping_file_names_the_rest(store: Store) -> None:
    test_world = make_world(store)
    headings = ("Kod", *REGISTER.headings[1:])
    content = as_csv(Table(headings=headings, rows=REGISTER.rows))

    report = await import_register(
        test_world.world, TENANT, "r.csv", content, mapping={"contract_number": "Kod"}, actor="cli"
    )

    assert len(report.difference.new) == 12


async def test_people_the_register_names_are_known_but_not_listed(store: Store) -> None:
    test_world = make_world(store)

    report = await imported(test_world)

    async with store.read(TENANT) as unit:
        people = await unit.people.all()
    assert people
    assert not any(person.is_listed for person in people)
    assert (await kinds(test_world))["person_added"] == len(people)
    assert report.strangers == ()


async def test_people_the_people_file_lacks_are_told(store: Store) -> None:
    test_world = make_world(store)
    await furnish(test_world, [], [person("Någon Annan")])

    first, second = await imported(test_world), await imported(test_world)

    assert str(REGISTER.rows[0][9]) in {contact.mail for contact in first.strangers}
    assert second.strangers == first.strangers


async def test_a_listed_person_stays_listed_when_a_register_names_them(store: Store) -> None:
    test_world = make_world(store)
    content = as_csv(make_people(REGISTER))
    await import_people(test_world.world, TENANT, "p.csv", content, actor="cli")

    await imported(test_world)

    async with store.read(TENANT) as unit:
        owner = await unit.people.by_mail(str(REGISTER.rows[0][9]))
    assert owner is not None
    assert owner.is_listed


async def test_a_name_without_an_address_is_looked_up_among_the_people(store: Store) -> None:
    test_world = make_world(store)
    await furnish(test_world, [], [person("Ada Alm")])
    nameless = Table(headings=REGISTER.headings, rows=REGISTER.rows[:1]).having("Ägare", "Ada Alm")

    await imported(test_world, nameless.having("Ägarens e-post", ""))

    assert (await contracts(test_world))[0].owner_mail == "ada.alm@exempel.example"


async def test_tenants_do_not_see_each_others_registers(store: Store) -> None:
    test_world = make_world(store)
    other = TenantId("grannkommunen")
    await imported(test_world)

    report = await import_register(test_world.world, other, "r.csv", as_csv(REGISTER), actor="cli")

    assert len(report.difference.new) == 12
    assert len(await contracts(test_world)) == len(await contracts(test_world, other)) == 12


async def test_what_the_bot_keeps_about_a_contract_survives_an_import(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)
    async with store.open(TENANT) as unit:
        first = (await unit.contracts.all())[0]
        await unit.contracts.save_plans([replace(first, plan_version=7)])
        await unit.commit()

    await imported(test_world, with_title(first.contract_number))

    stored = {contract.contract_id: contract for contract in await contracts(test_world)}
    assert stored[first.contract_id].title == "Nytt namn"
    assert stored[first.contract_id].plan_version == 7


async def test_the_demos_own_register_needs_no_mending(store: Store) -> None:
    test_world = make_world(store)
    folder = files("bot.demo") / "data"

    people = await import_people(
        test_world.world, TENANT, "personer.csv", (folder / "personer.csv").read_bytes(), actor="cli"
    )
    report = await import_register(
        test_world.world, TENANT, "avtalsregister.csv", (folder / "avtalsregister.csv").read_bytes(), actor="cli"
    )

    assert (people.quarantined, people.remarks, report.quarantined) == ((), (), ())
    assert {found.remark.text_key for found in report.remarks} == {
        "register.class_missing",
        "register.notice_missing",
        "register.owner_missing",
    }
    assert [contact.name for contact in report.strangers] == ["Gunilla Stern"]


def with_title(number: str) -> Table:
    """The register with another title on every row of one contract."""
    table = REGISTER
    for place, found in enumerate(NUMBERS):
        if found == number:
            table = table.having("Benämning", "Nytt namn", row=place)
    return table


async def corrected(test_world: TestWorld, number: str, part: str, **change: Any) -> Contract:  # noqa: ANN401 - any field
    """The contract after somebody has put a field right in chat, as the use cases of the chat keep it."""
    async with test_world.world.store.open(TENANT) as unit:
        found = await unit.contracts.by_number(number)
        assert found is not None
        after = await unit.contracts.save(replace(found, **change), needs_planning=False)
        await unit.events.add(
            kind=f"contract.{part}_changed",
            subject=f"contract:{found.contract_id}",
            actor="nagon@bergslagen.example",
            at=test_world.clock(),
            details={"to": next(iter(change.values()))},
        )
        await unit.commit()
    return after


def told(report: RegisterReport) -> list[str]:
    """The sentences about what people know better than the register."""
    return [line.strip() for line in report_text(report, Language.SV).splitlines() if "gäller. (" in line]


async def test_a_manager_named_in_chat_outlives_the_next_import_and_is_told(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)
    number, before = NUMBERS[ALONE[0]], str(REGISTER.rows[ALONE[0]][11])
    await corrected(test_world, number, "manager", manager_mail="bo.bergh@bergslagen.example")
    test_world.clock.now = local("2027-01-12", "02:00")

    report = await imported(test_world)

    stored = {contract.contract_number: contract for contract in await contracts(test_world)}
    assert stored[number].manager_mail == "bo.bergh@bergslagen.example"
    assert report.difference.changed == ()
    assert told(report) == [
        (
            f"Avtalsförvaltarens e-post: registret säger {before}, men avtalsboten har bo.bergh@bergslagen.example"
            f" sedan 2027-01-11: bo.bergh@bergslagen.example gäller. (rad {ALONE[0] + 2})"
        )
    ]


async def test_an_import_that_holds_a_correction_adds_no_event_but_its_own(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)
    await corrected(test_world, NUMBERS[ALONE[0]], "class", contract_class=ContractClass.CRITICAL)
    before = await contracts(test_world), await kinds(test_world)

    await imported(test_world)
    report = await imported(test_world)

    assert await contracts(test_world) == before[0]
    assert await kinds(test_world) - before[1] == Counter({"register_imported": 2})
    assert len(told(report)) == 1


async def test_a_dry_run_tells_of_a_correction_too(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)
    await corrected(test_world, NUMBERS[ALONE[0]], "class", contract_class=ContractClass.CRITICAL)

    report = await imported(test_world, dry_run=True)

    assert len(told(report)) == 1
    assert report.difference.changed == ()


async def test_a_register_that_says_something_new_is_followed_again(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)
    number = NUMBERS[ALONE[0]]
    await corrected(test_world, number, "manager", manager_mail="bo.bergh@bergslagen.example")

    report = await imported(test_world, REGISTER.having("Förvaltarens e-post", "ny@bergslagen.example", row=ALONE[0]))

    stored = {contract.contract_number: contract for contract in await contracts(test_world)}
    assert stored[number].manager_mail == "ny@bergslagen.example"
    assert told(report) == []


async def test_an_address_changed_by_the_people_file_outlives_the_register_that_has_the_old_one(store: Store) -> None:
    test_world = make_world(store)
    people = make_people(REGISTER)
    place = next(row for row, cells in enumerate(people.rows) if cells[1] == REGISTER.rows[0][11])
    await import_people(test_world.world, TENANT, "p.csv", as_csv(people), actor="cli")
    await imported(test_world)
    renamed = people.having("UPN", "gift@bergslagen.example", row=place)
    await import_people(test_world.world, TENANT, "p.csv", as_csv(renamed), actor="cli")

    report = await imported(test_world)

    stored = {contract.contract_number: contract for contract in await contracts(test_world)}
    assert stored[NUMBERS[0]].manager_mail == "gift@bergslagen.example"
    assert report.difference.changed == ()
    assert all("sedan 2027-01-11" in line for line in told(report))


async def test_a_value_that_crosses_the_low_floor_asks_for_a_new_plan(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)
    async with store.open(TENANT) as unit:
        for stored in await unit.contracts.all():
            await unit.contracts.save_plans([replace(stored, planned_for=stored.plan_basis)])
            await unit.contracts.mark_planned([stored.contract_id])
        await unit.commit()

    await imported(test_world, REGISTER.having("Årligt värde (tkr)", 1, row=ALONE[0]))

    async with store.read(TENANT) as unit:
        waiting = [contract.contract_number for contract in await unit.contracts.needing_planning(100)]
    assert waiting == [NUMBERS[ALONE[0]]]


async def test_an_import_that_meets_a_change_made_meanwhile_reads_again_and_goes_on(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world)
    number = NUMBERS[ALONE[0]]

    async with store.open(TENANT) as chat:
        found = await chat.contracts.by_number(number)
        assert found is not None
        await chat.contracts.save(replace(found, manager_mail="bo.bergh@bergslagen.example"), needs_planning=False)
        importing = asyncio.create_task(imported(test_world, with_title(number)))
        await asyncio.sleep(0.5)
        await chat.commit()
    report = await importing

    stored = {contract.contract_number: contract for contract in await contracts(test_world)}
    assert (stored[number].title, stored[number].manager_mail) == ("Nytt namn", "bo.bergh@bergslagen.example")
    assert len(told(report)) == 1
