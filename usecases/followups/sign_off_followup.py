"""The owner approves a follow-up that has been handed in, or sends it back with what should be looked at again."""

from dataclasses import dataclass, replace

from domain.errors import Refused
from domain.followup import Followup, FollowupState
from domain.identifiers import TenantId
from domain.notice import NoticeKind
from domain.people import ContractRole, Language, Person
from storage.unit_of_work import Unit
from usecases.parts.acting import Subject, notes, subject_for, subject_of, written
from usecases.parts.items import Item, item_of, waits_for
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.parts.session import AT_END, Session, read_session
from usecases.world import World

_DAYS_TO_ANSWER = 5
"""Open days until a follow-up that was sent back is reminded of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOff:
    """What became of it. Not decided means that it stood elsewhere already; then `item` says where."""

    item: Item
    session: Session
    is_decided: bool
    comment: str | None = None


async def sign_off_followup(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    language: Language,
) -> SignedOff:
    """Approve it."""

    async def sign() -> SignedOff:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            subject = await subject_for(unit, scene, person, followup_id)
            if subject.followup.state is not FollowupState.SUBMITTED:
                return await _done(unit, scene, subject, person, language, is_decided=False)
            _refuse_others(subject, person, scene)
            accepted = replace(
                subject.followup,
                state=FollowupState.ACCEPTED,
                accepted_at=scene.now,
                next_action_at=None,
            )
            saved = await unit.followups.save(accepted)
            await _log(unit, scene, saved, person, "followup.accepted")
            await unit.commit()
            return await _done(unit, scene, replace(subject, followup=saved), person, language, is_decided=True)

    return await once_more(sign)


async def send_back_followup(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    language: Language,
    comment: str,
) -> SignedOff:
    """Send it back to the one who handed it in, who is told in their next digest what to look at again."""
    said = written(comment)
    if not said:
        raise Refused("answering.refused.return_needs_comment")

    async def send_back() -> SignedOff:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            subject = await subject_for(unit, scene, person, followup_id)
            if subject.followup.state is not FollowupState.SUBMITTED:
                return await _done(unit, scene, subject, person, language, is_decided=False)
            _refuse_others(subject, person, scene)
            saved = await unit.followups.save(_reopened(subject.followup, scene))
            await _tell(unit, scene, subject, saved, person, said)
            await _log(unit, scene, saved, person, "followup.returned", comment=said)
            await unit.commit()
            moved = replace(subject, followup=saved)
            return await _done(unit, scene, moved, person, language, is_decided=True, comment=said)

    return await once_more(send_back)


def _refuse_others(subject: Subject, person: Person, scene: Scene) -> None:
    if not waits_for(subject.followup, subject.contract, person, scene):
        raise Refused("answering.refused.not_yours_to_sign")


def _reopened(followup: Followup, scene: Scene) -> Followup:
    """Running again, at its summary. Its ladder goes on from the first reminder, after some days of peace."""
    again = scene.calendar.add_open_days(scene.today, _DAYS_TO_ANSWER)
    return replace(
        followup,
        state=FollowupState.IN_PROGRESS,
        current_question=AT_END if followup.modules else None,
        is_paused=False,
        submitted_at=None,
        submitted_by=None,
        closed_at=None,
        closed_reason=None,
        round=followup.round + 1,
        rungs_done=min(1, followup.rungs_done),
        reminder_level=None,
        next_action_at=scene.post.ladder_moment(again),
    )


async def _tell(unit: Unit, scene: Scene, subject: Subject, saved: Followup, person: Person, comment: str) -> None:
    submitter = scene.roster.living(subject.followup.submitted_by)
    people = [submitter] if submitter else list(scene.roster.who(ContractRole.MANAGER, subject.contract))
    returned = notes(
        saved,
        [one for one in people if one.mail != person.mail],
        scene,
        kind=NoticeKind.FOLLOWUP_RETURNED,
        step=f"returned:{saved.round}",
        role=ContractRole.MANAGER,
        payload={"text_key": "letters.returned", "owner": person.name, "reason": comment},
    )
    await unit.notices.add_all(returned, at=scene.now)


async def _log(unit: Unit, scene: Scene, followup: Followup, person: Person, event: str, **details: str) -> None:
    await unit.events.add(
        kind=event,
        subject=subject_of(followup),
        actor=person.mail,
        at=scene.now,
        details=details,
    )


async def _done(
    unit: Unit,
    scene: Scene,
    subject: Subject,
    person: Person,
    language: Language,
    *,
    is_decided: bool,
    comment: str | None = None,
) -> SignedOff:
    return SignedOff(
        item=item_of(subject, person, scene),
        session=await read_session(unit, scene, subject.followup, subject.contract, language),
        is_decided=is_decided,
        comment=comment,
    )
