"""What a tick costs when nothing is due, however many contracts there are."""

import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.measuring import against, heading, line
from domain.followup import Activity, Followup, FollowupState
from domain.identifiers import FollowupId
from scheduler.jobs import run_once
from storage.database import make_engine
from storage.schema import migrate
from storage.unit_of_work import Store
from tests.support.world import TENANT, contract, furnish, make_world

CONTRACTS = 100_000
CHUNK = 5_000
ROUNDS = 50
_BARE = text("SELECT tenant_id FROM followup WHERE next_action_at <= :now AND next_action_at IS NOT NULL LIMIT 1")


async def measure_idle_tick() -> None:
    """The tick's median beside the bare indexed query for due follow-ups, on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'avtalsbot.db'}"
        migrate(url)
        engine = make_engine(url)
        store = Store(engine)
        house = make_world(store)
        await _fill(store, house.clock() + timedelta(days=30))
        heading(f"Idle tick at {CONTRACTS:,} contracts, one follow-up each, SQLite")

        async def bare() -> None:
            async with engine.connect() as connection:
                await connection.execution_options(sqlite_begin="DEFERRED")
                await connection.execute(_BARE, {"now": "2027-01-11 07:00:00.000000"})

        async def tick() -> None:
            await run_once(house.world)

        floor, ours = await _median(bare), await _median(tick)
        await store.close()
    line("bare indexed query", f"{floor * 1000:8.2f} ms")
    line("idle tick", f"{ours * 1000:8.2f} ms")
    against(ours, floor, "the bare indexed query")


async def _median(run: Callable[[], Awaitable[None]]) -> float:
    spent = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        await run()
        spent.append(time.perf_counter() - started)
    return statistics.median(spent)


async def _fill(store: Store, wakes_at: datetime) -> None:
    await furnish(make_world(store), [])
    for first in range(0, CONTRACTS, CHUNK):
        contracts = [contract(f"B-{number}") for number in range(first, first + CHUNK)]
        async with store.open(TENANT) as unit:
            await unit.contracts.add_all(contracts)
            await unit.contracts.mark_planned([one.contract_id for one in contracts])
            await unit.followups.add_all(
                [
                    replace(
                        _SLEEPER,
                        followup_id=FollowupId(f"f-{one.contract_id}"),
                        contract_id=one.contract_id,
                        next_action_at=wakes_at,
                    )
                    for one in contracts
                ],
            )
            await unit.commit()


_SLEEPER = Followup(
    followup_id=FollowupId("f"),
    contract_id=contract("1").contract_id,
    activity=Activity.YEARLY,
    period_key="2027-03-01",
    plan_version=1,
    due_on=contract("1").start_on,
    state=FollowupState.PLANNED,
    contract_class=None,
    ruleset_number=1,
    template_versions={},
)
