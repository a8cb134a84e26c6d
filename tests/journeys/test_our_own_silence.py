"""A year in which we say nothing: the clock turned by hand, and nobody's silence costs a right without being told of."""

from dataclasses import replace

import pytest

from cards.letters import letter_text
from domain.case_file import CaseFile, LetterKind
from domain.deviation import Deviation, DeviationState, Severity
from domain.people import Language, Person
from storage.unit_of_work import Store
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world

MIA, OLLE, CARIN, PIA = PEOPLE
NUMBER = "AVV-2027-0001"
REPORT = "Städningen på Kinnaskolan var dåligt utförd i dag"
RIGHTS = "rättigheter 2026-0147: vite § 7.2 5 000 kr per påbörjad vecka; prisavdrag § 8; reklamationstid 3 dagar"


def speaking(language: Language) -> tuple[Person, ...]:
    return tuple(replace(person, language=language) for person in PEOPLE)


async def furnished(store: Store, language: Language = Language.SV) -> TestWorld:
    house = make_world(store)
    await furnish(house, [contract("2026-0147", title="Städning av skolor, Kinnaskolan")], speaking(language))
    await house.tick()
    return house


@pytest.fixture
async def house(store: Store) -> TestWorld:
    return await furnished(store)


async def reported(house: TestWorld) -> Talk:
    """A moderate case, registered by Mia on Monday 11 January."""
    mia = Talk(house, MIA)
    await mia.says(REPORT)
    await mia.says("måttlig")
    await mia.says("registrera")
    return mia


async def the_case(house: TestWorld) -> Deviation:
    async with house.world.store.read(TENANT) as unit:
        [case] = await unit.deviations.all()
    return case


async def the_file(house: TestWorld) -> CaseFile:
    case = await the_case(house)
    async with house.world.store.read(TENANT) as unit:
        return await unit.case_files.of(case.deviation_id)


def read_by(house: TestWorld, person: Person) -> str:
    return "\n".join(letter_text(letter) for letter in house.teams.to(person.mail))


async def test_a_new_case_goes_by_the_contracts_own_times_and_its_clock_starts_when_it_is_assessed(
    house: TestWorld,
) -> None:
    await Talk(house, MIA).says(RIGHTS)
    mia = await reported(house)
    registered = await the_case(house)
    await mia.says(f"{NUMBER} bedömd, punkt 4.2, måttlig")
    assessed = await the_case(house)

    assert [limit.days for limit in registered.limits] == [3]
    assert registered.sanction_since is None
    assert (assessed.severity, assessed.sanction_since) == (Severity.MODERATE, house.clock())


async def test_an_untold_supplier_gets_a_complaint_drafted_and_two_people_hear(house: TestWorld) -> None:
    mia = await reported(house)
    foretold = await mia.says(NUMBER)
    await house.turn_to(local("2027-01-14", "18:00"))
    before = (await the_file(house)).letters

    # A critical contract: three working days to tell the supplier, over on Thursday; the morning after it is told.
    await house.turn_to(local("2027-01-15", "18:00"))

    [letter] = (await the_file(house)).letters
    assert before == ()
    assert (letter.kind, letter.drafted_by) == (LetterKind.COMPLAINT, "clock")
    assert "jag skriver ett utkast till reklamation" in foretold
    for person in (MIA, OLLE):
        assert "Ett utkast till reklamation ligger klart: AVV-2027-0001 brev" in read_by(house, person)
        assert "4 dagar" in read_by(house, person)


async def test_a_supplier_told_in_time_is_never_complained_of_by_the_clock(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} bedömd, punkt 4.2, måttlig")
    await mia.says(f"{NUMBER} kontaktad, telefon, Anna Berg")

    await house.turn_to(local("2027-01-25", "18:00"))

    assert (await the_file(house)).letters == ()
    assert "har inte fått veta" not in read_by(house, OLLE)


async def test_the_same_silence_is_told_once(house: TestWorld) -> None:
    await reported(house)
    await house.turn_to(local("2027-01-29", "18:00"))

    assert read_by(house, OLLE).count("Ett utkast till reklamation ligger klart") == 1
    assert len((await the_file(house)).letters) == 1


async def test_an_unanswered_right_is_told_to_owner_and_manager_and_then_to_the_controller(house: TestWorld) -> None:
    await Talk(house, MIA).says(RIGHTS)
    mia = await reported(house)
    await mia.says(f"{NUMBER} bedömd, punkt 4.2, måttlig")
    await mia.says(f"{NUMBER} kontaktad, telefon, Anna Berg")

    await house.turn_to(local("2027-02-09", "18:00"))
    told = [("väntat på svar i mer än 20" in read_by(house, person)) for person in (OLLE, MIA, CARIN)]
    await house.turn_to(local("2027-02-11", "18:00"))

    assert told == [True, True, False]
    assert "väntat på svar i mer än 20" in read_by(house, CARIN)


async def test_a_right_answered_in_time_is_not_asked_about(house: TestWorld) -> None:
    await Talk(house, MIA).says(RIGHTS)
    mia = await reported(house)
    await mia.says(f"{NUMBER} bedömd, punkt 4.2, måttlig")
    await Talk(house, OLLE).says(f"{NUMBER} alla nej, leverantören rättade samma dag")

    await house.turn_to(local("2027-02-19", "18:00"))

    assert "väntat på svar i mer än" not in read_by(house, OLLE)


async def test_a_reservation_that_runs_out_is_told_before_and_asked_again_after(house: TestWorld) -> None:
    await Talk(house, MIA).says(RIGHTS)
    mia = await reported(house)
    await mia.says(f"{NUMBER} bedömd, punkt 4.2, måttlig")
    await mia.says(f"{NUMBER} kontaktad, telefon, Anna Berg")
    olle = Talk(house, OLLE)
    await olle.says(f"{NUMBER} prisavdrag nej, felet var litet")
    await olle.says(f"{NUMBER} vite avvaktar till 12 februari")
    foretold = await olle.says(NUMBER)

    await house.turn_to(local("2027-02-05", "18:00"))
    warned = read_by(house, OLLE)
    await house.turn_to(local("2027-02-15", "18:00"))

    assert "förbehållen rätt" in foretold
    assert "går ut" in warned
    assert "obesvarad igen" not in warned
    assert "obesvarad igen" in read_by(house, OLLE)
    assert (await the_case(house)).sanction_since is not None
    shown = await olle.says(f"{NUMBER} påföljder")
    assert "Den tiden har gått ut" in shown


async def test_a_renewed_reservation_is_not_asked_about(house: TestWorld) -> None:
    await Talk(house, MIA).says(RIGHTS)
    mia = await reported(house)
    await mia.says(f"{NUMBER} bedömd, punkt 4.2, måttlig")
    await mia.says(f"{NUMBER} kontaktad, telefon, Anna Berg")
    olle = Talk(house, OLLE)
    await olle.says(f"{NUMBER} alla avvaktar till 12 februari")
    await house.turn_to(local("2027-02-10", "18:00"))
    await olle.says(f"{NUMBER} alla avvaktar till 30 april")

    await house.turn_to(local("2027-02-19", "18:00"))

    assert "obesvarad igen" not in read_by(house, OLLE)
    assert (await the_case(house)).sanction_since is None


async def test_no_penalty_is_lost_by_nobody_having_answered(house: TestWorld) -> None:
    await Talk(house, MIA).says(RIGHTS)
    mia, olle = await reported(house), Talk(house, OLLE)
    for words in (
        "bedömd, punkt 4.2, måttlig",
        "kontaktad, telefon, Anna Berg",
        "åtgärdad, ny personal är på plats",
        "kontrollerad, jag har varit där",
    ):
        await mia.says(f"{NUMBER} {words}")

    refused = await mia.says(f"{NUMBER} stäng")
    still = (await the_case(house)).state
    await olle.says(f"{NUMBER} vite ja 10 000 kr, beslut KS 2027/3")
    await olle.says(f"{NUMBER} prisavdrag nej, vitet räcker")
    await mia.says(f"{NUMBER} stäng")

    assert "Vite (§ 7.2)" in refused
    assert still is DeviationState.VERIFIED
    assert (await the_case(house)).state is DeviationState.CLOSED


async def test_rights_registered_late_start_the_clock_of_open_cases(house: TestWorld) -> None:
    mia = await reported(house)
    await mia.says(f"{NUMBER} bedömd, punkt 4.2, måttlig")
    card = await mia.says(NUMBER)
    await house.turn_to(local("2027-01-13", "12:00"))

    await mia.says(RIGHTS)

    case = await the_case(house)
    assert "rättigheter 2026-0147" in card
    assert case.sanction_since == house.clock()
    assert [limit.days for limit in case.limits] == [3]


async def test_silence_at_every_step_for_a_year_is_told_and_never_moves_the_case_by_itself(house: TestWorld) -> None:
    await Talk(house, MIA).says(RIGHTS)
    mia = await reported(house)
    await mia.says(f"{NUMBER} bedömd, punkt 4.2, måttlig")

    await house.turn_to(local("2028-01-10", "18:00"))

    case = await the_case(house)
    assert (case.state, case.ladder_step) == (DeviationState.ASSESSED, 0)
    shown = await Talk(house, CARIN).says("passivitet")
    assert "AVV-2027-0001" in shown
    assert "364 dagar" in shown


async def test_the_clock_speaks_english_to_those_who_do(store: Store) -> None:
    house = await furnished(store, Language.EN)
    mia = Talk(house, replace(MIA, language=Language.EN), locale="en-GB")
    await mia.says("The cleaning at Kinnaskolan was badly done today")
    await mia.says("moderate")
    await mia.says("register")

    await house.turn_to(local("2027-01-19", "18:00"))

    assert "The draft of a complaint is ready: AVV-2027-0001 letters" in read_by(house, OLLE)
