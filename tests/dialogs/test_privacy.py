"""Wherever a person may write freely, an identity number is refused and nothing of it is kept."""

import pytest
from sqlalchemy import select

from storage.declaring import Base
from storage.unit_of_work import Store
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TestWorld, contract, furnish, make_world

MIA, OLLE, CARIN, _ = PEOPLE
SENTENCE = "Städningen på Kinnaskolan uteblev i går"
NUMBER = "19850713-9809"
CASE = "AVV-2027-0001"


@pytest.fixture
async def house(store: Store) -> TestWorld:
    """A school whose cleaning Mia manages."""
    test_world = make_world(store)
    await furnish(test_world, [contract("2026-0001", title="Städning av skolor, Kinnaskolan")], PEOPLE)
    await test_world.tick()
    return test_world


async def kept(house: TestWorld) -> str:
    """Everything that stands in the database, in every table."""
    rows: list[str] = []
    async with house.world.store._engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows += [str(tuple(row)) for row in await connection.execute(select(table))]
    return "\n".join(rows)


@pytest.mark.parametrize(
    "words",
    [
        f"Kalle {NUMBER} blev utan mat i två dagar",
        f"påminn mig på fredag om {NUMBER}",
        f"fel person, det är {NUMBER}",
        f"vi vill förlänga avtalet för {NUMBER}",
        f"redan gjort, {NUMBER} var med",
        f"avtal {NUMBER}",
        NUMBER,
    ],
)
async def test_what_is_said_out_of_the_blue_leaves_no_identity_number(house: TestWorld, words: str) -> None:
    await Talk(house, MIA).says(words)

    assert NUMBER not in await kept(house)


@pytest.mark.parametrize(
    "words",
    [
        f"det var på {NUMBER}s skola",
        f"plats {NUMBER}",
        f"lägg till: {NUMBER} såg det",
        f"fakturanummer {NUMBER}",
        NUMBER,
    ],
)
async def test_what_is_said_of_a_draft_leaves_no_identity_number(house: TestWorld, words: str) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)

    await mia.says(words)
    await mia.says("registrera")

    assert NUMBER not in await kept(house)


@pytest.mark.parametrize(
    "words",
    [
        f"bedömd, punkt {NUMBER}",
        f"kontaktad, telefon, {NUMBER}",
        f"åtgärdad, {NUMBER} är på plats",
        f"kontrollerad, {NUMBER} har varit där",
        f"avskriv, {NUMBER} hade fel",
        f"vilande till 2027-03-01, väntar på {NUMBER}",
        f"bestridd, {NUMBER} håller inte med",
        f"eskalera, {NUMBER} kräver det",
        f"steg 2, {NUMBER}",
        f"samtal, {NUMBER} lovade bättring",
    ],
)
async def test_what_is_said_of_a_case_leaves_no_identity_number(house: TestWorld, words: str) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)
    await mia.says("registrera")

    await mia.says(f"{CASE} {words}")
    await mia.says(words)

    assert NUMBER not in await kept(house)
