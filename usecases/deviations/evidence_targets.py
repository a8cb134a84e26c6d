"""Which drafts and cases a photo may belong to, when its sender does not say."""

from domain.case_guards import DRAFT_LIFETIME
from domain.deviation import Deviation
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import Person
from storage.unit_of_work import Unit
from usecases.parts.casework import case_for
from usecases.parts.scene import Scene, read_scene
from usecases.world import World

_MOST = 5


async def evidence_targets(world: World, tenant_id: TenantId, person: Person) -> tuple[Deviation, ...]:
    """The person's own drafts, then open cases they have reported or are responsible for; newest first, at most five."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        drafts = await unit.deviations.drafts_of(person.mail, since=scene.now - DRAFT_LIFETIME)
        return (*reversed(drafts), *await _cases(unit, scene, person))[:_MOST]


async def _cases(unit: Unit, scene: Scene, person: Person) -> list[Deviation]:
    own = {contract.contract_id for contract in await unit.contracts.of_person(person.mail)}
    near = [case for case in await unit.deviations.open() if case.reported_by == person.mail or case.contract_id in own]
    found: list[Deviation] = []
    for case in sorted(near, key=lambda one: one.reported_at, reverse=True)[: 2 * _MOST]:
        try:
            found.append((await case_for(unit, scene, person, case.deviation_id)).deviation)
        except Refused:
            continue
    return found
