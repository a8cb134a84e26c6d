"""The command line from outside: processes of their own, with an environment, a folder, two streams and an exit code.

Importing the bot and reading its rules costs a second, and there are many commands to try. So all but a few run as
copies (`fork`) of one process that has done so already; a copy has everything a process has, and ends with its command.
"""

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 300
"""After which a command has hung."""
_INHERITED = ("PATH", "HOME", "LANG", "SYSTEMROOT", "COVERAGE_PROCESS_START")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command wrote
        """Standard output, which must be JSON and nothing else."""
        return json.loads(self.out)


class Brood:
    """The process that has imported the bot, and its copies."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, order: Mapping[str, object]) -> int:
        """Let a copy do it; its exit code."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(order), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, "the process that the commands are copies of is gone"
        return int(answer)


@contextmanager
def brood() -> Iterator[Brood | None]:
    """None where processes cannot be copied: then every command starts from nothing."""
    if not hasattr(os, "fork"):
        yield None
        return
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.command_line"],
        cwd=ROOT,
        env=environ_of({}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Brood(process)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(LONGEST_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A folder in which `avtalsbot` is typed, with the settings of that shell."""

    folder: Path
    database_url: str
    brood: Brood | None
    habits: Mapping[str, str] = field(default_factory=dict)
    """What else stands in the environment, besides settings."""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def run(self, *argv: object, **settings: str) -> Ran:
        """`avtalsbot ARGV`; settings are given as `LOCAL="1"` for AVTALSBOT_LOCAL."""
        if self.brood is None:
            return self.run_anew(*argv, **settings)
        number = next(self._numbers)
        out, err = self.folder / f"out.{number}", self.folder / f"err.{number}"
        order = {
            "argv": [str(word) for word in argv],
            "environ": self._environ(settings),
            "folder": str(self.folder),
            "out": str(out),
            "err": str(err),
        }
        code = self.brood.run(order)
        return Ran(code=code, out=out.read_text("utf-8"), err=err.read_text("utf-8"))

    def run_anew(self, *argv: object, **settings: str) -> Ran:
        """`python -m bot ARGV`, from nothing."""
        done = subprocess.run(
            _command(argv),
            cwd=self.folder,
            env=self._environ(settings),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LONGEST_SECONDS,
            check=False,
        )
        return Ran(code=done.returncode, out=done.stdout, err=done.stderr)

    @contextmanager
    def running(self, *argv: object, **settings: str) -> "Iterator[subprocess.Popen[str]]":
        """`python -m bot ARGV` while the block lasts; what it writes to standard error can be read line by line."""
        with subprocess.Popen(
            _command(argv),
            cwd=self.folder,
            env=self._environ(settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.kill()

    def _environ(self, settings: Mapping[str, str]) -> dict[str, str]:
        return {**environ_of({"DATABASE_URL": self.database_url, **settings}), **self.habits}


def environ_of(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a child: the settings given, and none of whoever runs the tests."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    ours = {f"AVTALSBOT_{name}": value for name, value in settings.items()}
    return {**inherited, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **ours}


def _command(argv: tuple[object, ...]) -> list[str]:
    return [sys.executable, "-m", "bot", *(str(word) for word in argv)]


def _hatch() -> None:
    """Copy this process for every line of orders, and answer each with the copy's exit code."""
    # What makes a copy cheap: everything imported, and everything kept in memory that does not depend on the settings.
    from bot import cli, serving  # noqa: F401, PLC0415
    from storage.calendars import swedish_calendar  # noqa: PLC0415
    from storage.rule_library import FIRST_YEAR, LAST_YEAR, parse  # noqa: PLC0415
    from storage.rules import shipped_rules  # noqa: PLC0415

    ruleset, _ = parse(shipped_rules())
    swedish_calendar(FIRST_YEAR, LAST_YEAR, ruleset.blackout_weeks)
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(order)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def _become(order: Mapping[str, Any]) -> None:
    """Do what `python -m bot` does, as a process of its own, and end."""
    signal.alarm(LONGEST_SECONDS)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environ"])
    for stream, name in ((0, os.devnull), (1, order["out"]), (2, order["err"])):
        flags = os.O_RDONLY if stream == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(name, flags, 0o600), stream)
    sys.argv = ["avtalsbot", *order["argv"]]
    code: object = 1
    try:
        from bot.cli import main  # noqa: PLC0415 - imported before, by the process this is a copy of

        code = main()
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - the interpreter's own last words
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    _hatch()
