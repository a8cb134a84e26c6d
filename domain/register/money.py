"""Swedish money as registers write it: `3 818 000 kr`, `1 234,50`, `1,2 mkr`, `SEK 250.000`, tkr columns."""

import re
from decimal import Decimal

from domain.register.cell import Cell, Reading, read_text, text_of, unreadable

KRONOR = Decimal(1)
THOUSANDS = Decimal(1000)
MILLIONS = Decimal(1_000_000)

UNITS = {
    **dict.fromkeys(("kr", "kronor", "krona", "sek", "skr"), KRONOR),
    **dict.fromkeys(("tkr", "kkr", "tsek", "ksek", "tusen", "tusentals", "tusental", "t", "k"), THOUSANDS),
    **dict.fromkeys(
        ("mkr", "mnkr", "msek", "miljoner", "miljon", "milj", "mn", "mio", "million", "millions"), MILLIONS
    ),
}
"""Unit words, in a cell or in a heading, and what they multiply by."""

_MOST = Decimal(1_000_000_000_000)
_FOREIGN = re.compile(r"€|\$|£|\b(eur|euro|usd|dollar|nok|dkk|gbp|chf)\b")
_NOISE = re.compile(
    r"\b(cirka|circa|ca|c:a|uppskattat|uppskattningsvis|approx|about)\b\.?|~|≈"
    r"|(/|\bper\b)\s*(år|year)|\bårligen|\byearly|\bp\.?a\.?$"
    r"|\b(exkl|ex|excl|exklusive)\b\.?\s*(moms|vat)"
    r"|[:,.]-+$",
)
_AMOUNT = re.compile(
    r"(?P<before>[a-z]+)?\.?\s*(?P<number>[\d][\d\s.,']*)\s*(?P<after>[a-z]+(?:\s*(?:kr|kronor|sek))?)?\.?"
)
_BLANKS = r"[\s']"


def read_money(cell: Cell, *, unit: Decimal = KRONOR) -> Reading[Decimal]:
    """Kronor with öre. `unit` is what a bare number in this column counts; a unit in the cell goes before it."""
    text = read_text(cell)
    if text is None:
        return Reading()
    if isinstance(cell, bool):
        return Reading(remark=unreadable("register.money_unreadable", cell))
    if isinstance(cell, int | float | Decimal):
        return _checked(cell, Decimal(str(cell)), unit)
    lowered = text.casefold()
    if _FOREIGN.search(lowered):
        return Reading(remark=unreadable("register.money_foreign", cell))
    amount = _NOISE.sub(" ", lowered).strip()
    is_negative = amount.startswith(("-", "\u2212", "–", "("))
    match = _AMOUNT.fullmatch(amount.lstrip("-\u2212–( ").rstrip(") "))
    scale = _scale(match, unit) if match else None
    number = _number(match["number"].strip(), is_scaled=scale != KRONOR) if match and scale is not None else None
    if number is None or scale is None:
        return Reading(remark=unreadable("register.money_unreadable", cell))
    return _checked(cell, -number if is_negative else number, scale)


def _scale(match: re.Match[str], unit: Decimal) -> Decimal | None:
    words = [word for word in (match["before"], *(match["after"] or "").split()) if word]
    scales = [UNITS.get(word) for word in words]
    if None in scales:
        return None
    # "2 miljoner kr" names two units: the larger is the scale.
    return max((scale for scale in scales if scale is not None), default=unit)


def _number(text: str, *, is_scaled: bool) -> Decimal | None:
    """A number in Swedish or English notation; None when the separators make no sense."""
    blanks = re.findall(_BLANKS, text)
    if blanks and not re.fullmatch(rf"\d{{1,3}}(?:{_BLANKS}\d{{3}})+(?:[.,]\d+)?", text):
        return None
    text = re.sub(_BLANKS, "", text)
    marks = [mark for mark in text if mark in ".,"]
    if not marks:
        return Decimal(text)
    last = marks[-1]
    whole, _, fraction = text.rpartition(last)
    if _separates_thousands(text, marks, is_scaled=is_scaled):
        return Decimal(re.sub(r"[.,]", "", text))
    other = "," if last == "." else "."
    is_plain = whole.isdigit() or re.fullmatch(rf"\d{{1,3}}(?:{re.escape(other)}\d{{3}})+", whole)
    return Decimal(f"{whole.replace(other, '')}.{fraction}") if is_plain and fraction.isdigit() else None


def _separates_thousands(text: str, marks: list[str], *, is_scaled: bool) -> bool:
    """`1.234.567` always does; a single `1.234` does in kronor, where nobody writes three decimals, not in mkr."""
    mark = re.escape(marks[0])
    in_groups = len(set(marks)) == 1 and re.fullmatch(rf"[1-9]\d{{0,2}}(?:{mark}\d{{3}})+", text) is not None
    return in_groups and not (is_scaled and len(marks) == 1)


def _checked(cell: Cell, number: Decimal, scale: Decimal) -> Reading[Decimal]:
    if not number.is_finite():
        return Reading(remark=unreadable("register.money_unreadable", cell))
    if number < 0:
        return Reading(remark=unreadable("register.money_negative", cell))
    amount = number * scale
    if amount > _MOST:
        return Reading(remark=unreadable("register.money_too_large", cell))
    return Reading(value=amount.quantize(Decimal("0.01")))


def unit_named(words: str) -> Decimal | None:
    """The unit a heading names, such as `Årsvärde (tkr)`; None when it names none."""
    found = [
        UNITS[word] for word in re.findall(r"[a-z]+", text_of(words).casefold()) if word in UNITS and len(word) > 1
    ]
    return max(found, default=None)
