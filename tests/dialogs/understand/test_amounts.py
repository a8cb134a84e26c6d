"""Numbers as people write them: in digits and words, sums, differences and what is counted."""

from decimal import Decimal

import pytest

from dialogs.understand.amounts import Amount, minutes_of, read_amount, read_numbers
from dialogs.understand.counts import Count, Counted, read_count
from dialogs.understand.normalise import read_words
from dialogs.understand.vocabulary import vocabulary
from domain.people import Language


def numbers(text: str, language: Language = Language.SV) -> list[Decimal]:
    return [number.value for number in read_numbers(read_words(text, language), vocabulary(language))]


def amount(text: str, language: Language = Language.SV) -> Amount:
    sentence, words = read_words(text, language), vocabulary(language)
    return read_amount(sentence, words, read_numbers(sentence, words), is_about_money=False)


def count(text: str, language: Language = Language.SV) -> Count | None:
    sentence, words = read_words(text, language), vocabulary(language)
    return read_count(sentence, words, read_numbers(sentence, words))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 400", "18400"),
        ("18\u00a0400", "18400"),
        ("18.400", "18400"),
        ("18400", "18400"),
        ("1 234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("3 818 000", "3818000"),
        ("arton tusen", "18000"),
        ("artontusen fyrahundra", "18400"),
        ("arton tusen fyra hundra femtio", "18450"),
        ("tjugofem", "25"),
        ("hundra", "100"),
        ("två miljoner", "2000000"),
        ("ett dussin", "13"),
    ],
)
def test_a_number_is_read(text: str, expected: str) -> None:
    assert numbers(text)[0] == Decimal(expected)


def test_english_thousands_are_read() -> None:
    assert numbers("18,400", Language.EN) == [Decimal(18400)]
    assert numbers("twenty-five", Language.EN) == [Decimal(25)]


@pytest.mark.parametrize("text", ["08.15-13.40", "2026-09-30", "30/9", "2026-0147", "ID06", "v45", "ingenting"])
def test_times_dates_and_names_are_no_numbers(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "sek"),
    [
        ("faktura på 18 400 men enligt prislistan ska det vara 15 950", "2450"),
        ("fakturan var på 18 400 kr i stället för 15 950 kr", "2450"),
        ("arton tusen kronor", "18000"),
        ("12 tkr", "12000"),
        ("1,2 mkr", "1200000"),
        ("400kr", "400"),
        ("45 kr i avgift", "45"),
        ("fakturan på 45 881 var 2 000 kr för hög", "2000"),
        ("fakturerat 1 200 kr för mycket", "1200"),
        ("faktura 88123 är på 4 500 kr", "4500"),
        ("4 timmar à 890 kr i stället för avtalade 650 kr", "240"),
    ],
)
def test_the_sum_in_question_is_read(text: str, sek: str) -> None:
    assert amount(text) == Amount(sek=Decimal(sek))


@pytest.mark.parametrize("text", ["18 4000 kr", "faktura på 500 kr och 700 kr och 900 kr"])
def test_a_sum_that_cannot_be_told_is_not_guessed(text: str) -> None:
    assert not amount(text).is_sure


@pytest.mark.parametrize("text", ["12 kartonger", "år 2026", "tre gånger", "6 %", "avtal 2026", "400 meter bort"])
def test_what_is_no_money_is_no_sum(text: str) -> None:
    assert amount(text).sek is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tre gånger i veckan", Count(value=3, of=Counted.OCCURRENCES)),
        ("3 ggr", Count(value=3, of=Counted.OCCURRENCES)),
        ("3ggr", Count(value=3, of=Counted.OCCURRENCES)),
        ("fjärde gången i november", Count(value=4, of=Counted.OCCURRENCES)),
        ("två dagar i rad", Count(value=2, of=Counted.OCCURRENCES)),
        ("tre klagomål", Count(value=3, of=Counted.COMPLAINTS)),
        ("12 kartonger, vi har packat upp två", Count(value=12, of=Counted.ITEMS)),
        ("12 kartonger, tredje gången", Count(value=3, of=Counted.OCCURRENCES)),
        ("två barn", None),
        ("fyra dagar till", None),
    ],
)
def test_what_is_counted_is_told_apart(text: str, expected: Count | None) -> None:
    assert count(text) == expected


def test_how_long_is_read_in_hours_and_minutes() -> None:
    sentence, words = read_words("en timme och 20 minuter", Language.SV), vocabulary(Language.SV)

    assert minutes_of(read_numbers(sentence, words)) == 80
