"""The messages of a coming day, made by the very steps that will make them, in a unit that is never committed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from domain.identifiers import TenantId
from domain.letter import Letter
from domain.notice import LEGAL_KINDS, URGENT_KINDS, Notice, NoticeKind, new_notice
from domain.people import Person
from storage.unit_of_work import Unit
from usecases.parts import planning, stepping
from usecases.parts.composing import Composing, Outgoing
from usecases.parts.letters import letters_for, sort_notices, subjects_of
from usecases.parts.marking import mark, take_due
from usecases.parts.planning import plan_due
from usecases.parts.scene import Scene
from usecases.parts.stepping import take_steps
from usecases.ports import Delivered

_SENDER = "preview"
_PATIENCE = timedelta(minutes=30)
"""How far to look on when a row that is due cannot be taken, since somebody else holds it."""
DIGEST, LEGAL = "digest", "legal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of the day, with the notices it is made of."""

    letter: Letter
    at: datetime
    bundle: str
    """`digest`, `legal`, or the notice id of an urgent message."""
    notices: tuple[Notice, ...]
    is_held: bool

    def subject(self, day: date) -> str:
        """What *Håll* and *Släpp* are about; the same for as long as the message is to the same person that day."""
        return f"message:{day.isoformat()}:{self.letter.recipient.person_id}:{self.bundle}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A day's messages in the order they go, those held back included."""

    day: date
    messages: tuple[Message, ...]
    outside_count: int
    """How many people would get a message if they were on the allow-list."""


async def preview(unit: Unit, scene: Scene, *, day: date, service_url: str | None) -> Preview:
    """What goes out after today and through `day`; today's own when `day` is today.

    Everything is really done in the unit, as if the time had passed and every message had arrived. The caller must
    never commit it. A stop is looked past: these are the messages that would go.
    """
    going = replace(scene.tenant, outgoing_stopped_at=None, blocked_until=None)
    await unit.tenant.save(going)
    scene = replace(scene, tenant=going)
    end = scene.post.at(day + timedelta(days=1), time())
    first = min(day, scene.today + timedelta(days=1))
    found: list[Message] = []
    moment = scene.now
    while True:
        scene = await _tick(unit, replace(scene, now=moment))
        found += [one for one in await _send(unit, scene, service_url) if first <= scene.today <= day]
        upcoming = await unit.next_moment()
        if upcoming is None or upcoming >= end:
            break
        moment = upcoming if upcoming > moment else moment + _PATIENCE
        if moment >= end:
            break
    held = await _held(unit, scene, day=day, until=end)
    messages = sorted([*found, *held], key=lambda one: (one.at, one.letter.recipient.name, one.is_held))
    return Preview(day=day, messages=tuple(messages), outside_count=await _outside(unit, scene, end))


async def _tick(unit: Unit, scene: Scene) -> Scene:
    """Everything the clock does at one moment, except to send."""
    while True:
        count, scene = await plan_due(unit, scene)
        if count < planning.BATCH:
            break
    while await take_steps(unit, scene) >= stepping.BATCH:
        pass
    return scene


async def _send(unit: Unit, scene: Scene, service_url: str | None) -> list[Message]:
    """Compose what may go now and take it for delivered."""
    sent: list[Message] = []
    has_more = True
    while has_more:
        due, has_more = await take_due(unit, scene.now)
        letters = await Composing(unit, scene, service_url=service_url).compose(due)
        ids = [notice_id for outgoing in letters for notice_id in outgoing.letter.notice_ids]
        notices = await unit.notices.by_ids(ids)
        await unit.notices.claim(ids, owner=_SENDER, lease_until=scene.now + _PATIENCE)
        for outgoing in letters:
            await mark(unit, outgoing, _arrived(outgoing), owner=_SENDER, now=scene.now)
            mine = tuple(notices[notice_id] for notice_id in outgoing.letter.notice_ids)
            sent.append(_message(outgoing.letter, mine, scene.now, is_held=False))
    return sent


def _arrived(outgoing: Outgoing) -> Delivered:
    return Delivered(message_id=None, conversation_id=outgoing.address.conversation_id or _SENDER)


async def _held(unit: Unit, scene: Scene, *, day: date, until: datetime) -> list[Message]:
    """What the controller holds back, as it would read on the day."""
    scene = replace(scene, now=scene.post.at(day, time()))
    notices = await unit.notices.held_back(until=until)
    subjects = await subjects_of(unit, notices)
    people = {mail: scene.roster.living(mail) for mail in {notice.recipient_mail for notice in notices}}
    routes = await unit.people.routes([person.person_id for person in people.values() if person])
    found: list[Message] = []
    for mail, person in people.items():
        if person is None:
            continue
        theirs = [notice for notice in notices if notice.recipient_mail == mail]
        if routes[person.person_id].welcomed_at is None:
            theirs.insert(0, _welcome(unit.tenant_id, person, scene.now))
        items = sort_notices(theirs, subjects, scene, day).items
        if all(notice.kind is NoticeKind.WELCOME for notice, _ in items):
            continue
        by_id = {notice.notice_id: notice for notice, _ in items}
        for letter in letters_for(person, items, day):
            mine = tuple(by_id[notice_id] for notice_id in letter.notice_ids)
            found.append(_message(letter, mine, _moment(mine, person, scene), is_held=True))
    return found


def _moment(notices: Sequence[Notice], person: Person, scene: Scene) -> datetime:
    """When a held message would go if it were released in time."""
    if any(notice.kind in LEGAL_KINDS for notice in notices):
        return scene.post.legal_moment(person, scene.now)
    return scene.post.digest_moment(person, scene.now)


def _message(letter: Letter, notices: tuple[Notice, ...], at: datetime, *, is_held: bool) -> Message:
    first = letter.items[0]
    bundle = DIGEST
    if first.kind in URGENT_KINDS:
        bundle = first.notice_id
    elif first.kind in LEGAL_KINDS:
        bundle = LEGAL
    return Message(letter=letter, at=at, bundle=bundle, notices=notices, is_held=is_held)


def _welcome(tenant_id: TenantId, person: Person, at: datetime) -> Notice:
    return new_notice(
        tenant_id,
        kind=NoticeKind.WELCOME,
        subject=f"person:{person.person_id}",
        occurrence="once",
        step="W",
        role=None,
        recipient_mail=person.mail,
        not_before=at,
    )


async def _outside(unit: Unit, scene: Scene, until: datetime) -> int:
    asleep = await unit.notices.asleep(until=until)
    mails = {notice.recipient_mail for notice in asleep if notice.kind is not NoticeKind.WELCOME}
    people = [scene.roster.living(mail) for mail in mails]
    return sum(person is not None and not scene.may_receive(person) for person in people)
