"""A people file comes in: who works here now, and who no longer does."""

from collections import Counter
from dataclasses import replace

from domain.people import Person, Role
from domain.register.report import PeopleReport
from storage.unit_of_work import Store
from tests.support.registers import PEOPLE_HEADINGS, Table, as_csv
from tests.support.world import TENANT, TestWorld, contract, furnish, make_world, person
from usecases.import_people import import_people

ID = "11111111-2222-3333-4444-55555555555{}"


def row(name: str, number: int, *, mail: str | None = None, roles: str = "") -> tuple[str, ...]:
    mail = mail or name.lower().replace(" ", ".") + "@k.example"
    return (name, mail, ID.format(number), "Stab", "Handläggare", "", roles)


EVA, BO = row("Eva Ek", 1), row("Bo Berg", 2, roles="avtalscontroller")


async def imported(test_world: TestWorld, *rows: tuple[str, ...], dry_run: bool = False) -> PeopleReport:
    content = as_csv(Table(headings=PEOPLE_HEADINGS, rows=rows))
    return await import_people(test_world.world, TENANT, "people.csv", content, dry_run=dry_run, actor="cli")


async def people(test_world: TestWorld) -> dict[str, Person]:
    async with test_world.world.store.read(TENANT) as unit:
        return {found.mail: found for found in await unit.people.all()}


async def kinds(test_world: TestWorld) -> Counter[str]:
    async with test_world.world.store.read(TENANT) as unit:
        return Counter(event.kind for event in await unit.events.all())


async def test_people_are_stored_with_their_roles(store: Store) -> None:
    test_world = make_world(store)

    await imported(test_world, EVA, BO)

    stored = await people(test_world)
    assert stored["bo.berg@k.example"].roles == {Role.CONTRACT_CONTROLLER}
    assert stored["eva.ek@k.example"].is_listed
    assert await kinds(test_world) == Counter({"person_added": 2, "people_imported": 1})


async def test_a_dry_run_keeps_nothing(store: Store) -> None:
    test_world = make_world(store)

    report = await imported(test_world, EVA, dry_run=True)

    assert len(report.difference.new) == 1
    assert await people(test_world) == {}
    assert await store.tenants() == []


async def test_the_same_file_again_adds_only_its_own_event(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world, EVA, BO)
    before = await kinds(test_world)

    await imported(test_world, EVA, BO)

    assert await kinds(test_world) - before == Counter({"people_imported": 1})


async def test_somebody_gone_from_the_file_is_kept_but_not_listed(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world, EVA, BO)

    await imported(test_world, BO)

    assert not (await people(test_world))["eva.ek@k.example"].is_listed
    assert (await kinds(test_world))["person_unlisted"] == 1


async def test_somebody_who_comes_back_keeps_what_they_chose(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world, EVA, BO)
    async with store.open(TENANT) as unit:
        eva = (await people(test_world))["eva.ek@k.example"]
        await unit.people.save(replace(eva, is_listed=False, teams_locale="en-GB"))
        await unit.commit()

    await imported(test_world, EVA, BO)

    eva = (await people(test_world))["eva.ek@k.example"]
    assert (eva.is_listed, eva.teams_locale) == (True, "en-GB")


async def test_a_new_surname_follows_into_the_contracts(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world, EVA, BO)
    await furnish_contract(test_world, "eva.ek@k.example")

    await imported(test_world, row("Eva Gran", 1), BO)

    async with store.read(TENANT) as unit:
        stored = await unit.contracts.by_number("A-1")
    assert stored is not None
    assert stored.manager_mail == "eva.gran@k.example"
    assert "eva.ek@k.example" not in await people(test_world)


async def test_ids_that_changed_hands_are_put_right(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world, EVA, BO)

    await imported(test_world, row("Eva Ek", 2), row("Bo Berg", 1))

    stored = await people(test_world)
    assert stored["eva.ek@k.example"].aad_object_id == ID.format(2)
    assert stored["bo.berg@k.example"].aad_object_id == ID.format(1)


async def test_an_id_taken_over_by_a_newcomer_leaves_the_one_who_had_it(store: Store) -> None:
    test_world = make_world(store)
    await imported(test_world, EVA, BO)

    await imported(test_world, row("Bo Berg", 1), row("Ny Ny", 2))

    stored = await people(test_world)
    assert stored["bo.berg@k.example"].aad_object_id == ID.format(1)
    assert stored["ny.ny@k.example"].aad_object_id == ID.format(2)
    assert stored["eva.ek@k.example"].aad_object_id is None


async def test_somebody_known_only_from_the_register_becomes_listed(store: Store) -> None:
    test_world = make_world(store)
    await furnish(test_world, [], [person("Eva Ek", mail="eva.ek@k.example", aad_object_id=None, is_listed=False)])

    report = await imported(test_world, EVA)

    assert [change.before.mail for change in report.difference.changed] == ["eva.ek@k.example"]
    assert (await people(test_world))["eva.ek@k.example"].is_listed


async def furnish_contract(test_world: TestWorld, manager_mail: str) -> None:
    async with test_world.world.store.open(TENANT) as unit:
        await unit.contracts.add_all([contract("A-1", manager_mail=manager_mail)])
        await unit.commit()
