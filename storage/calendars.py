"""The Swedish red days, handed to the rules as a plain value."""

from collections.abc import Iterable
from functools import lru_cache

import holidays

from domain.working_days import WorkingCalendar


def swedish_calendar(first_year: int, last_year: int, blackout_weeks: Iterable[int]) -> WorkingCalendar:
    """Working days from the first to the last year, both included.

    Midsummer Eve, Christmas Eve and New Year's Eve are free by custom rather than by law (`de_facto`).
    The library leaves ordinary Sundays out; the calendar itself knows weekends.
    """
    return _calendar(first_year, last_year, frozenset(blackout_weeks))


@lru_cache(maxsize=64)
def _calendar(first_year: int, last_year: int, blackout_weeks: frozenset[int]) -> WorkingCalendar:
    years = range(first_year, last_year + 1)
    red_days = holidays.country_holidays("SE", years=years, categories=("public", "de_facto"))
    return WorkingCalendar(holidays=frozenset(red_days), blackout_weeks=blackout_weeks)
