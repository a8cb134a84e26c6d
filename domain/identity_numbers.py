"""Whether a text names somebody by personal identity number, asked where that is all one needs to know."""

from domain.personal_data import personal_numbers


def holds_identity_number(text: str) -> bool:
    """Whether `text` holds a personnummer or samordningsnummer; `personal_data` tells where, and finds more."""
    return bool(personal_numbers(text))
