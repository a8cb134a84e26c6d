"""The other terms of a contract that stand in one cell each: its class and its period of notice."""

import re
from decimal import Decimal
from math import ceil

from domain.contract import ContractClass
from domain.register.cell import Cell, Reading, Remark, read_text, unreadable

_CLASSES = tuple(ContractClass)
_CLASS_WORDS = {
    ContractClass.CRITICAL: "kritisk kritiskt kritiska critical verksamhetskritiskt verksamhetskritisk affärskritiskt",
    ContractClass.HIGH: "viktig viktigt viktiga high hög högt important",
    ContractClass.MEDIUM: "vanlig vanligt vanliga medium medel mellan normal normalt moderate",
    ContractClass.LOW: "rutin rutinavtal rutinmässigt low låg lågt enkel enkelt routine",
}
_CLASS_OF_WORD = {word: found for found, words in _CLASS_WORDS.items() for word in words.split()}
_VERY = re.compile(r"\b(?:mycket (?:hög|högt|viktigt|viktig)|very high|top)\b")
_NEGATED = re.compile(r"\b(?:icke|ej|inte|non|not)\b|okritisk|oviktig")
_CLASS_NUMBER = re.compile(
    r"(?:(?:klass|class|kategori|category|nivå|level|avtalsklass|prio|prioritet)\b\D{0,3})?([1-4])(?!\d)(.*)"
)
_CLASS_LETTER = re.compile(r"(?:(?:klass|class|kategori|category|nivå|level)\s+)?([a-d])")

_NUMBER_WORDS = {"en": "1", "ett": "1", "två": "2", "tre": "3", "fyra": "4", "sex": "6", "nio": "9", "tolv": "12"}
_LENGTH = re.compile(
    r"(\d+(?:[.,]\d+)?)[\s-]*(mån\w*|mdr|months?|mths?|mon|mo|m|dagar\w*|dag|days?|d|veck\w*|weeks?|v|års?|year\w*|yrs?)\b"
)
_RANGE = re.compile(r"\d\s*(?:-|–|till|to|/)\s*\d")
_DAYS_IN_MONTH = 30
_MOST_MONTHS = 36


def read_class(cell: Cell) -> Reading[ContractClass]:
    """`1`, `Klass 1`, `1 - Kritiskt avtal`, `kritiskt`, `critical`; letters A to D count as 1 to 4, with a remark."""
    text = read_text(cell)
    if text is None:
        return Reading()
    lowered = text.casefold().strip(" .")
    by_word = _class_in_words(lowered)
    numbered = _CLASS_NUMBER.fullmatch(lowered)
    by_number = _CLASSES[int(numbered[1]) - 1] if numbered else None
    if by_word and by_number and by_word is not by_number:
        return Reading(remark=unreadable("register.class_contradicts", cell))
    if by_word or (by_number and numbered and not re.search(r"\d", numbered[2])):
        return Reading(value=by_word or by_number)
    letter = _CLASS_LETTER.fullmatch(lowered)
    if letter:
        found = _CLASSES["abcd".index(letter[1])]
        remark = Remark(text_key="register.class_letter", values={"text": text, "contract_class": found})
        return Reading(value=found, remark=remark)
    return Reading(remark=unreadable("register.class_unreadable", cell))


def _class_in_words(text: str) -> ContractClass | None:
    if _NEGATED.search(text):
        return None
    if _VERY.search(text):
        return ContractClass.CRITICAL
    found = {_CLASS_OF_WORD[word] for word in re.findall(r"\w+", text) if word in _CLASS_OF_WORD}
    return found.pop() if len(found) == 1 else None


def read_notice_months(cell: Cell, *, is_in_days: bool = False) -> Reading[int]:
    """Whole months of notice: `3 mån`, `6`, `90 dagar`, `1 år`. `is_in_days` is what the heading says of bare numbers."""
    text = read_text(cell)
    if text is None:
        return Reading()
    lowered = re.sub(r"[a-zåäö]+", lambda match: _NUMBER_WORDS.get(match.group(), match.group()), text.casefold())
    if re.fullmatch(r"\d+([.,]0+)?", lowered):
        return _bare(cell, int(Decimal(lowered.replace(",", "."))), is_in_days=is_in_days)
    lengths = {_months(number, unit) for number, unit in _LENGTH.findall(lowered)}
    if len(lengths) != 1 or _RANGE.search(lowered) or None in lengths:
        return Reading(remark=unreadable("register.notice_unreadable", cell))
    return _checked(cell, lengths.pop())


def _bare(cell: Cell, number: int, *, is_in_days: bool) -> Reading[int]:
    if is_in_days:
        return _checked(cell, _months(str(number), "d"))
    months = _months(str(number), "d") if number > _MOST_MONTHS else None
    if months:
        remark = unreadable("register.notice_read_as_days", cell, months=months)
        return Reading(value=months, remark=remark)
    return _checked(cell, number)


def _months(number: str, unit: str) -> int | None:
    """Whole months, a month being thirty days and rounded up: too much notice is harmless, too little is not."""
    count = Decimal(number.replace(",", "."))
    if unit.startswith(("å", "y")):
        months = count * 12
    elif unit.startswith("d"):
        months = count / _DAYS_IN_MONTH
    elif unit.startswith(("v", "w")):
        months = count * 7 / _DAYS_IN_MONTH
    else:
        months = count
    return ceil(months)


def _checked(cell: Cell, months: int | None) -> Reading[int]:
    if months is None or not 0 <= months <= _MOST_MONTHS:
        return Reading(remark=unreadable("register.notice_unreadable", cell))
    return Reading(value=months)
