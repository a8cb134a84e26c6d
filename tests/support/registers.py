"""Invented registers and people files, the same for the same seed, as CSV and XLSX with the dirt real exports have."""

import csv
import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openpyxl import Workbook

from domain.register.cell import Cell, NumberedRow, Sheet

HEADINGS = (
    *("Avtals-ID", "Dnr", "Benämning", "Kategori", "Lott", "Motpart", "Org.nr", "Ansvarig förvaltning"),
    *("Ägare", "Ägarens e-post", "Förvaltare", "Förvaltarens e-post", "Ersättare"),
    *(
        "Gäller fr.o.m.",
        "Gäller t.o.m.",
        "Optioner",
        "Uppsägning (månader)",
        "Årligt värde (tkr)",
        "Tak (tkr)",
        "Kritikalitet",
    ),
)
"""Other words than the demo's register has, for the same columns."""
ENGLISH_HEADINGS = (
    *("Contract ID", "Case number", "Contract name", "Category", "Lot", "Vendor", "Organization number", "Department"),
    *("Contract owner", "Owner e-mail", "Contract manager", "Manager e-mail", "Deputy e-mail"),
    *(
        "Start date",
        "End date",
        "Extension options",
        "Notice period (months)",
        "Annual value (SEK)",
        "Ceiling (SEK)",
        "Class",
    ),
)
PEOPLE_HEADINGS = ("Visningsnamn", "UPN", "Objekt-ID", "Avdelning", "Befattning", "Närmaste chef", "Roller")

_SUBJECTS = (
    *("Tvätt av mattor", "Flyttjänster", "Brandlarm", "Skolfoto", "Trädgårdsskötsel", "Fönsterputs", "Kartor och plan"),
    *("Växtskydd", "Passagesystem", "Lokaltidning", "Arkivhyllor", "Cykelservice", "Kaffebönor", "Förskolelekar"),
)
_PLACES = ("Berghem", "Hajom", "Istorp", "Öxabäck", "Torestorp", "Älekulla", "Öxnevalla", "Kinnahult")
_FIRST = ("Sixten", "Hedda", "Loke", "Tova", "Ebbe", "Vera", "Malte", "Alma", "Yrsa", "Åke", "Örjan", "Ängla")
_LAST = ("Bergvik", "Sandahl", "Tornberg", "Åslund", "Ölund", "Ädelsten", "Kvarnlund", "Mosseberg")
_DEPARTMENTS = ("Vård och omsorg", "Teknik och miljö", "Bildning", "Stab")
_EXTENSIONS = ("1+1 år", "2 x 12 mån", "Option 1 år", "12 mån + 12 mån", "24 månader", "Nej", "Automatisk 12 mån", "")
_CLASSES = ("Klass 1", "2", "Vanligt", "Rutin", "3", "4", "")
_MAILS = "ÅÄÖåäöé ", "AAOaaoe."


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headings and rows, before anybody has made a file of them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def sheet(self, *, first_row: int = 1) -> Sheet:
        """The table as a reader of files would hand it on."""
        rows = (self.headings, *self.rows)
        return Sheet(
            name="", rows=tuple(NumberedRow(number=number, cells=cells) for number, cells in enumerate(rows, first_row))
        )

    def having(self, column: str, value: Cell, *, row: int = 0) -> "Table":
        """The table with one cell otherwise."""
        place = self.headings.index(column)
        changed = [list(cells) for cells in self.rows]
        changed[row][place] = value
        return Table(headings=self.headings, rows=tuple(tuple(cells) for cells in changed))


def org_number(stem: int) -> str:
    """A number with a right check digit that no organisation and no person has: it begins with 5500."""
    digits = f"5500{stem % 100_000:05d}"
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(digits))
    return f"{digits[:6]}-{digits[6:]}{-total % 10}"


def mail_of(name: str) -> str:
    return name.translate(str.maketrans(*_MAILS)).lower() + "@bergslagen.example"


def make_register(*, seed: int = 1, contracts: int = 40, headings: Sequence[str] = HEADINGS) -> Table:
    """A register in which every row can be accepted, some contracts having several suppliers."""
    chance = random.Random(seed)  # noqa: S311 - invented data, the same every time
    rows = tuple(row for number in range(1, contracts + 1) for row in _contract(number, chance))
    return Table(headings=tuple(headings), rows=rows)


def _contract(number: int, chance: random.Random) -> Iterator[tuple[Cell, ...]]:
    start = date(2023, 1, 1) + timedelta(days=chance.randrange(1400))
    end = start + timedelta(days=365 * chance.randint(1, 4))
    owner, manager, deputy = (f"{chance.choice(_FIRST)} {chance.choice(_LAST)}" for _ in range(3))
    title = f"{chance.choice(_SUBJECTS)} {chance.choice(_PLACES)}"
    before = (f"B-{start.year}-{number:04d}", f"BN {start.year}/{number}", title, "Övrigt", "")
    after = (
        *(chance.choice(_DEPARTMENTS), owner, mail_of(owner), manager, mail_of(manager), mail_of(deputy)),
        *(start.isoformat(), end.isoformat(), chance.choice(_EXTENSIONS), chance.choice((3, 6, 9))),
        *(chance.randrange(60, 9_000), "", chance.choice(_CLASSES)),
    )
    for supplier in range(chance.choice((1, 1, 1, 1, 3))):
        name = f"{chance.choice(_PLACES)} Service {number} {supplier} AB"
        yield (*before, name, org_number(number * 7 + supplier), *after)


def make_people(register: Table, *, seed: int = 1) -> Table:
    """A people file with everybody the register names, a controller and a director."""
    chance = random.Random(seed)  # noqa: S311 - invented data, the same every time
    names = sorted({str(row[place]) for row in register.rows for place in (8, 10)})
    director, controller = "Folke Överst", "Greta Granskare"
    rows: list[tuple[Cell, ...]] = [
        (director, mail_of(director), _object_id(chance), "Stab", "Kommundirektör", "", "kommundirektör"),
        (
            controller,
            mail_of(controller),
            _object_id(chance),
            "Stab",
            "Controller",
            mail_of(director),
            "avtalscontroller",
        ),
    ]
    rows += [
        (name, mail_of(name), _object_id(chance), chance.choice(_DEPARTMENTS), "Handläggare", mail_of(director), "")
        for name in names
    ]
    return Table(headings=PEOPLE_HEADINGS, rows=tuple(rows))


def _object_id(chance: random.Random) -> str:
    digits = f"{chance.getrandbits(128):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def soiled(table: Table, *, seed: int = 1) -> Table:
    """The same register as people type it: other shapes of dates, sums, numbers and addresses in some rows."""
    chance = random.Random(seed)  # noqa: S311 - invented data, the same every time
    return Table(headings=table.headings, rows=tuple(_soiled(row, chance) for row in table.rows))


def _soiled(row: Sequence[Cell], chance: random.Random) -> tuple[Cell, ...]:
    cells = list(row)
    for place in (13, 14):
        day = date.fromisoformat(str(cells[place]))
        at_midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - Excel knows no zones
        shapes = ("%Y-%m-%d", "%Y%m%d", "%d/%m %Y", "%d.%m.%Y", "%Y-%m-%d 00:00:00")
        dates: tuple[Cell, ...] = (at_midnight, *(day.strftime(shape) for shape in shapes))
        cells[place] = chance.choice(dates)
    number, yearly = str(cells[6]), int(str(cells[17]))
    cells[6] = chance.choice((number, number.replace("-", ""), f"16{number}", f" {number}\u00a0"))
    spaced = f"{yearly:,}".replace(",", "\u00a0")
    sums: tuple[Cell, ...] = (yearly, spaced, f"{spaced} tkr", f"{yearly},00")
    cells[17] = chance.choice(sums)
    cells[9] = chance.choice((str(cells[9]).upper(), f" {cells[9]}"))
    cells[2] = chance.choice((cells[2], f"{cells[2]}  "))
    return tuple(cells)


def as_csv(
    table: Table, *, delimiter: str = ";", encoding: str = "utf-8-sig", newline: str = "\r\n", above: Sequence[str] = ()
) -> bytes:
    """The table as a file, with lines of text above it if asked for."""
    text = io.StringIO(newline="")
    for line in above:
        text.write(line + newline)
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    writer.writerow(table.headings)
    writer.writerows([["" if cell is None else cell for cell in row] for row in table.rows])
    return text.getvalue().encode(encoding)


def as_xlsx(table: Table, *, above: Sequence[str] = (), sheet_before: str | None = None) -> bytes:
    """The table as a workbook, with a title above it and another sheet before it if asked for."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Avtal"
    if sheet_before:
        book.create_sheet(sheet_before, 0).append(["Läs mig", "Ingenting här"])
    for line in above:
        sheet.append([line])
    sheet.append(list(table.headings))
    for row in table.rows:
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
