"""Draws a card on a terminal: framed for the eye, or as plain lines for a screen reader, a file or a dumb terminal."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.demo.card_reading import Button, Field, FieldKind, Pair, Part, Rule, Sheet, Voice, Words
from cards.texts import Texts

_STYLES = {
    Voice.HEADING: "bold",
    Voice.SUBHEADING: "bold",
    Voice.BODY: "",
    Voice.STRONG: "bold",
    Voice.SMALL: "dim",
    Voice.ALARM: "bold red",  # its words carry the warning; the colour only helps
}
_BETWEEN_BUTTONS = "   "
_FRAME_COLUMNS = 4
_INDENT = 3
_ITEM = re.compile(r"(?:-|\d+\.) +")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph as it will be wrapped."""

    text: Text
    indent: int = 0
    hang: int = 0
    """How much further in its second row begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonRow:
    """Buttons that stand together."""

    faces: tuple[str, ...]


Drawn = Line | ButtonRow


def draw(sheet: Sheet, texts: Texts, *, first: int = 1) -> list[Drawn]:
    """The card's lines in reading order, its buttons numbered from `first` as one types them: `/1`."""
    drawn: list[Drawn] = []
    number = first
    for part in sheet.parts:
        if isinstance(part, Button):
            _add_button(drawn, _face(part, number))
            number += 1
            continue
        if _begins_anew(part) or (drawn and isinstance(drawn[-1], ButtonRow)):
            _add_gap(drawn)
        drawn += _lines(part, texts)
    return drawn


def as_panel(drawn: Sequence[Drawn], title: str, width: int) -> Panel:
    """Framed, `width` columns wide."""
    blocks: list[RenderableType] = []
    for one in drawn:
        match one:
            case Line(text=text, indent=indent, hang=hang):
                blocks.append(Padding(_hung(text, hang), (0, 0, 0, indent)))
            case ButtonRow(faces=faces):
                blocks += [Text()] if one is drawn[-1] else []
                blocks += [Text(row, style="bold") for row in _packed(faces, width - _FRAME_COLUMNS)]
    return Panel(Group(*blocks), title=title, title_align="left", box=box.ROUNDED, width=width)


def as_plain(drawn: Sequence[Drawn], width: int) -> str:
    """Plain lines, a button each."""
    lines: list[str] = []
    for one in drawn:
        match one:
            case Line(text=text, indent=indent, hang=hang):
                lines += _wrapped(text.plain, indent, hang, width)
            case ButtonRow(faces=faces):
                lines += ["", *faces] if one is drawn[-1] else faces
    return "\n".join(lines)


def _wrapped(text: str, indent: int, hang: int, width: int) -> list[str]:
    first, rest = " " * indent, " " * (indent + hang)
    lines = textwrap.wrap(text, width=width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
    return lines or [""]


def _hung(text: Text, hang: int) -> RenderableType:
    """The mark of a list item in a column of its own, so that all its rows begin under one another."""
    if not hang:
        return text
    row = Table.grid(expand=True)
    row.add_column(width=hang)
    row.add_column(ratio=1)
    row.add_row(text[:hang], text[hang:])
    return row


def _begins_anew(part: Part) -> bool:
    return isinstance(part, Rule | Field) or (
        isinstance(part, Words) and part.voice in {Voice.HEADING, Voice.SUBHEADING}
    )


def _add_gap(drawn: list[Drawn]) -> None:
    last = drawn[-1] if drawn else None
    if last is not None and not (isinstance(last, Line) and not last.text):
        drawn.append(Line(text=Text()))


def _lines(part: Part, texts: Texts) -> Iterator[Line]:
    match part:
        case Words():
            yield Line(text=_styled(part), hang=_hang(part.text))
        case Pair(title=title, value=value):
            yield Line(text=Text.assemble((f"{title}: ", "bold"), value))
        case Field():
            yield from _field_lines(part, texts)


def _hang(text: str) -> int:
    """How far in the following rows of a list item stand."""
    mark = _ITEM.match(text)
    return len(mark[0]) if mark else 0


def _styled(words: Words) -> Text:
    style = _STYLES[words.voice]
    return Text.assemble(*((span.text, "bold" if span.is_bold else "") for span in words.spans), style=style)


def _field_lines(field: Field, texts: Texts) -> Iterator[Line]:
    label = field.label if not field.is_required else texts("demo.field.required", label=field.label)
    yield Line(text=Text(label, style="bold"))
    if field.choices:
        offered = " | ".join(title for _, title in field.choices)
        yield Line(text=Text(texts("demo.field.choices", choices=offered)), indent=_INDENT)
    elif field.placeholder:
        yield Line(text=Text(texts("demo.field.example", example=field.placeholder)), indent=_INDENT)
    elif field.kind is FieldKind.DATE:
        yield Line(text=Text(texts("demo.field.date")), indent=_INDENT)
    if field.value:
        filled = texts("demo.field.filled", value=field.title_of(field.value))
        yield Line(text=Text(filled), indent=_INDENT)


def _face(button: Button, number: int) -> str:
    face = f"/{number} {button.title}"
    return f"{face} ({button.url})" if button.url else face


def _add_button(drawn: list[Drawn], face: str) -> None:
    last = drawn[-1] if drawn else None
    if isinstance(last, ButtonRow):
        drawn[-1] = ButtonRow(faces=(*last.faces, face))
    else:
        drawn.append(ButtonRow(faces=(face,)))


def _packed(faces: Sequence[str], width: int) -> list[str]:
    """As many buttons a row as there is room for; none is broken in two while it fits a row of its own."""
    rows: list[str] = []
    for face in faces:
        wider = f"{rows[-1]}{_BETWEEN_BUTTONS}{face}" if rows else face
        if rows and cell_len(wider) <= width:
            rows[-1] = wider
        else:
            rows.append(face)
    return rows
