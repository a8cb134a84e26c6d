"""A follow-up is finished: accepted at once, or handed to whoever reads and approves it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from domain.contract import Contract
from domain.followup import Followup, FollowupState
from domain.notice import Notice, NoticeKind
from domain.people import ContractRole, Person
from domain.sign_off import STEPS, accepts_itself, next_step, signers, step_day
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.parts.acting import notes, subject_of
from usecases.parts.scene import Scene
from usecases.parts.undoing import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A follow-up that has been closed, with what that set in motion. Nothing of it is stored yet."""

    followup: Followup
    signers: tuple[Person, ...]
    """Who is asked to approve; nobody when it was accepted at once."""
    notices: tuple[Notice, ...]

    @property
    def is_accepted(self) -> bool:
        return self.followup.state is FollowupState.ACCEPTED


def closed(followup: Followup, contract: Contract, person: Person, scene: Scene, *, is_green: bool) -> Closed:
    """The follow-up as `person` finishes it: accepted where green is enough, else waiting for its sign-off."""
    done = replace(
        followup,
        submitted_at=scene.now,
        submitted_by=person.mail,
        closed_at=scene.now,
        snoozed_until=None,
        is_paused=False,
    )
    if accepts_itself(followup.contract_class, is_green=is_green):
        accepted = replace(done, state=FollowupState.ACCEPTED, accepted_at=scene.now, next_action_at=None)
        return Closed(followup=accepted, signers=(), notices=())
    submitted = replace(
        done,
        state=FollowupState.SUBMITTED,
        next_action_at=scene.post.ladder_moment(step_day(scene.today, STEPS[1], scene.calendar)),
    )
    asked = signers(scene.roster, contract, person.mail)
    return Closed(
        followup=submitted,
        signers=asked,
        notices=tuple(sign_off_notes(submitted, asked, scene, STEPS[0].step, person.name)),
    )


async def store_closed(
    unit: Unit,
    scene: Scene,
    done: Closed,
    *,
    kept: Kept | None = None,
    details: Mapping[str, object],
) -> Followup:
    """Store what `closed` gave, with its events and notices, and have the next occurrence planned."""
    saved = await unit.followups.save(done.followup, undo=kept.as_json() if kept else None)
    await unit.notices.add_all(done.notices, at=scene.now)
    await unit.contracts.mark_for_planning([saved.contract_id])
    kinds = ["followup.submitted", *(["followup.accepted"] if done.is_accepted else [])]
    told = {"to": [person.mail for person in done.signers]}
    await unit.events.add_all(
        [
            new_event(
                kind=kind,
                subject=subject_of(saved),
                actor=saved.submitted_by or "",
                at=scene.now,
                details={**details, **told},
            )
            for kind in kinds
        ],
    )
    return saved


def sign_off_notes(
    followup: Followup,
    people: tuple[Person, ...],
    scene: Scene,
    step: str,
    submitter: str,
) -> list[Notice]:
    """Ask these people to read and approve. Handed in again after it was sent back, the step is a new one."""
    return notes(
        followup,
        people,
        scene,
        kind=NoticeKind.SIGN_OFF,
        step=step if followup.round == 1 else f"{step}.{followup.round}",
        role=ContractRole.OWNER,
        payload={"text_key": "letters.sign_off", "manager": submitter},
    )


def next_sign_off_day(submitted_on: date, scene: Scene) -> date | None:
    """When somebody is asked again; None when nobody will be."""
    step = next_step(submitted_on, scene.today, scene.calendar)
    return step_day(submitted_on, step, scene.calendar) if step else None
