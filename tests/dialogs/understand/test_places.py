"""Where it happened, by the small word before it and the look of the word itself."""

import pytest

from dialogs.understand.normalise import read_words
from dialogs.understand.places import read_place
from dialogs.understand.vocabulary import vocabulary
from domain.people import Language


def place(text: str, language: Language = Language.SV, **known: frozenset[str]) -> str | None:
    found = read_place(read_words(text, language), vocabulary(language), **known)
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Städningen på Kinnaskolan uteblev", "Kinnaskolan"),
        ("städningen på kinnaskolan uteblev", "kinnaskolan"),
        ("maten till Ängslyckans förskola kom sent", "Ängslyckans förskola"),
        ("Skolskjutsen på Fritsla-turen körde förbi", "Fritsla-turen"),
        ("Hissen i Skene äldreboende står still", "Skene äldreboende"),
        ("Snöröjningen vid Örby skola", "Örby skola"),
        ("Hantverkaren som kom till Hyssna", "Hyssna"),
        ("Kinnaskolan fick ingen städning", "Kinnaskolan"),
        ("det är kallt i simhallen", "simhallen"),
        ("På Solgården uteblev maten", "Solgården"),
    ],
)
def test_a_place_is_found(text: str, expected: str) -> None:
    assert place(text) == expected


def test_an_english_sentence_has_its_place_too() -> None:
    assert place("The cleaning company has not shown up at Rydals museum", Language.EN) == "Rydals museum"


@pytest.mark.parametrize(
    "text",
    [
        "Fakturan kom i November",
        "Leverantören svarade på Måndag",
        "Vi köper möbler på IKEA",
        "Det står inget om det i avtalet",
        "Jag ringde i går",
        "på plats",
        "det är Samira på fastighet",
        "inte klart i tid",
        "i nätverket",
        "",
    ],
)
def test_what_is_no_place_is_not_taken_for_one(text: str) -> None:
    assert place(text) is None


def test_a_supplier_is_no_place() -> None:
    assert place("Leveransen till Nordkontor", not_places=frozenset({"nordkontor"})) is None


def test_a_place_known_before_is_found_however_it_is_written() -> None:
    assert place("snön är inte skottad i fritsla", known=frozenset({"Fritsla"})) == "fritsla"
