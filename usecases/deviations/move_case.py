"""A person moves a case on: to another state, or to another step of the supplier ladder."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from domain.case_guards import CaseFacts
from domain.case_moves import moved
from domain.deviation import DeviationState, LadderStep, Severity
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
        stepped = replace(before, ladder_step=int(step), proposed_step=None, step_entered_at=scene.now)
        details = {"from": before.ladder_step, "to": int(step), "note": note}
        event = case_event(case, "deviation.step_moved", person, details)
        case = await keep_moved(unit, case, stepped, [event])
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
    facts = case.facts(replace(given, actor_mail=person.mail))
    allowed(before, to, case.parts, facts)
    details = {"from": before.state.value, "to": to.value, "severity": before.severity, **_told(facts)}
    return await keep_moved(
        unit, case, moved(before, to, facts), [case_event(case, "deviation.moved", person, details)]
    )


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
