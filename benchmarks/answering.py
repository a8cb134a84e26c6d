"""Invented colleagues who do what they are asked: most within a few days, some later."""

import random
from dataclasses import replace

from domain.followup import Followup, FollowupState
from domain.watch import WatchKind, WatchState
from storage.events import new_event
from storage.unit_of_work import Unit
from tests.support.world import TENANT
from usecases.parts.closing import closed, store_closed
from usecases.parts.scene import Scene, read_scene
from usecases.world import World

CHANCE_A_DAY = 0.35
"""How likely somebody is to do what they have been asked on any one day."""


class Colleagues:
    """Everybody in town, with a seed of their own."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chance = random.Random(1)  # noqa: S311 - invented people, the same every time
        self.done_count = 0

    async def work_a_day(self) -> None:
        """Answer follow-ups that have been told, approve what waits for it and settle legal dates that alarm."""
        async with self._world.store.open(TENANT) as unit:
            scene = await read_scene(unit, now=self._world.now(), is_local=True)
            for followup in await unit.followups.open():
                if followup.rungs_done and self._does_it():
                    await self._answer(unit, scene, followup)
            for followup in await unit.followups.awaiting_sign_off():
                if self._does_it():
                    await self._approve(unit, scene, followup)
            for watch in await unit.watches.open():
                if watch.kind is WatchKind.SEND_BY and watch.last_step and self._does_it():
                    await unit.watches.save(replace(watch, state=WatchState.DONE, next_action_at=None))
                    await self._log(unit, scene, "watch.settled", f"watch:{watch.watch_id}")
            await unit.commit()

    def _does_it(self) -> bool:
        does = self._chance.random() < CHANCE_A_DAY
        self.done_count += does
        return does

    async def _answer(self, unit: Unit, scene: Scene, followup: Followup) -> None:
        contract = await unit.contracts.get(followup.contract_id)
        assert contract is not None
        person = scene.roster.manager_of(contract)
        if person is not None:
            is_green = followup.period_key > scene.today.isoformat()
            await store_closed(unit, scene, closed(followup, contract, person, scene, is_green=is_green), details={})

    async def _approve(self, unit: Unit, scene: Scene, followup: Followup) -> None:
        accepted = replace(followup, state=FollowupState.ACCEPTED, accepted_at=scene.now, next_action_at=None)
        await unit.followups.save(accepted)
        await self._log(unit, scene, "followup.accepted", f"followup:{followup.followup_id}")

    async def _log(self, unit: Unit, scene: Scene, kind: str, subject: str) -> None:
        await unit.events.add_all([new_event(kind=kind, subject=subject, actor="benchmark", at=scene.now)])
