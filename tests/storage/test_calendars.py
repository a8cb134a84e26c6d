"""The Swedish red days."""

from datetime import date

import pytest

from storage.calendars import swedish_calendar

CALENDAR = swedish_calendar(2024, 2030, {28, 29, 30, 31, 51, 52, 53, 1})


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 22),  # an ordinary Sunday
        date(2026, 11, 21),  # an ordinary Saturday
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 14),  # Ascension Day
        date(2026, 6, 19),  # Midsummer Eve, free by custom
        date(2026, 12, 24),
        date(2026, 12, 31),
        date(2027, 1, 6),
    ],
)
def test_nobody_works_on_weekends_red_days_and_customary_days(day: date) -> None:
    assert not CALENDAR.is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 12, 23), date(2026, 5, 15), date(2026, 4, 30)])
def test_people_work_on_ordinary_days_and_on_days_beside_red_ones(day: date) -> None:
    assert CALENDAR.is_working_day(day)


def test_the_same_calendar_is_not_built_twice() -> None:
    again = swedish_calendar(2024, 2030, (1, 53, 52, 51, 31, 30, 29, 28))

    assert again is CALENDAR
