"""The lights of many contracts: from follow-ups handed in and cases the asker may see, on both databases."""

import json
from datetime import date, timedelta

import pytest

from domain.contract import ContractClass
from domain.deviation import DeviationState, Severity
from domain.followup import FollowupState
from domain.identifiers import ContractId
from domain.light import Light, Why
from storage.unit_of_work import Store
from tests.support.overview import CARIN, EVA, LARM, MAT, MIA, NOW, PIA, STADNING, case, given, late
from tests.support.talking import Talk
from tests.support.world import TENANT, TestWorld, make_world
from usecases.export_rows import Export, export_rows
from usecases.questions.count_status import count_status
from usecases.questions.list_lights import list_lights, list_unseen

TODAY = date(2027, 1, 25)
SEEN = {"state": FollowupState.ACCEPTED, "submitted_at": NOW - timedelta(days=20)}


@pytest.fixture
async def town(store: Store) -> TestWorld:
    """Cleaning is red, food green, and nobody has ever looked at the alarms."""
    world = make_world(store)
    await given(
        world,
        followups=(
            late(STADNING.contract_id, date(2027, 1, 4), **SEEN),
            late(MAT.contract_id, date(2027, 1, 4), contract_class=ContractClass.HIGH, **SEEN),
        ),
        deviations=(
            case("AVV-2027-0001", STADNING.contract_id, "LEV_SEN", deadline_on=TODAY - timedelta(days=3)),
            case("AVV-2027-0002", MAT.contract_id, "LEV_SEN", state=DeviationState.CLOSED),
            case("AVV-2027-0003", MAT.contract_id, "ARB_KRIM", severity=Severity.CRITICAL),
        ),
    )
    return world


async def lights(town: TestWorld, person: object = CARIN) -> dict[ContractId, Light]:
    answer = await list_lights(town.world, TENANT, person)  # type: ignore[arg-type]
    return {row.contract.contract_id: row.light.light for row in answer.rows}


async def test_the_controller_sees_every_light(town: TestWorld) -> None:
    assert await lights(town) == {
        STADNING.contract_id: Light.RED,
        MAT.contract_id: Light.RED,
        LARM.contract_id: Light.GREY,
    }


async def test_a_case_kept_from_its_manager_does_not_colour_their_light(town: TestWorld) -> None:
    assert await lights(town, EVA) == {MAT.contract_id: Light.GREEN}


async def test_only_the_lights_asked_for_the_worst_first(town: TestWorld) -> None:
    answer = await list_lights(town.world, TENANT, CARIN, only={Light.RED})

    assert [row.contract.contract_number for row in answer.rows] == ["2026-0147", "2026-0148"]
    assert answer.rows[0].light.causes[0].why is Why.DEADLINE_PASSED


async def test_what_nobody_has_looked_at_for_a_year(town: TestWorld) -> None:
    answer = await list_unseen(town.world, TENANT, CARIN)

    assert [(row.contract.contract_number, row.followed_up_on) for row in answer.rows] == [("2026-0149", None)]


async def test_status_counts_lights_by_class(town: TestWorld) -> None:
    status = await count_status(town.world, TENANT, MIA)

    assert status.lights == {Light.RED: {ContractClass.CRITICAL: 1}}


async def test_the_card_of_a_contract_says_its_light_in_words_with_the_reason(town: TestWorld) -> None:
    swedish = await Talk(town, MIA).says("avtal 2026-0147")
    english = await Talk(town, MIA, locale="en-GB").says("contract 2026-0147")

    assert "Röd: AVV-2027-0001 har passerat sin sista dag (22 januari 2027)." in swedish
    assert "Red: AVV-2027-0001 has passed its last day (22 January 2027)." in english


async def test_who_may_not_see_the_cases_is_shown_no_light(town: TestWorld) -> None:
    said = await Talk(town, PIA).says("avtal 2026-0147")

    assert "Städning av skolor" in said
    assert not any(word in said for word in ("Grön:", "Röd:", "Gul:", "Grå:"))


async def test_status_says_the_lights_in_words(town: TestWorld) -> None:
    said = await Talk(town, CARIN).says("status")

    assert "Röda\n2 (1 i klass 1, 1 i klass 2)" in said
    assert "Grå\n1 (1 utan klass)" in said


async def test_the_export_has_the_light_without_what_only_controller_and_legal_may_know(town: TestWorld) -> None:
    rows = await export_rows(town.world, TENANT, Export.CONTRACTS)

    found = {row["contract_number"]: row["status_light"] for row in json.loads(json.dumps(rows))}
    assert found == {"2026-0147": "red", "2026-0148": "green", "2026-0149": "grey"}
