"""A SQLite connection that crosses to its thread only for what waits for the disk.

aiosqlite crosses four times a statement (open a cursor, execute, fetch, close it), and each crossing costs more than
most of our statements do. In WAL mode nothing but a commit waits for the disk and nothing but a writer's `BEGIN` for
somebody else, so only commits and large writes cross. Writers of this process wait in line; one who finds the database
taken by another process sleeps in the event loop and tries again. SQLAlchemy's aiosqlite dialect is handed these
connections and uses no more of them than is here.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite

PAUSE_SECONDS = 0.005
"""Between two tries at a database that another process is writing to."""
WRITING = "BEGIN IMMEDIATE"
MANY = 100
"""More rows than this are written on the thread."""

Result = TypeVar("Result")
_Parameters = Sequence[Any]


async def connect(database: str | Path, *, busy_seconds: float, line: asyncio.Lock) -> "DiskOnThread":
    """Open the database. No transaction begins by itself; the caller says `begin`. Writers wait in `line`."""

    def opened() -> sqlite3.Connection:
        # Two threads use it, one after the other. SQLite itself must not wait: it would hold up the event loop.
        return sqlite3.connect(database, timeout=0, isolation_level=None, check_same_thread=False)

    connection = DiskOnThread(opened, busy_seconds, line)
    await connection
    return connection


class DiskOnThread(aiosqlite.Connection):
    """The connection."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], busy_seconds: float, line: asyncio.Lock) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._thread.daemon = True  # a connection somebody forgot must not keep the process alive
        self._busy_seconds = busy_seconds
        self._line = line
        self._is_first_in_line = False
        self._to_begin: str | None = None
        self._changes_before = 0
        self._is_crossing = False

    def begin(self, mode: str) -> None:
        """Begin a transaction together with the next statement."""
        self._to_begin = f"BEGIN {mode}"

    def cursor(self) -> "StatementCursor":  # type: ignore[override]  # aiosqlite's has to be awaited
        return StatementCursor(self)

    async def run(self, work: Callable[[sqlite3.Connection], Result], *, is_large: bool = False) -> Result:
        """Do something inside the transaction that was to begin, waiting for other writers first."""
        is_first = not self._conn.in_transaction
        give_up_at = time.monotonic() + self._busy_seconds
        if self._to_begin == WRITING and not self._is_first_in_line:
            await self._line.acquire()
            self._is_first_in_line = True
        while True:
            try:
                self._begin_now()
                return await self._cross(lambda: work(self._conn)) if is_large else work(self._conn)
            except sqlite3.OperationalError as error:
                if not is_first or not _is_taken(error) or time.monotonic() > give_up_at:
                    raise
            await asyncio.sleep(PAUSE_SECONDS)

    def _begin_now(self) -> None:
        if self._to_begin is not None:
            self._conn.execute(self._to_begin)
            self._to_begin = None
            self._changes_before = self._conn.total_changes

    async def commit(self) -> None:
        has_changes = self._conn.total_changes != self._changes_before
        await self._end(self._conn.commit, waits_for_disk=has_changes)

    async def rollback(self) -> None:
        await self._end(self._conn.rollback, waits_for_disk=False)

    async def _end(self, how: Callable[[], None], *, waits_for_disk: bool) -> None:
        self._to_begin = None
        if waits_for_disk or self._is_crossing:
            await self._cross(how)
        else:
            how()
        self._leave_line()

    async def close(self) -> None:
        self._leave_line()
        await super().close()

    def stop(self) -> asyncio.Future[Any] | None:
        self._leave_line()
        return super().stop()

    def _leave_line(self) -> None:
        if self._is_first_in_line:
            self._is_first_in_line = False
            self._line.release()

    async def _cross(self, work: Callable[[], Result]) -> Result:
        # Stays set when we are cancelled on the way: whatever comes next must queue behind what still goes on there.
        self._is_crossing = True
        result: Result = await self._execute(work)  # type: ignore[no-untyped-call]
        self._is_crossing = False
        return result


class StatementCursor:
    """One statement and all its rows."""

    def __init__(self, connection: DiskOnThread) -> None:
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

    async def executemany(self, sql: str, parameters: Sequence[_Parameters]) -> None:
        is_large = len(parameters) > MANY
        await self._connection.run(lambda driver: self._keep(driver.executemany(sql, parameters)), is_large=is_large)

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


def _is_taken(error: sqlite3.OperationalError) -> bool:
    # The low byte says what kind of error it is; the rest says which variant of it.
    return error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
