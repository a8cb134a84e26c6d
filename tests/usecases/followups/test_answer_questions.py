"""Answers are kept one by one, whoever gives them and however the card was left."""

import pytest

from domain.checklist.answer import AnswerKind
from domain.deviation import DeviationState
from domain.errors import Refused
from domain.followup import FollowupState
from domain.people import Language
from storage.unit_of_work import Store
from tests.support.deviations import deviation
from tests.support.followups import (
    ALL_WELL,
    DORIS,
    MIA,
    STRANGER,
    SV,
    begin,
    events,
    followup,
    given,
    row,
    write,
)
from tests.support.world import TENANT, TestWorld, make_world
from usecases.followups.answer_questions import answer_fields, answer_typed
from usecases.followups.start_session import start_session
from usecases.followups.turn_page import go_back, go_on, go_to, look, pause, skip
from usecases.parts.session import AT_END, Session


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    await given(world)
    return world


def shown(session: Session) -> list[str]:
    return [question.question_id for question in session.page.questions] if session.page else []


async def press(world: TestWorld, session: Session, rev: int | None = None, **inputs: str) -> Session:
    version = session.followup.version if rev is None else rev
    return await answer_fields(world.world, TENANT, MIA, "f-1", inputs, rev=version, language=SV)


async def test_beginning_fixes_the_versions_of_the_checklists(town: TestWorld) -> None:
    session = await begin(town)

    assert session.followup.state is FollowupState.IN_PROGRESS
    assert dict((await row(town)).template_versions) == {"PU": 1, "LK": 1}


async def test_a_written_answer_goes_to_the_first_unanswered_question(town: TestWorld) -> None:
    first = await begin(town)

    session = await write(town, "4")

    assert shown(first)[0] == "PU1"
    assert session.answers["PU1"].value == "4"


async def test_every_changed_answer_is_an_event_of_its_own(town: TestWorld) -> None:
    await begin(town)

    await write(town, "4", "ja")

    answered = [event.details["question"] for event in await events(town) if event.kind == "followup.answered"]
    assert answered == ["PU1", "PU3"]


async def test_what_does_not_fit_is_not_kept(town: TestWorld) -> None:
    await begin(town)

    session = await answer_typed(town.world, TENANT, MIA, "f-1", "gurka", language=SV)

    assert session.misfit is not None
    assert session.misfit.question_id == "PU1"
    assert "PU1" not in session.answers


async def second_page(world: TestWorld) -> Session:
    """Two questions: PU3 and PU4."""
    await begin(world)
    session = await write(world, "4")
    assert shown(session) == ["PU3", "PU4"]
    return session


async def test_a_page_is_kept_and_turned_by_its_button(town: TestWorld) -> None:
    session = await second_page(town)

    after = await press(town, session, PU3="yes", PU4="no")

    assert after.answers["PU4"].value == "no"
    assert shown(after)[0] not in shown(session)


async def test_a_question_left_empty_keeps_the_page_and_says_so(town: TestWorld) -> None:
    session = await second_page(town)

    after = await press(town, session, PU3="yes")

    assert after.misfit is not None
    assert (after.misfit.text_key, after.misfit.question_id) == ("checklist.misfit.empty", "PU4")
    assert after.answers["PU3"].value == "yes"
    assert shown(after) == shown(session)


async def test_pressing_twice_turns_one_page(town: TestWorld) -> None:
    session = await second_page(town)
    once = await press(town, session, PU3="yes", PU4="no")

    twice = await press(town, session, PU3="yes", PU4="no")

    assert shown(twice) == shown(once)
    assert twice.followup.version == once.followup.version


async def test_an_old_page_overwrites_no_answer(town: TestWorld) -> None:
    session = await second_page(town)
    await press(town, session, PU3="yes", PU4="no")

    after = await press(town, session, PU3="no", PU4="yes")

    assert after.answers["PU3"].value == "yes"
    assert after.answers["PU4"].value == "no"


async def test_the_button_that_skips_passes_over_the_rest_of_the_page(town: TestWorld) -> None:
    session = await second_page(town)

    after = await skip(town.world, TENANT, MIA, "f-1", SV, inputs={"PU3": "yes"}, rev=session.followup.version)

    assert after.answers["PU3"].value == "yes"
    assert after.answers["PU4"].kind is AnswerKind.SKIPPED


async def test_skipping_in_words_passes_over_one_question(town: TestWorld) -> None:
    await begin(town)

    after = await skip(town.world, TENANT, MIA, "f-1", SV)

    assert list(after.answers) == ["PU1"]


async def test_going_back_keeps_what_was_filled_in(town: TestWorld) -> None:
    session = await second_page(town)
    later = await press(town, session, PU3="yes", PU4="no")
    filled = {shown(later)[0]: "no"}

    back = await go_back(town.world, TENANT, MIA, "f-1", SV, inputs=filled, rev=later.followup.version)

    assert shown(back) == shown(session)
    assert back.answers[shown(later)[0]].value == "no"


async def test_next_stays_where_there_is_something_left_to_answer(town: TestWorld) -> None:
    session = await begin(town)

    after = await go_on(town.world, TENANT, MIA, "f-1", SV)

    assert shown(after) == shown(session)


async def test_a_question_is_found_by_its_number_and_answered_anew(town: TestWorld) -> None:
    await begin(town)
    await write(town, *ALL_WELL)

    session, question = await go_to(town.world, TENANT, MIA, "f-1", SV, question=1)
    changed = await answer_typed(town.world, TENANT, MIA, "f-1", "3", language=SV, question_id=question.question_id)

    assert session.page is not None
    assert changed.answers["PU1"].value == "3"
    assert shown(changed) == ["PU1", "PU1N"], "a three asks for a note"


async def test_there_is_no_question_without_a_number_in_the_list(town: TestWorld) -> None:
    await begin(town)

    with pytest.raises(Refused, match="no_such_question"):
        await go_to(town.world, TENANT, MIA, "f-1", SV, question=99)


async def test_all_answered_leads_to_the_end(town: TestWorld) -> None:
    await begin(town)

    session = await write(town, *ALL_WELL)

    assert session.page is None
    assert (await row(town)).current_question == AT_END


async def test_a_pause_is_kept_and_taken_up_again_where_it_was(town: TestWorld) -> None:
    await begin(town)
    before = await write(town, "4", "ja", "nej")

    await pause(town.world, TENANT, MIA, "f-1", SV)
    paused = await row(town)
    again = await start_session(town.world, TENANT, MIA, "f-1", SV)

    assert paused.is_paused
    assert again.session is not None
    assert again.beginning is None
    assert shown(again.session) == shown(before)


async def test_going_on_with_what_is_not_paused_changes_nothing(town: TestWorld) -> None:
    before = await begin(town)

    again = await begin(town)

    assert again.followup.version == before.followup.version


async def test_the_deputy_may_answer_and_the_log_says_who_did(town: TestWorld) -> None:
    await begin(town, DORIS)

    await write(town, "4", who=DORIS)

    assert (await events(town))[-1].actor == DORIS.mail


async def test_somebody_without_a_part_in_the_contract_is_refused(town: TestWorld) -> None:
    with pytest.raises(Refused, match="not_yours"):
        await start_session(town.world, TENANT, STRANGER, "f-1", SV)
    with pytest.raises(Refused, match="not_yours"):
        await answer_typed(town.world, TENANT, STRANGER, "f-1", "4", language=SV)


async def test_a_follow_up_that_is_not_there_is_refused(town: TestWorld) -> None:
    with pytest.raises(Refused, match="gone"):
        await start_session(town.world, TENANT, MIA, "f-404", SV)


async def test_answers_to_a_session_that_is_not_running_are_not_kept(town: TestWorld) -> None:
    session = await answer_typed(town.world, TENANT, MIA, "f-1", "4", language=SV)

    assert not session.is_running
    assert session.answers == {}


async def test_questions_come_in_the_language_asked_for(town: TestWorld) -> None:
    await begin(town)

    session = await look(town.world, TENANT, MIA, "f-1", Language.EN)

    assert session.questions[0].text.en == "How has the delivery worked since last time?"


async def test_what_is_agreed_with_the_supplier_is_asked_about_one_by_one(store: Store) -> None:
    world = make_world(store)
    await given(world, followup())
    async with world.world.store.open(TENANT) as unit:
        await unit.deviations.add(
            deviation(contract_id="c-2026-0147", state=DeviationState.IN_REMEDY, number="AVV-2026-0001"),
        )
        await unit.commit()

    session = await begin(world)

    asked = [question for question in session.questions if question.question_id.startswith("PU3")]
    assert [question.question_id for question in asked] == ["PU3:2026-0001"]
    assert "Städningen uteblev." in asked[0].text.sv
