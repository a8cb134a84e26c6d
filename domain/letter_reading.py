"""Reads the templates of letters to suppliers (`rulebook/letters/*.toml`) and names every fault in them by file and key."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

from domain.case_file import LetterKind
from domain.contract_right import TIME_LIMITS, RightKind
from domain.errors import RuleBookInvalid
from domain.letter_template import (
    GAPS,
    WORDS_FILE,
    Channel,
    LetterBook,
    LetterTemplate,
    LetterWords,
    ParagraphTemplate,
    Phrase,
    SectionTemplate,
    SenderRole,
    Slot,
    TableKind,
    pieces,
)
from domain.people import Language
from domain.rules.reading import TableReader, Words, unsourced

_E = TypeVar("_E", bound=StrEnum)
_NOTHING: Mapping[str, object] = {}

VERDICT: Final = re.compile(
    r"avtalsbrott|kontraktsbrott|breach(?:es)? of (?:the )?contract|\b(?:o?laglig\w*|(?:un)?lawful\w*|(?:il)?legally)\b",
    re.IGNORECASE,
)
"""Words that judge. No template may hold them: what a fault is in law is for people to say (domain.md 8.1)."""
_OPTIONAL: Final = frozenset({Slot.AMOUNT, Slot.INVOICE, Slot.EARLIER})
_DEMANDS: Final = frozenset({Slot.DEMAND, Slot.ANSWER_DUE, Slot.AGREED, Slot.HAPPENED, Slot.SUPPLIER, Slot.SENDER})
_MUST_SAY: Final = MappingProxyType(
    {
        LetterKind.DIALOGUE_NOTE: frozenset({Slot.TALK_ON, Slot.HAPPENED}),
        LetterKind.COMPLAINT: _DEMANDS,
        LetterKind.PLAN_REQUEST: _DEMANDS,
        LetterKind.WARNING: _DEMANDS | {Slot.TERMS},
    },
)
"""Slots without which a letter of the kind would be of no use (domain.md 7.4)."""
_RESERVATION: Final = "reservation"
"""The section every letter to a supplier has, so that no right is lost by not being named."""


def parse_letters(tables: Mapping[str, object]) -> LetterBook:
    """The book in `tables` (file stem to parsed TOML); RuleBookInvalid names every fault as `file:key: ...`."""
    faults: list[str] = []
    words = _words(_file(WORDS_FILE, tables.get(WORDS_FILE), faults))
    templates = {
        kind: _template(_file(f"letter_{kind}", tables.get(f"letter_{kind}"), faults), kind) for kind in LetterKind
    }
    if faults:
        raise RuleBookInvalid(tuple(faults))
    return LetterBook(words=words, templates=MappingProxyType(templates))


def slots_in(text: str) -> frozenset[str]:
    """The names in braces; ValueError when the braces do not match."""
    return frozenset(name for _, name in pieces(text) if name is not None)


def _file(stem: str, table: object, faults: list[str]) -> TableReader:
    file = f"{stem}.toml"
    if not isinstance(table, Mapping):
        faults.append(f"{file}: is missing")
        return TableReader(file=file, path="", table=_NOTHING, faults=faults, is_absent=True)
    faults.extend(unsourced(file, table))
    return TableReader(file=file, path="", table=table, faults=faults)


def _words(reader: TableReader) -> LetterWords:
    reader.whole("version", at_least=1)
    rights = tuple(kind for kind in RightKind if kind not in TIME_LIMITS)
    words = LetterWords(
        gaps=_each(reader, "gaps", GAPS),
        phrases=_each(reader, "phrases", tuple(Phrase)),
        roles=_each(reader, "roles", tuple(SenderRole)),
        letters=_each(reader, "letters", tuple(LetterKind)),
        channels=_each(reader, "channels", tuple(Channel)),
        rights=_each(reader, "rights", rights),
    )
    reader.end()
    return words


def _each(reader: TableReader, key: str, wanted: tuple[_E, ...]) -> Mapping[_E, Words]:
    table = reader.inner(key)
    found = {}
    for one in wanted:
        found[one] = table.words(one.value)
        for language in Language:
            _check_words(table, f"{one.value}.{language}", found[one].in_language(language), takes_slots=False)
    table.end()
    return MappingProxyType(found)


def _template(reader: TableReader, kind: LetterKind) -> LetterTemplate:
    found = reader.choice("kind", LetterKind)
    if found is not kind:
        reader.fault("kind", f"must be {kind}, as the file is called")
    template = LetterTemplate(
        kind=kind,
        version=reader.whole("version", at_least=1),
        source=reader.text("source"),
        title=_checked_words(reader, "title"),
        sections=tuple(_section(inner) for inner in reader.inners("sections")),
    )
    reader.end()
    _check_whole(reader, template)
    return template


def _section(reader: TableReader) -> SectionTemplate:
    section = SectionTemplate(
        section_id=reader.text("id"),
        heading=_checked_words(reader, "heading", takes_slots=False),
        paragraphs=tuple(_paragraph(inner) for inner in reader.inners("paragraphs")),
        table=reader.choice("table", TableKind) if reader.has("table") else None,
    )
    reader.end()
    if not section.paragraphs and section.table is None:
        reader.fault("paragraphs", "must hold a paragraph where the section has no table")
    return section


def _paragraph(reader: TableReader) -> ParagraphTemplate:
    words = Words(sv=reader.text("sv"), en=reader.text("en"))
    needs = frozenset(reader.choices("needs", Slot)) if reader.has("needs") else frozenset()
    reader.end()
    _check_slots(reader, "sv", words)
    for slot in sorted((_OPTIONAL & _known_slots(words)) - needs):
        reader.fault("needs", f"must name {slot}, which is not always known")
    return ParagraphTemplate(words=words, needs=needs)


def _checked_words(reader: TableReader, key: str, *, takes_slots: bool = True) -> Words:
    words = reader.words(key)
    if takes_slots:
        _check_slots(reader, key, words)
    else:
        for language in Language:
            _check_words(reader, f"{key}.{language}", words.in_language(language), takes_slots=False)
    return words


def _check_slots(reader: TableReader, key: str, words: Words) -> None:
    sound = [_check_words(reader, key, words.in_language(language)) for language in Language]
    if all(sound) and slots_in(words.sv) != slots_in(words.en):
        reader.fault(key, "must have the same slots in Swedish and English")


def _check_words(reader: TableReader, key: str, text: str, *, takes_slots: bool = True) -> bool:
    """Note what is wrong with one text; whether its slots could be read."""
    verdict = VERDICT.search(text)
    if verdict:
        reader.fault(key, f"must not say {verdict.group()!r}: a letter tells what has happened and judges nothing")
    try:
        names = slots_in(text)
    except ValueError as error:
        reader.fault(key, f"has braces that do not match: {error}")
        return False
    known = {slot.value for slot in Slot} if takes_slots else set()
    for name in sorted(names - known):
        reader.fault(key, f"has the slot {{{name}}}, which is not one of {', '.join(sorted(known)) or 'none here'}")
    return names <= known


def _check_whole(reader: TableReader, template: LetterTemplate) -> None:
    said = {
        slot
        for section in template.sections
        for paragraph in section.paragraphs
        if not paragraph.needs
        for slot in _known_slots(paragraph.words)
    }
    for slot in sorted(_MUST_SAY[template.kind] - said):
        reader.fault("sections", f"must have the slot {{{slot}}} in a paragraph that is never left out")
    ids = [section.section_id for section in template.sections]
    if len(ids) != len(set(ids)):
        reader.fault("sections", f"must have ids of their own, are {ids}")
    if template.kind is not LetterKind.DIALOGUE_NOTE and _RESERVATION not in ids:
        reader.fault("sections", f"must have a section with the id {_RESERVATION}")


def _known_slots(words: Words) -> frozenset[Slot]:
    try:
        names = slots_in(words.sv)
    except ValueError:
        return frozenset()  # said where the text is checked
    return frozenset(Slot(name) for name in names if name in set(Slot))
