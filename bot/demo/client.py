"""Speaks to the bot as Teams does: activities over HTTP to the same front, and the clock of local mode."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

import aiohttp

from bot.demo.connector import CARD_TYPE, Connector, Message
from bot.demo.people import Colleague

_BOT = {"id": "28:avtalsbot", "name": "Avtalsbot"}
_TIMEOUT = aiohttp.ClientTimeout(total=120)  # turning the clock a year ahead takes its time


class BotSilent(Exception):  # noqa: N818 - it says what the bot is
    """The bot did not take what was sent; the message says how it answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a pressed button was answered with: another card in its place, or a sentence."""

    card: Mapping[str, Any] | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A message the bot sent by itself while the clock was turned."""

    at: datetime
    mail: str
    summary: str


class Client:
    """Everybody's keyboards. `locale` is the language of their Teams."""

    def __init__(self, session: aiohttp.ClientSession, bot_url: str, connector: Connector) -> None:
        self.locale = "sv-SE"
        self._session = session
        self._bot_url = bot_url
        self._connector = connector
        self._numbers = count(1)

    async def installs(self, colleague: Colleague) -> None:
        """The app appears in somebody's Teams."""
        await self._post(self._activity(colleague, "installationUpdate", action="add"))

    async def says(self, colleague: Colleague, words: str) -> None:
        """Write a message; what the bot answers reaches the connector before this returns."""
        await self._post(self._activity(colleague, "message", text=words, textFormat="plain"))

    async def presses(
        self, colleague: Colleague, message: Message, verb: str, carried: Mapping[str, Any], filled: Mapping[str, str]
    ) -> Answer:
        """Press a button of a message with what it carries and what was filled in."""
        value = {
            "action": {"type": "Action.Execute", "verb": verb, "data": {**carried, **filled}},
            "trigger": "manual",
        }
        told = await self._post(
            self._activity(colleague, "invoke", name="adaptiveCard/action", value=value, replyToId=message.message_id)
        )
        if told.get("type") == CARD_TYPE:
            return Answer(card=told["value"])
        return Answer(sentence=str(told.get("value") or ""))

    async def now(self) -> datetime:
        """What the bot's clock says."""
        async with self._session.get(f"{self._bot_url}/local/clock", timeout=_TIMEOUT) as response:
            return datetime.fromisoformat((await response.json())["now"])

    async def turns_clock(self, to: datetime) -> list[Posted]:
        """Let time pass; what the bot sent on the way, in order."""
        body = {"to": to.isoformat()}
        async with self._session.post(f"{self._bot_url}/local/clock", json=body, timeout=_TIMEOUT) as response:
            told = await response.json()
        if "error" in told:
            raise BotSilent(told["error"])
        return [
            Posted(at=datetime.fromisoformat(one["at"]), mail=one["recipient"], summary=one["summary"])
            for one in told["sent"]
        ]

    async def settles(self) -> list[Posted]:
        """Wait until the bot has nothing more to say just now; what it sent meanwhile."""
        return await self.turns_clock(await self.now())

    def _activity(self, colleague: Colleague, kind: str, **fields: object) -> dict[str, object]:
        return {
            "type": kind,
            "id": f"demo-{next(self._numbers)}",
            "serviceUrl": self._connector.service_url,
            "channelId": "msteams",
            "from": {"id": colleague.user_id, "name": colleague.name, "aadObjectId": colleague.object_id},
            "conversation": {"id": colleague.conversation_id, "conversationType": "personal", "tenantId": "local"},
            "recipient": _BOT,
            "entities": [{"type": "clientInfo", "locale": self.locale, "timezone": "Europe/Stockholm"}],
            "channelData": {"tenant": {"id": "local"}},
            "locale": self.locale,
            "localTimezone": "Europe/Stockholm",
            **fields,
        }

    async def _post(self, activity: Mapping[str, object]) -> dict[str, Any]:
        url = f"{self._bot_url}/api/messages"
        async with self._session.post(url, json=activity, timeout=_TIMEOUT) as response:
            if not response.ok:
                raise BotSilent(f"HTTP {response.status}")
            told: dict[str, Any] = await response.json(content_type=None)
            return told
