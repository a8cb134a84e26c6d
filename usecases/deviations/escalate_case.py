"""Somebody will not wait for a deadline: the case goes up a step now, or whoever decides on that step is asked."""

from dataclasses import replace
from typing import Final

from domain.deviation import LadderStep
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import ContractRole, Person
from domain.supplier_ladder import entry_step
from storage.unit_of_work import Unit
from usecases.parts.case import Case
from usecases.parts.case_changing import change_case
from usecases.parts.case_showing import CaseShown, allow, next_step
from usecases.parts.case_telling import step_notices
from usecases.parts.case_words import check_words
from usecases.parts.casework import case_event, keep_moved, take_step
from usecases.world import World

_SOMEBODY_ELSES: Final = frozenset(
    {"deviation.refused.only_owner", "deviation.refused.only_controller", "deviation.refused.skip_needs_controller"},
)
_ASKS: Final = frozenset({ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.OWNER, ContractRole.CONTROLLER})


async def escalate_case(world: World, tenant_id: TenantId, person: Person, reference: str, reason: str) -> CaseShown:
    """Take the step that is next or proposed, where the person decides on it; else propose it to whoever does.

    Refused without a reason, and to those with no part in the case but to have reported it.
    """
    check_words([reason])
    if not reason:
        raise Refused("case.refused.escalate_needs_reason")

    async def escalate(unit: Unit, case: Case) -> Case:
        step = max(next_step(case), entry_step(case.deviation.severity))
        try:
            allow(case, step, reason)
        except Refused as no:
            if no.text_key not in _SOMEBODY_ELSES or _ASKS.isdisjoint(case.parts):
                raise
            return await _propose(unit, case, person, step, reason)
        return await take_step(unit, case, person, step, reason)

    return await change_case(world, tenant_id, person, reference, escalate)


async def _propose(unit: Unit, case: Case, person: Person, step: LadderStep, reason: str) -> Case:
    proposed = replace(case.deviation, proposed_step=int(step))
    event = case_event(case, "deviation.escalated", person, {"step": int(step), "note": reason})
    kept = await keep_moved(unit, case, proposed, [event])
    is_at_once = kept.deviation.is_urgent
    notices = step_notices(unit, case, kept.deviation, "case.told.escalated", is_at_once=is_at_once)
    await unit.notices.add_all(list(notices), at=case.scene.now)
    return kept
