"""*Ta upp nu*: a passed date becomes something the people responsible are asked about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from uuid6 import uuid7

from domain.contract import Contract
from domain.followup import Activity, Followup, FollowupState
from domain.identifiers import FollowupId, TenantId
from domain.notice import Notice, NoticeKind, new_notice
from domain.people import ContractRole, Person
from domain.watch import Watch, WatchKind, WatchState
from storage.unit_of_work import Unit
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.watches.seeing import Aim, SeenWatch, aim, event_about, seen, subject_of
from usecases.watches.undoing import followup_before, watch_before
from usecases.world import World

_ASKED = (ContractRole.OWNER, ContractRole.MANAGER)
_ASKED_OF_LEGAL = (*_ASKED, ContractRole.CONTROLLER, ContractRole.PROCUREMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """The date as it is now, and who will hear of it in their next digest."""

    seen: SeenWatch
    is_new: bool
    told_names: tuple[str, ...] = ()
    followup: Followup | None = None
    """The decision that somebody is now asked to take, where there is one to take."""


@dataclass(slots=True, kw_only=True)
class _Move:
    """What taking the date up changes."""

    watch: Watch
    followup: Followup | None = None
    notices: list[Notice] = field(default_factory=list)
    undo: dict[str, Any] = field(default_factory=dict)


async def raise_watch(world: World, tenant_id: TenantId, person: Person, watch_id: str) -> Raised:
    """Ask the owner now.

    A passed decision day becomes an extension decision due in twenty working days, in a class that is in operation;
    other dates are watched again, and a legal one alarms every working day until it is settled. With neither owner
    nor manager there is nobody to ask, and nothing is changed.
    """

    async def take_up() -> Raised:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            found = await aim(unit, scene, person, watch_id)
            if not found.needs_decision:
                return Raised(seen=seen(found.watch, found.contract, scene), is_new=False)
            found.refuse_unless_deciding()
            told = _told(found, scene)
            if not told:
                return Raised(seen=seen(found.watch, found.contract, scene), is_new=True)
            move = await _move(unit, scene, found)
            saved = await unit.watches.save(move.watch)
            await unit.notices.add_all(move.notices, at=scene.now)
            details = {"to": [one.mail for one in told], "undo": move.undo}
            await unit.events.add_all([event_about(saved, "watch.raised", person, scene, details)])
            await unit.commit()
            names = tuple(one.name for one in told)
            now = seen(saved, found.contract, scene)
            return Raised(seen=now, is_new=True, told_names=names, followup=move.followup)

    return await once_more(take_up)


async def _move(unit: Unit, scene: Scene, found: Aim) -> _Move:
    watch = found.watch
    undo: dict[str, Any] = {"watches": [watch_before(watch)]}
    if watch.kind is WatchKind.DECISION_DUE and _can_be_planned(found.contract, scene):
        followup, before = await _decision(unit, scene, found)
        notices = _notices(found, scene)
        done = replace(watch, state=WatchState.DONE, next_action_at=None)
        undo |= {"followup": before, "notices": [notice.notice_id for notice in notices]}
        return _Move(watch=done, followup=followup, notices=notices, undo=undo)
    if watch.kind is WatchKind.SEND_BY and date.fromisoformat(watch.period_key) < scene.today:
        # The period is over: there is no alarm left to sound, and the question stays on the list.
        notices = _notices(found, scene)
        return _Move(watch=watch, notices=notices, undo={"notices": [notice.notice_id for notice in notices]})
    # What is told follows from the step, which the clock takes at its next tick.
    return _Move(watch=replace(watch, state=WatchState.OPEN, next_action_at=scene.now), undo=undo)


def _can_be_planned(contract: Contract, scene: Scene) -> bool:
    """Whether a follow-up would run: the roll-out has reached the class."""
    return scene.is_on(contract.contract_class)


async def _decision(unit: Unit, scene: Scene, found: Aim) -> tuple[Followup, Mapping[str, Any]]:
    """The extension decision of the period, made, revived or woken; and what undoing would put back."""
    due_on = await _due_on(unit, scene, found)
    rows = (await unit.followups.of_contracts([found.contract.contract_id]))[found.contract.contract_id]
    kept = [
        row for row in rows if row.activity is Activity.EXTENSION_DECISION and row.period_key == found.watch.period_key
    ]
    if kept:
        before = kept[-1]
        woken = replace(
            before,
            state=FollowupState.PLANNED,
            due_on=due_on,
            closed_at=None,
            closed_reason=None,
            next_action_at=scene.now,
        )
        if before.is_open and before.state is not FollowupState.PLANNED:
            woken = replace(before, next_action_at=scene.now)
        return await unit.followups.save(woken), followup_before(before)
    made = _new_decision(found, scene, due_on)
    await unit.followups.add_all([made])
    return made, {"followup_id": made.followup_id, "state": None}


async def _due_on(unit: Unit, scene: Scene, found: Aim) -> date:
    """Twenty working days from now, but never after the day the notice should be on its way."""
    due_on = scene.calendar.add_working_days(scene.today, scene.rules.first_followup_working_days)
    watches = (await unit.watches.of_contracts([found.contract.contract_id]))[found.contract.contract_id]
    send_by = [one.on for one in watches if one.kind is WatchKind.SEND_BY and one.period_key == found.watch.period_key]
    return max(scene.today, min([due_on, *send_by]))


def _new_decision(found: Aim, scene: Scene, due_on: date) -> Followup:
    contract = found.contract
    rules = scene.rules.of_contract(contract)
    modules = next((rule.modules for rule in rules if rule.activity is Activity.EXTENSION_DECISION), ())
    return Followup(
        followup_id=FollowupId(str(uuid7())),
        contract_id=contract.contract_id,
        activity=Activity.EXTENSION_DECISION,
        period_key=found.watch.period_key,
        plan_version=contract.plan_version,
        due_on=due_on,
        state=FollowupState.PLANNED,
        contract_class=contract.contract_class,
        ruleset_number=scene.rules.number,
        modules=scene.rules.runnable(modules),
        template_versions={},
        next_action_at=scene.now,
    )


def _told(found: Aim, scene: Scene) -> tuple[Person, ...]:
    """Who will hear of it; nobody when the contract has neither owner nor manager."""
    if not (scene.roster.owner_of(found.contract) or scene.roster.manager_of(found.contract)):
        return ()
    is_legal = found.watch.kind is WatchKind.SEND_BY and date.fromisoformat(found.watch.period_key) >= scene.today
    return tuple(_once(found, scene, _ASKED_OF_LEGAL if is_legal else _ASKED).values())


def _once(found: Aim, scene: Scene, roles: Iterable[ContractRole]) -> dict[str, Person]:
    people = (person for role in roles for person in scene.roster.who(role, found.contract))
    return {person.mail: person for person in people}


def _notices(found: Aim, scene: Scene) -> list[Notice]:
    """A line about the date in the next digest of those asked; raised again it is told again."""
    return [
        new_notice(
            scene.tenant.tenant_id,
            kind=NoticeKind.WATCH_DATE,
            subject=subject_of(found.watch),
            occurrence=found.watch.period_key,
            step=f"raised:{found.watch.version}",
            role=None,
            recipient_mail=mail,
            not_before=scene.post.digest_moment(person, scene.now),
        )
        for mail, person in _once(found, scene, _ASKED).items()
    ]
