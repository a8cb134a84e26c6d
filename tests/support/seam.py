"""The seam to Teams alone: the real HTTP front over a dialog that says what it is told, for tests of `bot.teams`."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Unpack

import aiohttp

from bot.service_urls import ServiceUrls
from bot.teams.auth import TokenCheck
from bot.teams.door import Door, LocalDoor, TeamsDoor
from bot.teams.duplicates import Begun, Done, InProgress, Receipt
from bot.teams.files import FilePost
from bot.teams.front import Front
from bot.teams.inbound import Inbound
from bot.teams.outbound import ConnectorClient, open_session
from bot.teams.replies import ReplyPost
from bot.teams.signing_keys import SigningKeys
from bot.teams.turns import Turns
from bot.teams.uploads import Uploads, open_upload_session
from bot.trust import trust
from bot.upload_urls import UploadUrls
from bot.web import build_web, open_port
from cards.card import Card
from dialogs.turn import Reply
from domain.identifiers import TenantId
from tests.support.fake_connector import FakeConnector, FakePerson
from tests.support.identity import APP_ID, ISSUER, FakeIdentity
from tests.support.teams_client import BOT_ID, ClientOptions, TeamsClient

TENANT = "0f1d2c3b-0000-4000-8000-000000007e4a"
"""The one tenant production mode knows in these tests."""
LOST_TENANT = "0f1d2c3b-0000-4000-8000-000000001057"
"""A tenant that is asked for just when the store is down."""


def card(text: str, *, verb: str | None = None) -> Card:
    """A card that says one thing, with one button when a verb is given."""
    content: dict[str, Any] = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": text}]}
    if verb:
        data = {"v": 1, "verb": verb, "subject": "s1", "rev": 3, "notice": None}
        content["actions"] = [{"type": "Action.Execute", "title": verb, "verb": verb, "data": data}]
    return Card(content=content, summary=text)


class MemoryInboundLog:
    """Remembers activities as storage does, in a dictionary."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str], Receipt] = {}

    async def begin(self, tenant_id: TenantId, conversation_id: str, activity_id: str) -> Receipt:
        key = (tenant_id, conversation_id, activity_id)
        if key in self._seen:
            return self._seen[key]
        self._seen[key] = InProgress()
        return Begun()

    async def finish(
        self, tenant_id: TenantId, conversation_id: str, activity_id: str, response: Mapping[str, Any] | None
    ) -> None:
        self._seen[tenant_id, conversation_id, activity_id] = Done(response=response)


@dataclass(slots=True)
class Parrot:
    """The dialogs' stand-in: remembers what came in and answers as told, by default with what was said."""

    heard: list[Inbound] = field(default_factory=list)
    answers: Callable[[Inbound], Awaitable[Reply]] | None = None

    async def __call__(self, inbound: Inbound) -> Reply:
        self.heard.append(inbound)
        if self.answers:
            return await self.answers(inbound)
        return Reply(cards=(card(f"Du sa: {getattr(inbound, 'text', '')}"),))

    def says(self, *cards: Card) -> None:
        """From now on, answer with these."""

        async def answer(_inbound: Inbound) -> Reply:
            return Reply(cards=cards)

        self.answers = answer


@dataclass(slots=True, kw_only=True)
class Seam:
    """A running front and everything around it."""

    url: str
    connector: FakeConnector
    identity: FakeIdentity
    parrot: Parrot
    front: Front
    clock: list[datetime]
    """One moment, the production door's clock; replace it to turn the clock."""

    def client(self, person: FakePerson | None = None, **options: Unpack[ClientOptions]) -> TeamsClient:
        """Somebody's Teams client; Anna Berg's when nobody is named."""
        who = person or self.connector.knows("anna.berg@kommun.example", name="Anna Berg")
        return TeamsClient(self.url, self.connector, who, **options)


@asynccontextmanager
async def running_seam(
    *, is_local: bool, deadline_seconds: float = 9.0, timeout_seconds: float = 5.0
) -> AsyncIterator[Seam]:
    """The front on a free port of this machine, in local mode or as in production with an identity of our own.

    As in production, but the connector is spoken to over plain HTTP.
    """
    clock = [datetime.fromtimestamp(time.time(), tz=UTC)]
    timeout = aiohttp.ClientTimeout(total=timeout_seconds)
    async with (
        FakeConnector() as connector,
        FakeIdentity() as identity,
        open_session(trust(), is_local=True, timeout=timeout) as session,
        open_upload_session(trust(), is_local=True, timeout=timeout) as upload_session,
    ):
        here = ServiceUrls(is_local=True)
        door: Door = LocalDoor(service_urls=here, home_tenant=TenantId("local"))
        if not is_local:
            keys = SigningKeys(session=session, openid_url=identity.openid_url, now=lambda: clock[0])
            tokens = TokenCheck(app_id=APP_ID, issuer=ISSUER, keys=keys, now=lambda: clock[0])
            door = TeamsDoor(tokens=tokens, service_urls=here, knows_tenant=_knows_one)
        parrot = Parrot()
        client = ConnectorClient(session=session, service_urls=here, bearer=None)
        replies = ReplyPost(client)
        uploads = Uploads(session=upload_session, urls=UploadUrls(is_local=True), wait_seconds=0.01)
        front = Front(
            door=door,
            turns=Turns(answer=parrot, inbound_log=MemoryInboundLog()),
            replies=replies,
            files=FilePost(replies=replies, uploads=uploads, is_local=is_local),
            bot_id=BOT_ID,
            deadline_seconds=deadline_seconds,
        )
        runner = await open_port(build_web(receive=front.receive, is_ready=_ready), host="127.0.0.1", port=0)
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield Seam(url=url, connector=connector, identity=identity, parrot=parrot, front=front, clock=clock)
        await front.quiet(1)
        await runner.cleanup()


async def _knows_one(tenant_id: TenantId) -> bool:
    if tenant_id == LOST_TENANT:
        raise ConnectionError
    return tenant_id == TENANT


async def _ready() -> bool:
    return True
