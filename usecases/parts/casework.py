"""What the uses of a deviation share: who may see it, what is known of it, and what follows when it moves."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from domain.case_moves import stepped
from domain.deviation import Deviation, DeviationState, LadderStep
from domain.errors import Refused
from domain.people import ContractRole, Person
from domain.supplier_deadlines import next_deadline
from domain.twins import reporters
from storage.events import Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.case import Case
from usecases.parts.case_clocks import under_rights
from usecases.parts.case_telling import tell_of_move
from usecases.parts.policy import under_its_rules
from usecases.parts.scene import Scene
from usecases.parts.weighing import weigh

__all__ = ["Case", "as_seen", "case_event", "case_for", "keep_moved", "take_step"]


async def case_for(unit: Unit, scene: Scene, person: Person, reference: str) -> Case:
    """The case by id or number, for somebody who may see it; refused otherwise, in the same words as if it were not there."""
    found = await unit.deviations.get(reference) or await unit.deviations.by_number(reference)
    if found is None:
        raise _no_such_case(reference)
    if found.number is None and found.reported_by == person.mail:
        raise Refused("deviation.refused.not_registered")
    case = await as_seen(unit, scene, person, found)
    if not _may_see(case, person):
        raise _no_such_case(reference)
    return case


def _no_such_case(reference: str) -> Refused:
    # A press carries the row's id, which says nothing to anybody.
    if reference.upper().startswith("AVV-"):
        return Refused("deviation.refused.no_such_case", said=reference[:40])
    return Refused("deviation.refused.no_such_case_at_all")


async def as_seen(unit: Unit, scene: Scene, person: Person, deviation: Deviation) -> Case:
    """The deviation with its contract and the parts the person plays in it."""
    contract = await unit.contracts.get(deviation.contract_id) if deviation.contract_id else None
    parts = set(scene.roster.plays(person, contract)) if contract else set()
    if person.is_controller:
        parts.add(ContractRole.CONTROLLER)
    file = await unit.case_files.of(deviation.deviation_id)
    if person.mail in reporters(deviation, file):
        parts.add(ContractRole.REPORTER)
    policy = await under_its_rules(unit, scene, deviation)
    return Case(
        deviation=deviation,
        contract=contract,
        kind=policy.in_force.deviation_types.get(deviation.type or ""),
        parts=frozenset(parts),
        scene=policy,
        rights=await unit.contract_rights.of(contract.contract_id) if contract else (),
        file=file,
    )


def _may_see(case: Case, person: Person) -> bool:
    if case.deviation.state is DeviationState.DRAFT:
        return case.deviation.reported_by == person.mail
    if not case.parts and not person.roles:
        return False
    return case.kind is None or case.kind.may_be_seen_by(case.parts, person.roles)


async def keep_moved(unit: Unit, case: Case, moved: Deviation, events: Iterable[Event]) -> Case:
    """Store a case that has moved, with its new deadline, its events and a line to those who should hear. Somebody else commits."""
    scene = case.scene
    moved = under_rights(moved, case.rights, case.file.decisions, scene)
    deadline = next_deadline(
        moved,
        case.contract.contract_class if case.contract else None,
        scene.rules,
        scene.calendar,
        kind=case.kind,
    )
    changed = replace(case, deviation=moved)
    ahead = [item.at for item in changed.coming if item.at > scene.now]
    kept = await unit.deviations.save(
        replace(moved, deadline_on=deadline.on if deadline else None, next_action_at=min(ahead, default=None)),
    )
    logged = list(events)
    if kept.reopened_count > case.deviation.reopened_count and logged:
        last, again = logged[-1], {"count": kept.reopened_count}
        relapse = new_event(kind="deviation.relapse", subject=last.subject, actor=last.actor, at=last.at, details=again)
        logged.append(relapse)
    await unit.events.add_all(logged)
    if kept.state is not case.deviation.state:
        await tell_of_move(unit, case, kept, {event.actor for event in logged})
    return replace(changed, deviation=await weigh(unit, scene, kept, case.contract))


async def take_step(unit: Unit, case: Case, person: Person, step: LadderStep, note: str) -> Case:
    """Put the case on the step and keep it; whether it may go there has been asked before."""
    details = {"from": case.deviation.ladder_step, "to": int(step), "note": note}
    event = case_event(case, "deviation.step_moved", person, details)
    return await keep_moved(unit, case, stepped(case.deviation, int(step), case.scene.now), [event])


def case_event(case: Case, kind: str, actor: Person, details: Mapping[str, object]) -> Event:
    """An event about the case."""
    return new_event(
        kind=kind,
        subject=f"deviation:{case.deviation.deviation_id}",
        actor=actor.mail,
        at=case.scene.now,
        details=details,
    )
