"""The schema rules that let one database hold many organisations, and many databases one organisation each.

R1 to R12 are in docs/adr/0005. What can be read from the tables is tested here on every table there is.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from sqlalchemy import Column, Index, Integer, Sequence, String, Table, UniqueConstraint

from storage.models import Base

GLOBAL_TABLES: frozenset[str] = frozenset()
"""Tables that belong to no tenant. None is needed so far; each one added here needs its reason beside it (R8)."""

TABLES = [table for name, table in sorted(Base.metadata.tables.items()) if name not in GLOBAL_TABLES]
ID_LENGTH = 36

each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))


def _first(columns: Iterable[Column[Any]]) -> str:
    return next(iter(columns)).name


def _keys(table: Table) -> Iterator[UniqueConstraint | Index]:
    """Everything that makes rows unique, but the primary key."""
    yield from (item for item in table.constraints if isinstance(item, UniqueConstraint))
    yield from (index for index in table.indexes if index.unique)


def test_the_tables_are_found() -> None:
    assert {"tenant", "contract", "followup", "notice", "event"} <= set(Base.metadata.tables)


@each_table
def test_tenant_comes_first_in_the_primary_key(table: Table) -> None:
    assert _first(table.primary_key.columns) == "tenant_id"


@each_table
def test_tenant_is_the_same_type_everywhere_and_never_missing(table: Table) -> None:
    tenant = table.columns["tenant_id"]
    pattern = Base.metadata.tables["tenant"].columns["tenant_id"]

    assert not tenant.nullable
    assert repr(tenant.type) == repr(pattern.type)


@each_table
def test_nothing_is_unique_across_tenants(table: Table) -> None:
    assert [key.name for key in _keys(table) if _first(key.columns) != "tenant_id"] == []


@each_table
def test_references_stay_inside_the_tenant(table: Table) -> None:
    for reference in table.foreign_key_constraints:
        columns = [(element.parent.name, element.column.name) for element in reference.elements]

        assert columns[0] == ("tenant_id", "tenant_id"), reference.name
        assert reference.referred_table.name not in GLOBAL_TABLES


@each_table
def test_every_constraint_and_index_has_a_name(table: Table) -> None:
    names = {constraint.name for constraint in table.constraints} | {index.name for index in table.indexes}

    assert None not in names


@each_table
def test_no_number_comes_from_a_sequence_of_the_database(table: Table) -> None:
    counted = [
        column.name
        for column in table.columns
        if isinstance(column.default, Sequence)
        or column.identity is not None
        or (column.primary_key and isinstance(column.type, Integer) and column.autoincrement is not False)
    ]

    assert counted == []


@each_table
def test_ids_are_made_by_the_application(table: Table) -> None:
    own_id = table.columns.get(f"{table.name}_id")

    if own_id is not None and table.name != "tenant":
        assert isinstance(own_id.type, String)
        assert own_id.type.length == ID_LENGTH
        assert own_id.server_default is None


@pytest.mark.parametrize("name", ["followup", "watch", "deviation", "notice"])
def test_what_is_due_is_found_by_an_index_that_skips_what_sleeps(name: str) -> None:
    index = _index(Base.metadata.tables[name], f"ix_{name}_due")

    assert _first(index.columns) == "next_action_at"
    for engine in ("sqlite", "postgresql"):
        assert "next_action_at IS NOT NULL" in str(index.dialect_options[engine]["where"])


def _index(table: Table, name: str) -> Index:
    return next(index for index in table.indexes if index.name == name)


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("followup", ["tenant_id", "contract_id", "activity", "period_key", "plan_version"]),
        ("notice", ["tenant_id", "subject", "occurrence", "step", "recipient"]),
        ("deviation", ["tenant_id", "number"]),
        ("contract", ["tenant_id", "contract_number"]),
    ],
)
def test_once_is_a_unique_constraint_not_a_belief(table: str, columns: list[str]) -> None:
    assert columns in [list(key.columns.keys()) for key in _keys(Base.metadata.tables[table])]
