"""An import told in words and as JSON."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cards.register_report import refusal_text, report_json, report_text
from cards.texts import Texts
from domain.contract import Contract, Renewal, RenewalKind
from domain.errors import Refused
from domain.identifiers import ContractId, PersonId
from domain.people import Language, Role
from domain.register.columns import REGISTER_VOCABULARY, find_header
from domain.register.contact import Contact
from domain.register.difference import compare
from domain.register.people import read_people
from domain.register.people_difference import compare_people
from domain.register.people_synonyms import PeopleColumn
from domain.register.reading import read_register
from domain.register.report import PeopleReport, RegisterReport
from domain.register.synonyms import RegisterColumn
from tests.support.registers import Table, make_people, make_register

REGISTER = make_register(contracts=30)


def report(table: Table = REGISTER, *stored: Contract) -> RegisterReport:
    reading = read_register([table.sheet()])
    return RegisterReport(
        file_name="register.csv",
        is_dry_run=True,
        sheet_name="",
        header_row=1,
        rows_read=reading.rows_read,
        quarantined=reading.quarantined,
        remarks=reading.remarks,
        file_remarks=reading.file_remarks,
        difference=compare(reading.drafts, stored, reading.header, reading.quarantined_numbers),
        strangers=(Contact(name="Gun Borta", mail="gun@k.example"),),
    )


def people_report() -> PeopleReport:
    reading = read_people([make_people(REGISTER).sheet()])
    stored = [draft.person(PersonId(draft.mail)) for draft in reading.drafts]
    stored[1] = replace(stored[1], roles=frozenset({Role.DPO}), is_listed=False)
    gone = replace(stored[0], person_id=PersonId("x"), mail="borta@k.example", aad_object_id=None)
    return PeopleReport(
        file_name="people.xlsx",
        is_dry_run=False,
        sheet_name="Personal",
        header_row=4,
        rows_read=reading.rows_read,
        quarantined=(),
        remarks=(),
        file_remarks=(),
        difference=compare_people(reading.drafts, [*stored, gone], reading.header),
    )


def changed_contract() -> Contract:
    draft = read_register([REGISTER.sheet()]).drafts[0]
    option = Renewal(kind=RenewalKind.OPTION, count=3, months=7)
    return replace(
        draft.contract(ContractId("c")),
        end_on=date(2026, 12, 31),
        renewal=option,
        annual_value_sek=Decimal(1500),
        area=None,
    )


def test_a_dry_run_says_that_nothing_was_stored() -> None:
    lines = report_text(report(), Language.SV).splitlines()

    assert lines[0] == "Provläsning av register.csv: inget har sparats."
    assert "30 avtal i filen: 30 nya, 0 ändrade, 0 oförändrade." in lines


def test_quarantined_rows_stand_with_number_and_reason() -> None:
    text = report_text(report(REGISTER.having("Gäller fr.o.m.", "i våras", row=0)), Language.SV)

    assert f"Rad 2 ({REGISTER.rows[0][0]}): Startdatum: ”i våras” går inte att läsa som ett datum." in text


def test_a_remark_is_said_once_with_its_rows() -> None:
    text = report_text(report(), Language.SV)

    assert text.count("Klass saknas.") == 1


def test_changes_are_told_from_what_to_what() -> None:
    text = report_text(report(REGISTER, changed_contract()), Language.SV)

    draft = read_register([REGISTER.sheet()]).drafts[0]
    assert f"Slutdatum: 2026-12-31 → {draft.end_on}" in text
    assert "Förlängning: option 3 × 7 månader →" in text
    assert "Årsvärde: 1\u00a0500\u00a0kr →" in text
    assert "Avtalsområde: tomt → Övrigt" in text


def test_long_lists_are_cut_and_counted() -> None:
    assert "… och 10 till" in report_text(report(), Language.SV)


def test_people_are_told_by_name_role_and_whether_they_are_listed() -> None:
    text = report_text(people_report(), Language.SV)

    assert "Rubrikrad: rad 4 på bladet Personal." in text
    assert "Roll: dataskyddsombud → avtalscontroller" in text
    assert "Finns i personfilen: Nej → Ja" in text
    assert "borta@k.example" in text


@pytest.mark.parametrize("language", list(Language))
def test_every_report_can_be_told_in_every_language(language: Language) -> None:
    dirty = REGISTER.having("Org.nr", "nej", row=0).having("Optioner", "se avtal", row=1)

    assert "{" not in report_text(report(dirty, changed_contract()), language)
    assert "{" not in report_text(people_report(), language)


def test_json_tells_what_the_text_tells() -> None:
    told = report_json(report(REGISTER.having("Org.nr", "nej", row=0), changed_contract()))

    assert json.loads(json.dumps(told)) == told
    assert told["rows"] == len(REGISTER.rows)
    assert told["dry_run"] is True
    assert isinstance(told["quarantined"], list)
    assert told["quarantined"][0]["row"] == 2
    assert told["quarantined"][0]["reasons"][0]["key"] == "org_number_unreadable"
    assert told["not_in_people_file"] == ["gun@k.example"]


def test_people_in_json_are_mail_addresses() -> None:
    told = report_json(people_report())

    assert told["unlisted"] == ["borta@k.example"]
    assert json.dumps(told)


def test_a_refusal_names_the_columns_in_words() -> None:
    with pytest.raises(Refused) as refused:
        find_header([Table(headings=("Avtalsnummer", "Pris"), rows=()).sheet()], REGISTER_VOCABULARY)

    text = refusal_text(refused.value, Language.SV)
    assert "Avtalsnamn, Leverantör, Organisationsnummer, Startdatum" in text


@pytest.mark.parametrize("language", list(Language))
def test_every_column_and_role_has_a_name(language: Language) -> None:
    texts = Texts(language)

    assert [column for column in RegisterColumn if not texts.knows(f"register.column.{column}")] == []
    assert [column for column in PeopleColumn if not texts.knows(f"register.person_column.{column}")] == []
    assert [role for role in Role if not texts.knows(f"register.role.{role}")] == []
