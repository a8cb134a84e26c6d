"""A person says what becomes of a deviation that an answer proposes: registered, perhaps changed, or declined."""

from dataclasses import dataclass, replace
from decimal import Decimal

from uuid6 import uuid7

from domain.checklist.template import AnswerType
from domain.contract import Contract
from domain.deviation import Deviation, DeviationState, Severity
from domain.errors import Refused
from domain.identifiers import DeviationId, TenantId
from domain.people import Language, Person
from storage.unit_of_work import Unit
from usecases.parts.acting import subject_of, written
from usecases.parts.answering import Answering
from usecases.parts.registering import register
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.parts.session import CONFIRMED, DECLINED, Proposed, Session, read_session, source_of
from usecases.world import World

_MOST_TEXT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What is otherwise than proposed, or known beside it; None leaves it as it is."""

    type: str | None = None
    severity: Severity | None = None
    text: str | None = None
    location: str | None = None
    occurrence_count: int | None = None


NOTHING_CHANGED = Changed()


async def confirm_proposal(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    question_id: str,
    language: Language,
    changed: Changed = NOTHING_CHANGED,
) -> Session:
    """Register the proposed deviation now: what is serious does not wait for the rest of the checklist.

    Nothing happens when it has been decided before, or when no answer proposes it any more.
    """

    async def confirm() -> Session:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            session = await Answering(unit, scene, person, language).read(followup_id)
            proposed = _open_proposal(session, question_id)
            if proposed is None:
                return session
            draft = _draft(session, proposed, changed, person, scene)
            await register(unit, scene, draft, session.contract, is_stored=False)
            session = await _decided(unit, scene, person, session, proposed, CONFIRMED, None)
            await unit.commit()
            return await read_session(unit, scene, session.followup, session.contract, language)

    return await once_more(confirm)


async def decline_proposal(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    question_id: str,
    language: Language,
    reason: str,
) -> Session:
    """Decline the proposed deviation, with the reason that the one who approves will read."""
    why = written(reason)
    if not why:
        raise Refused("answering.refused.decline_needs_reason")

    async def decline() -> Session:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            session = await Answering(unit, scene, person, language).read(followup_id)
            proposed = _open_proposal(session, question_id)
            if proposed is None:
                return session
            session = await _decided(unit, scene, person, session, proposed, DECLINED, why)
            await unit.commit()
            return await read_session(unit, scene, session.followup, session.contract, language)

    return await once_more(decline)


def _open_proposal(session: Session, question_id: str) -> Proposed | None:
    if not session.is_running:
        return None
    return next((one for one in session.open_proposals if one.proposal.question_id == question_id), None)


def _draft(session: Session, proposed: Proposed, changed: Changed, person: Person, scene: Scene) -> Deviation:
    text = written(changed.text or "", most=_MOST_TEXT) or proposed.proposal.text
    contract: Contract = session.contract
    type_code = changed.type or proposed.proposal.type
    kind = scene.in_force.deviation_types.get(type_code, proposed.kind)
    return Deviation(
        deviation_id=DeviationId(str(uuid7())),
        number=None,
        contract_id=contract.contract_id,
        contract_number=contract.contract_number,
        type=kind.code,
        severity=changed.severity or proposed.proposal.severity,
        state=DeviationState.DRAFT,
        description=text,
        reported_by=person.mail,
        reported_at=scene.now,
        source=source_of(session.followup, proposed.proposal.question_id),
        occurred_from=scene.today,
        location=changed.location,
        occurrence_count=max(changed.occurrence_count or 1, _occurrences(session, proposed)),
        is_emergency=kind.clock_hours is not None,
    )


def _occurrences(session: Session, proposed: Proposed) -> int:
    """How many times, where the question asked for just that."""
    question_id = proposed.proposal.question_id
    question = next((one for one in session.questions if one.question_id == question_id), None)
    if question is None or question.answer_type is not AnswerType.NUMBER or question.none is None:
        return 1
    return max(1, int(session.answers[question_id].number or Decimal(1)))


async def _decided(
    unit: Unit,
    scene: Scene,
    person: Person,
    session: Session,
    proposed: Proposed,
    decision: str,
    reason: str | None,
) -> Session:
    """Store what was said. The row's version moves on, so that of two presses at once only one counts."""
    question_id = proposed.proposal.question_id
    row = replace(session.stored[question_id], proposal=decision, proposal_reason=reason)
    await unit.followups.save_answer(session.followup.followup_id, row)
    saved = await unit.followups.save(replace(session.followup, is_paused=False))
    await unit.events.add(
        kind=f"followup.proposal_{decision}",
        subject=subject_of(saved),
        actor=person.mail,
        at=scene.now,
        details={"question": question_id, "type": proposed.proposal.type, "reason": reason},
    )
    return replace(session, followup=saved)
