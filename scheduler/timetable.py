"""How often each job runs. APScheduler only ticks; the rows decide what is due."""

from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK_SECONDS = 15
"""How late a nudge may be at most, besides its own spread."""
JITTER_SECONDS = 3
"""So that replicas do not all ask the database in the same instant."""


def make_timetable(tick: Callable[[], Awaitable[object]]) -> AsyncIOScheduler:
    """A clock that calls `tick` again and again. A tick that is late is still taken, and never two at once."""
    clock = AsyncIOScheduler(timezone="UTC")
    clock.add_job(
        tick,
        "interval",
        seconds=TICK_SECONDS,
        jitter=JITTER_SECONDS,
        id="tick",
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
    )
    return clock
