"""Dates in the shapes exports have."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.register.cell import Cell
from domain.register.dates import read_date


@pytest.mark.parametrize(
    "cell",
    [
        "2027-03-28",
        "2027-3-28",
        "2027-03-28 00:00:00",
        "2027-03-28T00:00:00",
        "20270328",
        20270328,
        "2027/03/28",
        "2027.03.28",
        "28/03 2027",
        "28/3 2027",
        "28/3/2027",
        "28.03.2027",
        "28-03-2027",
        "28/3 -27",
        "27-03-28",
        "270328",
        "28 mars 2027",
        "den 28 mars 2027",
        "28 mar 2027",
        "28 mar. 2027",
        "28-mar-2027",
        "28 March 2027",
        "March 28, 2027",
        "28th March 2027",
        46474,
        46474.0,
        46474.6,
        20270328.0,
        "46474",
        date(2027, 3, 28),
        datetime(2027, 3, 28, 14, 30),  # noqa: DTZ001 - Excel knows no zones
        " 2027-03-28\u00a0",
    ],
)
def test_the_day_is_read_whatever_the_shape(cell: Cell) -> None:
    assert read_date(cell).value == date(2027, 3, 28)
    assert read_date(cell).remark is None


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("mars 2027", "date_without_day"),
        ("2027-03", "date_without_day"),
        ("2027", "date_without_day"),
        ("03/2027", "date_without_day"),
        ("2027-02-30", "date_unreadable"),
        ("31/02/2027", "date_unreadable"),
        ("12/31/2027", "date_unreadable"),
        ("snarast", "date_unreadable"),
        ("2027-13-01", "date_unreadable"),
        ("28 mors 2027", "date_unreadable"),
        ("0001-01-01", "date_too_early"),
        ("1900-01-01", "date_too_early"),
        ("######", "date_unreadable"),
        (12.5, "date_unreadable"),
        (True, "date_unreadable"),
        (float("inf"), "date_unreadable"),
        ("²", "date_unreadable"),
    ],
)
def test_a_day_that_would_be_a_guess_is_refused(cell: Cell, said: str) -> None:
    reading = read_date(cell)

    assert reading.value is None
    assert reading.remark is not None
    assert reading.remark.text_key == f"register.{said}"


@given(
    st.dates(min_value=date(1950, 1, 1)), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d/%m %Y", "%d.%m.%Y", "%Y/%m/%d"])
)
def test_every_day_survives_every_shape(day: date, shape: str) -> None:
    assert read_date(day.strftime(shape)).value == day
