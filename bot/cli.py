"""The command line: every way in and out that is not a conversation."""

import asyncio
import io
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime

from bot import desk, rule_desk
from bot.arguments import Arguments, read_arguments
from bot.clock import Clock
from bot.settings import Settings, SettingsInvalid, environment, read_app_id, read_settings, wants_tour
from cards.texts import Texts
from domain.errors import Refused, RuleBookInvalid

OK, FAILED, REFUSED = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 1 when it could not be done, 2 when what was given is refused."""
    _write_utf8()
    arguments = read_arguments(sys.argv[1:] if argv is None else argv)
    try:
        code = _told(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return OK
    except BrokenPipeError:
        # Whoever read us has had enough, as `head` does; what is still in the pipe goes nowhere, without a word.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return code


def _told(arguments: Arguments) -> int:
    """Run it; what stands in the way is told on standard error."""
    try:
        return _run(arguments)
    except SettingsInvalid as invalid:
        return _complain(*invalid.faults, code=FAILED)
    except RuleBookInvalid as invalid:
        return _complain(*invalid.faults)
    except Refused as no:
        return _complain(Texts(arguments.language)(no.text_key, **no.values))
    except desk.RefusedWhole as refused:
        return _complain(str(refused))
    except desk.Hindered as hindrance:
        return _complain(str(hindrance), code=FAILED)


def _write_utf8() -> None:
    """Whatever the terminal's habits: JSON is UTF-8, and a name with an å in it must not end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _run(arguments: Arguments) -> int:
    environ = environment(is_local=arguments.is_local)
    if arguments.command == "manifest":
        print(desk.build_manifest(read_app_id(environ), arguments.paths[0]))
        return OK
    if arguments.command == "demo":
        return _demo(is_tour=wants_tour(environ))
    return _COMMANDS[arguments.command](arguments, read_settings(environ))


def _complain(*lines: str, code: int = REFUSED) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return code


# Serving is imported late: the Bot Framework takes as long to load as everything else together, and most commands
# do not need it.


def _serve(arguments: Arguments, settings: Settings) -> int:
    from bot import serving  # noqa: PLC0415

    settings.require_sender()
    desk.require_schema(settings)
    return asyncio.run(serving.serve(settings, _clock(arguments.clock), arguments.port))


def _tick(arguments: Arguments, settings: Settings) -> int:
    from bot import serving  # noqa: PLC0415

    settings.require_sender()
    desk.require_schema(settings)
    print(asyncio.run(serving.tick_once(settings, _clock(arguments.clock), as_json=arguments.as_json)))
    return OK


def _migrate(_arguments: Arguments, settings: Settings) -> int:
    print(desk.migrate(settings))
    return OK


def _import(arguments: Arguments, settings: Settings) -> int:
    desk.require_schema(settings)
    print(asyncio.run(desk.import_files(arguments, settings, Clock())))
    return OK


def _export(arguments: Arguments, settings: Settings) -> int:
    desk.require_schema(settings)
    print(asyncio.run(desk.export(arguments.what, settings, Clock())))
    return OK


def _rules(arguments: Arguments, settings: Settings) -> int:
    if arguments.what == "check":
        print(rule_desk.check_rules(arguments.paths, arguments.language))
        return OK
    desk.require_schema(settings)
    print(asyncio.run(rule_desk.rules(arguments, settings, Clock())))
    return OK


def _rollout(arguments: Arguments, settings: Settings) -> int:
    desk.require_schema(settings)
    print(asyncio.run(desk.rollout(arguments.classes, settings, Clock())))
    return OK


def _golive(arguments: Arguments, settings: Settings) -> int:
    desk.require_schema(settings)
    day = arguments.day or date.min
    print(asyncio.run(desk.golive(day, settings, Clock())))
    return OK


def _understand(arguments: Arguments, settings: Settings) -> int:
    # Imported late: no other command needs the vocabulary.
    from bot import understand_desk  # noqa: PLC0415

    desk.require_schema(settings)
    reading = asyncio.run(understand_desk.understand(arguments, settings, Clock()))
    if reading.remark:
        print(reading.remark, file=sys.stderr)
    for answer in reading.answers:
        print(answer, flush=True)
    return OK


def _letter(arguments: Arguments, settings: Settings) -> int:
    # Imported late: no other command writes Word documents.
    from bot import letter_desk  # noqa: PLC0415

    desk.require_schema(settings)
    print(asyncio.run(letter_desk.write_letter(arguments, settings, Clock())))
    return OK


def _demo(*, is_tour: bool) -> int:
    # Imported late: the terminal chat brings a screenful of libraries that no server needs.
    from bot.demo.tour import run_demo  # noqa: PLC0415

    return run_demo(is_tour=is_tour)


_COMMANDS: dict[str, Callable[[Arguments, Settings], int]] = {
    "serve": _serve,
    "tick": _tick,
    "migrate": _migrate,
    "import": _import,
    "export": _export,
    "rules": _rules,
    "rollout": _rollout,
    "golive": _golive,
    "understand": _understand,
    "letter": _letter,
}


def _clock(start: datetime | None) -> Clock:
    return Clock(start)
