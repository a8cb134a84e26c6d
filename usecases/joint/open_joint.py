"""A proposal is looked at: by its id, or by the number of one of the deviations it is made of."""

from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import Person
from usecases.parts.joint_seeing import SeenProposal, see_proposal, see_proposals
from usecases.parts.scene import read_scene
from usecases.world import World


async def open_joint(world: World, tenant_id: TenantId, person: Person, joint_proposal_id: str) -> SeenProposal:
    """The proposal as it stands; refused to those who may not see it."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        return await see_proposal(unit, scene, person, joint_proposal_id)


async def joint_with(world: World, tenant_id: TenantId, person: Person, number: str) -> SeenProposal:
    """The proposal that the deviation with this number is part of, the one that waits for an answer first."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        case = await unit.deviations.by_number(number)
        rows = [
            one for one in await unit.joint_proposals.all() if case is not None and case.deviation_id in one.evidence
        ]
        seen = await see_proposals(unit, scene, person, [one for one in rows if not one.is_supplier_case])
    if not seen:
        raise Refused("joint.refused.not_part", number=number[:20])
    return min(seen, key=lambda one: not one.proposal.is_open)
