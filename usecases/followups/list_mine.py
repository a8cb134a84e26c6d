"""A person asks what waits for them."""

from domain.identifiers import TenantId
from domain.people import Person
from domain.urgency import among_equals, is_current, urgency
from storage.unit_of_work import Unit
from usecases.parts.acting import Subject
from usecases.parts.items import Item, is_waiting_for, item_of, waits_for
from usecases.parts.scene import Scene, read_scene
from usecases.world import World


async def list_mine(world: World, tenant_id: TenantId, person: Person) -> tuple[Item, ...]:
    """What is theirs to answer, most urgent first, and then what waits for them to approve it."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        to_answer = await _to_answer(unit, scene, person)
        return (*to_answer, *await _to_sign(unit, scene, person))


async def list_to_sign(world: World, tenant_id: TenantId, person: Person) -> tuple[Item, ...]:
    """What waits for this person to read and approve it, longest waiting first."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        return tuple(await _to_sign(unit, scene, person))


async def _to_answer(unit: Unit, scene: Scene, person: Person) -> list[Item]:
    rows = [row for row in await unit.followups.open_of_person(person.mail) if is_current(row, scene.today)]
    contracts = await unit.contracts.by_ids({row.contract_id for row in rows})
    subjects = [
        Subject(
            followup=row,
            contract=contracts[row.contract_id],
            parts=scene.roster.plays(person, contracts[row.contract_id]),
        )
        for row in sorted(rows, key=lambda row: urgency(row, scene.today, contracts[row.contract_id].contract_number))
    ]
    return [item_of(one, person, scene) for one in subjects if is_waiting_for(one, person, scene)]


async def _to_sign(unit: Unit, scene: Scene, person: Person) -> list[Item]:
    rows = await unit.followups.awaiting_sign_off()
    contracts = await unit.contracts.by_ids({row.contract_id for row in rows})
    rows.sort(key=lambda row: (row.due_on, *among_equals(row, contracts[row.contract_id].contract_number)))
    found = []
    for row in rows:
        contract = contracts[row.contract_id]
        if waits_for(row, contract, person, scene):
            parts = scene.roster.plays(person, contract)
            found.append(item_of(Subject(followup=row, contract=contract, parts=parts), person, scene))
    return found
