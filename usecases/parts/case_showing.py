"""A case as it is shown: with its history, and what the person looking at it may do."""

from dataclasses import dataclass

from domain.case_guards import CaseFacts
from domain.deviation import DeviationState, LadderStep
from domain.deviation_case import moves_for
from domain.errors import Refused
from domain.supplier_ladder import allow_step
from storage.events import Event
from storage.unit_of_work import Unit
from usecases.parts.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShown:
    """A case with its history and the moves the person looking at it may make."""

    case: Case
    moves: tuple[DeviationState, ...]
    may_move_step: bool
    history: tuple[Event, ...]


async def as_shown(unit: Unit, case: Case) -> CaseShown:
    """The case with everything its cards are drawn from."""
    return CaseShown(
        case=case,
        moves=moves_for(case.deviation, case.parts, case.facts(CaseFacts(now=case.scene.now))),
        may_move_step=may_take(case, next_step(case)),
        history=tuple(await unit.events.about(f"deviation:{case.deviation.deviation_id}")),
    )


def next_step(case: Case) -> LadderStep:
    """The step that is proposed, else the next one up."""
    here = case.deviation.ladder_step
    proposed = case.deviation.proposed_step
    to = here + 1 if proposed is None else max(proposed, here + 1)
    return LadderStep(min(to, int(LadderStep.RESCISSION)))


def may_take(case: Case, step: LadderStep) -> bool:
    """Whether the person may move the case to the step."""
    try:
        allow(case, step, "?")
    except Refused:
        return False
    return True


def allow(case: Case, step: LadderStep, note: str) -> None:
    """Refuses the step with the reason when the rules say no."""
    contract, roster = case.contract, case.scene.roster
    has_owner = contract is not None and roster.owner_of(contract) is not None
    allow_step(case.deviation, step, case.parts, case.scene.rules, note=note, kind=case.kind, has_owner=has_owner)
