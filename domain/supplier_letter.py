"""A draft of a letter to a supplier, put together from a case and a template. A person reads it, mends it and sends it.

What is not known is left as a clear gap. The letter tells what was agreed and what has happened, and judges nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.case_file import LetterKind
from domain.letter_facts import LetterFacts, days_of, known_slots, occasions, plain_said
from domain.letter_template import (
    LetterBook,
    LetterTemplate,
    ParagraphTemplate,
    Phrase,
    SectionTemplate,
    Slot,
    TableKind,
    pieces,
)
from domain.people import Language

_GAP_WORDS: Final = MappingProxyType({Language.SV: "fyll i", Language.EN: "fill in"})
GAP: Final = re.compile(r"\[(?:fyll i|fill in): ([^\]\n]+)\]")
"""A gap where it stands in a text, in either language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTable:
    """Rows under a header row, each as wide as it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSection:
    """A heading with paragraphs of one line each, and perhaps a table under them."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    table: LetterTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierLetter:
    """A letter as it reads."""

    title: str
    sections: tuple[LetterSection, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """What somebody must still fill in, in the order of the letter, once each."""
        return tuple(dict.fromkeys(found for text in self._texts() for found in GAP.findall(text)))

    def _texts(self) -> tuple[str, ...]:
        cells = [cell for section in self.sections if section.table for row in section.table.rows for cell in row]
        return (self.title, *(text for section in self.sections for text in section.paragraphs), *cells)


def supplier_letter(
    book: LetterBook,
    letter_kind: LetterKind,
    facts: LetterFacts,
    language: Language,
) -> SupplierLetter:
    """The letter of a kind about a case, with a gap for everything that is not known."""
    return _Writer(book=book, template=book.templates[letter_kind], facts=facts, language=language).write()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """Fills one template in."""

    book: LetterBook
    template: LetterTemplate
    facts: LetterFacts
    language: Language

    def write(self) -> SupplierLetter:
        known = known_slots(self.facts, self.book.words, self.language)
        sections = (self._section(section, known) for section in self.template.sections)
        return SupplierLetter(
            title=" ".join(self._filled(self.template.title.in_language(self.language), known).split()),
            sections=tuple(section for section in sections if section.paragraphs or section.table),
        )

    def _section(self, section: SectionTemplate, known: Mapping[Slot, str]) -> LetterSection:
        paragraphs = [
            line
            for paragraph in section.paragraphs
            if all(known.get(slot) for slot in paragraph.needs)
            for line in self._lines(paragraph, known)
        ]
        is_occasions = section.table is TableKind.OCCASIONS
        return LetterSection(
            heading=" ".join(section.heading.in_language(self.language).split()),
            paragraphs=tuple(paragraphs),
            table=self._occasions() if is_occasions else None,
        )

    def _lines(self, paragraph: ParagraphTemplate, known: Mapping[Slot, str]) -> list[str]:
        filled = self._filled(paragraph.words.in_language(self.language), known)
        return [" ".join(line.split()) for line in filled.splitlines() if line.strip()]

    def _filled(self, text: str, known: Mapping[Slot, str]) -> str:
        return "".join(
            before + (known.get(Slot(name)) or self._gap(Slot(name)) if name else "") for before, name in pieces(text)
        )

    def _gap(self, slot: Slot) -> str:
        return gap_of(self.book, slot, self.language)

    def _occasions(self) -> LetterTable:
        phrases = self.book.words.phrases
        found = occasions(self.facts.deviation, self.facts.sightings)
        unknown = gap(phrases[Phrase.NO_OCCASIONS].in_language(self.language), self.language)
        happened = (self.facts.deviation.description, *self.facts.deviation.additions)
        columns = {
            Phrase.OCCASION: [days_of(one) or unknown for one in found],
            Phrase.PLACE: [one.place for one in found],
            Phrase.COUNT: [str(one.count) if any(other.count > 1 for other in found) else "" for one in found],
            Phrase.NOTED: [_beside(one.words, happened) for one in found],
        }
        # A column that would say nothing is left out; a cell that does gets a dash, which is read aloud as none.
        told = {phrase: cells for phrase, cells in columns.items() if any(cells)}
        return LetterTable(
            header=tuple(phrases[phrase].in_language(self.language) for phrase in told),
            rows=tuple(
                tuple(" ".join(cell.split()) or "–" for cell in row) for row in zip(*told.values(), strict=True)
            ),
        )


def gap_of(book: LetterBook, slot: Slot, language: Language) -> str:
    """How the gap for a slot reads."""
    words = book.words.gaps.get(slot)
    return gap(words.in_language(language) if words else slot.value, language)


def gap(what: str, language: Language) -> str:
    """How a gap reads: `[fyll i: vad avtalet säger]`."""
    return f"[{_GAP_WORDS[language]}: {what}]"


def _beside(words: str, happened: tuple[str, ...]) -> str:
    """What was noted beside what the letter has told already."""
    told = {line for text in happened for line in text.splitlines()}
    return plain_said("; ".join(line for line in words.splitlines() if line not in told))
