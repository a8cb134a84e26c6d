"""What the lights of all contracts cost, in a town of ordinary size and one ten times a city's."""

import statistics
import tempfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from benchmarks.measuring import Span, against, heading, line, timed
from domain.deviation import DeviationState, Severity
from domain.followup import FollowupState
from domain.identifiers import DeviationId, FollowupId
from domain.light import Light
from storage.database import make_engine
from storage.schema import migrate
from storage.unit_of_work import Store
from tests.support.deviations import deviation
from tests.support.followups import followup
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, make_world
from usecases.questions.asking import inquiry
from usecases.questions.list_lights import list_lights, read_lights

SIZES = (700, 10_000)
ROUNDS = 9
_CHUNK = 1_000
_BARE = text("SELECT contract_id, MAX(submitted_at), MAX(due_on) FROM followup GROUP BY contract_id")


async def measure_lights() -> None:
    """Median processor time to light every contract and list the red ones, beside the largest of its queries bare."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'avtalsbot.db'}"
            migrate(url)
            engine = make_engine(url)
            store = Store(engine)
            town = make_world(store)
            await _fill(town, store, size)
            heading(f"Lights of {size:,} contracts, four follow-ups each and every tenth with an open case, SQLite")
            lit, ours, bare, reds = [], [], [], 0
            for _ in range(ROUNDS):
                with timed(Span()) as span:
                    async with inquiry(town.world, TENANT, PEOPLE[2]) as asked:
                        await read_lights(asked)
                lit.append(span.cpu_seconds)
                with timed(Span()) as span:
                    reds = len((await list_lights(town.world, TENANT, PEOPLE[2], only={Light.RED})).rows)
                ours.append(span.cpu_seconds)
                with timed(Span()) as span:
                    async with engine.connect() as connection:
                        (await connection.execute(_BARE)).all()
                bare.append(span.cpu_seconds)
            await store.close()
        line("red contracts", f"{reds:8,}")
        line("every contract lit, median", f"{statistics.median(lit) * 1000:8.2f} ms CPU")
        line("lit and the red ones listed, median", f"{statistics.median(ours) * 1000:8.2f} ms CPU")
        line("the follow-ups' query bare, median", f"{statistics.median(bare) * 1000:8.2f} ms CPU")
        against(statistics.median(lit), statistics.median(bare), "the bare query")


async def _fill(town: TestWorld, store: Store, size: int) -> None:
    await furnish(town, [])
    today = town.clock().date()
    for first in range(0, size, _CHUNK):
        numbers = range(first, min(first + _CHUNK, size))
        contracts = [contract(f"B-{number:05}") for number in numbers]
        async with store.open(TENANT) as unit:
            await unit.contracts.add_all(contracts)
            await unit.contracts.mark_planned([one.contract_id for one in contracts])
            await unit.followups.add_all(
                [
                    followup(
                        followup_id=FollowupId(f"f-{one.contract_id}-{quarter}"),
                        contract_id=one.contract_id,
                        period_key=f"2026-{quarter:02}",
                        due_on=today - timedelta(days=90 * quarter + 10),
                        state=FollowupState.ACCEPTED,
                        submitted_at=town.clock() - timedelta(days=90 * quarter + 10),
                        next_action_at=None,
                    )
                    for one in contracts
                    for quarter in range(4)
                ],
            )
            for number, one in zip(numbers, contracts, strict=True):
                if number % 10 == 0:
                    await unit.deviations.add(
                        deviation(
                            deviation_id=DeviationId(f"d{number}"),
                            number=f"AVV-2027-{number:05}"[:16],
                            contract_id=one.contract_id,
                            state=DeviationState.ASSESSED,
                            severity=Severity.MODERATE,
                            deadline_on=today + timedelta(days=number % 30 - 15),
                        ),
                    )
            await unit.commit()
