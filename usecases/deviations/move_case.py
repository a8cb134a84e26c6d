"""A person moves a case on: to another state, or to another step of the supplier ladder."""

from dataclasses import replace
from datetime import date
from typing import Final

from domain.case_guards import CaseFacts
from domain.case_moves import is_failed_remedy, moved
from domain.deviation import Deviation, DeviationState, LadderStep
from domain.deviation_case import allowed, route
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import ContractRole, Person
from storage.unit_of_work import Unit
from usecases.parts.case import Case
from usecases.parts.case_changing import change_case
from usecases.parts.case_showing import CaseShown, allow, as_shown
from usecases.parts.case_words import check_facts, check_words
from usecases.parts.casework import case_event, case_for, keep_moved, take_step
from usecases.parts.dividing import take_out
from usecases.parts.remedies import stepped_up
from usecases.parts.scene import read_scene
from usecases.world import World

_TOLD: Final = frozenset(
    {
        "reason",
        "requirement",
        "agreed",
        "consequence",
        "requested_action",
        "is_paid",
        "invoice_number",
        "was_supplier_told",
        "told_on",
        "told_how",
        "told_whom",
        "answer_due_on",
        "promised_on",
        "registry_number",
        "supplier_message",
        "how_verified",
        "objection",
        "decision_reference",
        "hold_until",
    },
)
"""What the mover said, as against what the rules and the roster know."""


async def show_case(world: World, tenant_id: TenantId, person: Person, reference: str) -> CaseShown:
    """The case by id or number; refused for those who may not see it."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        return await as_shown(unit, await case_for(unit, scene, person, reference))


async def move_case(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    to: DeviationState,
    given: CaseFacts,
) -> CaseShown:
    """Move the case to a state; refused with what is missing. Moving it to where it stands already changes nothing."""
    check_facts(given)

    async def move(unit: Unit, case: Case) -> Case:
        if case.deviation.state is to:
            return case
        for target in route(case.deviation.state, to) or (to,):
            said = given if target is to else _on_the_way(given)
            case = await _move(unit, case, person, target, said)
        return case

    return await change_case(world, tenant_id, person, reference, move)


async def move_step(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    step: LadderStep,
    note: str,
) -> CaseShown:
    """Move the case to a step of the supplier ladder; refused with the reason when the rules say no."""
    check_words([note])

    async def step_up(unit: Unit, case: Case) -> Case:
        allow(case, step, note)
        return await take_step(unit, case, person, step, note)

    return await change_case(world, tenant_id, person, reference, step_up)


async def _move(unit: Unit, case: Case, person: Person, to: DeviationState, given: CaseFacts) -> Case:
    before = case.deviation
    if before.state is DeviationState.MERGED:
        return await take_out(unit, case, person, given.reason or "")
    if before.state is DeviationState.REGISTERED:
        before = _weighed(case, given)
        case = replace(case, kind=case.scene.in_force.deviation_types.get(before.type or ""))
    facts = case.facts(replace(given, actor_mail=person.mail))
    allowed(before, to, case.parts, facts)
    after = moved(before, to, facts)
    details = {"from": before.state.value, "to": to.value, "severity": before.severity, **_told(facts)}
    events = [case_event(case, "deviation.moved", person, details)]
    if is_failed_remedy(before.state, to):
        after, proposed = await stepped_up(unit, case, after)
        events += [case_event(case, "deviation.step_proposed", person, proposed)] if proposed else []
    return await keep_moved(unit, case, after, events)


def _weighed(case: Case, given: CaseFacts) -> Deviation:
    """The case as whoever assesses it weighs it. Only the controller makes it one that owner and manager may not see."""
    deviation = case.deviation
    kind = case.scene.in_force.deviation_types.get(given.type_code or "")
    if kind is not None and kind.only_controller_and_legal and ContractRole.CONTROLLER not in case.parts:
        raise Refused("deviation.refused.only_controller", number=deviation.number or "")
    return replace(
        deviation,
        severity=given.severity or deviation.severity,
        type=kind.code if kind else deviation.type,
    )


def _on_the_way(given: CaseFacts) -> CaseFacts:
    """What was said of a move that another led by way of: how the case is weighed, and nothing of what came after."""
    return CaseFacts(
        now=given.now,
        severity=given.severity,
        type_code=given.type_code,
        requirement=given.requirement,
        agreed=given.agreed,
        consequence=given.consequence,
    )


def _told(facts: CaseFacts) -> dict[str, object]:
    """What the mover said, for the log: dates as ISO, empty parts left out."""
    said = {name: getattr(facts, name) for name in sorted(_TOLD) if getattr(facts, name) is not None}
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in said.items() if value != ""
    }


def step_from(text: str) -> LadderStep:
    """The step with this number; refused when there is none."""
    if not text.isdigit() or int(text) not in set(LadderStep):
        raise Refused("deviation.refused.no_such_step", said=text[:20])
    return LadderStep(int(text))
