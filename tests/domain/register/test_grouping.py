"""Rows of one number are one contract."""

from domain.contract import RenewalKind
from domain.people import Person
from domain.register.cell import Cell
from domain.register.naming import name_people, unknown_contacts
from domain.register.reading import RegisterReading, read_register
from tests.support.registers import Table, make_register, org_number
from tests.support.world import person

_MADE = make_register(contracts=1, seed=3)
ROW = dict(zip(_MADE.headings, _MADE.rows[0], strict=True))


def read(*changes: dict[str, Cell]) -> RegisterReading:
    """A register with one row for each set of changes to the same row."""
    rows = tuple(tuple({**ROW, **change}.values()) for change in changes)
    return read_register([Table(headings=_MADE.headings, rows=rows).sheet()])


def supplier(number: int) -> dict[str, Cell]:
    return {"Motpart": f"Bolag {number} AB", "Org.nr": org_number(900 + number)}


def conflicts(reading: RegisterReading) -> list[tuple[int, str, str | None]]:
    return [
        (found.row_number, found.remark.text_key.removeprefix("register."), found.remark.column)
        for found in reading.remarks
        if found.remark.text_key != "register.class_missing"
    ]


def test_a_framework_with_three_suppliers_is_one_contract() -> None:
    reading = read(supplier(1), supplier(2), supplier(3))

    assert [it.name for it in reading.drafts[0].suppliers] == ["Bolag 1 AB", "Bolag 2 AB", "Bolag 3 AB"]
    assert reading.drafts[0].row_numbers == (2, 3, 4)
    assert conflicts(reading) == []


def test_a_supplier_may_hold_two_lots() -> None:
    reading = read({**supplier(1), "Lott": "Norr"}, {**supplier(1), "Lott": "Söder"})

    assert [it.lot for it in reading.drafts[0].suppliers] == ["Norr", "Söder"]
    assert conflicts(reading) == []


def test_without_lots_the_title_tells_rows_apart() -> None:
    reading = read({**supplier(1), "Benämning": "Larm, skolor"}, {**supplier(1), "Benämning": "Larm, bad"})

    assert [it.lot for it in reading.drafts[0].suppliers] == ["Larm, skolor", "Larm, bad"]
    assert conflicts(reading) == [(3, "conflict", "title")]


def test_the_number_is_the_same_in_another_spelling() -> None:
    reading = read({**supplier(1), "Avtals-ID": "B-12"}, {**supplier(2), "Avtals-ID": " b-12 "})

    assert len(reading.drafts) == 1
    assert reading.drafts[0].contract_number == "B-12"


def test_the_first_row_counts_where_rows_disagree_and_it_is_said() -> None:
    reading = read(supplier(1), {**supplier(2), "Gäller t.o.m.": "2033-12-31", "Förvaltarens e-post": "x@y.example"})

    assert reading.drafts[0].end_on == read(supplier(1)).drafts[0].end_on
    assert conflicts(reading) == [(3, "conflict", "end_on"), (3, "conflict", "manager_mail")]


def test_an_empty_cell_gives_way_to_a_filled_one_without_a_word() -> None:
    reading = read({**supplier(1), "Ägare": "", "Ägarens e-post": ""}, supplier(2))

    assert reading.drafts[0].owner.mail == ROW["Ägarens e-post"]
    assert conflicts(reading) == [(2, "owner_missing", "owner_mail")]


def test_a_contract_without_end_does_not_borrow_one_from_another_row() -> None:
    reading = read(
        {**supplier(1), "Gäller t.o.m.": "", "Optioner": "Tillsvidare"}, {**supplier(2), "Optioner": "1+1 år"}
    )

    assert reading.drafts[0].end_on is None
    assert reading.drafts[0].renewal.kind is RenewalKind.OPEN_ENDED
    assert conflicts(reading) == [(3, "conflict", "renewal")]


def test_the_same_row_twice_is_stored_once() -> None:
    reading = read(supplier(1), supplier(1))

    assert len(reading.drafts[0].suppliers) == 1
    assert conflicts(reading) == [(3, "row_twice", None)]


def test_the_same_supplier_twice_with_other_details_is_said() -> None:
    reading = read(supplier(1), {**supplier(1), "Kategori": "Något annat"})

    assert len(reading.drafts[0].suppliers) == 1
    assert conflicts(reading) == [(3, "conflict_same_supplier", None), (3, "conflict", "area")]


def named(*people: Person) -> tuple[str | None, list[str]]:
    reading = read({"Ägare": "Holm, Karin", "Ägarens e-post": ""})
    naming = name_people(reading.drafts, people)
    return naming.drafts[0].owner.mail, [found.remark.text_key for found in naming.remarks]


def test_a_name_without_an_address_is_found_among_the_people() -> None:
    assert named(person("Karin Holm"), person("Kalle Berg")) == ("karin.holm@exempel.example", [])


def test_a_namesake_is_never_guessed_at() -> None:
    twins = person("Karin Holm"), person("Karin Holm", mail="karin.holm2@exempel.example", person_id="p-2")

    assert named(*twins) == (None, ["register.person_ambiguous"])


def test_an_unknown_name_is_said() -> None:
    assert named(person("Kalle Berg")) == (None, ["register.person_unknown"])


def test_addresses_nobody_knows_are_gathered_once() -> None:
    reading = read(supplier(1), {**supplier(2), "Avtals-ID": "B-2"})

    strangers = unknown_contacts(reading.drafts, [])

    named_by = {ROW["Ägarens e-post"], ROW["Förvaltarens e-post"], ROW["Ersättare"]}
    assert {stranger.mail for stranger in strangers} == named_by
    assert len(strangers) == len(named_by)
