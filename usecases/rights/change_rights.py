"""A contract's rights, shown and changed by those who answer for the contract."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.contract import Contract
from domain.contract_right import TIME_LIMITS, ContractRight, RightKind
from domain.errors import Refused
from domain.identifiers import ContractId, TenantId
from domain.people import ContractRole, Person
from domain.privacy import personal_findings
from domain.register.plain import as_plain
from domain.register.rights import field_of
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.parts.retrying import once_more
from usecases.parts.righting import renew_cases
from usecases.parts.scene import Scene, read_scene
from usecases.world import World

_CHANGE: Final = frozenset(
    {ContractRole.OWNER, ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.CONTROLLER},
)
_MOST_WORDS: Final = 300
_MOST_DAYS: Final = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsShown:
    """What a contract gives a right to, for one person."""

    contract: Contract
    rights: tuple[ContractRight, ...]
    may_change: bool
    as_of: datetime
    """Local time."""
    changed: tuple[RightKind, ...] = ()
    """What has just been added, changed or taken away."""


async def show_rights(world: World, tenant_id: TenantId, person: Person, reference: str) -> RightsShown:
    """The rights of the contract with this id or number; a contract the person has no part in is not found."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        contract = await _contract(unit, scene, person, reference)
        return await _shown(unit, scene, person, contract)


async def put_rights(
    world: World, tenant_id: TenantId, person: Person, reference: str, rights: Iterable[ContractRight]
) -> RightsShown:
    """Let the contract have these rights, each in place of the one of its kind; the others stay as they are."""
    put = tuple(rights)
    for right in put:
        _check(right)

    async def change() -> RightsShown:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            contract = await _contract(unit, scene, person, reference, changes=True)
            before = {right.kind: right for right in await unit.contract_rights.of(contract.contract_id)}
            added = {right.kind: replace(right, contract_id=contract.contract_id) for right in put}
            shown = await _keep(unit, scene, person, contract, before, {**before, **added})
            await unit.commit()
            return shown

    return await once_more(change)


async def remove_rights(
    world: World, tenant_id: TenantId, person: Person, reference: str, kinds: Collection[RightKind]
) -> RightsShown:
    """Take rights away from the contract; those it does not have change nothing."""

    async def change() -> RightsShown:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            contract = await _contract(unit, scene, person, reference, changes=True)
            before = {right.kind: right for right in await unit.contract_rights.of(contract.contract_id)}
            kept = {kind: right for kind, right in before.items() if kind not in kinds}
            shown = await _keep(unit, scene, person, contract, before, kept)
            await unit.commit()
            return shown

    return await once_more(change)


def _check(right: ContractRight) -> None:
    if any(personal_findings(text) for text in (right.clause, right.terms)):
        raise Refused("deviation.refused.personal_data")
    if any(len(text) > _MOST_WORDS for text in (right.clause, right.terms)):
        raise Refused("deviation.refused.too_long", most=_MOST_WORDS)
    if right.limit_days is not None and not 0 <= right.limit_days <= _MOST_DAYS:
        raise Refused("rights.refused.days", most=_MOST_DAYS)
    if right.kind in TIME_LIMITS and right.limit_days is None and not right.terms:
        raise Refused("rights.refused.no_days")


async def _contract(unit: Unit, scene: Scene, person: Person, reference: str, *, changes: bool = False) -> Contract:
    found = await unit.contracts.get(ContractId(reference)) or await unit.contracts.by_number(reference)
    parts = scene.roster.plays(person, found) if found else frozenset()
    if found is None or not parts:
        raise Refused("rights.refused.no_such_contract", said=reference[:40])
    if changes and parts.isdisjoint(_CHANGE):
        raise Refused("rights.refused.not_yours")
    return found


async def _keep(
    unit: Unit,
    scene: Scene,
    person: Person,
    contract: Contract,
    before: dict[RightKind, ContractRight],
    after: dict[RightKind, ContractRight],
) -> RightsShown:
    changed = tuple(kind for kind in RightKind if before.get(kind) != after.get(kind))
    if changed:
        await unit.contract_rights.put(contract.contract_id, after.values())
        changes = {
            field_of(kind): {"before": as_plain(before.get(kind)), "after": as_plain(after.get(kind))}
            for kind in changed
        }
        event = new_event(
            kind="contract.rights_changed",
            subject=f"contract:{contract.contract_id}",
            actor=person.mail,
            at=scene.now,
            details={"contract_number": contract.contract_number, "changes": changes},
        )
        await unit.events.add_all([event])
        await renew_cases(unit, scene, contract, tuple(after.values()), actor=person.mail)
    return replace(await _shown(unit, scene, person, contract), changed=changed)


async def _shown(unit: Unit, scene: Scene, person: Person, contract: Contract) -> RightsShown:
    rights = {right.kind: right for right in await unit.contract_rights.of(contract.contract_id)}
    return RightsShown(
        contract=contract,
        rights=tuple(rights[kind] for kind in RightKind if kind in rights),
        may_change=not scene.roster.plays(person, contract).isdisjoint(_CHANGE),
        as_of=scene.post.local(scene.now),
    )
