"""Half a year that many tests begin after is lived once, and put back as it was for each of the others."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from domain.letter import Letter
from storage.models import Base
from storage.unit_of_work import Store
from tests.support.world import TestWorld, make_world

Live = Callable[[TestWorld], Awaitable[None]]
"""Lets an empty world live until the tests begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moment:
    now: datetime
    letters: Sequence[tuple[str, Letter]]
    rows: Mapping[str, Sequence[dict[str, Any]]]


_LIVED: dict[tuple[str, Live], _Moment] = {}
"""By engine and by what was lived."""


async def after(live: Live, store: Store) -> TestWorld:
    """A world on the empty store in which `live`, a function of a module, has taken place."""
    world = make_world(store)
    key = (store._engine.dialect.name, live)
    if key not in _LIVED:
        await live(world)
        _LIVED[key] = await _look_at(world, store)
    else:
        await _put_back(_LIVED[key], world, store)
    return world


async def _look_at(world: TestWorld, store: Store) -> _Moment:
    async with store._engine.connect() as connection:
        rows = {
            table.name: [dict(row) for row in (await connection.execute(select(table))).mappings()]
            for table in Base.metadata.sorted_tables
        }
    return _Moment(now=world.clock.now, letters=tuple(world.teams.letters), rows=rows)


async def _put_back(moment: _Moment, world: TestWorld, store: Store) -> None:
    world.clock.now = moment.now
    world.teams.letters[:] = moment.letters
    async with store._engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            if moment.rows[table.name]:
                await connection.execute(insert(table), deepcopy(moment.rows[table.name]))
