"""A proposal to gather small deviations, as one person may see it and answer it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.adding_up import still_counts
from domain.contract import Contract
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.errors import Refused
from domain.identifiers import ContractId, DeviationId, JointProposalId
from domain.joint_proposal import JointProposal
from domain.people import ContractRole, Person
from domain.severity import day_of, occurrences
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene

_MANAGES = frozenset({ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.OWNER, ContractRole.CONTROLLER})


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenProposal:
    """The proposal with its evidence, for somebody who may see it."""

    proposal: JointProposal
    kind: DeviationType | None
    """None for a supplier case."""
    contracts: Mapping[ContractId, Contract]
    """Those the evidence is about, as far as the person may see them."""
    evidence: tuple[Deviation, ...]
    """Oldest first; what has been dismissed, merged or gathered into another case since is left out."""
    may_decide: bool
    case: Deviation | None
    """The joint deviation, once registered."""
    decided_by_name: str | None
    needed: int
    """So many events make a proposal, by the rules."""
    today: date
    as_of: datetime
    """Local time."""
    is_new: bool = False
    """The answer was given just now."""

    @property
    def stands(self) -> bool:
        """Whether there is still enough evidence for what is proposed."""
        return self.proposal.is_supplier_case or self.proposal.occurrence_count >= self.needed

    @property
    def contract(self) -> Contract | None:
        """The contract it is about; None when it is about a supplier across contracts."""
        return self.contracts.get(self.proposal.contract_id) if self.proposal.contract_id else None


async def see_proposal(unit: Unit, scene: Scene, person: Person, joint_proposal_id: str) -> SeenProposal:
    """The proposal; refused, as if it were not there, to those who may not see it."""
    proposal = await unit.joint_proposals.get(joint_proposal_id)
    seen = await see_proposals(unit, scene, person, [proposal] if proposal else [])
    if not seen:
        raise Refused("joint.refused.gone")
    return seen[0]


async def see_proposals(
    unit: Unit,
    scene: Scene,
    person: Person,
    proposals: Iterable[JointProposal],
) -> list[SeenProposal]:
    """Those of the proposals the person may see."""
    rows = list(proposals)
    ids = {one for row in rows for one in (*row.evidence, row.deviation_id) if one is not None}
    deviations = await unit.deviations.by_ids(ids)
    contract_ids = {row.contract_id for row in rows} | {one.contract_id for one in deviations.values()}
    contracts = await unit.contracts.by_ids({one for one in contract_ids if one is not None})
    gathered = _gathered(await unit.joint_proposals.all()) if rows else {}
    found = (_seen(row, deviations, contracts, gathered, person, scene) for row in rows)
    return [one for one in found if one is not None]


def _seen(
    proposal: JointProposal,
    deviations: Mapping[DeviationId, Deviation],
    contracts: Mapping[ContractId, Contract],
    gathered: Mapping[DeviationId, JointProposalId],
    person: Person,
    scene: Scene,
) -> SeenProposal | None:
    kind = scene.in_force.deviation_types.get(proposal.type)
    contract = contracts.get(proposal.contract_id) if proposal.contract_id else None
    parts = _parts(person, contract, scene)
    if not parts or (kind is not None and not kind.may_be_seen_by(parts, person.roles)):
        return None
    evidence = sorted(
        (
            deviations[one]
            for one in proposal.evidence
            if one in deviations
            and still_counts(deviations[one])
            and gathered.get(one, proposal.joint_proposal_id) == proposal.joint_proposal_id
        ),
        key=day_of,
    )
    if proposal.is_open and not proposal.is_supplier_case:
        proposal = replace(proposal, occurrence_count=occurrences(evidence))
    decider = scene.roster.people.get(proposal.decided_by or "")
    return SeenProposal(
        proposal=proposal,
        kind=kind,
        contracts=contracts,
        evidence=tuple(evidence),
        may_decide=may_decide(parts, kind),
        case=deviations.get(proposal.deviation_id) if proposal.deviation_id else None,
        decided_by_name=decider.name if decider else proposal.decided_by,
        needed=scene.rules.supplier_ladder.repeats,
        today=scene.today,
        as_of=scene.post.local(scene.now),
    )


def _gathered(proposals: Iterable[JointProposal]) -> dict[DeviationId, JointProposalId]:
    """Which case each deviation has been gathered into: an event is counted in one of them only."""
    accepted = (one for one in proposals if one.deviation_id is not None)
    return {known: one.joint_proposal_id for one in accepted for known in one.evidence}


def may_decide(parts: frozenset[ContractRole], kind: DeviationType | None) -> bool:
    """Whether somebody with these parts may answer: manager, deputy, owner and controller, or the controller alone."""
    if kind is not None and kind.only_controller_and_legal:
        return ContractRole.CONTROLLER in parts
    return not _MANAGES.isdisjoint(parts)


def _parts(person: Person, contract: Contract | None, scene: Scene) -> frozenset[ContractRole]:
    """What the person is to it; across contracts it is the controller's alone."""
    if contract is not None:
        return scene.roster.plays(person, contract)
    return frozenset({ContractRole.CONTROLLER}) if person.is_controller else frozenset()
