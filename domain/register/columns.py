"""Finds the heading row of a sheet and what each of its columns holds, by synonyms or by a mapping the user gives."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.errors import Refused
from domain.register.cell import Cell, NumberedRow, Sheet, text_of
from domain.register.people_synonyms import PEOPLE, PeopleColumn
from domain.register.synonyms import MAIL_WORDS, REGISTER, REGISTER_GUESSES, REGISTER_LAST_RESORT, RegisterColumn

_HEADING_ROWS = 30
"""How far down a heading row is looked for, below titles and notes."""
_FEWEST_HEADINGS = 2
_LONGEST_HEADING = 60
"""A longer cell is a sentence about the file, not a heading to guess at."""
_PARENTHESIS = re.compile(r"[(\[].*?[)\]]")
_UNITS = re.compile(
    r"[\s,/]+(?:i\s+)?(?:kr|tkr|kkr|mkr|mnkr|sek|tsek|ksek|msek|mån|månader|months|dagar|days|år|years)\.?$"
)
_MAIL_BESIDE = {
    RegisterColumn.OWNER_NAME: RegisterColumn.OWNER_MAIL,
    RegisterColumn.MANAGER_NAME: RegisterColumn.MANAGER_MAIL,
    RegisterColumn.DEPUTY_NAME: RegisterColumn.DEPUTY_MAIL,
}


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The columns a kind of file has, and the words for them."""

    synonyms: Mapping[str, Sequence[str]]
    last_resort: Mapping[str, Sequence[str]]
    """Vague headings and the columns that may take them, if nothing clearer did."""
    guesses: Sequence[tuple[str, str]]
    """Patterns of folded headings and the column each tells of, for what no synonym covers."""
    mandatory: Sequence[str]

    @cached_property
    def ranked(self) -> Mapping[str, tuple[int, str]]:
        """Folded heading to its column; the lower the number, the clearer the word."""
        return {
            folded(phrase): (rank, column)
            for column, phrases in self.synonyms.items()
            for rank, phrase in reversed(list(enumerate(phrases)))
        }

    @cached_property
    def vague(self) -> Mapping[str, Sequence[str]]:
        return {folded(phrase): columns for phrase, columns in self.last_resort.items()}


REGISTER_VOCABULARY = Vocabulary(
    synonyms={column.value: phrases for column, phrases in REGISTER.items()},
    last_resort=REGISTER_LAST_RESORT,
    guesses=REGISTER_GUESSES,
    mandatory=(
        RegisterColumn.CONTRACT_NUMBER,
        RegisterColumn.TITLE,
        RegisterColumn.SUPPLIER,
        RegisterColumn.ORG_NUMBER,
        RegisterColumn.START_ON,
    ),
)
PEOPLE_VOCABULARY = Vocabulary(
    synonyms={column.value: phrases for column, phrases in PEOPLE.items()},
    last_resort={},
    guesses=(),
    mandatory=(PeopleColumn.MAIL,),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The heading row that was found, and which column stands where."""

    sheet_name: str
    row_number: int
    places: Mapping[str, int]
    """Column code to its place in the row, from 0."""
    headings: Mapping[str, str]
    """Column code to the heading as it stands."""
    all_headings: tuple[str, ...]
    """Every heading in the order of the file."""
    unused: tuple[str, ...]
    """Headings nobody knows; what stands under them is left out."""
    guessed: tuple[str, ...]
    """Columns found by a vague word or a guess: told, so that a person can object."""
    width: int
    """Cells in the heading row, empty ones included; a longer row has come apart."""

    def cell(self, row: NumberedRow, column: str) -> Cell:
        """The row's cell in that column; None where the file has no such column or the row is short."""
        place = self.places.get(column)
        return row.cells[place] if place is not None and place < len(row.cells) else None

    def has(self, column: str) -> bool:
        return column in self.places

    def is_repeated_by(self, row: NumberedRow) -> bool:
        """Whether the row is the headings once more, as where pages of a printout have been put together."""
        filled = sum(bool(text_of(cell)) for cell in row.cells)
        same = sum(text_of(self.cell(row, column)) == heading for column, heading in self.headings.items())
        return same > 1 and same * 2 > filled


def folded(heading: str) -> str:
    """A heading without case, accents, blanks and punctuation, so that `Org.nr` is `orgnr` and `Ägare` is `agare`."""
    bare = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(mark for mark in bare if mark.isascii() and mark.isalnum())


def find_header(
    sheets: Iterable[Sheet],
    vocabulary: Vocabulary,
    mapping: Mapping[str, str] | None = None,
) -> tuple[Header, tuple[NumberedRow, ...]]:
    """The heading row and the rows below it, from the first sheet that has all mandatory columns.

    `mapping` is column code to the heading that holds it, and goes before every synonym. Refused when a mandatory
    column is missing, saying what was found.
    """
    _refuse_unknown_codes(vocabulary, mapping or {})
    nearest: Header | None = None
    for sheet in sheets:
        found = _best_row(sheet, vocabulary, mapping or {})
        if found is None:
            continue
        header, below = found
        if all(header.has(column) for column in vocabulary.mandatory):
            _refuse_unused_mapping(header, mapping or {})
            return header, below
        if nearest is None or len(header.places) > len(nearest.places):
            nearest = header
    raise _no_header(nearest, vocabulary, mapping or {})


def _best_row(
    sheet: Sheet, vocabulary: Vocabulary, mapping: Mapping[str, str]
) -> tuple[Header, tuple[NumberedRow, ...]] | None:
    """The row of the sheet's top with most known headings, and what is below it."""
    best: tuple[Header, int] | None = None
    for index, row in enumerate(sheet.rows[:_HEADING_ROWS]):
        header = _header_of(sheet.name, row, vocabulary, mapping)
        if best is None or len(header.places) > len(best[0].places):
            best = header, index
    if best is None:
        return None
    header, index = best
    return header, sheet.rows[index + 1 :]


def _header_of(sheet_name: str, row: NumberedRow, vocabulary: Vocabulary, mapping: Mapping[str, str]) -> Header:
    texts = [text_of(cell) if isinstance(cell, str) else "" for cell in row.cells]
    places = _mapped(texts, mapping)
    _place_by_rank(texts, vocabulary, places)
    _place_mails_beside_names(texts, places)
    certain = set(places)
    _place_last_resorts(texts, vocabulary, places)
    _place_guesses(texts, vocabulary, places)
    used = set(places.values())
    return Header(
        sheet_name=sheet_name,
        row_number=row.number,
        places=places,
        headings={column: texts[place] for column, place in places.items()},
        all_headings=tuple(filter(None, texts)),
        unused=tuple(text for place, text in enumerate(texts) if text and place not in used),
        guessed=tuple(column for column in places if column not in certain),
        width=len(row.cells),
    )


def _mapped(texts: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    keys = [folded(text) for text in texts]
    return {column: keys.index(folded(heading)) for column, heading in mapping.items() if folded(heading) in keys}


def _place_by_rank(texts: Sequence[str], vocabulary: Vocabulary, places: dict[str, int]) -> None:
    """Clear words first: where `Avtal` and `Avtalsnamn` both stand, the title is the latter."""
    candidates: list[tuple[int, int, str]] = []
    for place, text in enumerate(texts):
        known = next((vocabulary.ranked[key] for key in _keys(text) if key in vocabulary.ranked), None)
        if known:
            candidates.append((known[0], place, known[1]))
    for _, place, column in sorted(candidates):
        if column not in places and place not in places.values():
            places[column] = place


def _place_mails_beside_names(texts: Sequence[str], places: dict[str, int]) -> None:
    """`Avtalsägare; E-post; Avtalsförvaltare; E-post`: each address belongs to the name on its left."""
    mails = {folded(word) for word in MAIL_WORDS}
    for name_column, mail_column in _MAIL_BESIDE.items():
        place = places.get(name_column, len(texts)) + 1
        is_mail = place < len(texts) and any(key in mails for key in _keys(texts[place]))
        if is_mail and mail_column not in places and place not in places.values():
            places[mail_column] = place


def _place_last_resorts(texts: Sequence[str], vocabulary: Vocabulary, places: dict[str, int]) -> None:
    for place, text in enumerate(texts):
        known = next((vocabulary.vague[key] for key in _keys(text) if key in vocabulary.vague), ())
        free = next((column for column in known if column not in places), None)
        if free is not None and place not in places.values():
            places[free] = place


def _place_guesses(texts: Sequence[str], vocabulary: Vocabulary, places: dict[str, int]) -> None:
    for pattern, column in vocabulary.guesses:
        for place, text in enumerate(texts):
            is_free = column not in places and place not in places.values()
            if is_free and len(text) <= _LONGEST_HEADING and re.search(pattern, folded(text)):
                places[column] = place


def _keys(heading: str) -> list[str]:
    """The heading, without what stands in parentheses, and without a unit, folded; most exact first."""
    without_parenthesis = _PARENTHESIS.sub(" ", heading).strip(" *:")
    without_unit = _UNITS.sub("", without_parenthesis.casefold())
    keys = (folded(heading), folded(without_parenthesis), folded(without_unit))
    return [key for key in dict.fromkeys(keys) if key]


def _refuse_unknown_codes(vocabulary: Vocabulary, mapping: Mapping[str, str]) -> None:
    unknown = sorted(set(mapping) - set(vocabulary.synonyms))
    if unknown:
        raise Refused("register.mapping_unknown", codes=", ".join(unknown), known=", ".join(vocabulary.synonyms))


def _refuse_unused_mapping(header: Header, mapping: Mapping[str, str]) -> None:
    missing = _unmapped(header, mapping)
    if missing:
        raise Refused("register.mapping_missing", headings=", ".join(missing), found=", ".join(header.all_headings))


def _unmapped(header: Header, mapping: Mapping[str, str]) -> list[str]:
    """Headings the mapping points to that the row does not have."""
    return [
        heading for column, heading in mapping.items() if folded(header.headings.get(column, "")) != folded(heading)
    ]


def _no_header(nearest: Header | None, vocabulary: Vocabulary, mapping: Mapping[str, str]) -> Refused:
    if nearest is None:
        return Refused("register.file_empty")
    if len(nearest.places) < _FEWEST_HEADINGS:
        return Refused("register.no_header", rows=_HEADING_ROWS, columns=", ".join(vocabulary.mandatory))
    if unmapped := _unmapped(nearest, mapping):
        return Refused("register.mapping_missing", headings=", ".join(unmapped), found=", ".join(nearest.all_headings))
    return Refused(
        "register.columns_missing",
        row=nearest.row_number,
        columns=", ".join(column for column in vocabulary.mandatory if not nearest.has(column)),
        found=", ".join(nearest.all_headings),
    )
