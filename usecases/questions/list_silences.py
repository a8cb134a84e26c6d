"""Where we ourselves have been silent: suppliers that have not been told, and rights that nobody has answered."""

from dataclasses import dataclass

from domain.contract import Contract
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.identifiers import TenantId
from domain.passivity import days_undecided, days_untold, passivity_moments
from domain.people import ContractRole, Person
from usecases.questions.asking import EVERYTHING, Answer, Inquiry, Narrowing, inquiry
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """One open case in which something is left unsaid or unanswered."""

    deviation: Deviation
    contract: Contract | None
    kind: DeviationType | None
    days_untold: int
    days_undecided: int
    tells: str
    """Names of whoever should tell the supplier; empty when they have been told."""
    answers: str
    """Names of whoever should answer the rights; empty when none waits."""
    is_past_limit: bool


async def list_silences(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
) -> Answer[Silence]:
    """The cases the person may see, the longest silence first."""
    async with inquiry(world, tenant_id, person) as asked:
        cases = await asked.unit.deviations.open()
        contracts = await asked.unit.contracts.by_ids({case.contract_id for case in cases if case.contract_id})
        found = []
        for case in cases:
            contract = contracts.get(case.contract_id) if case.contract_id else None
            silence = _silence(asked, case, contract)
            if silence and asked.may_see(case, contract) and narrow.keeps(contract):
                found.append(silence)
        return asked.answer(sorted(found, key=_weight))


def _silence(asked: Inquiry, case: Deviation, contract: Contract | None) -> Silence | None:
    scene, kind = asked.scene, asked.kind_of(case)
    untold, undecided = days_untold(case, kind, scene.today), days_undecided(case, scene.today)
    if not untold and not undecided:
        return None
    keeps = kind is not None and kind.only_controller_and_legal
    decider = ContractRole.CONTROLLER if keeps else ContractRole.OWNER
    contract_class = contract.contract_class if contract else None
    moments = passivity_moments(case, contract_class, scene.rules, scene.calendar, kind=kind)
    return Silence(
        deviation=case,
        contract=contract,
        kind=kind,
        days_untold=untold,
        days_undecided=undecided,
        tells=_names(asked, ContractRole.MANAGER, contract) if untold else "",
        answers=_names(asked, decider, contract) if undecided else "",
        is_past_limit=any(item.at <= scene.now for item in moments),
    )


def _names(asked: Inquiry, role: ContractRole, contract: Contract | None) -> str:
    return ", ".join(person.name for person in asked.scene.roster.who(role, contract))


def _weight(row: Silence) -> tuple[bool, int, str]:
    return not row.is_past_limit, -max(row.days_untold, row.days_undecided), row.deviation.number or ""
