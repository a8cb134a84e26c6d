"""Numbers of deviations: per organisation and year, without gaps and without races (domain.md 7.4)."""

import asyncio

from domain.identifiers import TenantId
from storage.unit_of_work import Store
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world

MIA = PEOPLE[0]


async def take(store: Store, tenant: TenantId = TENANT, year: int = 2027, *, keep: bool = True) -> str:
    async with store.open(tenant) as unit:
        number = await unit.deviations.next_number(year)
        await asyncio.sleep(0)
        if keep:
            await unit.commit()
    return number


async def an_organisation(store: Store, at: str = "2027-01-11", hour: str = "08:00") -> TestWorld:
    house = make_world(store, at=local(at, hour))
    await furnish(house, [contract("2026-0001", title="Städning av skolor, Kinnaskolan")])
    return house


async def test_numbers_taken_at_once_are_all_there_and_all_different(store: Store) -> None:
    await an_organisation(store)

    numbers = await asyncio.gather(*(take(store) for _ in range(12)))

    assert sorted(numbers) == [f"AVV-2027-{number:04d}" for number in range(1, 13)]


async def test_a_number_given_up_is_given_to_the_next(store: Store) -> None:
    await an_organisation(store)
    kept = [take(store) for _ in range(4)]
    given_up = [take(store, keep=False) for _ in range(4)]

    await asyncio.gather(*(one for pair in zip(kept, given_up, strict=True) for one in pair))

    assert await take(store) == "AVV-2027-0005"


async def test_each_year_begins_with_one(store: Store) -> None:
    await an_organisation(store)
    await take(store)

    assert await take(store, year=2028) == "AVV-2028-0001"
    assert await take(store) == "AVV-2027-0002"


async def test_the_year_is_the_local_one_around_midnight(store: Store) -> None:
    house = await an_organisation(store, "2027-12-31", "23:59")
    mia = Talk(house, MIA)

    await mia.says("Städningen på Kinnaskolan uteblev i dag")
    before = await mia.says("registrera")
    house.clock.now = local("2028-01-01", "00:00")
    await mia.says("Hyssna skola fick ingen städning från Renhus i dag, det uteblev helt")
    after = await mia.says("registrera")

    assert "AVV-2027-0001" in before
    assert "AVV-2028-0001" in after


async def test_people_who_register_at_once_get_a_number_each(store: Store) -> None:
    house = await an_organisation(store)
    talks = [Talk(house, person) for person in PEOPLE]
    for number, talk in enumerate(talks):
        await talk.says(f"Städningen på skola {number} i Kinna uteblev i dag, Renhus kom inte")

    answers = await asyncio.gather(*(talk.says("registrera") for talk in talks))

    async with store.read(TENANT) as unit:
        numbers = [case.number for case in await unit.deviations.all()]
    assert numbers == [f"AVV-2027-{number:04d}" for number in range(1, len(numbers) + 1)]
    assert len(numbers) == len([answer for answer in answers if "Tack!" in answer])
