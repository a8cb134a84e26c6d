"""Numbers in a sentence: how many times, how many boxes, how much money, and differences between two sums."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from dialogs.understand.normalise import Sentence
from dialogs.understand.vocabulary import Unit, Vocabulary, vocabulary
from domain.people import Language

_DIGITS: Final = re.compile(
    r"(?<![\w.,:/-])(\d{1,3}(?:[ '.]\d{3})+(?!\d|[.:]\d)|\d+)(?:([.,])(\d{1,2}))?"
    r"(?=(?:kr|sek|tkr|mkr|tsek|msek|st|ggr|gånger|times|x|h|min|kg)\b|\W|\Z)(?!/|[-.:]\d)",
)
_THOUSANDS_COMMA: Final = re.compile(r"(?<![\w.,:/-])\d{1,3}(?:,\d{3})+(?!\d)")
_NAMED: Final = re.compile(
    r"(?:nr|nummer|number|no|fakturan?|räkning(?:en)?|invoice|avtal(?:et)?|contract|order|ordern|bankgiro|plusgiro|ocr|ocr-nr|#)[.:]? ?$",
)
_SLIP: Final = re.compile(r"(?<![\w-])\d[\d ]*[oil][\doil]*(?= ?(?:kr|kronor|sek|tkr|:-)(?!\w))")
"""*18 40O kr*: a letter where a figure should stand."""
_MOST: Final = Decimal(10) ** 12
_LEAST_BARE_SUM: Final = 100
"""A number without *kronor* is money from here up, and only where money is spoken of."""
_TELLING: Final = 6
"""Letters from which the end of a compound says what is counted."""
_YEARS: Final = range(2000, 2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number as it stands in the text."""

    value: Decimal
    start: int
    end: int
    unit: Unit | None = None
    is_ordinal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum in kronor, and whether it can be relied on."""

    sek: Decimal | None
    is_sure: bool = True


def read_numbers(sentence: Sentence, words: Vocabulary) -> tuple[Number, ...]:
    """Every number, in digits or words, in the order of the text."""
    found = _in_digits(sentence) + _in_words(sentence, words)
    found.sort(key=lambda number: number.start)
    return tuple(_with_unit(number, sentence, words) for number in found)


def read_amount(
    sentence: Sentence,
    words: Vocabulary,
    numbers: tuple[Number, ...],
    *,
    is_about_money: bool,
) -> Amount:
    """The sum in question. Two sums set against each other give their difference.

    Sums without *kronor* count only where the sentence is about money. What cannot be told is not sure.
    """
    hints = words.phrases["amounts.money_hints"]
    about_money = is_about_money or any(token.word in hints for token in sentence.tokens)
    if _SLIP.search(sentence.lower):
        return Amount(sek=None, is_sure=False)
    sums = [number for number in numbers if _is_money(number, sentence, about_money=about_money)]
    if not sums:
        return Amount(sek=None)
    if _run_together(sums, numbers):
        return Amount(sek=None, is_sure=False)
    excess = [_in_sek(number) for number in sums if _is_excess(number, sentence, words)]
    if excess:
        return Amount(sek=excess[0], is_sure=len(set(excess)) == 1)
    values = [_in_sek(number) for number in sums]
    if len(values) > 1 and _are_set_against(sums, sentence, words):
        return Amount(sek=abs(values[0] - values[1]), is_sure=len(values) == 2)  # noqa: PLR2004 - two sums, one difference
    return Amount(sek=values[0], is_sure=len(set(values)) == 1)


def minutes_of(numbers: tuple[Number, ...]) -> int | None:
    """How long, where hours or minutes are spoken of: *en timme*, *2,5 timmar*."""
    total = sum(
        number.value * (60 if number.unit == "hours" else 1)
        for number in numbers
        if number.unit in {"hours", "minutes"}
    )
    return int(total) if 0 < total < 60 * 24 * 365 else None


def _in_digits(sentence: Sentence) -> list[Number]:
    found = []
    taken: list[tuple[int, int]] = []
    for match in _THOUSANDS_COMMA.finditer(sentence.lower):
        value = _decimal(match.group().replace(",", ""))
        taken.append(match.span())
        found.append(Number(value=value, start=match.start(), end=match.end()))
    for match in _DIGITS.finditer(sentence.lower):
        if any(start <= match.start() < end for start, end in taken):
            continue
        whole = re.sub(r"[ '.]", "", match.group(1))
        value = _decimal(f"{whole}.{match.group(3)}" if match.group(3) else whole)
        found.append(Number(value=value, start=match.start(), end=match.end()))
    return [number for number in found if number.value < _MOST]


def _decimal(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:  # digits of other scripts that are no numbers to us
        return _MOST


def _in_words(sentence: Sentence, words: Vocabulary) -> list[Number]:
    found: list[Number] = []
    run: list[tuple[Decimal, int, int]] = []
    for token in sentence.tokens:
        ordinal = words.ordinals.get(token.word)
        if ordinal is not None:
            found.append(Number(value=Decimal(ordinal), start=token.start, end=token.end, is_ordinal=True))
        value = _word_value(token.word, words.language) if ordinal is None else None
        if value is not None and (not run or token.start - run[-1][2] == 1):
            run.append((value, token.start, token.end))
            continue
        found += _joined(run)
        run = [(value, token.start, token.end)] if value is not None else []
    return found + _joined(run)


def _joined(run: list[tuple[Decimal, int, int]]) -> list[Number]:
    # *arton tusen fyra hundra*: each multiplier takes what stands before it. *en* alone is mostly an article.
    if not run:
        return []
    total = part = Decimal(0)
    for value, _, _ in run:
        if value >= 1000:  # noqa: PLR2004 - thousands and millions
            total, part = total + max(part, Decimal(1)) * value, Decimal(0)
        elif value == 100:  # noqa: PLR2004 - a hundred
            part = max(part, Decimal(1)) * value
        else:
            part += value
    return [Number(value=total + part, start=run[0][1], end=run[-1][2])]


@lru_cache(maxsize=4096)
def _word_value(word: str, language: Language) -> Decimal | None:
    words = vocabulary(language)
    if word in words.multipliers:
        return Decimal(words.multipliers[word])
    if word in words.numbers:
        return Decimal(words.numbers[word])
    return _compound(word.replace("-", ""), words)


def _compound(word: str, words: Vocabulary) -> Decimal | None:
    """`tjugofem`, `fyrahundra`, `artontusen`: known parts to the very end of the word."""
    total = part = Decimal(0)
    rest, parts = word, 0
    known = {**words.numbers, **words.multipliers}
    heads = _heads(words.language)
    while rest:
        head = next((head for head in heads if rest.startswith(head)), None)
        if head is None or parts > 8:  # noqa: PLR2004 - nobody writes longer numbers in words
            return None
        value = Decimal(known[head])
        if value >= 1000:  # noqa: PLR2004
            total, part = total + max(part, Decimal(1)) * value, Decimal(0)
        elif value == 100:  # noqa: PLR2004
            part = max(part, Decimal(1)) * value
        else:
            part += value
        rest, parts = rest[len(head) :], parts + 1
    return total + part if parts > 1 else None


@cache
def _heads(language: Language) -> tuple[str, ...]:
    words = vocabulary(language)
    return tuple(sorted({*words.numbers, *words.multipliers}, key=len, reverse=True))


def _with_unit(number: Number, sentence: Sentence, words: Vocabulary) -> Number:
    after = sentence.lower[number.end : number.end + 24].lstrip()
    before = sentence.lower[max(0, number.start - 5) : number.start].rstrip()
    unit: Unit | None = None
    word = re.match(r"[^\W\d_]+", after)
    if after.startswith("%"):
        unit = "percent"
    elif after.startswith(":-") or before.endswith(("sek", " kr", "£", "€")):
        unit = "money"
    elif word:
        unit = _unit_of(word.group(), words)
        if unit is None and word.group() in words.multipliers:
            return _with_unit(_multiplied(number, word, sentence, words), sentence, words)
    elif re.match(r"x\b|ggr\b", after):
        unit = "times"
    return Number(value=number.value, start=number.start, end=number.end, unit=unit, is_ordinal=number.is_ordinal)


def _unit_of(word: str, words: Vocabulary) -> Unit | None:
    """What a word counts; *städtillfällen* counts what *tillfällen* does."""
    ends = (unit for known, unit in words.units.items() if len(known) >= _TELLING and word.endswith(known))
    return words.units.get(word) or next(ends, None)


def _multiplied(number: Number, word: re.Match[str], sentence: Sentence, words: Vocabulary) -> Number:
    end = sentence.lower.index(word.group(), number.end) + len(word.group())
    value = number.value * words.multipliers[word.group()]
    return Number(value=value, start=number.start, end=end, is_ordinal=number.is_ordinal)


def _is_money(number: Number, sentence: Sentence, *, about_money: bool) -> bool:
    if number.is_ordinal:
        return False
    if number.unit in {"money", "thousands", "millions"}:
        return True
    if number.unit is not None or not about_money or number.value < _LEAST_BARE_SUM:
        return False
    is_year = number.value in _YEARS and number.end - number.start == len("2026")
    before = sentence.lower[max(0, number.start - 16) : number.start]
    is_whole = sentence.lower[number.start : number.end].isdecimal()  # *18 400* is a sum also after *faktura*
    return not is_year and not (is_whole and _NAMED.search(before))


def _in_sek(number: Number) -> Decimal:
    if number.unit == "thousands":
        return number.value * 1000
    return number.value * 1_000_000 if number.unit == "millions" else number.value


def _is_excess(number: Number, sentence: Sentence, words: Vocabulary) -> bool:
    """*2 000 kr för mycket*: the sum is the difference itself."""
    after = sentence.lower[number.end : number.end + 30]
    unit = "|".join(re.escape(word) for word, unit in words.units.items() if unit == "money")
    too_much = "|".join(re.escape(phrase) for phrase in words.phrases["amounts.too_much"])
    return re.match(rf" ?(?:{unit})? ?(?:{too_much})(?!\w)", after) is not None


def _run_together(sums: list[Number], numbers: tuple[Number, ...]) -> bool:
    """Two numbers with only a space between, such as `18 4000`: a slip of the finger that must be asked about."""
    at = {(number.start, number.end) for number in sums}
    return any(
        second.start - first.end == 1 and ((first.start, first.end) in at or (second.start, second.end) in at)
        for first, second in pairwise(numbers)
        if not first.is_ordinal and not second.is_ordinal
    )


def _are_set_against(sums: list[Number], sentence: Sentence, words: Vocabulary) -> bool:
    between = sentence.lower[sums[0].end : sums[1].start]
    return any(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", between) for words in words.phrases["amounts.versus"])
