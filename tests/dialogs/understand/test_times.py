"""Days as people write them, counted from Sunday 22 November 2026."""

from datetime import date, time

import pytest

from dialogs.understand.calendar_words import Bias, Span, easter, one_day
from dialogs.understand.normalise import read_words
from dialogs.understand.time_words import Moment
from dialogs.understand.times import read_clock, read_moments
from domain.people import Language
from tests.support.reporting import SUNDAY


def moments(text: str, *, bias: Bias = Bias.PAST, today: date = SUNDAY) -> tuple[Moment, ...]:
    language = Language.EN if text.isascii() and any(word in text for word in ENGLISH) else Language.SV
    return read_moments(read_words(text, language), today=today, bias=bias)


ENGLISH = ("the", "ago", "last", "this", "yesterday", "since Fri", "week 45", "September", "quarter", "for two")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("i dag", (11, 22), (11, 22)),
        ("i morse", (11, 22), (11, 22)),
        ("i går", (11, 21), (11, 21)),
        ("igår", (11, 21), (11, 21)),
        ("i förrgår", (11, 20), (11, 20)),
        ("i veckan", (11, 16), (11, 22)),
        ("den här veckan", (11, 16), (11, 22)),
        ("förra veckan", (11, 9), (11, 15)),
        ("förra månaden", (10, 1), (10, 31)),
        ("i fredags", (11, 20), (11, 20)),
        ("i söndags", (11, 15), (11, 15)),
        ("fredag", (11, 20), (11, 20)),
        ("i november", (11, 1), (11, 30)),
        ("30 september", (9, 30), (9, 30)),
        ("den 30 september", (9, 30), (9, 30)),
        ("30/9", (9, 30), (9, 30)),
        ("2026-09-30", (9, 30), (9, 30)),
        ("den 3:e november", (11, 3), (11, 3)),
        ("den tredje november", (11, 3), (11, 3)),
        ("den 3:e", (11, 3), (11, 3)),
        ("3-5 november", (11, 3), (11, 5)),
        ("mellan den 3 och 5 november", (11, 3), (11, 5)),
        ("kvartal 3", (7, 1), (9, 30)),
        ("tredje kvartalet", (7, 1), (9, 30)),
        ("Q3", (7, 1), (9, 30)),
        ("tertial 2", (5, 1), (8, 31)),
        ("vecka 45", (11, 2), (11, 8)),
        ("v.45", (11, 2), (11, 8)),
        ("för två veckor sedan", (11, 8), (11, 8)),
        ("de senaste tre veckorna", (11, 1), (11, 22)),
        ("på två veckor", (11, 8), (11, 22)),
        ("i somras", (6, 1), (8, 31)),
        ("sista oktober", (10, 31), (10, 31)),
        ("i helgen", (11, 21), (11, 22)),
        ("this week", (11, 16), (11, 22)),
        ("two weeks ago", (11, 8), (11, 8)),
        ("the last three weeks", (11, 1), (11, 22)),
        ("yesterday", (11, 21), (11, 21)),
        ("30 September", (9, 30), (9, 30)),
        ("September 30th", (9, 30), (9, 30)),
    ],
)
def test_a_time_in_the_past_is_worked_out(text: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    found = moments(text)

    assert [moment.span for moment in found] == [Span(start=date(2026, *start), end=date(2026, *end))]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("5, 8 och 12 november", (5, 8, 12)),
        ("den 5, 8 och den 12 november", (5, 8, 12)),
        ("5:e, 8:e och 12:e november", (5, 8, 12)),
        ("3, 10, 17 november", (3, 10, 17)),
        ("5 och 8 november", (5, 8)),
        ("the 5th, 8th and 12th of November", (5, 8, 12)),
        ("12 kartonger och 3 november", (3,)),
        ("i rum 14 och 3 november", (3,)),
    ],
)
def test_days_told_off_in_one_month_are_each_a_day_of_their_own(text: str, days: tuple[int, ...]) -> None:
    assert [moment.span for moment in moments(text)] == [one_day(date(2026, 11, day)) for day in days]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("på fredag", date(2026, 11, 27)),
        ("nästa fredag", date(2026, 11, 27)),
        ("om två veckor", date(2026, 12, 6)),
        ("om en månad", date(2026, 12, 22)),
        ("3 mars", date(2027, 3, 3)),
        ("i övermorgon", date(2026, 11, 24)),
    ],
)
def test_a_time_to_come_is_worked_out(text: str, day: date) -> None:
    assert [moment.span.start for moment in moments(text, bias=Bias.FUTURE)] == [day]


@pytest.mark.parametrize("text", ["sedan fredag", "sen i fredags", "since Friday"])
def test_since_then_has_not_ended(text: str) -> None:
    found = moments(text)

    assert [(moment.span.start, moment.is_ongoing) for moment in found] == [(date(2026, 11, 20), True)]


def test_since_the_turn_of_the_year_is_the_one_that_has_been() -> None:
    assert [moment.span.start.year for moment in moments("sedan årsskiftet")] == [2025]


def test_until_february_said_in_november_is_the_february_to_come() -> None:
    assert [moment.is_future for moment in moments("restnoterat till februari")] == [True]


@pytest.mark.parametrize("text", ["31 februari", "vecka 54", "kvartal 5", "2026-13-01", "30/2", "den 45 mars", "99/99"])
def test_impossible_days_are_no_days_of_their_own(text: str) -> None:
    assert [moment for moment in moments(text) if moment.span.start == moment.span.end] == []


def test_a_day_that_is_the_same_weekday_is_a_week_ago_when_it_was() -> None:
    friday = date(2026, 11, 20)

    assert moments("i fredags", today=friday)[0].span.start == date(2026, 11, 13)
    assert moments("fredag", today=friday)[0].span.start == friday


def test_the_clock_is_read_with_its_length() -> None:
    clock = read_clock(read_words("låg nere 08.15\u201313.40 i går", Language.SV))

    assert clock is not None
    assert (clock.start, clock.end, clock.minutes) == (time(8, 15), time(13, 40), 325)


def test_a_night_passes_midnight() -> None:
    clock = read_clock(read_words("mellan 23.30 till 01.00", Language.SV))

    assert clock is not None
    assert clock.minutes == 90


@pytest.mark.parametrize("text", ["18.400 kr", "12.50 kr", "1.5 timmar", "version 2.10.3", "25.99", "2026-11-22"])
def test_sums_and_versions_are_no_clock_times(text: str) -> None:
    assert read_clock(read_words(text, Language.SV)) is None


def test_easter_is_where_it_is() -> None:
    assert [easter(year) for year in (2024, 2025, 2026, 2027)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
    ]
