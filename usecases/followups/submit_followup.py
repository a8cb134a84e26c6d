"""A person hands in a follow-up whose questions have all been settled, and what it asks of others is told them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.checklist.outcome import StatusLight, Todo, is_green, light_of, missing, todos
from domain.checklist.template import TodoKind
from domain.contract import Contract
from domain.deviation import Deviation
from domain.followup import Activity, Followup
from domain.identifiers import TenantId
from domain.notice import Notice, NoticeKind
from domain.people import ContractRole, Language, Person
from domain.plan import next_occurrence
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.parts.acting import Subject, may_see, notes, subject_for, subject_of
from usecases.parts.answering import Answering
from usecases.parts.closing import closed, store_closed
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.parts.session import AT_END, Session, read_session
from usecases.world import World

_TOLD = {
    TodoKind.HELP: (ContractRole.CONTROLLER,),
    TodoKind.ASK_PROCUREMENT: (ContractRole.PROCUREMENT,),
    TodoKind.TELL_OWNER: (ContractRole.OWNER,),
    TodoKind.CEILING_ALARM: (ContractRole.OWNER, ContractRole.CONTROLLER),
}
"""Who hears of what an answer asks; the rest is for the one who answered, and is asked after the next time."""
_TEXT = {
    TodoKind.HELP: "letters.help_wanted",
    TodoKind.ASK_PROCUREMENT: "notes.changed_in_practice",
    TodoKind.TELL_OWNER: "notes.co_operation",
    TodoKind.CEILING_ALARM: "notes.ceiling",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What became of it: handed in, or the session as it stands with something left to settle."""

    session: Session
    is_submitted: bool
    light: StatusLight
    is_accepted: bool = False
    signers: tuple[Person, ...] = ()
    has_owner: bool = True
    deviations: tuple[Deviation, ...] = ()
    todos: tuple[Todo, ...] = ()
    next_on: date | None = None
    """When the contract is followed up next."""


async def submit_followup(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    language: Language,
) -> Submission:
    """Hand in. With a question or a proposal not settled nothing is handed in, and the session stands there."""

    async def submit() -> Submission:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            subject = await subject_for(unit, scene, person, followup_id)
            desk = Answering(unit, scene, person, language)
            session = await desk.read(followup_id)
            light = light_of(session.questions, session.answers)
            if not session.is_running or not session.questions:
                return Submission(session=session, is_submitted=False, light=light)
            if missing(session.questions, session.answers, language) or session.open_proposals:
                session = await desk.place(session, AT_END)
                await unit.commit()
                return Submission(session=session, is_submitted=False, light=light)
            submission = await _submitted(unit, scene, subject, person, session, language)
            await unit.commit()
        return submission

    return await once_more(submit)


async def _submitted(
    unit: Unit,
    scene: Scene,
    subject: Subject,
    person: Person,
    session: Session,
    language: Language,
) -> Submission:
    contract = subject.contract
    light = light_of(session.questions, session.answers)
    done = closed(
        session.followup,
        contract,
        person,
        scene,
        is_green=is_green(session.questions, session.answers),
    )
    saved = await store_closed(unit, scene, done, details={"light": light.value})
    found = todos(session.questions, session.answers, language)
    await unit.notices.add_all(_told(saved, contract, found, person, scene), at=scene.now)
    await unit.events.add_all(
        [
            new_event(
                kind="followup.todo",
                subject=subject_of(saved),
                actor=person.mail,
                at=scene.now,
                details={
                    "question": todo.question_id,
                    "todo": todo.kind.value,
                    "due_on": scene.calendar.add_working_days(scene.today, todo.working_days).isoformat(),
                },
            )
            for todo in found
        ],
    )
    return Submission(
        session=await read_session(unit, scene, saved, contract, language),
        is_submitted=True,
        light=light,
        is_accepted=done.is_accepted,
        signers=done.signers,
        has_owner=scene.roster.owner_of(contract) is not None,
        deviations=tuple(row for row in session.own_deviations if may_see(row, subject, person, scene)),
        todos=found,
        next_on=await _next_on(unit, saved, contract, scene),
    )


def _told(
    followup: Followup,
    contract: Contract,
    found: Sequence[Todo],
    person: Person,
    scene: Scene,
) -> list[Notice]:
    """One note a kind of matter and person, however many answers ask for it."""
    notices: list[Notice] = []
    for kind in dict.fromkeys(todo.kind for todo in found if todo.kind in _TOLD):
        told = dict.fromkeys(one for role in _TOLD[kind] for one in scene.roster.who(role, contract))
        notices += notes(
            followup,
            [one for one in told if one.mail != person.mail],
            scene,
            kind=NoticeKind.HELP_WANTED if kind is TodoKind.HELP else NoticeKind.FOLLOWUP_NOTE,
            step=f"todo:{kind.value}:{followup.round}",
            role=_TOLD[kind][0],
            payload={
                "text_key": _TEXT[kind],
                "name": person.name,
                "said": next(todo.text for todo in found if todo.kind is kind),
            },
        )
    return notices


async def _next_on(unit: Unit, done: Followup, contract: Contract, scene: Scene) -> date | None:
    """The soonest one ahead: of those already in the plan, and the next of this kind, which the clock writes later."""
    rows = (await unit.followups.of_contracts([contract.contract_id]))[contract.contract_id]
    ahead = [
        row.due_on
        for row in rows
        if row.is_open and row.activity is not Activity.EXTENSION_DECISION and row.due_on >= scene.today
    ]
    for rule in scene.rules.recurring_of(contract):
        if rule.activity is done.activity:
            after = done.period_key
            one = next_occurrence(contract, rule, scene.rules, scene.calendar, golive=scene.today, after=after)
            ahead += [one.due_on] if one else []
    return min(ahead, default=None)
