"""One fault reported by several: joined instead of doubled, merged, divided, and moved to the contract it is about."""

from datetime import timedelta

import pytest

from domain.contract import ContractClass, ContractSupplier
from domain.deviation import Deviation, DeviationState, Severity
from domain.letter import DeviationItem
from storage.unit_of_work import Store
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person

MIA, OLLE, CARIN, _ = PEOPLE
EVA, BO = person("Eva Employee"), person("Bo Ek")
LATE = "Städningen på Kinnaskolan var sen i dag"


@pytest.fixture
async def house(store: Store) -> TestWorld:
    test_world = make_world(store, at=local("2027-01-13", "09:00"))
    milk = contract(
        "2026-0005",
        title="Mejeriprodukter",
        area="Livsmedel",
        suppliers=(ContractSupplier(org_number="5560000009", name="Kustmejeri AB", lot="Mjölk"),),
        manager_mail="nils.norr@exempel.example",
        contract_class=ContractClass.LOW,
    )
    cleaning = contract("2026-0001", title="Städning av skolor, Kinnaskolan")
    await furnish(test_world, [cleaning, milk], [*PEOPLE, EVA, BO, person("Nils Norr")])
    await test_world.tick()
    return test_world


async def cases(house: TestWorld) -> list[Deviation]:
    async with house.world.store.read(TENANT) as unit:
        return await unit.deviations.all()


async def reported(house: TestWorld, who: Talk, words: str) -> None:
    house.clock.now += timedelta(minutes=1)
    await who.says(words)
    await who.says("registrera")


def keys_to(house: TestWorld, mail: str) -> list[str]:
    items = (item for letter in house.teams.to(mail) for item in letter.items)
    return [item.text_key for item in items if isinstance(item, DeviationItem)]


async def test_a_report_like_an_open_case_is_joined_and_makes_no_twin(house: TestWorld) -> None:
    await reported(house, Talk(house, MIA), LATE)
    eva = Talk(house, EVA)

    asked = await eva.says("Städningen på Kinnaskolan kom för sent i går")
    thanks = await eva.presses("draft.join")

    [case] = await cases(house)
    assert "En kollega rapporterade något liknande" in asked
    assert "AVV-2027-0001" not in asked
    assert "Din rapport hör nu till AVV-2027-0001" in thanks
    assert "2 har rapporterat" in thanks
    async with house.world.store.read(TENANT) as unit:
        [seen] = (await unit.case_files.of(case.deviation_id)).sightings
    assert (seen.reported_by, seen.location) == (EVA.mail, "Kinnaskolan")
    assert seen.words == "Städningen på Kinnaskolan kom för sent i går"


async def test_who_may_see_the_case_is_told_its_number_and_reporter(house: TestWorld) -> None:
    await reported(house, Talk(house, EVA), LATE)

    asked = await Talk(house, MIA).says("Städningen på Kinnaskolan kom för sent i går")

    assert "Det här liknar AVV-2027-0001, som Eva Employee rapporterade i dag" in asked


async def test_something_else_becomes_a_case_of_its_own(house: TestWorld) -> None:
    await reported(house, Talk(house, MIA), LATE)
    eva = Talk(house, EVA)
    await eva.says("Städningen på Kinnaskolan kom för sent i går")

    shown = await eva.says("nej, något annat")
    await eva.says("registrera")

    assert "Jag också" not in shown
    assert len(await cases(house)) == 2


@pytest.mark.parametrize(
    "words", ["Städningen på Fritsla skola var sen i dag", "Kustmejeri levererade fel vara till Kinnaskolan i dag"]
)
async def test_another_place_or_contract_is_no_twin(house: TestWorld, words: str) -> None:
    await reported(house, Talk(house, MIA), LATE)

    assert "Jag också" not in await Talk(house, EVA).says(words)


async def test_the_manager_sees_how_many_have_reported_and_changes_nothing_unasked(house: TestWorld) -> None:
    await reported(house, Talk(house, MIA), LATE)
    for who, day in ((EVA, "i måndags"), (BO, "i tisdags")):
        talk = Talk(house, who)
        await talk.says(f"Städningen på Kinnaskolan var sen {day}")
        await talk.says("jag också")
    mia = Talk(house, MIA)

    shown = await mia.says("AVV-2027-0001")
    [before] = await cases(house)
    await mia.says("AVV-2027-0001 räkna om")
    [after] = await cases(house)

    assert "3 har rapporterat" in shown
    assert (before.occurrence_count, after.occurrence_count) == (1, 3)
    assert after.severity in {Severity.MODERATE, Severity.SERIOUS}


async def test_two_who_saw_the_same_day_are_one_time(house: TestWorld) -> None:
    await reported(house, Talk(house, MIA), LATE)
    eva = Talk(house, EVA)
    await eva.says(LATE)
    await eva.says("jag också")

    answer = await Talk(house, MIA).says("AVV-2027-0001 räkna om")

    assert "inget annat" in answer


async def test_everybody_who_joined_hears_when_the_supplier_is_told_and_when_it_is_done(house: TestWorld) -> None:
    await reported(house, Talk(house, EVA), LATE)
    bo = Talk(house, BO)
    await bo.says(LATE)
    await bo.says("jag också")
    mia = Talk(house, MIA)

    await mia.says("AVV-2027-0001 bedömd, punkt 4.2")
    await mia.says("AVV-2027-0001 kontaktad, telefon, Anna Berg")
    await house.turn_to(local("2027-01-14", "12:00"))

    for mail in (EVA.mail, BO.mail):
        assert "deviation.progress.with_supplier" in keys_to(house, mail)


async def test_those_responsible_hear_that_one_more_has_reported_it(house: TestWorld) -> None:
    await reported(house, Talk(house, EVA), LATE)
    await house.turn_to(local("2027-01-14", "12:00"))
    bo = Talk(house, BO)

    await bo.says("Städningen på Kinnaskolan var sen i går")
    await bo.says("jag också")
    await house.turn_to(local("2027-01-15", "12:00"))

    assert "drafting.told.joined" in keys_to(house, MIA.mail)


async def test_a_joined_report_cannot_be_joined_again_by_an_old_button(house: TestWorld) -> None:
    await reported(house, Talk(house, MIA), LATE)
    eva = Talk(house, EVA)
    await eva.says(LATE)
    button = eva.button("draft.join")
    await eva.presses_old(button)

    again = await eva.presses_old(button)

    assert "Utkastet finns inte längre" in again
    async with house.world.store.read(TENANT) as unit:
        [case] = await unit.deviations.all()
        assert len((await unit.case_files.of(case.deviation_id)).sightings) == 1


async def test_a_restricted_case_is_never_hinted_at(house: TestWorld) -> None:
    carin = Talk(house, CARIN)
    await carin.says("rapportera här: städarna på Kinnaskolan får betalt svart i handen i dag")
    await carin.says("registrera")
    [restricted] = await cases(house)

    asked = await Talk(house, EVA).says("rapportera här: städarna på Kinnaskolan jobbar svart")

    assert restricted.type == "ARB_KRIM"
    assert "liknar" not in asked
    assert "liknande" not in asked


async def test_the_same_fault_within_ninety_days_opens_the_closed_case_again(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await reported(house, mia, LATE)
    await mia.says("liten")
    await mia.says("AVV-2027-0001 löst direkt, liten, ja sagt till leverantören")
    [closed] = await cases(house)
    house.clock.now += timedelta(days=20)

    asked = await mia.says("Städningen på Kinnaskolan var sen i dag")
    thanks = await mia.says("jag också")

    [reopened] = await cases(house)
    assert closed.state is DeviationState.CLOSED
    assert "som stängdes" in asked
    assert "öppnad igen" in thanks
    assert (reopened.state, reopened.reopened_count) == (DeviationState.REGISTERED, 1)


async def two_cases(house: TestWorld) -> Talk:
    """Mia's late cleaning, and Eva's at a school of another name."""
    mia = Talk(house, MIA)
    await reported(house, mia, LATE)
    await reported(house, Talk(house, EVA), "Städningen på Fritsla skola var sen i dag")
    return mia


async def test_two_cases_are_merged_and_everybody_still_hears(house: TestWorld) -> None:
    mia = await two_cases(house)

    said = await mia.says("AVV-2027-0002 slå ihop med AVV-2027-0001, samma städbolag samma dag")
    await house.turn_to(local("2027-01-14", "12:00"))

    kept, merged = await cases(house)
    assert "sammanförd med AVV-2027-0001" in said
    assert (merged.state, merged.merged_into) == (DeviationState.MERGED, kept.deviation_id)
    assert "drafting.told.merged" in keys_to(house, EVA.mail)
    async with house.world.store.read(TENANT) as unit:
        [seen] = (await unit.case_files.of(kept.deviation_id)).sightings
    assert (seen.reported_by, seen.merged_from) == (EVA.mail, merged.deviation_id)


async def test_a_merge_is_undone_with_everything_back_in_place(house: TestWorld) -> None:
    mia = await two_cases(house)
    await Talk(house, EVA).says("AVV-2027-0002 bevis https://exempel.example/bild")
    await mia.says("AVV-2027-0002 slå ihop med AVV-2027-0001, samma sak")

    await mia.says("AVV-2027-0002 dela, det var en annan skola")

    kept, back = await cases(house)
    assert back.state is DeviationState.REGISTERED
    async with house.world.store.read(TENANT) as unit:
        files = await unit.case_files.of_many([kept.deviation_id, back.deviation_id])
        kinds = [event.kind for event in await unit.events.about(f"deviation:{kept.deviation_id}")]
    assert files[kept.deviation_id].sightings == ()
    assert files[kept.deviation_id].evidence == ()
    assert len(files[back.deviation_id].evidence) == 1
    assert {"deviation.merged_in", "deviation.divided"} <= set(kinds)


async def test_one_report_of_several_becomes_a_case_of_its_own(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await reported(house, mia, LATE)
    eva = Talk(house, EVA)
    await eva.says("Städningen på Kinnaskolan var sen i går")
    await eva.says("jag också")

    said = await mia.says("AVV-2027-0001 dela 1, det gällde matsalen")

    first, second = await cases(house)
    assert "AVV-2027-0002" in said
    assert (second.reported_by, second.contract_id) == (EVA.mail, first.contract_id)
    assert second.description == "Städningen på Kinnaskolan var sen i går"
    assert second.deadline_on is not None


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("AVV-2027-0002 slå ihop med AVV-2027-0001", "Skriv ett skäl"),
        ("AVV-2027-0001 slå ihop med AVV-2027-0001, fel", "sig självt"),
        ("AVV-2027-0001 slå ihop med AVV-2027-0099, fel", "hittar ingen avvikelse"),
        ("AVV-2027-0001 dela, fel", "bara en rapport"),
        ("AVV-2027-0001 byt avtal 1999-1, fel", "hittar inget avtal"),
        ("AVV-2027-0001 byt avtal 2026-0001, fel", "hör redan till"),
        ("AVV-2027-0001 merge with AVV-2027-0001, wrong", "sig självt"),
    ],
)
async def test_what_cannot_be_joined_is_refused_with_a_reason(house: TestWorld, words: str, answer: str) -> None:
    mia = await two_cases(house)

    assert answer in await mia.says(words)


async def test_a_colleague_without_a_part_can_neither_merge_nor_move(house: TestWorld) -> None:
    await two_cases(house)
    eva = Talk(house, EVA)

    merged = await eva.says("AVV-2027-0002 slå ihop med AVV-2027-0001, samma")
    moved = await eva.says("AVV-2027-0002 byt avtal 2026-0005, fel avtal")

    assert [case.state for case in await cases(house)] == [DeviationState.REGISTERED] * 2
    assert "avtalsförvaltaren" in moved
    assert merged


async def test_the_case_to_merge_into_is_chosen_on_a_card(house: TestWorld) -> None:
    mia = await two_cases(house)

    asked = await mia.says("AVV-2027-0002 slå ihop")
    await mia.presses("case.merge_into", {"into": "AVV-2027-0001", "reason": "samma städbolag"})

    assert "AVV-2027-0001" in asked
    assert (await cases(house))[1].state is DeviationState.MERGED


async def test_a_case_at_the_wrong_contract_is_moved_with_new_days_and_listeners(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await reported(house, mia, LATE)
    [before] = await cases(house)

    said = await mia.says("AVV-2027-0001 byt avtal 2026-0005, det var mjölken")
    await house.turn_to(local("2027-01-14", "12:00"))

    [after] = await cases(house)
    assert "Mejeriprodukter" in said
    assert after.contract_number == "2026-0005"
    assert before.deadline_on is not None
    assert after.deadline_on is not None
    assert after.deadline_on > before.deadline_on
    assert "drafting.told.moved_contract" in keys_to(house, "nils.norr@exempel.example")


async def test_opening_a_merged_case_again_brings_back_what_it_brought(house: TestWorld) -> None:
    mia = await two_cases(house)
    await mia.says("AVV-2027-0002 slå ihop med AVV-2027-0001, samma sak")

    await mia.says("AVV-2027-0002 öppna igen, det var en annan skola")

    kept, back = await cases(house)
    assert back.state is DeviationState.REGISTERED
    async with house.world.store.read(TENANT) as unit:
        assert (await unit.case_files.of(kept.deviation_id)).sightings == ()


async def test_a_reason_that_points_a_person_out_is_not_kept(house: TestWorld) -> None:
    mia = await two_cases(house)

    answer = await mia.says("AVV-2027-0002 slå ihop med AVV-2027-0001, eleven 19121212-1212 såg båda")

    assert "uppgifter om en person" in answer
    assert (await cases(house))[1].state is DeviationState.REGISTERED
