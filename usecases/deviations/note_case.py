"""Something is learnt of a case that moves it nowhere: another talk with the supplier, a promised day, a paid invoice."""

from dataclasses import replace
from typing import Any, Final

from domain.case_guards import CaseFacts
from domain.deviation import Deviation
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import ContractRole, Person
from storage.unit_of_work import Unit
from usecases.parts.case import Case
from usecases.parts.case_changing import change_case
from usecases.parts.case_showing import CaseShown
from usecases.parts.case_words import check_facts
from usecases.parts.casework import case_event, keep_moved
from usecases.world import World

_MANAGES: Final = frozenset({ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.OWNER, ContractRole.CONTROLLER})


async def note_case(world: World, tenant_id: TenantId, person: Person, reference: str, given: CaseFacts) -> CaseShown:
    """Keep a talk, a promised day, or whether the invoice is paid; refused for an ended case and those without a part."""
    check_facts(given)

    async def note(unit: Unit, case: Case) -> Case:
        _refuse(case, given)
        noted, said = _noted(case.deviation, given)
        if not said:
            return case
        kind = "deviation.dialogue" if given.told_on or given.promised_on else "deviation.noted"
        return await keep_moved(unit, case, noted, [case_event(case, kind, person, said)])

    return await change_case(world, tenant_id, person, reference, note)


def _refuse(case: Case, given: CaseFacts) -> None:
    number = case.deviation.number or ""
    if not case.deviation.is_open:
        raise Refused("case.refused.ended", number=number)
    if _MANAGES.isdisjoint(case.parts) and not (given.is_paid is not None and ContractRole.REPORTER in case.parts):
        raise Refused("deviation.refused.only_manager", number=number)
    if given.promised_on is not None and given.promised_on < case.scene.today:
        raise Refused("case.refused.promise_has_passed")


def _noted(deviation: Deviation, given: CaseFacts) -> tuple[Deviation, dict[str, object]]:
    """The case with what was said, and what of it was new, for the log."""
    kept = {
        "is_paid": given.is_paid,
        "invoice_number": given.invoice_number,
        "promised_on": given.promised_on,
        "supplier_told_how": given.told_how,
        "supplier_told_whom": given.told_whom,
    }
    changes: dict[str, Any] = {name: value for name, value in kept.items() if value is not None}
    said: dict[str, object] = {
        "told_on": given.told_on.isoformat() if given.told_on else None,
        "told_how": given.told_how,
        "told_whom": given.told_whom,
        "promised_on": given.promised_on.isoformat() if given.promised_on else None,
        "is_paid": given.is_paid,
        "invoice_number": given.invoice_number,
        "note": given.reason,
    }
    return replace(deviation, **changes), {name: value for name, value in said.items() if value is not None}
