"""What the contract gives a right to gets an answer: by the owner, in words or by card, and never by silence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.case_file import SanctionAnswer, SanctionDecision
from domain.contract_right import ContractRight, RightKind
from domain.deviation import Deviation, DeviationState, Severity
from domain.identifiers import ContractId, DeviationId
from domain.people import Language
from storage.unit_of_work import Store
from tests.support.deviations import deviation
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person

MIA, OLLE, CARIN, _ = PEOPLE
EVA = person("Eva Employee")
CASE = DeviationId("d-1")
NUMBER = "AVV-2027-0001"
CONTRACT = ContractId("c-2026-0147")


@pytest.fixture
async def house(store: Store) -> TestWorld:
    """A moderate, assessed case on a contract with a penalty and a price reduction."""
    return await furnished(make_world(store))


async def furnished(house: TestWorld, *, owner_mail: str | None = "olle.agare@exempel.example") -> TestWorld:
    await furnish(house, [contract("2026-0147", owner_mail=owner_mail)], [*PEOPLE, EVA])
    await add_case(house)
    await give_rights(house, RightKind.PENALTY, RightKind.PRICE_REDUCTION, RightKind.RECTIFICATION)
    return house


async def add_case(house: TestWorld) -> None:
    case = deviation(
        deviation_id=CASE,
        number=NUMBER,
        contract_id=CONTRACT,
        state=DeviationState.ASSESSED,
        reported_by=MIA.mail,
        reported_at=house.clock(),
        state_entered_at=house.clock(),
        sanction_since=house.clock(),
    )
    async with house.world.store.open(TENANT) as unit:
        await unit.deviations.add(case)
        await unit.commit()


async def give_rights(house: TestWorld, *kinds: RightKind) -> None:
    rights = [
        ContractRight(contract_id=CONTRACT, kind=kind, clause="§ 7.2", terms="5 000 kr per vecka") for kind in kinds
    ]
    async with house.world.store.open(TENANT) as unit:
        await unit.contract_rights.put(CONTRACT, rights)
        await unit.commit()


async def decisions(house: TestWorld) -> dict[RightKind, SanctionDecision]:
    async with house.world.store.read(TENANT) as unit:
        return {decision.kind: decision for decision in (await unit.case_files.of(CASE)).decisions}


async def the_case(house: TestWorld) -> Deviation:
    async with house.world.store.read(TENANT) as unit:
        found = await unit.deviations.get(CASE)
    assert found is not None
    return found


async def test_the_card_shows_each_right_with_its_clause_terms_and_answer(house: TestWorld) -> None:
    card = await Talk(house, OLLE).says(f"{NUMBER} påföljder")

    assert "Vite · § 7.2 · 5 000 kr per vecka" in card
    assert "Prisavdrag" in card
    assert "Inget svar än" in card
    assert "avtalsbrott" not in card.lower()


async def test_the_words_alone_are_about_the_open_case(house: TestWorld) -> None:
    olle = Talk(house, OLLE)
    await olle.says(NUMBER)

    assert "Vite" in await olle.says("påföljder")
    await olle.says("vite nej, leverantören har rättat samma dag")

    assert (await decisions(house))[RightKind.PENALTY].reason == "leverantören har rättat samma dag"


async def test_a_no_is_kept_with_its_reason(house: TestWorld) -> None:
    card = await Talk(house, OLLE).says(f"{NUMBER} vite nej, leverantören har rättat samma dag")

    kept = (await decisions(house))[RightKind.PENALTY]
    assert (kept.answer, kept.reason, kept.decided_by) == (
        SanctionAnswer.NO,
        "leverantören har rättat samma dag",
        OLLE.mail,
    )
    assert "Nej, leverantören har rättat samma dag" in card


async def test_a_yes_is_kept_with_amount_and_decision(house: TestWorld) -> None:
    card = await Talk(house, OLLE).says(f"{NUMBER} vite ja 15 000 kr, beslut KS 2027/12")

    kept = (await decisions(house))[RightKind.PENALTY]
    assert (kept.answer, kept.amount_sek, kept.reference) == (SanctionAnswer.YES, Decimal(15000), "KS 2027/12")
    assert "KS 2027/12" in card


@pytest.mark.parametrize(
    ("said", "amount", "reference"),
    [
        ("vite ja beslut KS 2027/12 15 000 kr", 15000, "KS 2027/12"),
        ("vite ja, 15 tkr, dnr KS 2027/12", 15000, "KS 2027/12"),
        ("vite ja 12.500 kr, delegationsbeslut 2027-03-01", 12500, "delegationsbeslut 2027-03-01"),
        ("penalty yes SEK 15,000, decision KS 2027/12", 15000, "KS 2027/12"),
    ],
)
async def test_amount_and_decision_are_read_in_any_order(
    house: TestWorld, said: str, amount: int, reference: str
) -> None:
    await Talk(house, OLLE).says(f"{NUMBER} {said}")

    kept = (await decisions(house))[RightKind.PENALTY]
    assert (kept.amount_sek, kept.reference) == (Decimal(amount), reference)


async def test_not_is_half_of_the_reason(house: TestWorld) -> None:
    await Talk(house, OLLE).says(f"{NUMBER} vite inte aktuellt, felet var vårt")

    assert (await decisions(house))[RightKind.PENALTY].reason == "inte aktuellt, felet var vårt"


async def test_a_yes_is_decision_enough_when_the_case_becomes_sanctioned(house: TestWorld) -> None:
    olle = Talk(house, OLLE)
    await olle.says(f"{NUMBER} alla ja 15 000 kr, beslut KS 2027/12")
    await olle.says(f"{NUMBER} påföljd prövas")

    await olle.says(f"{NUMBER} påföljd beslutad")

    assert (await the_case(house)).state is DeviationState.SANCTIONED


@pytest.mark.parametrize(
    "said",
    ["vite avvaktar till 1 april", "vite avvakta, rätten förbehålls till 1 april", "vite avvaktar till 2027-04-01"],
)
async def test_a_reservation_is_kept_until_its_day(house: TestWorld, said: str) -> None:
    await Talk(house, OLLE).says(f"{NUMBER} {said}")

    kept = (await decisions(house))[RightKind.PENALTY]
    assert (kept.answer, kept.reserved_until) == (SanctionAnswer.RESERVED, date(2027, 4, 1))
    assert (await the_case(house)).reserved_until == date(2027, 4, 1)


async def test_all_that_wait_can_be_answered_at_once_and_the_clock_stops(house: TestWorld) -> None:
    await Talk(house, OLLE).says(f"{NUMBER} alla nej, ingen skada skedde")

    assert set(await decisions(house)) == {RightKind.PENALTY, RightKind.PRICE_REDUCTION}
    assert (await the_case(house)).sanction_since is None


async def test_the_clock_runs_while_one_right_still_waits(house: TestWorld) -> None:
    await Talk(house, OLLE).says(f"{NUMBER} vite nej, ingen skada")

    assert (await the_case(house)).sanction_since == house.clock()


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("vite nej", "skäl"),
        ("vite ja", "beslut"),
        ("vite ja 15 000 kr", "beslut"),
        ("vite avvaktar", "dag"),
        ("vite avvaktar till 2026-04-01", "framåt"),
        ("vite avvaktar till 2031-04-01", "dagar"),
        ("hävning nej, inte aktuellt", "registrerad"),
    ],
)
async def test_an_answer_that_lacks_something_is_asked_for(house: TestWorld, said: str, asked: str) -> None:
    answer = await Talk(house, OLLE).says(f"{NUMBER} {said}")

    assert asked in answer
    assert await decisions(house) == {}


async def test_a_personal_number_in_a_reason_is_never_kept(house: TestWorld) -> None:
    await Talk(house, OLLE).says(f"{NUMBER} vite nej, Kalle 19121212-1212 var nöjd")

    assert await decisions(house) == {}


async def test_the_manager_proposes_and_the_owner_hears_and_decides(house: TestWorld) -> None:
    sent = await Talk(house, MIA).says(f"{NUMBER} vite nej, de rättade genast")
    await house.turn_to(local("2027-01-12", "17:00"))
    shown = await Talk(house, OLLE).says(f"{NUMBER} påföljder")

    assert "går till avtalsägaren" in sent
    assert await decisions(house) == {}
    assert f"{MIA.name} föreslår: Nej, de rättade genast" in shown
    told = [item for letter in house.teams.to(OLLE.mail) for item in letter.items if "proposed" in str(item)]
    assert len(told) == 1


async def test_proposing_the_same_twice_tells_the_owner_once(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(f"{NUMBER} vite nej, de rättade genast")
    await mia.says(f"{NUMBER} vite nej, de rättade genast")

    async with house.world.store.read(TENANT) as unit:
        events = [event for event in await unit.events.all() if event.kind == "deviation.sanction_proposed"]
    assert len(events) == 1


async def test_the_controller_decides_where_there_is_no_owner(store: Store) -> None:
    house = await furnished(make_world(store), owner_mail=None)

    await Talk(house, CARIN).says(f"{NUMBER} vite nej, ingen skada")

    assert set(await decisions(house)) == {RightKind.PENALTY}


async def test_the_controller_only_proposes_where_there_is_an_owner(house: TestWorld) -> None:
    await Talk(house, CARIN).says(f"{NUMBER} vite nej, ingen skada")

    assert await decisions(house) == {}


async def test_somebody_without_a_part_sees_nothing(house: TestWorld) -> None:
    answer = await Talk(house, EVA).says(f"{NUMBER} påföljder")

    assert "Vite" not in answer


async def test_each_answer_can_be_pressed(house: TestWorld) -> None:
    olle = Talk(house, OLLE)
    await olle.says(f"{NUMBER} påföljder")

    await olle.presses(
        "sanction.yes",
        {"yes:right": "penalty", "yes:reference": "KS 2027/12", "yes:amount": "15 000", "yes:reason": ""},
    )
    await olle.presses(
        "sanction.reserved",
        {"reserved:right": "price_reduction", "reserved:until": "2027-04-01", "reserved:reason": "väntar på svar"},
    )

    kept = await decisions(house)
    assert (kept[RightKind.PENALTY].answer, kept[RightKind.PENALTY].amount_sek) == (SanctionAnswer.YES, Decimal(15000))
    assert kept[RightKind.PRICE_REDUCTION].reserved_until == date(2027, 4, 1)


async def test_pressing_twice_decides_once(house: TestWorld) -> None:
    olle = Talk(house, OLLE)
    await olle.says(f"{NUMBER} påföljder")
    button = olle.button("sanction.no")
    await olle.presses_old(button, {"no:right": "penalty", "no:reason": "ingen skada"})

    again = await olle.presses_old(button, {"no:right": "penalty", "no:reason": "ingen skada"})

    assert "ingen skada" in again
    async with house.world.store.read(TENANT) as unit:
        events = [event for event in await unit.events.all() if event.kind == "deviation.sanction_decided"]
    assert len(events) == 1


async def test_an_old_card_does_not_undo_an_answer_given_since(house: TestWorld) -> None:
    olle = Talk(house, OLLE)
    await olle.says(f"{NUMBER} påföljder")
    button = olle.button("sanction.no")
    await olle.says(f"{NUMBER} vite ja 15 000 kr, beslut KS 2027/12")

    shown = await olle.presses_old(button, {"no:right": "penalty", "no:reason": "ingen skada"})

    assert (await decisions(house))[RightKind.PENALTY].answer is SanctionAnswer.YES
    assert "KS 2027/12" in shown


async def test_a_contract_without_rights_says_how_to_write_them_in(house: TestWorld) -> None:
    await give_rights(house)

    card = await Talk(house, OLLE).says(f"{NUMBER} påföljder")

    assert "rättigheter 2026-0147" in card


async def test_english_is_answered_in_english(house: TestWorld) -> None:
    olle = Talk(house, person("Olle Ägare", mail=OLLE.mail, language=Language.EN), locale="en-GB")

    card = await olle.says(f"{NUMBER} penalty no, the supplier mended it the same day")
    reserved = await olle.says(f"{NUMBER} price reduction reserve until 1 April")

    assert "No, the supplier mended it the same day" in card
    assert "Reserved until 1 April 2027" in reserved
    assert (await decisions(house))[RightKind.PRICE_REDUCTION].reserved_until == date(2027, 4, 1)


async def test_a_minor_case_asks_for_no_answer(house: TestWorld) -> None:
    async with house.world.store.open(TENANT) as unit:
        case = await unit.deviations.get(CASE)
        assert case is not None
        await unit.deviations.save(replace(case, severity=Severity.MINOR))
        await unit.commit()

    card = await Talk(house, OLLE).says(f"{NUMBER} påföljder")

    assert "inget svar behövs" in card


async def test_a_case_cannot_be_closed_before_its_rights_are_answered_and_says_which(house: TestWorld) -> None:
    async with house.world.store.open(TENANT) as unit:
        case = await unit.deviations.get(CASE)
        assert case is not None
        await unit.deviations.save(replace(case, state=DeviationState.VERIFIED, supplier_notified_at=house.clock()))
        await unit.commit()
    mia, olle = Talk(house, MIA), Talk(house, OLLE)

    refused = await mia.says(f"{NUMBER} stäng")
    await olle.says(f"{NUMBER} alla nej, leverantören har rättat samma dag")
    await mia.says(f"{NUMBER} stäng")

    assert "Innan AVV-2027-0001 stängs" in refused
    assert "Vite (§ 7.2), Prisavdrag (§ 7.2)" in refused
    assert "nej med skäl" in refused
    assert (await the_case(house)).state is DeviationState.CLOSED


async def test_a_case_card_says_how_many_rights_wait(house: TestWorld) -> None:
    olle = Talk(house, OLLE)

    assert "2 påföljder väntar på svar" in await olle.says(NUMBER)
    await olle.says(f"{NUMBER} vite nej, ingen skada")
    assert "1 påföljd väntar på ett svar" in await olle.says(NUMBER)


async def test_a_case_card_says_that_no_rights_are_registered(house: TestWorld) -> None:
    await give_rights(house)

    assert "rättigheter 2026-0147" in await Talk(house, MIA).says(NUMBER)
