"""A whole register read: from the sheets of a file to contracts, remarks and rows in quarantine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.register.cell import Remark, Sheet
from domain.register.columns import REGISTER_VOCABULARY, Header, find_header
from domain.register.grouping import ContractDraft, RowRemark, group_rows
from domain.register.rows import Quarantined, RegisterRow, number_key, read_row
from domain.register.synonyms import RegisterColumn as Column


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReading:
    """What a register file says."""

    header: Header
    rows_read: int
    drafts: tuple[ContractDraft, ...]
    quarantined: tuple[Quarantined, ...]
    remarks: tuple[RowRemark, ...]
    file_remarks: tuple[Remark, ...]

    @property
    def quarantined_numbers(self) -> frozenset[str]:
        """Keys of contract numbers with at least one row in quarantine: what the file says of them is not whole."""
        return frozenset(number_key(row.subject) for row in self.quarantined if row.subject)


_WISHED = (
    (Column.END_ON,),
    (Column.RENEWAL,),
    (Column.NOTICE,),
    (Column.CONTRACT_CLASS,),
    (Column.OWNER_MAIL, Column.OWNER_NAME),
    (Column.MANAGER_MAIL, Column.MANAGER_NAME),
)
"""Columns a register can do without but the follow-up cannot; any one of each group will do."""


def read_register(sheets: Iterable[Sheet], mapping: Mapping[str, str] | None = None) -> RegisterReading:
    """Read the first sheet with a register in it. Refused when no heading row has the mandatory columns."""
    header, below = find_header(sheets, REGISTER_VOCABULARY, mapping)
    read = [found for row in below if (found := read_row(row, header)) is not None]
    accepted = [row for row in read if isinstance(row, RegisterRow)]
    grouping = group_rows(accepted)
    remarks = [
        RowRemark(row_number=row.row_number, subject=row.contract_number, remark=remark)
        for row in accepted
        for remark in row.remarks
    ]
    return RegisterReading(
        header=header,
        rows_read=len(read),
        drafts=grouping.drafts,
        quarantined=tuple(row for row in read if isinstance(row, Quarantined)),
        remarks=tuple(sorted((*remarks, *grouping.remarks), key=lambda found: found.row_number)),
        file_remarks=_file_remarks(header),
    )


def _file_remarks(header: Header) -> tuple[Remark, ...]:
    missing = [columns[0] for columns in _WISHED if not any(header.has(column) for column in columns)]
    remarks = [Remark(text_key="register.column_missing", column=column) for column in missing]
    remarks += [
        Remark(text_key="register.column_guessed", column=column, values={"heading": header.headings[column]})
        for column in header.guessed
    ]
    if header.unused:
        remarks.append(Remark(text_key="register.columns_unused", values={"headings": ", ".join(header.unused)}))
    return tuple(remarks)
