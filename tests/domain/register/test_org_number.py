"""Who a supplier is."""

import pytest

from domain.register.cell import Cell
from domain.register.org_number import SOLE_TRADER, read_org_number


@pytest.mark.parametrize(
    "cell",
    [
        "556036-0793",
        "5560360793",
        5560360793,
        5560360793.0,
        "556036 - 0793",
        "556036\u20130793",
        "165560360793",
        "16556036-0793",
        "SE556036079301",
        "SE 5560360793 01",
        "Org.nr 556036-0793",
        "Organisationsnummer: 556036-0793",
        " 556036-0793\u00a0",
    ],
)
def test_one_number_has_many_spellings(cell: Cell) -> None:
    assert read_org_number(cell).value == "5560360793"
    assert read_org_number(cell).remark is None


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("556036-0794", "org_number_wrong"),
        ("556036-079", "org_number_length"),
        ("55603607931", "org_number_length"),
        ("135560360793", "org_number_length"),
        ("okej AB", "org_number_unreadable"),
        ("556O36-0793", "org_number_unreadable"),
        ("XX", "org_number_unreadable"),
    ],
)
def test_a_wrong_number_names_nobody(cell: Cell, said: str) -> None:
    reading = read_org_number(cell)

    assert reading.value is None
    assert reading.remark is not None
    assert reading.remark.text_key == f"register.{said}"


@pytest.mark.parametrize(
    ("cell", "number"),
    [("DE 123456789", "DE123456789"), ("FI12345678", "FI12345678"), ("NO 987 654 321 MVA", "NO987654321MVA")],
)
def test_a_foreign_supplier_keeps_its_number_with_a_remark(cell: str, number: str) -> None:
    reading = read_org_number(cell)

    assert reading.value == number
    assert reading.remark is not None
    assert reading.remark.text_key == "register.org_number_foreign"


@pytest.mark.parametrize("cell", ["850713-9809", "19850713-9809", "198507139809", "8507139809"])
def test_a_sole_traders_own_number_is_never_kept_nor_repeated(cell: str) -> None:
    reading = read_org_number(cell)

    assert reading.value == SOLE_TRADER
    assert reading.remark is not None
    assert "9809" not in str(reading.remark.values)


def test_a_mistyped_personal_number_is_not_repeated_either() -> None:
    reading = read_org_number("850713-9800")

    assert reading.value is None
    assert reading.remark is not None
    assert "9800" not in str(reading.remark.values)
