"""What people write when it goes wrong: understood or asked about, never a stack trace, never a wrong contract."""

from datetime import date

import pytest

from domain.contract import ContractSupplier
from domain.deviation import Deviation
from storage.unit_of_work import Store
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, make_world, person

MIA, OLLE, CARIN, _ = PEOPLE
EVA = person("Eva Employee", department="Tekniska förvaltningen")
SENTENCE = "Städningen på Kinnaskolan uteblev i går. "


@pytest.fixture
async def house(store: Store) -> TestWorld:
    test_world = make_world(store, at=local("2027-01-13", "09:00"))
    rows = (
        ("2026-0002", "Skolskjuts norra", "Skolskjuts", "Norrbussen AB"),
        ("2026-0003", "Skolskjuts södra", "Skolskjuts", "Söderbussen AB"),
        ("2026-0005", "Mejeriprodukter", "Livsmedel", "Kustmejeri AB"),
        ("2026-0006", "Hisservice", "Fastighet", "Sjöteknik AB"),
    )
    others = [
        contract(
            number,
            title=title,
            area=area,
            suppliers=(ContractSupplier(org_number=f"55600001{number[-2:]}", name=supplier, lot=area),),
            manager_mail="nils.norr@exempel.example",
        )
        for number, title, area, supplier in rows
    ]
    cleaning = contract("2026-0001", title="Städning av skolor, Kinnaskolan")
    await furnish(test_world, [cleaning, *others], [*PEOPLE, EVA, person("Nils Norr")])
    await test_world.tick()
    return test_world


async def stored(house: TestWorld, mail: str = MIA.mail) -> list[Deviation]:
    async with house.world.store.read(TENANT) as unit:
        drafts = await unit.deviations.drafts_of(mail, since=local("2027-01-01"))
        return [*drafts, *await unit.deviations.all()]


@pytest.mark.parametrize("words", ["", "   ", "\n\n", "…", "?!", "🙄", "\u200b"])
async def test_nothing_said_is_answered_and_nothing_is_stored(house: TestWorld, words: str) -> None:
    assert await Talk(house, MIA).says(words)
    assert await stored(house) == []


async def test_nothing_said_leaves_an_open_draft_as_it_was(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)

    await mia.says("   ")
    thanks = await mia.says("registrera")

    assert "AVV-2027-0001" in thanks


async def test_five_thousand_characters_are_kept_whole(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    words = (SENTENCE * 200)[:5000]

    await mia.says(words)

    drafts = await stored(house)
    assert drafts
    assert all(draft.description == words.strip() for draft in drafts)


async def test_five_thousand_and_one_are_refused_with_the_limit(house: TestWorld) -> None:
    answer = await Talk(house, MIA).says((SENTENCE * 200)[:5000] + "x")

    assert "5000" in answer.replace(" ", "").replace("\u00a0", "")
    assert await stored(house) == []


async def test_additions_cannot_grow_past_the_limit(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)

    answer = await mia.says("lägg till: " + "vaktmästaren såg det " * 245)

    assert "för lång" in answer
    [draft] = await stored(house)
    assert draft.additions == ()


async def test_five_faults_are_five_drafts_walked_through_one_after_the_other(house: TestWorld) -> None:
    mia = Talk(house, MIA)

    shown = await mia.says(
        "Städningen på Kinnaskolan uteblev i går. Norrbussen körde förbi två barn i morse. "
        "Mjölken från Kustmejeri var sur. Hissen står still sedan i måndags. "
        "Söderbussen kom en timme för sent i dag.",
    )
    said = [shown, *[await mia.says("registrera") for _ in range(5)]]

    count = len([case for case in await stored(house) if case.number])
    assert "Sak 1 av 5" in said[0]
    assert "Sak 2 av 5" in said[1]
    assert "Sak 5 av 5" in said[4]
    assert count == 5


async def test_one_of_several_drafts_may_be_thrown_away_or_kept(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says("Städningen på Kinnaskolan uteblev i går. Mjölken från Kustmejeri var sur i dag.")

    second = await mia.says("kasta")
    await mia.says("behåll som utkast")
    listed = await mia.says("mina utkast")

    assert "Sak 2 av 2" in second
    assert "1." in listed
    assert len(await stored(house)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Die Reinigung an der Kinnaskolan ist gestern nicht gekommen",
        "Siivous jäi tekemättä Kinnaskolanissa eilen",
        "لم يأت عمال النظافة أمس",
        "Sprzątanie w Kinnaskolan wczoraj się nie odbyło",
    ],
)
async def test_another_language_is_asked_about_and_never_registered_by_itself(house: TestWorld, words: str) -> None:
    answer = await Talk(house, MIA).says(words)

    assert answer
    assert [case for case in await stored(house) if case.number] == []


@pytest.mark.parametrize("words", ["din jävla idiot till bot", "håll käften", "you stupid bot", "fuck off"])
async def test_abuse_is_answered_kindly_and_nothing_is_stored(house: TestWorld, words: str) -> None:
    answer = await Talk(house, MIA).says(words)

    assert answer
    assert "idiot" not in answer
    assert await stored(house) == []


async def test_abuse_in_the_middle_of_a_draft_is_not_kept_with_it(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)

    answer = await mia.says("din jävla idiot till bot")

    [draft] = await stored(house)
    assert "frustrerande" in answer
    assert draft.additions == ()


async def test_another_fault_told_of_in_the_middle_is_a_draft_of_its_own(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)

    await mia.says("Kustmejeri har fakturerat 18 400 kr men enligt prislistan ska det vara 15 950 kr")

    first, second = await stored(house)
    assert (first.type, second.type) == ("LEV_UTEBLIVEN", "FAKT_PRIS")
    assert first.location == "Kinnaskolan"


async def test_a_supplier_that_is_none_of_ours_chooses_no_contract(house: TestWorld) -> None:
    await Talk(house, MIA).says("Galaxstäd AB kom inte och städade i går")

    assert all(draft.contract_id is None for draft in await stored(house))


async def test_a_place_that_does_not_exist_is_kept_as_written_and_chooses_nothing_for_strangers(
    house: TestWorld,
) -> None:
    eva = Talk(house, EVA)

    shown = await eva.says("Leveransen till Nangijalaskolan kom inte i dag")

    [draft] = await stored(house, EVA.mail)
    assert draft.location == "Nangijalaskolan"
    assert draft.contract_id is None
    assert "Vilket avtal gäller det? Sök på" in shown


async def test_a_search_that_finds_nothing_says_so_and_keeps_the_draft(house: TestWorld) -> None:
    eva = Talk(house, EVA)
    await eva.says("Leveransen till Nangijalaskolan kom inte i dag")

    answer = await eva.presses("deviation.change", {"search": "Galaxbolaget"})

    assert "hittar inget avtal" in answer
    assert len(await stored(house, EVA.mail)) == 1


async def test_two_contracts_that_fit_are_asked_about(house: TestWorld) -> None:
    shown = await Talk(house, EVA).says("Skolskjutsen kom inte i morse")

    [draft] = await stored(house, EVA.mail)
    assert draft.contract_id is None
    assert "Skolskjuts norra" in shown
    assert "Skolskjuts södra" in shown


async def test_a_contract_of_another_department_is_reported_on_without_its_number_or_card(house: TestWorld) -> None:
    eva = Talk(house, EVA)

    shown = await eva.says("Hissen från Sjöteknik står still sedan i måndags")
    await eva.says("registrera")

    [case] = [one for one in await stored(house) if one.number]
    assert case.contract_number == "2026-0006"
    assert "2026-0006" not in shown


@pytest.mark.parametrize("when", ["i morgon", "i övermorgon", "den 20 augusti 2031"])
async def test_a_day_to_come_is_asked_about_before_it_is_registered(house: TestWorld, when: str) -> None:
    mia = Talk(house, MIA)
    await mia.says(f"Städningen på Kinnaskolan uteblev {when}")

    refused = await mia.says("registrera")
    await mia.says("i går")
    thanks = await mia.says("registrera")

    assert "När hände det?" in refused
    assert "AVV-2027-0001" in thanks
    [case] = [one for one in await stored(house) if one.number]
    assert case.occurred_from == date(2027, 1, 12)


async def test_a_day_to_come_in_the_fields_is_refused(house: TestWorld) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)

    answer = await mia.presses("deviation.change", {"occurred_from": "2031-08-20"})

    assert "framtiden" in answer


async def test_an_amount_with_a_letter_in_it_is_asked_for_and_not_guessed(house: TestWorld) -> None:
    mia = Talk(house, MIA)

    shown = await mia.says("Fakturan från Kustmejeri gällde 18 40O kr men enligt avtalet är det fel pris")
    [draft] = await stored(house)
    refused = await mia.says("18 40O")
    await mia.says("18 400 kr")

    assert draft.amount_sek is None
    assert "Vilket belopp gäller det?" in shown
    assert "Jag kan inte läsa beloppet" in refused
    [draft] = await stored(house)
    assert draft.amount_sek == 18_400


@pytest.mark.parametrize(
    ("field", "said"),
    [("amount", "18 40O"), ("count", "fyra"), ("count", "-1"), ("occurred_from", "i går"), ("amount", "1e999")],
)
async def test_a_field_that_cannot_be_read_is_refused_with_an_example(house: TestWorld, field: str, said: str) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)

    answer = await mia.presses("deviation.register", {field: said})

    assert "Jag kan inte läsa" in answer
    assert [case for case in await stored(house) if case.number] == []


@pytest.mark.parametrize(
    "inputs",
    [
        {"contract": "c-of-nobody"},
        {"type": "NO_SUCH_TYPE"},
        {"severity": "enormous"},
        {"days": "yesterday"},
        {"is_paid": "perhaps", "supplier_told": "x"},
        {"count": "9" * 40},
    ],
)
async def test_forged_fields_do_no_harm(house: TestWorld, inputs: dict[str, str]) -> None:
    mia = Talk(house, MIA)
    await mia.says(SENTENCE)

    answer = await mia.presses("deviation.change", inputs)

    assert answer
    [draft] = await stored(house)
    assert (draft.contract_number, draft.type) == ("2026-0001", "LEV_UTEBLIVEN")


async def test_markup_in_the_words_is_shown_and_not_obeyed(house: TestWorld) -> None:
    shown = await Talk(house, MIA).says("Städningen på Kinnaskolan uteblev i går [klicka](https://evil.example) **nu**")

    assert "[klicka](https://evil.example)" not in shown
    assert "**nu**" not in shown
