"""Which contract the words about a draft mean; never one that was neither asked for nor named."""

import re
from typing import Final

from dialogs.understand.understanding import DraftSlots
from domain.identifiers import ContractId
from usecases.deviations.draft_deviation import Draft

OTHERWISE: Final = re.compile(r"(?:nej|no)?[ ,]*(?:det (?:var|är|gäller|gällde)|it (?:was|is))\b", re.IGNORECASE)
"""Begins what is said instead of something; alone it is no new fact."""
_ABOUT_CONTRACT: Final = ("avtal", "leverantör", "contract", "supplier")
_A_NAME: Final = 4
"""Letters from which a word of a title tells one contract from another."""


def contract_meant(draft: Draft, slots: DraftSlots, text: str, *, is_instead: bool) -> ContractId | None:
    """The contract the words name, where one is asked for or plainly changed; a place alone changes no contract."""
    named = _named(draft, text)
    if draft.deviation.contract_id is None:
        return named or slots.contract_id
    speaks_of_it = any(word in text.casefold() for word in _ABOUT_CONTRACT)
    if OTHERWISE.match(text.strip()) and not slots.location and (told_apart := _told_apart_by(draft, text)):
        return told_apart
    if speaks_of_it or (is_instead and not slots.location and not slots.occurred_from):
        return named or slots.contract_id
    return None


def _named(draft: Draft, text: str) -> ContractId | None:
    """The one of the contracts shown whose number, title or supplier the words name."""
    words = text.casefold()
    named = [
        contract_id
        for contract_id, contract in draft.contracts.items()
        if contract.contract_number.casefold() in words
        or contract.title.casefold() in words
        or any(supplier.name.casefold() in words for supplier in contract.suppliers)
    ]
    return named[0] if len(named) == 1 else None


def _told_apart_by(draft: Draft, text: str) -> ContractId | None:
    """The one of the contracts shown that has a word of the text in its title or its supplier's name, as in *det var norra*."""
    said = {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= _A_NAME}
    fit = [
        contract_id
        for contract_id, contract in draft.contracts.items()
        if said & set(re.findall(r"\w+", f"{contract.title} {contract.supplier_names}".casefold()))
    ]
    return fit[0] if len(fit) == 1 else None
