"""Days and longer times worked out from the words for them: weeks, months, quarters, seasons, holidays."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
"""Dates outside these years are slips of the finger."""


class Bias(StrEnum):
    """Which way a date without a year points: reports tell of the past, plans of the future."""

    PAST = "past"
    FUTURE = "future"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From the first day to the last."""

    start: date
    end: date


def one_day(day: date) -> Span:
    return Span(start=day, end=day)


def a_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is none."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, count: int) -> date:
    """So many months on, kept within the month."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_span(year: int, month: int) -> Span:
    return Span(start=date(year, month, 1), end=date(year, month, monthrange(year, month)[1]))


def week_span(day: date) -> Span:
    """Monday to Sunday around the day."""
    monday = day - timedelta(days=day.weekday())
    return Span(start=monday, end=monday + timedelta(days=6))


def iso_week(year: int, week: int) -> Span | None:
    try:
        return week_span(date.fromisocalendar(year, week, 1))
    except ValueError:
        return None


def quarter_span(year: int, quarter: int, *, months: int = 3) -> Span:
    """Quarter 1-4, or with `months=4` tertial 1-3."""
    first = date(year, (quarter - 1) * months + 1, 1)
    return Span(start=first, end=add_months(first, months) - DAY)


def nearest_year(month: int, day: int, today: date, bias: Bias) -> date | None:
    """The day and month in the year that the bias points to."""
    found = [moment for year in (-1, 0, 1, 2) if (moment := a_date(today.year + year, month, day))]
    if bias is Bias.PAST:
        found = [moment for moment in found if moment <= today] or found
        return max(found, default=None)
    if bias is Bias.FUTURE:
        found = [moment for moment in found if moment >= today] or found
        return min(found, default=None)
    return min(found, key=lambda moment: abs((moment - today).days), default=None)


def weekday_near(weekday: int, today: date, bias: Bias, *, may_be_today: bool) -> date:
    """The nearest such weekday in the past or the future."""
    if bias is Bias.FUTURE:
        ahead = (weekday - today.weekday()) % 7
        return today + timedelta(days=ahead if ahead or may_be_today else 7)
    back = (today.weekday() - weekday) % 7
    return today - timedelta(days=back if back or may_be_today else 7)


def easter(year: int) -> date:
    """Easter Day by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def unit_span(known: Mapping[str, Any], today: date) -> Span:
    """A span of the vocabulary, such as `{unit = "week", offset = -1}`."""
    offset = int(known["offset"])
    match known["unit"]:
        case "week":
            return week_span(today + offset * WEEK)
        case "weekend":
            saturday = week_span(today).start + timedelta(days=5)
            saturday = saturday if saturday <= today else saturday - WEEK
            return Span(start=saturday + offset * WEEK, end=saturday + DAY + offset * WEEK)
        case "month":
            first = add_months(today.replace(day=1), offset)
            return month_span(first.year, first.month)
        case "quarter":
            first = add_months(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), 3 * offset)
            return Span(start=first, end=add_months(first, 3) - DAY)
        case "season":
            return _season(known["months"], offset, today)
        case _:
            year = today.year + offset
            return Span(start=date(year, 1, 1), end=date(year, 12, 31))


def _season(months: list[int], offset: int, today: date) -> Span:
    first, last = months
    length = (last - first) % 12 + 1
    starts = [date(today.year + year, first, 1) for year in (-1, 0, 1)]
    if offset < 0:
        start = max(day for day in starts if day <= today)
    else:
        start = min(day for day in starts if add_months(day, length) > today)
    return Span(start=start, end=add_months(start, length) - DAY)


def holiday_span(known: Mapping[str, Any], today: date) -> Span | None:
    """The coming (or present) holiday, feast or weekend of the vocabulary."""
    if known.get("weekend"):
        saturday = week_span(today).start + timedelta(days=5)
        return Span(start=saturday, end=saturday + DAY)
    if known.get("month_end"):
        return one_day(month_span(today.year, today.month).end)
    found = [span for year in (-1, 0, 1) if (span := _holiday_in(known, today.year + year))]
    coming = [span for span in found if span.end >= today]
    return min(coming, key=lambda span: span.start, default=None)


def _holiday_in(known: Mapping[str, Any], year: int) -> Span | None:
    if "week" in known:
        return iso_week(year, int(known["week"]))
    if "easter" in known:
        first, last = known["easter"]
        return Span(start=easter(year) + first * DAY, end=easter(year) + last * DAY)
    start = _month_day(known["from"], year)
    end = _month_day(known["to"], year)
    return Span(start=start, end=end if end >= start else _month_day(known["to"], year + 1))


def _month_day(written: str, year: int) -> date:
    month, day = (int(part) for part in written.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))
