"""Moving a case in words: what is said is read, what is missing is asked for, and nothing said is lost."""

from datetime import date

import pytest

from domain.deviation import DeviationState, Severity
from domain.letter import DeviationItem
from domain.people import Language, Role
from storage.unit_of_work import Store
from tests.support.case_talk import (
    CARIN,
    EVA,
    JON,
    MIA,
    OLLE,
    Hands,
    case_now,
    events_of,
    given_case,
    house_of_cases,
    on_contract,
)
from tests.support.talking import Talk
from tests.support.world import TestWorld, local, person

S = DeviationState


@pytest.fixture
async def house(store: Store) -> TestWorld:
    return await house_of_cases(store)


async def test_day_channel_whom_and_promise_are_read_in_one_breath(house: TestWorld) -> None:
    case = await given_case(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number} bedömd, punkt 4.2, avtalat: städning varje dag, inte betald")

    await mia.says(f"{case.number} kontaktad i fredags, telefon, Anna Berg, lovar till fredag")

    after = await case_now(house, case)
    assert (after.requirement, after.agreed, after.is_paid) == ("punkt 4.2", "städning varje dag", False)
    assert after.supplier_notified_at is not None
    assert after.supplier_notified_at.date() == date(2027, 1, 8)
    assert (after.supplier_told_how, after.supplier_told_whom) == ("phone", "Anna Berg")
    assert after.promised_on == date(2027, 1, 15)


async def test_a_complaint_in_words_asks_for_the_day_of_the_answer_and_never_makes_one_up(house: TestWorld) -> None:
    case = await given_case(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number} bedömd, oklart krav")

    reviewed = await mia.says(f"{case.number} reklamerad, mejl, Anna Berg")
    day = await mia.says("ja")
    halfway = await case_now(house, case)
    await mia.says("29 januari")

    after = await case_now(house, case)
    assert "läst igenom" in reviewed
    assert "Vilken dag ska leverantören ha svarat" in day
    assert halfway.state is S.ASSESSED
    assert (after.state, after.answer_due_on) == (S.COMPLAINT_SENT, date(2027, 1, 29))
    assert (after.supplier_told_how, after.supplier_told_whom) == ("mail", "Anna Berg")


async def test_an_answer_that_is_none_is_asked_again_and_what_was_said_is_kept(house: TestWorld) -> None:
    case = await given_case(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number} bedömd, oklart krav")
    await mia.says(f"{case.number} reklamerad, mejl, Anna Berg, granskad")

    again = await mia.says("vet inte riktigt")
    await mia.says("29 januari")

    assert "Jag förstod inte svaret" in again
    assert (await case_now(house, case)).supplier_told_whom == "Anna Berg"


async def test_what_is_missing_can_be_filled_in_on_the_card_that_asks(house: TestWorld) -> None:
    case = await given_case(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number} bedömd, oklart krav")
    await mia.says(f"{case.number} vilande, de har stängt")

    await mia.presses("case.hold", {"on_hold:reason": "de har stängt", "on_hold:hold_until": "2027-02-01"})

    after = await case_now(house, case)
    assert (after.state, after.hold_until) == (S.ON_HOLD, date(2027, 2, 1))


async def test_a_question_can_be_left(house: TestWorld) -> None:
    case = await given_case(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number} avskriv")

    await mia.says("avbryt")
    await mia.says("det var fel skola")

    assert (await case_now(house, case)).state is S.REGISTERED


async def test_a_talk_before_the_case_was_weighed_weighs_it_too(house: TestWorld) -> None:
    case = await given_case(house)
    mia = Talk(house, MIA)

    asked = await mia.says(f"{case.number} kontaktad, telefon, Anna Berg")
    await mia.says("oklart")

    moves = [event.details["to"] for event in await events_of(house, case, "deviation.moved")]
    assert "Vilket krav" in asked
    assert moves == ["assessed", "communicated"]
    assert (await case_now(house, case)).requirement == ""


async def test_words_work_on_the_open_case_without_its_number(house: TestWorld) -> None:
    case = await given_case(house)
    mia = Talk(house, MIA)
    await mia.says(f"{case.number}")

    await mia.says("bedömd, punkt 4.2")
    await mia.says("bestridd: de säger att det gjordes")

    assert (await case_now(house, case)).state is S.DISPUTED


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("bedömd", "Vilket krav"),
        ("avskriv", "Varför?"),
        ("bestridd", "Vad invänder leverantören?"),
        ("vilande, de har stängt", "Till vilken dag"),
        ("vilande till 3 februari", "Varför?"),
        ("kontaktad, Anna Berg", "Hur skedde det?"),
        ("kontaktad, telefon", "Vem hos leverantören"),
        ("åtgärdad", "Vad säger leverantören"),
    ],
)
async def test_each_move_asks_for_what_it_lacks(house: TestWorld, words: str, question: str) -> None:
    case = await given_case(house, state=S.REGISTERED, requirement="punkt 4.2")
    mia = Talk(house, MIA)
    if "kontaktad" in words:
        await mia.says(f"{case.number} bedömd, punkt 4.2")

    asked = await mia.says(f"{case.number} {words}")

    assert question in asked


async def test_the_owner_asks_for_a_plan_and_says_by_when(house: TestWorld) -> None:
    case = await given_case(house, state=S.COMPLAINT_SENT)
    olle = Talk(house, OLLE)

    asked = await olle.says(f"{case.number} åtgärdsplan begärd")
    await olle.says("5 februari")
    refused = await Talk(house, MIA).says(f"{case.number} åtgärdsplan begärd")

    after = await case_now(house, case)
    assert "lämnat sin plan" in asked
    assert (after.state, after.answer_due_on, after.ladder_step) == (S.PLAN_REQUESTED, date(2027, 2, 5), 3)
    assert refused


async def test_a_manager_is_told_whose_a_decision_is_before_anything_is_asked(house: TestWorld) -> None:
    case = await given_case(house, Severity.SERIOUS, state=S.ASSESSED)

    refused = await Talk(house, MIA).says(f"{case.number} reklamerad, mejl")

    assert "avtalsägarens beslut" in refused


async def test_what_points_a_person_out_is_neither_kept_nor_asked_on(house: TestWorld) -> None:
    case = await given_case(house)
    mia = Talk(house, MIA)

    refused = await mia.says(f"{case.number} bestridd, Kalle 19121212-1212 säger nej")
    also = await mia.says(f"{case.number} vilande, 19121212-1212 är sjuk")

    assert "uppgifter om en person" in refused
    assert "uppgifter om en person" in also
    assert (await case_now(house, case)).state is S.REGISTERED


async def test_counsel_is_told_when_a_supplier_disputes(house: TestWorld) -> None:
    case = await given_case(house)

    await Talk(house, MIA).says(f"{case.number} bestridd, de säger att det gjordes")
    await house.turn_to(local("2027-01-12", "17:00"))

    items = [item for letter in house.teams.to(JON.mail) for item in letter.items]
    assert [item.text_key for item in items if isinstance(item, DeviationItem)] == ["case.told.disputed"]


async def test_a_remedy_that_failed_proposes_the_step_above_and_moves_nobody(house: TestWorld) -> None:
    case = await given_case(house, state=S.CLAIMED_FIXED, ladder_step=1)

    await Talk(house, MIA).says(f"{case.number} hjälpte inte, det är smutsigt igen")

    after = await case_now(house, case)
    assert (after.state, after.failed_remedies) == (S.IN_REMEDY, 1)
    assert (after.ladder_step, after.proposed_step) == (1, 2)


async def test_the_decider_takes_the_step_at_once_and_another_asks_for_it(house: TestWorld) -> None:
    first = await given_case(house, Severity.SERIOUS, state=S.COMMUNICATED, ladder_step=1)
    second = await given_case(house, Severity.SERIOUS, state=S.COMMUNICATED, ladder_step=1)

    await Talk(house, OLLE).says(f"{first.number} eskalera, barnen blir utan mat")
    await Talk(house, MIA).says(f"{second.number} eskalera, barnen blir utan mat")
    bare = await Talk(house, MIA).says(f"{second.number} eskalera")
    await house.tick()

    assert (await case_now(house, first)).ladder_step == 2
    asked = await case_now(house, second)
    assert (asked.ladder_step, asked.proposed_step) == (1, 2)
    assert "varför det brådskar" in bare
    items = [item for letter in house.teams.to(OLLE.mail) for item in letter.items]
    assert "case.told.escalated" in [item.text_key for item in items if isinstance(item, DeviationItem)]


async def test_no_step_leads_down(house: TestWorld) -> None:
    case = await given_case(house, state=S.COMMUNICATED, ladder_step=3)

    refused = await Talk(house, CARIN).says(f"{case.number} steg 1, för att")

    assert "inte att gå ner" in refused


async def test_a_held_case_is_taken_up_again_by_a_press(house: TestWorld) -> None:
    case = await given_case(house, state=S.ON_HOLD, held_from=S.COMMUNICATED, hold_until=date(2027, 2, 1))
    mia = Hands(house, MIA)
    await mia.opens(case)

    await mia.talk.presses("case.resume")

    assert (await case_now(house, case)).state is S.COMMUNICATED


async def test_the_same_fault_within_ninety_days_opens_the_case_again_and_is_counted(house: TestWorld) -> None:
    case = await given_case(house, state=S.CLOSED, closed_at=local("2027-01-04"))
    long_ago = await given_case(house, state=S.CLOSED, closed_at=local("2026-09-01"))
    mia = Talk(house, MIA)

    opened = await mia.says(f"{case.number} öppna igen, samma fel i dag")
    refused = await mia.says(f"{long_ago.number} öppna igen, samma fel i dag")

    after = await case_now(house, case)
    assert (after.state, after.reopened_count) == (S.REGISTERED, 1)
    assert "kommit tillbaka" in opened
    assert len(await events_of(house, case, "deviation.relapse")) == 1
    assert "90 dagar" in refused


async def test_an_old_button_shows_where_the_case_stands_now(house: TestWorld) -> None:
    case = await given_case(house)
    hands = Hands(house, MIA)
    await hands.opens(case)
    button = hands.talk.button("deviation.assess")
    await Talk(house, MIA).says(f"{case.number} bedömd, punkt 4.2")
    await Talk(house, MIA).says(f"{case.number} kontaktad, telefon, Anna Berg")

    answer = await hands.talk.presses_old(button, {"assessed:requirement": "annat"})

    assert "Hos leverantören" in answer
    assert (await case_now(house, case)).requirement == "punkt 4.2"


async def test_pressing_twice_moves_once(house: TestWorld) -> None:
    case = await given_case(house)
    hands = Hands(house, MIA)
    await hands.opens(case)
    button = hands.talk.button("deviation.assess")

    await hands.talk.presses_old(button, {"assessed:requirement": "4.2"})
    await hands.talk.presses_old(button, {"assessed:requirement": "4.2"})

    assert len(await events_of(house, case, "deviation.moved")) == 1


async def test_the_wrong_person_sees_no_case_and_no_file(house: TestWorld) -> None:
    case = await given_case(house, type="ARB_KRIM", reported_by=CARIN.mail)

    for words in ("", " akt", " historik", " plan", " framtid", " bedömd, 4.2", " eskalera, nu"):
        answer = await Talk(house, MIA).says(f"{case.number}{words}")
        assert "hittar ingen avvikelse" in answer, words


async def test_the_wrong_person_who_presses_reads_no_id(house: TestWorld) -> None:
    case = await given_case(house, type="ARB_KRIM", reported_by=CARIN.mail)

    answer = await Talk(house, MIA).presses_old(
        {"v": 1, "verb": "case.open", "subject": f"deviation:{case.deviation_id}"}
    )

    assert "ingen sådan avvikelse" in answer
    assert case.deviation_id not in answer


async def test_the_file_and_the_history_are_a_press_or_a_word_away(house: TestWorld) -> None:
    case = await given_case(house)
    hands = Hands(house, MIA)
    await Talk(house, MIA).says(f"{case.number} bedömd, punkt 4.2, följd: barnen fick vänta")
    await hands.opens(case)

    gathered = await hands.talk.presses("case.file")
    pressed = await hands.talk.presses("case.history")
    typed = await Talk(house, MIA).says(f"{case.number} historik")

    assert "barnen fick vänta" in gathered
    assert pressed == typed
    assert "krav: punkt 4.2" in typed


async def test_the_invoice_is_asked_about_until_somebody_says(house: TestWorld) -> None:
    case = await given_case(house, type="FAKT_PRIS")
    mia = Talk(house, MIA)

    asked = await mia.says(f"{case.number}")
    answered = await mia.says("inte betald")

    assert "Är fakturan betald?" in asked
    assert "Är fakturan betald?" not in answered
    assert (await case_now(house, case)).is_paid is False


async def test_english_moves_a_case_too(house: TestWorld) -> None:
    case = await given_case(house)
    mia = Talk(house, person("Mia Manager", language=Language.EN), locale="en-GB")

    asked = await mia.says(f"{case.number} assessed")
    await mia.says("unclear requirement")
    await mia.says(f"{case.number} contacted, phone, Anna Berg, promises by 29 January")

    after = await case_now(house, case)
    assert "Which requirement" in asked
    assert (after.state, after.promised_on) == (S.COMMUNICATED, date(2027, 1, 29))


async def test_a_case_of_another_contract_is_found_by_what_is_told_of_it(house: TestWorld) -> None:
    cleaning = await given_case(house)
    bus = await given_case(house, type="LEV_SEN", description="Bussen var sen.", **on_contract("2026-0002"))
    mia = Talk(house, MIA)

    await mia.says("Jag pratade med bussbolaget i fredags och de lovade fixa det till månadsskiftet")
    await mia.says("oklart")
    await mia.says("Anna Berg")
    await mia.says("telefon")

    assert (await case_now(house, bus)).promised_on == date(2027, 1, 31)
    assert (await case_now(house, cleaning)).promised_on is None


async def test_which_case_is_asked_when_several_may_be_meant(house: TestWorld) -> None:
    first = await given_case(house, state=S.COMMUNICATED)
    second = await given_case(house, state=S.COMMUNICATED)
    mia = Talk(house, MIA)

    asked = await mia.says("Det är fixat nu.")
    how = await mia.says("2")
    await mia.says("Jag var där i morse")

    states = {(await case_now(house, one)).state for one in (first, second)}
    assert str(first.number) in asked
    assert "Vem har kontrollerat" in how
    assert states == {S.COMMUNICATED, S.VERIFIED}


async def test_somebody_without_a_case_is_asked_what_has_happened(house: TestWorld) -> None:
    await given_case(house, reported_by=OLLE.mail)

    answer = await Talk(house, EVA).says("Det är fixat nu, städningen har gått bra i tre veckor.")

    assert "ingen öppen avvikelse" in answer


async def test_counsel_may_read_but_not_move(house: TestWorld) -> None:
    case = await given_case(house)
    assert Role.LEGAL_COUNSEL in JON.roles

    shown = await Talk(house, JON).says(f"{case.number}")
    refused = await Talk(house, JON).says(f"{case.number} bedömd, 4.2")

    assert str(case.number) in shown
    assert "avtalsförvaltarens" in refused


@pytest.mark.parametrize("day", ["i morgon", "i övermorgon"])
async def test_nobody_was_told_on_a_day_to_come(house: TestWorld, day: str) -> None:
    case = await given_case(house, state=S.ASSESSED)
    mia = Talk(house, MIA)

    asked = await mia.says(f"{case.number} kontaktad {day}, telefon, Anna Berg")
    await mia.says("i går")

    after = await case_now(house, case)
    assert "ligger i framtiden" in asked
    assert after.supplier_notified_at is not None
    assert after.supplier_notified_at.date() == date(2027, 1, 10)
    assert after.supplier_told_whom == "Anna Berg"


async def test_a_second_talk_is_kept_beside_the_first(house: TestWorld) -> None:
    case = await given_case(house, state=S.COMPLAINT_SENT)

    await Talk(house, MIA).says(f"{case.number} kontaktad, telefon, Bo Ek, lovar till 20 januari")

    after = await case_now(house, case)
    assert (after.state, after.promised_on, after.supplier_told_whom) == (S.COMPLAINT_SENT, date(2027, 1, 20), "Bo Ek")
    assert len(await events_of(house, case, "deviation.dialogue")) == 1


async def test_words_that_lead_nowhere_are_answered_with_why_and_what_does(house: TestWorld) -> None:
    case = await given_case(house, state=S.COMMUNICATED)
    mia = Talk(house, MIA)

    backwards = await mia.says(f"{case.number} bedömd, oklart krav")
    unclear = await mia.says(f"{case.number} hej hopp")

    assert "står som ”leverantören kontaktad”, så ”bedömd” går inte att välja nu" in backwards
    assert f"Jag förstod inte vad du ville med {case.number}" in unclear
    assert "Näst på tur" in backwards


async def test_a_sentence_after_the_number_is_told_of_that_case(house: TestWorld) -> None:
    case = await given_case(house, state=S.COMMUNICATED)
    await given_case(house, state=S.COMMUNICATED)

    await Talk(house, MIA).says(f"{case.number} jag pratade med dem i går och de lovade fixa det till månadsskiftet")

    assert (await case_now(house, case)).promised_on == date(2027, 1, 31)


async def test_an_empty_requirement_on_the_card_says_that_it_is_unclear(house: TestWorld) -> None:
    case = await given_case(house)
    hands = Hands(house, MIA)
    await hands.opens(case)

    await hands.talk.presses("deviation.assess", {"assessed:severity": "serious"})

    after = await case_now(house, case)
    assert (after.state, after.requirement, after.severity) == (S.ASSESSED, "", Severity.SERIOUS)


@pytest.mark.parametrize("state", [S.COMMUNICATED, S.IN_REMEDY])
async def test_no_plan_is_asked_for_past_the_complaint(house: TestWorld, state: S) -> None:
    case = await given_case(house, state=state, ladder_step=1)

    refused = await Talk(house, OLLE).says(f"{case.number} åtgärdsplan begärd, 5 februari")

    after = await case_now(house, case)
    assert "hoppas över" in refused
    assert (after.state, after.ladder_step) == (state, 1)


async def test_the_day_of_another_plan_is_asked_for_before_the_case_moves(house: TestWorld) -> None:
    case = await given_case(house, state=S.PLAN_APPROVED, ladder_step=3)
    olle = Talk(house, OLLE)

    asked = await olle.says(f"{case.number} åtgärdsplan begärd")
    untouched = await case_now(house, case)
    await olle.says("5 februari")

    after = await case_now(house, case)
    assert "lämnat sin plan" in asked
    assert untouched.state is S.PLAN_APPROVED
    assert (after.state, after.answer_due_on) == (S.PLAN_REQUESTED, date(2027, 2, 5))
