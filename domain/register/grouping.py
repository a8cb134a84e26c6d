"""From rows to contracts: the rows of one contract number are one contract with one or more suppliers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.contract import Contract, ContractClass, ContractSupplier, Renewal, RenewalKind
from domain.contract_right import ContractRight
from domain.identifiers import ContractId
from domain.register.cell import Remark, Value
from domain.register.contact import Contact
from domain.register.rows import RegisterRow, number_key
from domain.register.synonyms import RegisterColumn as Column

_NO_RENEWAL = Renewal(kind=RenewalKind.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractDraft:
    """A contract as the file tells it, before it is compared with what is stored."""

    contract_number: str
    title: str
    suppliers: tuple[ContractSupplier, ...]
    start_on: date
    end_on: date | None
    renewal: Renewal
    registry_number: str | None
    area: str | None
    department: str | None
    contract_class: ContractClass | None
    owner: Contact
    manager: Contact
    deputy: Contact
    notice_months: int | None
    annual_value_sek: Decimal | None
    ceiling_sek: Decimal | None
    row_numbers: tuple[int, ...]
    rights: tuple[ContractRight, ...] = ()
    """What the register says the contract gives a right to, for no contract yet."""

    def contract(self, contract_id: ContractId) -> Contract:
        """The contract this draft becomes; people without a mail address are left out."""
        return Contract(
            contract_id=contract_id,
            contract_number=self.contract_number,
            title=self.title,
            suppliers=self.suppliers,
            start_on=self.start_on,
            end_on=self.end_on,
            renewal=self.renewal,
            registry_number=self.registry_number,
            area=self.area,
            department=self.department,
            contract_class=self.contract_class,
            owner_mail=self.owner.mail,
            manager_mail=self.manager.mail,
            deputy_mail=self.deputy.mail,
            notice_months=self.notice_months,
            annual_value_sek=self.annual_value_sek,
            ceiling_sek=self.ceiling_sek,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRemark:
    """A remark about an accepted row."""

    row_number: int
    subject: str
    """The contract number, or for a people file the mail address."""
    remark: Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """The contracts of a file, and what was found when rows were put together."""

    drafts: tuple[ContractDraft, ...]
    remarks: tuple[RowRemark, ...]


_SHARED = {
    Column.TITLE: "title",
    Column.REGISTRY_NUMBER: "registry_number",
    Column.AREA: "area",
    Column.DEPARTMENT: "department",
    Column.START_ON: "start_on",
    Column.END_ON: "end_on",
    Column.RENEWAL: "renewal",
    Column.NOTICE: "notice_months",
    Column.ANNUAL_VALUE: "annual_value_sek",
    Column.CEILING: "ceiling_sek",
    Column.CONTRACT_CLASS: "contract_class",
    Column.CONTRACT_RIGHTS: "rights",
}
"""What all rows of a contract should agree on, by column."""
_PEOPLE = {Column.OWNER_MAIL: "owner", Column.MANAGER_MAIL: "manager", Column.DEPUTY_MAIL: "deputy"}


def group_rows(rows: Iterable[RegisterRow]) -> Grouping:
    """One draft for each contract number, in the order of the file.

    Where rows of one number differ in what belongs to the contract the first row counts, an empty cell gives way to
    a later filled one, and each row that differs gets a remark.
    """
    groups: dict[str, list[RegisterRow]] = {}
    for row in rows:
        groups.setdefault(number_key(row.contract_number), []).append(row)
    drafts = tuple(_draft(group) for group in groups.values())
    remarks = tuple(remark for group in groups.values() if len(group) > 1 for remark in _disagreements(group))
    return Grouping(drafts=drafts, remarks=remarks)


def _draft(group: Sequence[RegisterRow]) -> ContractDraft:
    first = group[0]
    runs_on = first.renewal is not None and first.renewal.kind is RenewalKind.OPEN_ENDED
    return ContractDraft(
        contract_number=first.contract_number,
        title=first.title,
        suppliers=_suppliers(group),
        start_on=first.start_on,
        end_on=None if runs_on else _first(row.end_on for row in group),
        renewal=_first(row.renewal for row in group) or _NO_RENEWAL,
        registry_number=_first(row.registry_number for row in group),
        area=_first(row.area for row in group),
        department=_first(row.department for row in group),
        contract_class=_first(row.contract_class for row in group),
        rights=_first(row.rights for row in group) or (),
        owner=_first(row.owner for row in group if row.owner.is_named) or Contact(),
        manager=_first(row.manager for row in group if row.manager.is_named) or Contact(),
        deputy=_first(row.deputy for row in group if row.deputy.is_named) or Contact(),
        notice_months=_first(row.notice_months for row in group),
        annual_value_sek=_first(row.annual_value_sek for row in group),
        ceiling_sek=_first(row.ceiling_sek for row in group),
        row_numbers=tuple(row.row_number for row in group),
    )


def _first(values: Iterable[Value | None]) -> Value | None:
    return next((value for value in values if value is not None), None)


def _suppliers(group: Sequence[RegisterRow]) -> tuple[ContractSupplier, ...]:
    """Each organisation number and lot once, in the order of the file."""
    known: dict[tuple[str, str], ContractSupplier] = {}
    for row in group:
        supplier = ContractSupplier(org_number=row.org_number, name=row.supplier_name, lot=row.lot)
        known.setdefault(_identity(row), supplier)
    return tuple(known.values())


def _identity(row: RegisterRow) -> tuple[str, str]:
    """What a row of one contract number is known again by."""
    return row.org_number, row.lot.casefold()


def _disagreements(group: Sequence[RegisterRow]) -> list[RowRemark]:
    """Where a later row says something else than the rows before it."""
    remarks: list[RowRemark] = []
    for index, row in enumerate(group[1:], start=1):
        before = group[:index]
        twin = next((earlier for earlier in before if _identity(earlier) == _identity(row)), None)
        found = _differences(row, before)
        if twin is not None:
            key = "register.conflict_same_supplier" if found else "register.row_twice"
            found.insert(0, Remark(text_key=key, values={"row": twin.row_number}))
        remarks += [
            RowRemark(row_number=row.row_number, subject=row.contract_number, remark=remark) for remark in found
        ]
    return remarks


def _differences(row: RegisterRow, before: Sequence[RegisterRow]) -> list[Remark]:
    found: list[Remark] = []
    for column, name in (*_SHARED.items(), *_PEOPLE.items()):
        here = _comparable(getattr(row, name))
        earlier = next((other for other in before if _comparable(getattr(other, name)) is not None), None)
        if here is None or earlier is None or _folded(here) == _folded(_comparable(getattr(earlier, name))):
            continue
        values = {"row": earlier.row_number, "used": _comparable(getattr(earlier, name)), "other": here}
        found.append(Remark(text_key="register.conflict", column=column, values=values))
    return found


def _comparable(value: object) -> object:
    """A person counts by mail address, where there is one."""
    return (value.mail or value.name) if isinstance(value, Contact) else value


def _folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value
