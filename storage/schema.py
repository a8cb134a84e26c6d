"""Whether the database fits this version, and the migrations that make it fit."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from storage.database import sqlite_path

MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaState(StrEnum):
    """How the database's schema relates to the one this version wants."""

    CURRENT = "current"
    EMPTY = "empty"
    OUTDATED = "outdated"
    NEWER = "newer"


class DatabaseUnreachable(Exception):  # noqa: N818 - says what it is
    """The database could not be asked at all."""


def migrate(url: str) -> tuple[str | None, str]:
    """Bring the schema up to date; the revisions before and after. Safe to run again."""
    with _reached(url) as connection:
        before = _revision(connection)
        command.upgrade(_config(connection), "head")
        after = _revision(connection)
        connection.commit()
    return before, after or ""


def schema_state(url: str) -> SchemaState:
    """Compare the database's revision with ours. Raises `DatabaseUnreachable` when it cannot be asked."""
    if _is_missing_file(url):
        return SchemaState.EMPTY
    with _reached(url) as connection:
        revision = _revision(connection)
    script = ScriptDirectory(str(MIGRATIONS))
    if revision is None:
        return SchemaState.EMPTY
    if revision == script.get_current_head():
        return SchemaState.CURRENT
    known = {entry.revision for entry in script.walk_revisions()}
    return SchemaState.OUTDATED if revision in known else SchemaState.NEWER


def write_revision(url: str, message: str) -> None:
    """Write the next migration from the difference between the models and this database (for developers)."""
    with _connect(url) as connection:
        command.revision(_config(connection), message=message, autogenerate=True)


@contextmanager
def answering() -> Iterator[None]:
    """Raise `DatabaseUnreachable` where the database stops answering inside the block: gone, locked, full or read-only."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise DatabaseUnreachable(_first_line(error)) from error


def _is_missing_file(url: str) -> bool:
    """Asking SQLite would make an empty file, wherever somebody happened to stand."""
    path = sqlite_path(url) if url.startswith("sqlite") else None
    return path is not None and Path(path).parent.is_dir() and not Path(path).exists()


@contextmanager
def _reached(url: str) -> Iterator[Connection]:
    try:
        with _connect(url) as connection:
            yield connection
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseUnreachable(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    """What the driver said, without the SQL and links that SQLAlchemy adds."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


def _connect(url: str) -> Connection:
    try:
        parsed = make_url(url)
    except ValueError as error:
        # The error repeats a piece of the address, and that may be a piece of the password.
        raise DatabaseUnreachable("its address cannot be read") from error
    driver = "sqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg"
    return create_engine(parsed.set(drivername=driver), poolclass=NullPool).connect()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
