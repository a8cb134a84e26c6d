"""Serving: the web side and the clock together, until somebody says stop."""

import asyncio
import json
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import House, Ticker, build_house
from bot.clock import Clock
from bot.desk import Hindered, ensure_home, sqlite_file
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


async def serve(settings: Settings, clock: Clock, port: int | None) -> int:
    """Serve until interrupted. One process at a time may serve a SQLite file."""
    start_logging(settings.log_level, sys.stderr)
    with _alone(settings):
        async with build_house(settings, clock) as house:
            if settings.is_local:
                await ensure_home(house.world, settings)
                await note_clock(house.world, settings.home_tenant)
            await _run(house, port or settings.port)
    return 0


async def _run(house: House, port: int) -> None:
    app = build_web(
        receive=house.front.receive,
        is_ready=_Readiness(house).check,
        clock=_local_clock(house) if house.settings.is_local else None,
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, house.settings.host, port).start()
    except OSError as error:
        await runner.cleanup()
        message = f"Port {port} on {house.settings.host} is taken: {error.strerror}. Choose another with --port."
        raise Hindered(message) from error
    timetable = make_timetable(house.ticker.tick)
    timetable.start()
    await house.ticker.tick()
    print(f"avtalsbot serves on http://{house.settings.host}:{port}", file=sys.stderr, flush=True)  # noqa: T201
    await _until_told()
    timetable.shutdown(wait=False)
    await runner.cleanup()


async def tick_once(settings: Settings, clock: Clock, *, as_json: bool) -> str:
    """One pass, told as text or JSON."""
    start_logging(settings.log_level, sys.stderr)
    async with build_house(settings, clock) as house:
        report = await house.ticker.tick()
        if settings.is_local and report is not None:
            await note_clock(house.world, settings.home_tenant)
    if report is None:
        message = "The pass could not be finished; the log says why. Nothing is lost: the next one goes on from here."
        raise Hindered(message)
    told = _told([report])
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
        reports = await ticker.turn_to(moment)
        await note_clock(house.world, house.settings.home_tenant)
        return {"now": moment.isoformat(), **_told(reports)}

    return LocalClock(read=house.clock, turn=turn)


def _told(reports: Sequence[TickReport]) -> dict[str, Any]:
    """What passes of the clock did, as JSON-ready values."""
    return {
        "ticks": len(reports),
        "planned": sum(report.planned for report in reports),
        "advanced": sum(report.advanced for report in reports),
        "sent": [
            {
                "at": report.at.isoformat(),
                "recipient": sent.letter.recipient.mail,
                "notices": list(sent.letter.notice_ids),
                "kinds": [item.kind.value for item in sent.letter.items],
                "summary": letter_summary(sent.letter),
            }
            for report in reports
            for sent in report.sent
            if isinstance(sent.outcome, Delivered)
        ],
    }


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
