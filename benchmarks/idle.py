"""What a tick costs when nothing is due, however many contracts there are."""

import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import bindparam, select, text

from benchmarks.measuring import against, heading, line
from domain.followup import Activity, Followup, FollowupState
from domain.identifiers import FollowupId
from scheduler.jobs import run_once
from storage.database import alone, make_engine
from storage.models import FollowupRow
from storage.schema import migrate
from storage.unit_of_work import Store
from tests.support.postgres import has_postgres, throwaway_postgres
from tests.support.world import TENANT, contract, furnish, make_world

CONTRACTS = 100_000
CHUNK = 5_000
ROUNDS = 50
_BARE = (
    select(FollowupRow.tenant_id)
    .where(FollowupRow.next_action_at <= bindparam("now"), FollowupRow.next_action_at.is_not(None))
    .limit(1)
)


async def measure_idle_tick() -> None:
    """The tick's median beside the bare indexed query for due follow-ups, on each database."""
    with tempfile.TemporaryDirectory() as folder:
        await _measure("SQLite", f"sqlite:///{Path(folder) / 'avtalsbot.db'}")
    if has_postgres():
        with throwaway_postgres() as url:
            await _measure("PostgreSQL", url)


async def _measure(database: str, url: str) -> None:
    migrate(url)
    engine = make_engine(url)
    store = Store(engine)
    house = make_world(store)
    await _fill(store, house.clock() + timedelta(days=30))
    heading(f"Idle tick at {CONTRACTS:,} contracts, one follow-up each, {database}")

    async def bare() -> None:
        async with engine.connect() as connection:
            await connection.execution_options(**alone(engine.dialect.name))
            await connection.execute(_BARE, {"now": house.clock()})

    async def tick() -> None:
        await run_once(house.world)

    async with engine.begin() as connection:
        await connection.execute(text("ANALYZE"))
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
