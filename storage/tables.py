"""Tables in files: a CSV or XLSX file as sheets of cells, whatever program wrote it."""

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from itertools import islice
from statistics import mode
from typing import Literal, Protocol, cast
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from domain.errors import Refused
from domain.register.cell import Cell, NumberedRow, Sheet

MOST_BYTES = 50_000_000
MOST_ROWS = 200_000
"""Filled rows in one file: some three hundred registers of a municipality."""
MOST_UNPACKED_BYTES = 300_000_000
"""An XLSX file is a zip; a small one that unpacks to more than this is an attack or a mistake."""
MOST_COLUMNS = 300
_EMPTY_ROWS_AT_END = 2_000
"""Excel keeps formatted empty rows down to the millionth; after so many in a row nothing more is expected."""

_DELIMITERS = ";\t,|"
_SAMPLE_LINES = 50
_FEWEST_IN_A_ROW = 3
"""Delimiters inside one cell of several lines, from which on it looks like rows and not like a text."""
_LONGEST_FIELD = 100_000
_SWEDISH = re.compile("[åäöÅÄÖéüÉ]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BROKEN_WORKBOOK = (
    BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    SyntaxError,
    EOFError,
)
"""What openpyxl lets through from a file that is damaged inside (its XML errors are syntax errors)."""


def read_sheets(content: bytes) -> tuple[Sheet, ...]:
    """The sheets of the file, visible ones first. Refused whole when it is not a table or too large to be one."""
    if len(content) > MOST_BYTES:
        raise Refused("register.file_too_large", megabytes=MOST_BYTES // 1_000_000)
    if not content.strip(b"\x00 \r\n\t"):
        raise Refused("register.file_empty")
    if content.startswith(_OLE):
        raise Refused("register.file_encrypted" if _ENCRYPTED in content else "register.file_old_excel")
    if content.startswith(b"PK"):
        return _workbook(content)
    if _is_something_else(content[:2_000]):
        raise Refused("register.file_not_a_table")
    return (_delimited(content),)


def _is_something_else(head: bytes) -> bool:
    """Web pages saved as .xls, PDFs, pictures and whatever else is not text."""
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<", b"%pdf", b"{\\rtf")):
        return True
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head if byte)  # noqa: PLR2004 - ASCII control characters
    return controls * 50 > len(head)


# ------------------------------------------------------------------------------------------------------------- CSV


def _delimited(content: bytes) -> Sheet:
    # NUL bytes are what is left of broken disks and half-written files; no text holds one.
    text = _decoded(content).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r'"?sep=(.)"?', first.strip(), re.IGNORECASE)
    delimiter = declared[1] if declared else _delimiter(text)
    rows = _rows(rest, delimiter, first_row=2) if declared else _rows(text, delimiter)
    return Sheet(name="", rows=rows)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    even, odd = content[:2_000:2].count(0), content[1:2_000:2].count(0)
    if max(even, odd) > min(len(content), 2_000) // 4:
        # Every other byte empty: UTF-16 whose mark has been lost.
        return content.decode("utf-16-be" if even > odd else "utf-16-le", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded_by_looks(content)


def _decoded_by_looks(content: bytes) -> str:
    """Of what the bytes could be, the reading with most Swedish letters and least damage."""
    damaged = content.decode("utf-8-sig", errors="replace")
    if damaged.count("\ufffd") * 4 < len(_SWEDISH.findall(damaged)):
        return damaged  # UTF-8 with a broken character or two, or cut in the middle of one
    candidates = [content.decode(encoding, errors="replace") for encoding in ("cp1252", "mac_roman", "cp850")]
    return max(candidates, key=lambda text: len(_SWEDISH.findall(text)))


def _delimiter(text: str) -> str:
    """The delimiter that cuts the top of the file into most columns, the same number line after line."""
    lines = [line for line in islice(io.StringIO(text), 2 * _SAMPLE_LINES) if line.strip()][:_SAMPLE_LINES]

    def columns(delimiter: str) -> float:
        widths = [len(record) for record in _lenient(lines, delimiter) if len(record) > 1]
        if not widths:
            return 0
        usual = mode(widths)
        return usual * widths.count(usual) / len(lines)

    return max(_DELIMITERS, key=columns)


def _rows(text: str, delimiter: str, *, first_row: int = 1) -> tuple[NumberedRow, ...]:
    """The filled rows of the file, numbered as Excel would number them.

    A quote that is never closed would swallow the rows below it; such a file is read line by line instead, so that
    only the broken line suffers.
    """
    limit = csv.field_size_limit(_LONGEST_FIELD)
    try:
        strict = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = _numbered(strict, first_row)
        if not any(_swallowed_a_row(row.cells, delimiter) for row in rows):
            return rows
    except csv.Error:
        pass
    finally:
        csv.field_size_limit(limit)
    return _numbered(_lenient(text.split("\n"), delimiter), first_row)


def _numbered(records: Iterable[Sequence[str]], first_row: int) -> tuple[NumberedRow, ...]:
    rows: list[NumberedRow] = []
    for number, cells in enumerate(records, first_row):
        if any(cells):
            rows.append(NumberedRow(number=number, cells=tuple(cells)))
            _refuse_too_many(len(rows))
    return tuple(rows)


def _swallowed_a_row(cells: Sequence[Cell], delimiter: str) -> bool:
    """Whether a stray quote in one row and another further down have made one cell of what lies between."""
    suspicious = max(_FEWEST_IN_A_ROW, len(cells) // 2)
    return any(isinstance(it, str) and "\n" in it and it.count(delimiter) >= suspicious for it in cells)


def _lenient(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    for line in lines:
        try:
            yield next(csv.reader([line.rstrip("\n")], delimiter=delimiter), [])
        except csv.Error:
            yield line.split(delimiter)


# ------------------------------------------------------------------------------------------------------------ XLSX


class _OpenSheet(Protocol):
    """A sheet as openpyxl reads it row by row; its published types know only sheets read whole."""

    title: str
    sheet_state: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, values_only: Literal[True]) -> Iterator[tuple[object, ...]]: ...


def _workbook(content: bytes) -> tuple[Sheet, ...]:
    _refuse_bombs(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations it leaves out
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheets = cast("list[_OpenSheet]", book.worksheets)
            sheets.sort(key=lambda sheet: sheet.sheet_state != "visible")
            read = tuple(_sheet(sheet) for sheet in sheets)
            book.close()
    except _BROKEN_WORKBOOK as broken:
        raise Refused("register.file_broken") from broken
    if not any(sheet.rows for sheet in read):
        raise Refused("register.file_empty")
    return read


def _refuse_bombs(content: bytes) -> None:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
    except (BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise Refused("register.file_broken") from broken
    if "xl/workbook.xml" not in names:
        raise Refused("register.file_not_a_table")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise Refused("register.file_unpacks_too_large", megabytes=MOST_UNPACKED_BYTES // 1_000_000)


def _sheet(sheet: _OpenSheet) -> Sheet:
    sheet.reset_dimensions()  # what the file claims of its size may be anything
    read: list[NumberedRow] = []
    last_filled = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = tuple(_cell(value) for value in values[:MOST_COLUMNS])
        if any(cell is not None and cell != "" for cell in cells):
            read.append(NumberedRow(number=number, cells=cells))
            last_filled = number
            _refuse_too_many(len(read))
        elif number - last_filled > _EMPTY_ROWS_AT_END:
            break
    # Excel leaves out the empty cells at the end of a row; a sheet's rows are equally wide all the same.
    width = max((len(row.cells) for row in read), default=0)
    padded = (NumberedRow(number=row.number, cells=row.cells + (None,) * (width - len(row.cells))) for row in read)
    return Sheet(name=sheet.title, rows=tuple(padded))


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | Decimal | date | time):
        return value
    return str(value)  # rich text and the like


def _refuse_too_many(count: int) -> None:
    if count > MOST_ROWS:
        raise Refused("register.too_many_rows", most=MOST_ROWS)
