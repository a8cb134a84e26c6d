"""Migrations lead to the very tables the models speak of, on both engines."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from storage.models import Base
from storage.schema import SchemaState, migrate, schema_state


def test_migrated_database_equals_the_models(empty_database_url: str) -> None:
    migrate(empty_database_url)

    assert _differences(empty_database_url) == []


def _differences(url: str) -> list[object]:
    driver = "sqlite" if make_url(url).get_backend_name() == "sqlite" else "postgresql+psycopg"
    engine = create_engine(make_url(url).set(drivername=driver))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[object] = compare_metadata(context, Base.metadata)
    engine.dispose()
    return found


def test_an_empty_database_says_so_and_a_migrated_one_is_current(empty_database_url: str) -> None:
    before = schema_state(empty_database_url)
    migrate(empty_database_url)

    assert (before, schema_state(empty_database_url)) == (SchemaState.EMPTY, SchemaState.CURRENT)


def test_migrating_twice_changes_nothing(empty_database_url: str) -> None:
    _, first = migrate(empty_database_url)

    assert migrate(empty_database_url) == (first, first)
