"""Steering in words and by buttons: tomorrow, hold and release, stop and start, let in and remove."""

import pytest

from storage.unit_of_work import Store
from tests.support.overview import CARIN, EVA, MIA, OLLE, STIG
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person

ANNA_A, ANNA_B = person("Anna Andersson"), person("Anna Berg")


@pytest.fixture
async def town(store: Store) -> TestWorld:
    """On a Friday; on Monday the manager is told of a follow-up."""
    world = make_world(store)
    await furnish(world, [contract("2026-0147")], (*PEOPLE, EVA, STIG, ANNA_A, ANNA_B))
    await world.turn_to(local("2027-02-12", "12:00"))
    return world


@pytest.fixture
def carin(town: TestWorld) -> Talk:
    return Talk(town, CARIN)


@pytest.mark.parametrize("words", ["imorgon", "i morgon", "Visa imorgon", "tomorrow", "vad skickas imorgon?"])
async def test_tomorrow_is_shown_word_for_word(carin: Talk, words: str) -> None:
    said = await carin.says(words)

    assert "Mia Manager" in said
    assert MIA.mail.replace("_", r"\_") in said
    assert "Årsuppföljning" in said
    assert "klockan 08." in said


async def test_in_english_the_card_is_english_and_the_letter_is_in_the_readers_language(town: TestWorld) -> None:
    said = await Talk(town, CARIN, locale="en-US").says("tomorrow")

    assert "Monday 15 February" in said
    assert "Ska vara klar senast" in said


async def test_a_message_is_held_and_released_by_number(town: TestWorld, carin: Talk) -> None:
    await carin.says("imorgon")
    held = await carin.says("håll 1")
    await town.turn_to(local("2027-02-15", "12:00"))
    kept = list(town.teams.letters)
    await carin.says("imorgon")

    released = await carin.says("släpp 1")
    await town.tick()

    assert "hålls kvar tills du släpper det" in held
    assert kept == []
    assert "går i väg som planerat" in released
    assert [mail for mail, _ in town.teams.letters] == [MIA.mail]


async def test_a_message_is_held_and_released_by_buttons_and_twice_is_once(town: TestWorld, carin: Talk) -> None:
    await carin.says("imorgon")
    hold = carin.button("outbox.hold")
    first = await carin.presses_old(hold)
    second = await carin.presses_old(hold)
    release = carin.button("outbox.release")
    third = await carin.presses_old(release)
    fourth = await carin.presses_old(release)
    await town.turn_to(local("2027-02-15", "12:00"))

    assert first == second
    assert third == fourth
    assert [mail for mail, _ in town.teams.letters] == [MIA.mail]


async def test_an_old_cards_button_says_that_it_is_too_late(town: TestWorld, carin: Talk) -> None:
    await carin.says("imorgon")
    hold = carin.button("outbox.hold")
    await town.turn_to(local("2027-02-16", "12:00"))

    assert "redan gått i väg" in await carin.presses_old(hold)


@pytest.mark.parametrize(
    ("words", "answer"),
    [("håll 9", "inget meddelande med nummer 9"), ("släpp 0", "inget meddelande med nummer 0")],
)
async def test_a_number_that_is_not_there_is_said_so(carin: Talk, words: str, answer: str) -> None:
    await carin.says("imorgon")

    assert answer in await carin.says(words)


async def test_hold_without_a_number_asks_which_unless_there_is_only_one(carin: Talk) -> None:
    unasked = await carin.says("håll")
    await carin.says("imorgon")

    assert "Vilket meddelande" in unasked
    assert "hålls kvar" in await carin.says("håll")


# ---------------------------------------------------------------- stop and start


async def test_everything_is_stopped_and_started_again(town: TestWorld, carin: Talk) -> None:
    stopped = await carin.says("stoppa allt")
    again = await carin.says("Stoppa allt!")
    await town.turn_to(local("2027-02-22", "10:00"))
    silent = list(town.teams.letters)
    status = await carin.says("status")
    started = await carin.says("starta")
    await town.turn_to(local("2027-02-22", "12:00"))

    assert "Alla utskick är stoppade" in stopped
    assert "redan stoppade" in again
    assert silent == []
    assert "Alla utskick är stoppade" in status
    assert "Utskicken är i gång igen" in started
    assert [mail for mail, _ in town.teams.letters] == [MIA.mail]


@pytest.mark.parametrize(
    ("words", "answer"),
    [("stop everything", "All messages are stopped"), ("start sending", "already"), ("let in Eva Ek", "Eva Ek")],
)
async def test_the_levers_speak_english(town: TestWorld, words: str, answer: str) -> None:
    assert answer in await Talk(town, CARIN, locale="en-GB").says(words)


@pytest.mark.parametrize(
    "words",
    [
        "imorgon",
        "håll 1",
        "släpp 1",
        "stoppa allt",
        "starta",
        "släpp in Eva Ek",
        "ta bort Eva Ek",
        "vilka får meddelanden",
    ],
)
@pytest.mark.parametrize("who", [OLLE, STIG], ids=lambda who: who.name)
async def test_others_are_refused_politely_and_nothing_happens(town: TestWorld, words: str, who: object) -> None:
    assert who in (OLLE, STIG)
    said = await Talk(town, OLLE if who is OLLE else STIG).says(words)

    assert "kan bara avtalscontrollern göra" in said
    async with town.world.store.read(TENANT) as unit:
        tenant = await unit.tenant.get()
        assert tenant is not None
        assert tenant.outgoing_stopped_at is None
        assert await unit.people.recipient_rules() == []


# ---------------------------------------------------------------- who may receive


async def test_people_and_departments_are_let_in_and_removed(carin: Talk) -> None:
    let_in = await carin.says("släpp in Eva Ek")
    department = await carin.says("släpp in skolförvaltningen")
    removed = await carin.says("ta bort eva.ek@exempel.example")
    listed = await carin.says("vilka får meddelanden")

    assert "Eva Ek är insläppt" in let_in
    assert "Skolförvaltningen" in department
    assert "Eva Ek får inga fler meddelanden" in removed
    assert "Borttagna" in listed


async def test_a_name_that_may_be_two_is_asked_about_and_picked_by_number(carin: Talk) -> None:
    asked = await carin.says("släpp in Anna")
    picked = await carin.says("2")

    assert "Anna Andersson" in asked
    assert "Anna Berg" in asked
    assert "Anna Berg är insläppt" in picked


async def test_a_name_that_may_be_two_is_asked_about_and_the_whole_name_answers(carin: Talk) -> None:
    await carin.says("ta bort Anna")

    assert "Anna Andersson får inga fler" in await carin.says("Anna Andersson")


async def test_the_question_can_be_called_off(carin: Talk) -> None:
    await carin.says("släpp in Anna")

    assert "Vilka får meddelanden" in await carin.says("avbryt")


async def test_everybody_is_let_in_by_one_word(carin: Talk) -> None:
    out = await carin.says("ta bort alla")
    back = await carin.says("släpp in alla")

    assert "Ingen får några fler meddelanden" in out
    assert "Alla är insläppta" in back


async def test_an_unknown_name_is_said_so(carin: Talk) -> None:
    assert "ingen person eller förvaltning som heter Kalle Ingen" in await carin.says("släpp in Kalle Ingen")


async def test_taking_back_what_one_wrote_is_not_removing_somebody(carin: Talk) -> None:
    said = await carin.says("Ta bort det jag skrev, jag tog fel på skola.")

    assert "ingen person eller förvaltning" not in said
