"""How many: times, complaints or things, whichever a sentence counts."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

from dialogs.understand.amounts import Number
from dialogs.understand.normalise import Sentence
from dialogs.understand.vocabulary import Vocabulary
from domain.people import Language

_OF: Final = frozenset({"av", "av de", "of", "out of", "of the"})


class Counted(StrEnum):
    """What the reporter counted."""

    OCCURRENCES = "occurrences"
    COMPLAINTS = "complaints"
    ITEMS = "items"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many, of what."""

    value: int
    of: Counted


def read_count(sentence: Sentence, words: Vocabulary, numbers: tuple[Number, ...]) -> Count | None:
    """How many times, complaints or things are spoken of; times go before things."""
    numbers = _shares(tuple(number for number in numbers if not _is_vague(number, sentence, words)), sentence)
    if any(token.word in words.phrases["amounts.complaining"] for token in sentence.tokens):
        numbers = tuple(replace(one, unit="complaints") if one.unit == "people" else one for one in numbers)
    numbers = tuple(number for number in numbers if not _is_of_ours(number, sentence, words))
    for unit, of in (("times", Counted.OCCURRENCES), ("complaints", Counted.COMPLAINTS)):
        values = [int(number.value) for number in numbers if number.unit == unit and 0 < number.value < 1000]  # noqa: PLR2004
        if values:
            return Count(value=max(values) if of is Counted.OCCURRENCES else values[0], of=of)
    said = {token.word for token in sentence.tokens}
    if not said.isdisjoint(words.phrases["amounts.twice"]) and said.isdisjoint(words.phrases["amounts.charging"]):
        return Count(value=2, of=Counted.OCCURRENCES)
    in_a_row = _days_in_a_row(sentence, numbers, words.language)
    if in_a_row:
        return Count(value=in_a_row, of=Counted.OCCURRENCES)
    items = [int(number.value) for number in numbers if number.unit == "items" and not number.is_ordinal]
    return Count(value=items[0], of=Counted.ITEMS) if items and items[0] > 0 else None


def _is_vague(number: Number, sentence: Sentence, words: Vocabulary) -> bool:
    """*Ännu en gång*, *mer än tre gånger*: how many is not said."""
    before = sentence.lower[: number.start].rstrip()
    return any(re.search(rf"(?<!\w){re.escape(word)}$", before) for word in words.phrases["amounts.no_count"])


def _is_of_ours(number: Number, sentence: Sentence, words: Vocabulary) -> bool:
    """*Har skickat fem stycken*, *debiterat två gånger*: what we sent or they drew, not how often it failed."""
    before = sentence.lower[: number.start].rstrip()
    if number.is_ordinal or number.unit not in {"times", "items"}:
        return False
    doing = "amounts.our_sending" if number.unit == "items" else "amounts.charging"
    return any(re.search(rf"(?<!\w){re.escape(word)}\w*$", before) for word in words.phrases[doing])


def _shares(numbers: tuple[Number, ...], sentence: Sentence) -> tuple[Number, ...]:
    """*Två av fem dagar* is two times, *sju av tolv skärmar* seven things."""
    found: list[Number] = []
    for number, whole in pairwise((*numbers, None)):
        between = sentence.lower[number.end : whole.start].strip() if number and whole else ""
        if number and whole and between in _OF:
            is_time = whole.unit in {"days", "weeks", "months", "times"}
            return (*found, replace(number, unit="times" if is_time else whole.unit or "items"))
        if number:
            found.append(number)
    return tuple(found)


def _days_in_a_row(sentence: Sentence, numbers: tuple[Number, ...], language: Language) -> int | None:
    row = "i rad" if language is Language.SV else "in a row"
    for number in numbers:
        follows = sentence.lower[number.end : number.end + 30]
        if number.unit in {"days", "weeks", "months"} and row in follows and number.value < 100:  # noqa: PLR2004
            return int(number.value)
    return None
