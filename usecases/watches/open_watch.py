"""Look at one watched date, or find those that wait for somebody's answer."""

from domain.contract import ContractState
from domain.identifiers import TenantId
from domain.people import Person
from domain.watch import WatchKind, WatchState
from usecases.parts.scene import read_scene
from usecases.watches.seeing import NEEDS_DECISION, SeenWatch, aim, seen
from usecases.world import World

_ANSWERABLE = NEEDS_DECISION | {WatchState.OPEN}


async def open_watch(world: World, tenant_id: TenantId, person: Person, watch_id: str) -> SeenWatch:
    """The date as it stands now; refused when it is not the person's to see."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        found = await aim(unit, scene, person, watch_id)
        return seen(found.watch, found.contract, scene)


async def alarming_watches(world: World, tenant_id: TenantId, person: Person) -> list[SeenWatch]:
    """Legal dates of the person's own contracts that have begun to alarm and nobody has answered, soonest first."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        contracts = {row.contract_id: row for row in await unit.contracts.of_person(person.mail)}
        watches = await unit.watches.open_of(list(contracts), WatchKind.SEND_BY)
        return [seen(one, contracts[one.contract_id], scene) for one in watches if one.last_step is not None]


async def answerable_watches(
    world: World,
    tenant_id: TenantId,
    person: Person,
    contract_number: str,
) -> list[SeenWatch]:
    """What *redan gjort* may be about on a contract: its legal dates first, then what needs a decision, by date.

    Empty when the number is nobody's, or belongs to a contract the person has no part in.
    """
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        contract = await unit.contracts.by_number(contract_number)
        if contract is None or not scene.roster.plays(person, contract):
            return []
        if contract.state_on(scene.today) is ContractState.CLOSED:
            return []
        watches = (await unit.watches.of_contracts([contract.contract_id]))[contract.contract_id]
        live = [one for one in watches if one.state in _ANSWERABLE and _asks_for_an_answer(one.kind, one.state)]
        live.sort(key=lambda one: (one.kind is not WatchKind.SEND_BY, one.on))
        return [seen(one, contract, scene) for one in live]


def _asks_for_an_answer(kind: WatchKind, state: WatchState) -> bool:
    """Other dates than legal ones are told once and ask for nothing, unless they wait for a decision."""
    return kind is WatchKind.SEND_BY or state in NEEDS_DECISION
