"""Databases for every test that asks: the same test runs on SQLite and on a real PostgreSQL."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from storage.database import make_engine
from storage.models import Base
from storage.schema import MIGRATIONS
from storage.unit_of_work import Store
from tests.support.postgres import has_postgres, throwaway_postgres


class PostgresServer:
    """One real server for each test worker; every test gets a database of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count(1)
        self._create("with_tables", template="template0")
        _build_tables(self._url_of("with_tables"))

    @contextmanager
    def database(self, *, has_tables: bool) -> Iterator[str]:
        """The URL of a fresh database that is dropped afterwards, open connections or not."""
        name = f"test_{next(self._numbers)}"
        self._create(name, template="with_tables" if has_tables else "template0")
        yield self._url_of(name)
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _url_of(self, database: str) -> str:
        return make_url(self._url).set(drivername="postgresql+psycopg", database=database).render_as_string()

    def _create(self, database: str, *, template: str) -> None:
        self._run("CREATE DATABASE {} TEMPLATE {}", database, template)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _build_tables(url: str) -> None:
    # Straight from the models, which is quicker than migrating; test_migrations.py holds the two equal.
    engine = create_engine(url)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        MigrationContext.configure(connection).stamp(ScriptDirectory(str(MIGRATIONS)), "head")
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Starts when the first test asks for it."""
    if not has_postgres():
        pytest.skip("no PostgreSQL binaries for this kind of machine")
    with throwaway_postgres() as url:
        yield PostgresServer(url)


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to be copied; ten times as fast as making the tables anew."""
    path = tmp_path_factory.mktemp("template") / "avtalsbot.db"
    _build_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of the test's own with all tables, once on each engine."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_with_tables")
        shutil.copy(template, tmp_path / "avtalsbot.db")
        yield f"sqlite+aiosqlite:///{tmp_path / 'avtalsbot.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database(has_tables=True) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, for migrations and the first start, once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database(has_tables=False) as url:
        yield url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """The shared database as use cases know it, empty."""
    store = Store(make_engine(database_url))
    yield store
    await store.close()
