"""Every sentence exists in both languages with the same blanks, and every one of them is said somewhere."""

import re
from collections.abc import Mapping

from cards.texts import load, placeholders
from domain.people import Language
from tests.support.source import modules
from tests.support.spoken import Spoken, mentions, spoken

SAID_FROM_ELSEWHERE: Mapping[str, str] = {}
"""Keys, as patterns, that no line of code spells out, with the reason each is still said."""

SWEDISH, ENGLISH = load(Language.SV), load(Language.EN)
KEYS = frozenset(SWEDISH)
PLACES = tuple(spoken())


def test_both_languages_have_the_same_sentences() -> None:
    assert KEYS ^ ENGLISH.keys() == set()


def test_both_languages_leave_the_same_blanks() -> None:
    shared = KEYS & ENGLISH.keys()

    assert [key for key in sorted(shared) if placeholders(SWEDISH[key]) != placeholders(ENGLISH[key])] == []


def test_no_sentence_is_empty_or_ends_in_space() -> None:
    texts = [*SWEDISH.items(), *ENGLISH.items()]

    assert [key for key, text in texts if not text.strip() or text != text.strip()] == []


def test_a_blank_is_a_plain_name() -> None:
    blanks = {blank for text in (*SWEDISH.values(), *ENGLISH.values()) for blank in placeholders(text)}

    assert [blank for blank in blanks if not re.fullmatch(r"[a-z_]+", blank)] == []


def test_what_is_counted_has_a_word_for_one_and_a_word_for_more() -> None:
    ones = {key.removesuffix(".one") for key in KEYS if key.endswith(".one")}
    others = {key.removesuffix(".other") for key in KEYS if key.endswith(".other")}

    assert ones ^ others == set()


def test_every_sentence_the_code_says_exists() -> None:
    assert [f"{place.where} {place.pattern.pattern}" for place in PLACES if not place.keys(KEYS)] == []


def test_every_blank_is_filled() -> None:
    unfilled = [
        f"{place.where} {key}: {', '.join(sorted(missing))}"
        for place in PLACES
        if place.values is not None
        for key in place.keys(KEYS)
        if (missing := _missing(place, key))
    ]

    assert unfilled == []


def _missing(place: Spoken, key: str) -> frozenset[str]:
    # A pattern may reach keys that this place never says, so only a key spelt out is held to its blanks.
    is_spelt_out = not re.search(r"\[\\w", place.pattern.pattern)
    return placeholders(SWEDISH[key]) - (place.values or frozenset()) if is_spelt_out else frozenset()


def test_every_sentence_is_said_somewhere() -> None:
    in_code = mentions(modules())
    elsewhere = re.compile("|".join(SAID_FROM_ELSEWHERE) or "nothing")

    assert [key for key in sorted(KEYS) if not in_code.include(key) and not elsewhere.fullmatch(key)] == []


def test_each_exception_is_still_needed() -> None:
    needless = [pattern for pattern in SAID_FROM_ELSEWHERE if not any(re.fullmatch(pattern, key) for key in KEYS)]

    assert needless == []
