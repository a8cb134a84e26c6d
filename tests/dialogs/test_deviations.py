"""A deviation in the chat: one sentence, a look, a number, and a case that somebody must move."""

from datetime import date

import pytest

from domain.contract import ContractSupplier
from domain.deviation import Deviation, DeviationState, Severity
from domain.letter import DeviationItem
from domain.people import Language
from storage.unit_of_work import Store
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person

MIA, OLLE, CARIN, _ = PEOPLE
SENTENCE = "Städningen på Kinnaskolan uteblev tre gånger i veckan"
EMPLOYEE = person("Eva Employee")


@pytest.fixture
async def house(store: Store) -> TestWorld:
    """Cleaning and two school-transport contracts, all critical."""
    test_world = make_world(store)
    buses = [
        contract(
            f"2026-000{number}",
            title=f"Skolskjuts {area}",
            area="Skolskjuts",
            suppliers=(ContractSupplier(org_number=f"556000000{number}", name=f"{area}bussen AB", lot="Buss"),),
            manager_mail="nils.norr@exempel.example",
        )
        for number, area in ((2, "norra"), (3, "södra"))
    ]
    cleaning = contract("2026-0001", title="Städning av skolor, Kinnaskolan")
    await furnish(test_world, [cleaning, *buses], [*PEOPLE, EMPLOYEE, person("Nils Norr")])
    await test_world.tick()
    return test_world


async def cases(house: TestWorld) -> list[Deviation]:
    async with house.world.store.read(TENANT) as unit:
        return await unit.deviations.all()


async def test_one_sentence_and_one_word_make_a_case(house: TestWorld) -> None:
    mia = Talk(house, MIA)

    draft = await mia.says(SENTENCE)
    thanks = await mia.says("registrera")

    assert "Kinnaskolan" in draft
    assert "AVV-2027-0001" in thanks
    [case] = await cases(house)
    assert (case.type, case.severity, case.occurrence_count) == ("LEV_UTEBLIVEN", Severity.SERIOUS, 3)
    assert (case.contract_number, case.location, case.description) == ("2026-0001", "Kinnaskolan", SENTENCE)


async def test_a_serious_deviation_is_heard_at_once_by_owner_and_controller(house: TestWorld) -> None:
    mia = Talk(house, MIA)

    await mia.says(SENTENCE)
    await mia.says("registrera")
    await house.tick()

    for listener in (OLLE, CARIN):
        [letter] = house.teams.to(listener.mail)
        assert any(isinstance(item, DeviationItem) for item in letter.items)
    assert house.teams.to(MIA.mail) == []


async def test_nothing_is_registered_before_the_reporter_has_said_so(house: TestWorld) -> None:
    await Talk(house, MIA).says(SENTENCE)
    await house.tick()

    assert await cases(house) == []
    assert house.teams.letters == []


async def test_pressing_register_twice_makes_one_case(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)
    button = mia.button("deviation.register")

    await mia.presses_old(button)
    again = await mia.presses_old(button)

    assert len(await cases(house)) == 1
    assert "AVV-2027-0001" in again


async def test_two_contracts_that_match_are_asked_about_and_a_number_picks(house: TestWorld) -> None:
    eva = Talk(house, EMPLOYEE)

    asked = await eva.says("Skolskjutsen kom en timme för sent i dag")
    refused = await eva.says("registrera")
    await eva.says("2")
    thanks = await eva.says("registrera")

    assert "Vilket avtal gäller det?" in asked
    assert "Välj vilket avtal" in refused
    assert "AVV-2027-0001" in thanks
    [case] = await cases(house)
    assert case.contract_number in {"2026-0002", "2026-0003"}


async def test_the_draft_is_corrected_in_words(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)

    await mia.says("det var fyra gånger på Fritsla skola, måttlig")
    await mia.says("ja")

    [case] = await cases(house)
    assert (case.occurrence_count, case.severity) == (4, Severity.MODERATE)


async def test_a_thrown_away_draft_leaves_nothing(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)
    button = mia.button("deviation.register")

    await mia.says("kasta")
    await mia.presses_old(button)

    assert await cases(house) == []


async def test_a_personal_number_is_never_kept(house: TestWorld) -> None:
    mia = Talk(house, MIA)

    answer = await mia.says("Kalle 19121212-1212 blev utan städning på Kinnaskolan i två dagar")

    assert mia.cards
    assert "19121212-1212" not in answer
    async with house.world.store.read(TENANT) as unit:
        assert await unit.deviations.open() == []


async def test_somebody_else_cannot_register_my_draft(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)
    button = mia.button("deviation.register")

    await Talk(house, EMPLOYEE).presses_old(button)

    assert await cases(house) == []


async def test_silence_proposes_a_step_and_a_person_takes_it(house: TestWorld) -> None:
    mia, carin = Talk(house, MIA), Talk(house, CARIN)
    await mia.says(SENTENCE)
    await mia.says("registrera")

    await house.turn_to(local("2027-01-22", "17:00"))
    [silent] = await cases(house)
    shown = await carin.says("AVV-2027-0001")
    await mia.says("AVV-2027-0001 bedömd, punkt 4.2")
    await Talk(house, OLLE).says("AVV-2027-0001 steg 2")
    [moved] = await cases(house)

    assert silent.proposed_step == 2
    assert silent.ladder_step == 0
    assert "Förslag" in shown
    assert (moved.ladder_step, moved.proposed_step) == (2, None)


async def test_a_case_lives_from_report_to_closed_by_typing(house: TestWorld) -> None:
    mia, olle = Talk(house, MIA), Talk(house, OLLE)
    await mia.says(SENTENCE)
    await mia.says("registrera")

    for words in (
        "bedömd, punkt 4.2",
        "kontaktad, telefon, Anna Berg",
        "åtgärdad, ny personal är på plats",
        "kontrollerad, jag har varit där",
    ):
        await mia.says(f"AVV-2027-0001 {words}")
    refused = await mia.says("AVV-2027-0001 stäng")
    await olle.says("AVV-2027-0001 stäng")

    assert "avtalsägarens" in refused
    [case] = await cases(house)
    assert case.state is DeviationState.CLOSED


async def test_what_comes_if_nobody_acts_names_days_and_people(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)
    await mia.says("registrera")
    await mia.says("AVV-2027-0001")

    future = await mia.says("vad händer om ingen gör något?")

    assert CARIN.name in future
    assert "januari" in future


async def test_a_colleague_without_a_part_may_not_open_a_case(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)
    await mia.says("registrera")

    answer = await Talk(house, EMPLOYEE).says("AVV-2027-0001")

    assert "Renhus" not in answer


async def test_an_old_button_on_a_moved_case_shows_where_it_stands(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)
    await mia.says("registrera")
    await mia.says("AVV-2027-0001")
    button = mia.button("deviation.assess")
    await mia.says("AVV-2027-0001 bedömd, punkt 4.2")
    await mia.says("AVV-2027-0001 kontaktad, telefon, Anna Berg")

    answer = await mia.presses_old(button, {"assessed:severity": "minor"})

    [case] = await cases(house)
    assert case.state is DeviationState.COMMUNICATED
    assert case.severity is Severity.SERIOUS
    assert answer


async def test_english_is_answered_in_english(house: TestWorld) -> None:
    eva = Talk(house, person("Eva Employee", language=Language.EN), locale="en-GB")

    draft = await eva.says("The cleaning at Kinnaskolan did not happen this week")
    thanks = await eva.says("register")

    assert "Have I understood" in draft or "understood" in draft
    assert "AVV-2027-0001" in thanks


async def test_the_day_of_a_report_without_one_is_today(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says("Städningen på Kinnaskolan är dålig")
    await mia.says("registrera")

    [case] = await cases(house)
    assert case.occurred_from == date(2027, 1, 11)
