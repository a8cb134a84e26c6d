"""The supplier's action plan is written down, approved, said to be done, and checked by somebody of ours."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from uuid6 import uuid7

from domain.action_plan import (
    MOST_ACTIONS,
    all_held,
    allow_writing,
    approved,
    checked,
    done,
    is_approved,
    last_day,
    may_write,
    numbered,
    parts_to_approve,
)
from domain.case_file import ActionVerdict, PlanAction
from domain.case_guards import CaseFacts
from domain.case_moves import moved
from domain.deviation import Deviation, DeviationState
from domain.deviation_case import allowed
from domain.errors import Refused
from domain.identifiers import ActionId, TenantId
from domain.people import ContractRole, Person
from storage.unit_of_work import Unit
from usecases.parts.case import Case
from usecases.parts.case_changing import Change, change_case
from usecases.parts.case_showing import CaseShown, as_shown
from usecases.parts.case_telling import step_notices
from usecases.parts.case_words import check_words
from usecases.parts.casework import case_event, case_for, keep_moved
from usecases.parts.remedies import stepped_up
from usecases.parts.scene import read_scene
from usecases.world import World

_S = DeviationState
_MANAGES: Final = frozenset({ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.OWNER, ContractRole.CONTROLLER})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """An action as somebody has written it down."""

    text: str
    responsible: str
    due_on: date
    check: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A case's plan, and what the person looking at it may do with it."""

    shown: CaseShown
    may_write: bool
    may_approve: bool
    may_check: bool

    @property
    def actions(self) -> tuple[PlanAction, ...]:
        return self.shown.case.file.actions


async def show_plan(world: World, tenant_id: TenantId, person: Person, reference: str) -> Plan:
    """The plan of a case the person may see."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        return _plan(await as_shown(unit, await case_for(unit, scene, person, reference)))


async def add_action(world: World, tenant_id: TenantId, person: Person, reference: str, new: NewAction) -> Plan:
    """Write down one action of the plan."""
    check_words([new.text, new.responsible, new.check])

    async def add(unit: Unit, case: Case) -> Case:
        allow_writing(case.deviation, case.parts)
        actions = case.file.actions
        if len(actions) >= MOST_ACTIONS:
            raise Refused("case.refused.plan_is_full", most=MOST_ACTIONS)
        action = PlanAction(
            action_id=ActionId(str(uuid7())),
            deviation_id=case.deviation.deviation_id,
            position=max((one.position for one in actions), default=0) + 1,
            text=new.text,
            responsible=new.responsible,
            due_on=new.due_on,
            check=new.check,
        )
        await unit.case_files.add_actions([action])
        # Whoever has approved a shorter plan has not approved this one.
        afresh = replace(case.deviation, plan_manager_mail=None, plan_owner_mail=None)
        case = _with(case, (*actions, action))
        return await _keep(unit, case, person, afresh, "deviation.action_added", action)

    return await _changed(world, tenant_id, person, reference, add)


async def remove_action(world: World, tenant_id: TenantId, person: Person, reference: str, number: int) -> Plan:
    """Take an action out of a plan that has not been approved."""

    async def remove(unit: Unit, case: Case) -> Case:
        allow_writing(case.deviation, case.parts)
        action = numbered(case.file.actions, number)
        await unit.case_files.remove_action(action)
        afresh = replace(case.deviation, plan_manager_mail=None, plan_owner_mail=None)
        case = _with(case, tuple(one for one in case.file.actions if one is not action))
        return await _keep(unit, case, person, afresh, "deviation.action_removed", action)

    return await _changed(world, tenant_id, person, reference, remove)


async def approve_plan(world: World, tenant_id: TenantId, person: Person, reference: str) -> Plan:
    """Approve the plan for the part or parts the person plays; with both, the case moves to *åtgärdsplan godkänd*."""

    async def approve(unit: Unit, case: Case) -> Case:
        if is_approved(case.deviation):
            return case
        facts = case.facts(CaseFacts(now=case.scene.now, actor_mail=person.mail))
        mine = _mine(case, facts)
        if not mine:
            is_twice = person.mail in facts.plan_approver_mails
            raise Refused("case.refused.plan_waits_for_the_other" if is_twice else "case.refused.only_plan_approvers")
        if not case.file.actions:
            raise Refused("deviation.refused.needs_plan")
        if case.deviation.state is not _S.PLAN_REQUESTED:
            raise Refused("case.refused.plan_not_requested", number=case.deviation.number or "")
        signed = approved(case.deviation, person.mail, mine)
        said = {"for": [part.value for part in mine], "actions": len(case.file.actions)}
        event = case_event(case, "deviation.plan_approved", person, said)
        case = await keep_moved(unit, case, signed, [event])
        return await _begin(unit, case, person) if is_approved(signed) else case

    return await _changed(world, tenant_id, person, reference, approve)


async def report_action_done(
    world: World, tenant_id: TenantId, person: Person, reference: str, number: int, on: date
) -> Plan:
    """The supplier says that an action is done."""

    async def report(unit: Unit, case: Case) -> Case:
        action = _of_running_plan(case, number)
        if on > case.scene.today:
            raise Refused("case.refused.done_in_the_future")
        changed = done(action, on)
        return await _keep_action(unit, case, person, changed, "deviation.action_done")

    return await _changed(world, tenant_id, person, reference, report)


async def check_action(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    number: int,
    verdict: ActionVerdict,
    note: str,
) -> Plan:
    """Somebody of ours has checked an action. One that did not hold is a failed remedy: the step above is proposed."""
    check_words([note])

    async def check(unit: Unit, case: Case) -> Case:
        changed = checked(_of_running_plan(case, number), verdict, person.mail, case.scene.now, note)
        case = await _keep_action(unit, case, person, changed, f"deviation.action_{verdict.value}")
        return await _failed(unit, case, person, note) if verdict is ActionVerdict.FAILED else case

    return await _changed(world, tenant_id, person, reference, check)


async def _changed(world: World, tenant_id: TenantId, person: Person, reference: str, change: Change) -> Plan:
    return _plan(await change_case(world, tenant_id, person, reference, change))


def _plan(shown: CaseShown) -> Plan:
    case, deviation = shown.case, shown.case.deviation
    facts = case.facts(CaseFacts(now=case.scene.now))
    is_running = is_approved(deviation) and deviation.is_open
    return Plan(
        shown=shown,
        may_write=may_write(deviation, case.parts),
        may_approve=deviation.state is _S.PLAN_REQUESTED and bool(case.file.actions) and bool(_mine(case, facts)),
        may_check=is_running and not all_held(case.file.actions) and not _MANAGES.isdisjoint(case.parts),
    )


def _mine(case: Case, facts: CaseFacts) -> tuple[ContractRole, ...]:
    return parts_to_approve(
        case.deviation,
        case.parts,
        has_manager=facts.has_manager,
        has_owner=facts.has_owner,
        only_controller=facts.only_controller,
    )


def _of_running_plan(case: Case, number: int) -> PlanAction:
    if _MANAGES.isdisjoint(case.parts):
        raise Refused("deviation.refused.only_manager", number=case.deviation.number or "")
    if not is_approved(case.deviation) or not case.deviation.is_open:
        raise Refused("case.refused.plan_is_not_running")
    return numbered(case.file.actions, number)


async def _begin(unit: Unit, case: Case, person: Person) -> Case:
    """Both have approved: the case moves, and the plan's last day is what the supplier has promised."""
    facts = case.facts(CaseFacts(now=case.scene.now, actor_mail=person.mail, promised_on=last_day(case.file.actions)))
    before = case.deviation
    allowed(before, _S.PLAN_APPROVED, case.parts, facts)
    event = case_event(case, "deviation.moved", person, {"from": before.state.value, "to": _S.PLAN_APPROVED.value})
    return await keep_moved(unit, case, moved(before, _S.PLAN_APPROVED, facts), [event])


async def _failed(unit: Unit, case: Case, person: Person, note: str) -> Case:
    """What did not hold goes back to be mended, whatever state the case had come to; the step above is proposed (t2)."""
    facts = case.facts(CaseFacts(now=case.scene.now, actor_mail=person.mail, reason=note))
    before = case.deviation
    back = before if before.state is _S.IN_REMEDY else moved(before, _S.IN_REMEDY, facts)
    back = replace(back, failed_remedies=before.failed_remedies + 1)
    back, proposed = await stepped_up(unit, case, back)
    details = {"from": before.state.value, "to": _S.IN_REMEDY.value, "reason": note}
    events = [case_event(case, "deviation.moved", person, details)]
    events += [case_event(case, "deviation.step_proposed", person, proposed)] if proposed else []
    kept = await keep_moved(unit, case, back, events)
    if proposed:
        # Where the case stays in the same state nobody has been told by its move.
        notices = step_notices(unit, case, kept.deviation, "deviation.why.remedy_failed")
        await unit.notices.add_all(list(notices), at=case.scene.now)
    return kept


def _with(case: Case, actions: tuple[PlanAction, ...]) -> Case:
    return replace(case, file=replace(case.file, actions=actions))


async def _keep_action(unit: Unit, case: Case, person: Person, changed: PlanAction, kind: str) -> Case:
    await unit.case_files.save_action(changed)
    actions = tuple(changed if one.action_id == changed.action_id else one for one in case.file.actions)
    return await _keep(unit, _with(case, actions), person, case.deviation, kind, changed)


async def _keep(unit: Unit, case: Case, person: Person, kept: Deviation, kind: str, action: PlanAction) -> Case:
    said = {
        "action": action.text,
        "responsible": action.responsible,
        "due_on": action.due_on.isoformat(),
        "done_on": action.done_on.isoformat() if action.done_on else None,
        "note": action.check_note,
    }
    event = case_event(case, kind, person, {name: value for name, value in said.items() if value})
    return await keep_moved(unit, case, kept, [event])
