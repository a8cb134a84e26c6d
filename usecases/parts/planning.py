"""Planning at work: contracts whose plan is missing or out of date get one, and what no longer fits is void."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from uuid6 import uuid7

from domain.contract import Contract, ContractClass
from domain.followup import Followup, FollowupState
from domain.identifiers import FollowupId, WatchId
from domain.plan import PlannedFollowup
from domain.reminder_ladder import rung_day
from domain.replan import VOID, Ground, Replan, replan
from domain.watch import Watch, WatchKind, WatchState
from domain.watch_dates import PlannedWatch, legal_alarm_days
from storage.events import CLOCK, Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene

BATCH = 200
"""Contracts planned in one transaction."""


async def plan_due(unit: Unit, scene: Scene) -> tuple[int, Scene]:
    """Plan one batch; how many contracts, and the scene as it is afterwards. Fewer than `BATCH`, and none is left.

    The first call ever sets an unset go-live date to today. Somebody else commits.
    """
    contracts = await unit.contracts.needing_planning(BATCH)
    if contracts:
        scene = await _started(unit, scene)
        await _Planner(unit, scene).plan(contracts)
    return len(contracts), scene


async def _started(unit: Unit, scene: Scene) -> Scene:
    """The scene of an organisation that is live: go-live date, rule set and roll-out decided."""
    tenant = scene.tenant
    golive = tenant.golive_on or scene.today
    rollout = tenant.rollout
    if rollout is None:
        rollout = dict.fromkeys(sorted(scene.rules.rollout_default), golive)
    started = replace(tenant, golive_on=golive, rollout=rollout, ruleset_number=scene.rules.number)
    if started != tenant:
        await unit.tenant.save(started)
        await unit.events.add(
            kind="tenant.live",
            subject="tenant",
            actor=CLOCK,
            at=scene.now,
            details={"golive_on": golive.isoformat(), "rollout": sorted(code.value for code in rollout)},
        )
    return replace(scene, tenant=started)


class _Planner:
    """Plans a batch of contracts in one unit."""

    def __init__(self, unit: Unit, scene: Scene) -> None:
        self._unit = unit
        self._scene = scene
        self._events: list[Event] = []
        self._changed: list[Followup] = []
        self._voided: list[Watch] = []

    async def plan(self, contracts: Sequence[Contract]) -> None:
        ids = [contract.contract_id for contract in contracts]
        followups = await self._unit.followups.of_contracts(ids)
        watches = await self._unit.watches.of_contracts(ids)
        plans = [
            replan(
                contract,
                followups[contract.contract_id],
                watches[contract.contract_id],
                self._ground(contract.contract_class),
            )
            for contract in contracts
        ]
        await self._unit.followups.add_all([row for plan in plans for row in self._new_followups(plan)])
        await self._unit.watches.add_all([row for plan in plans for row in self._new_watches(plan)])
        for plan in plans:
            self._change(plan)
        await self._unit.followups.save_all(self._changed)
        await self._unit.watches.save_all(self._voided)
        changed = [plan.contract for before, plan in zip(contracts, plans, strict=True) if plan.contract != before]
        await self._unit.contracts.save_plans(changed)
        await self._unit.contracts.mark_planned(ids)
        await self._unit.events.add_all(self._events)

    def _ground(self, contract_class: ContractClass | None) -> Ground:
        scene = self._scene
        rollout = scene.tenant.rollout or {}
        return Ground(
            rules=scene.rules,
            calendar=scene.calendar,
            golive=scene.tenant.golive_on or scene.today,
            on_since=rollout.get(contract_class) if contract_class else None,
            today=scene.today,
        )

    def _change(self, plan: Replan) -> None:
        for row in plan.void:
            self._changed.append(_voided(row, self._scene))
            self._log("followup.voided", f"followup:{row.followup_id}", plan.contract)
        for row in plan.turned:
            self._changed.append(replace(row, next_action_at=self._wakes(row.due_on, row)))
            self._log(f"followup.{row.state.value}", f"followup:{row.followup_id}", plan.contract)
        for watch in plan.void_watches:
            self._voided.append(replace(watch, state=WatchState.VOIDED, next_action_at=None))
            self._log("watch.voided", f"watch:{watch.watch_id}", plan.contract)

    def _new_followups(self, plan: Replan) -> list[Followup]:
        rows = [self._followup(plan.contract, one) for one in plan.new]
        for row in rows:
            self._log(f"followup.{row.state.value}", f"followup:{row.followup_id}", plan.contract, due=row.due_on)
        return rows

    def _followup(self, contract: Contract, planned: PlannedFollowup) -> Followup:
        is_on = self._scene.is_on(contract.contract_class)
        row = Followup(
            followup_id=FollowupId(str(uuid7())),
            contract_id=contract.contract_id,
            activity=planned.activity,
            period_key=planned.period_key,
            plan_version=contract.plan_version,
            due_on=planned.due_on,
            state=FollowupState.PLANNED if is_on else FollowupState.SKIPPED_RAMP,
            contract_class=contract.contract_class,
            ruleset_number=self._scene.rules.number,
            modules=planned.modules,
            template_versions={},
        )
        return replace(row, next_action_at=self._wakes(planned.due_on, row))

    def _wakes(self, due_on: date, row: Followup) -> datetime:
        post, calendar = self._scene.post, self._scene.calendar
        if row.state is FollowupState.SKIPPED_RAMP or row.contract_class is None:
            return post.ladder_moment(calendar.add_open_days(due_on, 1))
        rungs = self._scene.rules.rungs(row.contract_class)
        first = rungs[min(row.rungs_done, len(rungs) - 1)]
        return post.ladder_moment(max(rung_day(due_on, first, calendar), self._scene.today))

    def _new_watches(self, plan: Replan) -> list[Watch]:
        rows = [self._watch(plan.contract, one) for one in plan.new_watches]
        for row in rows:
            self._log(f"watch.{row.state.value}", f"watch:{row.watch_id}", plan.contract, on=row.on)
        return rows

    def _watch(self, contract: Contract, planned: PlannedWatch) -> Watch:
        wakes = planned.on
        if planned.kind is WatchKind.SEND_BY:
            end = date.fromisoformat(planned.period_key)
            days = legal_alarm_days(planned.on, self._scene.calendar, until=end)
            wakes = next((day for _, day in days if day >= self._scene.today), planned.on)
        return Watch(
            watch_id=WatchId(str(uuid7())),
            contract_id=contract.contract_id,
            kind=planned.kind,
            period_key=planned.period_key,
            plan_version=contract.plan_version,
            on=planned.on,
            notice_deadline=planned.notice_deadline,
            state=WatchState.TRIAGE if planned.is_passed else WatchState.OPEN,
            next_action_at=None if planned.is_passed else self._scene.post.ladder_moment(max(wakes, self._scene.today)),
        )

    def _log(self, kind: str, subject: str, contract: Contract, **details: date) -> None:
        self._events.append(
            new_event(
                kind=kind,
                subject=subject,
                actor=CLOCK,
                at=self._scene.now,
                details={
                    "contract_number": contract.contract_number,
                    **{name: day.isoformat() for name, day in details.items()},
                },
            ),
        )


def _voided(row: Followup, scene: Scene) -> Followup:
    return replace(
        row,
        state=FollowupState.CANCELLED,
        closed_at=scene.now,
        closed_reason=VOID,
        next_action_at=None,
    )
