"""What a sentence was understood to be, as a row for other programs and as lines for whoever sits at the terminal."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from cards.texts import Texts
from dialogs.understand.understanding import DraftSlots, Understanding
from dialogs.understand.wishes import IntentSlots
from domain.contract import Contract
from domain.deviation_types import DeviationType
from domain.identifiers import ContractId


def understood_row(understanding: Understanding, contracts: Mapping[ContractId, Contract]) -> dict[str, Any]:
    """One sentence as JSON-ready values."""
    return {
        "intent": understanding.intent.kind.value,
        "drafts": [_draft_row(draft, contracts) for draft in understanding.drafts],
        "ask": [slot.value for slot in understanding.ask],
        "personal_data": understanding.personal_data,
        "restricted": understanding.restricted,
        "query": _query_row(understanding.intent.slots),
    }


def _draft_row(draft: DraftSlots, contracts: Mapping[ContractId, Contract]) -> dict[str, Any]:
    meant = (draft.contract_id,) if draft.contract_id else draft.candidates
    return {
        "type": draft.type,
        "severity": draft.severity,
        "contract_numbers": [contracts[one].contract_number for one in meant if one in contracts],
        "location": draft.location,
        "count": draft.count,
        "amount_sek": _plain(draft.amount_sek),
        "occurred_from": _plain(draft.occurred_from),
        "occurred_to": _plain(draft.occurred_to),
        "recurring": draft.is_recurring,
    }


def _query_row(slots: IntentSlots) -> dict[str, Any]:
    """The query's name and what was said along with it; empty where nothing is asked."""
    if slots.query is None:
        return {}
    said = {slot.name: getattr(slots, slot.name) for slot in fields(slots) if slot.name != "query"}
    told = {name: _plain(value) for name, value in said.items() if value is not None and value is not False}
    return {"name": slots.query.value, **told}


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Enum():
            return value.value
        case _:
            return value


def understood_lines(
    understanding: Understanding,
    contracts: Mapping[ContractId, Contract],
    types: Mapping[str, DeviationType],
) -> str:
    """The same for a person to read, in the language of the sentence."""
    texts = Texts(understanding.intent.language)
    lines = [texts(f"understood.intent.{understanding.intent.kind.value}")]
    if understanding.personal_data:
        lines.append(texts("understood.personal_data"))
    for draft in understanding.drafts:
        lines += _draft_lines(draft, contracts, types, texts)
    if understanding.ask:
        lines.append(texts("understood.ask", slots=", ".join(slot.value for slot in understanding.ask)))
    return "\n".join(lines)


def _draft_lines(
    draft: DraftSlots,
    contracts: Mapping[ContractId, Contract],
    types: Mapping[str, DeviationType],
    texts: Texts,
) -> list[str]:
    kind = types.get(draft.type or "")
    meant = [contracts[one] for one in ((draft.contract_id,) if draft.contract_id else draft.candidates)]
    names = ", ".join(f"{one.contract_number} {one.title}" for one in meant)
    slots: dict[str, object] = {
        "understood.type": kind.name(texts.language) if kind else texts("understood.type_unknown"),
        "understood.severity": texts(f"deviation.severity.{draft.severity.value}") if draft.severity else None,
        "understood.contract": names if draft.contract_id else None,
        "understood.contracts": names if not draft.contract_id else None,
        "understood.location": draft.location,
        "understood.count": draft.count,
        "understood.amount": _plain(draft.amount_sek),
        "understood.from_day": draft.occurred_from,
        "understood.to_day": draft.occurred_to,
        "understood.recurring": texts("understood.yes") if draft.is_recurring else None,
    }
    return [f"  {texts(key)}: {value}" for key, value in slots.items() if value]
