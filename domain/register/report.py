"""What became of an import, for whoever ran it: in sentences or as JSON, made by the cards room."""

from dataclasses import dataclass

from domain.register.cell import Remark
from domain.register.contact import Contact
from domain.register.difference import Difference
from domain.register.grouping import RowRemark
from domain.register.people_difference import PeopleDifference
from domain.register.rows import Quarantined


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What every import tells. Each row read is accepted, accepted with remarks, or in quarantine."""

    file_name: str
    is_dry_run: bool
    sheet_name: str
    header_row: int
    rows_read: int
    quarantined: tuple[Quarantined, ...]
    remarks: tuple[RowRemark, ...]
    file_remarks: tuple[Remark, ...]

    @property
    def accepted_count(self) -> int:
        """Rows that are stored, with remarks or without."""
        return self.rows_read - len(self.quarantined)

    @property
    def remarked_count(self) -> int:
        """Accepted rows with at least one remark."""
        return len({remark.row_number for remark in self.remarks})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReport(_Outcome):
    """What became of a register."""

    difference: Difference
    strangers: tuple[Contact, ...]
    """People the register names who are not in the people file; empty while there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleReport(_Outcome):
    """What became of a people file."""

    difference: PeopleDifference


ImportReport = RegisterReport | PeopleReport
