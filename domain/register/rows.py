"""One row of a register: what it says, what is remarked about it, or why it must wait outside (quarantine)."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from domain.contract import ContractClass, Renewal, RenewalKind
from domain.contract_right import ContractRight
from domain.privacy import without_personal_numbers
from domain.register.cell import Cell, NumberedRow, Reading, Remark, Value, quoted, read_text, text_of
from domain.register.columns import Header
from domain.register.contact import Contact, read_contact
from domain.register.dates import read_date
from domain.register.money import KRONOR, read_money, unit_named
from domain.register.org_number import SOLE_TRADER, read_org_number
from domain.register.renewal import is_open_ended, read_renewal
from domain.register.rights import rights_in_row
from domain.register.synonyms import RegisterColumn as Column
from domain.register.terms import read_class, read_notice_months

_LONGEST_NUMBER = 64
_NEVER_ENDS = 2090
"""An end date from this year on (2099-12-31, 9999-12-31) is how systems write `tillsvidare`."""
_TOTALS = re.compile(r"(del)?(summa|summering|total|totalt|totals|sum|subtotal|antal)\b.*", re.IGNORECASE)
_IN_MONTHS = re.compile(r"\bmån|month")
_IN_YEARS = re.compile(r"\bår\b|optionsår|year")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """An accepted row. None means that the cell was empty, or could not be read and is told in `remarks`."""

    row_number: int
    contract_number: str
    title: str
    supplier_name: str
    org_number: str
    lot: str
    start_on: date
    end_on: date | None
    renewal: Renewal | None
    registry_number: str | None
    area: str | None
    department: str | None
    owner: Contact
    manager: Contact
    deputy: Contact
    notice_months: int | None
    annual_value_sek: Decimal | None
    ceiling_sek: Decimal | None
    contract_class: ContractClass | None
    remarks: tuple[Remark, ...]
    rights: tuple[ContractRight, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A row that is not stored, with every reason."""

    row_number: int
    subject: str | None
    """The contract number, or for a people file the name, as far as it could be read."""
    reasons: tuple[Remark, ...]


class _Reader:
    """Reads the cells of one row and gathers what there is to say about them."""

    def __init__(self, row: NumberedRow, header: Header) -> None:
        self._row = row
        self._header = header
        self.remarks: list[Remark] = []
        self.reasons: list[Remark] = []

    def cell(self, column: Column) -> Cell:
        return self._header.cell(self._row, column)

    def heading(self, column: Column) -> str:
        return self._header.headings.get(column, "")

    def text(self, column: Column) -> str | None:
        text = read_text(self.cell(column))
        if text is not None and len(text_of(self.cell(column))) > len(text):
            self.remark("register.text_cut", column, count=len(text))
        return text

    def remark(self, text_key: str, column: Column | None = None, **values: object) -> None:
        self.remarks.append(Remark(text_key=text_key, column=column, values=values))

    def reject(self, text_key: str, column: Column | None = None, **values: object) -> None:
        self.reasons.append(Remark(text_key=text_key, column=column, values=values))

    def keep(self, reading: Reading[Value], column: Column) -> Value | None:
        """The value; what is wrong with it is remarked and the row goes on."""
        if reading.remark is not None:
            self.remarks.append(replace(reading.remark, column=column))
        return reading.value

    def require(self, reading: Reading[Value], column: Column) -> Value | None:
        """The value; without one the row is quarantined."""
        if reading.value is not None:
            return self.keep(reading, column)
        missing = Remark(text_key="register.missing")
        self.reasons.append(replace(reading.remark or missing, column=column))
        return None

    def tell_if_missing(self, value: object, column: Column, text_key: str) -> None:
        """Remark an empty cell, where the file has the column at all and nothing has been said about the cell yet."""
        is_told = any(remark.column == column for remark in self.remarks)
        if value is None and self._header.has(column) and not is_told:
            self.remark(text_key, column)


def read_row(row: NumberedRow, header: Header) -> RegisterRow | Quarantined | None:
    """The row as a value; None for rows that say nothing: empty ones, repeated headings and totals."""
    if _says_nothing(row, header):
        return None
    reader = _Reader(row, header)
    contract_number = _contract_number(reader)
    if any(text_of(cell) for cell in row.cells[header.width :]):
        # A stray delimiter has moved every cell after it: nothing in the row can be trusted.
        return Quarantined(
            row_number=row.number,
            subject=contract_number,
            reasons=(Remark(text_key="register.row_too_long", values={"count": len(row.cells), "most": header.width}),),
        )
    read = _read_cells(reader, row.number, contract_number or "")
    if reader.reasons or read is None:
        return Quarantined(row_number=row.number, subject=contract_number, reasons=tuple(reader.reasons))
    return replace(read, remarks=tuple(reader.remarks))


def _read_cells(reader: _Reader, row_number: int, contract_number: str) -> RegisterRow | None:
    title = reader.require(Reading(value=_safe(reader, Column.TITLE)), Column.TITLE)
    supplier_name = _safe(reader, Column.SUPPLIER)
    org_number = reader.require(read_org_number(reader.cell(Column.ORG_NUMBER)), Column.ORG_NUMBER)
    start_on = reader.require(read_date(reader.cell(Column.START_ON)), Column.START_ON)
    end_on, renewal = _end(reader, start_on)
    read_contacts = [_contact(reader, *columns) for columns in _CONTACTS]
    notice_months, contract_class = _notice(reader), _class(reader)
    annual_value_sek, ceiling_sek = (_money(reader, column) for column in (Column.ANNUAL_VALUE, Column.CEILING))
    if title is None or org_number is None or start_on is None:
        return None
    owner, manager, deputy = read_contacts
    if supplier_name is None:
        reader.remark("register.supplier_missing", Column.SUPPLIER)
    return RegisterRow(
        row_number=row_number,
        contract_number=contract_number,
        title=title,
        supplier_name=supplier_name or ("–" if org_number == SOLE_TRADER else org_number),
        org_number=_known_by(org_number, supplier_name),
        lot=_safe(reader, Column.LOT) or title,
        start_on=start_on,
        end_on=end_on,
        renewal=renewal,
        registry_number=reader.text(Column.REGISTRY_NUMBER),
        area=reader.text(Column.AREA),
        department=reader.text(Column.DEPARTMENT),
        owner=owner,
        manager=manager,
        deputy=deputy,
        notice_months=notice_months,
        annual_value_sek=annual_value_sek,
        ceiling_sek=ceiling_sek,
        contract_class=contract_class,
        remarks=(),
        rights=_rights(reader),
    )


def _says_nothing(row: NumberedRow, header: Header) -> bool:
    first = next((text for cell in row.cells if (text := text_of(cell))), None)
    if first is None or header.is_repeated_by(row):
        return True
    return _TOTALS.fullmatch(first) is not None and read_text(header.cell(row, Column.ORG_NUMBER)) is None


def _contract_number(reader: _Reader) -> str | None:
    cell = reader.cell(Column.CONTRACT_NUMBER)
    text = read_text(cell)
    if text is None:
        reader.reject("register.missing", Column.CONTRACT_NUMBER)
        return None
    if isinstance(cell, date):
        # Excel has turned 2026-05 into the first of May; what the number was cannot be known.
        reader.reject("register.number_is_date", Column.CONTRACT_NUMBER, text=quoted(cell))
        return None
    if len(text) > _LONGEST_NUMBER:
        reader.reject("register.number_too_long", Column.CONTRACT_NUMBER, most=_LONGEST_NUMBER)
        return None
    return text


def _safe(reader: _Reader, column: Column) -> str | None:
    """Free text with personal identity numbers taken out: a register is no place for them, and neither are we."""
    text = reader.text(column)
    safe = without_personal_numbers(text) if text else text
    if safe != text:
        reader.remark("register.personal_number_removed", column)
    return safe


def _known_by(org_number: str, supplier_name: str | None) -> str:
    """The number a supplier is known by. A sole trader's is a person's own and is not kept: the name stands in for it."""
    if org_number != SOLE_TRADER:
        return org_number
    digest = hashlib.sha256((supplier_name or "").casefold().encode()).hexdigest()
    return f"{SOLE_TRADER}-{digest[:12]}"


def _end(reader: _Reader, start_on: date | None) -> tuple[date | None, Renewal | None]:
    cell = reader.cell(Column.END_ON)
    reading: Reading[date] = Reading() if is_open_ended(cell) else read_date(cell)
    if reading.remark is not None:
        # The one date that must never be wrong: better the row waits than a contract without an end.
        reader.require(reading, Column.END_ON)
    end_on = reading.value
    never_ends = is_open_ended(cell)
    if end_on is not None and end_on.year >= _NEVER_ENDS:
        reader.remark("register.end_never", Column.END_ON, day=end_on)
        end_on, never_ends = None, True
    if start_on is not None and end_on is not None and end_on < start_on:
        reader.reject("register.end_before_start", Column.END_ON, start=start_on, end=end_on)
    renewal = _renewal(reader, start_on, end_on)
    if never_ends:
        renewal = Renewal(kind=RenewalKind.OPEN_ENDED)
    is_open = renewal is not None and renewal.kind is RenewalKind.OPEN_ENDED
    if end_on is None and not is_open:
        reader.tell_if_missing(None, Column.END_ON, "register.end_missing")
    return end_on, renewal


def _renewal(reader: _Reader, start_on: date | None, end_on: date | None) -> Renewal | None:
    heading = reader.heading(Column.RENEWAL).casefold()
    unit_months = 1 if _IN_MONTHS.search(heading) else 12 if _IN_YEARS.search(heading) else None
    period_months = None
    if start_on is not None and end_on is not None:
        days = (end_on - start_on).days + 1
        period_months = round(days / 365.25 * 12)
    reading = read_renewal(reader.cell(Column.RENEWAL), period_months=period_months, unit_months=unit_months)
    return reader.keep(reading, Column.RENEWAL)


def _notice(reader: _Reader) -> int | None:
    heading = reader.heading(Column.NOTICE).casefold()
    is_in_days = "dag" in heading or "day" in heading
    months = reader.keep(read_notice_months(reader.cell(Column.NOTICE), is_in_days=is_in_days), Column.NOTICE)
    reader.tell_if_missing(months, Column.NOTICE, "register.notice_missing")
    return months


def _class(reader: _Reader) -> ContractClass | None:
    found = reader.keep(read_class(reader.cell(Column.CONTRACT_CLASS)), Column.CONTRACT_CLASS)
    reader.tell_if_missing(found, Column.CONTRACT_CLASS, "register.class_missing")
    return found


def _rights(reader: _Reader) -> tuple[ContractRight, ...] | None:
    columns = [column for column in Column if reader.heading(column)]
    rights, remarks = rights_in_row(
        {column: reader.cell(column) for column in columns},
        {column: reader.heading(column) for column in columns},
    )
    reader.remarks += remarks
    return rights or None


def _money(reader: _Reader, column: Column) -> Decimal | None:
    unit = unit_named(reader.heading(column)) or KRONOR
    return reader.keep(read_money(reader.cell(column), unit=unit), column)


_CONTACTS: tuple[tuple[Column, Column, str | None], ...] = (
    (Column.OWNER_NAME, Column.OWNER_MAIL, "register.owner_missing"),
    (Column.MANAGER_NAME, Column.MANAGER_MAIL, "register.manager_missing"),
    (Column.DEPUTY_NAME, Column.DEPUTY_MAIL, None),
)


def _contact(reader: _Reader, name_column: Column, mail_column: Column, missing_key: str | None) -> Contact:
    reading = read_contact(reader.cell(name_column), reader.cell(mail_column))
    contact = reader.keep(reading, mail_column) or Contact()
    if missing_key and not contact.is_named:
        # Told where the file has such a column; one it lacks altogether is told once for the file.
        reader.tell_if_missing(None, mail_column if reader.heading(mail_column) else name_column, missing_key)
    return contact


def number_key(contract_number: str) -> str:
    """What two spellings of one contract number have in common: all but case and blanks."""
    return contract_number.casefold().replace(" ", "")
