"""A text that names somebody by identity number is known from one that holds other numbers."""

import pytest

from domain.identity_numbers import holds_identity_number


@pytest.mark.parametrize(
    ("text", "is_personal"), [("Eva 19121212-1212", True), ("org.nr 556677-1234", False), ("", False)]
)
def test_only_personal_identity_numbers_count(text: str, is_personal: bool) -> None:  # noqa: FBT001 - a column of the table
    assert holds_identity_number(text) is is_personal
