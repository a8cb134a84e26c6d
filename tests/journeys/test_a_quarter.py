"""A quarterly follow-up from the first nudge to the owner's approval: once written in Swedish, once pressed in English."""

from datetime import date

import pytest

from cards.letters import letter_card
from domain.followup import Activity, Followup, FollowupState
from storage.unit_of_work import Store
from tests.support.card_checks import buttons_of, fields_of
from tests.support.followups import CARIN, EVERYBODY, MIA, OLLE, verbs
from tests.support.talking import Talk
from tests.support.world import TENANT, TestWorld, contract, furnish, local, make_world

CLEANING = contract("2026-0147", start_on=date(2026, 5, 1), end_on=date(2029, 4, 30))
GOOD = {
    "PU1": "4",
    "PU3": "yes",
    "PU4": "no",
    "PU5": "no",
    "PU6": "no",
    "LK1": "yes",
    "LK2": "always",
    "LK3": "0",
    "LK4": "yes",
    "LK5": "not_applicable",
    "LK6": "yes",
    "LK7": "yes",
    "LK8": "clean",
    "LK9": "5",
    "LK10": "yes",
    "LK11": "4",
    "LK12_instead": "not_applicable",
}
"""What to choose on the pages, by the id of the field."""


@pytest.fixture
async def town(store: Store) -> TestWorld:
    """The Monday on which the first nudge comes."""
    world = make_world(store)
    await furnish(world, [CLEANING], EVERYBODY)
    await world.turn_to(local("2027-01-25", "10:00"))
    return world


async def quarterly(world: TestWorld) -> list[Followup]:
    async with world.world.store.read(TENANT) as unit:
        rows = await unit.followups.all()
    return sorted((row for row in rows if row.activity is Activity.QUARTERLY), key=lambda row: row.due_on)


async def test_a_quarter_written_in_swedish(town: TestWorld) -> None:
    assert [item.kind.value for letter in town.teams.to(MIA.mail) for item in letter.items][-1] == "followup_nudge"
    mia, olle, carin = Talk(town, MIA), Talk(town, OLLE), Talk(town, CARIN)

    await mia.says("Mina uppföljningar")
    await mia.says("börja")
    for text in ("3", "Det har varit lite ojämnt", "ja", "nej", "nej", "ja, gärna ett samtal"):
        await mia.says(text)
    await mia.says("paus")
    town.clock.now = local("2027-01-26", "07:30")
    again = await mia.says("börja")
    assert "Fråga 7" in again
    for text in ("ja", "oftast", "Någon halvtimme på måndagar", "nej", "nej, smutsiga toaletter på Kinnaskolan"):
        await mia.says(text)
    for text in ("ej aktuellt", "ja", "ja", "ja utan anmärkning", "4", "delvis, de svarar sent", "4"):
        await mia.says(text)
    first = await mia.says("nej")
    assert "Förslag 1 av 2" in first
    registered = await mia.says("registrera")
    assert "AVV-2027-0001" in registered
    assert "Förslag 2 av 2" in registered
    summary = await mia.says("avböj, vi har kommit överens om en ny svarstid")
    assert "Stämmer det här?" in summary
    await mia.says("ändra 1")
    changed = await mia.says("4")
    assert "Stämmer det här?" in changed
    done = await mia.says("skicka in")
    assert "Uppföljningen är inlämnad" in done

    await town.turn_to(local("2027-01-27", "10:00"))
    asked = [item.kind.value for letter in town.teams.to(OLLE.mail) for item in letter.items]
    heard = [item.kind.value for letter in town.teams.to(CARIN.mail) for item in letter.items]
    assert "sign_off" in asked
    assert {"help_wanted", "deviation_new"} <= set(heard)
    assert "smutsiga toaletter" in await olle.says("att godkänna")
    assert "Uppföljningen är godkänd" in await olle.says("godkänn")
    assert "AVV-2027-0001" in await carin.says("avvikelser")

    await town.tick()
    rows = await quarterly(town)
    assert rows[0].state is FollowupState.ACCEPTED
    assert rows[1].state is FollowupState.PLANNED


async def test_a_quarter_pressed_in_english(town: TestWorld) -> None:
    mia, olle = Talk(town, MIA, locale="en-GB"), Talk(town, OLLE, locale="en-US")
    letter = town.teams.to(MIA.mail)[-1]
    nudge = buttons_of(letter_card(letter))
    start = nudge.get("followup.start") or nudge["followup.open"]

    await mia.presses_old(start)
    if "checklist.begin" not in verbs(mia.cards):
        await mia.presses("followup.start")
    said = await mia.presses("checklist.begin")
    assert "How has the delivery worked since last time?" in said
    for _ in range(20):
        if "checklist.next" not in verbs(mia.cards):
            break
        assert len(mia.cards) == 1, "each page takes the place of the one before"
        fields = fields_of(mia.cards[0])
        await mia.presses("checklist.next", {name: GOOD[name] for name in fields if name in GOOD})
    done = await mia.presses("checklist.submit")
    assert "The follow-up has been submitted" in done or "submitted" in done

    await olle.says("my follow-ups")
    await olle.presses("followup.open")
    accepted = await olle.presses("signoff.accept")
    assert "approved" in accepted
    assert (await quarterly(town))[0].state is FollowupState.ACCEPTED
