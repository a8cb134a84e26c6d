"""A municipality at work: everything an administrator does once, and then the bot itself, on a simulated Monday."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from bot import desk
from bot.app import build_house
from bot.arguments import LOCAL_ZONE, Arguments
from bot.clock import Clock
from bot.demo.client import Client
from bot.demo.connector import Connector, open_connector
from bot.demo.people import ORGANISATION, Colleague, colleagues, demo_file
from bot.logs import start_logging
from bot.serving import serving
from bot.settings import Settings, read_settings
from domain.contract import ContractClass

_GO_LIVE = date(2026, 12, 11)
"""A Friday a month before, so that the first follow-ups are due, and the first nudges waiting, on the Monday."""
_GO_LIVE_AT = datetime(2026, 12, 11, 16, 0, tzinfo=LOCAL_ZONE)
_OPENING = datetime(2027, 1, 11, 7, 55, tzinfo=LOCAL_ZONE)
MORNING = datetime(2027, 1, 11, 8, 30, tzinfo=LOCAL_ZONE)
"""A Monday, when the morning's letters are in everybody's chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The bot at work, and those it works for."""

    people: dict[str, Colleague]
    connector: Connector
    client: Client
    log_path: Path
    """What the bot has logged, as JSON lines; gone when the demo ends."""

    def faults(self) -> list[str]:
        """What went wrong inside the bot, newest last."""
        lines = self.log_path.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if '"level": "error"' in line]


@asynccontextmanager
async def open_office() -> AsyncIterator[Office]:
    """Database, register, rules and go-live as on the command line, and the server as in operation.

    All of it in a temporary folder and on this machine alone; nothing is left when the block ends.
    """
    people = colleagues()
    with TemporaryDirectory(prefix="avtalsbot-", ignore_cleanup_errors=True) as folder:
        log_path = Path(folder) / "log.jsonl"
        async with open_connector(people.values()) as connector:
            settings = _settings(Path(folder), connector.service_url)
            with _logging_to(log_path):
                await _go_live(settings, Path(folder))
                async with _at_work(settings, connector) as client:
                    yield Office(people=people, connector=connector, client=client, log_path=log_path)


@contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    """Let the log go to a file instead of in between the visitor's lines."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    with path.open("w", encoding="utf-8", buffering=1) as log:
        start_logging("INFO", log)
        try:
            yield
        finally:
            root.handlers[:] = before
            root.setLevel(level)


@asynccontextmanager
async def _at_work(settings: Settings, connector: Connector) -> AsyncIterator[Client]:
    async with serving(settings, Clock(_OPENING), 0) as address, aiohttp.ClientSession() as session:
        client = Client(session, address, connector)
        await client.turns_clock(MORNING)
        yield client


async def _go_live(settings: Settings, folder: Path) -> None:
    """What the installation guide tells an administrator to do."""
    await asyncio.to_thread(desk.migrate, settings)
    clock = Clock(_GO_LIVE_AT)
    await desk.import_files(_register(folder), settings, clock)
    await desk.rollout([ContractClass.CRITICAL], settings, clock)
    await desk.golive(_GO_LIVE, settings, clock)
    async with build_house(settings, clock) as house:
        await house.ticker.tick()  # the plan is made; the first nudges wait for the Monday after the holidays


def _register(folder: Path) -> Arguments:
    names = ("avtalsregister.csv", "personer.csv")
    for name in names:
        (folder / name).write_bytes(demo_file(name))
    return Arguments(command="import", what="register", paths=(folder / names[0],), people=folder / names[1])


def _settings(folder: Path, service_url: str) -> Settings:
    """The settings of local mode. The visitor's own environment has no say here."""
    return read_settings(
        {
            "AVTALSBOT_LOCAL": "1",
            "AVTALSBOT_DATABASE_URL": f"sqlite+aiosqlite:///{(folder / 'demo.db').as_posix()}",
            "AVTALSBOT_SERVICE_URL": service_url,
            "AVTALSBOT_ORGANISATION": ORGANISATION,
        }
    )
