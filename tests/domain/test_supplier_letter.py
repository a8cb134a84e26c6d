"""A draft of a letter to a supplier says what was agreed and what happened, shows its gaps, and judges nothing."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case_file import CaseLetter, LetterKind, Sighting
from domain.contract import ContractClass
from domain.contract_right import ContractRight, RightKind
from domain.deviation import Severity
from domain.errors import RuleBookInvalid
from domain.identifiers import ContractId, DeviationId, LetterId, SightingId
from domain.letter_facts import LetterFacts, Sender, proposed_answer_day
from domain.letter_reading import VERDICT, parse_letters
from domain.letter_template import LETTER_FILES, LetterBook, SenderRole
from domain.letter_text import as_text, from_text
from domain.people import Language
from domain.supplier_letter import LetterSection, LetterTable, SupplierLetter, supplier_letter
from tests.support.deviations import NOON, RULEBOOK, TODAY, calendar, deviation, shipped_rules, shipped_types
from tests.support.world import contract, person

KINDS = tuple(LetterKind)
SV = Language.SV
TO_SUPPLIER = tuple(kind for kind in LetterKind if kind is not LetterKind.DIALOGUE_NOTE)


def letter_tables() -> dict[str, dict[str, Any]]:
    folder = RULEBOOK / "letters"
    return {stem: tomllib.loads((folder / f"{stem}.toml").read_text(encoding="utf-8")) for stem in LETTER_FILES}


@cache
def book() -> LetterBook:
    return parse_letters(letter_tables())


def facts(**changes: Any) -> LetterFacts:  # noqa: ANN401 - any field of the facts
    known: dict[str, Any] = {
        "deviation": deviation(),
        "contract": contract("2026-0147"),
        "kind": shipped_types()["LEV_UTEBLIVEN"],
        "sightings": (),
        "letters": (),
        "rights": (),
        "sender": Sender(role=SenderRole.MANAGER, person=person("Mia Manager")),
        "contact": person("Mia Manager"),
        "answer_due_on": date(2026, 12, 4),
        "today": TODAY,
    }
    return LetterFacts(**known | changes)


def told() -> LetterFacts:
    """A case about which everything is known."""
    return facts(
        deviation=deviation(
            agreed="Städning varje vardag före klockan 7.",
            requirement="bilaga 2, punkt 4.1",
            consequence="Två klassrum fick hållas stängda.",
            requested_action="Städa om senast fredag.",
            amount_sek=Decimal(18400),
            invoice_number="F-1001",
            registry_number="KS 2026/44",
            supplier_told_whom="Bo Ek",
            supplier_told_how="phone",
            supplier_notified_at=NOON,
            promised_on=date(2026, 11, 27),
        ),
        rights=(
            ContractRight(
                contract_id=ContractId("c1"),
                kind=RightKind.PENALTY,
                clause="§ 7.2",
                terms="5 000 kr per påbörjad vecka, högst tio veckor",
            ),
        ),
    )


def written(kind: LetterKind, known: LetterFacts, language: Language = Language.SV) -> str:
    return as_text(supplier_letter(book(), kind, known, language))


def seen(day: date | None, words: str = "Det hände igen.", **changes: Any) -> Sighting:  # noqa: ANN401
    known: dict[str, Any] = {
        "sighting_id": SightingId(f"s-{day}-{words}"),
        "deviation_id": DeviationId("d1"),
        "reported_by": "annan@kommun.example",
        "reported_at": NOON,
        "words": words,
        "occurred_from": day,
    }
    return Sighting(**known | changes)


def test_a_complaint_says_what_was_agreed_what_happened_what_is_asked_and_by_when() -> None:
    text = written(LetterKind.COMPLAINT, told())

    for said in (
        "Reklamation, 2026-0147: Leveransen uteblev",
        "Till: Renhus Väst AB, Bo Ek",
        "Städning varje vardag före klockan 7.",
        "bilaga 2, punkt 4.1",
        "Städningen uteblev.",
        "18 400 kr",
        "faktura F-1001",
        "Två klassrum fick hållas stängda.",
        "Städa om senast fredag.",
        "senast den 2026-12-04",
        "Kommunen förbehåller sig samtliga rättigheter enligt avtalet.",
        "Diarienummer: KS 2026/44",
        "Mia Manager, avtalsförvaltare",
        "mia.manager@exempel.example",
    ):
        assert said in text


def test_a_letter_about_which_all_is_known_has_no_gaps() -> None:
    assert supplier_letter(book(), LetterKind.COMPLAINT, told(), Language.SV).gaps == ()


def test_what_is_not_known_is_a_gap_in_the_order_of_the_letter() -> None:
    letter = supplier_letter(book(), LetterKind.COMPLAINT, facts(), Language.SV)

    assert letter.gaps == (
        "mottagarens namn",
        "vad avtalet säger",
        "vilken punkt i avtalet",
        "vad felet har lett till",
        "vad leverantören ska göra",
    )


def test_gaps_are_said_in_the_language_of_the_letter() -> None:
    letter = supplier_letter(book(), LetterKind.COMPLAINT, facts(), Language.EN)

    assert "[fill in: what the contract says]" in as_text(letter)


def test_a_registry_number_that_is_not_known_is_said_to_be_on_its_way() -> None:
    assert "Diarienummer: registreras" in written(LetterKind.COMPLAINT, facts())


def test_which_of_several_suppliers_it_concerns_is_left_to_a_person() -> None:
    framework = contract("2026-0147")
    both = replace(framework, suppliers=(*framework.suppliers, replace(framework.suppliers[0], name="Putsa AB")))

    letter = supplier_letter(book(), LetterKind.COMPLAINT, facts(contract=both), Language.SV)

    assert "vilken leverantör det gäller" in letter.gaps


def test_every_occasion_stands_in_the_table_in_order_of_time() -> None:
    known = facts(
        sightings=(seen(TODAY + timedelta(days=2), "08.15-13.40 stod det still."), seen(TODAY - timedelta(days=4)))
    )

    rows = _table(supplier_letter(book(), LetterKind.COMPLAINT, known, Language.SV)).rows

    assert [row[0] for row in rows] == ["2026-11-16", "2026-11-20", "2026-11-22"]
    assert rows[2][-1] == "08.15-13.40 stod det still."


def test_the_report_that_is_also_a_sighting_stands_in_the_table_once() -> None:
    case = deviation()
    known = facts(sightings=(seen(TODAY, case.description, reported_by=case.reported_by),))

    assert len(_table(supplier_letter(book(), LetterKind.COMPLAINT, known, Language.SV)).rows) == 1


def test_the_days_a_reporter_has_named_stand_one_to_a_row_however_they_were_kept() -> None:
    days = (TODAY - timedelta(days=7), TODAY)
    case = deviation(occurred_days=days, occurrence_count=2, occurred_from=days[0], occurred_to=days[1])
    kept = tuple(seen(day, "", reported_by=case.reported_by) for day in days)

    for sightings in ((), kept):
        rows = _table(
            supplier_letter(book(), LetterKind.COMPLAINT, facts(deviation=case, sightings=sightings), SV)
        ).rows
        assert [row[0] for row in rows] == ["2026-11-13", "2026-11-20"]


def test_a_day_that_two_have_seen_is_one_occasion_with_what_both_noted() -> None:
    known = facts(sightings=(seen(TODAY, "Ingen kom."), seen(TODAY, "Låst dörr.", reported_by="tredje@kommun.example")))

    [row] = _table(supplier_letter(book(), LetterKind.COMPLAINT, known, SV)).rows

    assert row == ("2026-11-20", "Ingen kom.; Låst dörr.")


def test_the_occasions_add_up_to_what_the_case_says() -> None:
    known = facts(deviation=deviation(occurrence_count=3), sightings=(seen(TODAY - timedelta(days=7)),))

    table = _table(supplier_letter(book(), LetterKind.COMPLAINT, known, SV))

    assert sum(int(row[table.header.index("Antal")]) for row in table.rows) == 3


def test_a_joint_case_lists_the_deviations_it_is_made_of_and_not_itself() -> None:
    joint = deviation(source="joint:1", occurrence_count=2, description="Flera små avvikelser.")
    sightings = (seen(TODAY - timedelta(days=9), "AVV-2026-0002"), seen(TODAY - timedelta(days=2), "AVV-2026-0003"))

    rows = _table(supplier_letter(book(), LetterKind.COMPLAINT, facts(deviation=joint, sightings=sightings), SV)).rows

    assert [row[-1] for row in rows] == ["AVV-2026-0002", "AVV-2026-0003"]


def test_what_the_reporter_has_added_is_told_too() -> None:
    case = deviation(additions=("Det var tredje gången.",))

    assert "Det var tredje gången." in written(LetterKind.COMPLAINT, facts(deviation=case))


def test_an_occasion_without_a_day_is_a_gap() -> None:
    letter = supplier_letter(book(), LetterKind.COMPLAINT, facts(deviation=deviation(occurred_from=None)), Language.SV)

    assert "dag eller dagar när det hände" in letter.gaps


def test_columns_that_would_say_nothing_are_left_out() -> None:
    assert _table(supplier_letter(book(), LetterKind.COMPLAINT, facts(), Language.SV)).header == ("Dag",)


def test_letters_sent_and_talks_held_before_are_listed() -> None:
    sent = CaseLetter(
        letter_id=LetterId("l1"),
        deviation_id=DeviationId("d1"),
        kind=LetterKind.COMPLAINT,
        template_version=1,
        language="sv",
        text="",
        answer_due_on=None,
        drafted_by="clock",
        drafted_at=NOON,
        sent_on=date(2026, 11, 25),
    )

    text = written(LetterKind.PLAN_REQUEST, replace(told(), letters=(sent,)))

    assert "2026-11-20: kontakt, telefon" in text
    assert "2026-11-25: skriftlig reklamation" in text


def test_a_warning_tells_what_may_follow_in_the_words_of_the_contract() -> None:
    text = written(LetterKind.WARNING, told())

    assert "Vite (§ 7.2): 5 000 kr per påbörjad vecka, högst tio veckor" in text


def test_a_warning_without_registered_rights_leaves_what_may_follow_to_a_person() -> None:
    letter = supplier_letter(book(), LetterKind.WARNING, facts(), Language.SV)

    assert "vad avtalet säger om fortsatta fel" in letter.gaps


def test_a_note_of_a_talk_is_our_own_and_asks_nobody_for_an_answer() -> None:
    text = written(LetterKind.DIALOGUE_NOTE, told())

    assert "skickas inte till leverantören" in text
    assert "förbehåller" not in text
    assert "Ska vara klart: 2026-11-27" in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", Language)
def test_no_letter_judges(kind: LetterKind, language: Language) -> None:
    assert not VERDICT.search(written(kind, told(), language))
    assert not VERDICT.search(written(kind, facts(), language))


@pytest.mark.parametrize("kind", TO_SUPPLIER)
def test_every_letter_to_a_supplier_reserves_all_rights(kind: LetterKind) -> None:
    assert "förbehåller sig samtliga rättigheter" in written(kind, facts())


def test_a_personal_number_that_was_stored_before_anybody_looked_is_blotted_out() -> None:
    text = written(LetterKind.COMPLAINT, facts(deviation=deviation(consequence="Det drabbade 850713-9809 hårt.")))

    assert "850713" not in text


def test_the_reporter_is_not_named() -> None:
    assert "rapport@kommun.example" not in written(LetterKind.COMPLAINT, told())


def test_the_supplier_is_given_the_working_days_of_the_ladder_to_answer() -> None:
    known = facts(contract=contract("2026-0147", contract_class=ContractClass.HIGH))

    assert proposed_answer_day(LetterKind.COMPLAINT, known, shipped_rules(), calendar()) == date(2026, 12, 4)


def test_the_contracts_own_time_to_answer_goes_before_the_ladders() -> None:
    right = ContractRight(contract_id=ContractId("c1"), kind=RightKind.ANSWER_TIME, limit_days=5)

    due_on = proposed_answer_day(LetterKind.COMPLAINT, facts(rights=(right,)), shipped_rules(), calendar())

    assert due_on == TODAY + timedelta(days=5)


def test_a_minor_fault_gets_the_time_of_a_moderate_one_and_a_note_none() -> None:
    known = facts(
        deviation=deviation(severity=Severity.MINOR),
        contract=contract("2026-0147", contract_class=ContractClass.HIGH),
    )

    assert proposed_answer_day(LetterKind.COMPLAINT, known, shipped_rules(), calendar()) == date(2026, 12, 4)
    assert proposed_answer_day(LetterKind.DIALOGUE_NOTE, known, shipped_rules(), calendar()) is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("known", [facts(), told()], ids=["little", "all"])
def test_a_kept_text_reads_back_as_the_same_letter(kind: LetterKind, known: LetterFacts) -> None:
    letter = supplier_letter(book(), kind, known, Language.SV)

    assert from_text(as_text(letter)) == letter


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_somebody_wrote_reads_back_as_it_was(demand: str, place: str) -> None:
    case = deviation(requested_action=demand, location=place, description=f"{place} | {demand}")
    letter = supplier_letter(book(), LetterKind.COMPLAINT, facts(deviation=case), Language.SV)

    assert from_text(as_text(letter)) == letter


def test_a_line_that_looks_like_a_heading_or_a_row_is_kept_as_a_line() -> None:
    letter = SupplierLetter(
        title="Brev",
        sections=(LetterSection(heading="Krav", paragraphs=("## inte en rubrik", "| inte en rad", "\\## två")),),
    )

    assert from_text(as_text(letter)) == letter


# ------------------------------------------------------------------ the templates


def _faults(stem: str, **changes: Any) -> tuple[str, ...]:  # noqa: ANN401 - any key of a file
    tables = letter_tables()
    tables[stem] = {**tables[stem], **changes}
    with pytest.raises(RuleBookInvalid) as invalid:
        parse_letters(tables)
    return invalid.value.faults


def test_a_template_that_judges_is_refused_by_file_and_key() -> None:
    faults = _faults("letter_warning", title={"sv": "Avtalsbrott: {fault}", "en": "Warning: {fault}"})

    assert len(faults) == 1
    assert faults[0].startswith("letter_warning.toml:title: must not say 'Avtalsbrott'")


def test_an_unknown_slot_and_one_missing_in_a_language_are_both_named() -> None:
    faults = _faults("letter_complaint", title={"sv": "{felet}", "en": "{case}"})
    assert any("letter_complaint.toml:title: has the slot {felet}" in fault for fault in faults)

    faults = _faults("letter_complaint", title={"sv": "{fault}", "en": "{case}"})
    assert any("same slots" in fault for fault in faults)


def test_a_slot_with_a_width_or_open_braces_is_refused() -> None:
    assert _faults("letter_complaint", title={"sv": "{fault:>999999999}", "en": "{fault}"})
    assert any("braces" in fault for fault in _faults("letter_complaint", title={"sv": "{fault", "en": "{fault}"}))


def test_a_complaint_without_demand_or_reservation_is_refused() -> None:
    sections = [
        section
        for section in letter_tables()["letter_complaint"]["sections"]
        if section["id"] not in {"demand", "reservation"}
    ]

    faults = _faults("letter_complaint", sections=sections)

    assert any("{demand}" in fault for fault in faults)
    assert any("reservation" in fault for fault in faults)


def test_a_missing_file_is_named() -> None:
    tables = letter_tables()
    del tables["letter_warning"]

    with pytest.raises(RuleBookInvalid, match=r"letter_warning.toml: is missing"):
        parse_letters(tables)


def test_a_template_without_a_source_is_refused() -> None:
    tables = letter_tables()
    del tables["letter_complaint"]["source"]

    with pytest.raises(RuleBookInvalid, match=r"letter_complaint.toml:kind: has no source"):
        parse_letters(tables)


def _table(letter: SupplierLetter) -> LetterTable:
    return next(section.table for section in letter.sections if section.table)
