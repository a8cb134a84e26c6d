"""SQLite's own connection keeps the promises of a transaction, whoever gives up on the way."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.sqlite_thread import DiskOnThread, connect


@pytest.fixture
def line() -> asyncio.Lock:
    return asyncio.Lock()


@pytest.fixture
async def connection(tmp_path: Path, line: asyncio.Lock) -> AsyncIterator[DiskOnThread]:
    connection = await connect(tmp_path / "thread.db", busy_seconds=0.05, line=line)
    await connection.cursor().execute("CREATE TABLE word (word TEXT PRIMARY KEY)")
    yield connection
    await connection.close()


async def words(connection: DiskOnThread) -> list[str]:
    cursor = connection.cursor()
    await cursor.execute("SELECT word FROM word ORDER BY word")
    return [word for (word,) in await cursor.fetchall()]


async def add(connection: DiskOnThread, word: str) -> None:
    await connection.cursor().execute("INSERT INTO word VALUES (?)", (word,))


async def test_what_is_committed_stays(connection: DiskOnThread) -> None:
    connection.begin("IMMEDIATE")
    await add(connection, "kept")
    await connection.commit()
    await connection.rollback()

    assert await words(connection) == ["kept"]


async def test_what_is_rolled_back_never_was(connection: DiskOnThread) -> None:
    connection.begin("IMMEDIATE")
    await add(connection, "gone")
    await connection.rollback()

    assert await words(connection) == []


async def test_a_transaction_in_which_nothing_was_said_holds_nobody_up(
    connection: DiskOnThread, tmp_path: Path
) -> None:
    connection.begin("IMMEDIATE")

    with sqlite3.connect(tmp_path / "thread.db", timeout=0) as other:
        other.execute("INSERT INTO word VALUES ('other')")

    await connection.rollback()
    assert await words(connection) == ["other"]


async def test_a_writer_waits_for_another_and_then_says_so(connection: DiskOnThread, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "thread.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connection.begin("IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await add(connection, "too late")

    await connection.rollback()
    other.execute("ROLLBACK")
    other.close()
    assert await words(connection) == []


async def test_whoever_is_cancelled_while_committing_leaves_no_transaction_behind(connection: DiskOnThread) -> None:
    connection.begin("IMMEDIATE")
    await add(connection, "kept or gone")
    committing = asyncio.create_task(connection.commit())
    await asyncio.sleep(0)  # the commit is on its way to the thread
    committing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await committing

    await connection.rollback()

    connection.begin("IMMEDIATE")
    await add(connection, "next")
    await connection.commit()
    assert "next" in await words(connection)


async def test_a_writer_of_another_process_is_waited_for(connection: DiskOnThread, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "thread.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connection.begin("IMMEDIATE")
    adding = asyncio.create_task(add(connection, "patient"))
    await asyncio.sleep(0.02)

    other.execute("COMMIT")
    other.close()
    await adding
    await connection.commit()

    assert await words(connection) == ["patient"]


async def test_writers_of_one_process_wait_in_line_for_as_long_as_it_takes(
    connection: DiskOnThread, line: asyncio.Lock, tmp_path: Path
) -> None:
    second = await connect(tmp_path / "thread.db", busy_seconds=0, line=line)
    connection.begin("IMMEDIATE")
    await add(connection, "first")
    second.begin("IMMEDIATE")
    adding = asyncio.create_task(add(second, "second"))
    await asyncio.sleep(0.02)

    await connection.commit()
    await adding
    await second.commit()
    await second.close()

    assert await words(connection) == ["first", "second"]


async def test_a_connection_that_is_closed_leaves_the_line(
    connection: DiskOnThread, line: asyncio.Lock, tmp_path: Path
) -> None:
    second = await connect(tmp_path / "thread.db", busy_seconds=0, line=line)
    second.begin("IMMEDIATE")
    await add(second, "gone")
    await second.close()

    connection.begin("IMMEDIATE")
    await add(connection, "next")
    await connection.commit()

    assert await words(connection) == ["next"]


async def test_many_rows_go_in_at_once_and_are_counted(connection: DiskOnThread) -> None:
    cursor = connection.cursor()

    await cursor.executemany("INSERT INTO word VALUES (?)", [("a",), ("b",)])

    assert cursor.rowcount == 2
    assert await words(connection) == ["a", "b"]
