"""From a fault to a letter the supplier has got: drafted, mended, fetched as a file and recorded, typed only and pressed only."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document

from domain.case_file import CaseLetter, LetterKind
from domain.contract_right import ContractRight, RightKind
from domain.deviation import Deviation, DeviationState
from domain.people import Language, Person, Role
from storage.rules import shipped_rules
from storage.unit_of_work import Store
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person
from usecases.import_rules import import_rules
from usecases.parts.casework import as_seen
from usecases.parts.drafting_letters import draft_letter
from usecases.parts.scene import read_scene

MIA, OLLE, CARIN, _ = PEOPLE
EVA = person("Eva Employee")
NUMBER = "AVV-2027-0001"
MODERATE = "Städningen på Kinnaskolan uteblev i fredags"


@pytest.fixture
async def house(store: Store) -> TestWorld:
    test_world = make_world(store)
    await furnish(test_world, [contract("2026-0001", title="Städning av skolor, Kinnaskolan")], [*PEOPLE, EVA])
    await test_world.tick()
    return test_world


async def reported(house: TestWorld, who: Person = MIA, *, severity: str = "måttlig") -> Talk:
    """A case that has been assessed, seen by whoever reported it."""
    talk = Talk(house, who)
    await talk.says(MODERATE)
    await talk.says("registrera")
    await Talk(house, MIA).says(f"{NUMBER} bedömd, {severity}, bilaga 2 punkt 4")
    return talk


async def the_case(house: TestWorld) -> Deviation:
    async with house.world.store.read(TENANT) as unit:
        [case] = await unit.deviations.all()
    return case


async def the_letters(house: TestWorld) -> tuple[CaseLetter, ...]:
    case = await the_case(house)
    async with house.world.store.read(TENANT) as unit:
        return (await unit.case_files.of(case.deviation_id)).letters


async def events(house: TestWorld) -> list[str]:
    async with house.world.store.read(TENANT) as unit:
        return [event.kind for event in await unit.events.about(f"deviation:{(await the_case(house)).deviation_id}")]


async def test_a_draft_that_lay_past_its_day_to_answer_is_not_recorded_with_that_day(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    house.clock.now = local("2027-02-15")

    refused = await mia.says(f"{NUMBER} brev skickat i dag, mejl, Anna Berg, ska registreras")
    await mia.says(f"{NUMBER} svar senast 1 mars")
    await mia.says(f"{NUMBER} brev skickat i dag, mejl, Anna Berg, ska registreras")

    assert "svar senast" in refused
    assert (await the_case(house)).answer_due_on == date(2027, 3, 1)


async def test_a_complaint_is_written_mended_and_recorded_by_typing_alone(house: TestWorld) -> None:
    mia = await reported(house)

    draft = await mia.says(f"{NUMBER} brev reklamation")
    await mia.says(f"{NUMBER} avtalat: Städning varje vardag före klockan 7")
    await mia.says(f"{NUMBER} konsekvens: Två klassrum hölls stängda")
    mended = await mia.says(f"{NUMBER} krav: Städa om senast fredag")
    with_day = await mia.says(f"{NUMBER} svar senast 29 januari")
    done = await mia.says(f"{NUMBER} brev skickat 11 januari, mejl, Anna Berg, KS 2027/44, mottagningskvitto")

    assert "Det här saknas och behöver fyllas i:" in draft
    assert "vad avtalet säger" in draft
    assert "vad avtalet säger" not in mended
    assert "Städa om senast fredag" in mended
    assert "senast den 2027-01-29" in with_day
    assert "Skickat 11 januari 2027, mejl, till Anna Berg" in done
    case = await the_case(house)
    assert case.state is DeviationState.COMPLAINT_SENT
    assert (case.registry_number, case.supplier_told_whom, case.answer_due_on) == (
        "KS 2027/44",
        "Anna Berg",
        date(2027, 1, 29),
    )
    [letter] = await the_letters(house)
    assert (letter.sent_on, letter.sent_how, letter.proof, letter.sent_by) == (
        date(2027, 1, 11),
        "mail",
        "mottagningskvitto",
        MIA.mail,
    )


async def test_the_same_is_done_by_pressing_alone(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(NUMBER)

    await mia.presses("case.file")
    await mia.presses("case.letters")
    await mia.presses("letter.complaint")
    mended = await mia.presses(
        "letter.complete",
        {
            "gap:agreed": "Städning varje vardag",
            "gap:consequence": "Två klassrum stängda",
            "gap:requested_action": "Städa om",
            "gap:answer_due_on": "2027-01-29",
        },
    )
    done = await mia.presses(
        "letter.sent",
        {
            "sent:sent_on": "2027-01-11",
            "sent:how": "letter",
            "sent:to_whom": "Anna Berg",
            "sent:proof": "rek-kvitto",
            "sent:registry_number": "",
            "sent:answer_due_on": "2027-01-29",
        },
    )

    assert "senast den 2027-01-29" in mended
    assert "ska registreras" in done
    case = await the_case(house)
    assert case.state is DeviationState.COMPLAINT_SENT
    assert case.answer_due_on == date(2027, 1, 29)
    assert case.agreed == "Städning varje vardag"


async def test_a_number_that_comes_later_is_kept_with_the_letter_that_waits_for_it(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    await mia.says(f"{NUMBER} brev skickat i dag, mejl, Anna Berg, ska registreras")

    listed = await mia.says(f"{NUMBER} diarienummer: KS 2027/44")

    assert "KS 2027/44" in listed
    [letter] = await the_letters(house)
    assert letter.registry_number == "KS 2027/44"
    assert (await the_case(house)).registry_number == "KS 2027/44"


async def test_a_letter_that_has_a_recipient_needs_no_name_when_it_is_sent(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")

    draft = await mia.says(f"{NUMBER} mottagare: Anna Berg")
    done = await mia.says(f"{NUMBER} brev skickat i dag, mejl, KS 2027/44")

    assert "Till: Renhus Väst AB, Anna Berg" in draft
    assert "mottagarens namn" not in draft
    assert "till Anna Berg" in done


async def test_who_got_the_letter_stands_in_it_afterwards(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")

    done = await mia.says(f"{NUMBER} brev skickat i dag, mejl, Bo Ek, KS 2027/44")

    assert "Till: Renhus Väst AB, Bo Ek" in done


async def test_it_is_done_in_english_too(house: TestWorld) -> None:
    await reported(house)
    mia = Talk(house, MIA, locale="en-GB")

    draft = await mia.says(f"{NUMBER} letter complaint")
    await mia.says(f"{NUMBER} demand: Clean again by Friday")
    done = await mia.says(f"{NUMBER} letter sent 11 January, mail, Anna Berg, to be registered")

    assert "The municipality reserves all its rights under the contract." in draft
    assert "what the contract says" in draft
    assert "Sent 11 January 2027, e-mail, to Anna Berg" in done
    assert (await the_case(house)).requested_action == "Clean again by Friday"


async def test_a_letter_may_be_in_another_language_than_the_chat(house: TestWorld) -> None:
    mia = await reported(house)

    await mia.says(f"{NUMBER} brev reklamation på engelska")

    [letter] = await the_letters(house)
    assert letter.language == Language.EN


async def test_on_the_open_case_the_number_may_be_left_out(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(NUMBER)

    listed = await mia.says("brev")
    await mia.says("brev reklamation")
    mended = await mia.says("krav: Städa om")
    read = await mia.says("brev")
    opened = await mia.says("öppna 1")

    assert "Det finns inget brev i ärendet än." in listed
    assert "Städa om" in mended
    assert "Utkast, skrivet i dag" in read
    assert "Reklamation, 2026-0001" in opened


async def test_a_word_file_is_offered_and_reads_as_the_letter(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")

    await mia.presses("letter.file")
    [offer] = mia.offers
    accepted = await mia.accepts(offer)

    assert offer.file_name == f"{NUMBER} reklamation.docx"
    assert offer.size_bytes == len(accepted.content)
    texts = [paragraph.text for paragraph in Document(BytesIO(accepted.content)).paragraphs]
    assert texts[0] == "Reklamation, 2026-0001: Leveransen uteblev"
    assert "Kommunen förbehåller sig samtliga rättigheter enligt avtalet." in texts


async def test_saying_no_to_the_file_is_fine(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    await mia.says(f"{NUMBER} brev reklamation som word")
    [offer] = mia.offers

    assert "Texten finns kvar i chatten" in await mia.declines(offer)


async def test_drafting_twice_is_one_draft_and_one_event(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev")
    button = mia.button("letter.complaint")

    await mia.presses_old(button)
    await mia.presses_old(button)

    assert len(await the_letters(house)) == 1
    assert (await events(house)).count("deviation.letter_drafted") == 1


async def test_two_who_draft_at_once_write_the_same_draft(house: TestWorld) -> None:
    mia = await reported(house)
    olle, carin = Talk(house, OLLE), Talk(house, CARIN)

    await asyncio.gather(*(talk.says(f"{NUMBER} brev reklamation") for talk in (mia, olle, carin)))

    assert len(await the_letters(house)) == 1


async def test_two_who_record_at_once_leave_one_letter_sent_once(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    olle = Talk(house, OLLE)

    said = (
        mia.says(f"{NUMBER} brev reklamation skickat i dag, mejl, Anna Berg, KS 2027/44"),
        olle.says(f"{NUMBER} brev reklamation skickat i dag, brev, Bo Ek, KS 2027/45"),
    )
    await asyncio.gather(*said)

    assert (await events(house)).count("deviation.letter_sent") == 1
    [letter] = await the_letters(house)
    assert letter.sent_to == {MIA.mail: "Anna Berg", OLLE.mail: "Bo Ek"}[letter.sent_by or ""]


async def test_what_has_been_sent_is_never_written_over(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    [draft] = await the_letters(house)
    await mia.says(f"{NUMBER} brev skickat i dag, mejl, Anna Berg, KS 2027/44")

    async with house.world.store.open(TENANT) as unit:
        await unit.case_files.keep_draft(replace(draft, text="Något annat"))
        await unit.commit()

    [kept] = await the_letters(house)
    assert kept.text != "Något annat"
    assert kept.sent_to == "Anna Berg"


async def test_an_organisations_own_words_are_used_from_the_next_draft(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    own = shipped_rules().texts["letter_complaint"].replace("Kommunen förbehåller", "Regionen förbehåller")
    own = own.replace("version = 1", "version = 2")

    await import_rules(house.world, TENANT, {"letter_complaint": own}, actor="cli")
    draft = await mia.says(f"{NUMBER} brev reklamation")

    assert "Regionen förbehåller sig" in draft
    [letter] = await the_letters(house)
    assert letter.template_version == 2


async def test_recording_twice_keeps_the_first(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    button = mia.button("letter.sent")
    filled = {"sent:sent_on": "2027-01-11", "sent:how": "mail", "sent:to_whom": "Anna Berg"}

    await mia.presses_old(button, filled)
    again = await mia.presses_old(button, {**filled, "sent:to_whom": "Någon Annan"})

    assert "till Anna Berg" in again
    assert (await events(house)).count("deviation.letter_sent") == 1


async def test_a_sent_letter_is_not_changed_by_an_old_card(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    button = mia.button("letter.complete")
    await mia.says(f"{NUMBER} brev skickat i dag, mejl, Anna Berg, KS 2027/44")
    [before] = await the_letters(house)

    await mia.presses_old(button, {"gap:requested_action": "Något annat"})

    assert await the_letters(house) == (before,)
    assert (await the_case(house)).requested_action is None


async def test_a_serious_complaint_is_the_owners_to_send(house: TestWorld) -> None:
    mia = await reported(house, severity="allvarlig")
    await mia.says(f"{NUMBER} brev reklamation")

    refused = await mia.says(f"{NUMBER} brev skickat i dag, mejl, Anna Berg, KS 2027/44")
    await Talk(house, OLLE).says(f"{NUMBER} brev skickat i dag, mejl, Anna Berg, KS 2027/44")

    assert "avtalsägarens beslut" in refused
    assert (await the_case(house)).state is DeviationState.COMPLAINT_SENT
    [letter] = await the_letters(house)
    assert letter.sent_by == OLLE.mail


async def test_what_is_missing_is_asked_for_one_thing_at_a_time(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")

    assert "hur det skickades" in await mia.says(f"{NUMBER} brev skickat i dag")
    assert "vem hos leverantören" in await mia.says(f"{NUMBER} brev skickat i dag, mejl")
    assert "ska registreras" in await mia.says(f"{NUMBER} brev skickat i dag, mejl, Anna Berg")
    assert (await the_case(house)).state is DeviationState.ASSESSED


async def test_a_complaint_that_nobody_has_assessed_is_not_recorded(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MODERATE)
    await mia.says("registrera")
    await mia.says(f"{NUMBER} brev reklamation")

    refused = await mia.says(f"{NUMBER} brev skickat i dag, mejl, Anna Berg, KS 2027/44")

    assert "Bedöm" in refused or "avtalsägarens" in refused
    [letter] = await the_letters(house)
    assert letter.sent_on is None


async def test_nothing_about_a_person_is_stored_in_a_gap(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")

    await mia.says(f"{NUMBER} konsekvens: 19850713-9809 fick vänta")

    assert (await the_case(house)).consequence is None


async def test_a_reporter_reads_but_does_not_write_to_the_supplier(house: TestWorld) -> None:
    eva = await reported(house, EVA)

    listed = await eva.says(f"{NUMBER} brev")
    refused = await eva.says(f"{NUMBER} brev reklamation")

    assert "Det finns inget brev i ärendet än." in listed
    assert "avtalsförvaltarens" in refused
    assert await the_letters(house) == ()


async def test_somebody_elses_letter_is_as_if_it_were_not_there(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    button = mia.button("letter.file")

    answer = await Talk(house, EVA).presses_old(button)

    assert "Jag hittar inget sådant brev" in answer


async def test_a_talk_is_noted_and_leaves_the_supplier_told(house: TestWorld) -> None:
    mia = await reported(house)

    note = await mia.says(f"{NUMBER} brev dialog")
    done = await mia.says(f"{NUMBER} brev dialog hållet i dag, telefon, Anna Berg")

    assert "skickas inte till leverantören" in note
    assert "Hållet 11 januari 2027, telefon, med Anna Berg" in done
    case = await the_case(house)
    assert (case.state, case.supplier_told_how) == (DeviationState.COMMUNICATED, "phone")


async def test_a_request_for_a_plan_moves_the_case_on(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    await mia.says(f"{NUMBER} brev skickat i dag, mejl, Anna Berg, KS 2027/44")
    olle = Talk(house, OLLE)

    draft = await olle.says(f"{NUMBER} brev åtgärdsplan")
    await olle.says(f"{NUMBER} brev åtgärdsplan skickat i dag, mejl, Anna Berg, KS 2027/45")

    assert "2027-01-11: skriftlig reklamation" in draft
    assert (await the_case(house)).state is DeviationState.PLAN_REQUESTED


async def test_a_warning_quotes_the_contract_and_is_kept_even_where_steps_were_not_taken(house: TestWorld) -> None:
    await reported(house)
    case = await the_case(house)
    assert case.contract_id is not None
    right = ContractRight(
        contract_id=case.contract_id,
        kind=RightKind.RESCISSION,
        clause="§ 9",
        terms="Köparen får häva om felet inte rättas inom 30 dagar",
    )
    async with house.world.store.open(TENANT) as unit:
        await unit.contract_rights.put(case.contract_id, [right])
        await unit.commit()
    olle = Talk(house, OLLE)

    draft = await olle.says(f"{NUMBER} brev varning")
    done = await olle.says(f"{NUMBER} brev varning skickat i dag, brev, Anna Berg, KS 2027/46")

    assert "Hävning (§ 9): Köparen får häva om felet inte rättas inom 30 dagar" in draft
    assert "Skickat 11 januari 2027" in done
    assert (await the_case(house)).ladder_step < 5


async def test_the_contracts_own_time_to_answer_is_proposed(house: TestWorld) -> None:
    mia = await reported(house)
    case = await the_case(house)
    assert case.contract_id is not None
    limit = ContractRight(contract_id=case.contract_id, kind=RightKind.ANSWER_TIME, limit_days=10)
    async with house.world.store.open(TENANT) as unit:
        await unit.contract_rights.put(case.contract_id, [limit])
        await unit.commit()

    assert "senast den 2027-01-21" in await mia.says(f"{NUMBER} brev reklamation")


async def test_a_day_that_has_been_is_no_last_day_to_answer(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    button = mia.button("letter.complete")

    refused = await mia.presses_old(button, {"gap:answer_due_on": "2027-01-10"})

    assert "behöver ligga framåt" in refused


async def test_a_draft_that_has_lain_is_filled_in_though_its_day_to_answer_has_passed(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    [draft] = await the_letters(house)
    assert draft.answer_due_on is not None
    old, pressed_on = mia.button("letter.complete"), draft.answer_due_on + timedelta(days=2)
    house.clock.now = local(pressed_on.isoformat(), "10:00")
    await mia.says(f"{NUMBER} brev")
    shown = await mia.presses("letter.open")

    filled = await mia.presses_old(
        old, {"gap:recipient": "Anna Berg", "gap:answer_due_on": draft.answer_due_on.isoformat()}
    )

    assert "har passerat medan utkastet har legat" in shown
    assert "Anna Berg" in filled
    assert "Sista dag för leverantören att svara" in filled


async def test_a_letter_that_judges_is_marked_for_a_second_look(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")

    draft = await mia.says(f"{NUMBER} konsekvens: Detta är ett avtalsbrott")

    assert "Låt upphandlare eller jurist läsa det först" in draft


async def test_an_ended_case_gets_no_new_letters_and_shows_the_old(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    await mia.says(f"{NUMBER} bestridd, de håller inte med")
    await mia.says(f"{NUMBER} avskriv, det var vårt fel")

    listed = await mia.says(f"{NUMBER} brev")
    refused = await mia.says(f"{NUMBER} brev varning")

    assert "Utkast" in listed
    assert "är avslutat" in refused


async def test_a_case_kept_from_owner_and_manager_is_written_about_by_the_controller(house: TestWorld) -> None:
    carin = Talk(house, CARIN)
    await carin.says(MODERATE)
    await carin.says("registrera")
    case = await the_case(house)
    async with house.world.store.open(TENANT) as unit:
        await unit.deviations.save(_as_crime(case))
        await unit.commit()

    draft = await carin.says(f"{NUMBER} brev reklamation")
    hidden = await Talk(house, MIA).says(f"{NUMBER} brev")

    assert "Carin Controller" in draft
    assert "Mia Manager" not in draft
    assert "hittar ingen avvikelse" in hidden


async def test_the_draft_follows_the_head_of_department_under_a_warning(house: TestWorld) -> None:
    head = person("Hedda Head", Role.DEPARTMENT_HEAD)
    async with house.world.store.open(TENANT) as unit:
        await unit.people.add_all([head])
        await unit.commit()
    await reported(house)

    assert "Hedda Head, förvaltningschef" in await Talk(house, OLLE).says(f"{NUMBER} brev varning")


async def test_the_clock_drafts_without_touching_a_persons_draft(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")
    [before] = await the_letters(house)
    house.clock.now = local("2027-01-20")

    await _draft_by_clock(house)

    assert await the_letters(house) == (before,)


async def test_the_clock_may_draft_the_first(house: TestWorld) -> None:
    await reported(house)

    await _draft_by_clock(house)

    [letter] = await the_letters(house)
    assert (letter.kind, letter.drafted_by, letter.language) == (LetterKind.COMPLAINT, "clock", "sv")


async def _draft_by_clock(house: TestWorld) -> None:
    async with house.world.store.open(TENANT) as unit:
        scene = await read_scene(unit, now=house.clock(), is_local=True)
        [deviation] = await unit.deviations.all()
        case = await as_seen(unit, scene, CARIN, deviation)
        await draft_letter(unit, scene, case, LetterKind.COMPLAINT, drafted_by="clock")
        await unit.commit()


def _as_crime(case: Deviation) -> Deviation:
    return replace(case, type="ARB_KRIM")


@pytest.mark.parametrize(
    "said",
    [
        "i dag med mejl till Anna Berg, kvittens finns, diarienummer KS 2027/44",
        "i dag per brev till Anna Berg, KS 2027/44",
        "i dag, mejl, Anna Berg, KS 2027/44",
    ],
)
async def test_how_and_to_whom_a_letter_went_may_be_told_in_one_breath(house: TestWorld, said: str) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} brev reklamation")

    done = await mia.says(f"{NUMBER} brev skickat {said}")

    assert "till Anna Berg" in done
    assert "KS 2027/44" in done
