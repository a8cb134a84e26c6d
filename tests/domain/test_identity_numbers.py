"""Personal identity numbers are found in what people write, and other numbers are left alone."""

import pytest

from domain.identity_numbers import holds_identity_number


@pytest.mark.parametrize(
    "text",
    [
        "Kalle 19850713-9809 blev utan hemtjänstmat",  # the check digit is wrong, but it is about a person
        "850713-9809",
        "850713+9809",
        "191212121212",
        "Hon heter Eva (19121212-1212)",
        "samordningsnummer 850773-9809",
    ],
)
def test_a_personal_identity_number_is_found(text: str) -> None:
    assert holds_identity_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "org.nr 556677-1234",
        "faktura 2026112233",
        "avtal 2026-0147",
        "AVV-2027-0003",
        "ring 0320-217000",
        "18 400 kr den 3 mars",
        "850713980",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not holds_identity_number(text)
