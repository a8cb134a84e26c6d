"""Organisation numbers: who a supplier is, checked, with people's own numbers kept out of the store."""

import re

from domain.check_digit import has_check_digit
from domain.register.cell import Cell, Reading, Remark, quoted, read_text, unreadable

SOLE_TRADER = "EF"
"""Stands for the personal identity number of an enskild firma, which is read but never kept."""

_ORGANISATION = 16
_CENTURIES = frozenset({18, 19, 20})
_FOREIGN = re.compile(
    r"(AT|BE|BG|CH|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|GR|HR|HU|IE|IS|IT|LI|LT|LU|LV|MT|NL|NO|PL|PT|RO|SI|SK|UK|US|XI)"
    r"[A-Z0-9]{0,13}\d[A-Z0-9]{0,3}",
)
"""A registration number of another country: its letters, then a number that may hold letters too."""
_PERSONAL_NUMBER = re.compile(r"\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])\d{4}")
"""Year, month and day (a coordination number counts sixty days more), then four digits. An organisation's third digit is never a month's."""
_LABEL = re.compile(
    r"^(org(anisations?)?\.?\s*(nr|nummer|no)?|vat(\s*no)?|moms(reg)?\.?\s*(nr)?)[.:\s]*", re.IGNORECASE
)
_SWEDISH_VAT = re.compile(r"SE(\d{10})\d{2}")


def read_org_number(cell: Cell) -> Reading[str]:
    """Ten digits; a foreign number as country and number, with a remark; `SOLE_TRADER` for a person's own number."""
    text = read_text(cell)
    if text is None:
        return Reading()
    compact = re.sub(r"[\s.\-–—\u2212+/]", "", _LABEL.sub("", text)).upper()
    vat = _SWEDISH_VAT.fullmatch(compact)
    digits = vat.group(1) if vat else compact
    if digits.isascii() and digits.isdigit():
        return _swedish(cell, digits)
    if len(compact) > 5 and _FOREIGN.fullmatch(compact):  # noqa: PLR2004 - shorter is no number of anybody's
        return Reading(value=compact, remark=unreadable("register.org_number_foreign", cell))
    return Reading(remark=unreadable("register.org_number_unreadable", cell))


def _swedish(cell: Cell, digits: str) -> Reading[str]:
    if len(digits) == 12 and int(digits[:2]) in {_ORGANISATION, *_CENTURIES}:  # noqa: PLR2004 - with its century
        digits = digits[2:]
    if len(digits) != 10:  # noqa: PLR2004 - the length of an organisation number
        return Reading(remark=Remark(text_key="register.org_number_length", values={"count": len(digits)}))
    is_person = _PERSONAL_NUMBER.fullmatch(digits) is not None
    if not has_check_digit(digits):
        # Nothing that may be a person's number is repeated in a report.
        shown = "…" if is_person else quoted(cell)
        return Reading(remark=Remark(text_key="register.org_number_wrong", values={"text": shown}))
    if is_person:
        return Reading(value=SOLE_TRADER, remark=Remark(text_key="register.org_number_personal"))
    return Reading(value=digits)
