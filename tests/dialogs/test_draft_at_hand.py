"""What is typed while a draft is open: an answer and a correction are about it, anything else is not, and nothing is lost."""

from decimal import Decimal

import pytest

from domain.contract import ContractSupplier
from domain.deviation import Deviation
from storage.unit_of_work import Store
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world

MIA = PEOPLE[0]
CLEANING = "Städningen på Kinnaskolan uteblev i går"
MILK = "Mjölken till Solgården kom för sent igen"
DANGER = "Hissen på Skene skola har fastnat, det är livsfara"
INVOICE = "Fakturan från Sjöteknik är fel, 4 000 kr för mycket"
INSURANCE = "Försäkringsbeviset gick ut 30 september och vi har inte fått något nytt"


@pytest.fixture
async def house(store: Store) -> TestWorld:
    """Mia manages cleaning, milk and lifts, on a Thursday morning."""
    test_world = make_world(store, at=local("2027-01-14", "10:00"))
    rows = (
        ("2026-0001", "Städning av skolor", "Städ", "Furastäd AB"),
        ("2026-0005", "Mejeriprodukter", "Livsmedel", "Kustmejeri AB"),
        ("2026-0008", "Hisservice", "Fastighet", "Sjöteknik AB"),
    )
    contracts = [
        contract(
            number,
            title=title,
            area=area,
            suppliers=(ContractSupplier(org_number=f"556000000{number[-1]}", name=supplier, lot=""),),
        )
        for number, title, area, supplier in rows
    ]
    await furnish(test_world, contracts, PEOPLE)
    await test_world.tick()
    return test_world


async def drafts(house: TestWorld) -> dict[str, Deviation]:
    async with house.world.store.read(TENANT) as unit:
        found = await unit.deviations.drafts_of(MIA.mail, since=local("2027-01-13"))
    return {draft.description: draft for draft in found}


async def registered(house: TestWorld) -> list[Deviation]:
    async with house.world.store.read(TENANT) as unit:
        return await unit.deviations.all()


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (DANGER, INVOICE),
        (INVOICE, "Fel varor levererades till Solgården i går"),
        (INSURANCE, "Kan du lägga in att statistiken för kvartal 3 saknas från Kustmejeri? Andra gången nu."),
        (CLEANING, "Städningen på Hyssna skola uteblev i går"),
        ("Städningen på Kinnaskolan uteblev tre gånger i veckan", "och på Skene skola uteblev städningen i går"),
        (CLEANING, "No milk was delivered to Solgården by Kustmejeri today"),
    ],
)
async def test_another_fault_becomes_a_draft_of_its_own(house: TestWorld, first: str, then: str) -> None:
    mia = Talk(house, MIA)
    await mia.says(first)
    before = (await drafts(house))[first]

    shown = await mia.says(then)

    found = await drafts(house)
    assert then in shown
    assert found[first] == before
    assert set(found) == {first, then}


@pytest.mark.parametrize(
    ("words", "slot", "value"),
    [
        ("nej, det var Hyssna skola", "location", "Hyssna skola"),
        ("fel skola, det var Hyssna skola", "location", "Hyssna skola"),
        ("nej städningen på Hyssna skola uteblev", "location", "Hyssna skola"),
        ("det gäller städningen på Hyssna skola", "location", "Hyssna skola"),
        ("no, it was four times", "occurrence_count", 4),
    ],
)
async def test_a_correction_stays_a_correction(house: TestWorld, words: str, slot: str, value: object) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)

    await mia.says(words)

    [draft] = (await drafts(house)).values()
    assert getattr(draft, slot) == value
    assert (draft.type, draft.contract_number) == ("LEV_UTEBLIVEN", "2026-0001")


async def test_a_sum_is_corrected_without_the_word_for_money(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(INVOICE)

    await mia.says("fel, det var 5 000")

    draft = (await drafts(house))[INVOICE]
    assert (draft.amount_sek, draft.type, draft.occurrence_count) == (Decimal(5000), "FAKT_PRIS", 1)


async def test_a_talk_with_the_supplier_is_added_and_its_days_are_no_days_of_the_fault(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MILK)
    before = (await drafts(house))[MILK]
    talk = "jag pratade med dem i tisdags och de lovade bättring till fredag"

    shown = await mia.says(talk)

    draft = (await drafts(house))[MILK]
    assert f"Tillagt: ”{talk}”" in shown
    assert draft.is_supplier_told
    assert (draft.occurred_from, draft.occurred_days) == (before.occurred_from, before.occurred_days)


async def test_it_is_mended_is_kept_with_the_draft(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(MILK)

    shown = await mia.says("det är fixat nu")

    assert "Tillagt: ”det är fixat nu”" in shown


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Kan vi lägga till Björketorp i avtalet?", "Ändring av avtalet"),
        ("Vi vill använda förlängningen på hissavtalet, hur gör vi?", "Förlängning"),
        ("hur gör jag för att reklamera?", "Så reklamerar du"),
        ("Allt funkar, inget att rapportera.", "Roligt att det fungerar"),
        ("bra jobbat med den där leveransen... eller inte 🙄", "inte säker på vad du menar"),
        ("Kalle 19850713-9809 blev utan mat i två dagar", "välj de tre punkterna och sedan Ta bort"),
    ],
)
async def test_a_wish_is_answered_and_leaves_the_draft_as_it_was(house: TestWorld, words: str, answer: str) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)
    before = await drafts(house)

    said = await mia.says(words)

    assert answer in said
    assert await drafts(house) == before
    assert "AVV-2027-0001" in await mia.says("registrera")


async def test_taking_back_what_was_written_throws_the_open_draft_away(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)

    answer = await mia.says("Ta bort det jag skrev, jag tog fel på skola.")

    assert "Utkastet är kastat" in answer
    assert await drafts(house) == {}


async def test_the_same_sentence_twice_is_one_draft(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)
    await mia.says(MILK)

    await mia.says(CLEANING)
    shown = await mia.says(CLEANING)

    assert CLEANING in shown
    assert set(await drafts(house)) == {CLEANING, MILK}


async def test_a_draft_left_for_another_comes_back_when_that_one_is_done(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)
    await mia.says(INVOICE)

    back = await mia.says("registrera")
    await mia.says("registrera")

    assert "AVV-2027-0001" in back
    assert CLEANING in back
    assert [case.description for case in await registered(house)] == [INVOICE, CLEANING]


async def test_drafts_of_one_message_that_are_both_kept_do_not_come_back_in_turns(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says("Mjölken till Solgården kom för sent i dag, och städningen på Kinnaskolan uteblev i går")

    first = await mia.says("behåll som utkast")
    second = await mia.says("behåll som utkast")

    assert "Du skrev" in first
    assert "Du skrev" not in second
    async with house.world.store.read(TENANT) as unit:
        assert len(await unit.deviations.drafts_of(MIA.mail, since=local("2027-01-13"))) == 2


async def test_the_days_before_are_offered_for_what_happened_before(house: TestWorld) -> None:
    mia = Talk(house, MIA)

    asked = await mia.says(MILK)

    assert "När har det hänt förut?" in asked
    assert "2027-01-13" in asked.split("När har det hänt förut?")[1]
    assert "i dag" not in asked.split("När har det hänt förut?")[1].split("Svara")[0]


async def test_a_contract_that_need_not_be_chosen_can_be_chosen_by_its_number(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says("Leverantören har mejlat att patientuppgifter kan ha läckt!!!")

    await mia.says("2")

    [draft] = (await drafts(house)).values()
    assert draft.contract_number == "2026-0005"


async def test_a_clause_that_is_asked_for_is_neither_a_remedy_nor_another_fault(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)
    await mia.says("registrera")
    await mia.says("Jag pratade med dem i torsdags och de lovade fixa det till månadsskiftet")

    checked = await mia.says("Det är fixat nu, städningen har gått bra i tre veckor.")
    await mia.says("avbryt")
    await mia.says("bedömd")
    drafted = await mia.says(MILK)

    [case] = await registered(house)
    assert "Vem har kontrollerat det, och hur?" in checked
    assert MILK in drafted
    assert case.requirement is None


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Jag är inte ansvarig för det avtalet längre, det är Samira på fastighet.", "Inte ditt avtal längre?"),
        ("påminn mig efter höstlovet", "Inget att påminna om"),
    ],
)
async def test_a_wish_about_a_followup_is_understood_also_where_there_is_none(
    house: TestWorld, words: str, answer: str
) -> None:
    assert answer in await Talk(house, MIA).says(words)


@pytest.mark.parametrize("yes", ["ja", "jag också", "det är samma sak", "yes"])
async def test_yes_to_whether_it_is_the_same_joins_it(house: TestWorld, yes: str) -> None:
    olle, mia = Talk(house, PEOPLE[1]), Talk(house, MIA)
    await olle.says(CLEANING)
    await olle.says("registrera")

    asked = await mia.says(CLEANING)
    joined = await mia.says(yes)

    assert "Är det samma sak?" in asked
    assert "Din rapport hör nu till AVV-2027-0001" in joined
    assert len(await registered(house)) == 1


@pytest.mark.parametrize("word", ["registrera", "ja", "nej"])
async def test_a_draft_left_too_long_is_said_to_be_gone(house: TestWorld, word: str) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)
    await house.turn_to(local("2027-01-16", "12:00"))

    answer = await mia.says(word)

    assert "Utkastet finns inte längre" in answer


async def test_passing_over_where_nothing_was_asked_reports_nothing(house: TestWorld) -> None:
    answer = await Talk(house, MIA).says("hoppa över")

    assert "inte säker på vad du menar" in answer
    assert await drafts(house) == {}


async def test_undo_right_after_registering_takes_that_back_and_keeps_the_draft_that_came_up(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)
    await mia.says(INVOICE)
    await mia.says("registrera")

    taken = await mia.says("ångra")

    assert "Du har tagit tillbaka AVV-2027-0001" in taken
    assert CLEANING in taken
    assert set(await drafts(house)) == {CLEANING}


async def test_undo_after_an_answer_is_about_the_draft_that_was_answered(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(CLEANING)
    await mia.says(INVOICE)
    await mia.says("registrera")
    await mia.says("nej")

    answer = await mia.says("ångra")

    assert "Utkastet är kastat" in answer
    assert [case.is_open for case in await registered(house)] == [True]


async def test_a_person_pointed_out_in_answer_to_something_asked_is_warned_of(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    for report in (CLEANING, INVOICE):
        await mia.says(report)
        await mia.says("registrera")
    asked = await mia.says("Jag pratade med dem i går")

    answer = await mia.says("Kalle 19850713-9809 blev utan mat i två dagar")

    assert "Vilken avvikelse gäller det?" in asked
    assert "välj de tre punkterna och sedan Ta bort" in answer
