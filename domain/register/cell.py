"""What one cell of an imported file holds, and what is said when it cannot be used as it stands."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Generic, TypeVar

Cell = str | int | float | Decimal | date | time | None
"""A cell as a CSV or XLSX file gives it (a `datetime` is a `date`, a `bool` an `int`)."""

Value = TypeVar("Value")

LONGEST_TEXT = 400
"""Characters kept of one cell: what the store has room for, and more than any real title."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_PLACEHOLDERS = frozenset(
    {
        *(
            "",
            "-",
            "--",
            "---",
            "–",
            "—",
            ".",
            "?",
            "*",
            "n/a",
            "na",
            "n.a.",
            "null",
            "none",
            "nan",
            "(tom)",
            "(blank)",
        ),
        *("saknas", "uppgift saknas", "okänd", "okänt", "ej angivet", "ej angiven", "ej känt", "vet ej", "unknown"),
        # What Excel shows where a formula went wrong, in both languages.
        *("#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!"),
        *("#saknas!", "#referens!", "#värdefel!", "#namn?", "#division/0!", "#ogiltigt!", "#skärning!"),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to tell about a row: the key of a sentence in the locales and what fills it in."""

    text_key: str
    column: str | None = None
    """Code of the column it is about; the sentence shows it in words."""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[Value]):
    """What a cell said. No value and no remark means an empty cell; no value and a remark, an unreadable one."""

    value: Value | None = None
    remark: Remark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedRow:
    """One row of a sheet, by the number a person sees beside it in Excel."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a workbook; a CSV file is a single sheet. Rows that are wholly empty may be left out."""

    name: str
    rows: tuple[NumberedRow, ...]


def text_of(cell: Cell) -> str:
    """The cell as one line of text without surrounding or doubled blanks and without characters nobody sees."""
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", str(cell))).split())


def read_text(cell: Cell) -> str | None:
    """The text, cut at `LONGEST_TEXT`; None for an empty cell and for what people write instead of nothing."""
    text = text_of(cell)
    return None if text.casefold() in _PLACEHOLDERS else text[:LONGEST_TEXT]


def quoted(cell: Cell) -> str:
    """What stood in the cell, short enough to repeat in a remark."""
    text = text_of(cell)
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 - one line of a terminal


def unreadable(text_key: str, cell: Cell, **values: object) -> Remark:
    """The remark that a cell could not be read, with what stood there."""
    return Remark(text_key=text_key, values={"text": quoted(cell), **values})
