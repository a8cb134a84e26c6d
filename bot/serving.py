"""Serving: the web side and the clock together, until somebody says stop."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import House, Ticker, build_house
from bot.clock import Clock
from bot.desk import Hindered, catch_up, ensure_home, sqlite_file
from bot.evidence_desk import local_evidence
from bot.letter_desk import local_letters
from bot.locks import lock_file
from bot.logs import start_logging
from bot.settings import Settings
from bot.web import LocalClock, build_web
from cards.letters import letter_summary
from scheduler.jobs import TickReport
from scheduler.timetable import make_timetable
from usecases.found_tenant import note_clock
from usecases.ports import Delivered

_STALE_SECONDS = 120
"""Ready means that the clock has ticked this lately (and the database answers)."""

_PATIENCE_SECONDS = 2
"""What is being answered when the bot is told to stop has this long: whoever stops it kills it after five or ten."""


async def serve(settings: Settings, clock: Clock, port: int | None) -> int:
    """Serve until interrupted. One process at a time may serve a SQLite file."""
    start_logging(settings.log_level, sys.stderr)
    async with serving(settings, clock, settings.port if port is None else port) as address:
        print(f"avtalsbot serves on {address}", file=sys.stderr, flush=True)  # noqa: T201
        await _until_told()
    return 0


@asynccontextmanager
async def serving(settings: Settings, clock: Clock, port: int) -> AsyncIterator[str]:
    """Serve while the block lasts, on a free port when `port` is 0; the address it is reached at."""
    with _alone(settings):
        async with build_house(settings, clock) as house:
            if settings.is_local:
                await ensure_home(house.world, settings)
                await catch_up(house.world, settings, clock)
                await note_clock(house.world, settings.home_tenant)
            async with _listening(house, port) as address:
                timetable = make_timetable(house.ticker.tick)
                timetable.start()
                await house.ticker.tick()
                try:
                    yield address
                finally:
                    timetable.shutdown(wait=False)


@asynccontextmanager
async def _listening(house: House, port: int) -> AsyncIterator[str]:
    host = house.settings.host
    app = build_web(
        receive=house.front.receive,
        is_ready=_Readiness(house).check,
        clock=_local_clock(house) if house.settings.is_local else None,
        show_letter=local_letters(house.world) if house.settings.is_local else None,
        show_evidence=local_evidence(house.world) if house.settings.is_local else None,
    )
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_PATIENCE_SECONDS)
    await runner.setup()
    try:
        await _take_port(runner, host, port)
        yield f"http://{f'[{host}]' if ':' in host else host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _take_port(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        message = f"Port {port} on {host} cannot be used: {error.strerror}. Choose another with --port."
        raise Hindered(message) from error


async def tick_once(settings: Settings, clock: Clock, *, as_json: bool) -> str:
    """One pass, told as text or JSON."""
    start_logging(settings.log_level, sys.stderr)
    async with build_house(settings, clock) as house:
        await catch_up(house.world, settings, clock)
        report = await house.ticker.tick()
        if settings.is_local and report is not None:
            await note_clock(house.world, settings.home_tenant)
    if report is None:
        message = "The pass could not be finished; the log says why. Nothing is lost: the next one goes on from here."
        raise Hindered(message)
    tally = _Tally()
    tally.add(report)
    told = tally.told()
    if as_json:
        return json.dumps(told, ensure_ascii=False)
    return f"{report.planned} contracts planned, {report.advanced} rows looked at, {len(told['sent'])} messages sent."


class _Readiness:
    """Ready to serve: the database answers and the clock goes."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def check(self) -> bool:
        await self._house.world.store.ping()
        ticked_at = self._house.ticker.last_tick_at
        if ticked_at is None:
            return False
        age = (self._house.clock() - ticked_at).total_seconds()
        return age < _STALE_SECONDS or self._house.settings.is_local


def _local_clock(house: House) -> LocalClock:
    ticker: Ticker = house.ticker

    async def turn(moment: datetime) -> dict[str, Any]:
        await house.front.quiet()
        tally = _Tally()
        try:
            async for report in ticker.turn_to(moment):
                tally.add(report)
        finally:
            await note_clock(house.world, house.settings.home_tenant)
        return {"now": moment.isoformat(), **tally.told()}

    return LocalClock(read=house.clock, turn=turn)


class _Tally:
    """What passes of the clock did, kept as JSON-ready values: a turned year holds more letters than memory should."""

    def __init__(self) -> None:
        self._ticks = self._planned = self._advanced = 0
        self._sent: list[dict[str, Any]] = []

    def add(self, report: TickReport) -> None:
        self._ticks += 1
        self._planned += report.planned
        self._advanced += report.advanced
        self._sent += [
            {
                "at": report.at.isoformat(),
                "recipient": sent.letter.recipient.mail,
                "notices": list(sent.letter.notice_ids),
                "kinds": [item.kind.value for item in sent.letter.items],
                "summary": letter_summary(sent.letter),
            }
            for sent in report.sent
            if isinstance(sent.outcome, Delivered)
        ]

    def told(self) -> dict[str, Any]:
        return {"ticks": self._ticks, "planned": self._planned, "advanced": self._advanced, "sent": self._sent}


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    path = sqlite_file(settings)
    if path is None:
        yield
        return
    with lock_file(Path(f"{path}.serve.lock")) as is_ours:
        if not is_ours:
            message = f"Another avtalsbot already serves {path}. Stop it first, or use PostgreSQL for several."
            raise Hindered(message)
        yield


async def _until_told() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows: Ctrl+C raises KeyboardInterrupt instead
            break
    await stop.wait()
