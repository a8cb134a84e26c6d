"""How long a register of ordinary size takes to read in, beside reading the file alone."""

import tempfile
from pathlib import Path

from benchmarks.measuring import against, heading, line, timed, told
from storage.database import make_engine
from storage.schema import migrate
from storage.tables import read_sheets
from storage.unit_of_work import Store
from tests.support.registers import as_csv, as_xlsx, make_register
from tests.support.world import TENANT, make_world
from usecases.import_register import import_register

CONTRACTS = 700


async def measure_imports() -> None:
    """The whole import on SQLite with synchronous=FULL, first of a new register and then of the same again."""
    table = make_register(contracts=CONTRACTS)
    for name, content in (("register.csv", as_csv(table)), ("register.xlsx", as_xlsx(table))):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'avtalsbot.db'}"
            migrate(url)
            store = Store(make_engine(url))
            world = make_world(store).world
            heading(f"Importing {CONTRACTS} contracts from {name}")
            with timed() as reading:
                read_sheets(content)
            with timed() as first:
                await import_register(world, TENANT, name, content, actor="cli")
            with timed() as again:
                await import_register(world, TENANT, name, content, actor="cli")
            await store.close()
        line("reading the file alone", told(reading))
        line("importing it", told(first))
        line("importing it again, nothing new", told(again))
        against(first.cpu_seconds, reading.cpu_seconds, "reading the file alone (CPU)")
