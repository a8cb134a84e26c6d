"""Reading a people file: who works here, whom they report to and which roles they have for the whole organisation."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from domain.identifiers import PersonId
from domain.people import Person, Role
from domain.register.cell import NumberedRow, Remark, Sheet, read_text, text_of, unreadable
from domain.register.columns import PEOPLE_VOCABULARY, Header, find_header
from domain.register.contact import read_mail
from domain.register.grouping import RowRemark
from domain.register.people_synonyms import PeopleColumn as Column
from domain.register.roles import read_roles
from domain.register.rows import Quarantined

_OBJECT_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDraft:
    """Somebody as the people file tells them."""

    row_number: int
    mail: str
    name: str
    aad_object_id: str | None
    department: str | None
    title: str | None
    line_manager_mail: str | None
    roles: frozenset[Role]

    def person(self, person_id: PersonId) -> Person:
        """The person this draft becomes."""
        return Person(
            person_id=person_id,
            mail=self.mail,
            name=self.name,
            aad_object_id=self.aad_object_id,
            department=self.department,
            title=self.title,
            line_manager_mail=self.line_manager_mail,
            roles=self.roles,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleReading:
    """What a people file says."""

    header: Header
    rows_read: int
    drafts: tuple[PersonDraft, ...]
    quarantined: tuple[Quarantined, ...]
    remarks: tuple[RowRemark, ...]
    file_remarks: tuple[Remark, ...]


def read_people(sheets: Iterable[Sheet], mapping: Mapping[str, str] | None = None) -> PeopleReading:
    """Read the first sheet with people in it. Refused when no heading row has mail addresses."""
    header, below = find_header(sheets, PEOPLE_VOCABULARY, mapping)
    drafts: dict[str, PersonDraft] = {}
    quarantined: list[Quarantined] = []
    remarks: list[RowRemark] = []
    rows = [row for row in below if _says_something(row, header)]
    for row in rows:
        read = _read_row(row, header)
        if isinstance(read, Quarantined):
            quarantined.append(read)
            continue
        draft, told = read
        twin = drafts.get(draft.mail)
        if twin is not None:
            told = [Remark(text_key="register.person_twice", values={"row": twin.row_number})]
        else:
            drafts[draft.mail] = draft
        remarks += [RowRemark(row_number=row.number, subject=draft.mail, remark=remark) for remark in told]
    kept, id_remarks = _one_object_id_each(drafts.values())
    return PeopleReading(
        header=header,
        rows_read=len(rows),
        drafts=kept,
        quarantined=tuple(quarantined),
        remarks=tuple(sorted((*remarks, *id_remarks), key=lambda found: found.row_number)),
        file_remarks=_file_remarks(header),
    )


def _says_something(row: NumberedRow, header: Header) -> bool:
    """Neither empty nor the headings once more."""
    return any(text_of(cell) for cell in row.cells) and not header.is_repeated_by(row)


def _read_row(row: NumberedRow, header: Header) -> Quarantined | tuple[PersonDraft, list[Remark]]:
    mail = read_mail(header.cell(row, Column.MAIL))
    if mail.value is None:
        reason = mail.remark or Remark(text_key="register.missing")
        return Quarantined(
            row_number=row.number, subject=_name(row, header), reasons=(replace(reason, column=Column.MAIL),)
        )
    remarks = [replace(mail.remark, column=Column.MAIL)] if mail.remark else []
    name = _name(row, header)
    if name is None:
        remarks.append(Remark(text_key="register.name_missing", column=Column.NAME))
    object_id = _object_id(row, header, remarks)
    line_manager_mail = _line_manager(row, header, remarks)
    read = read_roles(header.cell(row, Column.ROLES))
    remarks += [replace(remark, column=Column.ROLES) for remark in read.remarks]
    draft = PersonDraft(
        row_number=row.number,
        mail=mail.value,
        name=name or mail.value.partition("@")[0],
        aad_object_id=object_id,
        department=read_text(header.cell(row, Column.DEPARTMENT)),
        title=read_text(header.cell(row, Column.TITLE)),
        line_manager_mail=line_manager_mail,
        roles=read.roles,
    )
    return draft, remarks


def _name(row: NumberedRow, header: Header) -> str | None:
    """The name, put together from given and family name where the file has them apart."""
    whole = read_text(header.cell(row, Column.NAME))
    parts = [read_text(header.cell(row, column)) for column in (Column.GIVEN_NAME, Column.FAMILY_NAME)]
    return whole or " ".join(part for part in parts if part) or None


def _object_id(row: NumberedRow, header: Header, remarks: list[Remark]) -> str | None:
    text = read_text(header.cell(row, Column.OBJECT_ID))
    if text is None:
        return None
    bare = text.casefold().strip("{}")
    if _OBJECT_ID.fullmatch(bare):
        digits = bare.replace("-", "")
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    remarks.append(replace(unreadable("register.object_id_unreadable", text), column=Column.OBJECT_ID))
    return None


def _line_manager(row: NumberedRow, header: Header, remarks: list[Remark]) -> str | None:
    reading = read_mail(header.cell(row, Column.LINE_MANAGER_MAIL))
    if reading.remark is not None:
        remarks.append(replace(reading.remark, column=Column.LINE_MANAGER_MAIL))
    return reading.value


def _one_object_id_each(drafts: Iterable[PersonDraft]) -> tuple[tuple[PersonDraft, ...], list[RowRemark]]:
    """An Entra id belongs to one person; the second to claim it goes without, and it is told."""
    first_with: dict[str, PersonDraft] = {}
    kept: list[PersonDraft] = []
    remarks: list[RowRemark] = []
    for draft in drafts:
        first = first_with.setdefault(draft.aad_object_id, draft) if draft.aad_object_id else draft
        if first is draft:
            kept.append(draft)
            continue
        kept.append(replace(draft, aad_object_id=None))
        remark = Remark(text_key="register.object_id_twice", column=Column.OBJECT_ID, values={"row": first.row_number})
        remarks.append(RowRemark(row_number=draft.row_number, subject=draft.mail, remark=remark))
    return tuple(kept), remarks


def _file_remarks(header: Header) -> tuple[Remark, ...]:
    wished = (Column.OBJECT_ID, Column.ROLES)
    remarks = [Remark(text_key="register.column_missing", column=column) for column in wished if not header.has(column)]
    if header.unused:
        remarks.append(Remark(text_key="register.columns_unused", values={"headings": ", ".join(header.unused)}))
    return tuple(remarks)
