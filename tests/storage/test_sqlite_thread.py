"""SQLite's own connection keeps the promises of a transaction, whoever gives up on the way."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.sqlite_thread import OneCrossing, connect


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[OneCrossing]:
    connection = await connect(tmp_path / "thread.db", busy_seconds=0.05)
    await connection.cursor().execute("CREATE TABLE word (word TEXT PRIMARY KEY)")
    yield connection
    await connection.close()


async def words(connection: OneCrossing) -> list[str]:
    cursor = connection.cursor()
    await cursor.execute("SELECT word FROM word ORDER BY word")
    return [word for (word,) in await cursor.fetchall()]


async def add(connection: OneCrossing, word: str) -> None:
    await connection.cursor().execute("INSERT INTO word VALUES (?)", (word,))


async def test_what_is_committed_stays(connection: OneCrossing) -> None:
    connection.begin("IMMEDIATE")
    await add(connection, "kept")
    await connection.commit()
    await connection.rollback()

    assert await words(connection) == ["kept"]


async def test_what_is_rolled_back_never_was(connection: OneCrossing) -> None:
    connection.begin("IMMEDIATE")
    await add(connection, "gone")
    await connection.rollback()

    assert await words(connection) == []


async def test_a_transaction_in_which_nothing_was_said_holds_nobody_up(connection: OneCrossing, tmp_path: Path) -> None:
    connection.begin("IMMEDIATE")

    with sqlite3.connect(tmp_path / "thread.db", timeout=0) as other:
        other.execute("INSERT INTO word VALUES ('other')")

    await connection.rollback()
    assert await words(connection) == ["other"]


async def test_a_writer_waits_for_another_and_then_says_so(connection: OneCrossing, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "thread.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connection.begin("IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await add(connection, "too late")

    await connection.rollback()
    other.execute("ROLLBACK")
    other.close()
    assert await words(connection) == []


async def test_whoever_is_cancelled_on_the_way_leaves_no_transaction_behind(connection: OneCrossing) -> None:
    connection.begin("IMMEDIATE")
    adding = asyncio.create_task(add(connection, "gone"))
    await asyncio.sleep(0)  # the statement is on its way to the thread
    adding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await adding

    await connection.rollback()

    assert await words(connection) == []


async def test_many_rows_go_in_at_once_and_are_counted(connection: OneCrossing) -> None:
    cursor = connection.cursor()

    await cursor.executemany("INSERT INTO word VALUES (?)", [("a",), ("b",)])

    assert cursor.rowcount == 2
    assert await words(connection) == ["a", "b"]
