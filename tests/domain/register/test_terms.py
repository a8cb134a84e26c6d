"""Class and period of notice."""

import pytest

from domain.contract import ContractClass
from domain.register.cell import Cell
from domain.register.terms import read_class, read_notice_months


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("1", ContractClass.CRITICAL),
        (1, ContractClass.CRITICAL),
        (2.0, ContractClass.HIGH),
        ("Klass 3", ContractClass.MEDIUM),
        ("Klass 1 – Kritiskt avtal", ContractClass.CRITICAL),
        ("2 - Viktigt", ContractClass.HIGH),
        ("Kritiskt", ContractClass.CRITICAL),
        ("kritisk", ContractClass.CRITICAL),
        ("critical", ContractClass.CRITICAL),
        ("Mycket hög", ContractClass.CRITICAL),
        ("Hög", ContractClass.HIGH),
        ("Medel", ContractClass.MEDIUM),
        ("Vanligt avtal", ContractClass.MEDIUM),
        ("Rutinavtal", ContractClass.LOW),
        ("Low", ContractClass.LOW),
        ("class 4", ContractClass.LOW),
    ],
)
def test_classes_have_numbers_and_names(cell: Cell, found: ContractClass) -> None:
    assert read_class(cell).value is found
    assert read_class(cell).remark is None


def test_letters_count_as_numbers_and_it_is_said() -> None:
    reading = read_class("B")

    assert reading.value is ContractClass.HIGH
    assert reading.remark is not None
    assert reading.remark.text_key == "register.class_letter"


@pytest.mark.parametrize("cell", ["5", "0", "icke-kritiskt", "strategisk", "Guld", "1-2", "12", "?!"])
def test_a_class_nobody_knows_leaves_the_contract_unclassified(cell: str) -> None:
    reading = read_class(cell)

    assert reading.value is None
    assert reading.remark is not None
    assert reading.remark.text_key == "register.class_unreadable"


def test_a_number_against_its_word_is_not_decided_here() -> None:
    reading = read_class("Klass 1 Rutinavtal")

    assert reading.value is None
    assert reading.remark is not None
    assert reading.remark.text_key == "register.class_contradicts"


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("6", 6),
        (6, 6),
        (6.0, 6),
        ("3 mån", 3),
        ("3 månader", 3),
        ("tre månader", 3),
        ("90 dagar", 3),
        ("100 dagar", 4),
        ("1 år", 12),
        ("3 months", 3),
        ("Ömsesidig uppsägningstid 3 månader", 3),
        ("6 månader före avtalets utgång", 6),
        ("0", 0),
    ],
)
def test_notice_is_whole_months(cell: Cell, months: int) -> None:
    assert read_notice_months(cell).value == months
    assert read_notice_months(cell).remark is None


@pytest.mark.parametrize("cell", ["enligt avtal", "3-6 mån", "3 mån för köparen, 6 mån för säljaren", "99 år", "-3"])
def test_a_notice_that_could_be_two_things_is_left_out_and_said(cell: str) -> None:
    reading = read_notice_months(cell)

    assert reading.value is None
    assert reading.remark is not None
    assert reading.remark.text_key == "register.notice_unreadable"


def test_a_number_too_large_for_months_is_read_as_days_and_said() -> None:
    reading = read_notice_months("90")

    assert reading.value == 3
    assert reading.remark is not None
    assert reading.remark.text_key == "register.notice_read_as_days"


def test_a_heading_in_days_counts_in_days() -> None:
    assert read_notice_months("30", is_in_days=True).value == 1
