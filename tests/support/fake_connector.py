"""Plays the Bot Connector on loopback: remembers every message, knows people, and fails on demand.

    async with FakeConnector() as connector:
        anna = connector.knows("anna.berg@kommun.example", name="Anna Berg")
        ... the bot sends ...
        assert "Städning" in connector.texts(anna.aad_object_id)
        connector.fails_next(429, retry_after=3)          # the next call of any kind
        connector.fails_next("accepted_then_lost", to=anna)   # taken, but the answer never comes

What can go wrong: a status (403, 404, 412, 413, 429, 500, 502, 503 ...), `"hangs"` (no answer until the
connector closes), `"drops"` (the connection is cut before anything is taken), `"accepted_then_502"` and
`"accepted_then_lost"` (taken, and then 502 or no answer).
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from uuid import NAMESPACE_DNS, uuid5

from aiohttp import web
from aiohttp.typedefs import Handler

_ACCEPTED = frozenset({"accepted_then_502", "accepted_then_lost"})


@dataclass(slots=True, kw_only=True)
class FakePerson:
    """Somebody in the tenant, with the ids Teams has for them."""

    aad_object_id: str
    user_id: str
    mail: str | None
    name: str
    conversation_id: str


@dataclass(slots=True, kw_only=True)
class FakeMessage:
    """A message the connector took, in its newest form."""

    message_id: str
    conversation_id: str
    activity: dict[str, Any]
    earlier: list[dict[str, Any]] = field(default_factory=list)
    """Its earlier forms, oldest first, when it was replaced."""

    @property
    def card(self) -> Mapping[str, Any]:
        """The Adaptive Card in it; an empty one when there is none."""
        for attachment in self.activity.get("attachments", ()):
            if attachment["contentType"] == "application/vnd.microsoft.card.adaptive":
                content: Mapping[str, Any] = attachment["content"]
                return content
        return {}

    @property
    def summary(self) -> str:
        return str(self.activity.get("summary", ""))

    @property
    def notices(self) -> list[str]:
        """Ids of the notices a proactive message settles."""
        return list(self.activity.get("channelData", {}).get("avtalsbot", {}).get("notices", []))

    @property
    def text(self) -> str:
        """Everything a person can read in it, one piece a line."""
        said = [str(self.activity["text"])] if self.activity.get("text") else []
        return "\n".join([*said, *readable(self.card)])

    def button(self, title_or_verb: str) -> Mapping[str, Any]:
        """The button by its title or verb; raises LookupError naming those there are."""
        found = list(buttons(self.card))
        for button in found:
            if title_or_verb in {button.get("title"), button.get("verb")}:
                return button
        raise LookupError(f"no button {title_or_verb!r} among {[(b.get('title'), b.get('verb')) for b in found]}")


@dataclass(slots=True, kw_only=True)
class FakeCall:
    """A request the connector got, taken or not."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


@dataclass(slots=True, kw_only=True)
class _Fault:
    how: int | str
    times: int
    conversation_id: str | None
    retry_after: float | None
    error: Mapping[str, Any]


def readable(element: object) -> Iterator[str]:
    """Every text in a card, in reading order: texts, facts, labels, choices, buttons."""
    if isinstance(element, Mapping):
        for name in ("title", "text", "label", "value", "altText"):
            if isinstance(element.get(name), str):
                yield element[name]
        for name, inside in element.items():
            if isinstance(inside, (Mapping, list)) and name not in {"data", "msteams"}:
                yield from readable(inside)
    elif isinstance(element, list):
        for inside in element:
            yield from readable(inside)


def buttons(element: object) -> Iterator[Mapping[str, Any]]:
    """Every action in a card that sends something to the bot."""
    if isinstance(element, Mapping):
        if element.get("type") in {"Action.Execute", "Action.Submit"}:
            yield element
        for inside in element.values():
            yield from buttons(inside)
    elif isinstance(element, list):
        for inside in element:
            yield from buttons(inside)


class FakeConnector:
    """The connector. `service_url` goes into activities and settings; everything else is for looking afterwards."""

    def __init__(self) -> None:
        self.service_url = ""
        self.messages: list[FakeMessage] = []
        self.calls: list[FakeCall] = []
        self.people: list[FakePerson] = []
        self.most_at_once: dict[str, int] = {}
        """The most calls under way at the same time, by conversation."""
        self._under_way: dict[str, int] = {}
        self.files: dict[str, bytes] = {}
        """What lies at `files/<name>`: photos and files people have sent."""
        self._faults: list[_Fault] = []
        self._runner: web.AppRunner | None = None
        self._closing = asyncio.Event()

    # ------------------------------------------------------------------ people and faults

    def knows(self, mail: str | None, *, name: str = "", aad_object_id: str | None = None) -> FakePerson:
        """Make somebody a member of the tenant, with the app installed. Again the same mail: the same person."""
        for person in self.people:
            if mail and person.mail == mail:
                return person
        object_id = aad_object_id or str(uuid5(NAMESPACE_DNS, mail or name))
        person = FakePerson(
            aad_object_id=object_id,
            user_id=f"29:{object_id}",
            mail=mail,
            name=name or (mail or "").partition("@")[0],
            conversation_id=f"a:{object_id}",
        )
        self.people.append(person)
        return person

    def fails_next(
        self,
        how: int | str,
        *,
        times: int = 1,
        to: FakePerson | None = None,
        retry_after: float | None = None,
        error: Mapping[str, Any] | None = None,
    ) -> None:
        """Let the next calls go wrong (`times=-1`: all), those about one person when `to` is given."""
        self._faults.append(
            _Fault(
                how=how,
                times=times,
                conversation_id=to.conversation_id if to else None,
                retry_after=retry_after,
                error=error or {"error": {"code": "Fault", "message": "as asked for"}},
            )
        )

    def heals(self) -> None:
        """Forget every fault asked for."""
        self._faults.clear()

    # ------------------------------------------------------------------ what arrived

    def messages_to(self, person: FakePerson | str) -> list[FakeMessage]:
        """What somebody has in their chat, oldest first; by person, object id or mail."""
        conversation_id = self._person(person).conversation_id
        return [message for message in self.messages if message.conversation_id == conversation_id]

    def texts(self, person: FakePerson | str) -> str:
        """Everything somebody can read in their chat."""
        return "\n".join(message.text for message in self.messages_to(person))

    def last_to(self, person: FakePerson | str) -> FakeMessage:
        """The newest message in somebody's chat."""
        return self.messages_to(person)[-1]

    def proactive(self) -> list[FakeMessage]:
        """The messages nobody asked for: those that carry notices."""
        return [message for message in self.messages if message.notices]

    def _person(self, person: FakePerson | str) -> FakePerson:
        if isinstance(person, FakePerson):
            return person
        for known in self.people:
            if person in {known.aad_object_id, known.mail, known.user_id}:
                return known
        raise LookupError(f"nobody is called {person!r}")

    # ------------------------------------------------------------------ the server

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._remember])
        app.router.add_post("/v3/conversations", self._create)
        app.router.add_post("/v3/conversations/{conversation}/activities", self._send)
        app.router.add_post("/v3/conversations/{conversation}/activities/{reply_to}", self._send)
        app.router.add_put("/v3/conversations/{conversation}/activities/{activity}", self._update)
        app.router.add_get("/v3/conversations/{conversation}/members", self._members)
        app.router.add_get("/v3/conversations/{conversation}/members/{member}", self._member)
        app.router.add_get("/files/{name}", self._file)
        app.router.add_get("/elsewhere", self._elsewhere)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.service_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        assert self._runner
        await self._runner.cleanup()

    @web.middleware
    async def _remember(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        raw = await request.read()
        body = json.loads(raw) if raw else None
        self.calls.append(FakeCall(method=request.method, path=request.path, headers=dict(request.headers), body=body))
        conversation = request.match_info.get("conversation") or self._conversation_asked_for(body)
        self._under_way[conversation] = self._under_way.get(conversation, 0) + 1
        self.most_at_once[conversation] = max(self.most_at_once.get(conversation, 0), self._under_way[conversation])
        try:
            fault = self._fault_for(conversation)
            if fault is None:
                return await self._answer(handler, request)
            return await self._go_wrong(fault, handler, request)
        finally:
            self._under_way[conversation] -= 1

    async def _go_wrong(self, fault: _Fault, handler: Handler, request: web.Request) -> web.StreamResponse:
        if fault.how in _ACCEPTED:
            await self._answer(handler, request)
        if fault.how in {"hangs", "accepted_then_lost"}:
            await self._closing.wait()
        if fault.how == "drops" and request.transport:
            request.transport.close()
        status = fault.how if isinstance(fault.how, int) else 502
        headers = {} if fault.retry_after is None else {"Retry-After": f"{fault.retry_after:g}"}
        return web.json_response(fault.error, status=status, headers=headers)

    async def _answer(self, handler: Handler, request: web.Request) -> web.StreamResponse:
        response: web.StreamResponse = await handler(request)
        return response

    def _fault_for(self, conversation_id: str) -> _Fault | None:
        for fault in self._faults:
            if fault.times and fault.conversation_id in {None, conversation_id}:
                fault.times -= 1
                return fault
        return None

    def _conversation_asked_for(self, body: object) -> str:
        person = self._asked_for(body)
        return person.conversation_id if person else ""

    def _asked_for(self, body: object) -> FakePerson | None:
        wanted = body["members"][0]["id"] if isinstance(body, dict) and body.get("members") else ""
        return next((p for p in self.people if wanted in {p.aad_object_id, p.user_id}), None)

    async def _create(self, request: web.Request) -> web.Response:
        person = self._asked_for(await request.json())
        if not person:
            error = {"error": {"code": "ForbiddenOperationException", "message": "the app is not installed"}}
            return web.json_response(error, status=403)
        return web.json_response({"id": person.conversation_id}, status=201)

    async def _send(self, request: web.Request) -> web.Response:
        message = FakeMessage(
            message_id=f"m{len(self.messages) + 1}",
            conversation_id=request.match_info["conversation"],
            activity=await request.json(),
        )
        self.messages.append(message)
        return web.json_response({"id": message.message_id}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        for message in self.messages:
            if message.message_id == request.match_info["activity"]:
                message.earlier.append(message.activity)
                message.activity = await request.json()
                return web.json_response({"id": message.message_id})
        error = {"error": {"code": "ActivityNotFoundInConversation", "message": "no such message"}}
        return web.json_response(error, status=404)

    async def _members(self, request: web.Request) -> web.Response:
        conversation = request.match_info["conversation"]
        return web.json_response([_as_member(p) for p in self.people if p.conversation_id == conversation])

    async def _member(self, request: web.Request) -> web.Response:
        wanted = request.match_info["member"]
        for person in self.people:
            if wanted in {person.user_id, person.aad_object_id}:
                return web.json_response(_as_member(person))
        return web.json_response({"error": {"code": "MemberNotFoundInConversation"}}, status=404)

    async def _file(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["name"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    async def _elsewhere(self, request: web.Request) -> web.Response:
        raise web.HTTPFound(request.query["to"])


def _as_member(person: FakePerson) -> dict[str, Any]:
    return {
        "id": person.user_id,
        "name": person.name,
        "aadObjectId": person.aad_object_id,
        "email": person.mail,
        "userPrincipalName": person.mail,
        "tenantId": "local",
        "userRole": "user",
    }
