"""The last digit of organisation numbers and personal numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.check_digit import has_check_digit


@given(st.integers(min_value=0, max_value=999_999_999))
def test_exactly_one_check_digit_is_right(stem: int) -> None:
    valid = [digit for digit in range(10) if has_check_digit(f"{stem:09d}{digit}")]

    assert len(valid) == 1


@pytest.mark.parametrize("digits", ["5560360793", "1212121212", "8507139809"])
def test_numbers_as_they_are_given_out_pass(digits: str) -> None:
    assert has_check_digit(digits)
