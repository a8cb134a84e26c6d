"""Plays the Bot Connector on this machine: takes what the bot sends, and keeps everybody's chat."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.demo.people import Colleague

CARD_TYPE = "application/vnd.microsoft.card.adaptive"

Json = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Message:
    """A message from the bot, in its newest form."""

    message_id: str
    conversation_id: str
    activity: Json
    is_read: bool = False
    edits: int = 0
    """How many times the bot has put something else in its place."""

    @property
    def text(self) -> str:
        return str(self.activity.get("text") or "")

    @property
    def summary(self) -> str:
        """The line of the notification."""
        return str(self.activity.get("summary") or self.text)

    @property
    def card(self) -> Json | None:
        attachments = self.activity.get("attachments") or ()
        return next((one["content"] for one in attachments if one.get("contentType") == CARD_TYPE), None)


@dataclass(slots=True, kw_only=True)
class Connector:
    """Everybody's chats."""

    people: tuple[Colleague, ...]
    messages: list[Message] = field(default_factory=list)
    service_url: str = ""

    def chat_of(self, colleague: Colleague) -> list[Message]:
        """What the bot has said to somebody, oldest first."""
        return [one for one in self.messages if one.conversation_id == colleague.conversation_id]

    def unread_by(self, colleague: Colleague) -> list[Message]:
        """What somebody has not seen yet, oldest first. An edit makes nothing unread, as in Teams."""
        return [one for one in self.chat_of(colleague) if not one.is_read]

    async def create(self, request: web.Request) -> web.Response:
        """POST /v3/conversations: the personal chat of the one who is asked for."""
        members = (await request.json()).get("members") or [{}]
        colleague = self._known(str(members[0].get("id")))
        if colleague is None:
            return _fault(403, "ForbiddenOperationException")
        return web.json_response({"id": colleague.conversation_id}, status=201)

    async def send(self, request: web.Request) -> web.Response:
        """POST a new message to a chat."""
        message = Message(
            message_id=f"m{len(self.messages) + 1}",
            conversation_id=request.match_info["conversation"],
            activity=await request.json(),
        )
        self.messages.append(message)
        return web.json_response({"id": message.message_id}, status=201)

    async def replace(self, request: web.Request) -> web.Response:
        """PUT another card in the place of an earlier one."""
        for message in self.messages:
            if message.message_id == request.match_info["activity"]:
                message.activity = await request.json()
                message.edits += 1
                return web.json_response({"id": message.message_id})
        return _fault(404, "ActivityNotFoundInConversation")

    async def member(self, request: web.Request) -> web.Response:
        """GET who somebody in a chat is."""
        colleague = self._known(request.match_info["member"])
        if colleague is None:
            return _fault(404, "MemberNotFoundInConversation")
        return web.json_response(
            {
                "id": colleague.user_id,
                "name": colleague.name,
                "aadObjectId": colleague.object_id,
                "email": colleague.mail,
                "userPrincipalName": colleague.mail,
                "userRole": "user",
            }
        )

    def _known(self, account: str) -> Colleague | None:
        return next((one for one in self.people if account in {one.object_id, one.user_id}), None)


@asynccontextmanager
async def open_connector(people: Iterable[Colleague]) -> AsyncIterator[Connector]:
    """A connector on a free port of this machine, until the block ends."""
    connector = Connector(people=tuple(people))
    app = web.Application()
    app.router.add_post("/v3/conversations", connector.create)
    app.router.add_post("/v3/conversations/{conversation}/activities", connector.send)
    app.router.add_post("/v3/conversations/{conversation}/activities/{reply_to}", connector.send)
    app.router.add_put("/v3/conversations/{conversation}/activities/{activity}", connector.replace)
    app.router.add_get("/v3/conversations/{conversation}/members/{member}", connector.member)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        connector.service_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        yield connector
    finally:
        await runner.cleanup()


def _fault(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": code}}, status=status)
