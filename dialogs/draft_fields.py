"""What was filled in on the card of a draft, read without guessing."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from dialogs.turn import Press
from domain.deviation import Deviation, Severity
from domain.errors import Refused
from domain.identifiers import ContractId
from domain.report import Correction

MONEY: Final = re.compile(r"(?P<number>\d[\d \u00a0.,]*?)\s*(?:kr|kronor|sek|:-)?", re.IGNORECASE)

_MOST_TIMES: Final = 9999
"""Of one fault in one report; more is a slip of the finger."""


def from_fields(press: Press, draft: Deviation) -> Correction:
    """What was changed in the fields of the draft card; a field left as it was changes nothing. Refuses what it cannot read."""
    severity = press.typed("severity")
    filled = {
        "type": press.typed("type") or None,
        "severity": Severity(severity) if severity in set(Severity) else None,
        "contract_id": ContractId(press.typed("contract")) if press.typed("contract") else None,
        "occurred_from": _day(press.typed("occurred_from")),
        "occurred_to": _day(press.typed("occurred_to")),
        "occurrence_count": _number(press.typed("count")),
        "amount_sek": kronor(press.typed("amount")) if press.typed("amount") else None,
        "invoice_number": press.typed("invoice_number") or None,
        "is_paid": _yes_no(press.typed("is_paid")),
        "is_supplier_told": _yes_no(press.typed("supplier_told")),
    }
    changed = {name: value for name, value in filled.items() if value is not None and value != getattr(draft, name)}
    location = press.typed("location") if "location" in press.inputs else None
    if location is not None and location != (draft.location or ""):
        changed["location"] = location
    if press.typed("addition"):
        changed["addition"] = press.typed("addition")
    return Correction(**changed)  # type: ignore[arg-type]


def ticked_days(press: Press) -> tuple[date, ...]:
    """The days ticked on the card."""
    days = (_day(part.strip()) for part in press.typed("days").split(",") if part.strip())
    return tuple(sorted({day for day in days if day is not None}))


def kronor(text: str) -> Decimal:
    """An amount in kronor as people write it; refused when a sign in it is no digit."""
    match = MONEY.fullmatch(text.strip())
    plain = re.sub(r"[ \u00a0]", "", match["number"]).replace(",", ".") if match else ""
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise Refused("drafting.refused.amount", said=text[:40]) from None


def _number(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_TIMES:
        raise Refused("drafting.refused.count", said=text[:20])
    return int(text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused("drafting.refused.no_day", said=text[:20]) from None


def _yes_no(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)
