"""A remedy that did not help proposes the step above (t2 of domain.md 8.1); nobody is moved there by it."""

from dataclasses import replace

from domain.deviation import Deviation
from domain.supplier_ladder import triggered
from storage.unit_of_work import Unit
from usecases.parts.case import Case


async def stepped_up(unit: Unit, case: Case, failed: Deviation) -> tuple[Deviation, dict[str, object]]:
    """The case with the step its failed remedy proposes, and what to log of it; as it was where none is proposed."""
    contract, scene = case.contract, case.scene
    if case.kind is not None and case.kind.is_internal:
        return failed, {}
    others = await unit.deviations.of_contract(contract.contract_id) if contract else []
    contract_class = contract.contract_class if contract else None
    found = triggered(failed, others, contract_class, scene.rules, scene.today, remedy_failed=True)
    if found is None:
        return failed, {}
    return replace(failed, proposed_step=int(found.step)), {"step": int(found.step), "trigger": found.trigger.value}
