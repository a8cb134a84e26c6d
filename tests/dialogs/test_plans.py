"""The supplier's action plan in the chat: written down, approved by two, said to be done, and checked by us."""

from datetime import date

import pytest

from domain.case_file import ActionVerdict, PlanAction
from domain.deviation import Deviation, DeviationState, Severity
from domain.identifiers import ActionId
from domain.letter import DeviationItem
from storage.unit_of_work import Store
from tests.support.case_talk import CARIN, EVA, MIA, OLLE, Hands, case_now, events_of, given_case, house_of_cases
from tests.support.talking import Talk
from tests.support.world import TENANT, TestWorld, local

S = DeviationState


@pytest.fixture
async def house(store: Store) -> TestWorld:
    return await house_of_cases(store)


async def requested(house: TestWorld, severity: Severity = Severity.MODERATE) -> Deviation:
    return await given_case(house, severity, state=S.PLAN_REQUESTED, ladder_step=3, answer_due_on=date(2027, 2, 5))


async def running(house: TestWorld, severity: Severity = Severity.MODERATE) -> Deviation:
    """A plan of two actions that both have approved."""
    case = await requested(house, severity)
    await Talk(house, MIA).says(f"{case.number} plan: Ny personal utbildas, Anna Berg, 15 mars")
    await Talk(house, MIA).says(f"{case.number} plan: Extra städning, Bo Ek, 1 mars, kontroll: platsbesök")
    await Talk(house, MIA).says(f"{case.number} godkänn planen")
    await Talk(house, OLLE).says(f"{case.number} plan godkänd")
    return case


async def actions(house: TestWorld, case: Deviation) -> list[PlanAction]:
    async with house.world.store.read(TENANT) as unit:
        return list((await unit.case_files.of(case.deviation_id)).actions)


async def test_an_action_is_written_in_one_line(house: TestWorld) -> None:
    case = await requested(house)

    shown = await Talk(house, MIA).says(
        f"{case.number} plan: Ny personal utbildas, Anna Berg, 15 mars, kontroll: platsbesök"
    )

    [action] = await actions(house, case)
    assert (action.text, action.responsible, action.due_on) == ("Ny personal utbildas", "Anna Berg", date(2027, 3, 15))
    assert action.check == "platsbesök"
    assert "1. Ny personal utbildas: Anna Berg, senast 15 mars 2027" in shown


async def test_what_an_action_lacks_is_asked_one_thing_at_a_time(house: TestWorld) -> None:
    case = await requested(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number}")

    who = await mia.says("plan: Extra städning")
    when = await mia.says("Driftchefen")
    await mia.says("1 mars")

    [action] = await actions(house, case)
    assert "Vem svarar för det" in who
    assert "Vilken dag" in when
    assert (action.text, action.responsible, action.due_on) == ("Extra städning", "Driftchefen", date(2027, 3, 1))


async def test_a_plan_is_written_approved_and_followed_by_pressing(house: TestWorld) -> None:
    case = await requested(house)
    mia, olle = Hands(house, MIA).talk, Hands(house, OLLE).talk
    data = {"v": 1, "verb": "case.plan", "subject": f"deviation:{case.deviation_id}", "rev": 0, "notice": None}
    fields = {"plan_add:text": "Ny personal", "plan_add:responsible": "Anna Berg", "plan_add:due_on": "2027-03-15"}

    await mia.presses_old(data)
    await mia.presses("case.plan_add", fields)
    await mia.presses("case.plan_add", {**fields, "plan_add:text": "Fel rad"})
    await mia.presses("case.plan_remove", {"plan_remove:number": "2"})
    await mia.presses("case.plan_approve")
    await olle.presses_old(data)
    await olle.presses("case.plan_approve")
    await olle.presses("case.action_done", {"action_done:number": "1", "action_done:done_on": "2027-01-11"})
    check = {"action_check:number": "1", "action_check:verdict": "held", "action_check:note": "Jag var där"}
    shown = await olle.presses("case.action_check", check)

    [action] = await actions(house, case)
    assert (action.text, action.done_on, action.verdict) == ("Ny personal", date(2027, 1, 11), ActionVerdict.HELD)
    assert (await case_now(house, case)).state is S.PLAN_APPROVED
    assert "Alla åtgärder är kontrollerade" in shown


async def test_both_must_approve_and_each_by_themselves(house: TestWorld) -> None:
    case = await requested(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number} plan: Ny personal utbildas, Anna Berg, 15 mars")

    await mia.says(f"{case.number} godkänn planen")
    again = await mia.says(f"{case.number} godkänn planen")
    halfway = await case_now(house, case)
    refused = await Talk(house, CARIN).says(f"{case.number} godkänn planen")
    await Talk(house, OLLE).says(f"{case.number} godkänn planen")

    after = await case_now(house, case)
    assert "väntar på den andra" in again
    assert "var för sig" in refused
    assert (halfway.state, after.state) == (S.PLAN_REQUESTED, S.PLAN_APPROVED)
    assert (after.plan_manager_mail, after.plan_owner_mail) == (MIA.mail, OLLE.mail)
    assert after.promised_on == date(2027, 3, 15)


async def test_a_changed_plan_has_been_approved_by_nobody(house: TestWorld) -> None:
    case = await requested(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number} plan: Ny personal utbildas, Anna Berg, 15 mars")
    await mia.says(f"{case.number} godkänn planen")

    await mia.says(f"{case.number} plan: Extra städning, Bo Ek, 1 mars")

    assert (await case_now(house, case)).plan_manager_mail is None


async def test_an_approved_plan_is_not_changed(house: TestWorld) -> None:
    case = await running(house)

    refused = await Talk(house, MIA).says(f"{case.number} plan ta bort 1")

    assert "redan godkänd" in refused
    assert len(await actions(house, case)) == 2


async def test_an_empty_plan_is_not_approved(house: TestWorld) -> None:
    case = await requested(house)

    refused = await Talk(house, MIA).says(f"{case.number} godkänn planen")

    assert "åtgärder, datum och ansvariga" in refused


async def test_a_failed_check_counts_as_a_failed_remedy_and_proposes_the_step_above(house: TestWorld) -> None:
    case = await running(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number} åtgärd 2 klar i dag")

    asked = await mia.says(f"{case.number} åtgärd 2 höll inte")
    await mia.says("jag var där och det var smutsigt")
    await house.turn_to(local("2027-01-12", "17:00"))

    after = await case_now(house, case)
    assert "Hur kontrollerades det?" in asked
    assert (after.state, after.failed_remedies) == (S.IN_REMEDY, 1)
    assert (after.ladder_step, after.proposed_step) == (3, 4)
    items = [item for letter in house.teams.to(OLLE.mail) for item in letter.items]
    assert "deviation.why.remedy_failed" in [item.text_key for item in items if isinstance(item, DeviationItem)]


async def test_nothing_is_verified_before_every_action_has_held(house: TestWorld) -> None:
    case = await running(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number} åtgärdad, allt är klart")

    refused = await mia.says(f"{case.number} kontrollerad, jag var där")
    for number in (1, 2):
        await mia.says(f"{case.number} åtgärd {number} höll, jag var där")
    await mia.says(f"{case.number} kontrollerad, jag var där")

    assert "Alla åtgärder i planen" in refused
    assert (await case_now(house, case)).state is S.VERIFIED


async def test_an_action_past_its_day_is_told_of_once_to_the_manager(house: TestWorld) -> None:
    case = await running(house)
    await Talk(house, MIA).says(f"{case.number} åtgärd 1 klar i dag")

    await house.turn_to(local("2027-03-12", "17:00"))

    items = [item for letter in house.teams.to(MIA.mail) for item in letter.items if isinstance(item, DeviationItem)]
    late = [item for item in items if item.text_key == "case.told.action_late"]
    assert [dict(item.values)["action"] for item in late] == ["Extra städning"]
    assert len(await events_of(house, case, "deviation.action_late_told")) == 1


async def test_who_alone_approved_the_plan_of_a_serious_case_does_not_verify_it(house: TestWorld) -> None:
    case = await given_case(
        house, Severity.SERIOUS, state=S.CLAIMED_FIXED, plan_manager_mail=OLLE.mail, plan_owner_mail=OLLE.mail
    )
    async with house.world.store.open(TENANT) as unit:
        held = PlanAction(
            action_id=ActionId("a1"),
            deviation_id=case.deviation_id,
            position=1,
            text="Ny personal",
            responsible="Anna Berg",
            due_on=date(2027, 1, 5),
            verdict=ActionVerdict.HELD,
        )
        await unit.case_files.add_actions([held])
        await unit.commit()

    refused = await Talk(house, OLLE).says(f"{case.number} kontrollerad, jag var där")
    await Talk(house, MIA).says(f"{case.number} kontrollerad, jag var där")

    assert "Be någon annan" in refused
    assert (await case_now(house, case)).state is S.VERIFIED


async def test_the_reporter_reads_the_plan_and_changes_nothing(house: TestWorld) -> None:
    case = await running(house)
    eva = Talk(house, EVA)

    shown = await eva.says(f"{case.number} plan")
    refused = await eva.says(f"{case.number} åtgärd 1 höll, jag såg det")

    assert "Ny personal utbildas" in shown
    assert "avtalsförvaltarens" in refused


async def test_a_done_day_to_come_and_a_number_out_of_the_plan_are_refused(house: TestWorld) -> None:
    case = await running(house)
    olle = Hands(house, OLLE).talk
    await olle.says(f"{case.number} plan")

    ahead = await olle.presses("case.action_done", {"action_done:number": "1", "action_done:done_on": "2027-05-01"})
    unknown = await Talk(house, OLLE).says(f"{case.number} åtgärd 7 klar")

    assert "framtiden" in ahead
    assert "ingen åtgärd 7" in unknown


async def test_a_refused_command_ends_the_question_before_it(house: TestWorld) -> None:
    case = await running(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number} åtgärd 1 klar")

    asked = await mia.says(f"{case.number} åtgärd 1 höll")
    refused = await mia.says(f"{case.number} plan ta bort 9")
    await mia.says("Städningen uteblev i Kinna i morse också")

    first, _ = await actions(house, case)
    assert "Hur kontrollerades det?" in asked
    assert refused
    assert first.verdict is None
