"""A log line is JSON with a constant name and ids, and never what people wrote."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.logs import start_logging


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    start_logging("INFO", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_an_event_stands_beside_its_ids(written: io.StringIO) -> None:
    logging.getLogger("usecases.deliver_notices").info("notice_sent", extra={"notice_id": "n1", "å": "ä"})

    (line,) = lines(written)
    assert line["event"] == "notice_sent"
    assert line["notice_id"] == "n1"
    assert line["level"] == "info"
    assert line["at"].endswith("+00:00")


def test_an_error_tells_where_it_came_from_and_not_what_was_written(written: io.StringIO) -> None:
    try:
        _fail("Anna Berg svarade nej", "anna.berg@kommun.example")
    except KeyError:
        logging.getLogger("bot.teams.turns").exception("turn_failed")

    (line,) = lines(written)
    assert [link["type"] for link in line["error"]] == ["builtins.KeyError", "builtins.ValueError"]
    assert "test_logs.py" in line["error"][0]["frames"][-1]
    assert "Anna" not in written.getvalue()
    assert "anna" not in written.getvalue()


def test_a_librarys_sentence_comes_without_what_filled_it(written: io.StringIO) -> None:
    logging.getLogger("sqlalchemy.pool").error("Could not store %s", "Anna Berg")
    logging.getLogger("aiohttp.access").info("GET /api/messages")

    (line,) = lines(written)
    assert line["event"] == "Could not store %s"


def _fail(first: str, second: str) -> None:
    try:
        int(first)
    except ValueError as error:
        raise KeyError(second) from error
