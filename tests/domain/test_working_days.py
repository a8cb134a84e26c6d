"""Working days, quiet weeks, and counting between them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.working_days import WorkingCalendar
from tests.support.planning import swedish

CALENDAR = swedish()
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
COUNTS = st.integers(min_value=-60, max_value=60)


@pytest.mark.parametrize(
    ("day", "is_blackout"),
    [
        (date(2026, 7, 5), False),  # Sunday of week 27
        (date(2026, 7, 6), True),  # Monday of week 28
        (date(2026, 8, 2), True),
        (date(2026, 8, 3), False),
        (date(2026, 12, 31), True),  # week 53
        (date(2027, 1, 10), True),  # Sunday of week 1
        (date(2027, 1, 11), False),
    ],
)
def test_the_quiet_weeks_follow_the_week_numbers(day: date, is_blackout: bool) -> None:
    assert CALENDAR.is_blackout(day) is is_blackout


def test_ten_working_days_before_christmas_skip_nothing_but_weekends() -> None:
    assert CALENDAR.add_working_days(date(2026, 12, 18), -10) == date(2026, 12, 4)


def test_the_ladder_clock_stands_still_over_the_summer() -> None:
    assert CALENDAR.add_open_days(date(2026, 7, 3), 1) == date(2026, 8, 3)


def test_the_christmas_closure_reaches_across_the_year() -> None:
    assert CALENDAR.closure_around(date(2026, 12, 30)) == (date(2026, 12, 14), date(2027, 1, 10))


def test_days_late_are_negative_before_the_due_date() -> None:
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)

    assert CALENDAR.working_days_between(friday, monday) == 1
    assert CALENDAR.working_days_between(monday, friday) == -1
    assert CALENDAR.working_days_between(friday, friday) == 0
    assert CALENDAR.working_days_between(friday, date(2026, 11, 22)) == 0


def test_a_calendar_without_open_days_is_refused() -> None:
    with pytest.raises(ValueError, match="blackout weeks"):
        WorkingCalendar(holidays=frozenset(), blackout_weeks=frozenset(range(1, 54)))


@given(day=DAYS, count=COUNTS)
def test_counting_gives_back_what_was_added(day: date, count: int) -> None:
    start = CALENDAR.next_open_day(day)

    assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, count)) == count
    assert CALENDAR.open_days_between(start, CALENDAR.add_open_days(start, count)) == count


@given(day=DAYS, count=COUNTS.filter(bool))
def test_what_is_added_always_lands_on_such_a_day(day: date, count: int) -> None:
    assert CALENDAR.is_working_day(CALENDAR.add_working_days(day, count))
    assert CALENDAR.is_open_day(CALENDAR.add_open_days(day, count))


@given(day=DAYS)
def test_the_nearest_days_lie_on_their_own_side_and_nothing_open_lies_between(day: date) -> None:
    before, after = CALENDAR.previous_open_day(day), CALENDAR.next_open_day(day)

    assert before <= day <= after
    between = (before + timedelta(days=n) for n in range(1, (after - before).days))
    assert not any(CALENDAR.is_open_day(other) for other in between)


@given(day=DAYS)
def test_a_closure_is_whole_weeks_with_open_weeks_around_it(day: date) -> None:
    if not CALENDAR.is_blackout(day):
        return

    first, last = CALENDAR.closure_around(day)

    assert first <= day <= last
    assert (first.weekday(), last.weekday()) == (0, 6)
    assert not CALENDAR.is_blackout(first - timedelta(days=1))
    assert not CALENDAR.is_blackout(last + timedelta(days=1))
