"""A follow-up as one person sees it today, with everything its own card says."""

from dataclasses import dataclass, replace
from datetime import date

from domain.checklist.session import progress
from domain.contract import Contract
from domain.followup import Followup, FollowupState
from domain.letter import NextRung
from domain.people import ContractRole, Person
from domain.sign_off import may_sign, step_on
from storage.unit_of_work import Unit
from usecases.parts.acting import Subject, latest_snooze, snoozes_left
from usecases.parts.letters import next_rung_of
from usecases.parts.scene import Scene
from usecases.parts.session import read_session

_TOLD_LATE = frozenset({"N3", "N4"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One follow-up, and what this person may do about it."""

    followup: Followup
    contract: Contract
    today: date
    days_late: int
    minutes: int
    preparation_minutes: int
    next_rung: NextRung | None
    snoozes_left: int
    snooze_latest_on: date
    owner_name: str | None
    manager_name: str | None
    is_own: bool
    """They are the one to answer, not an owner or controller who helps."""
    may_sign: bool = False
    """It waits for them to read and approve it."""
    answered_count: int = 0
    question_count: int = 0


def item_of(subject: Subject, person: Person, scene: Scene) -> Item:
    """The item without how far its checklist has come."""
    followup, contract = subject.followup, subject.contract
    minutes, preparation = scene.rules.minutes(followup.activity, followup.contract_class, followup.modules)
    owner, manager = scene.roster.owner_of(contract), scene.roster.manager_of(contract)
    return Item(
        followup=followup,
        contract=contract,
        today=scene.today,
        days_late=scene.calendar.working_days_between(followup.due_on, scene.today),
        minutes=minutes,
        preparation_minutes=preparation,
        next_rung=next_rung_of(followup, contract, scene, scene.today),
        snoozes_left=snoozes_left(followup, scene),
        snooze_latest_on=latest_snooze(scene, scene.today),
        owner_name=owner.name if owner else None,
        manager_name=manager.name if manager else None,
        is_own=is_own(subject, person, scene),
        may_sign=waits_for(followup, contract, person, scene),
    )


async def read_item(unit: Unit, subject: Subject, person: Person, scene: Scene) -> Item:
    """The item, with how many of its questions have been answered once it has begun."""
    item = item_of(subject, person, scene)
    if subject.followup.state is not FollowupState.IN_PROGRESS or not subject.followup.modules:
        return item
    session = await read_session(unit, scene, subject.followup, subject.contract, person.speaks)
    so_far = progress(session.questions, session.answers)
    return replace(item, answered_count=so_far.settled, question_count=so_far.total)


def is_own(subject: Subject, person: Person, scene: Scene) -> bool:
    """Whether the person is the one to answer: the manager, or whoever stands in for them."""
    stands_in = person in scene.roster.who(ContractRole.MANAGER, subject.contract)
    return stands_in or not subject.parts.isdisjoint({ContractRole.MANAGER, ContractRole.DEPUTY})


def is_waiting_for(subject: Subject, person: Person, scene: Scene) -> bool:
    """Whether it is on the person's own list: theirs to answer, or told to them since nobody has."""
    if person in scene.roster.who(ContractRole.MANAGER, subject.contract):
        return True
    if ContractRole.DEPUTY in subject.parts and subject.followup.reminder_level == "N2":
        return True
    return ContractRole.OWNER in subject.parts and subject.followup.reminder_level in _TOLD_LATE


def waits_for(followup: Followup, contract: Contract, person: Person, scene: Scene) -> bool:
    """Whether a follow-up that has been handed in waits for this person's approval."""
    if followup.state is not FollowupState.SUBMITTED or followup.submitted_at is None:
        return False
    step = step_on(scene.post.day_of(followup.submitted_at), scene.today, scene.calendar)
    return may_sign(person, scene.roster, contract, followup.submitted_by or "", step)
