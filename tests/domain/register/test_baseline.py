"""What people put right outlives the next import, until the register says something new."""

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.contract import Contract, ContractClass
from domain.identifiers import ContractId
from domain.people import Person
from domain.register.baseline import Baseline, baseline_of
from domain.register.difference import Difference, compare
from domain.register.grouping import ContractDraft
from domain.register.naming import name_people
from domain.register.reading import read_register
from tests.support.registers import Table, make_register
from tests.support.world import person

ID = ContractId("c-1")
_MADE = make_register(contracts=1, seed=3)
FILE = Table(headings=_MADE.headings, rows=_MADE.rows[:1])
NAMELESS = FILE.having("Förvaltarens e-post", "").having("Förvaltare", "Eva Ek")
"""Names the manager and gives no address."""
EVA, BO = person("Eva Ek"), person("Bo Bergh")


def drafted(table: Table, people: Sequence[Person] = ()) -> ContractDraft:
    return name_people(read_register([table.sheet()]).drafts, people).drafts[0]


def said_by(table: Table, people: Sequence[Person] = ()) -> Baseline:
    """The baseline an import of the table left, as it comes back from the store."""
    told: Baseline = json.loads(json.dumps(baseline_of(drafted(table, people))))
    return told


def as_imported(table: Table, people: Sequence[Person] = ()) -> Contract:
    return drafted(table, people).contract(ID)


def later(
    table: Table, contract: Contract, before: Baseline, people: Sequence[Person] = ()
) -> tuple[Contract, Difference]:
    """The contract after the table has been read in, and what the import would tell."""
    reading = read_register([table.sheet()])
    drafts = name_people(reading.drafts, people).drafts
    found = compare(drafts, [contract], reading.header, reading.quarantined_numbers, {ID: before})
    return (found.changed[0].after if found.changed else contract), found


CORRECTIONS: list[dict[str, Any]] = [
    {"manager_mail": "bo.bergh@exempel.example"},
    {"contract_class": ContractClass.CRITICAL},
    {"contract_class": None},
    {"deputy_mail": None},
    {"annual_value_sek": Decimal("1234.50")},
    {"end_on": None},
]


@pytest.mark.parametrize("correction", CORRECTIONS, ids=lambda correction: next(iter(correction)))
def test_a_correction_survives_the_same_file_again_and_is_told(correction: dict[str, Any]) -> None:
    corrected = replace(as_imported(FILE), **correction)

    after, found = later(FILE, corrected, said_by(FILE))

    assert after == corrected
    assert found.baselines == {}
    assert [held.field for held in found.held] == list(correction)
    assert found.held[0].kept == next(iter(correction.values()))


def test_without_a_correction_the_same_file_holds_nothing_back() -> None:
    _, found = later(FILE, as_imported(FILE), said_by(FILE))

    assert (found.changed, found.held, found.baselines) == ((), (), {})


def test_what_the_register_says_anew_goes_before_an_older_correction() -> None:
    corrected = replace(as_imported(FILE), manager_mail=BO.mail)

    after, found = later(FILE.having("Förvaltarens e-post", "ny@exempel.example"), corrected, said_by(FILE))

    assert after.manager_mail == "ny@exempel.example"
    assert found.held == ()
    assert found.baselines[ID]["manager_mail"] == "ny@exempel.example"


def test_a_register_that_catches_up_changes_nothing_and_is_believed_from_then_on() -> None:
    corrected = replace(as_imported(FILE), manager_mail=BO.mail)
    caught_up = FILE.having("Förvaltarens e-post", BO.mail)

    after, found = later(caught_up, corrected, said_by(FILE))
    again, _ = later(FILE.having("Förvaltarens e-post", EVA.mail), after, found.baselines[ID])

    assert (found.changed, found.held) == ((), ())
    assert again.manager_mail == EVA.mail


def test_other_fields_follow_the_register_beside_a_correction() -> None:
    corrected = replace(as_imported(FILE), contract_class=ContractClass.CRITICAL)

    after, found = later(FILE.having("Benämning", "Nytt namn"), corrected, said_by(FILE))

    assert (after.title, after.contract_class) == ("Nytt namn", ContractClass.CRITICAL)
    assert [held.field for held in found.held] == ["contract_class"]


def test_a_class_set_by_people_survives_the_day_the_file_gets_a_class_column() -> None:
    empty = FILE.having("Kritikalitet", "")
    place = FILE.headings.index("Kritikalitet")
    narrow = Table(
        headings=FILE.headings[:place] + FILE.headings[place + 1 :],
        rows=tuple(row[:place] + row[place + 1 :] for row in FILE.rows),
    )
    classified = replace(as_imported(narrow), contract_class=ContractClass.HIGH)

    unfilled, _ = later(empty, classified, said_by(narrow))
    filled, _ = later(FILE.having("Kritikalitet", "Klass 1"), classified, said_by(narrow))

    assert unfilled.contract_class is ContractClass.HIGH
    assert filled.contract_class is ContractClass.CRITICAL


def test_a_contract_the_register_never_spoke_of_takes_what_it_says() -> None:
    after, found = later(FILE, replace(as_imported(FILE), title="Annat"), {})

    assert after.title == FILE.rows[0][2]
    assert found.held == ()
    assert found.baselines[ID] == said_by(FILE)


def test_a_name_found_later_fills_the_part_nobody_has() -> None:
    after, _ = later(NAMELESS, as_imported(NAMELESS), said_by(NAMELESS), [EVA])

    assert after.manager_mail == EVA.mail


def test_a_name_found_later_does_not_go_before_whom_people_have_named() -> None:
    corrected = replace(as_imported(NAMELESS), manager_mail=BO.mail)

    after, found = later(NAMELESS, corrected, said_by(NAMELESS), [EVA, BO])

    assert after.manager_mail == BO.mail
    assert [(held.field, held.said) for held in found.held] == [("manager_mail", "Eva Ek")]


def test_a_new_address_behind_the_same_name_is_followed() -> None:
    married = person("Eva Ek", mail="eva.lind@exempel.example")

    after, _ = later(NAMELESS, as_imported(NAMELESS, [EVA]), said_by(NAMELESS, [EVA]), [married])

    assert after.manager_mail == "eva.lind@exempel.example"


@pytest.mark.parametrize("people", [[], [EVA, person("Eva Ek", mail="eva.ek2@exempel.example")]], ids=["left", "two"])
def test_a_name_that_no_longer_leads_to_one_person_takes_nobody_away(people: list[Person]) -> None:
    managed, handed_on = as_imported(NAMELESS, [EVA]), replace(as_imported(NAMELESS, [EVA]), manager_mail=BO.mail)

    kept, quiet = later(NAMELESS, managed, said_by(NAMELESS, [EVA]), people)
    held, told = later(NAMELESS, handed_on, said_by(NAMELESS, [EVA]), people)

    assert (kept.manager_mail, held.manager_mail) == (EVA.mail, BO.mail)
    assert (len(quiet.held), len(told.held)) == (0, 1)
    assert quiet.baselines == {}


def test_an_address_in_place_of_a_name_is_the_same_person() -> None:
    handed_on = replace(as_imported(NAMELESS, [EVA]), manager_mail=BO.mail)

    after, _ = later(NAMELESS.having("Förvaltarens e-post", EVA.mail), handed_on, said_by(NAMELESS, [EVA]), [EVA])

    assert after.manager_mail == BO.mail
