"""A person begins a follow-up's checklist, or goes on with it."""

from dataclasses import dataclass, replace
from datetime import date

from domain.checklist.outcome import StatusLight, light_of, todos
from domain.checklist.session import has_module, preparation
from domain.checklist.template import TodoKind
from domain.deviation import Deviation
from domain.followup import Followup, FollowupState
from domain.identifiers import TenantId
from domain.people import Language, Person
from domain.watch import Watch, WatchState
from storage.unit_of_work import Unit
from usecases.parts.acting import Subject, may_see, subject_for, subject_of
from usecases.parts.items import Item, item_of
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.parts.session import Session, read_session
from usecases.world import World

_TO_BEGIN = frozenset({FollowupState.PLANNED, FollowupState.NOTIFIED, FollowupState.WAITING_SUPPLIER})
_LEFT_TO_DO = frozenset({TodoKind.FIND_OUT, TodoKind.SITE_VISIT, TodoKind.RECOVERY_CLAIM})
"""What is asked after the next time, if nobody has said that it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What is good to know before the first question (domain.md 6.1)."""

    minutes: int
    preparation: tuple[str, ...]
    next_watch: Watch | None
    deviations: tuple[Deviation, ...]
    """Open ones this person may see, gravest first."""
    last_on: date | None
    last_light: StatusLight | None
    todos: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The session, and what begins it the first time. Without a session there is nothing to answer here."""

    item: Item
    session: Session | None
    beginning: Beginning | None


async def start_session(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    language: Language,
) -> Started:
    """Begin the checklist under the templates of today, or go on where it was left."""

    async def start() -> Started:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            subject = await subject_for(unit, scene, person, followup_id)
            followup, item = subject.followup, item_of(subject, person, scene)
            modules = [module for module in followup.modules if has_module(scene.templates, module)]
            if not followup.is_open or not modules:
                return Started(item=item, session=None, beginning=None)
            is_new = followup.state in _TO_BEGIN
            begun = _begun(followup, scene)
            if begun != followup:
                begun = await unit.followups.save(begun)
                await unit.events.add(
                    kind="followup.started" if is_new else "followup.resumed",
                    subject=subject_of(begun),
                    actor=person.mail,
                    at=scene.now,
                    details={"templates": dict(begun.template_versions)},
                )
                await unit.commit()
            session = await read_session(unit, scene, begun, subject.contract, language)
            beginning = await _beginning(unit, scene, subject, person, session, language) if is_new else None
        return Started(item=replace(item, followup=begun), session=session, beginning=beginning)

    return await once_more(start)


def _begun(followup: Followup, scene: Scene) -> Followup:
    if followup.state is FollowupState.IN_PROGRESS and followup.template_versions:
        return replace(followup, is_paused=False)
    versions = {
        module: scene.templates[module].version
        for module in (spec.partition(":")[0] for spec in followup.modules)
        if module in scene.templates
    }
    return replace(
        followup,
        state=FollowupState.IN_PROGRESS,
        is_paused=False,
        started_at=followup.started_at or scene.now,
        template_versions=versions,
        snoozed_until=None,
    )


async def _beginning(
    unit: Unit,
    scene: Scene,
    subject: Subject,
    person: Person,
    session: Session,
    language: Language,
) -> Beginning:
    contract, followup = subject.contract, subject.followup
    watches = (await unit.watches.of_contracts([contract.contract_id]))[contract.contract_id]
    last = await unit.followups.last_submitted(contract.contract_id)
    earlier = await read_session(unit, scene, last, contract, language) if last else None
    minutes, _ = scene.rules.minutes(followup.activity, followup.contract_class, followup.modules)
    return Beginning(
        minutes=minutes,
        preparation=preparation(session.templates, followup.modules, language),
        next_watch=min(
            (watch for watch in watches if watch.state is WatchState.OPEN and watch.on >= scene.today),
            key=lambda watch: watch.on,
            default=None,
        ),
        deviations=tuple(_open_deviations(session, subject, person, scene)),
        last_on=scene.post.day_of(last.submitted_at) if last and last.submitted_at else None,
        last_light=light_of(earlier.questions, earlier.answers) if earlier and earlier.stored else None,
        todos=_left_to_do(earlier, language),
    )


def _open_deviations(session: Session, subject: Subject, person: Person, scene: Scene) -> list[Deviation]:
    seen = [row for row in session.deviations if row.is_open and may_see(row, subject, person, scene)]
    return sorted(seen, key=lambda row: -(row.severity.rank if row.severity else 0))


def _left_to_do(earlier: Session | None, language: Language) -> tuple[str, ...]:
    if earlier is None:
        return ()
    found = todos(earlier.questions, earlier.answers, language)
    return tuple(todo.text for todo in found if todo.kind in _LEFT_TO_DO)
