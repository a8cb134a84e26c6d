"""The office desk: what an administrator does from the command line, as text to print."""

import json
import tomllib
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from bot.app_package import build_package
from bot.arguments import Arguments
from bot.clock import Clock
from bot.settings import Settings
from cards.register_report import refusal_text, report_json, report_text
from domain.contract import ContractClass
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.letter import Letter
from domain.people import Language
from domain.ruleset import WhyOff, switched_off
from storage.database import make_engine, sqlite_path
from storage.rule_library import parse, shipped_template_names
from storage.rules import RuleFiles, shipped_rules
from storage.schema import DatabaseUnreachable, SchemaState, schema_state
from storage.schema import migrate as migrate_schema
from storage.unit_of_work import Store
from usecases.export_rows import Export, export_rows
from usecases.found_tenant import found_tenant, latest_moment
from usecases.import_people import import_people
from usecases.import_register import import_register
from usecases.import_rules import check, import_rules, rules_of
from usecases.ports import Address, Member, Outcome, Undeliverable
from usecases.set_rollout import set_golive, set_rollout
from usecases.world import World

ACTOR = "cli"
"""Who the log says did it: the command line knows no name."""


class Hindered(Exception):  # noqa: N818 - a sentence for whoever sits at the terminal
    """Something outside stands in the way; the message says what to do."""


class RefusedWhole(Exception):  # noqa: N818 - a sentence for whoever sits at the terminal
    """A file that was given cannot be used; nothing of it was kept."""


def migrate(settings: Settings) -> str:
    """Bring the database up to date."""
    try:
        before, after = migrate_schema(settings.database_url)
    except DatabaseUnreachable as error:
        raise Hindered(_unreachable(settings, error)) from error
    return (
        f"The database is at version {after} already."
        if before == after
        else f"The database is now at version {after}."
    )


def require_schema(settings: Settings) -> None:
    """Refuse a database that does not fit this version, with the command that mends it."""
    try:
        state = schema_state(settings.database_url)
    except DatabaseUnreachable as error:
        raise Hindered(_unreachable(settings, error)) from error
    match state:
        case SchemaState.EMPTY | SchemaState.OUTDATED:
            message = "The database is empty" if state is SchemaState.EMPTY else "The database is of an earlier version"
            raise Hindered(f"{message}. Run: avtalsbot migrate")
        case SchemaState.NEWER:
            raise Hindered("The database is of a later version than this avtalsbot. Install the newer avtalsbot.")
        case SchemaState.CURRENT:
            return


def sqlite_file(settings: Settings) -> str | None:
    """The SQLite file, or None for another database."""
    return sqlite_path(settings.database_url)


@asynccontextmanager
async def office(settings: Settings, clock: Clock) -> AsyncIterator[World]:
    """A world in which nothing can be sent. In local mode it is never earlier than the last turned clock."""
    store = Store(make_engine(settings.database_url))
    world = World(
        store=store,
        now=clock,
        messenger=_Nobody(),
        directory=_Nobody(),
        is_local=settings.is_local,
        service_url=settings.service_url,
        home_tenant=settings.home_tenant,
        replica=ACTOR,
    )
    try:
        latest = await latest_moment(world, settings.home_tenant)
        if latest is not None and latest > clock():
            clock.stand_at(latest)
        yield world
    finally:
        await store.close()


async def ensure_home(world: World, settings: Settings) -> None:
    """Let the home tenant exist."""
    await found_tenant(world, settings.home_tenant, settings.organisation)


async def import_files(arguments: Arguments, settings: Settings, clock: Clock) -> str:
    """Import a register (and people before it), or people; the report as text or JSON."""
    files = [("people", arguments.people)] if arguments.people else []
    files.append((arguments.what, arguments.paths[0]))
    contents = [(kind, path, _read(path)) for kind, path in files]
    mapping = _mapping(arguments.mapping)
    reports = []
    async with office(settings, clock) as world:
        if not arguments.is_dry_run:
            await ensure_home(world, settings)
        for kind, path, content in contents:
            bring_in = import_people if kind == "people" else import_register
            try:
                report = await bring_in(
                    world,
                    settings.home_tenant,
                    path.name,
                    content,
                    mapping=mapping if path == arguments.paths[0] else None,
                    dry_run=arguments.is_dry_run,
                    actor=ACTOR,
                )
            except Refused as no:
                raise RefusedWhole(refusal_text(no, arguments.language)) from no
            reports.append(report)
    if arguments.as_json:
        told = [report_json(report) for report in reports]
        return json.dumps(told[-1] if len(told) == 1 else {"people": told[0], "register": told[1]}, ensure_ascii=False)
    return "\n\n".join(report_text(report, arguments.language) for report in reports)


async def export(what: str, settings: Settings, clock: Clock) -> str:
    """All rows of a kind as one JSON array."""
    async with office(settings, clock) as world:
        rows = await export_rows(world, await _tenant(world, settings), Export(what))
    return json.dumps(rows, ensure_ascii=False, indent=2)


async def rollout(classes: Collection[ContractClass], settings: Settings, clock: Clock) -> str:
    """Switch exactly these classes on."""
    async with office(settings, clock) as world:
        await ensure_home(world, settings)
        tenant = await set_rollout(world, settings.home_tenant, classes, actor=ACTOR)
    return "In operation: " + ", ".join(code.value for code in ContractClass if code in (tenant.rollout or {}))


async def golive(day: date, settings: Settings, clock: Clock) -> str:
    """Set the go-live date."""
    async with office(settings, clock) as world:
        await ensure_home(world, settings)
        await set_golive(world, settings.home_tenant, day, actor=ACTOR)
    return f"Live from {day.isoformat()}. Nothing due before that day is nudged."


def check_rules(paths: Sequence[Path], language: Language) -> str:
    """Check rule files (the shipped ones, with any given ones in their place); RuleBookInvalid names every fault."""
    files = check({**shipped_rules().texts, **_rule_texts(paths)})
    return "\n".join(_described(files, language))


async def rules(arguments: Arguments, settings: Settings, clock: Clock) -> str:
    """Show the rules in force, or keep a new version of them."""
    async with office(settings, clock) as world:
        await ensure_home(world, settings)
        if arguments.what == "import":
            texts = _rule_texts(arguments.paths)
            files = await import_rules(world, settings.home_tenant, texts, actor=ACTOR)
            return "\n".join(_described(files, arguments.language))
        files = await rules_of(world, settings.home_tenant)
    wanted = {path.stem for path in arguments.paths} or set(files.texts)
    parts = [f"# {stem}.toml\n{files.texts[stem]}" for stem in sorted(wanted & set(files.texts))]
    return "\n".join([*(f"# {line}" for line in _described(files, arguments.language)), "", *parts])


def build_manifest(app_id: str | None, out: Path) -> str:
    """Build the Teams app package."""
    if not app_id:
        raise Hindered("Set AVTALSBOT_APP_ID to the bot's app id first; the package names it.")
    build_package(app_id, out)
    return f"{out} is ready to be uploaded in the Teams admin center."


def _described(files: RuleFiles, language: Language) -> list[str]:
    ruleset, types = parse(files)
    lines = [
        f"Rule set {files.number}, SHA-256 {files.sha256}: no faults. {len(types)} types of deviation.",
        "Checklists: " + ", ".join(sorted(shipped_template_names())),
    ]
    reasons = {
        WhyOff.NO_MODULE: "switched off, has no checklist yet",
        WhyOff.DATE_WATCH: "has no checklist yet; its dates are watched and nudged all the same",
        WhyOff.ON_SIGNAL: "not planned ahead",
    }
    for off in switched_off(ruleset, shipped_template_names()):
        missing = ", ".join(off.missing_modules) or "-"
        lines.append(f"{off.name} ({off.label.in_language(language)}): {reasons[off.why]} (missing: {missing})")
    return lines


def _rule_texts(paths: Sequence[Path]) -> dict[str, str]:
    """TOML files by stem; a folder stands for the files in it."""
    files = [file for path in paths for file in (sorted(path.glob("*.toml")) if path.is_dir() else [path])]
    return {file.stem: _read(file).decode("utf-8", errors="replace") for file in files}


def _mapping(path: Path | None) -> Mapping[str, str] | None:
    if path is None:
        return None
    try:
        table = tomllib.loads(_read(path).decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RefusedWhole(f"{path} is not a TOML file: {error}") from error
    columns = table.get("columns", table)
    return {str(key): str(value) for key, value in columns.items()} if isinstance(columns, dict) else {}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RefusedWhole(f"{path} cannot be read: {error.strerror}") from error


async def _tenant(world: World, settings: Settings) -> TenantId:
    """The tenant to work with: the one named, or the only one there is."""
    tenants = await world.store.tenants()
    only = tenants[0] if len(tenants) == 1 and settings.tenant_id is None else None
    return only or settings.home_tenant


def _unreachable(settings: Settings, error: DatabaseUnreachable) -> str:
    where = sqlite_file(settings) or "PostgreSQL"
    return f"The database ({where}) does not answer: {error}. Check AVTALSBOT_DATABASE_URL and that it is running."


class _Nobody:
    """The neighbours of a world that sends nothing."""

    async def deliver(self, address: Address, tenant_id: TenantId, letter: Letter) -> Outcome:
        del address, tenant_id, letter
        return Undeliverable(reason="nothing_is_sent_from_here")

    async def retire(self, address: Address, message_id: str, letter: Letter) -> None:
        del address, message_id, letter

    async def member(self, service_url: str, conversation_id: str, user_id: str) -> Member | None:
        del service_url, conversation_id, user_id
        return None
