"""Health for whoever watches, and in local mode a clock that only this machine may turn."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.web import LocalClock, build_web, open_port

MONDAY = datetime(2027, 1, 11, 7, 0, tzinfo=UTC)


class HandClock:
    """A clock that remembers how it was turned."""

    def __init__(self) -> None:
        self.now = MONDAY

    def read(self) -> datetime:
        return self.now

    async def turn(self, to: datetime) -> dict[str, Any]:
        self.now = to
        return {"sent": []}


@asynccontextmanager
async def serving(*, is_ready: bool = True, clock: HandClock | None = None) -> AsyncIterator[aiohttp.ClientSession]:
    async def receive(_request: web.Request) -> web.Response:
        return web.json_response({})

    async def ready() -> bool:
        if not is_ready:
            raise ConnectionError
        return True

    local = LocalClock(read=clock.read, turn=clock.turn) if clock else None
    runner = await open_port(build_web(receive=receive, is_ready=ready, clock=local), host="127.0.0.1", port=0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{runner.addresses[0][1]}") as session:
        yield session
    await runner.cleanup()


async def test_a_living_bot_says_so_also_when_it_is_not_ready() -> None:
    async with serving(is_ready=False) as session:
        assert (await session.get("/health/live")).status == 200
        assert (await session.get("/health/ready")).status == 503


async def test_a_ready_bot_says_so() -> None:
    async with serving() as session:
        assert (await session.get("/health/ready")).status == 200


async def test_in_production_there_is_no_clock_to_turn() -> None:
    async with serving() as session:
        assert (await session.get("/local/clock")).status == 404
        assert (await session.post("/local/clock", json={"to": "2027-02-01T08:00:00+01:00"})).status == 404


async def test_the_clock_is_read_and_turned_forward() -> None:
    clock = HandClock()
    async with serving(clock=clock) as session:
        assert await (await session.get("/local/clock")).json() == {"now": "2027-01-11T07:00:00+00:00"}

        response = await session.post("/local/clock", json={"to": "2027-01-12T08:00+01:00"})

        assert response.status == 200
        assert await response.json() == {"sent": []}
    assert clock.now == datetime(2027, 1, 12, 8, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"tomorrow",
        b"[]",
        b"{}",
        b'{"to": null}',
        b'{"to": 7}',
        b'{"to": "tomorrow"}',
        b'{"to": "2027-01-12T08:00:00"}',
        b'{"to": "2027-01-11T07:59:59+01:00"}',
        b'{"to": "2207-01-11T08:00:00+01:00"}',
        b"\xff",
        b"[" * 50_000,
    ],
)
async def test_a_time_that_cannot_be_turned_to_is_explained(body: bytes) -> None:
    clock = HandClock()
    async with serving(clock=clock) as session:
        response = await session.post("/local/clock", data=body)

        assert response.status == 400
        assert (await response.json())["error"]
    assert clock.now == MONDAY


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Host": "evil.example"}])
@pytest.mark.parametrize("path", ["/local/clock", "/api/messages"])
async def test_in_local_mode_a_page_in_a_browser_is_not_listened_to(path: str, headers: dict[str, str]) -> None:
    clock = HandClock()
    async with serving(clock=clock) as session:
        assert (await session.post(path, json={"to": "2027-02-01T08:00:00Z"}, headers=headers)).status == 403
    assert clock.now == MONDAY


@pytest.mark.parametrize(
    "headers", [{"Host": "localhost:3978"}, {"Host": "[::1]:3978"}, {"Origin": "http://localhost:56150"}]
)
async def test_in_local_mode_this_machines_own_pages_are(headers: dict[str, str]) -> None:
    async with serving(clock=HandClock()) as session:
        assert (await session.get("/local/clock", headers=headers)).status == 200
