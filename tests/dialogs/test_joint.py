"""Small deviations gathered into one in the chat: listed, answered in words and by buttons, by those who may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.deviation import Deviation, DeviationState, Severity
from domain.identifiers import DeviationId
from domain.joint_proposal import JointProposal, JointProposalState
from domain.letter import JointItem
from storage.unit_of_work import Store
from tests.support.deviations import deviation
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person
from usecases.parts.registering import register
from usecases.parts.scene import read_scene

MIA, OLLE, CARIN, PIA = PEOPLE
EVA = person("Eva Ek")
NOW = local("2027-01-25", "10:00")
CLEANING = contract("2026-0147")
WINDOWS = contract("2026-0148", title="Fönsterputs", manager_mail=EVA.mail, owner_mail=EVA.mail)


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store, at=NOW)
    await furnish(world, [CLEANING, WINDOWS], [*PEOPLE, EVA])
    return world


@pytest.fixture
async def three(town: TestWorld) -> TestWorld:
    """Late three times, each time a small thing."""
    for days in (12, 8, 2):
        await reported(town, days)
    return town


async def reported(town: TestWorld, days_ago: int = 0, **changes: object) -> Deviation:
    about = WINDOWS if changes.get("contract_id") == WINDOWS.contract_id else CLEANING
    async with town.world.store.open(TENANT) as unit:
        number = len(await unit.deviations.all()) + 1
        scene = await read_scene(unit, now=town.clock(), is_local=True)
        fields = {
            "deviation_id": DeviationId(f"d{number}"),
            "number": None,
            "state": DeviationState.DRAFT,
            "contract_id": about.contract_id,
            "contract_number": about.contract_number,
            "type": "LEV_SEN",
            "severity": Severity.MINOR,
            "reported_by": PIA.mail,
            "reported_at": town.clock(),
            "occurred_from": town.clock().date() - timedelta(days=days_ago),
            "description": "Hemliga egna ord.",
        }
        done = await register(unit, scene, deviation(**fields | changes), about, is_stored=False)
        await unit.commit()
    return done.deviation


async def proposals(town: TestWorld) -> list[JointProposal]:
    async with town.world.store.read(TENANT) as unit:
        return await unit.joint_proposals.all()


async def cases(town: TestWorld) -> list[Deviation]:
    async with town.world.store.read(TENANT) as unit:
        return await unit.deviations.all()


async def test_proposals_are_listed_with_their_evidence(three: TestWorld) -> None:
    said = await Talk(three, MIA).says("förslag")

    assert "Många små kan bli en måttlig: Leveransen var sen" in said
    assert "AVV-2027-0001 (13 januari 2027), AVV-2027-0002 (17 januari 2027)" in said


async def test_samla_registers_one_graver_case_and_the_small_ones_stay(three: TestWorld) -> None:
    mia = Talk(three, MIA)
    await mia.says("förslag")

    said = await mia.says("samla 1")

    assert "Mia Manager samlade dem till AVV-2027-0004 den 25 januari 2027." in said
    *small, joint = await cases(three)
    assert {(row.severity, row.state) for row in small} == {(Severity.MINOR, DeviationState.REGISTERED)}
    assert (joint.severity, joint.occurrence_count, joint.is_joint) == (Severity.MODERATE, 3, True)
    assert "AVV-2027-0001 (13 januari 2027)" in joint.description
    assert "Hemliga" not in joint.description
    async with three.world.store.read(TENANT) as unit:
        file = await unit.case_files.of(joint.deviation_id)
        history = await unit.events.about("deviation:d1")
    assert [one.words for one in file.sightings] == ["AVV-2027-0001", "AVV-2027-0002", "AVV-2027-0003"]
    assert history[-1].details["case"] == "AVV-2027-0004"


async def test_samla_after_a_number_finds_its_proposal(three: TestWorld) -> None:
    said = await Talk(three, OLLE).says("AVV-2027-0002 samla")

    assert "AVV-2027-0004" in said


async def test_pressing_samla_twice_makes_one_case(three: TestWorld) -> None:
    mia = Talk(three, MIA)
    await mia.says("förslag")
    await mia.presses("joint.open")
    button = mia.button("joint.accept")

    await mia.presses_old(button)
    again = await mia.presses_old(button)

    assert "samlade dem till AVV-2027-0004" in again
    assert len(await cases(three)) == 4


async def test_no_needs_a_reason_and_is_not_asked_again_about_the_same(three: TestWorld) -> None:
    mia = Talk(three, MIA)
    await mia.says("öppna 1")
    await mia.says("förslag")
    await mia.says("öppna 1")

    asked = await mia.says("nej")
    said = await mia.says("De har olika orsaker")
    await reported(three)

    assert "Varför ska de inte samlas?" in asked
    assert "Mia Manager sa nej den 25 januari 2027: ”De har olika orsaker”" in said
    assert [(one.state, one.reason) for one in await proposals(three)] == [
        (JointProposalState.DECLINED, "De har olika orsaker"),
    ]


async def test_no_with_its_reason_in_one_sentence_from_the_list(three: TestWorld) -> None:
    mia = Talk(three, MIA)
    await mia.says("förslag")

    said = await mia.says("nej 1, de har olika orsaker")

    assert "”de har olika orsaker”" in said


async def test_the_button_for_no_carries_its_reason(three: TestWorld) -> None:
    mia = Talk(three, MIA)
    await mia.says("förslag")
    await mia.presses("joint.open")

    said = await mia.presses("joint.decline", {"reason": "olika orsaker"})

    assert "”olika orsaker”" in said


async def test_a_reason_that_tells_of_somebody_is_not_kept(three: TestWorld) -> None:
    mia = Talk(three, MIA)
    await mia.says("förslag")

    said = await mia.says("nej 1, städaren 811218-9876 är sjuk")

    assert "Det går inte just nu" in said
    assert [one.state for one in await proposals(three)] == [JointProposalState.OPEN]


async def test_in_english_too(three: TestWorld) -> None:
    mia = Talk(three, MIA, locale="en-GB")
    listed = await mia.says("proposals")

    said = await mia.says("gather 1")

    assert "Many minor ones may be one moderate" in listed
    assert "Mia Manager gathered them into AVV-2027-0004 on 25 January 2027." in said


async def test_somebody_elses_proposal_is_not_seen(three: TestWorld) -> None:
    eva = Talk(three, EVA)

    listed = await eva.says("förslag")
    refused = await eva.says("AVV-2027-0001 samla")

    assert "Inga förslag väntar på svar." in listed
    assert "ingår inte i något förslag" in refused


async def test_what_has_been_dismissed_since_is_no_evidence(three: TestWorld) -> None:
    mia = Talk(three, MIA)
    await mia.says("förslag")
    async with three.world.store.open(TENANT) as unit:
        for row in (await unit.deviations.all())[:2]:
            await unit.deviations.save(replace(row, state=DeviationState.DISMISSED))
        await unit.commit()

    assert "Underlaget räcker inte längre" in await mia.says("samla 1")
    assert "Inga förslag väntar på svar." in await mia.says("förslag")


async def test_a_supplier_across_contracts_is_the_controllers(town: TestWorld) -> None:
    for about in (CLEANING, WINDOWS, WINDOWS):
        await reported(town, contract_id=about.contract_id)
    carin, mia = Talk(town, CARIN), Talk(town, MIA)

    await carin.says("förslag")
    said = await carin.says("samla 1")

    assert "Inga förslag" in await mia.says("förslag")
    assert "AVV-2027-0004" in said
    joint = (await cases(town))[-1]
    assert (joint.contract_id, joint.severity) == (None, Severity.MODERATE)
    assert "AVV-2027-0004" in await carin.says("AVV-2027-0004")
    assert "Jag hittar ingen avvikelse" in await mia.says("AVV-2027-0004")


async def test_a_supplier_case_is_opened_and_closed_on_the_suppliers_card(town: TestWorld) -> None:
    await reported(town, severity=Severity.CRITICAL)
    await reported(town, contract_id=WINDOWS.contract_id, severity=Severity.CRITICAL, type="LEV_FEL")
    carin = Talk(town, CARIN)

    shown = await carin.says("leverantör Renhus")
    opened = await carin.presses("joint.accept")
    closed = await carin.says("avsluta leverantörsärendet, de byter ut platschefen")

    assert "Renhus Väst AB har avvikelser som gör 2 avtal röda samtidigt." in shown
    assert "Röd: AVV-2027-0001 är akut" in shown
    assert "avtalsägare Olle Ägare" in shown
    assert "Leverantörsärendet öppnades 25 januari 2027 av Carin Controller." in opened
    assert "Carin Controller avslutade leverantörsärendet den 25 januari 2027: ”de byter ut platschefen”" in closed
    assert [one.state for one in await proposals(town)] == [JointProposalState.CLOSED]


async def test_owners_hear_that_their_supplier_has_been_taken_up(town: TestWorld) -> None:
    await reported(town, severity=Severity.CRITICAL)
    await reported(town, contract_id=WINDOWS.contract_id, severity=Severity.CRITICAL, type="LEV_FEL")
    carin = Talk(town, CARIN)
    await carin.says("förslag")
    await carin.says("samla 1")
    await town.turn_to(local("2027-01-26", "12:00"))

    [item] = [one for letter in town.teams.to(EVA.mail) for one in letter.items if isinstance(one, JointItem)]
    assert [row.number for row in item.evidence] == ["AVV-2027-0002"]


async def test_what_was_gathered_is_counted_once_at_the_supplier(three: TestWorld) -> None:
    mia = Talk(three, MIA)
    await mia.says("förslag")
    await mia.says("samla 1")

    said = await mia.says("leverantör Renhus Väst")

    assert "3 (Liten: 3)" in said
    assert "4 öppna avvikelser" in said


async def test_an_old_card_answers_with_what_somebody_else_decided(three: TestWorld) -> None:
    mia, olle = Talk(three, MIA), Talk(three, OLLE)
    for one in (mia, olle):
        await one.says("förslag")
        await one.presses("joint.open")
    await olle.says("nej, de har olika orsaker")

    said = await mia.presses("joint.accept")

    assert "Olle Ägare sa nej" in said
    assert len(await cases(three)) == 3


async def test_a_supplier_case_in_english(town: TestWorld) -> None:
    await reported(town, severity=Severity.CRITICAL)
    await reported(town, contract_id=WINDOWS.contract_id, severity=Severity.CRITICAL, type="LEV_FEL")
    carin = Talk(town, CARIN, locale="en-GB")

    shown = await carin.says("supplier Renhus")
    opened = await carin.says("gather")
    again = await carin.says("gather")
    closed = await carin.says("close the supplier case, they change the site manager")

    assert "Renhus Väst AB has deviations that make 2 contracts red at the same time." in shown
    assert "The supplier case was opened on 25 January 2027 by Carin Controller." in opened
    assert "was opened on" in again
    assert "closed the supplier case on 25 January 2027: “they change the site manager”" in closed


async def test_a_supplier_that_is_not_there_and_several_that_are(town: TestWorld) -> None:
    carin = Talk(town, CARIN)

    assert "Jag hittar ingen leverantör som heter Nordkontor" in await carin.says("visa leverantör Nordkontor")
    assert "Renhus Väst AB" in await carin.says("leverantör 556000-0001")


async def test_samla_without_a_list_asks_which(three: TestWorld) -> None:
    mia = Talk(three, MIA)

    assert "Vilket förslag menar du?" in await mia.says("samla")
    await mia.says("avvikelser")
    assert "Vilket förslag menar du?" in await mia.says("samla 1")


async def test_what_turns_out_graver_when_assessed_is_weighed_anew(town: TestWorld) -> None:
    first, second = await reported(town), await reported(town, type="LEV_FEL")
    mia = Talk(town, MIA)

    await mia.says(f"{first.number} bedömd, allvarlig, krav 4.2")
    await mia.says(f"{second.number} bedömd, allvarlig, krav 4.3")

    assert [row.proposed_step for row in await cases(town)] == [None, 3]


async def test_others_see_a_supplier_on_their_own_contracts_only(three: TestWorld) -> None:
    await reported(three, contract_id=WINDOWS.contract_id)

    said = await Talk(three, EVA).says("leverantör Renhus Väst")

    assert "Fönsterputs" in said
    assert "Städning av skolor" not in said
    assert "Avtalscontrollern ser alla" in said


async def test_a_report_that_begins_with_the_word_supplier_is_a_report(town: TestWorld) -> None:
    said = await Talk(town, MIA).says("Leverantören kom inte i dag heller, städningen uteblev")

    assert "Har jag förstått dig rätt?" in said
