"""Reads numbers as people write them in Swedish and English: `1 234,50`, `tre`, `18 400 kr`, `95 %`, `2 tkr`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from domain.people import Language

_UNITS_SV = "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton"
_UNITS_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS_SV = "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio"
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
_NONE = "inga ingen inget ingenting none nothing nada"


def _spelled() -> Iterator[tuple[str, int]]:
    for units, tens, joints, hundred in (
        (_UNITS_SV, _TENS_SV, ("", " "), "hundra"),
        (_UNITS_EN, _TENS_EN, ("-", " "), "hundred"),
    ):
        ones = list(enumerate(units.split()))
        yield from ((word, number) for number, word in ones)
        for ten, word in enumerate(tens.split(), start=2):
            yield word, ten * 10
            yield from ((f"{word}{joint}{one}", ten * 10 + number) for number, one in ones[1:10] for joint in joints)
        yield from ((f"{one}{gap}{hundred}", number * 100) for number, one in ones[1:10] for gap in ("", " "))
    yield from (("ett", 1), ("hundra", 100), ("etthundra", 100), ("ett hundra", 100), ("tusen", 1000))
    yield from ((word, 0) for word in _NONE.split())


SPELLED: Final = MappingProxyType({word: Decimal(number) for word, number in _spelled()})
"""Numbers in letters, 0 to 99 and whole hundreds, in both languages."""

_MULTIPLIERS = MappingProxyType(
    {
        Decimal(1_000): ("tkr", "tusen", "thousand", "tsek", "ksek"),
        Decimal(1_000_000): ("mkr", "mnkr", "miljoner", "miljon", "msek", "million"),
    },
)
_ABOUT = re.compile(
    r"(?:ca\.?|c:a|cirka|ungefär|runt|omkring|about|around|approx\.?|approximately|roughly|~)\s*", re.IGNORECASE
)
_DIGITS_SV = re.compile(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?")
_DIGITS_EN = re.compile(r"\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?")
_WORDS = re.compile(
    r"(?:"
    + "|".join(sorted(map(re.escape, SPELLED), key=len, reverse=True))
    + r")(?!\w)(?!\s+(?:par|del|halv|couple|few|bit)\b)",
    re.IGNORECASE,
)
_MULTIPLIER = re.compile(
    r"\s*(?P<word>" + "|".join(word for words in _MULTIPLIERS.values() for word in words) + r")(?!\w)",
    re.IGNORECASE,
)
_MOST_DIGITS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A number at the start of a text, and the text that is left after it."""

    number: Decimal
    rest: str


def read_number(text: str, language: Language) -> Reading | None:
    """The number `text` begins with, *cirka* and the like passed over; None when it begins with something else.

    In Swedish a point before three digits parts thousands and a comma parts decimals; in English the other way round.
    """
    flat = re.sub(r"[\u00a0\u2007\u2009\u202f]", " ", text).strip()
    about = _ABOUT.match(flat)
    start = about.end() if about else 0
    digits = (_DIGITS_EN if language is Language.EN else _DIGITS_SV).match(flat, start)
    if digits:
        return _with_multiplier(_decimal(digits.group(), language), flat[digits.end() :])
    spelled = _WORDS.match(flat, start)
    if spelled and not _WORDS.match(flat[spelled.end() :].lstrip()):
        word = " ".join(spelled.group().casefold().split())
        return _with_multiplier(SPELLED.get(word), flat[spelled.end() :])
    return None


def plain_number(number: Decimal) -> str:
    """The form numbers are kept in: digits with a decimal point, no trailing zeros."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _decimal(digits: str, language: Language) -> Decimal | None:
    if sum(sign.isdigit() for sign in digits) > _MOST_DIGITS:
        return None
    thousands, decimals = (",", ".") if language is Language.EN else (".", ",")
    plain = digits.replace(" ", "")
    if re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{decimals}\d+)?", plain):
        plain = plain.replace(thousands, "")
    return Decimal(plain.replace(",", "."))


def _with_multiplier(number: Decimal | None, rest: str) -> Reading | None:
    if number is None:
        return None
    multiplier = _MULTIPLIER.match(rest)
    if multiplier:
        word = multiplier.group("word").casefold()
        number *= next(factor for factor, words in _MULTIPLIERS.items() if word in words)
        rest = rest[multiplier.end() :]
    return Reading(number=number, rest=rest)
