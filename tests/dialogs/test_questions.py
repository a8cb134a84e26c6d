"""Asking, in Swedish and English: every answer says its filter, its count and its hour, and goes on with *mer*."""

from datetime import date, timedelta

import pytest

from cards.texts import Texts
from dialogs.routes import hear
from domain.contract import ContractClass
from domain.deviation import Severity
from domain.people import Language
from storage.unit_of_work import Store
from tests.support.overview import (
    CARIN,
    EVA,
    LARM,
    MAT,
    MIA,
    PIA,
    STADNING,
    STIG,
    case,
    given,
    late,
    waiting,
)
from tests.support.talking import Talk
from tests.support.world import TestWorld, contract, make_world

MANY = tuple(contract(f"2025-{number:04}", title=f"Avtal {number}", contract_class=None) for number in range(1, 38))


@pytest.fixture
async def town(store: Store) -> TestWorld:
    world = make_world(store)
    await given(
        world,
        followups=(
            late(STADNING.contract_id, date(2027, 1, 18)),
            late(MAT.contract_id, date(2027, 1, 4), contract_class=ContractClass.HIGH),
        ),
        deviations=(
            case("AVV-2027-0001", STADNING.contract_id, "LEV_SEN", location="Kinnaskolan"),
            case("AVV-2027-0002", STADNING.contract_id, "ARB_KRIM", severity=Severity.CRITICAL),
        ),
        watches=(waiting(STADNING.contract_id, date(2026, 8, 28)),),
    )
    return world


@pytest.fixture
def carin(town: TestWorld) -> Talk:
    return Talk(town, CARIN)


@pytest.fixture
def controller(town: TestWorld) -> Talk:
    return Talk(town, CARIN, locale="en-GB")


@pytest.mark.parametrize(
    ("words", "title", "number"),
    [
        ("försenade", "Försenade uppföljningar", "2026-0147"),
        ("Vilka avtal är försenade?", "Försenade uppföljningar", "2026-0148"),
        ("försenade klass 2", "Försenade uppföljningar", "2026-0148"),
        ("avvikelser", "avvikelser", "AVV-2027-0001"),
        ("visa alla avvikelser", "avvikelser", "AVV-2027-0002"),
        ("vad löper ut före 2027-06-30", "Löper ut till och med 30 juni 2027", "2026-0149"),
        ("Vad löper ut före den 30 juni?", "Löper ut till och med 30 juni 2027", "2026-0149"),
        ("vilka avtal går ut innan juli", "Löper ut till och med 30 juni 2027", "2026-0149"),
        ("oklassade", "Oklassade avtal", "2026-0149"),
        ("utan ägare", "utan ägare eller förvaltare", "2026-0149"),
        ("Vilka avtal saknar ägare eller förvaltare?", "utan ägare eller förvaltare", "2026-0149"),
        ("behöver beslut", "Behöver beslut", "2026-0147"),
        ("avtal 2026-0147", "Städning av skolor", "Renhus Väst AB"),
        ("Visa allt om avtal 2026-0147.", "Städning av skolor", "Renhus Väst AB"),
        ("status", "Läget just nu", "Behöver beslut"),
        ("Hur ser det ut?", "Läget just nu", "Behöver beslut"),
    ],
)
async def test_questions_are_answered_in_swedish(carin: Talk, words: str, title: str, number: str) -> None:
    said = await carin.says(words)

    assert title in said
    assert number in said
    assert "Urval: " in said
    assert "läget 25 januari 2027 09.00" in said


@pytest.mark.parametrize(
    ("words", "title", "number"),
    [
        ("overdue", "Late follow-ups", "2026-0147"),
        ("which contracts are overdue?", "Late follow-ups", "2026-0148"),
        ("deviations", "deviations", "AVV-2027-0001"),
        ("what expires before 2027-06-30", "Expires up to 30 June 2027", "2026-0149"),
        ("unclassified", "Unclassified contracts", "2026-0149"),
        ("without owner", "without owner or manager", "2026-0149"),
        ("needs decision", "Needs a decision", "2026-0147"),
        ("contract 2026-0147", "Städning av skolor", "Renhus Väst AB"),
        ("status", "How things stand", "Unclassified"),
    ],
)
async def test_questions_are_answered_in_english(controller: Talk, words: str, title: str, number: str) -> None:
    said = await controller.says(words)

    assert title in said
    assert number in said
    assert "as of 25 January 2027 09:00" in said


async def test_an_expiring_contract_says_which_date_it_is_about(carin: Talk) -> None:
    said = await carin.says("vad löper ut före 2027-06-30")

    assert "säg upp senast 30 mars 2027" in said
    assert "förlängs av sig självt efter 30 juni 2027" in said
    assert "2 träffar" in said
    assert "beslut behövs 26 februari 2027" in said


async def test_what_is_asked_before_no_day_at_all_is_asked_about(carin: Talk) -> None:
    assert "vad löper ut före 2027-06-30" in await carin.says("vad löper ut")


# ---------------------------------------------------------------- whose


@pytest.mark.parametrize("words", ["försenade", "avvikelser", "behöver beslut", "vad löper ut före 2029-01-01"])
async def test_others_get_their_own_contracts_and_are_told_so(town: TestWorld, words: str) -> None:
    said = await Talk(town, MIA).says(words)

    assert "2026-0147" in said or "AVV-2027-0001" in said
    assert "2026-0148" not in said
    assert "AVV-2027-0002" not in said
    assert "Du ser de avtal där du är avtalsägare, avtalsförvaltare eller ersättare." in said
    assert "dina avtal" in said


@pytest.mark.parametrize("words", ["status", "försenade", "avvikelser", "oklassade", "utan ägare", "avtal 2026-0147"])
async def test_somebody_without_contracts_gets_a_friendly_explanation(town: TestWorld, words: str) -> None:
    said = await Talk(town, STIG).says(words)

    assert Texts(Language.SV)("questions.none_yours") in said
    assert "2026-" not in said.replace("avtal 2026-0147", "")


async def test_somebody_elses_contract_and_no_contract_get_the_same_answer(town: TestWorld) -> None:
    eva = Talk(town, EVA)

    elses, none = await eva.says("avtal 2026-0147"), await eva.says("avtal 1999-0147")

    assert elses.replace("2026-0147", "") == none.replace("1999-0147", "")


async def test_a_pressed_row_is_not_a_right(town: TestWorld, carin: Talk) -> None:
    await carin.says("vad löper ut före 2029-01-01")
    stolen = carin.button("contract.open")

    said = await Talk(town, STIG).presses_old(stolen)

    assert Texts(Language.SV)("questions.none_yours") in said


async def test_the_procurement_officer_reads_a_contract_by_number(town: TestWorld) -> None:
    assert "Renhus Väst AB" in await Talk(town, PIA).says("avtal 2026-0147")


# ---------------------------------------------------------------- numbers and more


@pytest.fixture
async def long_list(store: Store) -> Talk:
    world = make_world(store)
    await given(world, contracts=MANY)
    return Talk(world, CARIN)


async def test_a_long_list_goes_on_with_mer_until_it_ends(long_list: Talk) -> None:
    first = await long_list.says("oklassade")
    second = await long_list.says("mer")
    third = await long_list.says("mer")
    over = await long_list.says("mer")

    assert "37 träffar" in first
    assert "Visar 1–15 av 37" in first
    assert "Visar 16–30 av 37" in second
    assert "2025-0031" in third
    assert "2025-0037" in third
    assert "inget mer att visa" in over


async def test_the_button_goes_on_as_the_word_does_and_pressed_again_shows_the_same(long_list: Talk) -> None:
    await long_list.says("oklassade")
    button = long_list.button("answers.more")

    once = await long_list.presses_old(button)
    again = await long_list.presses_old(button)

    assert once == again
    assert "Visar 16–30 av 37" in once


@pytest.mark.parametrize("subject", ["", "late", "nonsense:16", "late:0", "late:x", "expiring?until=x:2"])
async def test_a_forged_place_to_go_on_from_is_harmless(long_list: Talk, subject: str) -> None:
    data = {"v": 1, "verb": "answers.more", "subject": subject, "rev": 0, "notice": None}

    assert await long_list.presses_old(data)


async def test_a_number_means_the_row_whichever_card_it_stands_on(long_list: Talk) -> None:
    await long_list.says("oklassade")
    await long_list.says("mer")

    assert "Avtal 17" in await long_list.says("öppna 17")
    assert "Avtal 2" in await long_list.says("öppna 2")


async def test_a_number_that_was_not_shown_is_said_so(long_list: Talk) -> None:
    await long_list.says("oklassade")

    assert "inget nummer 16" in await long_list.says("öppna 16")


async def test_rows_of_every_kind_can_be_opened_by_number(carin: Talk) -> None:
    opened = {}
    for words in ("försenade", "avvikelser", "behöver beslut", "oklassade"):
        await carin.says(words)
        opened[words] = await carin.says("öppna 1")

    assert "Kvartalsuppföljning" in opened["försenade"]
    assert "AVV-2027-000" in opened["avvikelser"]
    assert "Förlängningsbeslut" in opened["behöver beslut"]
    assert LARM.title in opened["oklassade"]


async def test_words_find_one_contract_or_list_several(carin: Talk) -> None:
    one = await carin.says("visa avtal larm")
    several = await carin.says("visa avtal förskolor")

    assert "Larmtjänster" in one
    assert "2 träffar" in several
    assert "Mat till förskolor" in await carin.says("öppna 2")


async def test_a_hostile_title_is_shown_as_text(store: Store) -> None:
    world = make_world(store)
    hostile = contract("2027-0001", title="**Fet** [länk](https://example.org) <at>alla</at>", contract_class=None)
    await given(world, contracts=(hostile,))

    said = await Talk(world, CARIN).says("oklassade")

    assert "[länk](" not in said
    assert "**Fet**" not in said


async def test_late_is_counted_in_working_days(town: TestWorld, carin: Talk) -> None:
    said = await carin.says("försenade")

    assert "5 arbetsdagar försenad" in said
    assert "14 arbetsdagar försenad" in said
    town.clock.now += timedelta(days=1)
    assert "6 arbetsdagar försenad" in await carin.says("försenade")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "name",
    [
        *("status", "late", "deviations", "contract", "expiring", "unclassified", "without_owner", "needs_decision"),
        *("more", "open", "done", "tomorrow", "stop_sending", "start_sending", "let_in", "take_out", "allow_list"),
    ],
)
def test_every_command_the_help_offers_is_heard(language: Language, name: str) -> None:
    assert hear(Texts(language)(f"answers.command.{name}", number="2026-0147")) is not None


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", ["settle", "hold"])
def test_so_is_each_of_several_offered_in_one_line(language: Language, name: str) -> None:
    offered = Texts(language)(f"answers.command.{name}").replace(" eller ", ", ").replace(" or ", ", ").split(", ")

    assert [words for words in offered if hear(words) is None] == []
