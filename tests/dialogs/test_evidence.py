"""Photos, files and links in the chat: to what they belong, whether they are kept, and who may have them back."""

from datetime import timedelta

import pytest

from domain.case_file import Evidence, EvidenceKind
from domain.people import Role
from storage.unit_of_work import Store
from tests.support.photos import JPEG, PDF, PROGRAM, with_files
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, make_world, person
from usecases.ports import Attachment

MIA, OLLE, CARIN, _ = PEOPLE
EVA, LENA = person("Eva Employee"), person("Lena Law", Role.LEGAL_COUNSEL)
REPORT = "Städningen på Kinnaskolan var sen i dag"
PHOTO = Attachment(name="", url="photo")
SLIP = Attachment(name="Följesedel.pdf", url="slip")
VIRUS = Attachment(name="bild.jpg", url="program")
GONE = Attachment(name="borta.jpg", url="nowhere")
LARGE = Attachment(name="film.jpg", url="large")


@pytest.fixture
async def house(store: Store) -> TestWorld:
    there = {"photo": JPEG, "slip": PDF, "program": PROGRAM, "large": JPEG + b"x" * 11_000_000}
    test_world = with_files(make_world(store), there)
    await furnish(test_world, [contract("2026-0001", title="Städning av skolor, Kinnaskolan")], [*PEOPLE, EVA, LENA])
    await test_world.tick()
    return test_world


async def evidence(house: TestWorld) -> list[Evidence]:
    async with house.world.store.read(TENANT) as unit:
        rows = [
            *await unit.deviations.all(),
            *await unit.deviations.drafts_of(MIA.mail, since=house.clock() - timedelta(1)),
        ]
        files = await unit.case_files.of_many([row.deviation_id for row in rows])
    return [one for file in files.values() for one in file.evidence]


async def registered(house: TestWorld, who: Talk) -> None:
    await who.says(REPORT)
    await who.says("registrera")


async def test_a_photo_of_an_open_draft_is_kept_after_a_reminder(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(REPORT)

    asked = await mia.sends(PHOTO)
    before = await evidence(house)
    told = await mia.says("spara")

    assert "syns det människor, namn eller personuppgifter?" in asked
    assert before == []
    [kept] = await evidence(house)
    assert (kept.kind, kept.name, kept.content_type) == (EvidenceKind.PHOTO, "bild-1.jpg", "image/jpeg")
    assert "1 bild eller fil" in told
    assert "Registrera" in told


async def test_the_evidence_of_a_draft_follows_it_into_the_case(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(REPORT)
    await mia.sends(PHOTO)
    await mia.presses("evidence.keep")

    await mia.says("registrera")
    listed = await mia.says("AVV-2027-0001 bevis")

    assert "bild-1.jpg, 1 kB, i dag av Mia Manager" in listed


async def test_a_draft_thrown_away_takes_its_evidence_along(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(REPORT)
    await mia.sends(PHOTO)
    await mia.says("spara")

    await mia.says("kasta")

    assert await evidence(house) == []


async def test_what_is_not_to_be_kept_is_not(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(REPORT)
    await mia.sends(PHOTO)

    answer = await mia.says("spara inte")
    later = await mia.says("registrera")

    assert "Jag har inte sparat det" in answer
    assert "AVV-2027-0001" in later
    assert await evidence(house) == []


async def test_yes_is_for_the_photo_and_not_for_the_draft(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(REPORT)
    await mia.sends(PHOTO)

    await mia.says("ja")

    assert len(await evidence(house)) == 1
    async with house.world.store.read(TENANT) as unit:
        assert await unit.deviations.all() == []


async def test_words_with_a_photo_start_a_draft_and_the_photo_is_asked_about(house: TestWorld) -> None:
    mia = Talk(house, MIA)

    said = await mia.sends(PHOTO, text=REPORT)

    assert "Har jag förstått dig rätt?" in said
    assert "Ska jag spara det som bevis?" in said


async def test_a_photo_alone_asks_which_case_and_a_number_picks(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await registered(house, mia)

    asked = await mia.sends(PHOTO)
    await mia.says("1")
    told = await mia.says("spara")

    assert "Vad gäller bilden" in asked
    assert "AVV-2027-0001: Städningen" in asked
    assert "Sparat: bild-1.jpg" in told


async def test_a_photo_with_nothing_to_belong_to_says_how_to_go_on(house: TestWorld) -> None:
    said = await Talk(house, EVA).sends(PHOTO)

    assert "Skriv vad som har hänt" in said


async def test_files_are_known_by_their_content_and_what_fails_is_said(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(REPORT)
    await mia.sends(SLIP, VIRUS, GONE, LARGE)

    told = await mia.says("spara")

    [kept] = await evidence(house)
    assert (kept.kind, kept.name) == (EvidenceKind.FILE, "Följesedel.pdf")
    assert "bild.jpg går inte att spara" in told
    assert "borta.jpg kunde inte hämtas" in told
    assert "film.jpg är för stor" in told


async def test_the_same_photo_twice_is_kept_once(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(REPORT)
    await mia.sends(PHOTO)
    button = mia.button("evidence.keep")
    await mia.presses_old(button)

    pressed = await mia.presses_old(button)
    await mia.sends(PHOTO)
    told = await mia.says("spara")

    assert "Skicka den igen" in pressed
    assert "Fanns redan" in told
    assert len(await evidence(house)) == 1


async def test_a_link_is_kept_as_a_link(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await registered(house, mia)

    await mia.says("AVV-2027-0001 bevis https://exempel.example/bilder/7")

    [kept] = await evidence(house)
    assert (kept.kind, kept.url) == (EvidenceKind.LINK, "https://exempel.example/bilder/7")


@pytest.mark.parametrize("url", ["https://", "https://anna@exempel.example/x", "https://e.example/19121212-1212"])
async def test_what_is_no_link_or_points_a_person_out_is_refused(house: TestWorld, url: str) -> None:
    mia = Talk(house, MIA)
    await registered(house, mia)

    await mia.says(f"AVV-2027-0001 bevis {url}")

    assert await evidence(house) == []


async def test_evidence_is_handed_back_to_those_who_may_see_the_case(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(REPORT)
    await mia.sends(SLIP)
    await mia.says("spara")
    await mia.says("registrera")
    olle = Talk(house, OLLE)

    await olle.says("AVV-2027-0001 bevis 1")
    document = await olle.accepts(olle.offers[0])

    assert (document.file_name, document.content) == ("Följesedel.pdf", PDF)


async def test_a_colleague_without_a_part_gets_nothing_by_any_button(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(REPORT)
    await mia.sends(SLIP)
    await mia.says("spara")
    await mia.says("registrera")
    await mia.says("AVV-2027-0001 bevis")
    button = mia.button("evidence.show")
    eva = Talk(house, EVA)

    listed = await eva.says("AVV-2027-0001 bevis")
    pressed = await eva.presses_old(button)

    assert "Följesedel" not in listed + pressed
    assert eva.offers == ()


async def test_evidence_of_suspected_crime_is_for_controller_and_counsel_alone(house: TestWorld) -> None:
    carin = Talk(house, CARIN)
    await carin.says("rapportera här: städarna på Kinnaskolan får betalt svart i handen")
    await carin.sends(SLIP)
    await carin.says("spara")
    await carin.says("registrera")

    counsel = await Talk(house, LENA).says("AVV-2027-0001 bevis")
    manager = await Talk(house, MIA).says("AVV-2027-0001 bevis")

    assert "Följesedel" in counsel
    assert "Följesedel" not in manager


async def test_a_name_that_points_a_person_out_is_not_kept(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(REPORT)
    await mia.sends(Attachment(name="Kalle 19121212-1212.pdf", url="slip"))
    await mia.says("spara")

    [kept] = await evidence(house)
    assert kept.name == "fil-1.pdf"


async def test_each_piece_of_evidence_is_in_the_log_by_its_digest(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await registered(house, mia)
    await mia.says("AVV-2027-0001")
    await mia.sends(PHOTO)
    await mia.says("spara")

    async with house.world.store.read(TENANT) as unit:
        [added] = [event for event in await unit.events.all() if event.kind == "deviation.evidence_added"]
    assert len(added.details["sha256"]) == 64
    assert "name" not in added.details


async def test_a_photo_the_draft_has_asked_for_is_kept_at_once(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says("Renhus levererade fel vara till Kinnaskolan i dag")

    told = await mia.sends(PHOTO)

    assert len(await evidence(house)) == 1
    assert "Sparat: bild-1.jpg" in told
    assert "Har du en bild?" not in told
