"""At the limit of the passivity clock a complaint is drafted, so that only reading and sending is left to do."""

from collections.abc import Iterable

from domain.case_file import LetterKind
from domain.deviation import Deviation
from storage.events import CLOCK
from storage.unit_of_work import Unit
from usecases.parts.case import Case
from usecases.parts.drafting_letters import draft_letter
from usecases.parts.policy import under_its_rules
from usecases.parts.scene import Scene


async def draft_complaints(unit: Unit, scene: Scene, silent: Iterable[Deviation]) -> None:
    """Draft a complaint in each of the cases, unless one lies there already or has been sent. Somebody else commits."""
    for deviation in silent:
        case = await _case(unit, scene, deviation)
        if case.contract is None or any(letter.kind is LetterKind.COMPLAINT for letter in case.file.letters):
            continue
        await draft_letter(unit, scene, case, LetterKind.COMPLAINT, drafted_by=CLOCK)


async def _case(unit: Unit, scene: Scene, deviation: Deviation) -> Case:
    """The case as the clock sees it: with nobody's part in it."""
    contract = await unit.contracts.get(deviation.contract_id) if deviation.contract_id else None
    policy = await under_its_rules(unit, scene, deviation)
    return Case(
        deviation=deviation,
        contract=contract,
        kind=policy.in_force.deviation_types.get(deviation.type or ""),
        parts=frozenset(),
        scene=policy,
        rights=await unit.contract_rights.of(contract.contract_id) if contract else (),
        file=await unit.case_files.of(deviation.deviation_id),
    )
