"""What a message is for: wishes and questions in Swedish and English, and *unclear* rather than a guess."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understand.intents import read_intent
from dialogs.understand.wishes import IntentKind, IntentSlots, Query
from domain.contract import ContractClass
from domain.deviation_types import AskFor
from domain.people import Language
from tests.support.reporting import SUNDAY, understood

K = IntentKind


def kind(text: str) -> IntentKind:
    return read_intent(text, today=SUNDAY).kind


def slots(text: str) -> IntentSlots:
    return read_intent(text, today=SUNDAY).slots


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # domain.md 12.1
        ("Allt funkar, inget att rapportera.", K.SUBMIT_PULSE),
        ("Jag pratade med dem i torsdags och de lovade fixa det till månadsskiftet", K.LOG_DIALOGUE),
        ("Det är fixat nu, städningen har gått bra i tre veckor.", K.MARK_CLAIMED_FIXED),
        ("Jag är inte ansvarig för det avtalet längre, det är Samira på fastighet.", K.WRONG_PERSON),
        ("påminn mig efter höstlovet", K.SNOOZE),
        ("Ta bort det jag skrev, jag tog fel på skola.", K.UNDO),
        ("Vi vill använda förlängningen på elavtalet, hur gör vi?", K.START_EXTENSION),
        ("Kan vi lägga till Björketorp i avtalet?", K.CONTRACT_CHANGE),
        ("hur gör jag för att reklamera?", K.HELP_COMPLAINT),
        ("bra jobbat med den där leveransen... eller inte 🙄", K.UNCLEAR),
        # Not in the table
        ("Inga problem alls, de är jätteduktiga", K.SUBMIT_PULSE),
        ("Allt rullar på bra", K.SUBMIT_PULSE),
        ("Everything works fine", K.SUBMIT_PULSE),
        ("Vi är mycket nöjda", K.SUBMIT_PULSE),
        ("Har ringt leverantören, de säger att det är klart på fredag", K.LOG_DIALOGUE),
        ("I talked to them yesterday and they promised to fix it by Friday", K.LOG_DIALOGUE),
        ("Hissen fungerar igen", K.MARK_CLAIMED_FIXED),
        ("Felet är åtgärdat", K.MARK_CLAIMED_FIXED),
        ("It has been fixed now", K.MARK_CLAIMED_FIXED),
        ("fel person", K.WRONG_PERSON),
        ("Jag slutade som förvaltare i augusti", K.WRONG_PERSON),
        ("Byt avtalsförvaltare på larmavtalet till Jonas från första december.", K.WRONG_PERSON),
        ("I am no longer responsible for that contract", K.WRONG_PERSON),
        ("påminn mig på fredag", K.SNOOZE),
        ("inte nu, fråga igen nästa vecka", K.SNOOZE),
        ("remind me in two weeks", K.SNOOZE),
        ("ångra", K.UNDO),
        ("undo", K.UNDO),
        ("jag skrev fel", K.UNDO),
        ("vill förlänga avtalet med Mopartner", K.START_EXTENSION),
        ("kan vi ändra i avtalet så att vi får fler timmar?", K.CONTRACT_CHANGE),
        ("How do I file a complaint?", K.HELP_COMPLAINT),
        ("hjälp", K.HELP),
        ("help", K.HELP),
        ("vad kan du göra?", K.HELP),
        ("hej", K.HELP),
        ("asdfgh", K.UNCLEAR),
        ("", K.UNCLEAR),
        ("   ", K.UNCLEAR),
        ("tack för ingenting", K.UNCLEAR),
        ("Städningen uteblev i går", K.REPORT_DEVIATION),
        ("Mjölken kom inte i dag, vi har ringt dem", K.REPORT_DEVIATION),
    ],
)
def test_a_wish_is_understood(text: str, expected: IntentKind) -> None:
    assert kind(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # domain.md 12.2, those there are answers to
        ("Vilka avtal är försenade?", Query.OVERDUE),
        ("Visa avvikelser på städ senaste kvartalet.", Query.DEVIATIONS),
        ("Vad löper ut före sommaren?", Query.EXPIRING),
        ("Vilka förlängningsbeslut måste tas i december?", Query.NEEDS_DECISION),
        ("Vilka avtal saknar ägare eller förvaltare?", Query.WITHOUT_OWNER),
        ("Hur ligger socialförvaltningen till?", Query.STATUS),
        ("Hur många avvikelser har Nordkontor hos oss totalt?", Query.DEVIATIONS),
        ("Visa allt om avtal 2023-0147.", Query.CONTRACT),
        ("Hur ser det ut?", Query.STATUS),
        # and those that are only understood as questions
        ("Vilka kritiska avtal är röda?", Query.LIGHTS),
        ("Vilka åtgärdsplaner har gått ut utan att vara verifierade?", Query.PLANS),
        ("Har vi tagut ut något vite i år?", Query.SANCTIONS),
        ("Vilka har inte svarat på tredje påminnelsen?", Query.UNANSWERED),
        ("Vilka ramavtal har passerat 75 % av taket?", Query.CEILING),
        ("Vad hände på avtalsmötet med skolskjutsen i september?", Query.FOLLOWUP),
        ("Hur stor är avtalstroheten på kontorsmaterial?", Query.COMPLIANCE),
        ("Exportera underlag till kommunstyrelsen, tertial 2.", Query.EXPORT),
        ("Vilka avtal har inte följts upp på över ett år?", Query.NOT_FOLLOWED_UP),
        ("Skicka en vänlig påminnelse till alla i samhällsbyggnad som är sena.", Query.NUDGE),
        ("Höj klassen på matavtalet, vi har haft tre allvarliga.", Query.RECLASSIFY),
        ("Vilka leverantörer ska kontrolleras ekonomiskt denna månad?", Query.FINANCES),
        ("Vad lärde vi oss av förra hantverkaravtalet?", Query.LESSONS),
        # the commands themselves, and other ways to say them
        ("status", Query.STATUS),
        ("hur ligger vi till?", Query.STATUS),
        ("försenade", Query.OVERDUE),
        ("Vilka uppföljningar är sena?", Query.OVERDUE),
        ("overdue", Query.OVERDUE),
        ("which follow-ups are late?", Query.OVERDUE),
        ("avvikelser", Query.DEVIATIONS),
        ("visa öppna avvikelser", Query.DEVIATIONS),
        ("show deviations", Query.DEVIATIONS),
        ("avtal 2026-0147", Query.CONTRACT),
        ("2026-0147", Query.CONTRACT),
        ("contract 2026-0147", Query.CONTRACT),
        ("vad löper ut före 2027-06-30", Query.EXPIRING),
        ("Vilka avtal går ut i juni?", Query.EXPIRING),
        ("which contracts expire before 30 June 2027?", Query.EXPIRING),
        ("oklassade", Query.UNCLASSIFIED),
        ("Vilka avtal är inte klassade?", Query.UNCLASSIFIED),
        ("unclassified", Query.UNCLASSIFIED),
        ("utan ägare", Query.WITHOUT_OWNER),
        ("contracts without owner", Query.WITHOUT_OWNER),
        ("behöver beslut", Query.NEEDS_DECISION),
        ("vilka beslut väntar?", Query.NEEDS_DECISION),
        ("needs decision", Query.NEEDS_DECISION),
        ("imorgon", Query.TOMORROW),
        ("i morgon", Query.TOMORROW),
        ("vad skickas i morgon?", Query.TOMORROW),
        ("tomorrow", Query.TOMORROW),
    ],
)
def test_a_question_is_understood(text: str, expected: Query) -> None:
    assert (kind(text), slots(text).query) == (K.QUERY, expected)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("påminn mig efter höstlovet", date(2027, 11, 8)),
        ("påminn mig efter sportlovet", date(2027, 2, 22)),
        ("påminn mig på fredag", date(2026, 11, 27)),
        ("påminn mig på söndag", date(2026, 11, 29)),
        ("påminn mig om två veckor", date(2026, 12, 6)),
        ("påminn mig om en månad", date(2026, 12, 22)),
        ("påminn mig 3 mars", date(2027, 3, 3)),
        ("påminn mig den 3/3", date(2027, 3, 3)),
        ("påminn mig 2027-02-01", date(2027, 2, 1)),
        ("påminn mig i morgon", date(2026, 11, 23)),
        ("påminn mig nästa vecka", date(2026, 11, 23)),
        ("påminn mig vecka 2", date(2027, 1, 11)),
        ("påminn mig efter jul", date(2026, 12, 27)),
        ("påminn mig efter påsk", date(2027, 3, 30)),
        ("påminn mig i januari", date(2027, 1, 1)),
        ("påminn mig den 15", date(2026, 12, 15)),
        ("remind me on Friday", date(2026, 11, 27)),
        ("remind me in two weeks", date(2026, 12, 6)),
        ("remind me on March 3", date(2027, 3, 3)),
        ("remind me after Easter", date(2027, 3, 30)),
    ],
)
def test_a_day_to_be_reminded_is_worked_out(text: str, until: date) -> None:
    assert slots(text).until == until


def test_a_reminder_without_a_day_asks_for_one() -> None:
    assert understood("påminn mig senare").ask == (AskFor.UNTIL,)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("vad löper ut före 2027-06-30", None, date(2027, 6, 30)),
        ("vad löper ut före 30 juni 2027", None, date(2027, 6, 30)),
        ("vad löper ut före sista juni", None, date(2027, 6, 30)),
        ("Vad löper ut före sommaren?", None, date(2027, 5, 31)),
        ("vad löper ut senast 31 december", None, date(2026, 12, 31)),
        ("Vilka avtal går ut i juni?", date(2027, 6, 1), date(2027, 6, 30)),
        ("vad går ut inom tre månader", SUNDAY, date(2027, 2, 22)),
        ("vad löper ut under 2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("vad löper ut nästa år", date(2027, 1, 1), date(2027, 12, 31)),
        ("vilka avtal går ut kvartal 1", date(2027, 1, 1), date(2027, 3, 31)),
        ("which contracts expire before 30 June 2027?", None, date(2027, 6, 30)),
        ("what expires before the summer?", None, date(2027, 5, 31)),
        ("what expires in June", date(2027, 6, 1), date(2027, 6, 30)),
    ],
)
def test_the_period_of_a_question_about_what_runs_out(text: str, since: date | None, until: date) -> None:
    found = slots(text)

    assert (found.query, found.on_or_after, found.on_or_before) == (Query.EXPIRING, since, until)


def test_a_question_says_what_it_is_about() -> None:
    assert slots("Visa avvikelser på städ senaste kvartalet.").about == "städ"
    assert slots("Hur många avvikelser har Nordkontor hos oss totalt?").about == "Nordkontor"
    assert slots("Hur ligger socialförvaltningen till?").about == "socialförvaltningen"
    assert slots("Vilka kritiska avtal är röda?").contract_class is ContractClass.CRITICAL


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Visa allt om avtal 2023-0147.", "2023-0147"),
        ("avtal 2023-0147", "2023-0147"),
        ("2023-0147", "2023-0147"),
        ("avtal KS 2026/740", "KS 2026/740"),
        ("vad löper ut före 2027-06-30", None),
    ],
)
def test_a_contract_number_is_found_and_a_date_is_none(text: str, number: str | None) -> None:
    assert slots(text).contract_number == number


def test_a_talk_is_logged_with_its_day_and_the_day_promised() -> None:
    found = slots("Jag pratade med dem i torsdags och de lovade fixa det till månadsskiftet")

    assert (found.spoken_on, found.promised_on) == (date(2026, 11, 19), date(2026, 11, 30))


def test_who_is_responsible_instead_is_told() -> None:
    text = "Jag är inte ansvarig för det avtalet längre, det är Samira på fastighet."

    assert slots(text).person == "Samira på fastighet"


def test_who_takes_over_is_named_without_the_rest() -> None:
    assert slots("jag går på föräldraledighet 1 mars, Olle tar över").person == "Olle"
    assert slots("Byt avtalsförvaltare på larmavtalet till Jonas från första december.").person == "Jonas"


def test_a_deviation_is_known_by_its_number() -> None:
    found = slots("avv-2026-0012")

    assert (found.query, found.deviation_number, found.contract_number) == (Query.DEVIATIONS, "AVV-2026-0012", None)


@pytest.mark.parametrize("text", ["rapportera", "Jag vill rapportera en avvikelse", "I want to report a deviation"])
def test_who_wants_to_report_without_saying_what_is_asked_what(text: str) -> None:
    understanding = understood(text)

    assert understanding.intent.kind is K.REPORT_DEVIATION
    assert understanding.drafts == ()
    assert understanding.ask == (AskFor.WHAT,)


@pytest.mark.parametrize(
    "text",
    [
        "Får leverantören använda underleverantörer?",
        "Vi vill säga upp avtalet",
        "Kan vi häva avtalet?",
        "Vi vill ha mer städning på Kinnaskolan",
        "Can we terminate the contract?",
    ],
)
def test_what_procurement_must_judge_is_no_deviation(text: str) -> None:
    assert kind(text) is K.CONTRACT_CHANGE


def test_praise_gives_a_grade_to_confirm() -> None:
    assert slots("Allt funkar, inget att rapportera.").grade == 4
    assert slots("Allt funkar jättebra, inget att rapportera.").grade == 5


def test_what_else_is_needed_is_asked() -> None:
    asked = {
        "Det är fixat nu": (AskFor.WHICH_DEVIATION, AskFor.HOW_VERIFIED),
        "Jag pratade med dem i går": (AskFor.WHICH_DEVIATION, AskFor.PROMISED_ON),
        "Kan vi lägga till Björketorp i avtalet?": (AskFor.CONTRACT,),
        "påminn mig på fredag": (),
    }

    assert {text: understood(text).ask for text in asked} == asked


@pytest.mark.parametrize("text", ["Everything works fine", "remind me in two weeks", "which contracts expire in June?"])
def test_english_is_known_whatever_the_hint(text: str) -> None:
    for hint in Language:
        assert read_intent(text, today=SUNDAY, language_hint=hint).language is Language.EN


@settings(max_examples=80, deadline=None)
@given(text=st.text(max_size=300), day=st.dates(date(2020, 1, 1), date(2035, 12, 31)), hint=st.sampled_from(Language))
def test_any_text_has_an_intent(text: str, day: date, hint: Language) -> None:
    intent = read_intent(text, today=day, language_hint=hint)

    assert (intent.slots.query is not None) == (intent.kind is K.QUERY)


@settings(max_examples=80, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            "påminn mig efter höstlovet den 31 april vecka 54 om 999 veckor 2027-13-45 vad löper ut före sommaren 30/2 kvartal 9 "
            "i fredags sista första juni tusen avtal 0000-0000 hundra år sedan inom de senaste".split(),
        ),
        max_size=15,
    ),
    day=st.sampled_from([date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 1)]),
)
def test_impossible_days_are_no_days(words: list[str], day: date) -> None:
    found: Any = read_intent(" ".join(words), today=day).slots

    assert replace(found) == found
