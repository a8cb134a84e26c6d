"""*Imorgon*: the exact messages of the next working day, and each of them held back or let go again."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.errors import Refused
from domain.identifiers import TenantId
from domain.notice import HELD, LEGAL_KINDS, URGENT_KINDS, Notice, NoticeKind, NoticeState
from domain.people import Person
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.controls.previewing import DIGEST, LEGAL, Message, preview
from usecases.controls.steering import refuse_unless_controller
from usecases.controls.waking import moment_for
from usecases.parts.scene import Scene, read_scene
from usecases.world import World

_PARTS_OF_SUBJECT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Tomorrow:
    """The next working day's messages, in the order they go."""

    day: date
    today: date
    as_of: datetime
    """Local time of the reading."""
    messages: tuple[Message, ...]
    outside_count: int
    is_stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """Whether a message was there to be held or let go."""

    is_found: bool
    day: date
    """The day the message belongs to."""


async def preview_messages(
    world: World,
    tenant_id: TenantId,
    person: Person,
    *,
    day: date | None = None,
) -> Tomorrow:
    """What will be sent on the next working day, or on `day` if that is still to come; refused for others."""
    refuse_unless_controller(person)
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        wanted = day if day is not None and day >= scene.today else _next_working_day(scene)
        found = await preview(unit, scene, day=wanted, service_url=world.service_url)
        # Never committed: all of this has yet to happen.
    return Tomorrow(
        day=found.day,
        today=scene.today,
        as_of=scene.post.local(scene.now),
        messages=tuple(replace(one, at=scene.post.local(one.at)) for one in found.messages),
        outside_count=found.outside_count,
        is_stopped=scene.tenant.outgoing_stopped_at is not None,
    )


async def hold_message(world: World, tenant_id: TenantId, person: Person, subject: str) -> Handled:
    """Keep a message back until it is released, also one the clock has not written yet. Twice holds once."""
    aim = _read(subject)
    shown = await preview_messages(world, tenant_id, person, day=aim.day)
    message = next((one for one in shown.messages if one.subject(shown.day) == subject and not one.is_held), None)
    if message is None:
        is_held = any(one.subject(shown.day) == subject for one in shown.messages)
        return Handled(is_found=is_held, day=shown.day)
    async with world.store.open(tenant_id) as unit:
        # A welcome is never held: it goes with whatever the person gets first.
        notices = [one for one in message.notices if one.kind is not NoticeKind.WELCOME]
        for notice in notices:
            await unit.notices.hold(replace(notice, state=NoticeState.PENDING, sent_at=None), at=world.now())
        await _log(unit, world, person, "notice.held", notices)
        await unit.commit()
    return Handled(is_found=True, day=shown.day)


async def release_message(world: World, tenant_id: TenantId, person: Person, subject: str) -> Handled:
    """Let a held message go: at its own time, or as soon as working hours allow when that has passed."""
    refuse_unless_controller(person)
    aim = _read(subject)
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        recipient = await unit.people.by_id(aim.person_id)
        held = [one for one in await unit.notices.held_back() if recipient and one.recipient_mail == recipient.mail]
        mine = [one for one in held if _bundle(one) == aim.bundle]
        if recipient is None or not mine:
            return Handled(is_found=False, day=aim.day)
        for notice in mine:
            is_ahead = notice.not_before > scene.now
            at = notice.not_before if is_ahead else moment_for(notice, recipient, scene)
            await unit.notices.release([notice.notice_id], at=at)
        await _log(unit, world, person, "notice.released", mine)
        await unit.commit()
    return Handled(is_found=True, day=aim.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aim:
    day: date
    person_id: str
    bundle: str


def _read(subject: str) -> _Aim:
    parts = subject.split(":", _PARTS_OF_SUBJECT - 1)
    try:
        _, day, person_id, bundle = parts
        return _Aim(day=date.fromisoformat(day), person_id=person_id, bundle=bundle)
    except ValueError:
        raise Refused("controlling.refused.no_such_message") from None


def _bundle(notice: Notice) -> str:
    if notice.kind in URGENT_KINDS:
        return notice.notice_id
    return LEGAL if notice.kind in LEGAL_KINDS else DIGEST


def _next_working_day(scene: Scene) -> date:
    return scene.calendar.next_working_day(scene.today + timedelta(days=1))


async def _log(unit: Unit, world: World, person: Person, kind: str, notices: list[Notice]) -> None:
    await unit.events.add_all(
        [
            new_event(
                kind=kind,
                subject=f"notice:{notice.notice_id}",
                actor=person.mail,
                at=world.now(),
                details={"recipient": notice.recipient_mail, "about": notice.subject, "reason": HELD},
            )
            for notice in notices
        ],
    )
