"""What a register's column for extension says about the end of a contract.

Swedish registers give the extension column only the extension itself: `1+1 år` and `12 mån + 12 mån` beside an end
date are two options of a year each, the same as `2 x 12 mån`; `24 månader` is one option of 24 months. Only where the
terms differ and the first equals the period the dates already show (`2+1+1 år` on a two-year contract) is the first
term read as that period.
"""

import re
from decimal import Decimal

from domain.contract import Renewal, RenewalKind
from domain.register.cell import Cell, Reading, Remark, read_text, text_of, unreadable

UNKNOWN_MONTHS = 0
"""The register says that a contract can be or is extended, but not by how long. The rule book has a number for that."""

_MOST_MONTHS = 240
_MOST_TERMS = 20
_YEARS_UP_TO = 5
"""A bare number up to this is years, above it months: nobody extends by two months or by twelve years."""

_NUMBER_WORDS = {
    **dict.fromkeys(("ett", "en", "one"), "1"),
    **dict.fromkeys(("två", "two"), "2"),
    **dict.fromkeys(("tre", "three"), "3"),
    **dict.fromkeys(("fyra", "four"), "4"),
    **dict.fromkeys(("fem", "five"), "5"),
    **dict.fromkeys(("sex", "six"), "6"),
    **dict.fromkeys(("tolv", "twelve"), "12"),
}
_UNIT = r"(?:års?|årig\w*|years?|yrs?|y|månad\w*|mån\w*|mdr|months?|mths?|mon|mo|m)\b\.?"
_TERM = rf"(\d+(?:[.,]\d+)?)[\s-]*({_UNIT})"
_TIMES = r"(?:x|×|\*|st|ggr|gånger|times|optioner|options?|förlängningar|extensions?|perioder|periods)"
_REPEATED = re.compile(rf"(\d+)\s*{_TIMES}(?:[\s(.,]*(?:om|à|a|á|of|på|med|för|x|st|each))*[\s(.,]*{_TERM}")
_REPEATED_AFTER = re.compile(rf"{_TERM}\s*(?:x|×|\*)\s*(\d+)")
_PLUS = re.compile(rf"\d+(?:[.,]\d+)?\s*(?:{_UNIT})?(?:\s*\+\s*\d+(?:[.,]\d+)?\s*(?:{_UNIT})?)+")
_SINGLE = re.compile(_TERM)
_BARE = re.compile(r"\d+")
_NOTICE = re.compile(
    rf"\d+\s*(?:{_UNIT}|dagar\w*|days?)\s*(?:ömsesidig\s*)?(?:uppsägning\w*|före|innan|prior|before|notice|varsel|in advance)"
    rf"|(?:uppsägning\w*|notice|varsel)\D{{0,20}}\d+\s*(?:{_UNIT}|dagar|days?)",
)
_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}[ /-]\d{2,4}|\b(?:19|20)\d{2}\b")

_OPEN_ENDED = re.compile(
    r"till?s\s?vidare|until further notice|evergreen|indefinite|open[- ]?ended|ongoing|^löpande$|^tv$"
)
_NOT_AUTOMATIC = re.compile(
    r"\b(?:ej|inte|ingen|icke|no|not|non|utan)[\s-]+(?:\w+\s+)?(?:auto\w*)(?:[\s-]*(?:förläng\w*|renew\w*|exten\w*))?",
)
_AUTOMATIC = re.compile(r"\bauto|rullande|rolling|förläng\w*.*om (?:det |avtalet |den )?(?:inte|ej)|(?:unless|if not) ")
_NONE = re.compile(
    r"(?:nej|no|n|ej|inte|ingen|inget|inga|utan|0(?![\d.,])|not?|false|falskt|(?:fullt |redan )?(?:utnyttja|använd|nyttja)\w*)\b.*",
)
_POSSIBLE = re.compile(
    r"\b(?:ja|yes|j|y|x|true|sant|möjlig\w*|finns|kan|options?|optionsår|optioner|förläng\w*|extension\w*|extendable)\b",
)


def is_open_ended(cell: Cell) -> bool:
    """Whether the cell says that the contract runs until somebody ends it (`tillsvidare`)."""
    return _OPEN_ENDED.search(text_of(cell).casefold()) is not None


def read_renewal(cell: Cell, *, period_months: int | None = None, unit_months: int | None = None) -> Reading[Renewal]:
    """The renewal; `period_months` is the length of the current period, `unit_months` what a bare number counts (12 or 1)."""
    text = read_text(cell)
    if text is None:
        return Reading()
    words = _simplified(text)
    if _OPEN_ENDED.search(words):
        return Reading(value=Renewal(kind=RenewalKind.OPEN_ENDED))
    words = _NOT_AUTOMATIC.sub(" ", words).strip(" ,.;")
    if not words or (_NONE.fullmatch(words) and not _SINGLE.search(words)):
        return Reading(value=Renewal(kind=RenewalKind.NONE))
    return _extension(cell, words, period_months, unit_months)


def _extension(cell: Cell, words: str, period_months: int | None, unit_months: int | None) -> Reading[Renewal]:
    terms = _terms(words, unit_months)
    is_denied = _NONE.fullmatch(words) is not None  # "inte mer än 24 mån": a person must say which it is
    is_sensible = not is_denied and all(0 < months <= _MOST_MONTHS for months in terms) and len(terms) <= _MOST_TERMS
    if is_sensible and _AUTOMATIC.search(words):
        return _automatic(cell, terms)
    if is_sensible and terms:
        return _options(_without_current_period(terms, period_months))
    if is_sensible and _POSSIBLE.search(words):
        remark = unreadable("register.renewal_length_unknown", cell)
        return Reading(value=_option(1, UNKNOWN_MONTHS), remark=remark)
    return Reading(remark=unreadable("register.renewal_unreadable", cell))


def _simplified(text: str) -> str:
    words = re.sub(r"[a-zåäö]+", lambda match: _NUMBER_WORDS.get(match.group(), match.group()), text.casefold())
    return _NOTICE.sub(" ", _DAYS.sub(" ", words)).strip()


def _terms(words: str, unit_months: int | None) -> list[int]:
    """The length of each term in months; 0 stands for a length that cannot be counted in whole months."""
    plus = _PLUS.search(words)
    if plus:
        return _added_terms(plus.group(), unit_months)
    repeated, after = _REPEATED.search(words), _REPEATED_AFTER.search(words)
    if repeated:
        return [_months(repeated[2], repeated[3])] * int(repeated[1][:3])
    if after:
        return [_months(after[1], after[2])] * int(after[3][:3])
    single = _SINGLE.search(words)
    if single:
        return [_months(single[1], single[2])]
    if _BARE.fullmatch(words):
        return [_months(words, _assumed_unit(words, unit_months))]
    return []


def _added_terms(words: str, unit_months: int | None) -> list[int]:
    """`12 mån + 12 mån`, `1+1 år`: a number without a unit takes the next one's."""
    terms: list[int] = []
    unit = ""
    for part in reversed(words.split("+")):
        match = re.match(rf"\s*(\d+(?:[.,]\d+)?)\s*({_UNIT})?", part)
        if match is None:
            return [0]
        unit = match[2] or unit or _assumed_unit(match[1], unit_months)
        terms.append(_months(match[1], unit))
    return terms[::-1]


def _assumed_unit(number: str, unit_months: int | None) -> str:
    if unit_months is None:
        return "år" if Decimal(number.replace(",", ".")) <= _YEARS_UP_TO else "mån"
    return "år" if unit_months == 12 else "mån"  # noqa: PLR2004 - a year


def _months(number: str, unit: str) -> int:
    count = Decimal(number.replace(",", ".")) * (12 if unit.startswith(("å", "y")) else 1)
    return int(count) if count == count.to_integral_value() and count <= _MOST_MONTHS else 0


def _without_current_period(terms: list[int], period_months: int | None) -> list[int]:
    return terms[1:] if len(set(terms)) > 1 and terms[0] == period_months else terms


def _automatic(cell: Cell, terms: list[int]) -> Reading[Renewal]:
    months = terms[0] if terms else UNKNOWN_MONTHS
    remark = None if terms else unreadable("register.renewal_length_unknown", cell)
    return Reading(value=Renewal(kind=RenewalKind.AUTOMATIC, months=months), remark=remark)


def _options(terms: list[int]) -> Reading[Renewal]:
    remark = None
    if len(set(terms)) > 1:
        remark = Remark(text_key="register.renewal_unequal", values={"count": len(terms), "months": terms[0]})
    return Reading(value=_option(len(terms), terms[0]), remark=remark)


def _option(count: int, months: int) -> Renewal:
    return Renewal(kind=RenewalKind.OPTION, count=count, months=months)
