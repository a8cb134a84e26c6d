"""Dates in the shapes exports have. What lacks a day, or could be two dates, is refused rather than guessed."""

import re
from datetime import date, datetime, timedelta
from math import isfinite

from domain.register.cell import Cell, Reading, read_text, text_of, unreadable

_EXCEL_ORIGIN = date(1899, 12, 30)
_EXCEL_DAYS = range(18_000, 80_000)
"""Day numbers of Excel between 1949 and 2119: no other five-digit number stands in a date column."""
_EARLIEST = date(1950, 1, 1)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "mars march mar mrs",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = r"(?:[t ]\d{1,2}[:.]\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(?P<y>\d{{4}})(?P<s>[-/. ])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_TIME}")
_COMPACT = re.compile(rf"(?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}}){_TIME}")
_SHORT_YEAR_FIRST = re.compile(r"(?P<y>\d{2})(?P<s>-?)(?P<m>\d{2})(?P=s)(?P<d>\d{2})")
_DAY_FIRST = re.compile(rf"(?P<d>\d{{1,2}})\s?[-/.]\s?(?P<m>\d{{1,2}})[-/.\s]\s?[-']?(?P<y>\d{{4}}|\d{{2}}){_TIME}")
_NAMED_MONTH = re.compile(r"(?:den )?(?P<d>\d{1,2})(?:st|nd|rd|th|:e|:a|e)?[ .-]+(?P<m>[a-z]+)[ .,-]+(?P<y>\d{4})")
_MONTH_FIRST = re.compile(r"(?P<m>[a-z]+)\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})")
_SHAPES = (_YEAR_FIRST, _COMPACT, _SHORT_YEAR_FIRST, _DAY_FIRST, _NAMED_MONTH, _MONTH_FIRST)
_WITHOUT_DAY = re.compile(r"[a-z]+\.? \d{4}|\d{4}|\d{4}[-/. ]\d{1,2}|\d{1,2}[-/]\d{4}")


def read_date(cell: Cell) -> Reading[date]:
    """The day, without the time of day. Numbers with slashes or dots are read day first, as in Sweden."""
    if isinstance(cell, date):
        return _checked(cell, cell.date() if isinstance(cell, datetime) else cell)
    text = read_text(cell)
    if text is None:
        return Reading()
    serial = _excel_day(cell, text)
    if serial is not None:
        return _checked(cell, serial)
    lowered = text.casefold()
    match = next((found for shape in _SHAPES if (found := shape.fullmatch(lowered))), None)
    if match is None:
        key = "register.date_without_day" if _WITHOUT_DAY.fullmatch(lowered) else "register.date_unreadable"
        return Reading(remark=unreadable(key, cell))
    return _checked(cell, _date(match["y"], match["m"], match["d"]))


def _excel_day(cell: Cell, text: str) -> date | None:
    """A day as the number Excel keeps it by, which shows where a cell has lost its format; a part of a day is dropped."""
    number = cell if isinstance(cell, float) else int(text) if text.isdecimal() else None
    is_day = number is not None and isfinite(number) and int(number) in _EXCEL_DAYS
    return _EXCEL_ORIGIN + timedelta(days=int(number)) if is_day and number is not None else None


def _date(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.get(month, 0)
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))  # noqa: PLR2004 - two digits
    except ValueError:
        return None


def _checked(cell: Cell, day: date | None) -> Reading[date]:
    if day is None:
        return Reading(remark=unreadable("register.date_unreadable", text_of(cell)))
    if day < _EARLIEST:
        return Reading(remark=unreadable("register.date_too_early", cell))
    return Reading(value=day)
