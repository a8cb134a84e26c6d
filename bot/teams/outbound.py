"""The only door out to Teams: the Bot Connector's calls over one pool of connections, each answered by an outcome.

Not the Bot Framework's client: that one makes a new connection and a new token for every message, and sends a
message again where it may already have been delivered.
"""

import asyncio
import json
import logging
import ssl
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from weakref import WeakValueDictionary

import aiohttp
from yarl import URL

from bot.bearer import Bearer, NoToken
from bot.service_urls import ServiceUrls
from bot.teams.outcomes import MISCONFIGURED, Answer, outcome_of
from domain.identifiers import TenantId
from usecases.ports import Ambiguous, Outcome, TryLater, Undeliverable

_log = logging.getLogger(__name__)

_RETRY_SECONDS = 30.0  # nothing was sent: the connector or the sign-in service could not be reached
_POOL = 50  # connections, as many as Teams takes requests a second
_IDLE_SECONDS = 15.0  # shorter than the connector's own patience, so that we do not write into a closed connection
TIMEOUT = aiohttp.ClientTimeout(total=15.0, connect=5.0, sock_connect=5.0)

Activity = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A personal chat is there to write in."""

    conversation_id: str


def open_session(
    tls: ssl.SSLContext, *, is_local: bool, timeout: aiohttp.ClientTimeout = TIMEOUT
) -> aiohttp.ClientSession:
    """The pool everything to Microsoft goes through. Outside local mode the usual proxy settings are followed."""
    connector = aiohttp.TCPConnector(limit=_POOL, keepalive_timeout=_IDLE_SECONDS, ssl=tls)
    return aiohttp.ClientSession(
        connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), trust_env=not is_local
    )


class ConnectorClient:
    """Posts to the connector. Never raises for what a neighbour did; one message at a time in each conversation."""

    def __init__(self, *, session: aiohttp.ClientSession, service_urls: ServiceUrls, bearer: Bearer | None) -> None:
        """Without a bearer (local mode) requests go without a token."""
        self._session = session
        self._service_urls = service_urls
        self._bearer = bearer
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def send(self, service_url: str, conversation_id: str, activity: Activity) -> Outcome:
        """Post a new message to a conversation."""
        async with self._alone_in(conversation_id):
            answer = await self._call("POST", service_url, ("conversations", conversation_id, "activities"), activity)
        return self._told(answer, conversation_id)

    async def update(self, service_url: str, conversation_id: str, message_id: str, activity: Activity) -> Outcome:
        """Replace a message of ours; makes no sound. Doing it twice is harmless."""
        path = ("conversations", conversation_id, "activities", message_id)
        async with self._alone_in(conversation_id):
            answer = await self._call("PUT", service_url, path, {**activity, "id": message_id})
        return self._told(answer, conversation_id)

    async def create_conversation(
        self, service_url: str, *, bot_id: str, aad_object_id: str, tenant_id: TenantId
    ) -> Opened | TryLater | Undeliverable:
        """Open a person's personal chat. It says nothing to anybody, so whatever went wrong may be tried again."""
        request = {
            "bot": {"id": bot_id},
            "members": [{"id": aad_object_id}],
            "tenantId": tenant_id,
            "isGroup": False,
            "channelData": {"tenant": {"id": tenant_id}},
        }
        answer = await self._call("POST", service_url, ("conversations",), request)
        if isinstance(answer, Answer) and answer.is_success:
            conversation_id = answer.content.get("id")
            if isinstance(conversation_id, str) and conversation_id:
                return Opened(conversation_id=conversation_id)
        outcome = self._told(answer, "")
        if isinstance(outcome, TryLater):
            return outcome
        if isinstance(outcome, Undeliverable):
            return Undeliverable(reason="unknown_person" if outcome.forget_conversation else outcome.reason)
        reason = outcome.reason if isinstance(outcome, Ambiguous) else "no_conversation_id"
        return TryLater(after_seconds=_RETRY_SECONDS, reason=reason)

    async def member(self, service_url: str, conversation_id: str, user_id: str) -> Mapping[str, Any] | None:
        """What the connector knows of a member of a conversation; None when it does not say."""
        answer = await self._call("GET", service_url, ("conversations", conversation_id, "members", user_id), None)
        return answer.content or None if isinstance(answer, Answer) and answer.is_success else None

    def _alone_in(self, conversation_id: str) -> AbstractAsyncContextManager[None]:
        return self._turns.setdefault(conversation_id, asyncio.Lock())

    def _told(self, answer: "Answer | Outcome", conversation_id: str) -> Outcome:
        outcome = outcome_of(answer, conversation_id) if isinstance(answer, Answer) else answer
        if isinstance(outcome, Undeliverable) and outcome.reason == MISCONFIGURED:
            _log.error("connector_refuses_the_bot", extra={"conversation_id": conversation_id})
        return outcome

    async def _call(
        self, method: str, service_url: str, path: tuple[str, ...], body: Activity | None
    ) -> "Answer | TryLater | Undeliverable | Ambiguous":
        if not self._service_urls.allows(service_url):
            return Undeliverable(reason="service_url_refused")
        try:
            headers = {"Authorization": f"Bearer {await self._bearer()}"} if self._bearer else {}
        except NoToken as missing:
            if missing.is_refused:
                return Undeliverable(reason=MISCONFIGURED)
            return TryLater(after_seconds=_RETRY_SECONDS, reason="no_token")
        url = URL(f"{service_url.rstrip('/')}/v3/{'/'.join(quote(part, safe='') for part in path)}", encoded=True)
        content = None if body is None else json.dumps(body, ensure_ascii=False, default=dict).encode(errors="replace")
        if content is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        return await self._exchange(method, url, headers, content)

    async def _exchange(
        self, method: str, url: URL, headers: Mapping[str, str], content: bytes | None
    ) -> "Answer | TryLater | Ambiguous":
        try:
            async with self._session.request(
                method, url, headers=headers, data=content, allow_redirects=False
            ) as response:
                return Answer(status=response.status, headers=response.headers, body=await _body(response))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return TryLater(after_seconds=_RETRY_SECONDS, reason=type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Ambiguous(reason=type(error).__name__)


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """The body, or nothing when it breaks off: the status alone says whether the message was taken."""
    try:
        return await response.read()
    except (aiohttp.ClientError, TimeoutError, OSError):
        return b""
