"""Reads a person's words against the contracts there are."""

from collections.abc import Sequence
from datetime import date

from dialogs.turn import Turn
from dialogs.understand.contract_index import ContractFacts, ContractIndex
from dialogs.understand.matching import Sender
from dialogs.understand.reports import read_report
from dialogs.understand.understanding import Understanding
from domain.contract import Contract
from usecases.deviations.contracts_to_match import contracts_to_match

_Key = tuple[date, tuple[tuple[str, int], ...]]
_INDEXES: dict[_Key, ContractIndex] = {}
_MOST_INDEXES = 8
"""Organisations whose contracts are kept read; the one asked about longest ago is read again."""


async def understand(turn: Turn, *, is_report: bool = False) -> Understanding:
    """What the words of the turn mean. With `is_report` the person has said that they tell of a fault."""
    contracts, types = await contracts_to_match(turn.world, turn.tenant_id)
    return read_report(
        turn.text,
        sender=Sender(mail=turn.sender.mail, department=turn.sender.department),
        contracts=_index(contracts, turn.today),
        types=types,
        today=turn.today,
        language_hint=turn.language,
        is_report=is_report,
    )


def _index(contracts: Sequence[Contract], today: date) -> ContractIndex:
    """Read the contracts once a day, for as long as they stay the same."""
    key = (today, tuple((contract.contract_id, contract.version) for contract in contracts))
    index = _INDEXES.pop(key, None) or ContractIndex.build(ContractFacts.of(contract, today) for contract in contracts)
    _INDEXES[key] = index
    while len(_INDEXES) > _MOST_INDEXES:
        _INDEXES.pop(next(iter(_INDEXES)))
    return index
