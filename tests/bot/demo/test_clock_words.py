"""The clock of the demo is turned by words."""

from datetime import datetime

import pytest

from bot.arguments import LOCAL_ZONE
from bot.demo.clock_words import moment_meant

MONDAY = datetime(2027, 1, 11, 8, 30, tzinfo=LOCAL_ZONE)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("+1d", datetime(2027, 1, 12, 8, 30)),  # noqa: DTZ001 - local, as the reader of a clock sees it
        ("+ 3 dagar", datetime(2027, 1, 14, 8, 30)),  # noqa: DTZ001
        ("+7", datetime(2027, 1, 18, 8, 30)),  # noqa: DTZ001
        ("+2v", datetime(2027, 1, 25, 8, 30)),  # noqa: DTZ001
        ("+2w", datetime(2027, 1, 25, 8, 30)),  # noqa: DTZ001
        ("+3h", datetime(2027, 1, 11, 11, 30)),  # noqa: DTZ001
        ("+3 timmar", datetime(2027, 1, 11, 11, 30)),  # noqa: DTZ001
        ("2027-02-01", datetime(2027, 2, 1, 8, 30)),  # noqa: DTZ001
        ("2027-02-01 13.05", datetime(2027, 2, 1, 13, 5)),  # noqa: DTZ001
        ("2027-02-01 kl 13", datetime(2027, 2, 1, 13, 0)),  # noqa: DTZ001
    ],
)
def test_a_time_can_be_said_in_several_ways(words: str, meant: datetime) -> None:
    assert moment_meant(words, MONDAY) == meant.replace(tzinfo=LOCAL_ZONE)


def test_a_day_ahead_is_the_same_hour_also_when_summer_time_begins() -> None:
    saturday = datetime(2027, 3, 27, 8, 30, tzinfo=LOCAL_ZONE)

    sunday = moment_meant("+1d", saturday)

    assert sunday is not None
    assert f"{sunday:%d %H:%M}" == "28 08:30"


@pytest.mark.parametrize("words", ["", "imorgon", "+", "+1x", "2027-02-30", "2027-02-01 25", "2099-01-01", "-1d"])
def test_what_cannot_be_understood_or_is_too_far_ahead_turns_nothing(words: str) -> None:
    assert moment_meant(words, MONDAY) is None
