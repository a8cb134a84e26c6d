"""What a case leads to beside itself: proposals to gather, steps, and a supplier that is red in two places."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.contract import Contract, ContractSupplier
from domain.deviation import Deviation, DeviationState, LadderStep, Severity
from domain.identifiers import DeviationId
from domain.joint_proposal import JointProposal
from domain.letter import DeviationItem, JointItem
from domain.notice import NoticeKind
from storage.unit_of_work import Store
from tests.support.deviations import deviation
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world
from usecases.parts.registering import register
from usecases.parts.scene import read_scene
from usecases.parts.weighing import weigh_again

MIA, OLLE, CARIN, _ = PEOPLE
START = local("2027-01-11", "10:00")
CLEANING = contract("2026-0147")
WINDOWS = contract("2026-0148", title="Fönsterputs", manager_mail="eva.ek@exempel.example")
SHARED = contract(
    "2026-0149",
    title="Städramavtal",
    suppliers=(
        *CLEANING.suppliers,
        ContractSupplier(org_number="5560000002", name="Blanka AB", lot="Fönster"),
    ),
)


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store, at=START)
    await furnish(world, [CLEANING, WINDOWS, SHARED])
    async with world.world.store.open(TENANT) as unit:
        await unit.contracts.mark_planned([one.contract_id for one in (CLEANING, WINDOWS, SHARED)])
        await unit.commit()
    return world


async def reported(town: TestWorld, about: Contract = CLEANING, **changes: Any) -> Deviation:  # noqa: ANN401
    """One more case, registered now."""
    async with town.world.store.open(TENANT) as unit:
        now = town.clock()
        number = len(await unit.deviations.all()) + 1
        draft: dict[str, Any] = {
            "deviation_id": DeviationId(f"d{number}"),
            "number": None,
            "state": DeviationState.DRAFT,
            "contract_id": about.contract_id,
            "contract_number": about.contract_number,
            "type": "LEV_SEN",
            "severity": Severity.MINOR,
            "reported_by": MIA.mail,
            "reported_at": now,
            "occurred_from": now.date(),
        }
        scene = await read_scene(unit, now=now, is_local=True)
        done = await register(unit, scene, deviation(**draft | changes), about, is_stored=False)
        await unit.commit()
    return done.deviation


async def proposals(town: TestWorld) -> list[JointProposal]:
    async with town.world.store.read(TENANT) as unit:
        return await unit.joint_proposals.all()


def items(town: TestWorld, mail: str, kind: type) -> list[Any]:
    return [item for letter in town.teams.to(mail) for item in letter.items if isinstance(item, kind)]


async def later(town: TestWorld, days: int) -> None:
    town.clock.now += timedelta(days=days)


async def test_the_third_minor_one_is_proposed_as_one_moderate_with_its_evidence(town: TestWorld) -> None:
    for _ in range(3):
        await reported(town)
        await later(town, 10)

    [proposal] = await proposals(town)
    assert (proposal.severity, proposal.evidence, proposal.occurrence_count) == (
        Severity.MODERATE,
        (DeviationId("d1"), DeviationId("d2"), DeviationId("d3")),
        3,
    )


async def test_two_are_not_three(town: TestWorld) -> None:
    await reported(town)
    await reported(town)

    assert await proposals(town) == []


async def test_the_manager_reads_of_it_in_the_next_digest(town: TestWorld) -> None:
    for _ in range(3):
        await reported(town)

    await town.turn_to(local("2027-01-12", "12:00"))

    [item] = items(town, MIA.mail, JointItem)
    assert [row.number for row in item.evidence] == ["AVV-2027-0001", "AVV-2027-0002", "AVV-2027-0003"]
    assert items(town, OLLE.mail, JointItem) == items(town, CARIN.mail, JointItem) == []


async def test_more_evidence_renews_the_one_that_waits(town: TestWorld) -> None:
    for _ in range(4):
        await reported(town)

    [proposal] = await proposals(town)
    assert (len(proposal.evidence), proposal.version) == (4, 2)


async def test_what_happens_on_two_contracts_is_told_to_the_controller_alone(town: TestWorld) -> None:
    await reported(town)
    await reported(town, WINDOWS)
    await reported(town, WINDOWS)
    await town.turn_to(local("2027-01-12", "12:00"))

    [proposal] = await proposals(town)
    assert (proposal.contract_id, proposal.org_number) == (None, "5560000001")
    assert len(items(town, CARIN.mail, JointItem)) == 1
    assert items(town, MIA.mail, JointItem) == []


async def test_where_several_suppliers_share_a_contract_none_is_blamed(town: TestWorld) -> None:
    await reported(town)
    await reported(town)
    await reported(town, SHARED)

    assert await proposals(town) == []


async def test_the_same_thing_three_times_proposes_a_plan_once_and_tells_the_owner(town: TestWorld) -> None:
    cases = [await reported(town) for _ in range(4)]
    await town.turn_to(local("2027-01-12", "12:00"))

    assert [case.proposed_step for case in cases] == [None, None, LadderStep.ACTION_PLAN, None]
    [item] = [one for one in items(town, OLLE.mail, DeviationItem) if one.kind is NoticeKind.DEVIATION_STEP]
    assert (item.text_key, item.deviation.number) == ("deviation.why.repeated", "AVV-2027-0003")


async def test_two_serious_ones_open_propose_a_plan_and_ask_the_controller_for_a_meeting(town: TestWorld) -> None:
    await reported(town, severity=Severity.SERIOUS)
    second = await reported(town, severity=Severity.SERIOUS, type="LEV_FEL")
    await town.turn_to(local("2027-01-12", "12:00"))

    assert second.proposed_step == LadderStep.ACTION_PLAN
    [meeting] = [one for one in items(town, CARIN.mail, DeviationItem) if one.kind is NoticeKind.DEVIATION_MEETING]
    assert (meeting.text_key, meeting.deviation.number) == ("deviation.why.meeting", "AVV-2027-0002")
    [asked] = [one for one in items(town, OLLE.mail, DeviationItem) if one.kind is NoticeKind.DEVIATION_STEP]
    assert asked.text_key == "deviation.why.several_serious"


async def test_our_own_faults_propose_no_step(town: TestWorld) -> None:
    cases = [await reported(town, type="INT_AVSTEG") for _ in range(3)]

    assert {case.proposed_step for case in cases} == {None}


async def test_a_supplier_red_on_two_contracts_is_told_of_once(town: TestWorld) -> None:
    await reported(town, severity=Severity.CRITICAL)
    await reported(town, WINDOWS, severity=Severity.CRITICAL, type="LEV_FEL")
    await town.turn_to(local("2027-01-12", "12:00"))
    await town.turn_to(local("2027-01-15", "12:00"))

    [proposal] = [one for one in await proposals(town) if one.is_supplier_case]
    assert (proposal.org_number, proposal.occurrence_count) == ("5560000001", 2)
    assert len(items(town, CARIN.mail, JointItem)) == 1


async def test_a_deadline_that_passes_makes_a_supplier_red_in_two_places(town: TestWorld) -> None:
    await reported(town, severity=Severity.MODERATE, reported_by=OLLE.mail)
    await reported(town, WINDOWS, severity=Severity.MODERATE, type="LEV_FEL", reported_by=OLLE.mail)

    await town.turn_to(local("2027-02-08", "12:00"))

    assert len([one for one in await proposals(town) if one.is_supplier_case]) == 1


async def test_kinds_that_only_controller_and_legal_may_know_of_are_not_told_to_the_manager(town: TestWorld) -> None:
    for _ in range(3):
        await reported(town, type="ARB_KRIM", severity=Severity.MODERATE, reported_by=CARIN.mail)
    await town.turn_to(local("2027-01-12", "12:00"))

    assert len(await proposals(town)) == 1
    assert items(town, MIA.mail, JointItem) == []
    assert len(items(town, CARIN.mail, JointItem)) == 1


async def test_looking_again_proposes_nothing_twice(town: TestWorld) -> None:
    cases = [await reported(town) for _ in range(3)]
    async with town.world.store.open(TENANT) as unit:
        scene = await read_scene(unit, now=town.clock(), is_local=True)
        await weigh_again(unit, scene, cases, {CLEANING.contract_id: CLEANING})
        await unit.commit()

    [proposal] = await proposals(town)
    assert proposal.version == 1
    assert date(2027, 1, 11) == town.clock().date()
