"""Crime, incidents and money troubles: advice at once, and only the named roles hear (domain.md 7.2)."""

import pytest

from domain.deviation import Deviation
from domain.letter import DeviationItem
from domain.people import Role
from storage.unit_of_work import Store
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person

MIA, OLLE, CARIN, _ = PEOPLE
EVA = person("Eva Employee")
LENA, DISA = person("Lena Law", Role.LEGAL_COUNSEL), person("Disa Dahl", Role.DPO)
IVAR = person("Ivar Is", Role.INFOSEC_OFFICER)
CRIME = "Städaren på Kinnaskolan hade ingen ID06 och pratade om att få betalt svart i handen"
INCIDENT = "Leverantören av städningen på Kinnaskolan har mejlat att personuppgifter kan ha läckt"


@pytest.fixture
async def house(store: Store) -> TestWorld:
    test_world = make_world(store, at=local("2027-01-13", "14:05"))
    people = [*PEOPLE, EVA, LENA, DISA, IVAR]
    await furnish(test_world, [contract("2026-0001", title="Städning av skolor, Kinnaskolan")], people)
    await test_world.tick()
    return test_world


async def stored(house: TestWorld) -> list[Deviation]:
    async with house.world.store.read(TENANT) as unit:
        drafts = await unit.deviations.drafts_of(EVA.mail, since=local("2027-01-01"))
        return [*drafts, *await unit.deviations.all()]


def heard(house: TestWorld) -> set[str]:
    return {
        mail for mail, letter in house.teams.letters if any(isinstance(item, DeviationItem) for item in letter.items)
    }


async def test_of_suspected_crime_nothing_is_stored_before_the_whistleblower_function_is_shown(
    house: TestWorld,
) -> None:
    eva = Talk(house, EVA)

    shown = await eva.says(CRIME)

    assert "visselblåsarfunktionen" in shown
    assert "Ta inte upp det med dem det gäller" in shown
    assert "inte sparat något" in shown
    assert await stored(house) == []
    async with house.world.store.read(TENANT) as unit:
        assert "ID06" not in str(await unit.events.all())
        assert "ID06" not in str(await unit.chats.get(EVA.person_id))


async def test_whoever_goes_on_tells_controller_and_counsel_and_nobody_else(house: TestWorld) -> None:
    eva = Talk(house, EVA)
    await eva.says(CRIME)

    await eva.presses("draft.confide", {"words": CRIME})
    thanks = await eva.says("registrera")
    await house.turn_to(local("2027-01-14", "12:00"))

    [case] = await stored(house)
    assert case.type == "ARB_KRIM"
    assert heard(house) == {CARIN.mail, LENA.mail}
    assert "AVV-2027-0001" in thanks
    assert "Du får en rad" not in thanks


async def test_the_words_can_be_typed_again_instead_of_pressed(house: TestWorld) -> None:
    eva = Talk(house, EVA)

    draft = await eva.says(f"rapportera här: {CRIME}")

    assert "Misstanke om arbetslivskriminalitet" in draft


async def test_an_emptied_field_stores_nothing(house: TestWorld) -> None:
    eva = Talk(house, EVA)
    await eva.says(CRIME)

    await eva.presses("draft.confide", {"words": ""})

    assert await stored(house) == []


async def test_owner_manager_and_reporter_find_no_trace_of_suspected_crime(house: TestWorld) -> None:
    eva = Talk(house, EVA)
    await eva.says(f"rapportera här: {CRIME}")
    await eva.says("registrera")

    for person_ in (MIA, OLLE, EVA, DISA):
        talk = Talk(house, person_)
        for words in ("AVV-2027-0001", "AVV-2027-0001 bevis", "AVV-2027-0001 akt", "avvikelser"):
            assert "ID06" not in await talk.says(words), (person_.name, words)


async def test_the_reporter_of_suspected_crime_gets_the_thanks_and_no_progress(house: TestWorld) -> None:
    eva, carin = Talk(house, EVA), Talk(house, CARIN)
    await eva.says(f"rapportera här: {CRIME}")
    await eva.says("registrera")

    await carin.says("AVV-2027-0001 avskriv, utrett av polisen")
    await house.turn_to(local("2027-01-15", "12:00"))

    assert EVA.mail not in heard(house)


async def test_an_incident_names_whom_to_call_and_from_when_the_hours_run(house: TestWorld) -> None:
    shown = await Talk(house, EVA).says(INCIDENT)

    assert "Kontakta dataskyddsombudet" in shown
    assert "Hör av dig nu till: Disa Dahl och Ivar Is" in shown
    assert "Du berättade det i dag klockan 14.05" in shown
    assert "Har du en bild" not in shown


async def test_an_incident_reaches_the_contract_and_those_who_guard_the_data(house: TestWorld) -> None:
    eva = Talk(house, EVA)
    await eva.says(INCIDENT)
    await eva.says("registrera")
    await house.tick()

    assert {CARIN.mail, DISA.mail, IVAR.mail} <= heard(house)
    assert LENA.mail not in heard(house)
    assert "läckt" not in await eva.says("AVV-2027-0001")


async def test_five_things_of_which_one_is_a_crime_wait_together(house: TestWorld) -> None:
    eva = Talk(house, EVA)

    await eva.says(f"{CRIME}. Dessutom uteblev städningen på Kinnaskolan i går.")

    assert await stored(house) == []
