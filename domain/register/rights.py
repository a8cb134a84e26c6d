"""A contract's rights as a register tells them: what its cells say, and what that changes in what is stored.

Each kind of right is compared on its own. A register lists what it lists: of a kind it has never named it says nothing,
so what people have registered beside it stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from domain.contract_right import TIME_LIMITS, ContractRight, RightKind
from domain.identifiers import ContractId
from domain.privacy import without_personal_numbers
from domain.register.cell import Cell, Remark, quoted, read_text, text_of
from domain.register.columns import Header
from domain.register.plain import as_plain
from domain.register.synonyms import RegisterColumn as Column
from domain.rights_words import NOBODYS, read_days, read_rights

_OWN: Final[Mapping[RightKind, Column]] = MappingProxyType(
    {
        RightKind.PENALTY: Column.PENALTY,
        RightKind.COMPLAINT_TIME: Column.COMPLAINT_TIME,
        RightKind.ANSWER_TIME: Column.ANSWER_TIME,
        RightKind.CORRECTION_TIME: Column.CORRECTION_TIME,
    },
)
"""Kinds that registers give a column of their own."""
_WORKING_DAYS: Final = ("arbetsdag", "working day", "business day", "vardag")


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsChange:
    """One kind of right, before and after."""

    kind: RightKind
    before: ContractRight | None
    after: ContractRight | None

    @property
    def column(self) -> str:
        return field_of(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsComparison:
    """What a register says of one contract's rights, beside what is stored."""

    changes: tuple[RightsChange, ...]
    held: tuple[RightsChange, ...]
    """Where people have decided since: `before` is theirs and stays, `after` is what the register still says."""
    baseline: Mapping[str, object]
    """The part of the next baseline that tells of rights."""


def field_of(kind: RightKind) -> str:
    """What a kind of right is called among the fields of a contract."""
    return f"right_{kind.value}"


def tells_of_rights(header: Header) -> bool:
    """Whether the file has any column about rights."""
    return any(header.has(column) for column in (*_OWN.values(), Column.CONTRACT_RIGHTS))


def as_said(right: ContractRight | None) -> object:
    """The right as JSON has it, whichever contract it belongs to; None for none."""
    return as_plain(replace(right, contract_id=NOBODYS)) if right else None


def rights_in_row(
    cells: Mapping[Column, Cell], headings: Mapping[str, str]
) -> tuple[tuple[ContractRight, ...], tuple[Remark, ...]]:
    """The rights a row's cells name, a column of its own before the common one, and what could not be read."""
    found: dict[RightKind, ContractRight] = {}
    remarks: list[Remark] = []
    for kind, column in _OWN.items():
        for right, remark in _in_own_column(kind, cells.get(column), headings.get(column, "")):
            if remark is not None:
                remarks.append(replace(remark, column=column))
            if right is not None:
                found.setdefault(right.kind, right)
    text = _safe(cells.get(Column.CONTRACT_RIGHTS))
    read = read_rights(text)
    remarks += [_unread(part, Column.CONTRACT_RIGHTS) for part in read.unread]
    for right in read.rights:
        found.setdefault(right.kind, right)
    return tuple(found.values()), tuple(remarks)


def compare_rights(
    contract_id: ContractId,
    stored: Sequence[ContractRight],
    drafted: Sequence[ContractRight],
    header: Header,
    before: Mapping[str, object],
    *,
    is_whole: bool,
) -> RightsComparison:
    """Each kind the file speaks of beside the stored one, by the rules of `domain.register.baseline`."""
    current = {right.kind: right for right in stored}
    wanted = {right.kind: replace(right, contract_id=contract_id) for right in drafted}
    changes, held, baseline = [], [], {}
    for kind in RightKind:
        name = field_of(kind)
        if not _is_told(kind, header, before, is_wanted=kind in wanted, is_whole=is_whole):
            continue
        said = as_said(wanted.get(kind))
        change = RightsChange(kind=kind, before=current.get(kind), after=wanted.get(kind))
        baseline[name] = said
        if change.before == change.after:
            continue
        if name not in before or said != before[name]:
            changes.append(change)
        else:
            held.append(change)
    return RightsComparison(changes=tuple(changes), held=tuple(held), baseline=baseline)


def rights_after(stored: Sequence[ContractRight], changes: Sequence[RightsChange]) -> tuple[ContractRight, ...]:
    """What the contract has once the changes are made."""
    kept = {right.kind: right for right in stored}
    for change in changes:
        if change.after is None:
            kept.pop(change.kind, None)
        else:
            kept[change.kind] = change.after
    return tuple(kept.values())


def _is_told(
    kind: RightKind,
    header: Header,
    before: Mapping[str, object],
    *,
    is_wanted: bool,
    is_whole: bool,
) -> bool:
    columns = (_OWN.get(kind), Column.CONTRACT_RIGHTS)
    if not any(column is not None and header.has(column) for column in columns):
        return False
    return is_wanted or (is_whole and before.get(field_of(kind)) is not None)


def _in_own_column(kind: RightKind, cell: Cell, heading: str) -> Iterator[tuple[ContractRight | None, Remark | None]]:
    text = _safe(cell)
    if not text:
        return
    if kind not in TIME_LIMITS:
        read = read_rights(text, usual=kind)
        yield from ((right, None) for right in read.rights)
        return
    is_working = any(word in heading.casefold() for word in _WORKING_DAYS)
    right = read_days(text, kind, is_working=is_working)
    if right is not None:
        yield right, None
        return
    # What says no number of days is kept as it stands, and told: the clock goes by the ladder's own days meanwhile.
    yield (
        ContractRight(contract_id=NOBODYS, kind=kind, terms=text[:300]),
        Remark(text_key="register.limit_unreadable", values={"text": quoted(text)}),
    )


def _safe(cell: Cell) -> str:
    """The text with its line breaks, which part one right from the next, and without anybody's personal number."""
    if read_text(cell) is None:
        return ""
    lines = (text_of(line) for line in cell.splitlines()) if isinstance(cell, str) else (text_of(cell),)
    return without_personal_numbers("\n".join(lines))


def _unread(part: str, column: Column) -> Remark:
    return Remark(text_key="register.rights_unreadable", column=column, values={"text": quoted(part)})
