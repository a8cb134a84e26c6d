"""Who gets which letter now: allow-list, one digest a day, routes, and what must wait."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from domain.letter import Letter
from domain.notice import LEGAL_KINDS, URGENT_KINDS, Notice, NoticeKind, NoticeState, new_notice
from domain.people import Person
from storage.events import CLOCK, Event, new_event
from storage.people import Route
from storage.unit_of_work import Unit
from usecases.parts.letters import letters_for, sort_notices, subjects_of
from usecases.parts.scene import Scene
from usecases.ports import Address

BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A letter ready to be sent, and where to."""

    letter: Letter
    address: Address
    route: Route
    """How the person was reached until now."""
    attempt: int
    """How many times any of its notices has been tried before."""

    @property
    def has_digest(self) -> bool:
        """Whether this counts as the day's one digest."""
        urgent_or_legal = URGENT_KINDS | LEGAL_KINDS
        return not any(item.kind in urgent_or_legal for item in self.letter.items)

    @property
    def has_welcome(self) -> bool:
        return any(item.kind is NoticeKind.WELCOME for item in self.letter.items)


class Composing:
    """Turns due notices into letters in one unit. Somebody else opens and commits it."""

    def __init__(self, unit: Unit, scene: Scene, *, service_url: str | None) -> None:
        self._unit = unit
        self._scene = scene
        self._service_url = service_url
        self._events: list[Event] = []

    async def compose(self, due: Sequence[Notice]) -> list[Outgoing]:
        """Letters from all that is due for some people; what cannot go now is closed, held or put off."""
        by_recipient = _by_recipient(due)
        people = {mail: self._scene.roster.people.get(mail) for mail in by_recipient}
        routes = await self._unit.people.hold_routes([person.person_id for person in people.values() if person])
        outgoing: list[Outgoing] = []
        ready: dict[str, list[Notice]] = {}
        for mail, theirs in by_recipient.items():
            ready[mail] = await self._ready(people[mail], theirs, routes)
        await self._welcome_new(ready, people, routes)
        subjects = await subjects_of(self._unit, [notice for notices in ready.values() for notice in notices])
        for mail, notices in ready.items():
            person = people[mail]
            if person is None or not notices:
                continue
            sorted_ = sort_notices(notices, subjects, self._scene, self._scene.today)
            for notice, state, reason in sorted_.closed:
                await self._close([notice], state, reason)
            items = sorted_.items
            if all(notice.kind is NoticeKind.WELCOME for notice, _ in items):
                # Nobody is greeted with nothing to say: the welcome waits for the first real message.
                await self._unit.notices.postpone([notice.notice_id for notice, _ in items], None)
                continue
            attempts = {notice.notice_id: notice.attempt for notice, _ in items}
            outgoing += [
                Outgoing(
                    letter=letter,
                    address=self._address(person, routes[person.person_id]),
                    route=routes[person.person_id],
                    attempt=max(attempts[notice_id] for notice_id in letter.notice_ids),
                )
                for letter in letters_for(person, items, self._scene.today)
            ]
        await self._unit.events.add_all(self._events)
        return outgoing

    async def _ready(self, person: Person | None, notices: list[Notice], routes: dict[str, Route]) -> list[Notice]:
        """Those of a person's notices that may go now."""
        route = routes.get(person.person_id) if person else None
        if person is not None and route is None:
            return []  # another sender is writing to them at this moment
        dead_end = self._dead_end(person, route)
        if person is None or route is None or dead_end is not None:
            await self._close(notices, NoticeState.UNREACHABLE, dead_end or "left")
            return []
        if not self._scene.may_receive(person):
            await self._unit.notices.postpone([notice.notice_id for notice in notices], None)
            return []
        if route.last_digest_on != self._scene.today:
            return notices
        digest = [notice for notice in notices if notice.kind not in URGENT_KINDS | LEGAL_KINDS]
        another_day = self._scene.post.at(self._scene.today + timedelta(days=1), time())
        await self._unit.notices.postpone(
            [notice.notice_id for notice in digest],
            self._scene.post.digest_moment(person, another_day),
        )
        return [notice for notice in notices if notice not in digest]

    def _dead_end(self, person: Person | None, route: Route | None) -> str | None:
        """Why nothing can be sent to a person, or None when there is a way."""
        if person is None or route is None or person.has_left:
            return "left"
        if route.reachability == BLOCKED:
            return BLOCKED
        if route.conversation_id is None and person.aad_object_id is None:
            return "no_object_id"
        if self._service_url is None and route.service_url is None:
            return "no_service_url"
        return None

    async def _welcome_new(
        self,
        ready: dict[str, list[Notice]],
        people: dict[str, Person | None],
        routes: dict[str, Route],
    ) -> None:
        """The first message ever to a person begins with who we are."""
        for mail, notices in ready.items():
            person = people[mail]
            if person is None or not notices or routes[person.person_id].welcomed_at is not None:
                continue
            if any(notice.kind is NoticeKind.WELCOME for notice in notices):
                continue
            welcome = new_notice(
                self._unit.tenant_id,
                kind=NoticeKind.WELCOME,
                subject=f"person:{person.person_id}",
                occurrence="once",
                step="W",
                role=None,
                recipient_mail=mail,
                not_before=self._scene.now,
            )
            if await self._unit.notices.add_all([welcome], at=self._scene.now):
                ready[mail] = [welcome, *notices]

    def _address(self, person: Person, route: Route) -> Address:
        return Address(
            service_url=route.service_url or self._service_url or "",
            aad_object_id=person.aad_object_id,
            conversation_id=route.conversation_id,
        )

    async def _close(self, notices: Collection[Notice], state: NoticeState, reason: str) -> None:
        await self._unit.notices.close([notice.notice_id for notice in notices], state, reason)
        self._events += [
            new_event(
                kind=f"notice.{state.value}",
                subject=notice.subject,
                actor=CLOCK,
                at=self._scene.now,
                details={"notice_id": notice.notice_id, "reason": reason},
            )
            for notice in notices
        ]


def _by_recipient(notices: Sequence[Notice]) -> dict[str, list[Notice]]:
    found: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        found[notice.recipient_mail].append(notice)
    return found
