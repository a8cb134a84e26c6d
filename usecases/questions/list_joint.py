"""Which proposals to gather small deviations wait for an answer."""

from domain.contract import class_rank
from domain.identifiers import TenantId
from domain.people import Person
from usecases.parts.joint_seeing import SeenProposal, see_proposals
from usecases.questions.asking import EVERYTHING, Answer, Narrowing, inquiry
from usecases.world import World


async def list_joint(
    world: World,
    tenant_id: TenantId,
    person: Person,
    narrow: Narrowing = EVERYTHING,
) -> Answer[SeenProposal]:
    """The open proposals the person may answer, suppliers first, then by class and age."""
    async with inquiry(world, tenant_id, person) as asked:
        waiting = await asked.unit.joint_proposals.open()
        seen = await see_proposals(asked.unit, asked.scene, person, waiting)
        rows = [one for one in seen if one.may_decide and one.evidence and one.stands and _is_kept(one, narrow)]
        return asked.answer(sorted(rows, key=_weight))


def _is_kept(one: SeenProposal, narrow: Narrowing) -> bool:
    return one.proposal.contract_id is None or narrow.keeps(one.contract)


def _weight(one: SeenProposal) -> tuple[int, str]:
    rank = class_rank(one.contract.contract_class) if one.contract else -1
    return rank, one.proposal.proposed_at.isoformat()
