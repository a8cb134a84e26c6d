"""Files as strangers send them: any delimiter, encoding and line ending, whole or broken."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from domain.errors import Refused
from domain.register.cell import Cell
from domain.register.reading import read_register
from storage import tables
from storage.tables import read_sheets
from tests.support.registers import as_csv, as_xlsx, make_register, soiled


def cells(content: bytes) -> list[tuple[Cell, ...]]:
    return [row.cells for row in read_sheets(content)[0].rows]


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_sheets(content)
    return refused.value.text_key.removeprefix("register.")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_every_csv_dialect_says_the_same(delimiter: str, newline: str, encoding: str) -> None:
    table = make_register(contracts=20)

    content = as_csv(table, delimiter=delimiter, newline=newline, encoding=encoding)

    assert read_register(read_sheets(content)).drafts == read_register([table.sheet()]).drafts


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_old_machines_are_understood_by_their_swedish_letters(encoding: str) -> None:
    content = "Avtal;Leverantör\nSkötsel;Äppelgården i Örby\n".encode(encoding)

    assert cells(content)[1] == ("Skötsel", "Äppelgården i Örby")


def test_csv_and_xlsx_say_the_same() -> None:
    table = soiled(make_register(contracts=20))

    from_csv = read_register(read_sheets(as_csv(table)))
    from_xlsx = read_register(read_sheets(as_xlsx(table, above=["Avtalsregister", "uttaget i dag"])))

    assert from_xlsx.drafts == tuple(
        # A title above moves the rows down, and nothing else.
        type(draft)(
            **{name: getattr(draft, name) for name in draft.__slots__ if name != "row_numbers"}, row_numbers=rows
        )
        for draft, rows in zip(from_csv.drafts, (it.row_numbers for it in from_xlsx.drafts), strict=True)
    )
    assert from_xlsx.drafts[0].row_numbers[0] == from_csv.drafts[0].row_numbers[0] + 2


def test_the_sheet_with_the_register_is_found_behind_others() -> None:
    content = as_xlsx(make_register(contracts=2), sheet_before="Läs mig")

    assert read_register(read_sheets(content)).header.sheet_name == "Avtal"


def test_hidden_sheets_come_last() -> None:
    book = Workbook()
    book.create_sheet("Gömd", 0).append(["a", "b"])
    book["Gömd"].sheet_state = "hidden"
    book["Sheet"].append(["c", "d"])
    book.active = 1
    content = io.BytesIO()
    book.save(content)

    assert [sheet.name for sheet in read_sheets(content.getvalue())] == ["Sheet", "Gömd"]


def test_quoted_line_breaks_and_delimiters_stay_in_their_cell() -> None:
    content = 'Avtal;Not\n"Städ; och\nputs";ja\nSnö;nej\n'.encode()

    assert cells(content) == [("Avtal", "Not"), ("Städ; och\nputs", "ja"), ("Snö", "nej")]


@pytest.mark.parametrize(
    "broken",
    ['2;"Öppet citat;b\n', '2;"Öppet" citat;b\n', '2;"Öppet citat;b\n3;x;y\n4;Slut";c\n'],
)
def test_a_stray_quote_harms_its_own_row_only(broken: str) -> None:
    content = f"Nr;Avtal;Not\n1;Före;a\n{broken}9;Efter;d\n".encode()

    read = cells(content)

    assert read[1] == ("1", "Före", "a")
    assert read[-1] == ("9", "Efter", "d")


def test_row_numbers_count_empty_rows_as_excel_does() -> None:
    sheet = read_sheets(b"Nr;Avtal\n\n\n1;a\n;;\n2;b\n")[0]

    assert [row.number for row in sheet.rows] == [1, 4, 6]


def test_a_file_that_declares_its_delimiter_is_believed() -> None:
    sheet = read_sheets(b"sep=|\nNr|Avtal; larm\n1|a; b\n")[0]

    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("Nr", "Avtal; larm")), (3, ("1", "a; b"))]


def test_nul_bytes_are_dropped() -> None:
    assert cells(b"Nr;Avtal\n1;St\x00\xc3\xa4d\n") == [("Nr", "Avtal"), ("1", "Städ")]


def test_half_a_file_in_utf8_keeps_its_swedish_letters() -> None:
    content = ("Avtal;Ort\n" + "Städning;Örby skola på Änggatan\n" * 5).encode()[:-3] + b"\xc3"

    assert cells(content)[1] == ("Städning", "Örby skola på Änggatan")


def test_formulas_are_text() -> None:
    assert cells(b"Nr;Avtal\n1;=cmd|' /C calc'!A0\n")[1] == ("1", "=cmd|' /C calc'!A0")


def test_a_cell_of_a_megabyte_does_not_stop_the_file() -> None:
    content = b"Nr;Avtal\n1;" + b"x" * 1_000_000 + b"\n2;b\n"

    assert [row.cells[0] for row in read_sheets(content)[0].rows] == ["Nr", "1", "2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "file_empty"),
        (b"\r\n \r\n", "file_empty"),
        (b"\x00" * 100, "file_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file_old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
        (b"<html><table><tr><td>Avtal</td></tr></table></html>", "file_not_a_table"),
        (b"%PDF-1.7\n%\xe2\xe3", "file_not_a_table"),
        (b"PK\x03\x04 half a zip", "file_broken"),
        (bytes(range(256)) * 20, "file_not_a_table"),
    ],
)
def test_what_is_no_table_is_refused_whole(content: bytes, said: str) -> None:
    assert refusal(content) == said


def test_a_workbook_cut_in_half_is_refused() -> None:
    content = as_xlsx(make_register(contracts=5))

    assert refusal(content[: len(content) // 2]) == "file_broken"


def test_a_workbook_damaged_inside_is_refused() -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx(make_register(contracts=2)))) as whole,
        zipfile.ZipFile(content, "w") as damaged,
    ):
        for name in whole.namelist():
            damaged.writestr(name, b"<not xml" if "sheet1" in name else whole.read(name))

    assert refusal(content.getvalue()) == "file_broken"


def test_a_zip_of_something_else_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("hej.txt", "hej")

    assert refusal(content.getvalue()) == "file_not_a_table"


def test_a_zip_bomb_is_refused_before_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_UNPACKED_BYTES", 20_000)

    assert refusal(as_xlsx(make_register(contracts=200))) == "file_unpacks_too_large"


def test_too_large_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_BYTES", 1_000)

    assert refusal(as_csv(make_register(contracts=20))) == "file_too_large"


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_too_many_rows_are_refused(write: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 10)
    content = as_csv(make_register(contracts=20)) if write is as_csv else as_xlsx(make_register(contracts=20))

    assert refusal(content) == "too_many_rows"


def test_formatted_empty_rows_to_the_bottom_of_excel_are_not_waited_for() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Avtal"])
    sheet.cell(row=900_000, column=1).value = ""
    content = io.BytesIO()
    book.save(content)

    assert [row.cells for row in read_sheets(content.getvalue())[0].rows] == [("Avtal",)]
