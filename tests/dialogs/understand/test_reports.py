"""Ordinary sentences read as reports: every utterance of domain.md 12.1 and many that are not there."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understand.counts import Counted
from dialogs.understand.matching import Sender
from dialogs.understand.reports import read_report
from dialogs.understand.wishes import IntentKind
from domain.deviation import Severity
from domain.deviation_types import AskFor
from domain.people import Language
from domain.privacy import PersonalKind
from tests.support.deviations import shipped_types
from tests.support.reporting import MANAGER, REGISTER, SUNDAY, the_draft, understood

MONDAY = date(2026, 11, 16)
FRIDAY = date(2026, 11, 20)
SATURDAY = date(2026, 11, 21)

TOLD: list[tuple[str, dict[str, Any]]] = [
    (
        "Städningen på Kinnaskolan uteblev tre gånger i veckan.",
        {
            "type": "LEV_UTEBLIVEN",
            "location": "Kinnaskolan",
            "count": 3,
            "counted": Counted.OCCURRENCES,
            "severity": Severity.SERIOUS,
            "occurred_from": MONDAY,
            "occurred_to": SUNDAY,
        },
    ),
    (
        "Nu har maten till Ängslyckans förskola kommit en timme för sent igen, fjärde gången i november.",
        {
            "type": "LEV_SEN",
            "location": "Ängslyckans förskola",
            "count": 4,
            "is_recurring": True,
            "severity": Severity.SERIOUS,
            "contract_id": "mat",
            "occurred_from": date(2026, 11, 1),
            "minutes": 60,
        },
    ),
    (
        "Fick faktura från Nordkontor på 18 400 men enligt prislistan ska det vara 15 950.",
        {
            "type": "FAKT_PRIS",
            "amount_sek": Decimal(2450),
            "contract_id": "kontor",
            "location": None,
            "severity": Severity.MODERATE,
        },
    ),
    (
        "Skolskjutsen på Fritsla-turen körde förbi två barn i morse",
        {
            "type": "LEV_UTEBLIVEN",
            "location": "Fritsla-turen",
            "contract_id": "skjuts",
            "persons_in_dependence": True,
            "severity": Severity.SERIOUS,
            "occurred_from": SUNDAY,
            "occurred_to": SUNDAY,
        },
    ),
    (
        "Dom skickade en annan lastbil utan att säga till, står inget om Berga Åkeri i avtalet vad jag vet",
        {"type": "UL_EJ_GODKAND", "contract_id": None},
    ),
    (
        "Försäkringsbeviset gick ut 30 september och vi har inte fått något nytt.",
        {
            "type": "ADM_FORSAKRING",
            "severity": Severity.SERIOUS,
            "occurred_from": date(2026, 9, 30),
            "occurred_to": date(2026, 9, 30),
            "contract_id": None,
        },
    ),
    (
        "Hantverkaren som kom till Hyssna hade ingen ID06 och pratade om att få betalt i handen",
        {
            "type": "ARB_KRIM",
            "severity": Severity.CRITICAL,
            "location": "Hyssna",
            "is_restricted": True,
            "is_emergency": True,
            "ask": (),
        },
    ),
    (
        "Kan du lägga in att statistiken för kvartal 3 saknas från Lindqvist Livs? Andra gången nu.",
        {
            "type": "ADM_STATISTIK",
            "severity": Severity.MODERATE,
            "contract_id": "mat",
            "count": 2,
            "occurred_from": date(2026, 7, 1),
            "occurred_to": date(2026, 9, 30),
        },
    ),
    (
        "Blöjorna som levererades till Solgården är fel storlek, 12 kartonger, vi har packat upp två.",
        {
            "type": "LEV_FEL",
            "location": "Solgården",
            "count": 12,
            "counted": Counted.ITEMS,
            "contract_id": "blöjor",
            "severity": Severity.MODERATE,
        },
    ),
    (
        "Leverantören har mejlat att patientuppgifter kan ha läckt!!!",
        {"type": "SAK_INCIDENT", "severity": Severity.CRITICAL, "is_restricted": True, "is_emergency": True},
    ),
    (
        "Vi har fått tre klagomål från föräldrar om bemötandet på färdtjänsten/skolskjutsen",
        {"type": "PERS_BEMOTANDE", "count": 3, "counted": Counted.COMPLAINTS, "contract_id": None},
    ),
    (
        "Hissen i Skene äldreboende står still sedan fredag, de säger fyra dagar till.",
        {
            "type": "LEV_SEN",
            "location": "Skene äldreboende",
            "contract_id": "hiss",
            "severity": Severity.SERIOUS,
            "persons_in_dependence": True,
            "occurred_from": FRIDAY,
            "occurred_to": None,
            "is_ongoing": True,
        },
    ),
    (
        "De har höjt priset med 6 % utan att fråga. Får de det?",
        {"type": "PRIS_JUSTERING", "severity": Severity.MODERATE, "asks_legal_question": True, "amount_sek": None},
    ),
    (
        "Snöröjningen vid Örby skola var inte klar före sju i dag heller.",
        {
            "type": "LEV_SEN",
            "location": "Örby skola",
            "contract_id": "snö",
            "is_recurring": True,
            "occurred_from": SUNDAY,
        },
    ),
    (
        "Vi köper visst möbler på IKEA fast vi har avtal, för det går snabbare.",
        {"type": "INT_AVSTEG", "location": None, "contract_id": "möbler"},
    ),
    (
        "En brukare blev utan hemtjänstmat i två dagar",
        {"type": "LEV_UTEBLIVEN", "severity": Severity.SERIOUS, "persons_in_dependence": True},
    ),
    (
        "The cleaning company has not shown up at Rydals museum this week.",
        {
            "type": "LEV_UTEBLIVEN",
            "location": "Rydals museum",
            "occurred_from": MONDAY,
            "occurred_to": SUNDAY,
            "contract_id": None,
        },
    ),
    # Not in the table:
    ("mjölken kom för sent idag igen", {"type": "LEV_SEN", "contract_id": "mejeri", "is_recurring": True}),
    (
        "Mjölken till Solrosens förskola kom 40 minuter för sent",
        {"type": "LEV_SEN", "location": "Solrosens förskola", "minutes": 40, "severity": Severity.MODERATE},
    ),
    (
        "städningen på kinnaskolan är jättedålig, det är smutsigt överallt",
        {"type": "LEV_KVALITET", "location": "kinnaskolan"},
    ),
    ("Skolbussen har varit sen varje dag den här veckan", {"type": "LEV_SEN", "is_recurring": True}),
    ("Fakturan från Nordkontor är 3 200 kr för hög", {"type": "FAKT_PRIS", "amount_sek": Decimal(3200)}),
    ("Vi har fått dubbla fakturor från Älvstäd", {"type": "FAKT_EJ_LEVERERAT", "contract_id": "städ-söder"}),
    ("fakturan saknar avtalsnummer", {"type": "FAKT_UNDERLAG"}),
    (
        "Leverantören tar ut en faktureringsavgift på 45 kr som inte står i avtalet",
        {"type": "FAKT_AVGIFT", "amount_sek": Decimal(45)},
    ),
    ("Kustmejeri har höjt priserna med 8 procent", {"type": "PRIS_JUSTERING", "contract_id": "mejeri"}),
    ("Vi får inget svar från supporten", {"type": "SAMV_SVARSTID"}),
    ("Leverantören dök inte upp på avtalsmötet i tisdags", {"type": "SAMV_MOTE", "occurred_from": date(2026, 11, 17)}),
    ("De lovade byta hissen förra veckan men inget har hänt", {"type": "SAMV_ATGARD_UTEBLEV", "contract_id": "hiss"}),
    ("Kvartalsrapporten har inte kommit", {"type": "ADM_STATISTIK", "severity": Severity.MINOR}),
    ("Certifikatet för ISO 14001 har gått ut", {"type": "ADM_INTYG"}),
    ("Ingen av städarna kan svenska", {"type": "PERS_KOMPETENS"}),
    ("Snickarna jobbar utan hjälm på taket", {"type": "ARB_VILLKOR"}),
    ("Leverantören har gått i konkurs", {"type": "EKO_INSOLVENS", "severity": Severity.CRITICAL}),
    ("Vi misstänker mutor i samband med upphandlingen", {"type": "EKO_BROTT", "is_restricted": True}),
    ("Någon har hackat ärendesystemet", {"type": "SAK_INCIDENT", "contract_id": "ärende"}),
    ("Det finns inget biträdesavtal med Bergdata", {"type": "PUB_SAKNAS", "contract_id": "ärende"}),
    ("Leverantören lagrar våra uppgifter i USA", {"type": "PUB_TREDJELAND", "location": None}),
    ("Gamla konton finns kvar i systemet", {"type": "SAK_BEHORIGHET"}),
    ("Säkerhetskopiorna har aldrig testats", {"type": "SAK_KONTINUITET"}),
    ("Leverantören vägrar lämna ut våra data", {"type": "SAK_EXIT"}),
    ("Vi har inte fått tillbaka nycklarna från Furastäd", {"type": "AVSL_ATERLAMNING", "contract_id": "städ-norr"}),
    ("Leverantören har inte levererat enligt anbudet", {"type": "KRAV_TILLDELNING", "severity": Severity.SERIOUS}),
    ("De använder dieselbilar fast vi krävde fossilfritt", {"type": "HALL_MILJO"}),
    ("Barnarbete hos leverantörens fabrik", {"type": "HALL_LEVKEDJA"}),
    ("Den nya leverantören har inte kommit igång", {"type": "LEV_UPPSTART"}),
    ("Stäningen uteblv i går", {"type": "LEV_UTEBLIVEN", "occurred_from": SATURDAY}),
    (
        "Städfirman har inte varit på Fritslagården på två veckor",
        {"type": "LEV_UTEBLIVEN", "location": "Fritslagården", "occurred_from": date(2026, 11, 8)},
    ),
    ("Trygghetslarmen fungerar inte", {"severity": Severity.CRITICAL}),
    ("En elev skadade sig på en trasig gunga", {"severity": Severity.CRITICAL, "is_emergency": True}),
    ("I somras uteblev städningen två gånger", {"count": 2, "occurred_from": date(2026, 6, 1)}),
    ("Milk delivery was late again today", {"type": "LEV_SEN", "contract_id": "mejeri", "is_recurring": True}),
    (
        "We were invoiced 12,500 but the price list says 11,000",
        {"type": "FAKT_PRIS", "amount_sek": Decimal(1500)},
    ),
    ("The driver was rude to a child", {"type": "PERS_BEMOTANDE"}),
    ("The lift at Skene has been out of order since Friday", {"contract_id": "hiss", "location": "Skene"}),
]


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[text[:50] for text, _ in TOLD])
def test_a_report_is_understood(text: str, expected: dict[str, Any]) -> None:
    draft = the_draft(text)

    assert {name: getattr(draft, name) for name in expected} == expected


def test_two_faults_in_one_message_are_two_drafts() -> None:
    first, second = understood("Systemet låg nere 08.15\u201313.40 i går, ingen svarade på supporten.").drafts

    assert (first.type, first.minutes, first.started_at, first.ended_at) == (
        "LEV_KVALITET",
        325,
        time(8, 15),
        time(13, 40),
    )
    assert (second.type, second.occurred_from) == ("SAMV_SVARSTID", SATURDAY)


def test_a_late_and_cold_meal_is_two_faults() -> None:
    assert [draft.type for draft in understood("Maten var kall och kom en timme sent").drafts] == [
        "LEV_KVALITET",
        "LEV_SEN",
    ]


def test_what_the_second_fault_does_not_say_is_taken_from_the_first() -> None:
    text = "Städningen uteblev i går på Kinnaskolan och fakturan var på fel belopp, 1 200 kr för mycket"

    first, second = understood(text).drafts

    assert (second.type, second.amount_sek) == ("FAKT_PRIS", Decimal(1200))
    assert (second.location, second.occurred_from) == (first.location, first.occurred_from)
    assert first.amount_sek is None


def test_five_faults_in_one_message_are_five_drafts() -> None:
    text = (
        "Städningen uteblev i går. Maten var mögligt. Fakturan från Nordkontor saknar referens. "
        "Chauffören på skolskjutsen var otrevlig. Försäkringsbeviset har gått ut."
    )

    assert [draft.type for draft in understood(text).drafts] == [
        "LEV_UTEBLIVEN",
        "LEV_KVALITET",
        "FAKT_UNDERLAG",
        "PERS_BEMOTANDE",
        "ADM_FORSAKRING",
    ]


def test_the_same_fault_about_two_contracts_is_two_drafts() -> None:
    drafts = understood("Snöröjningen uteblev i morse och mjölken uteblev också").drafts

    assert [draft.contract_id for draft in drafts] == ["snö", "mejeri"]


# ------------------------------------------------------------------ which contract


def test_when_two_contracts_match_none_is_chosen_and_it_is_asked() -> None:
    draft = the_draft("Städningen uteblev på Kinnaskolan i går")

    assert draft.contract_id is None
    assert draft.candidates == ("städ-norr", "städ-söder")
    assert draft.ask[0] is AskFor.CONTRACT


def test_the_senders_own_contract_goes_first_among_those_that_match() -> None:
    draft = the_draft("Städningen uteblev på Kinnaskolan i går", sender=MANAGER)

    assert draft.contract_id == "städ-norr"
    assert "städ-söder" in draft.candidates


def test_a_contract_of_somebody_else_that_is_named_is_chosen_before_ones_own() -> None:
    assert the_draft("Älvstäd har inte städat i dag", sender=MANAGER).contract_id == "städ-söder"


def test_a_contract_is_known_by_its_number() -> None:
    assert the_draft("Avtal 2025-0102: städningen uteblev i går").contract_id == "städ-söder"


@pytest.mark.parametrize("name", ["Nordkontor", "nordkontor", "Nordkontors", "Nordkontor AB", "Nordkontour"])
def test_a_supplier_is_known_however_it_is_written(name: str) -> None:
    assert the_draft(f"Fel pris på fakturan från {name} i går").contract_id == "kontor"


def test_an_unknown_supplier_is_not_taken_for_another() -> None:
    draft = the_draft("Fel pris på fakturan från Obefintlig AB")

    assert draft.contract_id is None
    assert AskFor.CONTRACT in draft.ask


def test_with_nothing_to_go_on_the_senders_own_contracts_are_offered() -> None:
    draft = the_draft("Försäkringsbeviset har gått ut", sender=MANAGER)

    assert draft.contract_id is None
    assert set(draft.candidates) == {"städ-norr", "kontor", "skjuts"}


# ------------------------------------------------------------------ what is asked


def test_three_times_in_the_week_asks_which_days() -> None:
    assert AskFor.WHICH_DAYS in the_draft("Städningen på Kinnaskolan uteblev tre gånger i veckan.").ask


def test_again_asks_when_it_happened_before() -> None:
    assert AskFor.EARLIER_DATES in the_draft("Snöröjningen var inte klar i dag heller").ask


def test_an_invoice_asks_for_its_number_and_whether_it_is_paid() -> None:
    assert {AskFor.INVOICE_NUMBER, AskFor.IS_PAID} <= set(the_draft("Fel pris på fakturan från Nordkontor").ask)


def test_what_has_been_said_is_not_asked() -> None:
    draft = the_draft("Fel pris på faktura 88123 från Nordkontor, den är redan betald")

    assert draft.invoice_number == "88123"
    assert draft.is_paid is True
    assert not {AskFor.INVOICE_NUMBER, AskFor.IS_PAID} & set(draft.ask)


def test_the_supplier_having_been_told_is_not_asked() -> None:
    draft = the_draft("Mjölken kom inte i dag, vi har ringt leverantören")

    assert draft.was_supplier_told is True
    assert AskFor.SUPPLIER_TOLD not in draft.ask


def test_an_amount_with_a_slip_of_the_finger_is_asked_about() -> None:
    draft = the_draft("Fakturan från Nordkontor är fel, 18 4000 kr")

    assert draft.amount_sek is None
    assert AskFor.AMOUNT in draft.ask


def test_a_day_in_the_future_is_asked_about() -> None:
    draft = the_draft("Städningen uteblev på Kinnaskolan 2027-05-05")

    assert draft.occurred_from is None
    assert AskFor.WHEN in draft.ask


def test_of_a_data_incident_no_details_are_asked() -> None:
    assert the_draft("Ärendesystemet har blivit hackat").ask == ()


def test_trouble_of_no_known_kind_is_drafted_and_its_kind_asked_for() -> None:
    draft = the_draft("Hissen känns konstig i dag")

    assert (draft.type, draft.severity, draft.contract_id) == (None, None, "hiss")
    assert draft.ask == (AskFor.TYPE,)


def test_who_says_that_it_is_a_report_gets_a_draft_whatever_was_written() -> None:
    understanding = understood("blrgh", is_report=True)

    assert [draft.type for draft in understanding.drafts] == [None]
    assert AskFor.WHAT in understanding.ask


# ------------------------------------------------------------------ what must not be kept


@pytest.mark.parametrize(
    "text",
    [
        "Kalle 19850713-9809 blev utan hemtjänstmat i två dagar",
        "850713 9809 fick ingen mat",
        "Patienten Anna Berg fick fel mat",
        "En brukare med demens lämnades ensam",
    ],
)
def test_who_points_a_person_out_is_asked_to_write_again_and_no_draft_is_made(text: str) -> None:
    understanding = understood(text)

    assert understanding.personal_data
    assert understanding.drafts == ()
    assert understanding.ask == (AskFor.REWRITE,)
    assert "9809" not in repr(understanding)


def test_what_kind_of_personal_data_it_was_is_told() -> None:
    kinds = understood("Kalle 19850713-9809 blev utan mat").personal_kinds

    assert kinds == {PersonalKind.PERSONAL_NUMBER}


def test_a_restricted_type_marks_the_whole_message() -> None:
    assert understood("Vi misstänker mutor i samband med upphandlingen").restricted
    assert not understood("Mjölken kom inte i dag").restricted


# ------------------------------------------------------------------ moods, languages and noise


@pytest.mark.parametrize(
    "text",
    ["bra jobbat med den där leveransen... eller inte 🙄", "bra jobbat som vanligt, eller hur... suck"],
)
def test_irony_is_asked_about_and_never_taken_for_praise(text: str) -> None:
    understanding = understood(text)

    assert understanding.intent.kind is IntentKind.UNCLEAR
    assert understanding.ask == (AskFor.MEANING,)
    assert understanding.drafts == ()


def test_a_plain_report_with_a_weary_face_is_a_report() -> None:
    assert the_draft("Städningen uteblev igen 🙄").type == "LEV_UTEBLIVEN"


@pytest.mark.parametrize(
    "text",
    [
        "Städningen har inte uteblivit",
        "Allt har fungerat bra",
        "Leveransen kom i tid",
        "Je voudrais signaler un problème",
        "asdfgh",
        "",
        "   ",
        "!!!",
        "🙂",
        "Ni är helt värdelösa",
    ],
)
def test_what_is_no_report_makes_no_draft(text: str) -> None:
    assert understood(text).drafts == ()


def test_the_language_of_the_message_is_known() -> None:
    assert understood("The cleaning company has not shown up").intent.language is Language.EN
    assert understood("Städfirman kom inte", language=Language.EN).intent.language is Language.SV


def test_quotes_dashes_blanks_and_case_make_no_difference() -> None:
    plain = the_draft("Fakturan från Nordkontor är fel, 18 400 men ska vara 15 950")
    odd = the_draft("FAKTURAN  FRÅN\u00a0NORDKONTOR är fel, 18\u202f400 men SKA VARA 15\u00a0950")

    assert (plain.type, plain.amount_sek, plain.contract_id) == (odd.type, odd.amount_sek, odd.contract_id)


def test_line_breaks_part_faults_as_full_stops_do() -> None:
    text = "Städningen uteblev i går\nFakturan från Nordkontor saknar referens"

    assert [draft.type for draft in understood(text).drafts] == ["LEV_UTEBLIVEN", "FAKT_UNDERLAG"]


def test_types_the_organisation_does_not_use_are_not_proposed() -> None:
    few = {code: kind for code, kind in shipped_types().items() if code == "LEV_KVALITET"}
    understanding = read_report(
        "Städningen uteblev i går, det är smutsigt",
        sender=Sender(mail=MANAGER),
        contracts=REGISTER,
        types=few,
        today=SUNDAY,
    )

    assert [draft.type for draft in understanding.drafts] == ["LEV_KVALITET"]


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400), day=st.dates(date(2020, 1, 1), date(2035, 12, 31)), is_report=st.booleans())
def test_any_text_is_read_without_a_fault_of_ours(text: str, day: date, is_report: bool) -> None:
    understanding = understood(text, today=day, is_report=is_report)

    assert not (understanding.personal_data and understanding.drafts)
    for draft in understanding.drafts:
        assert draft.occurred_from is None or draft.occurred_from <= day
        assert draft.contract_id is None or draft.contract_id in draft.candidates


WORDS = st.lists(
    st.sampled_from(
        "städningen uteblev inte igen tre gånger i går på Kinnaskolan fakturan 18 400 men ska vara 15 950 kr sedan fredag "
        "mjölken kom sent leverantören svarar aldrig 08.15-13.40 kvartal 3 vecka 45 den 31 februari för två år sedan "
        "Nordkontor 2026-0147 % ? ! . , och men the was late not Friday 19:75 30/2 99 miljoner tusen hundra".split(),
    ),
    max_size=25,
)


@settings(max_examples=80, deadline=None)
@given(words=WORDS)
def test_any_mixture_of_our_own_words_is_read_without_a_fault_of_ours(words: list[str]) -> None:
    understanding = understood(" ".join(words), is_report=True)

    assert understanding.drafts
    for draft in understanding.drafts:
        assert draft.occurrence_count >= 1
        assert draft.amount_sek is None or draft.amount_sek >= 0


def test_five_thousand_signs_are_read_in_bounded_parts() -> None:
    text = "städningen på Kinnaskolan kom inte, och fakturan var fel. " * 90

    assert 1 <= len(understood(text).drafts) <= 8


def test_reading_the_same_message_again_gives_the_same_answer() -> None:
    text = "Städningen uteblev i går och maten kom sent"

    assert understood(text) == understood(text)
    assert replace(understood(text)) == understood(text)
