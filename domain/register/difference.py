"""What a register file would change in what is stored: new, changed field by field, unchanged, and missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.contract import Contract, ContractSupplier, Renewal, RenewalKind
from domain.contract_right import ContractRight
from domain.identifiers import ContractId
from domain.register.baseline import (
    FIELDS,
    Baseline,
    baseline_of,
    contact_of,
    is_corrected,
    is_news,
    is_person,
    updated,
)
from domain.register.columns import Header
from domain.register.grouping import ContractDraft
from domain.register.rights import RightsChange, compare_rights
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
    rights: tuple[RightsChange, ...] = ()
    """Those of the fields that are rights, which are kept beside the contract."""

    @property
    def needs_planning(self) -> bool:
        """Whether the plan hangs on any of what changed; a new value may cross the floor of what is followed up."""
        return self.before.plan_basis != self.after.plan_basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A field that people have put right, and of which the register still says what it said before: theirs holds."""

    contract: Contract
    row_number: int
    field: str
    column: str
    said: object
    """The register's value; a person in its own words."""
    kept: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A register file beside the store."""

    new: tuple[ContractDraft, ...]
    changed: tuple[ContractChange, ...]
    unchanged: tuple[Contract, ...]
    held: tuple[Held, ...]
    """Of changed and unchanged contracts alike."""
    baselines: Mapping[ContractId, Baseline]
    """What the register says now, for stored contracts it said something else of before."""
    missing: tuple[Contract, ...]
    """Stored, not closed, and not in the file. They are told, never closed: an export may be partial."""


_NO_RENEWAL = Renewal(kind=RenewalKind.NONE)
_EITHER: Mapping[Column, tuple[Column, Column]] = {
    Column.OWNER_MAIL: (Column.OWNER_MAIL, Column.OWNER_NAME),
    Column.MANAGER_MAIL: (Column.MANAGER_MAIL, Column.MANAGER_NAME),
    Column.DEPUTY_MAIL: (Column.DEPUTY_MAIL, Column.DEPUTY_NAME),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """One stored contract beside what the file says of it."""

    change: ContractChange
    held: tuple[Held, ...]
    baseline: Baseline
    is_whole: bool
    """No row of the contract is in quarantine."""


def compare(
    drafts: Iterable[ContractDraft],
    stored: Sequence[Contract],
    header: Header,
    quarantined_numbers: Collection[str] = (),
    baselines: Mapping[ContractId, Baseline] | None = None,
    rights: Mapping[ContractId, tuple[ContractRight, ...]] | None = None,
) -> Difference:
    """Lay the drafts beside the stored contracts; `baselines` is what the register last said of each.

    `rights` is what each of them gives a right to. A column the file does not have changes nothing, nor does a value the register has said before and people have
    changed since. Where a row of a contract is in quarantine nothing is taken away from it, and the contract does
    not count as missing.
    """
    known = {number_key(contract.contract_number): contract for contract in stored}
    before = baselines or {}
    new: list[ContractDraft] = []
    compared: list[_Comparison] = []
    seen = set(quarantined_numbers)
    for draft in drafts:
        key = number_key(draft.contract_number)
        contract = known.get(key)
        if contract is None:
            new.append(draft)
        else:
            baseline = before.get(contract.contract_id, {})
            one = _compare_one(contract, draft, header, baseline, is_whole=key not in quarantined_numbers)
            stored_rights = (rights or {}).get(contract.contract_id, ())
            compared.append(_with_rights(one, draft, header, baseline, stored_rights))
        seen.add(key)
    changes = [one.change for one in compared]
    return Difference(
        new=tuple(new),
        changed=tuple(change for change in changes if change.fields),
        unchanged=tuple(change.before for change in changes if not change.fields),
        held=tuple(held for one in compared for held in one.held),
        baselines={
            one.change.before.contract_id: one.baseline
            for one in compared
            if one.baseline != before.get(one.change.before.contract_id)
        },
        missing=tuple(contract for key, contract in known.items() if key not in seen and contract.closed_at is None),
    )


def _compare_one(
    contract: Contract, draft: ContractDraft, header: Header, before: Baseline, *, is_whole: bool
) -> _Comparison:
    drafted, said = draft.contract(contract.contract_id), baseline_of(draft)
    told = [name for name in FIELDS if _is_told(name, drafted, header, is_whole=is_whole)]
    differing = [name for name in told if getattr(contract, name) != getattr(drafted, name)]
    news = {name: getattr(drafted, name) for name in differing if is_news(name, said, before, contract)}
    suppliers = _suppliers(contract.suppliers, draft.suppliers, keeps=not is_whole)
    baseline = dict(before)
    for name in told:
        baseline |= updated(name, said, before)
    return _Comparison(
        change=_change(contract, replace(contract, suppliers=suppliers, **news)),
        held=tuple(
            _held(contract, draft, name, getattr(drafted, name))
            for name in differing
            if name not in news and is_corrected(name, before, contract)
        ),
        baseline=baseline,
        is_whole=is_whole,
    )


def _with_rights(
    one: _Comparison, draft: ContractDraft, header: Header, before: Baseline, stored: Sequence[ContractRight]
) -> _Comparison:
    contract = one.change.before
    found = compare_rights(contract.contract_id, stored, draft.rights, header, before, is_whole=one.is_whole)
    changed = (FieldChange(column=item.column, before=item.before, after=item.after) for item in found.changes)
    held = (
        Held(
            contract=contract,
            row_number=draft.row_numbers[0],
            field=item.column,
            column=item.column,
            said=item.after,
            kept=item.before,
        )
        for item in found.held
    )
    return replace(
        one,
        change=replace(one.change, fields=(*one.change.fields, *changed), rights=found.changes),
        held=(*one.held, *held),
        baseline={**one.baseline, **found.baseline},
    )


def _change(before: Contract, after: Contract) -> ContractChange:
    fields = tuple(
        FieldChange(column=column, before=getattr(before, name), after=getattr(after, name))
        for name, column in (*FIELDS.items(), ("suppliers", Column.SUPPLIER))
        if getattr(before, name) != getattr(after, name)
    )
    return ContractChange(before=before, after=after, fields=fields)


def _held(contract: Contract, draft: ContractDraft, name: str, said: object) -> Held:
    return Held(
        contract=contract,
        row_number=draft.row_numbers[0],
        field=name,
        column=FIELDS[name],
        kept=getattr(contract, name),
        said=contact_of(draft, name).said if is_person(name) else said,
    )


def _is_told(name: str, drafted: Contract, header: Header, *, is_whole: bool) -> bool:
    """Whether the file speaks of the field: an end column that reads `tillsvidare` also speaks of the renewal.

    An empty field says nothing where a row of the contract is missing: that row may be the one that fills it.
    """
    column = FIELDS[name]
    if column is Column.RENEWAL and drafted.renewal.kind is RenewalKind.OPEN_ENDED:
        return True
    if not is_whole and getattr(drafted, name) in (None, _NO_RENEWAL):
        return False
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
