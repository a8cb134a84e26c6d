"""Somebody answers a proposal: gathers the small ones into one case, takes a supplier up, says no, or ends what was begun."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from uuid6 import uuid7

from domain.case_file import Sighting
from domain.deviation import JOINT, Deviation, DeviationState
from domain.errors import Refused
from domain.identifiers import DeviationId, SightingId, TenantId
from domain.joint_proposal import JointProposal, JointProposalState
from domain.notice import NoticeKind, new_notice
from domain.people import ContractRole, Person
from domain.severity import day_of
from storage.events import Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.acting import written
from usecases.parts.joint_seeing import SeenProposal, see_proposal
from usecases.parts.registering import register
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.world import World

Describe = Callable[[SeenProposal], str]
"""What the joint case says of itself, in the words of whoever gathers it."""


async def accept_joint(
    world: World,
    tenant_id: TenantId,
    person: Person,
    joint_proposal_id: str,
    describe: Describe,
) -> SeenProposal:
    """Gather the evidence into one case, or open the supplier case. What has been answered already is shown as it stands."""
    return await once_more(lambda: _accept(world, tenant_id, person, joint_proposal_id, describe))


async def _accept(
    world: World,
    tenant_id: TenantId,
    person: Person,
    joint_proposal_id: str,
    describe: Describe,
) -> SeenProposal:
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        seen = await _to_answer(unit, scene, person, joint_proposal_id)
        if not seen.proposal.is_open:
            return seen
        if seen.proposal.is_supplier_case:
            kept = await _decide(unit, scene, seen.proposal, person, JointProposalState.ACCEPTED)
            await _tell_owners(unit, scene, seen, person)
        else:
            case = await _gather(unit, scene, seen, person, describe(seen))
            kept = await _decide(unit, scene, seen.proposal, person, JointProposalState.ACCEPTED, case=case)
        shown = await see_proposal(unit, scene, person, kept.joint_proposal_id)
        await unit.commit()
    return replace(shown, is_new=True)


async def decline_joint(
    world: World,
    tenant_id: TenantId,
    person: Person,
    joint_proposal_id: str,
    reason: str,
) -> SeenProposal:
    """Say no, with a reason; the same evidence is never proposed again."""
    to = JointProposalState.DECLINED
    return await once_more(lambda: _end(world, tenant_id, person, joint_proposal_id, reason, to))


async def close_supplier_case(
    world: World,
    tenant_id: TenantId,
    person: Person,
    joint_proposal_id: str,
    reason: str,
) -> SeenProposal:
    """End a supplier case, with what came of it."""
    to = JointProposalState.CLOSED
    return await once_more(lambda: _end(world, tenant_id, person, joint_proposal_id, reason, to))


async def _end(
    world: World,
    tenant_id: TenantId,
    person: Person,
    joint_proposal_id: str,
    reason: str,
    to: JointProposalState,
) -> SeenProposal:
    why = written(reason)
    if not why:
        raise Refused("joint.refused.needs_reason")
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        seen = await _to_answer(unit, scene, person, joint_proposal_id)
        begun = JointProposalState.OPEN if to is JointProposalState.DECLINED else JointProposalState.ACCEPTED
        is_supplier_case = seen.proposal.is_supplier_case or to is JointProposalState.DECLINED
        if seen.proposal.state is not begun or not is_supplier_case:
            return seen
        await _decide(unit, scene, seen.proposal, person, to, reason=why)
        shown = await see_proposal(unit, scene, person, joint_proposal_id)
        await unit.commit()
    return replace(shown, is_new=True)


async def _to_answer(unit: Unit, scene: Scene, person: Person, joint_proposal_id: str) -> SeenProposal:
    seen = await see_proposal(unit, scene, person, joint_proposal_id)
    if not seen.may_decide:
        raise Refused("joint.refused.not_yours")
    return seen


async def _decide(
    unit: Unit,
    scene: Scene,
    proposal: JointProposal,
    person: Person,
    to: JointProposalState,
    *,
    case: Deviation | None = None,
    reason: str | None = None,
) -> JointProposal:
    kept = await unit.joint_proposals.save(
        replace(
            proposal,
            state=to,
            decided_by=person.mail,
            decided_at=scene.now,
            reason=reason,
            deviation_id=case.deviation_id if case else None,
        ),
    )
    details = {"number": case.number if case else None, "reason": reason, "evidence": list(proposal.evidence)}
    event = new_event(
        kind=f"joint.{to.value}",
        subject=f"joint:{proposal.joint_proposal_id}",
        actor=person.mail,
        at=scene.now,
        details={name: value for name, value in details.items() if value is not None},
    )
    await unit.events.add_all([event])
    return kept


async def _gather(unit: Unit, scene: Scene, seen: SeenProposal, person: Person, words: str) -> Deviation:
    """One case of them all. The small ones stay as they are, and its sightings point to them."""
    if not seen.stands:
        raise Refused("joint.refused.no_longer")
    draft = _draft(seen, scene, person, words)
    registered = await register(unit, scene, draft, seen.contract, is_stored=False)
    case = registered.deviation
    await unit.case_files.add_sightings([_sighting(case.deviation_id, row) for row in seen.evidence])
    await unit.events.add_all([_linked(row, case, person, scene) for row in seen.evidence])
    return case


def _draft(seen: SeenProposal, scene: Scene, person: Person, words: str) -> Deviation:
    proposal, rows = seen.proposal, seen.evidence
    amounts = [row.amount_sek for row in rows if row.amount_sek is not None]
    places = {row.location for row in rows}
    return Deviation(
        deviation_id=DeviationId(str(uuid7())),
        number=None,
        contract_id=proposal.contract_id,
        contract_number=seen.contract.contract_number if seen.contract else None,
        type=proposal.type,
        severity=proposal.severity,
        state=DeviationState.DRAFT,
        description=words,
        reported_by=person.mail,
        reported_at=scene.now,
        source=f"{JOINT}{proposal.joint_proposal_id}",
        location=places.pop() if len(places) == 1 else None,
        occurred_from=day_of(rows[0]),
        occurred_to=max(row.occurred_to or day_of(row) for row in rows),
        occurrence_count=proposal.occurrence_count,
        amount_sek=sum(amounts, Decimal(0)) if amounts else None,
        ruleset_number=scene.rules.number,
    )


def _sighting(joint_id: DeviationId, row: Deviation) -> Sighting:
    """The number and the days, and nobody's words: those stay with the deviation itself."""
    return Sighting(
        sighting_id=SightingId(str(uuid7())),
        deviation_id=joint_id,
        reported_by=row.reported_by,
        reported_at=row.reported_at,
        words=row.number or "",
        occurred_from=row.occurred_from,
        occurred_to=row.occurred_to,
        location=row.location,
        occurrence_count=row.occurrence_count,
    )


def _linked(row: Deviation, joint: Deviation, person: Person, scene: Scene) -> Event:
    return new_event(
        kind="deviation.gathered",
        subject=f"deviation:{row.deviation_id}",
        actor=person.mail,
        at=scene.now,
        details={"case": joint.number, "deviation_id": joint.deviation_id},
    )


async def _tell_owners(unit: Unit, scene: Scene, seen: SeenProposal, actor: Person) -> None:
    """Those who own the red contracts hear that the supplier has been taken up."""
    told: dict[str, Person] = {}
    for row in seen.evidence:
        contract = seen.contracts.get(row.contract_id) if row.contract_id else None
        for person in scene.roster.who(ContractRole.OWNER, contract) if contract else ():
            if person.mail != actor.mail:
                told.setdefault(person.mail, person)
    notices = [
        new_notice(
            unit.tenant_id,
            kind=NoticeKind.JOINT_PROPOSED,
            subject=f"joint:{seen.proposal.joint_proposal_id}",
            occurrence="accepted",
            step="opened",
            role=ContractRole.OWNER,
            recipient_mail=person.mail,
            not_before=scene.post.digest_moment(person, scene.now),
        )
        for person in told.values()
    ]
    await unit.notices.add_all(notices, at=scene.now)
