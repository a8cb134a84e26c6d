"""Which open case somebody may mean when they tell of one without its number."""

from dataclasses import dataclass
from typing import Final

from domain.contract import Contract
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.identifiers import TenantId
from domain.people import ContractRole, Person
from usecases.parts.scene import Scene, read_scene
from usecases.world import World

_MANAGES: Final = frozenset({ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.OWNER})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCase:
    """An open case that is the person's to move."""

    deviation: Deviation
    contract: Contract | None
    kind: DeviationType | None


async def own_cases(world: World, tenant_id: TenantId, person: Person) -> tuple[OwnCase, ...]:
    """The open cases on contracts the person manages, stands in for or owns, and those they reported; newest first.

    Cases that are kept from somebody are not among theirs.
    """
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        found = await unit.deviations.open()
        contracts = await unit.contracts.by_ids({row.contract_id for row in found if row.contract_id})
        cases = [_own(row, contracts.get(row.contract_id) if row.contract_id else None, scene, person) for row in found]
    own = [case for case in cases if case is not None]
    return tuple(sorted(own, key=lambda case: case.deviation.reported_at, reverse=True))


def _own(deviation: Deviation, contract: Contract | None, scene: Scene, person: Person) -> OwnCase | None:
    parts = set(scene.roster.plays(person, contract)) if contract else set()
    is_reporter = deviation.reported_by == person.mail
    if is_reporter:
        parts.add(ContractRole.REPORTER)
    kind = scene.in_force.deviation_types.get(deviation.type or "")
    if not (is_reporter or parts & _MANAGES) or (kind and not kind.may_be_seen_by(parts, person.roles)):
        return None
    return OwnCase(deviation=deviation, contract=contract, kind=kind)
