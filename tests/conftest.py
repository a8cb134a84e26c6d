"""Databases for every test that asks: the same test runs on SQLite and on a real PostgreSQL."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

import psycopg
import pytest
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import settings
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import make_engine
from storage.models import Base
from storage.schema import MIGRATIONS
from storage.unit_of_work import Store
from tests.support.postgres import has_postgres, throwaway_postgres

# A machine that does something else at the same time fails no test: how quick we are is measured in `benchmarks`.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


class PostgresServer:
    """One real server for each test worker. Tests share one database with tables, emptied after each of them.

    Making a database costs a quarter of a second, emptying one a few milliseconds.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count(1)
        self._shared = self._create("with_tables")
        _build_tables(self._shared)

    @contextmanager
    def database_with_tables(self) -> Iterator[str]:
        """The URL of the shared database: no row in any table, and nobody else connected."""
        yield self._shared
        with psycopg.connect(_plain(self._shared), autocommit=True) as connection:
            connection.execute(_EVERYBODY_OUT)
            connection.execute(_EMPTIED)

    @contextmanager
    def database_without_tables(self) -> Iterator[str]:
        """The URL of a fresh database that is dropped afterwards, open connections or not."""
        name = f"test_{next(self._numbers)}"
        yield self._create(name)
        self._run("DROP DATABASE {} WITH (FORCE)", name)

    def _create(self, database: str) -> str:
        self._run("CREATE DATABASE {} TEMPLATE template0", database)
        return make_url(self._url).set(drivername="postgresql+psycopg", database=database).render_as_string()

    def _run(self, statement: str, name: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


_EVERYBODY_OUT: Final = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_EMPTIED: Final = sql.SQL("SET session_replication_role = replica; {}").format(
    # No foreign key is looked at on the way. TRUNCATE would make a new file for every table and index.
    sql.SQL(";").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in Base.metadata.tables)
)


def _plain(url: str) -> str:
    """The URL as PostgreSQL's own library reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string()


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
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _build_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the test's own with all tables, once on each engine."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_with_tables")
        path = template.with_name("avtalsbot.db")
        for old in template.parent.glob("avtalsbot.db*"):
            old.unlink()
        shutil.copy(template, path)
        yield f"sqlite+aiosqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database_with_tables() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, for migrations and the first start, once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database_without_tables() as url:
        yield url


@pytest.fixture(scope="session")
def engines() -> dict[str, AsyncEngine]:
    """URL to engine, for as long as the worker lives: each remembers the SQL it has put together.

    Their connections are closed after every test.
    """
    return {}


@pytest.fixture
async def store(database_url: str, engines: dict[str, AsyncEngine]) -> AsyncIterator[Store]:
    """The shared database as use cases know it, empty."""
    if database_url not in engines:
        engines[database_url] = make_engine(database_url)
    store = Store(engines[database_url])
    yield store
    await store.close()
