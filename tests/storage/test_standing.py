"""What is remembered of an organisation is never older than what any process has stored."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest

from domain.people import Role
from storage.database import make_engine
from storage.people import RecipientRule
from storage.rules import shipped_rules
from storage.standing import Standing
from storage.unit_of_work import Store, Unit
from tests.support.world import PEOPLE, TENANT, furnish, local, make_world, person

NOW = local("2027-01-11")
MANAGER = PEOPLE[0]
NEWCOMER = person("Nina Ny")


@pytest.fixture
async def other(store: Store, database_url: str) -> AsyncIterator[Store]:
    """Another process on the same, furnished database."""
    await furnish(make_world(store), [])
    other = Store(make_engine(database_url))
    yield other
    await other.close()


async def standing(store: Store) -> Standing:
    async with store.open(TENANT) as unit:
        found = await standing_in(unit)
        await unit.commit()
    return found


async def standing_in(unit: Unit) -> Standing:
    tenant = await unit.tenant.get()
    assert tenant is not None
    return await unit.standing(tenant, at=NOW)


async def test_it_is_read_once_while_nobody_changes_it(store: Store, other: Store) -> None:
    await standing(other)

    first = await standing(store)

    assert await standing(store) is first


async def newcomer_arrives(unit: Unit) -> None:
    await unit.people.add(NEWCOMER)


async def manager_leaves(unit: Unit) -> None:
    await unit.people.save(replace(MANAGER, has_left=True))


async def manager_is_kept_out(unit: Unit) -> None:
    await unit.people.set_recipient_rule(RecipientRule(kind="person", value=MANAGER.mail, is_allowed=False))


async def rules_are_imported(unit: Unit) -> None:
    texts = dict(shipped_rules().texts)
    await unit.rules.add({**texts, "limits": texts["limits"] + "\n# another"}, at=NOW, by="cli")


async def checklist_is_imported(unit: Unit) -> None:
    (kept,) = [kept for module, kept in (await unit.rules.templates()).items() if module == "PU"]
    await unit.rules.add_template("PU", kept.content + "\n# another")


def people_are(found: Standing) -> object:
    return sorted((one.mail, one.has_left) for one in found.roster.people.values())


def allow_list_is(found: Standing) -> object:
    return found.recipient_rules


def rules_are(found: Standing) -> object:
    return found.in_force.rules.number, [(key, kept.version) for key, kept in sorted(found.in_force.templates.items())]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (newcomer_arrives, people_are),
        (manager_leaves, people_are),
        (manager_is_kept_out, allow_list_is),
        (rules_are_imported, rules_are),
        (checklist_is_imported, rules_are),
    ],
)
async def test_what_another_process_changes_is_seen_at_once(
    store: Store, other: Store, change: Callable[[Unit], Awaitable[None]], what: Callable[[Standing], object]
) -> None:
    before = await standing(store)

    async with other.open(TENANT) as unit:
        await change(unit)
        await unit.commit()

    assert what(await standing(store)) != what(before)


async def test_an_emptied_allow_list_is_seen_at_once(store: Store, other: Store) -> None:
    async with other.open(TENANT) as unit:
        await manager_is_kept_out(unit)
        await unit.commit()
    before = await standing(store)

    async with other.open(TENANT) as unit:
        await unit.people.drop_recipient_rules(is_allowed=False)
        await unit.commit()

    assert before.recipient_rules
    assert not (await standing(store)).recipient_rules


async def test_the_first_people_file_is_seen_at_once(store: Store) -> None:
    async with store.open(TENANT) as unit:
        await unit.tenant.ensure("Exempelkommun", at=NOW)
        await unit.people.add_all(PEOPLE)
        await unit.commit()
    before = await standing(store)

    async with store.open(TENANT) as unit:
        await unit.imports.add(
            kind="people", file_name="p.csv", sha256="", size_bytes=1, at=NOW, actor="cli", counts={"people": 4}
        )
        await unit.commit()

    assert not before.roster.has_people_file
    assert (await standing(store)).roster.has_people_file


async def test_a_change_is_seen_in_its_own_unit_before_it_is_kept(store: Store, other: Store) -> None:
    await standing(other)
    await standing(store)

    async with store.open(TENANT) as unit:
        await newcomer_arrives(unit)

        assert NEWCOMER.mail in (await standing_in(unit)).roster.people


async def test_a_change_that_was_given_up_is_forgotten(store: Store, other: Store) -> None:
    await standing(other)

    async with store.open(TENANT) as unit:
        await newcomer_arrives(unit)
        await standing_in(unit)

    assert NEWCOMER.mail not in (await standing(store)).roster.people


async def test_where_somebody_is_reached_is_not_part_of_it(store: Store, other: Store) -> None:
    await standing(other)
    before = await standing(store)

    async with other.open(TENANT) as unit:
        await unit.people.save_route(MANAGER.person_id, reachability="blocked")
        await unit.commit()

    assert await standing(store) is before
    assert Role.CONTRACT_CONTROLLER in before.roster.people[PEOPLE[2].mail].roles
