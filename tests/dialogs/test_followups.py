"""The list of one's follow-ups, and how one of them is opened, begun and taken up again."""

import pytest

from domain.followup import Activity, FollowupState
from storage.unit_of_work import Store
from tests.support.followups import (
    CARIN,
    DORIS,
    MIA,
    OLLE,
    STRANGER,
    chat_of,
    followup,
    given,
    row,
    verbs,
)
from tests.support.talking import Talk
from tests.support.world import TestWorld, make_world


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    second = followup(followup_id="f-2", period_key="x", activity=Activity.PULSE, modules=("PU",))
    await given(world, followup(), second)
    return world


@pytest.fixture
def mia(town: TestWorld) -> Talk:
    return Talk(town, MIA)


async def test_the_list_is_numbered_and_remembered(town: TestWorld, mia: Talk) -> None:
    said = await mia.says("mina uppföljningar")

    assert "1 · Kvartalsuppföljning" in said
    assert "2 · Puls" in said
    assert (await chat_of(town)).listed == ("followup:f-1", "followup:f-2")


async def test_the_list_is_in_english_for_who_speaks_english(town: TestWorld) -> None:
    said = await Talk(town, MIA, locale="en-GB").says("My follow-ups!")

    assert "1 · Quarterly follow-up" in said


async def test_who_has_none_is_told_so(town: TestWorld) -> None:
    said = await Talk(town, STRANGER).says("mina uppföljningar")

    assert "Du har inga öppna uppföljningar" in said


async def test_a_number_begins_what_was_seen(town: TestWorld, mia: Talk) -> None:
    await mia.says("mina uppföljningar")

    said = await mia.says("börja 2")

    assert "Puls" in said
    assert (await row(town, "f-2")).state is FollowupState.IN_PROGRESS


async def test_a_number_counts_without_the_list_having_been_shown(town: TestWorld, mia: Talk) -> None:
    await mia.says("börja 2")

    assert (await row(town, "f-2")).state is FollowupState.IN_PROGRESS


async def test_a_number_that_is_not_there_is_explained(mia: Talk) -> None:
    said = await mia.says("börja 7")

    assert "Det finns inget nummer 7" in said


async def test_without_a_number_the_most_urgent_begins_with_its_first_question(mia: Talk) -> None:
    said = await mia.says("börja")

    assert "Svaren sparas ett i taget" in said
    assert "Hur har leveransen fungerat sedan sist?" in said


async def test_pressed_it_begins_with_what_is_good_to_know(mia: Talk) -> None:
    await mia.says("mina uppföljningar")
    await mia.presses("followup.open")

    said = await mia.presses("followup.start")
    assert len(mia.cards) == 1
    assert "Svaren sparas ett i taget" in said

    assert "Hur har leveransen fungerat" in await mia.presses("checklist.begin")


async def test_what_was_paused_goes_before_what_is_urgent(mia: Talk) -> None:
    await mia.says("börja 2")
    await mia.says("4")
    await mia.says("paus")

    said = await mia.says("fortsätt")

    assert "Puls" in said
    assert "Fråga 2" in said


async def test_on_another_device_or_after_a_restart_it_goes_on_where_it_was(town: TestWorld, mia: Talk) -> None:
    await mia.says("börja")
    await mia.says("4")

    elsewhere = Talk(make_world(town.world.store, at=town.clock.now), MIA)
    said = await elsewhere.says("ja")

    assert "Fråga 3" in said or "Fråga 2–3" in said
    assert (await row(town)).state is FollowupState.IN_PROGRESS


async def test_who_only_helps_sees_other_words_on_the_buttons(town: TestWorld) -> None:
    olle = Talk(town, OLLE)

    said = await olle.presses_old({"verb": "followup.open", "subject": "f-1", "rev": 1, "v": 1})

    assert "Någon annan tar över" in said
    assert "followup.snooze" not in verbs(olle.cards)


async def test_a_stranger_opens_nothing(town: TestWorld) -> None:
    stig = Talk(town, STRANGER)

    said = await stig.presses_old({"verb": "followup.open", "subject": "f-1", "rev": 1, "v": 1})

    assert "ligger inte hos dig" in said
    assert "Städning" not in said


async def test_out_of_a_list_it_opens_below_and_the_list_stays(mia: Talk) -> None:
    await mia.says("mina uppföljningar")

    await mia.presses("followup.open")

    assert mia.is_below


async def test_begun_on_its_own_card_it_goes_on_in_its_place(mia: Talk) -> None:
    await mia.says("mina uppföljningar")
    await mia.presses("followup.open")

    await mia.presses("followup.start")

    assert not mia.is_below


async def test_a_refusal_takes_no_card_away(mia: Talk) -> None:
    await mia.presses_old({"verb": "followup.start", "subject": "f-404", "rev": 1, "v": 1})

    assert mia.is_below


async def test_a_button_about_something_that_is_gone_says_so(mia: Talk) -> None:
    said = await mia.presses_old({"verb": "followup.open", "subject": "f-404", "rev": 1, "v": 1})

    assert "finns inte längre" in said


async def test_the_buttons_of_a_sample_change_nothing(mia: Talk) -> None:
    await mia.says("testa")

    said = await mia.presses("sample.pressed")

    assert "exempel" in said


async def test_the_controller_may_take_it_over(town: TestWorld) -> None:
    carin = Talk(town, CARIN)

    said = await carin.presses_old({"verb": "followup.start", "subject": "f-1", "rev": 1, "v": 1})

    assert "Svaren sparas ett i taget" in said


async def test_a_colleague_who_answers_for_another_is_in_the_same_session(town: TestWorld) -> None:
    mia, doris = Talk(town, MIA), Talk(town, DORIS)
    await mia.says("börja")
    await mia.says("4")

    said = await doris.presses_old({"verb": "followup.start", "subject": "f-1", "rev": 1, "v": 1})

    assert "Fråga 2" in said


async def test_opened_it_is_at_hand_for_what_is_written_next(mia: Talk) -> None:
    await mia.says("mina uppföljningar")
    await mia.says("öppna 2")

    said = await mia.says("börja")

    assert "Puls" in said
