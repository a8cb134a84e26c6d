"""Opens the shared database: SQLite in a file by default, PostgreSQL by its URL."""

import asyncio
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.sqlite_thread import DiskOnThread, connect

BUSY_SECONDS = 20
"""How long SQLite waits for another writer (an import beside a running serve) before giving up."""


def make_engine(url: str) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite:///path` or `postgresql+psycopg://...`; plain `sqlite:` and `postgresql:` are understood."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(parsed)
    return create_async_engine(
        parsed.set(drivername="postgresql+psycopg"), pool_size=10, max_overflow=10, pool_pre_ping=True
    )


def sqlite_path(url: str) -> str | None:
    """The database file, or None where the database is not a SQLite file."""
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}
    return parsed.database if is_file else None


def alone(dialect: str) -> dict[str, Any]:
    """Execution options for a connection that says one statement, which is a transaction of its own."""
    return {"sqlite_begin": None} if dialect == "sqlite" else {"isolation_level": "AUTOCOMMIT"}


def _sqlite_engine(url: URL) -> AsyncEngine:
    # A lock belongs to an event loop, and an engine may outlive several.
    lines: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()

    async def opened() -> DiskOnThread:
        line = lines.setdefault(asyncio.get_running_loop(), asyncio.Lock())
        return await connect(url.database or ":memory:", busy_seconds=BUSY_SECONDS, line=line)

    engine = create_async_engine(url.set(drivername="sqlite+aiosqlite"), async_creator=opened)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own object
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a read that later wants to write would fail instead of waiting.
    driver = connection.connection.driver_connection
    assert isinstance(driver, DiskOnThread)  # noqa: S101 - we opened it ourselves
    mode = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
    if mode is not None:
        driver.begin(mode)
