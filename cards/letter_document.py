"""A letter to a supplier as a Word document: real headings, a marked header row and a stated language, so that anybody can read it."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from types import MappingProxyType
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from cards.texts import Texts
from domain.case_file import LetterKind
from domain.people import Language
from domain.supplier_letter import GAP, LetterTable, SupplierLetter

DOCX_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TAGS: Final = MappingProxyType({Language.SV: "sv-SE", Language.EN: "en-GB"})
_INK: Final = RGBColor(0x1A, 0x1A, 0x1A)
"""Nearly black on white: the template's own blue is too pale for small headings."""
_MARGIN: Final = Mm(25)
_UNPRINTABLE: Final = re.compile(
    r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)
"""What XML cannot hold, and what turns the reading direction."""


def letter_document(letter: SupplierLetter, language: Language, *, subject: str, made_at: datetime) -> bytes:
    """The letter as .docx. `subject` goes with it as a property, such as the case's number; the gaps are listed first."""
    document = Document()
    _prepare(document, language)
    properties = document.core_properties
    properties.title, properties.subject, properties.language = _plain(letter.title), subject, _TAGS[language]
    properties.author = properties.comments = properties.keywords = ""
    properties.created = properties.modified = made_at.replace(tzinfo=None)
    document.add_heading(_plain(letter.title), level=1)
    if letter.gaps:
        texts = Texts(language)
        document.add_heading(texts("supplier_letter.document.gaps"), level=2)
        for gap in letter.gaps:
            document.add_paragraph(_plain(gap), style="List Bullet")
    for section in letter.sections:
        document.add_heading(_plain(section.heading), level=2)
        for text in section.paragraphs:
            _write(document.add_paragraph(), text)
        if section.table is not None:
            _add_table(document, section.table, section.heading)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def document_name(number: str, kind: LetterKind, language: Language) -> str:
    """What the file is called, such as `AVV-2027-0001 reklamation.docx`: letters, digits, blanks and hyphens only."""
    named = Texts(language)(f"supplier_letter.file_name.{kind}")
    return f"{re.sub(r'[^A-Z0-9-]', '', number)} {named}.docx".strip()


def _prepare(document: WordDocument, language: Language) -> None:
    """A4, one typeface, dark headings, and the language a screen reader is to speak."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    for name, size in (("Normal", 11), ("List Bullet", 11), ("Heading 1", 18), ("Heading 2", 13)):
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            style.font.size, style.font.color.rgb = Pt(size), _INK
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), _TAGS[language])


def _write(paragraph: Paragraph, text: str) -> None:
    """The text with its gaps marked; the brackets say it too, for those who do not see the colour."""
    for part, is_gap in _parts(_plain(text)):
        run = paragraph.add_run(part)
        if is_gap:
            run.bold, run.font.highlight_color = True, WD_COLOR_INDEX.YELLOW


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for gap in GAP.finditer(text):
        if gap.start() > at:
            yield text[at : gap.start()], False
        yield gap.group(), True
        at = gap.end()
    if at < len(text):
        yield text[at:], False


def _add_table(document: WordDocument, table: LetterTable, caption: str) -> None:
    drawn = document.add_table(rows=0, cols=len(table.header), style="Table Grid")
    _describe(drawn, caption)
    for at, cells in enumerate((table.header, *table.rows)):
        row = drawn.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            _write(cell.paragraphs[0], text)
            if at == 0:
                cell.paragraphs[0].runs[0].bold = True
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no word for these two
        properties.append(OxmlElement("w:cantSplit"))
        if at == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _describe(table: Table, caption: str) -> None:
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), _plain(caption))
    table._tbl.tblPr.append(described)  # noqa: SLF001 - as above


def _plain(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
