"""The owner reads, approves or sends back, by buttons and in words."""

import pytest

from domain.followup import FollowupState
from storage.unit_of_work import Store
from tests.support.followups import ALL_WELL, MIA, OLLE, SV, begin, given, row, verbs, write
from tests.support.talking import Talk
from tests.support.world import TENANT, TestWorld, local, make_world
from usecases.followups.submit_followup import submit_followup


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    await given(world)
    await begin(world)
    await write(world, *ALL_WELL)
    await submit_followup(world.world, TENANT, MIA, "f-1", SV)
    return world


@pytest.fixture
def olle(town: TestWorld) -> Talk:
    return Talk(town, OLLE)


async def test_it_is_on_the_owner_s_list_and_opens_to_be_read(olle: Talk) -> None:
    listed = await olle.says("mina uppföljningar")

    said = await olle.presses("followup.open")

    assert "Inlämnad" in listed
    assert "Mia Manager lämnade in" in said
    assert {"signoff.accept", "signoff.return"} <= verbs(olle.cards)


async def test_approved_by_its_button(town: TestWorld, olle: Talk) -> None:
    await olle.says("att godkänna")

    said = await olle.presses("signoff.accept")

    assert "Uppföljningen är godkänd" in said
    assert (await row(town)).state is FollowupState.ACCEPTED


@pytest.mark.parametrize("words", ["godkänn", "Godkänn 1", "approve", "approve 1"])
async def test_approved_in_words(town: TestWorld, olle: Talk, words: str) -> None:
    await olle.says(words)

    assert (await row(town)).state is FollowupState.ACCEPTED


@pytest.mark.parametrize(
    "words",
    [
        "skicka tillbaka: granska fler fakturor",
        "skicka tillbaka, granska fler fakturor",
        "skicka tillbaka 1: granska fler fakturor",
        "send back: granska fler fakturor",
    ],
)
async def test_sent_back_in_words(town: TestWorld, olle: Talk, words: str) -> None:
    said = await olle.says(words)

    assert "granska fler fakturor" in said
    assert (await row(town)).state is FollowupState.IN_PROGRESS


async def test_what_should_change_is_asked_for(town: TestWorld, olle: Talk) -> None:
    asked = await olle.says("skicka tillbaka")
    await olle.says("Granska fler fakturor.")

    assert "Vad behöver ändras" in asked
    assert (await row(town)).state is FollowupState.IN_PROGRESS


async def test_sending_back_can_be_taken_back_before_it_is_done(town: TestWorld, olle: Talk) -> None:
    await olle.says("skicka tillbaka")

    said = await olle.says("avbryt")

    assert "Mia Manager lämnade in" in said
    assert (await row(town)).state is FollowupState.SUBMITTED


async def test_sent_back_by_its_button(town: TestWorld, olle: Talk) -> None:
    await olle.says("att godkänna")

    await olle.presses("signoff.return", {"comment": "Granska fler fakturor."})

    assert (await row(town)).state is FollowupState.IN_PROGRESS


async def test_sent_back_without_a_word_is_explained(olle: Talk) -> None:
    await olle.says("att godkänna")

    said = await olle.presses("signoff.return", {"comment": " "})

    assert "Skriv också vad som behöver ändras" in said
    assert "signoff.return" in verbs(olle.cards)


async def test_pressing_an_old_card_shows_that_it_is_done(olle: Talk) -> None:
    await olle.says("att godkänna")
    old = olle.button("signoff.accept")
    await olle.presses("signoff.accept")

    said = await olle.presses_old(old)

    assert "Klar" in said


async def test_the_manager_is_told_in_the_next_digest_and_goes_on_at_the_summary(town: TestWorld, olle: Talk) -> None:
    await olle.says("skicka tillbaka: granska fler fakturor")
    await town.turn_to(local("2027-01-26", "10:00"))
    mia = Talk(town, MIA)

    told = [item.kind.value for letter in town.teams.to(MIA.mail) for item in letter.items]
    said = await mia.says("börja")

    assert "followup_returned" in told
    assert "Stämmer det här?" in said


async def test_the_manager_cannot_approve(town: TestWorld) -> None:
    await Talk(town, MIA).says("godkänn")

    assert (await row(town)).state is FollowupState.SUBMITTED


async def test_who_has_nothing_to_approve_is_told_so(town: TestWorld) -> None:
    said = await Talk(town, MIA).says("att godkänna")

    assert "ingen uppföljning som väntar på ditt godkännande" in said
