"""The controller sees every contract, others their own, and some deviations hardly anybody."""

from datetime import date

import pytest

from domain.contract import ContractClass
from domain.deviation import Severity
from domain.followup import FollowupState
from domain.people import Person
from storage.unit_of_work import Store
from tests.support.overview import (
    CARIN,
    DORA,
    EVA,
    LENA,
    MAT,
    MIA,
    OLLE,
    PIA,
    STADNING,
    STIG,
    case,
    given,
    late,
    waiting,
)
from tests.support.world import TENANT, TestWorld, make_world
from usecases.questions.asking import Narrowing
from usecases.questions.count_status import count_status
from usecases.questions.list_decisions import list_decisions
from usecases.questions.list_deviations import list_deviations
from usecases.questions.list_late import list_late
from usecases.questions.show_contract import find_contract, show_contract

STAD, FOOD = STADNING.contract_id, MAT.contract_id


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    await given(
        world,
        followups=(
            late(FOOD, date(2027, 1, 4), contract_class=ContractClass.HIGH),
            late(STAD, date(2027, 1, 22)),
            late(STAD, date(2027, 1, 18)),
            late(STAD, date(2027, 1, 25)),
            late(STAD, date(2027, 1, 11), state=FollowupState.ACCEPTED),
            late(STAD, date(2027, 1, 12), state=FollowupState.SKIPPED_RAMP),
        ),
        deviations=(
            case("AVV-2027-0001", STAD, "LEV_SEN"),
            case("AVV-2027-0002", STAD, "ARB_KRIM", severity=Severity.CRITICAL),
            case("AVV-2027-0003", FOOD, "SAK_INCIDENT", severity=Severity.CRITICAL),
            case("AVV-2027-0004", FOOD, "LEV_FEL", deadline_on=date(2027, 1, 20)),
        ),
        watches=(waiting(STAD, date(2026, 8, 28)), waiting(FOOD, date(2026, 9, 1))),
    )
    return world


async def numbers(town: TestWorld, person: Person) -> list[str | None]:
    answer = await list_deviations(town.world, TENANT, person)
    return [row.deviation.number for row in answer.rows]


async def test_the_controller_sees_every_late_followup_by_class_and_the_latest_first(town: TestWorld) -> None:
    answer = await list_late(town.world, TENANT, CARIN)

    assert [(row.contract.contract_number, row.days_late) for row in answer.rows] == [
        ("2026-0147", 5),
        ("2026-0147", 1),
        ("2026-0148", 14),
    ]
    assert not answer.is_own


async def test_a_manager_sees_their_own_late_followups_only_and_the_answer_knows_it(town: TestWorld) -> None:
    answer = await list_late(town.world, TENANT, EVA)

    assert [row.contract.contract_number for row in answer.rows] == ["2026-0148"]
    assert answer.is_own
    assert answer.has_contracts


async def test_somebody_without_contracts_is_known_as_such(town: TestWorld) -> None:
    answer = await list_late(town.world, TENANT, STIG)

    assert answer.rows == ()
    assert not answer.has_contracts


async def test_a_question_can_be_narrowed_to_a_class_or_to_words(town: TestWorld) -> None:
    of_class = await list_late(town.world, TENANT, CARIN, Narrowing(contract_class=ContractClass.HIGH))
    about_food = await list_late(town.world, TENANT, CARIN, Narrowing(about="mat förskolor"))

    assert {row.contract.contract_number for row in of_class.rows} == {"2026-0148"}
    assert {row.contract.contract_number for row in about_food.rows} == {"2026-0148"}


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        pytest.param(CARIN, ["AVV-2027-0002", "AVV-2027-0003", "AVV-2027-0004", "AVV-2027-0001"], id="controller"),
        pytest.param(LENA, ["AVV-2027-0002", "AVV-2027-0003"], id="legal counsel sees what is restricted"),
        pytest.param(DORA, ["AVV-2027-0003"], id="the data protection officer sees what concerns data"),
        pytest.param(MIA, ["AVV-2027-0001"], id="manager, but no suspected crime"),
        pytest.param(OLLE, ["AVV-2027-0001"], id="owner, but no suspected crime"),
        pytest.param(EVA, ["AVV-2027-0003", "AVV-2027-0004"], id="manager of the contract of the incident"),
        pytest.param(PIA, [], id="procurement"),
        pytest.param(STIG, [], id="nobody in particular"),
    ],
)
async def test_restricted_deviations_are_for_the_named_few(town: TestWorld, person: Person, seen: list[str]) -> None:
    assert await numbers(town, person) == seen


async def test_the_status_counts_no_deviation_the_asker_may_not_see(town: TestWorld) -> None:
    of_mia = await count_status(town.world, TENANT, MIA)
    of_carin = await count_status(town.world, TENANT, CARIN)

    assert of_mia.deviations == {Severity.MODERATE: 1}
    assert of_carin.deviations == {Severity.MODERATE: 2, Severity.CRITICAL: 2}
    assert of_carin.deviations_past_deadline == 1


async def test_the_card_of_a_contract_shows_no_deviation_the_asker_may_not_see(town: TestWorld) -> None:
    found = await find_contract(town.world, TENANT, MIA, "2026-0147")

    assert found.whole is not None
    assert [row.deviation.number for row in found.whole.deviations] == ["AVV-2027-0001"]


async def test_the_status_counts_what_is_to_be_done_by_class_and_what_of_it_is_late(town: TestWorld) -> None:
    status = await count_status(town.world, TENANT, CARIN)

    assert status.followups_due == {ContractClass.CRITICAL: 3, ContractClass.HIGH: 1}
    assert status.followups_late == {ContractClass.CRITICAL: 2, ContractClass.HIGH: 1}
    assert (status.contracts_active, status.needs_decision) == (3, 2)
    assert (status.unclassified, status.without_owner) == (1, 1)


async def test_the_status_of_a_manager_counts_their_own(town: TestWorld) -> None:
    status = await count_status(town.world, TENANT, EVA)

    assert status.is_own
    assert status.followups_due == {ContractClass.HIGH: 1}
    assert (status.contracts_active, status.needs_decision, status.unclassified) == (1, 1, 0)


async def test_dates_that_need_a_decision_come_class_by_class(town: TestWorld) -> None:
    every = await list_decisions(town.world, TENANT, CARIN)
    one_class = await list_decisions(town.world, TENANT, CARIN, Narrowing(contract_class=ContractClass.HIGH))

    assert [row.contract.contract_number for row in every.rows] == ["2026-0147", "2026-0148"]
    assert [row.contract.contract_number for row in one_class.rows] == ["2026-0148"]


async def test_somebody_elses_contract_is_not_found_as_if_it_were_none(town: TestWorld) -> None:
    elses = await find_contract(town.world, TENANT, EVA, "2026-0147")
    none = await find_contract(town.world, TENANT, EVA, "1999-0001")
    pressed = await show_contract(town.world, TENANT, EVA, STAD)

    assert elses.whole is none.whole is pressed.whole is None
    assert elses.several == none.several == ()


async def test_the_procurement_officer_may_open_a_contract_they_have_been_told_of(town: TestWorld) -> None:
    found = await find_contract(town.world, TENANT, PIA, "2026-0147")

    assert found.whole is not None


async def test_a_contract_is_found_by_words_of_its_title(town: TestWorld) -> None:
    one = await find_contract(town.world, TENANT, CARIN, "larm")
    several = await find_contract(town.world, TENANT, CARIN, "förskolor")

    assert one.whole is not None
    assert one.whole.contract.contract_number == "2026-0149"
    assert [row.contract_number for row in several.several] == ["2026-0147", "2026-0148"]
