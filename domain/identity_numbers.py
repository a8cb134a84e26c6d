"""Finds Swedish personal identity numbers in what people write, so that they are never kept."""

import re
from typing import Final

_CANDIDATE = re.compile(r"(?<!\d)(?:19|20)?(\d{2})(\d{2})(\d{2})([-–+ ]?)(\d{4})(?!\d)")
_LAST_MONTH: Final = 12
_LAST_DAY: Final = 31
_COORDINATION: Final = 60
"""Added to the day in a coordination number (samordningsnummer)."""


def holds_identity_number(text: str) -> bool:
    """Whether `text` holds something that looks like a personnummer or samordningsnummer.

    Written with a hyphen, a plausible birth date is enough: a mistyped number is still about a person. Ten or twelve
    digits in a row must also have the right check digit, since invoices and organisations have such numbers too.
    """
    return any(_looks_personal(match) for match in _CANDIDATE.finditer(text))


def _looks_personal(match: re.Match[str]) -> bool:
    year, month, day, separator, last = match.groups()
    born = int(day) - _COORDINATION if int(day) > _COORDINATION else int(day)
    if not (1 <= int(month) <= _LAST_MONTH and 1 <= born <= _LAST_DAY):
        return False
    return separator in {"-", "–", "+"} or _has_check_digit(f"{year}{month}{day}{last}")


def _has_check_digit(digits: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
