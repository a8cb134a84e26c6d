"""What controllers and managers ask about lights, plans, silences and all that has happened: answered, or honestly not."""

from datetime import date, datetime, timedelta

import pytest

from domain.case_file import PlanAction
from domain.contract import ContractClass
from domain.deviation import DeviationState, Severity
from domain.followup import FollowupState
from domain.identifiers import ActionId, DeviationId
from storage.unit_of_work import Store
from tests.support.overview import CARIN, EVA, LARM, MAT, MIA, NOW, STADNING, STIG, case, given, late
from tests.support.talking import Talk
from tests.support.world import TENANT, TestWorld, make_world

TODAY = date(2027, 1, 25)
BEFORE = datetime(2026, 11, 10, 8, 0, tzinfo=NOW.tzinfo)


@pytest.fixture
async def town(store: Store) -> TestWorld:
    """Cleaning is red, food green, and nobody has ever looked at the alarms."""
    world = make_world(store)
    await given(
        world,
        followups=(
            late(STADNING.contract_id, date(2027, 1, 18), reminder_level="N2"),
            late(
                MAT.contract_id,
                date(2027, 1, 4),
                contract_class=ContractClass.HIGH,
                state=FollowupState.ACCEPTED,
                submitted_at=NOW - timedelta(days=20),
            ),
        ),
        deviations=(
            case("AVV-2027-0001", STADNING.contract_id, "LEV_SEN", deadline_on=TODAY - timedelta(days=3)),
            case(
                "AVV-2026-0002",
                STADNING.contract_id,
                "LEV_FEL",
                state=DeviationState.CLOSED,
                occurred_from=date(2026, 11, 10),
                reported_at=BEFORE,
            ),
            case("AVV-2027-0003", MAT.contract_id, "LEV_SEN", severity=Severity.MINOR, occurred_from=date(2027, 1, 20)),
            case("AVV-2027-0004", MAT.contract_id, "ARB_KRIM", severity=Severity.CRITICAL),
        ),
    )
    async with world.world.store.open(TENANT) as unit:
        await unit.case_files.add_actions(
            [
                PlanAction(
                    action_id=ActionId("a1"),
                    deviation_id=DeviationId("AVV-2027-0001"),
                    position=1,
                    text="Ny platschef",
                    responsible="Renhus",
                    due_on=date(2027, 1, 22),
                    check="Platsbesök",
                ),
            ],
        )
        await unit.commit()
    return world


@pytest.fixture
def carin(town: TestWorld) -> Talk:
    return Talk(town, CARIN)


@pytest.fixture
def controller(town: TestWorld) -> Talk:
    return Talk(town, CARIN, locale="en-GB")


@pytest.mark.parametrize(
    ("words", "title", "said"),
    [
        ("Vilka kritiska avtal är röda?", "Röda avtal", "Röd: AVV-2027-0001 har passerat sin sista dag"),
        ("röda avtal", "Röda avtal", "2026-0148"),
        ("gråa avtal", "Grå avtal", "Grå: avtalet saknar klass"),
        ("Vilka avtal är gula?", "Gula avtal", "Inga avtal är gula."),
        (
            "Visa avvikelser på städ senaste kvartalet.",
            "Avvikelser 1 oktober 2026 till 31 december 2026",
            "AVV-2026-0002",
        ),
        ("avvikelser i november", "Avvikelser 1 november 2026 till 30 november 2026", "AVV-2026-0002"),
        ("Hur många avvikelser har Renhus hos oss totalt?", "Alla avvikelser", "4 träffar"),
        ("Hur många avvikelser har Nordkontor hos oss totalt?", "Jag hittar inget avtal som heter Nordkontor", ""),
        (
            "Vilka åtgärdsplaner har gått ut utan att vara verifierade?",
            "Åtgärdsplaner som har gått ut",
            "22 januari 2027",
        ),
        ("Vilka avtal har inte följts upp på över ett år?", "Inte uppföljda sedan 25 januari 2026", "aldrig uppföljt"),
        ("Hur ligger socialförvaltningen till?", "Socialförvaltningen", "Röd: AVV-2027-0001"),
        ("Hur ligger skolan till?", "Skolförvaltningen", "2 öppna avvikelser"),
        ("Vilka har inte svarat på tredje påminnelsen?", "Obesvarade efter tredje påminnelsen", "Mia Manager"),
        ("Vilka förlängningsbeslut måste tas i december?", "Löper ut till och med 31 december 2027", "Urval"),
        ("Hur ser det ut?", "Läget just nu", "Röda"),
        ("Vad hände på avtalsmötet med städningen?", "Städning av skolor", "uppföljning"),
        ("alla avvikelser någonsin", "Alla avvikelser", "4 träffar"),
    ],
)
async def test_a_question_is_answered_with_its_filter_count_and_hour(
    carin: Talk, words: str, title: str, said: str
) -> None:
    answer = await carin.says(words)

    assert title in answer
    assert said in answer


@pytest.mark.parametrize(
    ("words", "title", "said"),
    [
        ("Which critical contracts are red?", "Red contracts", "Red: AVV-2027-0001 has passed its last day"),
        ("red contracts", "Red contracts", "2026-0148"),
        ("grey contracts", "Grey contracts", "Grey: the contract has no class"),
        ("Show deviations on städ last quarter", "Deviations 1 October 2026 to 31 December 2026", "AVV-2026-0002"),
        ("How many deviations does Renhus have in total?", "All deviations", "4 found"),
        (
            "Which action plans have run out without being verified?",
            "Action plans that have run out",
            "22 January 2027",
        ),
        ("which contracts have not been followed up for over a year?", "Not followed up since", "never followed up"),
        ("How is the socialförvaltningen department doing?", "Socialförvaltningen", "Red: AVV-2027-0001"),
        ("Who has not answered the third reminder?", "Unanswered after the third reminder", "Mia Manager"),
        ("How does it look?", "How things stand", "Red"),
    ],
)
async def test_the_same_in_english(controller: Talk, words: str, title: str, said: str) -> None:
    answer = await controller.says(words)

    assert title in answer
    assert said in answer


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Hur stor är avtalstroheten på kontorsmaterial?", "Avtalstroheten kan jag inte räkna ut"),
        ("Vilka ramavtal har passerat 75 % av taket?", "Hur mycket som är avropat vet jag inte"),
        ("Vad lärde vi oss av förra hantverkaravtalet?", "Lärdomar från avslutade avtal samlar jag inte än"),
        ("Exportera underlag till kommunstyrelsen, tertial 2.", "Rapporter tar jag inte fram i chatten"),
        ("Vilka leverantörer ska kontrolleras ekonomiskt denna månad?", "Ekonomisk kontroll av leverantörer"),
        ("Höj klassen på matavtalet, vi har haft tre allvarliga.", "Klassen ändras i avtalsregistret"),
        ("Skicka en vänlig påminnelse till alla i samhällsbyggnad som är sena.", "Jag påminner redan dem som är sena"),
    ],
)
async def test_what_we_do_not_know_is_said_so_with_what_there_is_instead(carin: Talk, words: str, said: str) -> None:
    answer = await carin.says(words)

    assert said in answer
    assert "Jag är inte säker på vad du menar" not in answer


async def test_a_kind_kept_from_the_manager_is_neither_listed_nor_counted(town: TestWorld) -> None:
    eva = Talk(town, EVA)

    assert "1 träff" in await eva.says("alla avvikelser någonsin")
    assert "1 träff" in await eva.says("gröna avtal")
    assert "Inga avtal är röda." in await eva.says("röda avtal")


async def test_others_are_told_that_they_see_their_own(town: TestWorld) -> None:
    mia = Talk(town, MIA)

    for words in ("röda avtal", "Hur ligger socialförvaltningen till?", "alla avvikelser någonsin"):
        assert "Avtalscontrollern ser alla" in await mia.says(words)


async def test_a_subject_of_nobody_s_is_not_answered_with_everything(town: TestWorld) -> None:
    said = await Talk(town, CARIN).says("Visa avvikelser på snöröjning senaste kvartalet")

    assert "snöröjning" in said
    assert "AVV-" not in said


async def test_an_english_word_finds_a_swedish_title(town: TestWorld) -> None:
    said = await Talk(town, CARIN).says("Show deviations on cleaning last quarter")

    assert "AVV-2026-0002" in said
    assert "AVV-2027-0003" not in said


async def test_who_has_been_silent_is_named_for_the_controller_only(town: TestWorld) -> None:
    said = await Talk(town, MIA).says("Vilka har inte svarat på tredje påminnelsen?")

    assert "påmind tre gånger" in said
    assert "Mia Manager" not in said


async def test_who_has_no_contracts_is_told_so(town: TestWorld) -> None:
    assert "inte avtalsägare" in await Talk(town, STIG).says("röda avtal")


async def test_a_department_nobody_has_is_not_found(carin: Talk) -> None:
    assert "Jag hittar ingen förvaltning som heter rymdstyrelsen" in await carin.says("Hur ligger rymdstyrelsen till?")


async def test_rows_are_opened_by_their_number_and_the_list_goes_on(carin: Talk) -> None:
    await carin.says("alla avvikelser någonsin")
    opened = await carin.says("öppna 1")

    assert "AVV-2027-000" in opened


async def test_the_help_names_what_can_be_asked(carin: Talk) -> None:
    said = await carin.says("hjälp")

    for words in ("förslag", "röda avtal", "leverantör Nordkontor"):
        assert words in said
    assert LARM.contract_number not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Byt avtalsförvaltare på larmavtalet till Jonas från första december.", "ändras i avtalsregistret"),
        ("Change the contract manager on the alarm contract to Jonas from 1 December.", "ändras i avtalsregistret"),
    ],
)
async def test_a_change_of_roles_on_a_contract_moves_no_follow_up_at_hand(
    town: TestWorld, words: str, said: str
) -> None:
    assert said in await Talk(town, MIA).says(words)
