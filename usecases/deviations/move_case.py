"""A person moves a case on: to another state, or to another step of the supplier ladder."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from domain.case_guards import CaseFacts
from domain.deviation import Deviation, DeviationState, LadderStep, Severity
from domain.deviation_case import allowed, moves_for, route
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import Person
from domain.supplier_ladder import allow_step
from storage.events import Event
from storage.unit_of_work import Unit
from usecases.parts.casework import Case, case_event, case_for, keep_moved
from usecases.parts.scene import read_scene
from usecases.world import World

_STEP_OF = {
    DeviationState.COMMUNICATED: LadderStep.DIALOGUE,
    DeviationState.COMPLAINT_SENT: LadderStep.COMPLAINT,
    DeviationState.PLAN_REQUESTED: LadderStep.ACTION_PLAN,
    DeviationState.SANCTION_PENDING: LadderStep.SANCTION,
}
"""The step a person has taken by moving a case to a state."""
_NOT_TOLD = frozenset({"now", "actor_mail"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShown:
    """A case with its history and the moves the person looking at it may make."""

    case: Case
    moves: tuple[DeviationState, ...]
    may_move_step: bool
    history: tuple[Event, ...]


async def show_case(world: World, tenant_id: TenantId, person: Person, reference: str) -> CaseShown:
    """The case by id or number; refused for those who may not see it."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        return await _shown(unit, await case_for(unit, scene, person, reference))


async def move_case(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    to: DeviationState,
    given: CaseFacts,
    *,
    severity: Severity | None = None,
) -> CaseShown:
    """Move the case to a state; refused with what is missing. Moving it to where it stands already changes nothing."""
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        case = await case_for(unit, scene, person, reference)
        if case.deviation.state is to:
            return await _shown(unit, case)
        for target in route(case.deviation.state, to) or (to,):
            case = await _move(unit, case, person, target, given, severity)
        shown = await _shown(unit, case)
        await unit.commit()
    return shown


async def move_step(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    step: LadderStep,
    note: str,
) -> CaseShown:
    """Move the case to a step of the supplier ladder; refused with the reason when the rules say no."""
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        case = await case_for(unit, scene, person, reference)
        before = case.deviation
        has_owner = case.contract is not None and scene.roster.owner_of(case.contract) is not None
        allow_step(before, step, case.parts, scene.rules, note=note, kind=case.kind, has_owner=has_owner)
        moved = replace(before, ladder_step=int(step), proposed_step=None, step_entered_at=scene.now)
        details = {"from": before.ladder_step, "to": int(step), "note": note}
        event = case_event(case, "deviation.step_moved", person, details)
        case = await keep_moved(unit, case, moved, [event])
        shown = await _shown(unit, case)
        await unit.commit()
    return shown


async def _move(
    unit: Unit,
    case: Case,
    person: Person,
    to: DeviationState,
    given: CaseFacts,
    severity: Severity | None,
) -> Case:
    before = case.deviation
    if severity is not None and before.state is DeviationState.REGISTERED:
        before = replace(before, severity=severity)
    facts = case.facts(await _with_history(unit, case, replace(given, actor_mail=person.mail)))
    allowed(before, to, case.parts, facts)
    moved = _moved(before, to, facts, case.scene.now)
    details = {"from": before.state.value, "to": to.value, "severity": before.severity, **_told(facts)}
    return await keep_moved(unit, case, moved, [case_event(case, "deviation.moved", person, details)])


def _moved(before: Deviation, to: DeviationState, facts: CaseFacts, now: datetime) -> Deviation:
    taken = int(_STEP_OF.get(to, before.ladder_step))
    step = max(before.ladder_step, taken)
    is_settled = before.proposed_step is not None and step >= before.proposed_step
    tells_supplier = to in {DeviationState.COMMUNICATED, DeviationState.COMPLAINT_SENT}
    return replace(
        before,
        state=to,
        state_entered_at=now,
        ladder_step=step,
        step_entered_at=now if step != before.ladder_step else before.step_entered_at,
        proposed_step=None if is_settled or to is DeviationState.CLOSED else before.proposed_step,
        supplier_notified_at=before.supplier_notified_at or (now if tells_supplier else None),
        deadline_on=facts.hold_until if to is DeviationState.ON_HOLD else before.deadline_on,
        closed_reason=facts.reason if to in {DeviationState.CLOSED, DeviationState.DISMISSED} else before.closed_reason,
    )


async def _with_history(unit: Unit, case: Case, facts: CaseFacts) -> CaseFacts:
    """What the log knows: from where a case was put on hold, and when it was closed."""
    moves = [event for event in await _history(unit, case) if event.kind == "deviation.moved"]
    if not moves:
        return facts
    last = moves[-1]
    if case.deviation.state is DeviationState.ON_HOLD:
        return replace(facts, held_from=DeviationState(last.details["from"]))
    return replace(facts, closed_at=last.at) if case.deviation.state is DeviationState.CLOSED else facts


def _told(facts: CaseFacts) -> dict[str, object]:
    """What the mover said, for the log: dates as ISO, empty parts left out."""
    said = {name: value for name, value in asdict(facts).items() if value and name not in _NOT_TOLD}
    return {
        name: value.isoformat() if isinstance(value, date) else value if isinstance(value, str | int) else str(value)
        for name, value in said.items()
    }


async def _history(unit: Unit, case: Case) -> list[Event]:
    return await unit.events.about(f"deviation:{case.deviation.deviation_id}")


async def _shown(unit: Unit, case: Case) -> CaseShown:
    facts = case.facts(CaseFacts(now=case.scene.now))
    return CaseShown(
        case=case,
        moves=moves_for(case.deviation, case.parts, facts),
        may_move_step=_may_move_step(case),
        history=tuple(await _history(unit, case)),
    )


def _may_move_step(case: Case) -> bool:
    """Whether the person may take the step that is next or proposed."""
    here = case.deviation.ladder_step
    to = case.deviation.proposed_step if case.deviation.proposed_step is not None else here + 1
    has_owner = case.contract is not None and case.scene.roster.owner_of(case.contract) is not None
    try:
        allow_step(
            case.deviation,
            LadderStep(min(max(to, here + 1), int(LadderStep.RESCISSION))),
            case.parts,
            case.scene.rules,
            note="?",
            kind=case.kind,
            has_owner=has_owner,
        )
    except Refused:
        return False
    return True


def step_from(text: str) -> LadderStep:
    """The step with this number; refused when there is none."""
    if not text.isdigit() or int(text) not in set(LadderStep):
        raise Refused("deviation.refused.no_such_step", said=text[:20])
    return LadderStep(int(text))
