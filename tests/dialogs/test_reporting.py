"""Reporting in one's own words: what was understood, what is asked, and what becomes of the draft."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from domain.contract import ContractSupplier
from domain.deviation import Deviation, Severity
from domain.people import Language
from storage.unit_of_work import Store
from tests.support.card_checks import fields_of, texts_of
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person

MIA, OLLE, CARIN, _ = PEOPLE
EVA = person("Eva Employee")
CLEANING = "Städningen på Kinnaskolan uteblev tre gånger i veckan"
MILK = "Mjölken till Solgården kom för sent igen"


@pytest.fixture
async def house(store: Store) -> TestWorld:
    """Mia manages the cleaning and the milk, on a Saturday after a whole week."""
    test_world = make_world(store, at=local("2027-01-16", "10:00"))
    milk = contract(
        "2026-0005",
        title="Mejeriprodukter",
        area="Livsmedel",
        suppliers=(ContractSupplier(org_number="5560000009", name="Kustmejeri AB", lot="Mjölk"),),
    )
    cleaning = contract("2026-0001", title="Städning av skolor, Kinnaskolan")
    await furnish(test_world, [cleaning, milk], [*PEOPLE, EVA])
    await test_world.tick()
    return test_world


async def cases(house: TestWorld) -> list[Deviation]:
    async with house.world.store.read(TENANT) as unit:
        return await unit.deviations.all()


async def the_case(house: TestWorld) -> Deviation:
    [case] = await cases(house)
    return case


async def test_a_tired_manager_with_late_milk_is_done_in_one_sentence_and_two_taps(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    taps: Sequence[str] = ("draft.skip", "deviation.register")

    await mia.says(MILK)
    thanks = [await mia.presses(tap) for tap in taps][-1]

    assert len(taps) <= 2
    assert "AVV-2027-0001" in thanks
    case = await the_case(house)
    assert (case.type, case.contract_number, case.location) == ("LEV_SEN", "2026-0005", "Solgården")


async def test_one_tap_is_enough_when_nothing_must_be_chosen(house: TestWorld) -> None:
    mia = Talk(house, MIA)

    await mia.says(MILK)
    thanks = await mia.presses("deviation.register")

    assert "AVV-2027-0001" in thanks


async def test_three_times_a_week_asks_which_days_and_each_day_becomes_an_occasion(house: TestWorld) -> None:
    mia = Talk(house, MIA)

    asked = await mia.says(CLEANING)
    await mia.says("måndag, onsdag och fredag")
    await mia.says("registrera")

    assert "Vilka dagar var det?" in asked
    case = await the_case(house)
    assert (case.occurred_from, case.occurred_to, case.occurrence_count) == (date(2027, 1, 11), date(2027, 1, 15), 3)
    async with house.world.store.read(TENANT) as unit:
        sightings = (await unit.case_files.of(case.deviation_id)).sightings
    assert [one.occurred_from for one in sightings] == [date(2027, 1, 11), date(2027, 1, 13), date(2027, 1, 15)]


async def test_the_days_can_be_ticked(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)

    await mia.presses("draft.answer", {"days": "2027-01-12,2027-01-14"})
    await mia.presses("deviation.register")

    case = await the_case(house)
    assert case.occurred_days == (date(2027, 1, 12), date(2027, 1, 14))


async def test_the_next_question_comes_when_one_is_answered(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    first = await mia.says(CLEANING)

    second = await mia.says("måndag, onsdag och fredag")
    third = await mia.says("ja")

    assert "Vilka dagar var det?" in first
    assert "Vilka dagar" not in second
    assert "Har du sagt till leverantören? Vänta" in second
    assert "Vänta inte med det" not in third


async def test_what_the_reporter_told_the_supplier_is_on_the_case(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)
    await mia.says("hoppa över")
    await mia.presses("draft.yes")

    await mia.says("registrera")

    case = await the_case(house)
    assert case.is_supplier_told
    assert case.supplier_notified_at is not None


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        ("nej det var i går", "occurred_from", date(2027, 1, 15)),
        ("det var Hyssna skola", "location", "Hyssna skola"),
        ("fyra gånger", "occurrence_count", 4),
        ("måttlig", "severity", Severity.MODERATE),
        ("jag har redan sagt till leverantören", "is_supplier_told", True),
        ("no, it was four times", "occurrence_count", 4),
    ],
)
async def test_a_correction_changes_the_slot_and_not_the_words(
    house: TestWorld, words: str, slot: str, value: object
) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)

    await mia.says(words)
    await mia.says("registrera")

    case = await the_case(house)
    assert getattr(case, slot) == value
    assert (case.description, case.additions) == (CLEANING, ())


async def test_a_new_fact_stands_beside_the_first_words(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MILK)

    shown = await mia.says("lägg till: vaktmästaren tog emot leveransen")
    await mia.says("registrera")

    case = await the_case(house)
    assert "Tillagt: ”vaktmästaren tog emot leveransen”" in shown
    assert case.description == MILK
    assert case.additions == ("vaktmästaren tog emot leveransen",)


async def test_a_severity_proposed_anew_follows_the_number_of_times(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says("Städningen på Kinnaskolan uteblev i går")

    shown = await mia.says("det var fyra gånger")

    assert "Allvarlig, eftersom det har hänt minst tre gånger" in shown


async def test_a_severity_a_person_chose_stays(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says("Städningen på Kinnaskolan uteblev i går")
    await mia.says("liten")

    await mia.says("det var fyra gånger")
    await mia.says("registrera")

    assert (await the_case(house)).severity is Severity.MINOR


async def test_every_field_of_the_card_can_be_changed_and_the_rest_stays(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)
    await mia.says("måndag, onsdag och fredag")
    filled = {key: str(field.get("value") or "") for key, field in fields_of(mia.cards[0]).items()}

    await mia.presses("deviation.change", {**filled, "location": "Fritsla skola", "type": "LEV_SEN"})
    await mia.presses("deviation.register")

    case = await the_case(house)
    assert (case.location, case.type) == ("Fritsla skola", "LEV_SEN")
    assert len(case.occurred_days) == 3


async def test_a_contract_is_searched_for_by_words(house: TestWorld) -> None:
    eva = Talk(house, EVA)
    await eva.says("De kom inte i dag heller")
    if not eva.cards or "search" not in fields_of(eva.cards[-1]):
        await eva.says("Leveransen kom inte i dag till Solgården")

    await eva.presses("deviation.change", {"search": "Kustmejeri", "type": "LEV_UTEBLIVEN"})
    await eva.says("registrera")

    assert (await the_case(house)).contract_number == "2026-0005"


async def test_an_invoice_asks_for_its_number_and_whether_it_is_paid(house: TestWorld) -> None:
    mia = Talk(house, MIA)

    first = await mia.says("Kustmejeri har fakturerat 18 400 men enligt prislistan ska det vara 15 950")
    second = await mia.says("4711-A")
    await mia.says("nej")
    await mia.says("registrera")

    assert "Vilket fakturanummer är det?" in first
    assert "Är fakturan betald?" in second
    case = await the_case(house)
    assert (case.type, case.invoice_number, case.is_paid) == ("FAKT_PRIS", "4711-A", False)


async def test_a_kept_draft_is_taken_up_again(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MILK)

    kept = await mia.says("behåll som utkast")
    unheard = await mia.says("fyra gånger")
    listed = await mia.says("mina utkast")
    await mia.says("utkast 1")
    thanks = await mia.says("registrera")

    assert "i morgon klockan 10.00" in kept
    assert "Mjölken" not in unheard
    assert "Mjölken" in listed
    assert "AVV-2027-0001" in thanks


async def test_a_draft_a_day_old_never_comes_back_and_leaves_no_words(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MILK)
    button = mia.button("deviation.register")

    await house.turn_to(house.clock() + timedelta(hours=25))
    pressed = await mia.presses_old(button)
    typed = await mia.says("registrera")
    listed = await mia.says("mina utkast")

    assert "AVV" not in pressed + typed
    assert "Du har inga utkast" in listed
    assert await cases(house) == []
    async with house.world.store.read(TENANT) as unit:
        events = [event for event in await unit.events.all() if event.kind == "deviation.draft_expired"]
    assert len(events) == 1
    assert "Mjölken" not in str(events[0].details)


async def test_an_ended_draft_cannot_be_opened_from_an_old_list(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MILK)
    await mia.says("mina utkast")
    button = mia.button("draft.open")
    await mia.says("utkast 1")
    await mia.says("kasta")

    answer = await mia.presses_old(button)

    assert "Utkastet finns inte längre" in answer


async def test_undo_right_after_registering_dismisses_what_its_manager_reported(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MILK)
    await mia.says("registrera")

    taken = await mia.says("ångra")

    case = await the_case(house)
    assert "Du har tagit tillbaka AVV-2027-0001" in taken
    assert not case.is_open
    assert case.closed_reason == "Rapportören tog tillbaka rapporten."


async def test_undo_of_somebody_without_a_part_asks_the_manager(house: TestWorld) -> None:
    eva = Talk(house, EVA)
    await eva.says(MILK)
    await eva.says("registrera")

    house.clock.now += timedelta(minutes=1)
    taken = await eva.says("ta bort det jag skrev, jag tog fel på skola")
    await house.turn_to(local("2027-01-18", "12:00"))

    assert MIA.name in taken
    assert (await the_case(house)).is_open
    said = str(house.teams.to(MIA.mail))
    assert "drafting.told.taken_back" in said


async def test_undo_after_a_day_is_too_late(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MILK)
    await mia.says("registrera")
    await house.turn_to(house.clock() + timedelta(hours=25))

    answer = await mia.says("ångra")

    assert "avskriva ärendet" in answer
    assert (await the_case(house)).is_open


async def test_undo_before_registering_throws_the_draft_away(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MILK)

    answer = await mia.says("ångra")

    assert "Utkastet är kastat" in answer
    assert await cases(house) == []


async def test_a_quick_answer_on_an_old_card_shows_the_draft_as_it_stands(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)
    old = mia.button("draft.skip")
    await mia.says("måndag, onsdag och fredag")

    shown = await mia.presses_old(old)

    assert "Har du sagt till leverantören? Vänta" in shown


async def test_contract_type_and_day_may_not_be_passed_over(house: TestWorld) -> None:
    eva = Talk(house, EVA)
    await eva.says("Leveransen till Solgården kom inte i dag")

    refused = await eva.says("hoppa över")

    assert "Avtalet behövs" in refused


async def test_english_is_asked_and_answered_in_english(house: TestWorld) -> None:
    eva = Talk(house, person("Eva Employee", language=Language.EN), locale="en-GB")

    asked = await eva.says("The cleaning at Kinnaskolan did not happen three times this week")
    told = await eva.says("Monday, Wednesday and Friday")
    thanks = await eva.says("register")

    assert "Which days" in asked
    assert "Have you told the supplier?" in told
    assert "AVV-2027-0001" in thanks


async def test_the_card_of_a_draft_holds_every_contract_of_ones_own(house: TestWorld) -> None:
    mia = Talk(house, MIA)

    await mia.says(MILK)

    assert "Städning av skolor, Kinnaskolan" in texts_of(mia.cards[0])


async def test_no_photo_passes_the_question_and_yes_waits_for_it(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    asked = await mia.says("Kustmejeri levererade fel vara till Kinnaskolan i dag")

    waiting = await mia.says("ja")
    after = await mia.says("nej")

    assert "Har du en bild?" in asked
    assert "inga människor eller personuppgifter" in asked
    assert "Har du en bild?" in waiting
    assert "Har du en bild?" not in after
    assert await cases(house) == []


async def test_a_short_change_that_changes_nothing_is_not_added_to_the_report(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MILK)

    answer = await mia.says("det var lite olika")
    await mia.says("registrera")

    assert "Jag förstod inte" in answer
    assert (await the_case(house)).additions == ()


async def test_a_word_of_its_title_is_enough_to_choose_another_contract(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)

    await mia.says("nej det var mejeriprodukter")
    await mia.says("registrera")

    assert (await the_case(house)).contract_number == "2026-0005"


async def test_two_presses_at_the_same_moment_make_one_case(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MILK)
    button = mia.button("deviation.register")

    answers = await asyncio.gather(*(Talk(house, MIA).presses_old(button) for _ in range(3)))

    assert (await the_case(house)).number == "AVV-2027-0001"
    assert all("AVV-2027-0001" in answer for answer in answers)
