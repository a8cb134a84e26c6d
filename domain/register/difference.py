"""What a register file would change in what is stored: new, changed field by field, unchanged, and missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.contract import Contract, ContractSupplier, RenewalKind
from domain.register.columns import Header
from domain.register.grouping import ContractDraft
from domain.register.rows import number_key
from domain.register.synonyms import RegisterColumn as Column


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field, before and after, as domain values."""

    column: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractChange:
    """A stored contract that the file wants otherwise."""

    before: Contract
    after: Contract
    fields: tuple[FieldChange, ...]

    @property
    def needs_planning(self) -> bool:
        """Whether the plan hangs on any of what changed."""
        return any(change.column in PLANNED_BY for change in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A register file beside the store."""

    new: tuple[ContractDraft, ...]
    changed: tuple[ContractChange, ...]
    unchanged: tuple[Contract, ...]
    missing: tuple[Contract, ...]
    """Stored, not closed, and not in the file. They are told, never closed: an export may be partial."""


PLANNED_BY = frozenset({Column.START_ON, Column.END_ON, Column.RENEWAL, Column.NOTICE, Column.CONTRACT_CLASS})
"""Columns whose change voids what was planned."""

_FIELDS: Mapping[str, Column] = {
    "title": Column.TITLE,
    "registry_number": Column.REGISTRY_NUMBER,
    "area": Column.AREA,
    "department": Column.DEPARTMENT,
    "owner_mail": Column.OWNER_MAIL,
    "manager_mail": Column.MANAGER_MAIL,
    "deputy_mail": Column.DEPUTY_MAIL,
    "start_on": Column.START_ON,
    "end_on": Column.END_ON,
    "renewal": Column.RENEWAL,
    "notice_months": Column.NOTICE,
    "annual_value_sek": Column.ANNUAL_VALUE,
    "ceiling_sek": Column.CEILING,
    "contract_class": Column.CONTRACT_CLASS,
}
"""Fields of a contract that a register may change, with the column that speaks of each."""
_EITHER: Mapping[Column, tuple[Column, Column]] = {
    Column.OWNER_MAIL: (Column.OWNER_MAIL, Column.OWNER_NAME),
    Column.MANAGER_MAIL: (Column.MANAGER_MAIL, Column.MANAGER_NAME),
    Column.DEPUTY_MAIL: (Column.DEPUTY_MAIL, Column.DEPUTY_NAME),
}


def compare(
    drafts: Iterable[ContractDraft],
    stored: Sequence[Contract],
    header: Header,
    quarantined_numbers: Collection[str] = (),
) -> Difference:
    """Lay the drafts beside the stored contracts.

    A column the file does not have changes nothing. Where a row of a contract is in quarantine its suppliers are not
    taken away, and the contract does not count as missing.
    """
    known = {number_key(contract.contract_number): contract for contract in stored}
    new: list[ContractDraft] = []
    changed: list[ContractChange] = []
    unchanged: list[Contract] = []
    seen = set(quarantined_numbers)
    for draft in drafts:
        key = number_key(draft.contract_number)
        contract = known.get(key)
        if contract is None:
            new.append(draft)
        else:
            change = _change(contract, draft, header, keeps_suppliers=key in quarantined_numbers)
            if change.fields:
                changed.append(change)
            else:
                unchanged.append(contract)
        seen.add(key)
    missing = tuple(contract for key, contract in known.items() if key not in seen and contract.closed_at is None)
    return Difference(new=tuple(new), changed=tuple(changed), unchanged=tuple(unchanged), missing=missing)


def _change(contract: Contract, draft: ContractDraft, header: Header, *, keeps_suppliers: bool) -> ContractChange:
    drafted = draft.contract(contract.contract_id)
    wanted = {name: column for name, column in _FIELDS.items() if _is_told(column, draft, header)}
    after = replace(contract, **{name: getattr(drafted, name) for name in wanted})
    after = replace(after, suppliers=_suppliers(contract.suppliers, draft.suppliers, keeps=keeps_suppliers))
    fields = tuple(
        FieldChange(column=column, before=getattr(contract, name), after=getattr(after, name))
        for name, column in (*wanted.items(), ("suppliers", Column.SUPPLIER))
        if getattr(contract, name) != getattr(after, name)
    )
    return ContractChange(before=contract, after=after, fields=fields)


def _is_told(column: Column, draft: ContractDraft, header: Header) -> bool:
    """Whether the file speaks of the field: an end column that reads `tillsvidare` also speaks of the renewal."""
    if column is Column.RENEWAL and draft.renewal.kind is RenewalKind.OPEN_ENDED:
        return True
    return any(header.has(either) for either in _EITHER.get(column, (column,)))


def _suppliers(
    stored: tuple[ContractSupplier, ...], drafted: tuple[ContractSupplier, ...], *, keeps: bool
) -> tuple[ContractSupplier, ...]:
    """The file's suppliers; the stored tuple itself where only the order of the rows differs."""
    if keeps:
        keys = {_key(supplier) for supplier in drafted}
        drafted = (*drafted, *(supplier for supplier in stored if _key(supplier) not in keys))
    return stored if set(stored) == set(drafted) else drafted


def _key(supplier: ContractSupplier) -> tuple[str, str]:
    return supplier.org_number, supplier.lot.casefold()
