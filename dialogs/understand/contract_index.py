"""The contracts turned inside out: from the words, numbers and suppliers people speak of to the contracts themselves."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from dialogs.understand.normalise import read_words
from dialogs.understand.vocabulary import vocabulary
from domain.contract import Contract, ContractState
from domain.identifiers import ContractId
from domain.people import Language

SHORTEST_PART: Final = 4
"""Shorter parts of names and compounds say too little."""
_LEGAL_FORMS: Final = re.compile(
    r"(?<!\w)(?:ab|hb|kb|ek\.? för\.?|aktiebolag|handelsbolag|sverige|sweden|scandinavia|nordic|group|gruppen|ltd|oy|as|i väst|"
    r"i syd|i norr|i öst|& co|och söner|publ|\(publ\))(?!\w)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFacts:
    """What of a contract people use to speak of it."""

    contract_id: ContractId
    contract_number: str
    title: str
    area: str | None = None
    suppliers: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    registry_number: str | None = None
    department: str | None = None
    people: frozenset[str] = frozenset()
    """Mail addresses of owner, manager and deputy."""
    is_running: bool = True
    """One that has ended or not begun is seldom meant where another fits as well."""

    @classmethod
    def of(cls, contract: Contract, today: date | None = None) -> "ContractFacts":
        """Of a contract of the register, as it stands today."""
        people = (contract.owner_mail, contract.manager_mail, contract.deputy_mail)
        return cls(
            contract_id=contract.contract_id,
            contract_number=contract.contract_number,
            title=contract.title,
            area=contract.area,
            suppliers=tuple(dict.fromkeys(supplier.name for supplier in contract.suppliers)),
            lots=tuple(dict.fromkeys(supplier.lot for supplier in contract.suppliers if supplier.lot)),
            registry_number=contract.registry_number,
            department=contract.department,
            people=frozenset(mail for mail in people if mail),
            is_running=today is None or contract.state_on(today) is ContractState.ACTIVE,
        )


@dataclass(slots=True, kw_only=True)
class ContractIndex:
    """The contracts turned inside out: from words, numbers and suppliers to contracts."""

    contracts: tuple[ContractFacts, ...]
    numbers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    suppliers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    supplier_parts: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    titles: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    areas: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def build(cls, contracts: Iterable[ContractFacts]) -> "ContractIndex":
        """Read the contracts once; good for as long as they stay the same."""
        index = cls(contracts=tuple(contracts))
        for position, facts in enumerate(index.contracts):
            index._add(position, facts)
        return index

    def _add(self, position: int, facts: ContractFacts) -> None:
        for number in (facts.contract_number, facts.registry_number):
            if number:
                self.numbers[number.casefold()].add(position)
        for supplier in facts.suppliers:
            core = supplier_core(supplier)
            self.suppliers[supplier_name(supplier)].add(position)
            self.suppliers[core].add(position)
            for part in core.split():
                if len(part) >= SHORTEST_PART:
                    self.supplier_parts[part].add(position)
        for words, target in ((" ".join((facts.title, *facts.lots)), self.titles), (facts.area or "", self.areas)):
            for term in _terms(words):
                target[term].add(position)

    @property
    def supplier_words(self) -> frozenset[str]:
        """Every word of a supplier's name, which is no place."""
        return frozenset(self.supplier_parts)


def index_of(contracts: "Sequence[ContractFacts] | ContractIndex") -> ContractIndex:
    """The index of these contracts, built anew only when they have changed."""
    return contracts if isinstance(contracts, ContractIndex) else _index(tuple(contracts))


@lru_cache(maxsize=8)
def _index(contracts: tuple[ContractFacts, ...]) -> ContractIndex:
    return ContractIndex.build(contracts)


def supplier_name(name: str) -> str:
    """A company's name in lower case, its words apart by one space."""
    return " ".join(re.findall(r"[\w&]+", name.lower()))


@lru_cache(maxsize=16_384)
def supplier_core(name: str) -> str:
    """The name without what companies have in common: `Kustservice i Väst AB` is `kustservice`."""
    core = supplier_name(_LEGAL_FORMS.sub(" ", name.lower()))
    return core or supplier_name(name)


@lru_cache(maxsize=16_384)
def _terms(words: str) -> tuple[str, ...]:
    """The stems of a title that tell it from others."""
    left_out = vocabulary(Language.SV).stopwords
    tokens = read_words(words.replace("-", " "), Language.SV).tokens
    return tuple(dict.fromkeys(token.stem for token in tokens if token.word not in left_out and len(token.word) > 1))
