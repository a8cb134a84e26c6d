"""What the same work would cost with nothing of ours in between."""

import sqlite3
import tempfile
import time
from pathlib import Path


def raw_transactions(count: int) -> float:
    """Seconds for so many transactions of one INSERT each: the sqlite3 module, a file, WAL, synchronous=FULL."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "floor.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE notice (notice_id TEXT PRIMARY KEY, state TEXT NOT NULL)")
        started = time.perf_counter()
        for number in range(count):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO notice VALUES (?, 'sent')", (f"{number:036d}",))
            connection.execute("COMMIT")
        seconds = time.perf_counter() - started
        connection.close()
    return seconds
