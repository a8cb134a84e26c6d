"""A case as one person sees it, put together for the cards."""

from cards.deviation_views import CaseView, HistoryLine
from dialogs.turn import Turn
from domain.contract_right import NEEDS_DECISION
from domain.deviation import LadderStep
from domain.deviation_types import DeviationType
from domain.passivity import is_grave_enough, needs_answers
from domain.people import ContractRole
from domain.supplier_ladder import decider_of
from usecases.parts.case_showing import CaseShown


def case_view(turn: Turn, shown: CaseShown, *, is_future_open: bool = False) -> CaseView:
    """Everything the cards of a case are drawn from."""
    case = shown.case
    scene, deviation = case.scene, case.deviation
    people = scene.roster.people
    reporter = people.get(deviation.reported_by)
    decider = _decider(shown)
    return CaseView(
        deviation=deviation,
        contract=case.contract,
        kind=case.kind,
        today=turn.today,
        moves=shown.moves,
        may_move_step=shown.may_move_step,
        # What has been told already does not come again; what is left of today is shown whatever the hour.
        coming=tuple(item for item in case.coming if item.on >= turn.today),
        is_all_told=any(item.on < turn.today for item in case.coming),
        decider=decider,
        is_decider=decider in case.parts,
        names=_names(shown),
        reporter_name=reporter.name if reporter else None,
        is_future_open=is_future_open,
        history=tuple(
            HistoryLine(
                kind=event.kind,
                at=scene.post.local(event.at),
                actor_name=people[event.actor].name if event.actor in people else None,
                details=event.details,
            )
            for event in shown.history
        ),
        file=case.file,
        undecided_count=len(case.undecided) if needs_answers(deviation, case.kind) else 0,
        lacks_rights=needs_answers(deviation, case.kind) and not any(one.kind in NEEDS_DECISION for one in case.rights),
        drafts_complaint=case.contract is not None and is_grave_enough(deviation, scene.rules),
        types=_types(shown),
    )


def _types(shown: CaseShown) -> tuple[DeviationType, ...]:
    """The types whoever assesses it may choose among; those kept from owner and manager are the controller's to choose."""
    parts, kinds = shown.case.parts, shown.case.scene.in_force.deviation_types.values()
    is_controller = ContractRole.CONTROLLER in parts
    return tuple(kind for kind in kinds if is_controller or not kind.only_controller_and_legal)


def _decider(shown: CaseShown) -> ContractRole | None:
    case = shown.case
    if case.deviation.proposed_step is None:
        return None
    step = LadderStep(min(case.deviation.proposed_step, int(LadderStep.RESCISSION)))
    return decider_of(step, case.deviation.severity, case.scene.rules, case.kind)


def _names(shown: CaseShown) -> dict[ContractRole, str]:
    case = shown.case
    if case.contract is None:
        return {}
    roles = (ContractRole.MANAGER, ContractRole.OWNER, ContractRole.CONTROLLER)
    found = {role: case.scene.roster.who(role, case.contract) for role in roles}
    return {role: ", ".join(person.name for person in people) for role, people in found.items() if people}
