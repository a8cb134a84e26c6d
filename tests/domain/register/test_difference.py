"""What a later file would change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from domain.contract import Contract, ContractClass, Renewal, RenewalKind
from domain.identifiers import ContractId
from domain.register.baseline import Baseline
from domain.register.cell import Cell
from domain.register.difference import Difference, compare
from domain.register.reading import RegisterReading, read_register
from tests.support.registers import HEADINGS, Table, make_register, org_number

_MADE = make_register(contracts=1, seed=3)
FILE = Table(headings=_MADE.headings, rows=_MADE.rows[:1])


def read(table: Table = FILE) -> RegisterReading:
    return read_register([table.sheet()])


def stored(**changes: Any) -> Contract:  # noqa: ANN401 - any field of a contract
    """The contract of the file as an earlier import left it, but for the changes."""
    return replace(read().drafts[0].contract(ContractId("c-1")), **changes)


def difference(
    reading: RegisterReading, *contracts: Contract, baselines: Mapping[ContractId, Baseline] | None = None
) -> Difference:
    return compare(reading.drafts, contracts, reading.header, reading.quarantined_numbers, baselines)


def changes(table: Table, *contracts: Contract) -> dict[str, tuple[object, object]]:
    found = difference(read(table), *contracts)
    return {field.column: (field.before, field.after) for change in found.changed for field in change.fields}


def test_the_same_file_again_changes_nothing() -> None:
    found = difference(read(), stored())

    assert (found.new, found.changed, found.missing) == ((), (), ())
    assert len(found.unchanged) == 1


def test_an_unknown_number_is_a_new_contract() -> None:
    assert [draft.contract_number for draft in difference(read()).new] == [FILE.rows[0][0]]


def test_a_change_is_told_field_by_field() -> None:
    before = stored(title="Gammalt namn", contract_class=ContractClass.LOW)

    found = changes(FILE.having("Kritikalitet", "Klass 1"), before)

    assert found == {
        "title": ("Gammalt namn", FILE.rows[0][2]),
        "contract_class": (ContractClass.LOW, ContractClass.CRITICAL),
    }


def test_what_is_no_business_of_the_register_survives() -> None:
    before = stored(title="Gammalt namn", plan_version=4, version=9)

    after = difference(read(), before).changed[0].after

    assert (after.contract_id, after.plan_version, after.version) == ("c-1", 4, 9)


def test_whatever_the_plan_hangs_on_asks_for_a_new_one_and_nothing_else_does() -> None:
    option = Renewal(kind=RenewalKind.OPTION, count=5, months=7)
    planned = (
        stored(start_on=date(2020, 1, 1)),
        stored(renewal=option),
        stored(notice_months=11),
        stored(annual_value_sek=Decimal(1_000)),
    )
    unplanned = (stored(title="X"), stored(owner_mail="x@y.example"), stored(department="X"))

    assert [difference(read(), before).changed[0].needs_planning for before in planned] == [True] * 4
    assert [difference(read(), before).changed[0].needs_planning for before in unplanned] == [False] * 3


def test_a_column_the_file_lacks_changes_nothing() -> None:
    kept = [place for place, name in enumerate(HEADINGS) if name not in {"Kritikalitet", "Ägare", "Ägarens e-post"}]
    narrow = Table(
        headings=tuple(HEADINGS[place] for place in kept), rows=(tuple(FILE.rows[0][place] for place in kept),)
    )

    assert changes(narrow, stored(contract_class=ContractClass.HIGH, owner_mail="a@b.example")) == {}


def test_a_cell_emptied_in_the_file_empties_the_field() -> None:
    assert list(changes(FILE.having("Uppsägning (månader)", ""), stored())) == ["notice_months"]


def test_a_contract_missing_from_the_file_is_told_and_kept() -> None:
    other = stored(contract_id=ContractId("c-2"), contract_number="X-1")

    assert difference(read(), stored(), other).missing == (other,)


def test_a_contract_whose_row_is_in_quarantine_is_neither_missing_nor_changed() -> None:
    found = difference(read(FILE.having("Gäller fr.o.m.", "oläsligt")), stored())

    assert (found.missing, found.changed) == ((), ())


def two_suppliers(*, second: Cell) -> Table:
    row = list(FILE.rows[0])
    row[5:7] = ["Andra Bolaget AB", second]
    return Table(headings=FILE.headings, rows=(FILE.rows[0], tuple(row)))


def test_a_supplier_gone_from_the_file_is_gone_from_the_contract() -> None:
    both = read(two_suppliers(second=org_number(77))).drafts[0].contract(ContractId("c-1"))

    assert list(changes(FILE, both)) == ["supplier"]


def test_a_supplier_whose_row_is_in_quarantine_stays() -> None:
    both = read(two_suppliers(second=org_number(77))).drafts[0].contract(ContractId("c-1"))

    assert changes(two_suppliers(second="oläsligt"), both) == {}


def test_the_order_of_the_rows_is_no_change() -> None:
    table = two_suppliers(second=org_number(77))
    turned = Table(headings=table.headings, rows=table.rows[::-1])

    assert changes(turned, read(table).drafts[0].contract(ContractId("c-1"))) == {}


def test_an_empty_cell_takes_nothing_away_while_another_row_of_the_contract_is_in_quarantine() -> None:
    both = read(two_suppliers(second=org_number(77))).drafts[0].contract(ContractId("c-1"))
    first_unreadable = two_suppliers(second=org_number(77)).having("Org.nr", "oläsligt")

    assert changes(first_unreadable.having("Kritikalitet", "", row=1), replace(both, contract_class=None)) == {}
    assert changes(first_unreadable.having("Kritikalitet", "", row=1), both) == {}
