"""Post goes out once a day, in working time, at an hour that exists all year."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dispatch import Post
from domain.working_days import WorkingCalendar
from tests.support.world import local, person

STOCKHOLM = ZoneInfo("Europe/Stockholm")
POST = Post(
    zone=STOCKHOLM,
    calendar=WorkingCalendar(holidays=frozenset({date(2027, 1, 6)}), blackout_weeks=frozenset({28, 29, 30, 31})),
    digest_at=time(8),
    spread_minutes=20,
)
EVA = person("Eva Ek")
EARLY_BIRD = person("Bo Berg", digest_at=time(13, 30))


def test_the_digest_comes_within_the_spread_after_eight() -> None:
    moment = POST.digest_moment(EVA, local("2027-01-11", "06:00"))

    assert local("2027-01-11", "08:00") <= moment < local("2027-01-11", "08:20")


def test_a_chosen_hour_is_kept_to_the_minute() -> None:
    assert POST.digest_moment(EARLY_BIRD, local("2027-01-11", "06:00")) == local("2027-01-11", "13:30")


def test_what_is_written_after_the_days_digest_waits_for_the_next_working_day() -> None:
    friday_evening = local("2027-01-15", "17:00")

    assert POST.digest_moment(EARLY_BIRD, friday_evening) == local("2027-01-18", "13:30")


def test_blackout_weeks_hold_the_digest_but_not_a_legal_date() -> None:
    in_july = local("2027-07-12", "06:00")

    assert POST.digest_moment(EARLY_BIRD, in_july) == local("2027-08-09", "13:30")
    assert POST.legal_moment(EARLY_BIRD, in_july) == local("2027-07-12", "13:30")


def test_an_hour_that_may_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="may not exist"):
        POST.at(date(2027, 3, 28), time(2, 30))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - Hypothesis wants naive bounds
def test_post_is_never_early_and_never_on_a_day_off(earliest: datetime) -> None:
    moment = POST.digest_moment(EVA, earliest)

    assert moment >= earliest
    assert POST.calendar.is_open_day(POST.day_of(moment))
    assert time(8) <= POST.local(moment).time() < time(8, 20)
