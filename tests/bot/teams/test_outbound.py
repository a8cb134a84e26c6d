"""What the connector answers becomes an outcome by one rule: never twice when it may have arrived, never lost silently."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from email.utils import format_datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.bearer import NoToken
from bot.service_urls import ServiceUrls
from bot.teams.outbound import ConnectorClient, Opened, open_session
from bot.teams.outcomes import Answer, outcome_of
from bot.trust import trust
from domain.identifiers import TenantId
from tests.support.fake_connector import FakeConnector, FakePerson
from tests.support.world import local
from usecases.ports import Ambiguous, Delivered, TryLater, Undeliverable

HERE = ServiceUrls(is_local=True)
TENANT = TenantId("exempelkommun")
HELLO = {"type": "message", "text": "hej"}


@pytest.fixture
async def connector() -> AsyncIterator[FakeConnector]:
    async with FakeConnector() as running:
        yield running


@pytest.fixture
def anna(connector: FakeConnector) -> FakePerson:
    return connector.knows("anna.berg@kommun.example", name="Anna Berg")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_session(trust(), is_local=True, timeout=aiohttp.ClientTimeout(total=0.5, connect=0.3)) as opened:
        yield opened


@pytest.fixture
def client(session: aiohttp.ClientSession) -> ConnectorClient:
    return ConnectorClient(session=session, service_urls=HERE, bearer=None)


async def test_a_taken_message_is_delivered_with_its_id(
    client: ConnectorClient, connector: FakeConnector, anna: FakePerson
) -> None:
    outcome = await client.send(connector.service_url, anna.conversation_id, HELLO)

    assert outcome == Delivered(message_id="m1", conversation_id=anna.conversation_id)
    assert connector.texts(anna) == "hej"


@pytest.mark.parametrize(
    ("how", "outcome"),
    [
        (412, TryLater(after_seconds=5, reason="busy")),
        (429, TryLater(after_seconds=30, reason="throttled", is_throttled=True)),
        (400, Undeliverable(reason="http_400")),
        (401, Undeliverable(reason="misconfigured")),
        (403, Undeliverable(reason="forbidden")),
        (404, Undeliverable(reason="conversation_gone", forget_conversation=True)),
        (410, Undeliverable(reason="conversation_gone", forget_conversation=True)),
        (413, Undeliverable(reason="too_large")),
        (302, Undeliverable(reason="http_302")),
        (408, Ambiguous(reason="http_408")),
        (500, Ambiguous(reason="http_500")),
        (502, Ambiguous(reason="http_502")),
        (503, Ambiguous(reason="http_503")),
        (504, Ambiguous(reason="http_504")),
        ("accepted_then_502", Ambiguous(reason="http_502")),
    ],
)
async def test_each_answer_has_one_outcome(
    client: ConnectorClient, connector: FakeConnector, anna: FakePerson, how: int | str, outcome: object
) -> None:
    connector.fails_next(how)

    assert await client.send(connector.service_url, anna.conversation_id, HELLO) == outcome


@pytest.mark.parametrize("how", ["hangs", "drops", "accepted_then_lost"])
async def test_silence_is_ambiguous_and_not_asked_again(
    client: ConnectorClient, connector: FakeConnector, anna: FakePerson, how: str
) -> None:
    connector.fails_next(how)

    outcome = await client.send(connector.service_url, anna.conversation_id, HELLO)

    assert isinstance(outcome, Ambiguous)
    assert len(connector.calls) == 1


async def test_nobody_listening_is_safe_to_try_again(client: ConnectorClient) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

    outcome = await client.send(f"http://127.0.0.1:{port}/", "a:1", HELLO)

    assert isinstance(outcome, TryLater)
    assert not outcome.is_throttled


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ({"error": {"code": "BotDisabledByAdmin", "message": "no"}}, "disabled_by_admin"),
        ({"error": {"code": "BotNotInConversationRoster"}}, "uninstalled"),
        ({"error": {"code": "ConversationBlockedByUser"}}, "blocked_by_user"),
        ({"error": {"code": "ForbiddenOperationException"}}, "not_installed"),
        ({"error": {"code": "InvalidBotApiHost"}}, "misconfigured"),
        ({"errorCode": 209, "message": '{"subCode":"MessageWritesBlocked","details":"x"}'}, "blocked_or_uninstalled"),
        ({"error": {"code": "SomethingNew"}}, "forbidden"),
        ({"message": 7}, "forbidden"),
    ],
)
async def test_a_refusal_says_why(
    client: ConnectorClient, connector: FakeConnector, anna: FakePerson, error: Mapping[str, Any], reason: str
) -> None:
    connector.fails_next(403, error=error)

    assert await client.send(connector.service_url, anna.conversation_id, HELLO) == Undeliverable(reason=reason)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "0"}, 1),
        ({"Retry-After": "100000"}, 3600),
        ({"Retry-After": "-4"}, 30),
        ({"Retry-After": "nan"}, 30),
        ({"Retry-After": "soon"}, 30),
        ({}, 30),
        (
            {
                "Retry-After": format_datetime(local("2027-01-11", "08:02"), usegmt=True),
                "Date": format_datetime(local("2027-01-11", "08:00"), usegmt=True),
            },
            120,
        ),
    ],
)
def test_how_long_to_wait_is_read_from_the_answer(headers: dict[str, str], seconds: float) -> None:
    outcome = outcome_of(Answer(status=429, headers=headers, body=b""), "a:1")

    assert outcome == TryLater(after_seconds=seconds, reason="throttled", is_throttled=True)


async def test_a_redirect_is_not_followed(session: aiohttp.ClientSession, connector: FakeConnector) -> None:
    async def elsewhere(_request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect(f"{connector.service_url}v3/conversations/a:1/activities")

    app = web.Application()
    app.router.add_post("/v3/conversations/{id}/activities", elsewhere)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    client = ConnectorClient(session=session, service_urls=HERE, bearer=None)

    outcome = await client.send(f"http://127.0.0.1:{runner.addresses[0][1]}", "a:1", HELLO)
    await runner.cleanup()

    assert outcome == Undeliverable(reason="http_307")
    assert not connector.calls


async def test_an_address_that_is_not_microsofts_is_refused_again_when_sending(
    session: aiohttp.ClientSession, connector: FakeConnector
) -> None:
    client = ConnectorClient(session=session, service_urls=ServiceUrls(is_local=False), bearer=None)

    outcome = await client.send(connector.service_url, "a:1", HELLO)

    assert outcome == Undeliverable(reason="service_url_refused")
    assert not connector.calls


async def test_an_id_is_one_step_of_the_path_whatever_is_in_it(
    client: ConnectorClient, connector: FakeConnector
) -> None:
    await client.send(connector.service_url, "a:1/../../x?y#z;messageid=7", HELLO)

    assert connector.messages[0].conversation_id == "a:1/../../x?y#z;messageid=7"


async def test_one_message_at_a_time_in_each_conversation(
    client: ConnectorClient, connector: FakeConnector, anna: FakePerson
) -> None:
    bo = connector.knows("bo@kommun.example")

    await asyncio.gather(
        *(client.send(connector.service_url, anna.conversation_id, {"text": str(n)}) for n in range(8)),
        *(client.send(connector.service_url, bo.conversation_id, {"text": str(n)}) for n in range(8)),
    )

    assert connector.most_at_once == {anna.conversation_id: 1, bo.conversation_id: 1}
    assert [message.text for message in connector.messages_to(anna)] == [str(n) for n in range(8)]


async def test_a_message_can_be_replaced(client: ConnectorClient, connector: FakeConnector, anna: FakePerson) -> None:
    await client.send(connector.service_url, anna.conversation_id, HELLO)

    await client.update(connector.service_url, anna.conversation_id, "m1", {"type": "message", "text": "hej igen"})

    assert connector.texts(anna) == "hej igen"


async def test_replacing_a_message_that_is_gone_does_not_forget_the_conversation(
    client: ConnectorClient, connector: FakeConnector, anna: FakePerson
) -> None:
    outcome = await client.update(connector.service_url, anna.conversation_id, "m9", HELLO)

    assert outcome == Undeliverable(reason="message_gone")


async def test_a_chat_is_opened_by_object_id(
    client: ConnectorClient, connector: FakeConnector, anna: FakePerson
) -> None:
    opened = await client.create_conversation(
        connector.service_url, bot_id="28:bot", aad_object_id=anna.aad_object_id, tenant_id=TENANT
    )

    assert opened == Opened(conversation_id=anna.conversation_id)
    assert connector.calls[0].body["bot"] == {"id": "28:bot"}
    assert connector.calls[0].body["tenantId"] == TENANT


@pytest.mark.parametrize("how", [500, 503, "hangs", "drops"])
async def test_opening_a_chat_says_nothing_to_anybody_so_it_may_be_tried_again(
    client: ConnectorClient, connector: FakeConnector, anna: FakePerson, how: int | str
) -> None:
    connector.fails_next(how)

    opened = await client.create_conversation(
        connector.service_url, bot_id="28:bot", aad_object_id=anna.aad_object_id, tenant_id=TENANT
    )

    assert isinstance(opened, TryLater)


@pytest.mark.parametrize(("how", "reason"), [(403, "not_installed"), (404, "unknown_person"), (400, "http_400")])
async def test_somebody_without_the_app_cannot_be_reached(
    client: ConnectorClient, connector: FakeConnector, how: int, reason: str
) -> None:
    connector.fails_next(how, error={"error": {"code": "ForbiddenOperationException"}})

    opened = await client.create_conversation(
        connector.service_url, bot_id="28:bot", aad_object_id="nobody", tenant_id=TENANT
    )

    assert opened == Undeliverable(reason=reason)


async def test_every_call_shows_the_token(session: aiohttp.ClientSession, connector: FakeConnector) -> None:
    async def token() -> str:
        return "pass"

    client = ConnectorClient(session=session, service_urls=HERE, bearer=token)
    await client.send(connector.service_url, "a:1", HELLO)

    assert connector.calls[0].headers["Authorization"] == "Bearer pass"


@pytest.mark.parametrize(
    ("missing", "outcome"),
    [
        (NoToken("invalid_client", is_refused=True), Undeliverable(reason="misconfigured")),
        (NoToken("ConnectionError", is_refused=False), TryLater(after_seconds=30, reason="no_token")),
    ],
)
async def test_without_a_token_nothing_is_sent(
    session: aiohttp.ClientSession, connector: FakeConnector, missing: NoToken, outcome: object
) -> None:
    async def token() -> str:
        raise missing

    client = ConnectorClient(session=session, service_urls=HERE, bearer=token)

    assert await client.send(connector.service_url, "a:1", HELLO) == outcome
    assert not connector.calls
