"""What was typed after `avtalsbot`, checked and typed."""

import argparse
from argparse import ArgumentTypeError
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.settings import HIGHEST_PORT
from domain.case_file import LetterKind
from domain.contract import ContractClass
from domain.people import Language
from usecases.export_rows import Export

LOCAL_ZONE = ZoneInfo("Europe/Stockholm")
"""A time typed without an offset is Swedish local time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """One command with its options; options of other commands keep their defaults."""

    command: str
    what: str = ""
    """The part of the command: `register`, `people`, `check`, `show`, `import`, or what to export."""
    paths: tuple[Path, ...] = ()
    people: Path | None = None
    mapping: Path | None = None
    classes: tuple[ContractClass, ...] = ()
    day: date | None = None
    clock: datetime | None = None
    port: int | None = None
    is_local: bool = False
    is_dry_run: bool = False
    as_json: bool = False
    sender: str = ""
    """The mail address of whoever is taken to have written it, in lower case."""
    text: str = ""
    language: Language = field(default=Language.SV)


def read_arguments(argv: Sequence[str]) -> Arguments:
    """The arguments; a mistake prints what was expected and exits with 2."""
    typed = vars(_parser().parse_args(argv))
    return Arguments(
        **{
            **{name: value for name, value in typed.items() if value is not None},
            "paths": tuple(typed.get("paths") or ()),
            "classes": tuple(typed.get("classes") or ()),
            "text": " ".join(typed.get("text") or ()),
        },
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="avtalsbot",
        description="Contract follow-up in Microsoft Teams: nudges, checklists, deviations and escalation.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_running(commands)
    _add_register(commands)
    _add_rules(commands)
    _add_understanding(commands)
    _add_letter(commands)
    manifest = commands.add_parser("manifest", help="build the Teams app package")
    manifest.add_argument("--out", dest="paths", nargs=1, type=Path, default=[Path("build/avtalsbot.zip")])
    commands.add_parser("demo", help="try the bot in this terminal, with invented people and contracts")
    return parser


def _add_running(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="serve Teams, and let the clock run")
    serve.add_argument("--port", type=_port, help="0 takes a free one")
    serve.add_argument("--local", dest="is_local", action="store_true", help="this machine only, without credentials")
    serve.add_argument("--clock", type=_moment, help="stand still at this time until turned (local mode only)")
    tick = commands.add_parser("tick", help="run one pass of the clock and exit")
    tick.add_argument("--at", dest="clock", type=_moment, help="as if it were this time")
    tick.add_argument("--json", dest="as_json", action="store_true")
    tick.add_argument("--local", dest="is_local", action="store_true")
    commands.add_parser("migrate", help="bring the database up to date")


def _add_register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    importing = commands.add_parser("import", help="read in a contract register or a list of people")
    parts = importing.add_subparsers(dest="what", required=True, metavar="WHAT")
    register = parts.add_parser("register", help="contracts, as CSV or XLSX")
    register.add_argument("--people", type=Path, help="a list of people to read in first")
    for part in (register, parts.add_parser("people", help="people, as CSV or XLSX")):
        part.add_argument("paths", nargs=1, type=Path, metavar="FILE")
        part.add_argument("--mapping", type=Path, help="TOML that says which column is which")
        part.add_argument("--dry-run", dest="is_dry_run", action="store_true", help="show the difference, keep nothing")
        part.add_argument("--json", dest="as_json", action="store_true")
        part.add_argument("--language", type=Language, choices=list(Language))
    export = commands.add_parser("export", help="write rows as JSON")
    export.add_argument("what", choices=[one.value for one in Export])
    export.add_argument("--json", dest="as_json", action="store_true", help="JSON is the only form there is")


def _add_rules(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    rules = commands.add_parser("rules", help="check, show or import the rule book")
    parts = rules.add_subparsers(dest="what", required=True, metavar="WHAT")
    for name, text in (("check", "find every fault"), ("show", "print it"), ("import", "keep a new version")):
        part = parts.add_parser(name, help=text)
        part.add_argument("--language", type=Language, choices=list(Language))
        part.add_argument("paths", nargs="+" if name == "import" else "*", type=Path, metavar="FILE")
    rollout = commands.add_parser("rollout", help="say which classes' follow-ups are in operation")
    rollout.add_argument("classes", nargs="+", type=_contract_class, metavar="CLASS", help=", ".join(ContractClass))
    golive = commands.add_parser("golive", help="say from which day the organisation is live")
    golive.add_argument("day", type=_day, metavar="DATE", help="such as 2027-01-11")


def _add_understanding(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    understand = commands.add_parser("understand", help="say how a sentence is understood, and keep nothing")
    understand.add_argument("--as", dest="sender", required=True, type=_mail, metavar="MAIL", help="who writes it")
    understand.add_argument(
        "text", nargs="+", metavar="TEXT", help="the sentence; - reads one a line from standard input"
    )
    understand.add_argument("--json", dest="as_json", action="store_true", help="one JSON object a sentence")


def _add_letter(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    letter = commands.add_parser("letter", help="write a case's letter to the supplier as a Word file")
    letter.add_argument("text", nargs=1, metavar="NUMBER", help="such as AVV-2027-0001")
    letter.add_argument(
        "--kind", dest="what", choices=[kind.value for kind in LetterKind], help="the newest if left out"
    )
    letter.add_argument("--as", dest="sender", type=_mail, metavar="MAIL", help="draft it for them where there is none")
    letter.add_argument("--out", dest="paths", nargs=1, type=Path, required=True, metavar="FILE.docx")


def _mail(text: str) -> str:
    name, at, domain = text.strip().lower().partition("@")
    if not (name and at and domain) or any(sign.isspace() for sign in name + domain):
        raise ArgumentTypeError(f"write a mail address such as anna.ek@kommun.se, not {text!r}")
    return f"{name}@{domain}"


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"write the time as 2027-01-11T08:00, not {text!r}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL_ZONE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"write the day as 2027-01-11, not {text!r}") from error


def _contract_class(text: str) -> ContractClass:
    try:
        return ContractClass(text.lower())
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is none of {', '.join(ContractClass)}") from error


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text[:6]) > HIGHEST_PORT:
        raise ArgumentTypeError(f"should be a number from 0 to {HIGHEST_PORT}, not {text!r}")
    return int(text)
