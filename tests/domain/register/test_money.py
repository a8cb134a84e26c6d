"""Kronor as people type them."""

from decimal import Decimal

import pytest

from domain.register.cell import Cell
from domain.register.money import THOUSANDS, read_money, unit_named


@pytest.mark.parametrize(
    ("cell", "kronor"),
    [
        ("3 818 000", 3818000),
        ("3 818 000 kr", 3818000),
        ("3\u00a0818\u00a0000,00", 3818000),
        ("3\u202f818\u202f000 kr", 3818000),
        ("3\u2009818\u2009000", 3818000),
        ("11454000", 11454000),
        ("1 234,50", "1234.50"),
        ("1234.5", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("250.000", 250000),
        ("250,000", 250000),
        ("SEK 250 000", 250000),
        ("250 000 SEK", 250000),
        ("250 000:-", 250000),
        ("250 000,-", 250000),
        ("ca 500 tkr", 500000),
        ("500 kkr", 500000),
        ("500 TSEK", 500000),
        ("1,2 mkr", 1200000),
        ("1.2 Mkr", 1200000),
        ("1,234 mkr", 1234000),
        ("12 MSEK", 12000000),
        ("2 miljoner kr", 2000000),
        ("400 000 kr/år", 400000),
        ("400 000 kr per år exkl. moms", 400000),
        ("1'000'000", 1000000),
        (3818000, 3818000),
        (1234.5, "1234.50"),
        (Decimal("99.9"), "99.90"),
        ("0", 0),
    ],
)
def test_money_is_read_to_the_ore(cell: Cell, kronor: int | str) -> None:
    assert read_money(cell).value == Decimal(kronor)
    assert read_money(cell).remark is None


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("enligt prislista", "money_unreadable"),
        ("500-700 tkr", "money_unreadable"),
        ("12 34", "money_unreadable"),
        ("1.2.3", "money_unreadable"),
        ("10 000 EUR", "money_foreign"),
        ("€ 10 000", "money_foreign"),
        ("-500", "money_negative"),
        (-500, "money_negative"),
        (float("nan"), None),
        (float("inf"), "money_unreadable"),
        ("9 999 999 999 mkr", "money_too_large"),
        (True, "money_unreadable"),
    ],
)
def test_what_is_no_sum_in_kronor_is_said_and_left_out(cell: Cell, said: str | None) -> None:
    reading = read_money(cell)

    assert reading.value is None
    assert (reading.remark.text_key if reading.remark else None) == (said and f"register.{said}")


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "–", "Saknas", "#SAKNAS!"])
def test_an_empty_cell_says_nothing(cell: Cell) -> None:
    assert read_money(cell).value is None
    assert read_money(cell).remark is None


def test_a_column_in_thousands_counts_bare_numbers_in_thousands() -> None:
    assert read_money("4 850", unit=THOUSANDS).value == 4850000
    assert read_money(4850, unit=THOUSANDS).value == 4850000
    assert read_money("1,5", unit=THOUSANDS).value == 1500


def test_a_unit_in_the_cell_goes_before_the_headings() -> None:
    assert read_money("2 mkr", unit=THOUSANDS).value == 2000000
    assert read_money("4 850 000 kr", unit=THOUSANDS).value == 4850000


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Årsvärde (tkr)", 1000),
        ("Årsvärde, kkr", 1000),
        ("Takvolym i Mkr", 1000000),
        ("Värde SEK", 1),
        ("Årsvärde", None),
    ],
)
def test_headings_tell_their_unit(heading: str, unit: int | None) -> None:
    assert unit_named(heading) == unit
