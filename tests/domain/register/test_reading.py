"""A register row by row: accepted, accepted with a remark, or in quarantine with a reason."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contract import ContractClass, RenewalKind
from domain.register.cell import Cell
from domain.register.reading import RegisterReading, read_register
from tests.support.registers import ENGLISH_HEADINGS, HEADINGS, Table, make_register, soiled

_MADE = make_register(contracts=1, seed=3)
GOOD = Table(headings=_MADE.headings, rows=_MADE.rows[:1])
"""One row nobody can object to."""


def read(table: Table) -> RegisterReading:
    return read_register([table.sheet()])


def reasons(reading: RegisterReading) -> list[str]:
    return [reason.text_key.removeprefix("register.") for row in reading.quarantined for reason in row.reasons]


def remarks(reading: RegisterReading) -> list[str]:
    return [found.remark.text_key.removeprefix("register.") for found in reading.remarks]


def test_a_clean_register_needs_no_remarks_but_for_classes_left_open() -> None:
    reading = read(make_register(contracts=60))

    assert reading.quarantined == ()
    assert set(remarks(reading)) == {"class_missing"}
    assert len(reading.drafts) == 60


def test_the_same_register_typed_by_many_hands_says_the_same() -> None:
    clean, dirty = read(make_register(contracts=60)), read(soiled(make_register(contracts=60)))

    assert dirty.quarantined == ()
    assert dirty.drafts == clean.drafts


def test_swedish_and_english_headings_say_the_same() -> None:
    swedish, english = make_register(seed=7), make_register(seed=7, headings=ENGLISH_HEADINGS)

    # The English file counts in kronor where the Swedish one counts in thousands.
    assert [draft.end_on for draft in read(english).drafts] == [draft.end_on for draft in read(swedish).drafts]
    in_thousands, in_kronor = read(swedish).drafts[0].annual_value_sek, read(english).drafts[0].annual_value_sek
    assert in_kronor is not None
    assert in_thousands == in_kronor * 1000


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("Avtals-ID", "", "missing"),
        ("Avtals-ID", datetime(2026, 5, 1), "number_is_date"),  # noqa: DTZ001 - Excel knows no zones
        ("Avtals-ID", "A" * 65, "number_too_long"),
        ("Benämning", None, "missing"),
        ("Org.nr", None, "missing"),
        ("Org.nr", "556036-0794", "org_number_wrong"),
        ("Org.nr", "12345", "org_number_length"),
        ("Gäller fr.o.m.", "", "missing"),
        ("Gäller fr.o.m.", "i våras", "date_unreadable"),
        ("Gäller fr.o.m.", "mars 2026", "date_without_day"),
        ("Gäller t.o.m.", "snart", "date_unreadable"),
        ("Gäller t.o.m.", "2001-01-01", "end_before_start"),
    ],
)
def test_a_row_that_cannot_be_trusted_waits_in_quarantine_with_its_reason(column: str, cell: Cell, reason: str) -> None:
    reading = read(GOOD.having(column, cell))

    assert reasons(reading) == [reason]
    assert reading.drafts == ()
    assert reading.quarantined[0].row_number == 2


def test_every_reason_is_told_at_once() -> None:
    reading = read(GOOD.having("Org.nr", "nej").having("Gäller fr.o.m.", "nej").having("Benämning", ""))

    assert reasons(reading) == ["missing", "org_number_unreadable", "date_unreadable"]


@pytest.mark.parametrize(
    ("column", "cell", "remark"),
    [
        ("Motpart", "", "supplier_missing"),
        ("Org.nr", "DE 123456789", "org_number_foreign"),
        ("Org.nr", "850713-9809", "org_number_personal"),
        ("Kritikalitet", "", "class_missing"),
        ("Kritikalitet", "Guld", "class_unreadable"),
        ("Ägare", "Nils Namn", None),
        ("Förvaltarens e-post", "ingen adress", "mail_unreadable"),
        ("Uppsägning (månader)", "", "notice_missing"),
        ("Uppsägning (månader)", "se avtal", "notice_unreadable"),
        ("Gäller t.o.m.", "", "end_missing"),
        ("Gäller t.o.m.", "2099-12-31", "end_never"),
        ("Optioner", "enligt avtal", "renewal_unreadable"),
        ("Årligt värde (tkr)", "mycket", "money_unreadable"),
        ("Årligt värde (tkr)", "5 000 EUR", "money_foreign"),
        ("Benämning", "Ö" * 500, "text_cut"),
        ("Benämning", "Personlig assistans 850713-9809", "personal_number_removed"),
    ],
)
def test_what_can_be_mended_later_is_remarked_and_the_row_is_stored(
    column: str, cell: Cell, remark: str | None
) -> None:
    before = remarks(read(GOOD))

    reading = read(GOOD.having(column, cell))

    assert reading.quarantined == ()
    assert len(reading.drafts) == 1
    assert [key for key in remarks(reading) if key not in before] == ([remark] if remark else [])


def test_nobody_named_is_remarked_once_for_each_part() -> None:
    nobody = (
        GOOD.having("Ägare", "")
        .having("Ägarens e-post", "")
        .having("Förvaltare", "-")
        .having("Förvaltarens e-post", "")
    )

    reading = read(nobody)

    assert [key for key in remarks(reading) if key.endswith("r_missing")] == ["owner_missing", "manager_missing"]


@pytest.mark.parametrize("cell", ["Tillsvidare", "tills vidare", "Until further notice"])
def test_an_end_date_may_say_that_there_is_none(cell: str) -> None:
    reading = read(GOOD.having("Gäller t.o.m.", cell).having("Optioner", ""))

    assert reading.drafts[0].end_on is None
    assert reading.drafts[0].renewal.kind is RenewalKind.OPEN_ENDED
    assert "end_missing" not in remarks(reading)


def test_a_sole_trader_is_known_by_name_and_its_number_is_nowhere() -> None:
    reading = read(GOOD.having("Org.nr", "19850713-9809"))

    assert reading.drafts[0].suppliers[0].org_number.startswith("EF-")
    assert "9809" not in str(reading)


def test_formulas_and_markup_are_plain_text() -> None:
    reading = read(GOOD.having("Benämning", '=HYPERLINK("http://x")').having("Motpart", "<b>Bolag</b>\x00\u202e"))

    assert reading.drafts[0].title == '=HYPERLINK("http://x")'
    assert reading.drafts[0].suppliers[0].name == "<b>Bolag</b>"


def test_a_row_that_has_come_apart_is_not_guessed_at() -> None:
    row = GOOD.rows[0]
    longer = Table(headings=GOOD.headings, rows=((*row[:3], "och mer", *row[3:]),))

    assert reasons(read(longer)) == ["row_too_long"]


def test_empty_rows_totals_and_repeated_headings_say_nothing() -> None:
    rows = (("",) * 20, GOOD.headings, GOOD.rows[0], ("Summa", *("",) * 16, 4711, "", ""))

    reading = read(Table(headings=GOOD.headings, rows=rows))

    assert reading.rows_read == 1
    assert len(reading.drafts) == 1


def test_row_numbers_are_those_beside_the_rows_in_excel() -> None:
    sheet = GOOD.having("Org.nr", "fel").sheet(first_row=7)

    assert read_register([sheet]).quarantined[0].row_number == 8


def test_columns_the_file_lacks_are_told_once_for_the_file() -> None:
    places = [HEADINGS.index(name) for name in ("Avtals-ID", "Benämning", "Motpart", "Org.nr", "Gäller fr.o.m.")]
    narrow = Table(
        headings=(*(HEADINGS[place] for place in places), "Anteckning"),
        rows=((*(GOOD.rows[0][place] for place in places), "hej"),),
    )

    reading = read(narrow)

    assert reading.remarks == ()
    told = [(remark.text_key.removeprefix("register."), remark.column) for remark in reading.file_remarks]
    assert ("column_missing", "contract_class") in told
    assert ("columns_unused", None) in told


def test_units_in_the_heading_count_for_the_whole_column() -> None:
    reading = read(GOOD.having("Årligt värde (tkr)", "1 250").having("Tak (tkr)", "5 mkr").having("Kritikalitet", 1))

    assert reading.drafts[0].annual_value_sek == Decimal(1_250_000)
    assert reading.drafts[0].ceiling_sek == Decimal(5_000_000)
    assert reading.drafts[0].contract_class is ContractClass.CRITICAL


CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.dates(),
    st.booleans(),
    st.decimals(allow_nan=True),
    st.sampled_from(["1+1 år", "2 x 12 mån", "01/02 2026", "kr", "99 x 99 år", "+", "12 mån + ", "1e9", "\x00", "٣"]),
)


@given(st.lists(CELLS, min_size=len(HEADINGS), max_size=len(HEADINGS)))
def test_no_row_whatever_it_holds_stops_the_import(cells: list[Cell]) -> None:
    table = Table(headings=HEADINGS, rows=(tuple(cells), GOOD.rows[0]))

    assert len(read(table).drafts) >= 1


@given(st.sampled_from(HEADINGS), CELLS)
def test_one_strange_cell_never_loses_the_row(column: str, cell: Cell) -> None:
    reading = read(GOOD.having(column, cell))

    assert reading.rows_read == len(reading.drafts) + len(reading.quarantined) == 1
