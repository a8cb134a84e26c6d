"""The small language of the vocabularies, and the vocabularies themselves."""

import pytest

from dialogs.understand.normalise import read_words
from dialogs.understand.patterns import PatternBook, PatternFault, compile_pattern
from dialogs.understand.vocabulary import vocabulary
from dialogs.understand.wishes import IntentKind, Query
from domain.people import Language
from domain.severity import Signal
from tests.support.deviations import shipped_types

GROUPS = {"not": ["inte", "ej"], "came": ["kom", "dök"]}


def heard(pattern: str, text: str) -> bool:
    book = PatternBook({"x": [compile_pattern(pattern, 5.0, Language.SV, GROUPS)]})
    return book.weigh(read_words(text, Language.SV))["x"] > 0


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("leverans", "Leveransen kom"),
        ("utebli*", "den uteblir"),
        ("*skola", "vid Kinnaskolan"),
        ("sen/sent", "kom sent"),
        ("=sen", "den var sen"),
        ("för+mycket/dubbelt", "fakturerat för mycket"),
        ("# kartonger", "12 kartonger"),
        ("<came> <not>", "de kom inte"),
        ("<not> ... svar*", "inte fått något som helst svar"),
        ("kom .. sent", "kom en timme sent"),
        ("^ status $", "Status"),
    ],
)
def test_a_pattern_is_heard(pattern: str, text: str) -> None:
    assert heard(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("utebli*", "leveransen kom"),
        ("=sen", "senare"),
        ("<came> <not>", "inte kom"),
        ("kom .. sent", "kom en halv timme för sent"),
        ("^ status $", "status för avtal"),
        ("för+mycket", "för lite"),
    ],
)
def test_a_pattern_is_not_heard_where_it_is_not_said(pattern: str, text: str) -> None:
    assert not heard(pattern, text)


def test_what_speaks_against_is_taken_off() -> None:
    rows = {
        "x": [
            compile_pattern("kom inte", 5.0, Language.SV, GROUPS),
            compile_pattern("faktura*", -4.0, Language.SV, GROUPS),
        ],
    }

    book = PatternBook(rows)

    assert book.weigh(read_words("bussen kom inte", Language.SV)) == {"x": 5.0}
    assert book.weigh(read_words("fakturan kom inte", Language.SV)) == {"x": 1.0}
    assert book.mentions(read_words("fakturan kom inte", Language.SV), 3.0)


@pytest.mark.parametrize("pattern", ["", "   ", "<nosuch> inte"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(PatternFault):
        compile_pattern(pattern, 5.0, Language.SV, GROUPS)


@pytest.mark.parametrize("language", list(Language))
def test_every_type_of_the_rule_book_is_spoken_of_in_both_languages(language: Language) -> None:
    assert set(vocabulary(language).types.rows) == set(shipped_types())


@pytest.mark.parametrize("language", list(Language))
def test_every_wish_question_and_signal_has_words(language: Language) -> None:
    words = vocabulary(language)

    assert set(words.intents.rows) == set(IntentKind) - {
        IntentKind.QUERY,
        IntentKind.UNCLEAR,
    }
    assert set(words.queries.rows) == set(Query)
    assert set(words.signals) == set(Signal)


def test_both_languages_have_the_same_lists() -> None:
    assert set(vocabulary(Language.SV).phrases) == set(vocabulary(Language.EN).phrases)


@pytest.mark.parametrize("language", list(Language))
def test_every_pattern_can_be_compiled(language: Language) -> None:
    words = vocabulary(language)
    for book in (words.types, words.intents, words.queries):
        for patterns in book.rows.values():
            for pattern in patterns:
                pattern.found_in(" ord|ord")
