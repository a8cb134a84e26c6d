"""The controller's two lists about our own passivity: what has been answered and claimed, and where nobody has said a word."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.case_file import SanctionAnswer, SanctionDecision
from domain.contract_right import ContractRight, RightKind
from domain.deviation import DeviationState
from domain.identifiers import ContractId, DeviationId
from domain.people import Language
from storage.unit_of_work import Store
from tests.support.deviations import deviation
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person

MIA, OLLE, CARIN, _ = PEOPLE
NORA = person("Nora Norr")


@pytest.fixture
async def house(store: Store) -> TestWorld:
    """Two contracts with a case each: in Olle's a penalty was claimed, in Nora's a right waits and the supplier is untold."""
    test_world = make_world(store, at=local("2027-03-15"))
    norths = contract("2026-0200", title="Skolskjuts", owner_mail=NORA.mail, manager_mail=NORA.mail)
    await furnish(test_world, [contract("2026-0147"), norths], [*PEOPLE, NORA])
    claimed = {"answer": SanctionAnswer.YES, "amount_sek": Decimal(15000), "reference": "KS 2027/12"}
    await put(test_world, 1, "2026-0147", {RightKind.PENALTY: claimed, RightKind.DAMAGES: {"reason": "ingen skada"}})
    await put(test_world, 2, "2026-0200", {})
    return test_world


async def put(
    house: TestWorld, at: int, number: str, answers: Mapping[RightKind, dict[str, Any]], **changes: object
) -> None:
    """A case on the contract, with these answers given two weeks ago; without any, a penalty waits."""
    now = house.clock()
    case = deviation(
        deviation_id=DeviationId(f"d-{at}"),
        number=f"AVV-2027-000{at}",
        contract_id=ContractId(f"c-{number}"),
        contract_number=number,
        state=DeviationState.ASSESSED,
        reported_at=now - timedelta(days=20),
        state_entered_at=now - timedelta(days=19),
        sanction_since=None if answers else now - timedelta(days=19),
        supplier_notified_at=now - timedelta(days=10) if answers else None,
    )
    async with house.world.store.open(TENANT) as unit:
        await unit.deviations.add(replace(case, **changes))  # type: ignore[arg-type]
        rights = [ContractRight(contract_id=ContractId(f"c-{number}"), kind=RightKind.PENALTY, clause="§ 7")]
        await unit.contract_rights.put(ContractId(f"c-{number}"), rights)
        for kind, said in answers.items():
            plain: dict[str, Any] = {
                "deviation_id": case.deviation_id,
                "kind": kind,
                "answer": SanctionAnswer.NO,
                "reason": "",
                "reserved_until": None,
                "reference": None,
                "amount_sek": None,
                "decided_by": OLLE.mail,
                "decided_at": now - timedelta(days=14),
            }
            await unit.case_files.decide(SanctionDecision(**plain | said))
        await unit.commit()


@pytest.mark.parametrize(
    "asked",
    [
        "påföljder",
        "påföljder i år",
        "Har vi tagut ut något vite i år?",
        "påföljder 2027",
        "visa påföljder första kvartalet",
    ],
)
async def test_the_controller_hears_what_has_been_claimed(house: TestWorld, asked: str) -> None:
    answer = await Talk(house, CARIN).says(asked)

    assert "1 beslut tas 15\u00a0000\u00a0kr ut" in answer
    assert "1 ja, 1 nej, 0 avvaktar" in answer
    assert "Utan svar just nu: 1" in answer
    assert "KS 2027/12" in answer


@pytest.mark.parametrize(
    "asked", ["which penalties have we claimed this year?", "sanctions", "Have we claimed any penalties?"]
)
async def test_the_register_is_asked_for_in_english(house: TestWorld, asked: str) -> None:
    carin = Talk(house, replace(CARIN, language=Language.EN), locale="en-GB")

    assert "SEK 15,000 is claimed" in await carin.says(asked)


async def test_a_reservation_that_has_run_out_counts_as_unanswered(house: TestWorld) -> None:
    ran_out = {"answer": SanctionAnswer.RESERVED, "reserved_until": house.clock().date() - timedelta(days=1)}
    await put(house, 4, "2026-0200", {RightKind.PENALTY: ran_out}, sanction_since=house.clock())

    answer = await Talk(house, CARIN).says("påföljder i år")

    assert "1 ja, 1 nej, 0 avvaktar. Utan svar just nu: 2" in answer
    assert "tiden har gått ut" in answer


async def test_another_year_holds_other_answers(house: TestWorld) -> None:
    answer = await Talk(house, CARIN).says("påföljder förra året")

    assert "15\u00a0000" not in answer
    assert "Ingen har svarat" in answer


async def test_an_owner_sees_the_answers_of_their_own_contracts(house: TestWorld) -> None:
    assert "15\u00a0000" in await Talk(house, OLLE).says("påföljder i år")
    norths = await Talk(house, NORA).says("påföljder i år")

    assert "15\u00a0000" not in norths
    assert "Utan svar just nu: 1" in norths


async def test_the_register_can_be_narrowed_to_a_contract(house: TestWorld) -> None:
    answer = await Talk(house, CARIN).says("påföljder skolskjuts")

    assert "15\u00a0000" not in answer


async def test_words_that_name_no_time_and_no_contract_are_asked_about(house: TestWorld) -> None:
    assert "vilken tid" in await Talk(house, CARIN).says("påföljder blahonga")


async def test_the_list_of_silences_names_days_supplier_and_who_should_act(house: TestWorld) -> None:
    answer = await Talk(house, CARIN).says("passivitet")

    assert "AVV-2027-0002" in answer
    assert "AVV-2027-0001" not in answer
    assert "Leverantören har inte fått veta på 20 dagar" in answer
    assert "Frågan om påföljd har väntat på svar i 19 dagar" in answer
    assert "Nora Norr behöver säga till leverantören" in answer
    assert "Nora Norr behöver svara på påföljderna" in answer
    assert "Renhus" in answer


async def test_an_owner_sees_their_own_silences_only(house: TestWorld) -> None:
    assert "AVV-2027-0002" in await Talk(house, NORA).says("passivitet")
    assert "AVV-2027-0002" not in await Talk(house, OLLE).says("passivitet")


async def test_the_list_of_deviations_tells_of_the_silence_too(house: TestWorld) -> None:
    answer = await Talk(house, CARIN).says("avvikelser")

    assert "Leverantören har inte fått veta på 20 dagar" in answer


async def test_a_restricted_case_is_in_neither_list_for_those_who_may_not_see_it(house: TestWorld) -> None:
    await put(house, 3, "2026-0200", {}, type="ARB_KRIM", sanction_since=house.clock() - timedelta(days=3))

    assert "AVV-2027-0003" in await Talk(house, CARIN).says("passivitet")
    assert "AVV-2027-0003" not in await Talk(house, NORA).says("passivitet")
