"""A proposal to gather small deviations, as it is told of in a letter."""

from collections.abc import Mapping

from domain.contract import Contract
from domain.deviation import Deviation
from domain.identifiers import ContractId
from domain.joint_proposal import JointProposal, JointProposalState
from domain.letter import JointItem
from domain.notice import Notice
from domain.people import Person
from usecases.parts.scene import Scene


def joint_item(
    notice: Notice,
    proposal: JointProposal | None,
    deviations: Mapping[str, Deviation],
    contracts: Mapping[ContractId, Contract],
    scene: Scene,
) -> JointItem | str:
    """The proposal as it stands; why it says nothing any more, when it has been answered or is somebody else's now."""
    says = JointProposalState.ACCEPTED if notice.step == "opened" else JointProposalState.OPEN
    if proposal is None or proposal.state is not says:
        return "joint_decided"
    contract = contracts.get(proposal.contract_id) if proposal.contract_id else None
    recipient = scene.roster.people.get(notice.recipient_mail)
    evidence = tuple(
        row
        for one in proposal.evidence
        if (row := deviations.get(one)) is not None and recipient and _is_theirs(row, contracts, recipient, scene)
    )
    if recipient is None or not evidence:
        return "role_has_moved"
    kind = scene.in_force.deviation_types.get(proposal.type)
    return JointItem(
        notice_id=notice.notice_id,
        kind=notice.kind,
        proposal=proposal,
        evidence=evidence,
        contract=contract,
        type_name=kind.name(recipient.speaks) if kind else None,
    )


def _is_theirs(row: Deviation, contracts: Mapping[ContractId, Contract], person: Person, scene: Scene) -> bool:
    if person.is_controller:
        return True
    contract = contracts.get(row.contract_id) if row.contract_id else None
    kind = scene.in_force.deviation_types.get(row.type or "")
    parts = scene.roster.plays(person, contract) if contract else frozenset()
    return bool(parts) and (kind is None or kind.may_be_seen_by(parts, person.roles))
