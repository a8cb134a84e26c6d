"""The log: one JSON object a line, a constant event name and ids; never names, mail addresses, answers or cards."""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_OURS = ("bot", "cards", "dialogs", "domain", "scheduler", "storage", "usecases", "__main__")
_MOST_FRAMES = 20


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; what was given in `extra` stands beside the event."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _STANDARD}
        if record.exc_info and record.exc_info[1]:
            line["error"] = describe(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def start_logging(level: str, stream: TextIO) -> None:
    """Send every log line to the stream as JSON; of the libraries only what is wrong."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for room in _OURS:
        logging.getLogger(room).setLevel(level)


def describe(error: BaseException) -> list[dict[str, object]]:
    """Where an error came from, outermost last, without its message: messages of libraries quote what people wrote."""
    chain: list[dict[str, object]] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        kind = type(link)
        chain.append({"type": f"{kind.__module__}.{kind.__qualname__}", "frames": _frames(link.__traceback__)})
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return chain


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_MOST_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]


def _event(record: logging.LogRecord) -> str:
    if record.name.split(".", 1)[0] in _OURS:
        return str(record.msg)
    # A library's sentence before its values are filled in, and only its first line, for the same reason.
    return str(record.msg).split("\n", 1)[0][:200]
