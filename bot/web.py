"""The bot's HTTP side: Teams' messages, whether all is well, and in local mode the clock one can turn."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler
from yarl import URL

from bot.service_urls import is_loopback

_log = logging.getLogger(__name__)

# Teams sends at most about 100 KB; the rest is room for what it adds.
_MOST_BYTES = 256 * 1024
# Every day on the way is lived through: a mistyped year would keep the bot busy for hours.
_MOST_AT_ONCE = timedelta(days=3_660)

ReadClock = Callable[[], datetime]
TurnClock = Callable[[datetime], Awaitable[dict[str, Any]]]
IsReady = Callable[[], Awaitable[bool]]
Receive = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LocalClock:
    """The two handlers of local mode's clock."""

    def __init__(self, *, read: ReadClock, turn: TurnClock) -> None:
        self._read = read
        self._turn = turn
        self._turning = asyncio.Lock()

    async def show(self, _request: web.Request) -> web.Response:
        """GET /local/clock: `{"now": ...}`."""
        return web.json_response({"now": self._read().isoformat()})

    async def turn(self, request: web.Request) -> web.Response:
        """POST /local/clock `{"to": ...}`: runs what falls due on the way and answers when all is quiet."""
        try:
            to = await _moment(request)
        except ValueError as fault:
            return web.json_response({"error": str(fault)}, status=400)
        async with self._turning:
            now = self._read()
            if not now <= to <= now + _MOST_AT_ONCE:
                sentence = f"the clock goes forward only, and ten years at most; it is {now.isoformat()}"
                return web.json_response({"error": sentence}, status=400)
            return web.json_response(await self._turn(to))


def build_web(
    *,
    receive: Receive,
    is_ready: IsReady,
    clock: LocalClock | None = None,
    show_letter: Receive | None = None,
    show_evidence: Receive | None = None,
) -> web.Application:
    """The application. A clock, letters and evidence are given in local mode only, and then only this machine is answered."""
    app = web.Application(client_max_size=_MOST_BYTES, middlewares=[_this_machine_only] if clock else [])
    app.router.add_post("/api/messages", receive)
    app.router.add_get("/health/live", _live)
    app.router.add_get("/health/ready", _Ready(is_ready).show)
    if clock:
        app.router.add_get("/local/clock", clock.show)
        app.router.add_post("/local/clock", clock.turn)
    if clock and show_letter:
        app.router.add_get("/local/letters/{letter}.docx", show_letter)
    if clock and show_evidence:
        app.router.add_get("/local/evidence/{evidence}", show_evidence)
    return app


async def open_port(app: web.Application, *, host: str, port: int) -> web.AppRunner:
    """Listen, and return what closes it again by `cleanup()`. Port 0 takes a free one: see `runner.addresses`."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner


class _Ready:
    def __init__(self, is_ready: IsReady) -> None:
        self._is_ready = is_ready

    async def show(self, _request: web.Request) -> web.Response:
        try:
            is_ready = await self._is_ready()
        except Exception:  # noqa: BLE001 - whatever keeps it from answering, it is not ready
            _log.exception("readiness_unknown")
            is_ready = False
        return web.json_response({"status": "ready" if is_ready else "not ready"}, status=200 if is_ready else 503)


async def _live(_request: web.Request) -> web.Response:
    return web.json_response({"status": "alive"})


@web.middleware
async def _this_machine_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Local mode believes anybody, so a page in a browser must not be able to speak to it, not even by a borrowed name."""
    origin = request.headers.get("Origin")
    if not _is_here(f"http://{request.host}") or (origin is not None and not _is_here(origin)):
        _log.warning("foreign_page_refused", extra={"path": request.path})
        return web.json_response({"error": "local mode answers this machine only"}, status=403)
    return await handler(request)


def _is_here(address: str) -> bool:
    try:
        host = URL(address).host
    except ValueError:
        return False
    return host is not None and is_loopback(host)


async def _moment(request: web.Request) -> datetime:
    """The moment asked for; ValueError in words the caller understands."""
    try:
        body = json.loads(await request.read())
        to = datetime.fromisoformat(body["to"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValueError(
            'send {"to": "<ISO 8601 with offset>"}, such as {"to": "2027-01-11T08:00:00+01:00"}'
        ) from error
    if to.tzinfo is None:
        raise ValueError("the time needs an offset, such as +01:00 or Z")
    return to
