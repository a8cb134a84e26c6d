"""A checklist in conversation: every button said in words, and nothing lost on the way."""

import pytest

from domain.deviation import Severity
from domain.followup import FollowupState
from storage.unit_of_work import Store
from tests.support.followups import ALL_WELL, MIA, chat_of, given, queued, row, verbs
from tests.support.talking import Talk
from tests.support.world import TENANT, TestWorld, make_world

BAD_QUALITY = (*ALL_WELL[:8], "nej, smutsiga toaletter", *ALL_WELL[9:])


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    await given(world)
    return world


@pytest.fixture
async def mia(town: TestWorld) -> Talk:
    talk = Talk(town, MIA)
    await talk.says("börja")
    return talk


async def answers(town: TestWorld) -> dict[str, str | None]:
    async with town.world.store.read(TENANT) as unit:
        return {one.question_id: one.value for one in await unit.followups.answers("f-1")}


async def to_the_end(talk: Talk, *said: str) -> str:
    text = ""
    for one in said or ALL_WELL:
        text = await talk.says(one)
    return text


# ---------------------------------------------------------------- answering


async def test_a_typed_answer_is_answered_by_a_new_card_with_the_next_question(mia: Talk) -> None:
    said = await mia.says("4")

    assert "Fråga 2" in said


async def test_what_does_not_fit_is_explained_and_the_same_question_asked_again(town: TestWorld, mia: Talk) -> None:
    said = await mia.says("sådär faktiskt")

    assert "Här behövs ett betyg från 1 till 5" in said
    assert "Hur har leveransen fungerat sedan sist?" in said
    assert await answers(town) == {}


async def test_commands_in_the_middle_lose_nothing(town: TestWorld, mia: Talk) -> None:
    await mia.says("4")
    await mia.says("hjälp")
    await mia.says("mina uppföljningar")

    await mia.says("ja")

    assert await answers(town) == {"PU1": "4", "PU3": "yes"}


async def test_a_report_in_the_middle_becomes_a_draft_and_no_answer(town: TestWorld, mia: Talk) -> None:
    said = await mia.says("Städningen på Kinnaskolan uteblev i går")

    assert "Kinnaskolan" in said
    assert "draft.confirm" in verbs(mia.cards) or "deviation" in " ".join(verbs(mia.cards))
    assert await answers(town) == {}


async def test_after_the_report_the_checklist_goes_on(town: TestWorld, mia: Talk) -> None:
    await mia.says("4")
    await mia.says("Städningen på Kinnaskolan uteblev i går")

    said = await mia.says("registrera")
    await mia.says("ja")

    assert "AVV-2027-0001" in said
    assert "Fråga 2" in said
    assert await answers(town) == {"PU1": "4", "PU3": "yes"}


async def test_words_of_both_languages_are_understood_whatever_the_card_spoke(town: TestWorld, mia: Talk) -> None:
    await mia.says("4")
    await mia.says("yes")

    assert (await answers(town))["PU3"] == "yes"


# ---------------------------------------------------------------- moving about


async def test_back_and_next_in_words(mia: Talk) -> None:
    await mia.says("4")

    back = await mia.says("tillbaka")
    forward = await mia.says("nästa")

    assert "Hur har leveransen fungerat" in back
    assert "Fråga 2" in forward


async def test_next_with_a_question_left_says_which_it_is(town: TestWorld, mia: Talk) -> None:
    said = await mia.says("nästa")

    assert "Fråga 1: Den är inte besvarad än." in said
    assert await answers(town) == {}


async def test_skipping_in_words(town: TestWorld, mia: Talk) -> None:
    await mia.says("hoppa över")

    async with town.world.store.read(TENANT) as unit:
        found = await unit.followups.answers("f-1")
    assert [(one.question_id, one.kind) for one in found] == [("PU1", "skipped")]


async def test_a_pause_leaves_the_chat_and_keeps_the_answers(town: TestWorld, mia: Talk) -> None:
    await mia.says("4")

    said = await mia.says("paus")

    assert "Allt är sparat" in said
    assert (await chat_of(town)).focus is None
    assert (await row(town)).is_paused


async def test_changing_an_answer_by_its_number(town: TestWorld, mia: Talk) -> None:
    await to_the_end(mia)

    asked = await mia.says("ändra 1")
    said = await mia.says("5")

    assert "Hur har leveransen fungerat" in asked
    assert (await answers(town))["PU1"] == "5"
    assert "Stämmer det här?" in said


async def test_a_new_answer_that_does_not_fit_is_asked_for_again(town: TestWorld, mia: Talk) -> None:
    await to_the_end(mia)
    await mia.says("ändra 1")

    said = await mia.says("gurka")
    await mia.says("2")

    assert "Här behövs ett betyg" in said
    assert (await answers(town))["PU1"] == "2"


async def test_words_that_move_mean_nothing_without_a_checklist(town: TestWorld) -> None:
    talk = Talk(town, MIA)

    said = await talk.says("nästa")

    assert "Fråga" not in said


# ---------------------------------------------------------------- pressing


async def test_a_page_s_fields_are_kept_and_the_next_page_takes_its_place(town: TestWorld, mia: Talk) -> None:
    said = await mia.presses("checklist.next", {"PU1": "4"})

    assert len(mia.cards) == 1
    assert "Fråga 2" in said
    assert await answers(town) == {"PU1": "4"}


async def test_pressing_an_old_page_shows_where_it_stands(town: TestWorld, mia: Talk) -> None:
    old = mia.button("checklist.next")
    await mia.presses("checklist.next", {"PU1": "4"})

    said = await mia.presses_old(old, {"PU1": "1"})

    assert "Fråga 2" in said
    assert await answers(town) == {"PU1": "4"}


async def test_pressing_back_twice_goes_back_once(town: TestWorld, mia: Talk) -> None:
    await mia.says("4")
    await mia.says("ja")
    await mia.says("nej")
    button = mia.button("checklist.back")

    once = await mia.presses_old(button)
    twice = await mia.presses_old(button)

    assert once == twice


async def test_a_page_of_a_follow_up_handed_in_shows_that_it_is(town: TestWorld, mia: Talk) -> None:
    old = mia.button("checklist.next")
    await to_the_end(mia)
    await mia.says("skicka in")

    said = await mia.presses_old(old, {"PU1": "1"})

    assert "Inlämnad" in said
    assert (await answers(town))["PU1"] == "4"


async def test_pausing_keeps_what_was_filled_in(town: TestWorld, mia: Talk) -> None:
    await mia.presses("checklist.pause", {"PU1": "4"})

    assert await answers(town) == {"PU1": "4"}


async def test_taking_up_again_by_the_button(mia: Talk) -> None:
    await mia.presses("checklist.pause", {"PU1": "4"})

    said = await mia.presses("checklist.resume")

    assert "Fråga 2" in said


async def test_an_answer_is_changed_by_choosing_its_question(mia: Talk) -> None:
    await to_the_end(mia)

    said = await mia.presses("checklist.change", {"change_question": "PU1"})

    assert "Hur har leveransen fungerat" in said


# ---------------------------------------------------------------- proposals and handing in


async def test_at_the_end_the_proposals_come_before_the_summary(mia: Talk) -> None:
    said = await to_the_end(mia, *BAD_QUALITY)

    assert "Ska det här registreras som en avvikelse?" in said
    assert "smutsiga toaletter" in said


@pytest.mark.parametrize("words", ["registrera", "ja", "Register it", "ok"])
async def test_a_proposal_is_registered_in_words_and_thanked_with_its_number(mia: Talk, words: str) -> None:
    await to_the_end(mia, *BAD_QUALITY)

    said = await mia.says(words)

    assert "registrerad som AVV-2027-0001" in said
    assert "Stämmer det här?" in said


async def test_a_proposal_is_changed_in_words(town: TestWorld, mia: Talk) -> None:
    await to_the_end(mia, *BAD_QUALITY)

    await mia.says("registrera som allvarlig: Toaletterna på Kinnaskolan har inte städats på tre veckor.")

    async with town.world.store.read(TENANT) as unit:
        case = (await unit.deviations.all())[0]
    assert case.severity is Severity.SERIOUS
    assert case.description.startswith("Toaletterna på Kinnaskolan")


async def test_a_proposal_is_declined_with_its_reason(town: TestWorld, mia: Talk) -> None:
    await to_the_end(mia, *BAD_QUALITY)

    asked = await mia.says("nej")
    said = await mia.says("avböj, det var vårt eget fel")

    assert "Skriv också varför" in asked
    assert "Stämmer det här?" in said
    async with town.world.store.read(TENANT) as unit:
        assert await unit.deviations.all() == []


async def test_a_proposal_is_pressed_and_edited(town: TestWorld, mia: Talk) -> None:
    await to_the_end(mia, *BAD_QUALITY)

    await mia.presses("checklist.confirm_proposal", {"severity": "minor", "text": "En toalett var smutsig."})

    async with town.world.store.read(TENANT) as unit:
        case = (await unit.deviations.all())[0]
    assert (case.severity, case.description) == (Severity.MINOR, "En toalett var smutsig.")


async def test_a_proposal_is_declined_by_its_button(mia: Talk) -> None:
    await to_the_end(mia, *BAD_QUALITY)

    said = await mia.presses("checklist.decline_proposal", {"reason": "Det var vårt eget fel."})

    assert "Stämmer det här?" in said


async def test_a_press_that_lacks_a_reason_leaves_the_proposal_where_it_is(mia: Talk) -> None:
    await to_the_end(mia, *BAD_QUALITY)

    said = await mia.presses("checklist.decline_proposal", {"reason": ""})

    assert "Skriv också varför" in said
    assert "checklist.decline_proposal" in verbs(mia.cards)


async def test_own_words_say_what_kind_of_deviation_it_was(town: TestWorld, mia: Talk) -> None:
    await mia.says("2")
    await mia.says("Städningen på Kinnaskolan uteblev tre gånger förra veckan")
    await to_the_end(mia, *ALL_WELL[1:])

    await mia.says("registrera")

    async with town.world.store.read(TENANT) as unit:
        case = (await unit.deviations.all())[0]
    assert case.type == "LEV_UTEBLIVEN"
    assert case.location == "Kinnaskolan"
    assert case.occurrence_count == 3


async def test_handed_in_by_a_yes_to_the_summary(town: TestWorld, mia: Talk) -> None:
    await to_the_end(mia)

    said = await mia.says("ja")

    assert "Uppföljningen är inlämnad" in said
    assert (await row(town)).state is FollowupState.SUBMITTED
    assert (await chat_of(town)).focus is None


async def test_handed_in_by_its_button_the_owner_is_asked(town: TestWorld, mia: Talk) -> None:
    await to_the_end(mia)

    said = await mia.presses("checklist.submit")

    assert "Olle Ägare" in said
    assert await queued(town) == [("olle.agare", "sign_off", "letters.sign_off")]


async def test_handing_in_too_early_says_what_is_missing(town: TestWorld, mia: Talk) -> None:
    await mia.says("4")

    said = await mia.says("skicka in")

    assert "inte besvarade" in said
    assert "checklist.submit" not in verbs(mia.cards)
    assert (await row(town)).state is FollowupState.IN_PROGRESS


async def test_something_else_at_the_summary_is_explained(mia: Talk) -> None:
    await to_the_end(mia)

    said = await mia.says("gurka")

    assert "Skriv skicka in när det stämmer" in said
