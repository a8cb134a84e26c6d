"""A SQLite connection that goes to its thread and back once for each statement.

aiosqlite goes four times (open a cursor, execute, fetch, close it), and each crossing costs more than most of our
statements do. Here a statement is executed, fetched and closed in one crossing, and `BEGIN` goes along with the first.
SQLAlchemy's aiosqlite dialect is handed these connections; it uses no more of them than what is here.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite

Result = TypeVar("Result")
_Parameters = Sequence[Any]


async def connect(database: str | Path, *, busy_seconds: float) -> "OneCrossing":
    """Open the database on a thread of its own. Nothing begins by itself; the caller says `begin`."""

    def opened() -> sqlite3.Connection:
        # Only our thread uses it, but some of its attributes are read from the event loop's.
        return sqlite3.connect(database, timeout=busy_seconds, isolation_level=None, check_same_thread=False)

    connection = OneCrossing(opened)
    await connection
    return connection


class OneCrossing(aiosqlite.Connection):
    """The connection."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._thread.daemon = True  # a connection somebody forgot must not keep the process alive
        self._to_begin: str | None = None
        self._may_be_open = False

    def begin(self, mode: str) -> None:
        """Begin a transaction together with the next statement."""
        self._to_begin = f"BEGIN {mode}"

    def cursor(self) -> "OneCrossingCursor":  # type: ignore[override]  # aiosqlite's has to be awaited
        return OneCrossingCursor(self)

    async def run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do something on the thread, inside the transaction that was to begin."""
        begin, self._to_begin = self._to_begin, None
        # Said before the crossing: if we are cancelled meanwhile, the transaction begins all the same.
        self._may_be_open = self._may_be_open or begin is not None

        def on_thread() -> Result:
            if begin is not None:
                self._conn.execute(begin)
            return work(self._conn)

        return await self._cross(on_thread)

    async def commit(self) -> None:
        await self._end(self._conn.commit)

    async def rollback(self) -> None:
        await self._end(self._conn.rollback)

    async def _end(self, how: Callable[[], None]) -> None:
        self._to_begin = None
        if self._may_be_open:
            await self._cross(how)
            self._may_be_open = False

    async def _cross(self, work: Callable[[], Result]) -> Result:
        result: Result = await self._execute(work)  # type: ignore[no-untyped-call]
        return result


class OneCrossingCursor:
    """One statement and all its rows."""

    def __init__(self, connection: OneCrossing) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: _Parameters = ()) -> None:
        await self._connection.run(lambda driver: self._keep(driver.execute(sql, parameters)))

    async def executemany(self, sql: str, parameters: Iterable[_Parameters]) -> None:
        await self._connection.run(lambda driver: self._keep(driver.executemany(sql, parameters)))

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self._rows = cursor.fetchall() if cursor.description else []
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Closed already, where it was opened."""
