"""A year of a full register through the real tick on SQLite: what a turned clock, and a real one, has to keep up with."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks.answering import Colleagues
from benchmarks.floors import raw_transactions
from benchmarks.measuring import Span, against, heading, line, timed, told
from benchmarks.town import CONTRACTS, GOLIVE, sqlite_town
from scheduler.jobs import next_moment
from tests.support.world import TestWorld

DAYS = 365
LIMIT_SECONDS = 120
_WORK_ENDS = timedelta(hours=10)
"""Colleagues have done what they do in a day so long after go-live's hour."""


async def measure_year(days: int = DAYS) -> None:
    """Once with a town in which everybody answers, once with one in which nobody ever does."""
    for everybody_answers in (True, False):
        async with sqlite_town() as town:
            await _measure(town, days, everybody_answers=everybody_answers)


@dataclass(slots=True)
class _Tally:
    """What a year came to."""

    ticks: int = 0
    ticking: Span = field(default_factory=Span)
    answering: Span = field(default_factory=Span)


async def _measure(town: TestWorld, days: int, *, everybody_answers: bool) -> None:
    who = "everybody answers" if everybody_answers else "nobody answers"
    heading(f"{days} days of {CONTRACTS} contracts on SQLite, {who}")
    colleagues = Colleagues(town.world) if everybody_answers else None
    with _Statements() as statements:
        tally = await _live(town, days, colleagues)
    messages = len(town.teams.letters)
    line("ticking", f"{told(tally.ticking)}   (limit {LIMIT_SECONDS} s)")
    if colleagues:
        line(f"answering ({colleagues.done_count} things done)", told(tally.answering))
    line(
        "ticks with something to do", f"{tally.ticks:8}   {statements.count / max(tally.ticks, 1):.1f} statements each"
    )
    line("messages", f"{messages:8}   {1000 * tally.ticking.cpu_seconds / max(messages, 1):.2f} ms CPU each")
    against(tally.ticking.seconds, raw_transactions(messages), "raw INSERT transactions, one a message")


async def _live(town: TestWorld, days: int, colleagues: Colleagues | None) -> _Tally:
    tally = _Tally()
    for day in range(days):
        evening = GOLIVE + timedelta(days=day) + _WORK_ENDS
        with timed(tally.ticking):
            async for _ in _ticks(town, evening):
                tally.ticks += 1
        if colleagues:
            with timed(tally.answering):
                await colleagues.work_a_day()
    return tally


async def _ticks(town: TestWorld, until: datetime) -> AsyncIterator[None]:
    """Every tick that has something to do, as when the local clock is turned."""
    while (upcoming := await next_moment(town.world)) is not None and upcoming <= until:
        town.clock.now = max(town.clock.now, upcoming)
        await town.tick()
        yield
    town.clock.now = until
    await town.tick()
    yield


class _Statements:
    """Counts what is said to the database."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> Self:
        event.listen(Engine, "before_cursor_execute", self._one_more)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        event.remove(Engine, "before_cursor_execute", self._one_more)

    def _one_more(self, *_: object) -> None:
        self.count += 1
