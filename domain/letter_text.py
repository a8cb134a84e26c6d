"""A letter to a supplier as one plain text, and that text read back to the same letter: so a draft is kept as people read it.

The title stands first, a heading begins with `## `, a row of a table with `| `. A line of somebody's that begins so gets
a backslash before it.
"""

import re
from typing import Final

from domain.supplier_letter import LetterSection, LetterTable, SupplierLetter

_HEADING: Final = "## "
_ROW: Final = "| "
_BETWEEN: Final = " | "
_MARKED: Final = ("#", "|", "\\")


def as_text(letter: SupplierLetter) -> str:
    """The letter as text, one blank line before each heading."""
    lines = [_escaped(letter.title)]
    for section in letter.sections:
        lines += ["", _HEADING + section.heading]
        lines += [_escaped(paragraph) for paragraph in section.paragraphs]
        table = section.table
        lines += [_row(cells) for cells in (table.header, *table.rows)] if table else []
    return "\n".join(lines)


def from_text(text: str) -> SupplierLetter:
    """The letter that `as_text` wrote."""
    title, *rest = text.split("\n")
    sections: list[LetterSection] = []
    for block in "\n".join(rest).split("\n" + _HEADING)[1:]:
        heading, *lines = block.rstrip("\n").split("\n")
        rows = tuple(_cells(line) for line in lines if line.startswith(_ROW))
        sections.append(
            LetterSection(
                heading=heading,
                paragraphs=tuple(_plain(line) for line in lines if line and not line.startswith(_ROW)),
                table=LetterTable(header=rows[0], rows=rows[1:]) if rows else None,
            ),
        )
    return SupplierLetter(title=_plain(title), sections=tuple(sections))


def _escaped(line: str) -> str:
    return "\\" + line if line.startswith(_MARKED) else line


def _plain(line: str) -> str:
    return line.removeprefix("\\")


def _row(cells: tuple[str, ...]) -> str:
    return _ROW + _BETWEEN.join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in cells)


def _cells(line: str) -> tuple[str, ...]:
    cells = line.removeprefix(_ROW).split(_BETWEEN)
    return tuple(re.sub(r"\\(.)", r"\1", cell) for cell in cells)
