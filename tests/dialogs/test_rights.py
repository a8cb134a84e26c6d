"""A contract's rights in the chat: asked for, written in by those who answer for the contract, hidden from others."""

import pytest

from domain.contract_right import ContractRight, RightKind
from domain.people import Language
from storage.unit_of_work import Store
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, make_world, person

MIA, OLLE, CARIN, PIA = PEOPLE
EVA = person("Eva Employee")
NUMBER = "2026-0147"
WRITTEN = f"rättigheter {NUMBER}: vite § 7.2 5 000 kr per påbörjad vecka; prisavdrag § 8"


@pytest.fixture
async def house(store: Store) -> TestWorld:
    test_world = make_world(store)
    other = contract("2026-0200", owner_mail="eva.employee@exempel.example", manager_mail=None)
    await furnish(test_world, [contract(NUMBER), other], [*PEOPLE, EVA])
    return test_world


async def rights(house: TestWorld) -> dict[RightKind, ContractRight]:
    async with house.world.store.read(TENANT) as unit:
        found = await unit.contracts.by_number(NUMBER)
        assert found is not None
        return {right.kind: right for right in await unit.contract_rights.of(found.contract_id)}


@pytest.mark.parametrize("somebody", [MIA, OLLE, CARIN], ids=lambda one: one.name)
async def test_those_who_answer_for_the_contract_write_its_rights_in(house: TestWorld, somebody: object) -> None:
    talk = Talk(house, somebody)  # type: ignore[arg-type]

    card = await talk.says(WRITTEN)

    found = await rights(house)
    assert (found[RightKind.PENALTY].clause, found[RightKind.PENALTY].terms) == (
        "§ 7.2",
        "5 000 kr per påbörjad vecka",
    )
    assert "Vite" in card
    assert "§ 8" in card


async def test_the_rights_are_shown_to_whoever_asks_and_has_a_part(house: TestWorld) -> None:
    await Talk(house, MIA).says(WRITTEN)

    assert "5 000 kr per påbörjad vecka" in await Talk(house, OLLE).says(f"rättigheter {NUMBER}")
    assert "5 000 kr" not in await Talk(house, EVA).says(f"rättigheter {NUMBER}")
    assert "5 000 kr" in await Talk(house, PIA).says(f"rättigheter {NUMBER}")


async def test_somebody_who_only_sees_the_contract_cannot_change_it(house: TestWorld) -> None:
    answer = await Talk(house, PIA).says(WRITTEN)

    assert "kan ändra" in answer
    assert await rights(house) == {}


async def test_after_the_card_a_time_limit_is_written_alone(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(f"rättigheter {NUMBER}")

    await mia.says("reklamationstid 7 dagar")
    await mia.says("åtgärdstid 10 arbetsdagar")

    found = await rights(house)
    assert found[RightKind.COMPLAINT_TIME].limit_days == 7
    assert (found[RightKind.CORRECTION_TIME].limit_days, found[RightKind.CORRECTION_TIME].is_working_days) == (10, True)


async def test_other_words_after_the_card_are_read_for_what_they_are(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(f"rättigheter {NUMBER}")

    await mia.says("Städningen på Kinnaskolan uteblev i går")

    assert await rights(house) == {}
    assert "deviation.register" in mia.button("deviation.register")["verb"]  # type: ignore[operator]


async def test_the_form_adds_changes_and_takes_away(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(f"rättigheter {NUMBER}")

    await mia.presses(
        "rights.put", {"put_kind": "penalty", "put_clause": "§ 7.2", "put_terms": "5 000 kr", "put_days": ""}
    )
    await mia.presses(
        "rights.put", {"put_kind": "answer_time", "put_clause": "", "put_terms": "", "put_days": "5 arbetsdagar"}
    )
    await mia.presses("rights.put", {"put_kind": "penalty", "put_clause": "§ 7.3", "put_terms": "6 000 kr"})
    put = await rights(house)
    await mia.presses("rights.remove", {"remove_kind": "penalty"})

    assert (put[RightKind.PENALTY].clause, put[RightKind.PENALTY].terms) == ("§ 7.3", "6 000 kr")
    assert (put[RightKind.ANSWER_TIME].limit_days, put[RightKind.ANSWER_TIME].is_working_days) == (5, True)
    assert set(await rights(house)) == {RightKind.ANSWER_TIME}


async def test_pressing_twice_and_an_old_card_change_nothing_more(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(WRITTEN)
    button = mia.button("rights.remove")
    await mia.presses_old(button, {"remove_kind": "penalty"})

    again = await mia.presses_old(button, {"remove_kind": "penalty"})

    assert set(await rights(house)) == {RightKind.PRICE_REDUCTION}
    assert "Prisavdrag" in again
    async with house.world.store.read(TENANT) as unit:
        changed = [event for event in await unit.events.all() if event.kind == "contract.rights_changed"]
    assert len(changed) == 2


async def test_a_right_is_taken_away_by_words(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(WRITTEN)

    await mia.says(f"rättigheter {NUMBER} ta bort vite")
    await mia.says("ta bort prisavdrag")

    assert await rights(house) == {}


@pytest.mark.parametrize("said", ["hej och hå", "reklamationstid", "vite för Kalle 19121212-1212"])
async def test_what_is_no_right_is_asked_about_and_not_kept(house: TestWorld, said: str) -> None:
    answer = await Talk(house, MIA).says(f"rättigheter {NUMBER}: {said}")

    assert answer
    assert await rights(house) == {}


async def test_english_is_written_and_answered_in_english(house: TestWorld) -> None:
    mia = Talk(house, person("Mia Manager", language=Language.EN), locale="en-GB")

    card = await mia.says(f"rights {NUMBER}: penalty § 7.2 SEK 5,000 per started week; complaint time 7 days")

    assert "Penalty" in card
    assert "7 days" in card
    assert set(await rights(house)) == {RightKind.PENALTY, RightKind.COMPLAINT_TIME}
