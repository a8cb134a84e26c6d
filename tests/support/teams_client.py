"""Plays a person's Teams client: writes and presses over HTTP, as the real client does through the connector.

anna = TeamsClient(bot_url, connector, connector.knows("anna.berg@kommun.example"))
await anna.says("status")
await anna.presses(connector.last_to(anna.person), "Börja nu", answer="ja")
"""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, TypedDict, Unpack

import aiohttp

from tests.support.fake_connector import FakeConnector, FakeMessage, FakePerson

BOT_ID = "28:avtalsbot"
_numbers = count(1)

Json = dict[str, Any]


class ClientOptions(TypedDict, total=False):
    """What may differ between clients."""

    locale: str
    tenant_id: str
    authorize: Callable[[str], str]
    """Makes the Authorization header from the service URL; local mode needs none."""


class TeamsClient:
    """One person at the keyboard. `answers` holds what the bot answered each request with, as (status, JSON)."""

    def __init__(
        self, bot_url: str, connector: FakeConnector, person: FakePerson, **options: Unpack[ClientOptions]
    ) -> None:
        self.person = person
        self.answers: list[tuple[int, Json]] = []
        self._bot_url = bot_url.rstrip("/")
        self._connector = connector
        self._locale = options.get("locale", "sv-SE")
        self._tenant_id = options.get("tenant_id", "local")
        self._authorize = options.get("authorize")

    async def says(self, text: str, **changes: object) -> int:
        """Write a message; the HTTP status the bot took it with."""
        return await self.posts(self.activity("message", text=text, **{"textFormat": "plain", **changes}))

    async def presses(self, message: FakeMessage, title_or_verb: str, **inputs: str) -> Json:
        """Press a button on a card and fill its fields; what the bot answered (the card that takes its place)."""
        button = message.button(title_or_verb)
        return await self.executes(
            str(button.get("verb")), {**button.get("data", {}), **inputs}, reply_to_id=message.message_id
        )

    async def executes(
        self, verb: str, data: Mapping[str, Any], *, reply_to_id: str | None = None, **changes: object
    ) -> Json:
        """Send an Action.Execute by hand, such as one of a card from last year."""
        value = {"action": {"type": "Action.Execute", "verb": verb, "data": dict(data)}, "trigger": "manual"}
        await self.posts(
            self.activity("invoke", name="adaptiveCard/action", value=value, replyToId=reply_to_id, **changes)
        )
        return self.answers[-1][1]

    async def installs(self, action: str = "add") -> int:
        """The app is installed for this person."""
        return await self.posts(self.activity("installationUpdate", action=action))

    def activity(self, kind: str, **fields: object) -> Json:
        """An activity as Teams would send it; a field given as None is left out."""
        activity = {
            "type": kind,
            "id": f"in-{next(_numbers)}",
            "timestamp": "2027-01-11T07:00:00.000Z",
            "serviceUrl": self._connector.service_url,
            "channelId": "msteams",
            "from": {"id": self.person.user_id, "name": self.person.name, "aadObjectId": self.person.aad_object_id},
            "conversation": {
                "id": self.person.conversation_id,
                "conversationType": "personal",
                "tenantId": self._tenant_id,
            },
            "recipient": {"id": BOT_ID, "name": "Avtalsbot"},
            "entities": [{"type": "clientInfo", "locale": self._locale, "timezone": "Europe/Stockholm"}],
            "channelData": {"tenant": {"id": self._tenant_id}},
            "locale": self._locale,
            "localTimezone": "Europe/Stockholm",
            **fields,
        }
        return {name: value for name, value in activity.items() if value is not None}

    async def posts(self, activity: Json) -> int:
        """Post an activity made by `activity`; the HTTP status."""
        headers = {"Authorization": self._authorize(self._connector.service_url)} if self._authorize else {}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self._bot_url}/api/messages", json=activity, headers=headers) as response,
        ):
            self.answers.append((response.status, await response.json(content_type=None)))
            return response.status
