"""What a register says about the end of a contract."""

import pytest

from domain.contract import Renewal, RenewalKind
from domain.register.cell import Cell
from domain.register.renewal import is_open_ended, read_renewal


def option(count: int, months: int) -> Renewal:
    return Renewal(kind=RenewalKind.OPTION, count=count, months=months)


@pytest.mark.parametrize(
    ("cell", "count", "months"),
    [
        ("2 x 12 mån", 2, 12),
        ("2x12 månader", 2, 12),
        ("2 × 12 mån", 2, 12),
        ("2*12 mån", 2, 12),
        ("2 ggr 12 mån", 2, 12),
        ("2 gånger 1 år", 2, 12),
        ("två gånger ett år", 2, 12),
        ("2 optioner om 12 månader", 2, 12),
        ("2 optioner à 1 år", 2, 12),
        ("12 mån x 2", 2, 12),
        ("1+1 år", 2, 12),
        ("1 + 1 år", 2, 12),
        ("(1+1) år", 2, 12),
        ("1 år + 1 år", 2, 12),
        ("12 mån + 12 mån", 2, 12),
        ("12+12 mån", 2, 12),
        ("12+12", 2, 12),
        ("1+1", 2, 12),
        ("1+1+1 år", 3, 12),
        ("36 mån (12+12+12)", 3, 12),
        ("Option 1 år", 1, 12),
        ("Option 1+1 år", 2, 12),
        ("1 x 12 mån", 1, 12),
        ("24 månader", 1, 24),
        ("24 mån", 1, 24),
        ("Upp till 24 månader", 1, 24),
        ("max 2 år", 1, 24),
        ("1,5 år", 1, 18),
        ("Kan förlängas 2 år", 1, 24),
        ("2 års förlängning", 1, 24),
        ("Option 12 mån, 3 mån före avtalsslut", 1, 12),
        ("Förlängning 1 år t.o.m. 2028-12-31", 1, 12),
        ("Ja, 1+1 år", 2, 12),
        ("2 x 12 months", 2, 12),
        ("1 year option", 1, 12),
        ("two options of 12 months", 2, 12),
        ("2 years", 1, 24),
        ("1y + 1y", 2, 12),
        (24, 1, 24),
        (2, 1, 24),
        ("Ingen automatisk förlängning, option 1 år", 1, 12),
    ],
)
def test_options_are_counted(cell: Cell, count: int, months: int) -> None:
    assert read_renewal(cell).value == option(count, months)
    assert read_renewal(cell).remark is None


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("Förlängs automatiskt 12 mån om inte uppsagt", 12),
        ("Förlängs med 12 månader om avtalet inte sägs upp senast 3 mån före", 12),
        ("Automatisk förlängning 1 år i taget", 12),
        ("automatiskt 6 mån, uppsägning 3 mån före", 6),
        ("Auto-renews 12 months unless terminated", 12),
        ("Automatic renewal, 24 months", 24),
    ],
)
def test_a_contract_that_renews_itself_tells_for_how_long(cell: str, months: int) -> None:
    assert read_renewal(cell).value == Renewal(kind=RenewalKind.AUTOMATIC, months=months)
    assert read_renewal(cell).remark is None


@pytest.mark.parametrize(
    "cell", ["Tillsvidare", "tills vidare", "Tillsvidare, 3 mån uppsägning", "Until further notice", "Evergreen"]
)
def test_open_ended_contracts_are_known(cell: str) -> None:
    assert is_open_ended(cell)
    assert read_renewal(cell).value == Renewal(kind=RenewalKind.OPEN_ENDED)


@pytest.mark.parametrize(
    "cell",
    ["Nej", "Ingen", "Ingen option", "Inga optioner kvar", "0", 0, "No", "No extension", "Ej automatisk", "Utnyttjad"],
)
def test_a_no_is_a_no(cell: Cell) -> None:
    assert read_renewal(cell).value == Renewal(kind=RenewalKind.NONE)
    assert read_renewal(cell).remark is None


@pytest.mark.parametrize("cell", ["Ja", "Yes", "Möjlig", "Option finns", "Automatisk", "Automatic"])
def test_an_extension_of_unknown_length_is_said(cell: str) -> None:
    reading = read_renewal(cell)

    assert reading.value is not None
    assert reading.value.months == 0
    assert reading.remark is not None
    assert reading.remark.text_key == "register.renewal_length_unknown"


@pytest.mark.parametrize(
    "cell", ["enligt avtal", "se bilaga 3", "999 x 99 år", "1000000 x 1 mån", "0,3 år", "inte mer än 24 mån"]
)
def test_what_cannot_be_read_is_said(cell: str) -> None:
    reading = read_renewal(cell)

    assert reading.value is None
    assert reading.remark is not None
    assert reading.remark.text_key == "register.renewal_unreadable"


def test_unequal_terms_are_counted_by_the_first_and_said() -> None:
    reading = read_renewal("1+2 år")

    assert reading.value == option(2, 12)
    assert reading.remark is not None
    assert reading.remark.text_key == "register.renewal_unequal"


def test_the_period_that_already_runs_is_no_option() -> None:
    assert read_renewal("2+1+1 år", period_months=24).value == option(2, 12)
    assert read_renewal("1+1 år", period_months=12).value == option(2, 12)


def test_the_heading_tells_what_a_bare_number_counts() -> None:
    assert read_renewal(2, unit_months=1).value == option(1, 2)
    assert read_renewal("2", unit_months=12).value == option(1, 24)
    assert read_renewal("1+1", unit_months=12).value == option(2, 12)
