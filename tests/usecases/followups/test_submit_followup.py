"""A session is handed in, what it proposes is decided first, and the right people read it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.checklist.outcome import StatusLight
from domain.contract import ContractClass
from domain.deviation import Severity
from domain.errors import Refused
from domain.followup import Activity, FollowupState
from storage.unit_of_work import Store
from tests.support.followups import (
    ALL_WELL,
    CARIN,
    MIA,
    OLLE,
    PIA,
    STADNING,
    SV,
    begin,
    followup,
    given,
    kinds,
    queued,
    row,
    write,
)
from tests.support.world import TENANT, TestWorld, local, make_world
from usecases.followups.answer_questions import answer_typed
from usecases.followups.decide_proposal import Changed, confirm_proposal, decline_proposal
from usecases.followups.open_followup import open_followup
from usecases.followups.sign_off_followup import send_back_followup, sign_off_followup
from usecases.followups.submit_followup import Submission, submit_followup

MEDIUM = (
    replace(STADNING, contract_class=ContractClass.MEDIUM),
    followup(contract_class=ContractClass.MEDIUM, modules=("PU",)),
)
PULSE_WELL = ("4", "ja", "nej", "nej", "nej")


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    await given(world)
    return world


async def submit(world: TestWorld) -> Submission:
    return await submit_followup(world.world, TENANT, MIA, "f-1", SV)


async def handed_in(world: TestWorld, *answers: str) -> Submission:
    await begin(world)
    await write(world, *(answers or ALL_WELL))
    return await submit(world)


async def test_a_critical_contract_waits_for_its_owner_even_when_all_is_well(town: TestWorld) -> None:
    done = await handed_in(town)

    stored = await row(town)
    assert done.is_submitted
    assert done.light is StatusLight.GREEN
    assert stored.state is FollowupState.SUBMITTED
    assert stored.closed_at == town.clock.now
    assert await queued(town) == [("olle.agare", "sign_off", "letters.sign_off")]


async def test_an_ordinary_contract_with_nothing_to_remark_is_accepted_at_once(store: Store) -> None:
    world = make_world(store)
    await given(world, MEDIUM[1], contracts=(MEDIUM[0],))

    done = await handed_in(world, *PULSE_WELL)

    assert done.is_accepted
    assert (await row(world)).state is FollowupState.ACCEPTED
    assert await queued(world) == []


async def test_an_ordinary_contract_with_something_to_remark_waits_for_its_owner(store: Store) -> None:
    world = make_world(store)
    await given(world, MEDIUM[1], contracts=(MEDIUM[0],))

    done = await handed_in(world, "4", "nej", "nej", "nej", "nej")

    assert not done.is_accepted
    assert done.light is StatusLight.YELLOW


async def test_nothing_is_handed_in_with_a_question_left(town: TestWorld) -> None:
    await begin(town)
    await write(town, "4")

    done = await submit(town)

    assert not done.is_submitted
    assert (await row(town)).state is FollowupState.IN_PROGRESS


async def test_a_bad_answer_proposes_what_must_be_decided_first(town: TestWorld) -> None:
    done = await handed_in(town, *ALL_WELL[:8], "nej", *ALL_WELL[9:])

    assert not done.is_submitted
    assert [one.proposal.type for one in done.session.open_proposals] == ["LEV_KVALITET"]


async def test_a_confirmed_proposal_is_registered_at_once_with_a_number(town: TestWorld) -> None:
    await handed_in(town, *ALL_WELL[:8], "nej, smutsiga toaletter", *ALL_WELL[9:])

    session = await confirm_proposal(town.world, TENANT, MIA, "f-1", "LK4", SV)

    assert [one.number for one in session.own_deviations] == ["AVV-2027-0001"]
    assert "smutsiga toaletter" in session.own_deviations[0].description
    assert not session.open_proposals


async def test_confirming_twice_registers_once(town: TestWorld) -> None:
    await handed_in(town, *ALL_WELL[:8], "nej", *ALL_WELL[9:])
    await confirm_proposal(town.world, TENANT, MIA, "f-1", "LK4", SV)

    again = await confirm_proposal(town.world, TENANT, MIA, "f-1", "LK4", SV)

    assert len(again.own_deviations) == 1


async def test_a_proposal_can_be_changed_before_it_is_registered(town: TestWorld) -> None:
    await handed_in(town, *ALL_WELL[:8], "nej", *ALL_WELL[9:])
    wanted = Changed(severity=Severity.SERIOUS, text="Ingen städning i tre veckor.")

    session = await confirm_proposal(town.world, TENANT, MIA, "f-1", "LK4", SV, wanted)

    assert session.own_deviations[0].severity is Severity.SERIOUS
    assert session.own_deviations[0].description == "Ingen städning i tre veckor."
    assert ("olle.agare", "deviation_urgent", "deviation.urgent") in await queued(town)


async def test_how_many_times_something_stayed_away_is_counted(town: TestWorld) -> None:
    await handed_in(town, *ALL_WELL[:7], "4", *ALL_WELL[8:])

    session = await confirm_proposal(town.world, TENANT, MIA, "f-1", "LK3", SV)

    assert session.own_deviations[0].occurrence_count == 4


async def test_a_declined_proposal_needs_a_reason_and_keeps_it(town: TestWorld) -> None:
    await handed_in(town, *ALL_WELL[:8], "nej", *ALL_WELL[9:])

    with pytest.raises(Refused, match="decline_needs_reason"):
        await decline_proposal(town.world, TENANT, MIA, "f-1", "LK4", SV, " ")
    session = await decline_proposal(town.world, TENANT, MIA, "f-1", "LK4", SV, "Det var vårt eget fel.")

    assert session.proposed[0].reason == "Det var vårt eget fel."
    assert session.own_deviations == ()


async def test_what_has_been_registered_is_not_proposed_again_when_the_answer_changes(town: TestWorld) -> None:
    await handed_in(town, *ALL_WELL[:8], "nej", *ALL_WELL[9:])
    await confirm_proposal(town.world, TENANT, MIA, "f-1", "LK4", SV)

    session = await answer_typed(town.world, TENANT, MIA, "f-1", "delvis", language=SV, question_id="LK4")

    assert session.open_proposals == ()


async def test_help_wanted_reaches_the_controller(town: TestWorld) -> None:
    await handed_in(town, *ALL_WELL[:4], "ja", *ALL_WELL[5:])

    assert ("carin.controller", "help_wanted", "letters.help_wanted") in await queued(town)


async def test_a_change_in_practice_reaches_procurement(town: TestWorld) -> None:
    await begin(town)
    await write(town, *ALL_WELL[:3], "ja, priset höjdes", *ALL_WELL[4:])
    await confirm_proposal(town.world, TENANT, MIA, "f-1", "PU5", SV)

    await submit(town)

    assert (PIA.mail.split("@")[0], "followup_note", "notes.changed_in_practice") in await queued(town)


async def test_no_checked_invoice_is_no_follow_up(store: Store) -> None:
    world = make_world(store)
    await given(world, followup(modules=("PF",)))
    await begin(world)
    await write(world, "0", "ja", "nej", "nej", "ja", "oförändrat", "ja", "10", "ja")

    done = await submit(world)

    assert not done.is_submitted


async def test_handed_in_twice_is_handed_in_once(town: TestWorld) -> None:
    await handed_in(town)

    again = await submit(town)

    assert not again.is_submitted
    assert (await kinds(town)).count("followup.submitted") == 1


# ---------------------------------------------------------------- the owner


async def test_the_owner_sees_everything_that_was_answered(town: TestWorld) -> None:
    await handed_in(town)

    opened = await open_followup(town.world, TENANT, OLLE, "f-1", SV)

    assert opened.review is not None
    assert opened.review.submitted_by_name == MIA.name
    assert len(opened.review.session.answers) == len(ALL_WELL)


async def test_the_manager_sees_where_it_stands_but_has_nothing_to_approve(town: TestWorld) -> None:
    await handed_in(town)

    opened = await open_followup(town.world, TENANT, MIA, "f-1", SV)

    assert opened.review is None
    with pytest.raises(Refused, match="not_yours_to_sign"):
        await sign_off_followup(town.world, TENANT, MIA, "f-1", SV)


async def test_the_owner_approves(town: TestWorld) -> None:
    await handed_in(town)

    done = await sign_off_followup(town.world, TENANT, OLLE, "f-1", SV)

    assert done.is_decided
    assert (await row(town)).state is FollowupState.ACCEPTED
    assert (await kinds(town))[-1] == "followup.accepted"


async def test_approving_twice_changes_nothing(town: TestWorld) -> None:
    await handed_in(town)
    await sign_off_followup(town.world, TENANT, OLLE, "f-1", SV)

    again = await sign_off_followup(town.world, TENANT, OLLE, "f-1", SV)

    assert not again.is_decided


async def test_sent_back_it_runs_again_and_the_manager_is_told_why(town: TestWorld) -> None:
    await handed_in(town)

    await send_back_followup(town.world, TENANT, OLLE, "f-1", SV, "Hur gick fråga 3?")

    stored = await row(town)
    assert stored.state is FollowupState.IN_PROGRESS
    assert stored.closed_at is None
    assert ("mia.manager", "followup_returned", "letters.returned") in await queued(town)


async def test_handed_in_again_the_owner_is_asked_again(town: TestWorld) -> None:
    await handed_in(town)
    await send_back_followup(town.world, TENANT, OLLE, "f-1", SV, "Hur gick fråga 3?")

    await submit(town)
    await town.turn_to(local("2027-01-26", "09:00"))

    asked = [item for letter in town.teams.to(OLLE.mail) for item in letter.items if item.kind == "sign_off"]
    assert len(asked) == 1
    assert "returned" not in [item.kind.value for letter in town.teams.to(MIA.mail) for item in letter.items]


async def test_a_contract_without_an_owner_is_read_by_the_controller(store: Store) -> None:
    world = make_world(store)
    await given(world, contracts=(replace(STADNING, owner_mail=None),))

    await handed_in(world)

    assert await queued(world) == [("carin.controller", "sign_off", "letters.sign_off")]
    assert (await sign_off_followup(world.world, TENANT, CARIN, "f-1", SV)).is_decided


async def test_nobody_approves_their_own_work_on_a_critical_contract(store: Store) -> None:
    world = make_world(store)
    await given(world, contracts=(replace(STADNING, owner_mail=MIA.mail),))

    await handed_in(world)

    assert await queued(world) == [("carin.controller", "sign_off", "letters.sign_off")]
    with pytest.raises(Refused, match="not_yours_to_sign"):
        await sign_off_followup(world.world, TENANT, MIA, "f-1", SV)


async def test_the_owner_is_reminded_and_then_the_controller_is_asked_too(town: TestWorld) -> None:
    await handed_in(town)

    await town.turn_to(local("2027-02-01", "12:00"))
    after_five = [item.kind.value for letter in town.teams.to(OLLE.mail) for item in letter.items].count("sign_off")
    await town.turn_to(local("2027-02-08", "12:00"))

    to_controller = [item.kind.value for letter in town.teams.to(CARIN.mail) for item in letter.items]
    assert after_five == 2
    assert to_controller.count("sign_off") == 1
    assert (await sign_off_followup(town.world, TENANT, CARIN, "f-1", SV)).is_decided


async def test_the_controller_does_not_approve_before_the_owner_has_had_time(town: TestWorld) -> None:
    await handed_in(town)

    with pytest.raises(Refused, match="not_yours_to_sign"):
        await sign_off_followup(town.world, TENANT, CARIN, "f-1", SV)


async def test_whoever_hands_in_hears_when_the_contract_is_followed_up_next(store: Store) -> None:
    world = make_world(store)
    pulse = followup(followup_id="f-2", activity=Activity.PULSE, due_on=date(2027, 2, 5), modules=("PU",))
    decision = followup(followup_id="f-3", activity=Activity.EXTENSION_DECISION, due_on=date(2027, 2, 1), modules=())
    await given(world, followup(), pulse, decision)

    done = await handed_in(world)

    assert done.next_on == date(2027, 2, 5)


async def test_the_next_of_the_same_kind_counts_before_the_clock_has_written_it_down(town: TestWorld) -> None:
    done = await handed_in(town)

    assert done.next_on == date(2027, 6, 1)  # in March it is the yearly one's turn
