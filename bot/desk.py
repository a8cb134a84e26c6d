"""The office desk: what an administrator does from the command line, as text to print."""

import json
import tomllib
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
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
from domain.people import Person
from domain.register.report import ImportReport
from storage.database import make_engine, sqlite_path
from storage.rows import StaleRow
from storage.schema import DatabaseUnreachable, SchemaState, answering, schema_state
from storage.schema import migrate as migrate_schema
from storage.unit_of_work import Store
from usecases.check_file import refuse_unusable
from usecases.export_rows import Export, export_rows
from usecases.found_tenant import found_tenant, latest_moment
from usecases.import_people import import_people
from usecases.import_register import import_register
from usecases.parts.importing import PEOPLE
from usecases.ports import Address, Member, Outcome, Undeliverable
from usecases.set_rollout import set_golive, set_rollout
from usecases.world import World

ACTOR = "cli"
"""Who the log says did it: the command line knows no name."""


_NEWER = "The database is of a later version than this avtalsbot. Install the newer avtalsbot."


class Hindered(Exception):  # noqa: N818 - a sentence for whoever sits at the terminal
    """Something outside stands in the way; the message says what to do."""


class RefusedWhole(Exception):  # noqa: N818 - a sentence for whoever sits at the terminal
    """A file that was given cannot be used; nothing of it was kept."""


def migrate(settings: Settings) -> str:
    """Bring the database up to date."""
    try:
        if schema_state(settings.database_url) is SchemaState.NEWER:
            raise Hindered(_NEWER)
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
            raise Hindered(_NEWER)
        case SchemaState.CURRENT:
            return


def sqlite_file(settings: Settings) -> str | None:
    """The SQLite file, or None for another database."""
    return sqlite_path(settings.database_url)


@asynccontextmanager
async def office(settings: Settings, clock: Clock) -> AsyncIterator[World]:
    """A world in which nothing can be sent."""
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
        with answering():
            await catch_up(world, settings, clock)
            yield world
    except DatabaseUnreachable as error:
        raise Hindered(_unreachable(settings, error)) from error
    except StaleRow as error:
        raise Hindered("Somebody else was changing the same thing. Nothing was kept; try again.") from error
    finally:
        await store.close()


async def catch_up(world: World, settings: Settings, clock: Clock) -> None:
    """In local mode, let the clock be no earlier than a turned one has been: nothing happens twice, or before itself."""
    latest = await latest_moment(world, settings.home_tenant)
    if latest is not None and latest > clock():
        clock.stand_at(latest)


async def ensure_home(world: World, settings: Settings) -> None:
    """Let the home tenant exist."""
    await found_tenant(world, settings.home_tenant, settings.organisation)


async def import_files(arguments: Arguments, settings: Settings, clock: Clock) -> str:
    """Import a register (and people before it), or people; the report as text or JSON."""
    files = _files(arguments)
    reports: list[ImportReport] = []
    try:
        for file in files:
            refuse_unusable(file.kind, file.content, file.mapping)
        async with office(settings, clock) as world:
            if not arguments.is_dry_run:
                await ensure_home(world, settings)
            reports = await _bring_in(world, settings.home_tenant, files, is_dry_run=arguments.is_dry_run)
    except Refused as no:
        raise RefusedWhole(refusal_text(no, arguments.language)) from no
    if arguments.as_json:
        told = [report_json(report) for report in reports]
        return json.dumps(told[-1] if len(told) == 1 else {"people": told[0], "register": told[1]}, ensure_ascii=False)
    return "\n\n".join(report_text(report, arguments.language) for report in reports)


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file to import."""

    kind: str
    name: str
    content: bytes
    mapping: Mapping[str, str] | None = None


def _files(arguments: Arguments) -> list[_File]:
    """The people first, so that the register can name them."""
    named, people = arguments.paths[0], arguments.people
    mapping = _mapping(arguments.mapping)
    first = [_File(kind=PEOPLE, name=people.name, content=read_file(people))] if people else []
    return [*first, _File(kind=arguments.what, name=named.name, content=read_file(named), mapping=mapping)]


async def _bring_in(
    world: World, tenant_id: TenantId, files: Sequence[_File], *, is_dry_run: bool
) -> list[ImportReport]:
    reports: list[ImportReport] = []
    expected: Sequence[Person] = ()
    for file in files:
        if file.kind == PEOPLE:
            people = await import_people(
                world,
                tenant_id,
                file.name,
                file.content,
                mapping=file.mapping,
                dry_run=is_dry_run,
                actor=ACTOR,
            )
            expected = people.difference.people if is_dry_run else ()
            reports.append(people)
        else:
            register = await import_register(
                world,
                tenant_id,
                file.name,
                file.content,
                mapping=file.mapping,
                dry_run=is_dry_run,
                expected=expected,
                actor=ACTOR,
            )
            reports.append(register)
    return reports


async def export(what: str, settings: Settings, clock: Clock) -> str:
    """All rows of a kind as one JSON array."""
    async with office(settings, clock) as world:
        rows = await export_rows(world, await home_of(world, settings), Export(what))
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


def build_manifest(app_id: str | None, out: Path) -> str:
    """Build the Teams app package."""
    if not app_id:
        raise Hindered("Set AVTALSBOT_APP_ID to the bot's app id first; the package names it.")
    build_package(app_id, out)
    return f"{out} is ready to be uploaded in the Teams admin center."


def _mapping(path: Path | None) -> Mapping[str, str] | None:
    if path is None:
        return None
    try:
        table = tomllib.loads(read_file(path).decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RefusedWhole(f"{path} is not a TOML file: {error}") from error
    columns = table.get("columns", table)
    return {str(key): str(value) for key, value in columns.items()} if isinstance(columns, dict) else {}


def read_file(path: Path) -> bytes:
    """What stands in a file that was given, or `RefusedWhole`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise RefusedWhole(f"{path} cannot be read: {error.strerror}") from error


async def home_of(world: World, settings: Settings) -> TenantId:
    """The tenant to work with: the one named, or the only one there is."""
    tenants = await world.store.tenants()
    only = tenants[0] if len(tenants) == 1 and settings.tenant_id is None else None
    return only or settings.home_tenant


def _unreachable(settings: Settings, error: DatabaseUnreachable) -> str:
    is_sqlite = settings.database_url.startswith("sqlite")
    where = sqlite_file(settings) or "SQLite" if is_sqlite else "PostgreSQL"
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
