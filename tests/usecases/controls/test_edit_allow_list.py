"""*Släpp in* and *ta bort*: nobody outside the list ever gets a message, and a name is never guessed."""

import pytest

from domain.errors import Refused
from storage.unit_of_work import Store
from tests.support.overview import CARIN, EVA, GONE, MIA, OLLE
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person
from usecases.controls.edit_allow_list import EVERYONE, let_in, show_allow_list, take_out

ANNA_A = person("Anna Andersson")
ANNA_B = person("Anna Berg", department="Skolförvaltningen")
EVERYBODY = (*PEOPLE, EVA, GONE, ANNA_A, ANNA_B)


@pytest.fixture
async def try_out(store: Store) -> TestWorld:
    """Not local mode: the list is empty, so nobody gets anything."""
    world = make_world(store, is_local=False)
    await furnish(world, [contract("2026-0147")], EVERYBODY)
    return world


def mails(world: TestWorld) -> set[str]:
    return {mail for mail, _ in world.teams.letters}


async def test_an_empty_list_lets_nobody_in(try_out: TestWorld) -> None:
    await try_out.turn_to(local("2027-04-01"))

    assert try_out.teams.letters == []
    allowed = await show_allow_list(try_out.world, TENANT, CARIN)
    assert (allowed.is_everyone, allowed.people, allowed.departments) == (False, (), ())


async def test_letting_somebody_in_wakes_what_has_waited_in_working_hours(try_out: TestWorld) -> None:
    await try_out.turn_to(local("2027-02-20", "21:00"))

    allowed = await let_in(try_out.world, TENANT, CARIN, "Mia Manager")
    await try_out.turn_to(local("2027-02-21", "23:00"))
    by_sunday = list(try_out.teams.letters)
    await try_out.turn_to(local("2027-02-22", "09:00"))

    assert allowed.people == (MIA.name,)
    assert by_sunday == []
    assert mails(try_out) == {MIA.mail}


async def test_a_department_lets_its_people_in(try_out: TestWorld) -> None:
    allowed = await let_in(try_out.world, TENANT, CARIN, "socialförvaltningen")

    await try_out.turn_to(local("2027-02-16"))

    assert allowed.departments == ("Socialförvaltningen",)
    assert mails(try_out) == {MIA.mail}


async def test_the_persons_own_line_wins_over_the_departments(try_out: TestWorld) -> None:
    await let_in(try_out.world, TENANT, CARIN, "Socialförvaltningen")

    allowed = await take_out(try_out.world, TENANT, CARIN, MIA.mail)
    await try_out.turn_to(local("2027-02-20"))

    assert allowed.kept_out_people == (MIA.name,)
    assert MIA.mail not in mails(try_out)


async def test_everyone_is_everyone_but_those_taken_out(try_out: TestWorld) -> None:
    await take_out(try_out.world, TENANT, CARIN, MIA.mail)

    allowed = await let_in(try_out.world, TENANT, CARIN, EVERYONE)
    await try_out.turn_to(local("2027-03-12"))

    assert allowed.is_everyone
    # The manager is kept out, so the ladder waits for somebody to be told; the owner could hear.
    assert MIA.mail not in mails(try_out)


async def test_taking_everyone_out_empties_the_list(try_out: TestWorld) -> None:
    await let_in(try_out.world, TENANT, CARIN, MIA.mail)
    await let_in(try_out.world, TENANT, CARIN, "Skolförvaltningen")

    allowed = await take_out(try_out.world, TENANT, CARIN, EVERYONE)

    assert (allowed.is_everyone, allowed.people, allowed.departments) == (False, (), ())


async def test_in_local_mode_everybody_is_in_until_somebody_is_taken_out(store: Store) -> None:
    world = make_world(store)
    await furnish(world, [contract("2026-0147")], EVERYBODY)

    before = await show_allow_list(world.world, TENANT, CARIN)
    after = await take_out(world.world, TENANT, CARIN, "Mia Manager")

    assert before.is_everyone
    assert after.kept_out_people == (MIA.name,)


async def test_a_name_that_may_be_two_is_asked_about_and_nothing_changes(try_out: TestWorld) -> None:
    asked = await let_in(try_out.world, TENANT, CARIN, "Anna")

    assert {one.words for one in asked.candidates} == {ANNA_A.mail, ANNA_B.mail}
    assert asked.people == ()


async def test_the_beginning_of_a_department_is_enough_when_nothing_else_begins_so(try_out: TestWorld) -> None:
    allowed = await let_in(try_out.world, TENANT, CARIN, "skol")

    assert allowed.departments == ("Skolförvaltningen",)


@pytest.mark.parametrize("name", ["Kalle Ingen", "kalle@annanstans.example", "Gösta Gången", "  "])
async def test_nobody_known_is_said_so(try_out: TestWorld, name: str) -> None:
    with pytest.raises(Refused, match="unknown_name"):
        await let_in(try_out.world, TENANT, CARIN, name)


async def test_each_change_has_its_event(try_out: TestWorld) -> None:
    await let_in(try_out.world, TENANT, CARIN, MIA.mail)
    await take_out(try_out.world, TENANT, CARIN, MIA.mail)

    async with try_out.world.store.read(TENANT) as unit:
        kinds = [(row.kind, row.details["value"]) for row in await unit.events.all() if row.kind.startswith("recip")]
    assert kinds == [("recipients.let_in", MIA.mail), ("recipients.taken_out", MIA.mail)]


async def test_only_the_controller_edits_or_reads_the_list(try_out: TestWorld) -> None:
    for act in (let_in, take_out):
        with pytest.raises(Refused, match="only_controller"):
            await act(try_out.world, TENANT, OLLE, OLLE.mail)
    with pytest.raises(Refused, match="only_controller"):
        await show_allow_list(try_out.world, TENANT, OLLE)
