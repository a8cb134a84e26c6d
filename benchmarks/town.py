"""An invented town with a full register: every contract is running, all classes alike, nobody real."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.contract import ContractClass
from domain.register.cell import Cell
from storage.database import make_engine
from storage.schema import migrate
from storage.unit_of_work import Store
from tests.support.registers import Table, as_csv, make_people, make_register
from tests.support.world import TENANT, TestWorld, local, make_world
from usecases.import_people import import_people
from usecases.import_register import import_register
from usecases.set_rollout import set_rollout

CONTRACTS = 700
GOLIVE = local("2026-01-12", "05:00")
_NUMBER, _START, _END, _CLASS = 0, 13, 14, 19
_FIRST_START, _FIRST_END = date(2022, 1, 1), date(2026, 2, 1)
_FOUR_YEARS = 1461


def running_register(contracts: int = CONTRACTS) -> Table:
    """The tests' invented register with dates moved so that every contract runs at go-live and has a class."""
    table = make_register(contracts=contracts)
    return replace(table, rows=tuple(_running(row) for row in table.rows))


def _running(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    # Seeded by the number: the rows of one contract (one a supplier) must say the same.
    chance = random.Random(str(row[_NUMBER]))  # noqa: S311 - invented data, the same every time
    cells = list(row)
    cells[_START] = (_FIRST_START + timedelta(days=chance.randrange(_FOUR_YEARS))).isoformat()
    cells[_END] = (_FIRST_END + timedelta(days=chance.randrange(_FOUR_YEARS))).isoformat()
    cells[_CLASS] = str(chance.randint(1, len(ContractClass)))
    return tuple(cells)


@asynccontextmanager
async def sqlite_town(contracts: int = CONTRACTS) -> AsyncIterator[TestWorld]:
    """The town on a SQLite file with everything imported and every class on, the moment before it goes live."""
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'town.db'}"
        migrate(url)
        store = Store(make_engine(url))
        town = make_world(store, at=GOLIVE)
        register = running_register(contracts)
        await import_people(town.world, TENANT, "people.csv", as_csv(make_people(register)), actor="cli")
        await import_register(town.world, TENANT, "register.csv", as_csv(register), actor="cli")
        await set_rollout(town.world, TENANT, frozenset(ContractClass), actor="cli")
        try:
            yield town
        finally:
            await store.close()
