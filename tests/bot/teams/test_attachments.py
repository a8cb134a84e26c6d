"""Photos and files are fetched within limits, and what goes wrong is said and never raised."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.bearer import NoToken
from bot.download_urls import DownloadUrls
from bot.service_urls import ServiceUrls
from bot.teams.attachments import TeamsAttachments
from bot.teams.outbound import open_session
from bot.trust import trust
from domain.evidence_files import MOST_BYTES
from tests.support.fake_connector import FakeConnector
from tests.support.photos import JPEG
from usecases.ports import Attachment, Fetched, NotFetched

HERE = DownloadUrls(service_urls=ServiceUrls(is_local=True), is_local=True)


@pytest.fixture
async def connector() -> AsyncIterator[FakeConnector]:
    async with FakeConnector() as running:
        running.files |= {"photo": JPEG, "large": b"\xff\xd8\xff" + b"x" * MOST_BYTES}
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_session(trust(()), is_local=True) as opened:
        yield opened


async def token() -> str:
    return "the-token"


async def no_token() -> str:
    raise NoToken("sign_in_down", is_refused=False)


def sent(connector: FakeConnector, path: str) -> Attachment:
    return Attachment(name="bild.jpg", url=f"{connector.service_url}{path}")


async def test_a_photo_is_fetched_with_the_token_of_the_bot(
    connector: FakeConnector, session: aiohttp.ClientSession
) -> None:
    found = await TeamsAttachments(session=session, urls=HERE, bearer=token).fetch(sent(connector, "files/photo"))

    assert found == Fetched(content=JPEG)
    assert connector.calls[-1].headers["Authorization"] == "Bearer the-token"


async def test_what_is_too_large_is_not_taken_in(connector: FakeConnector, session: aiohttp.ClientSession) -> None:
    found = await TeamsAttachments(session=session, urls=HERE, bearer=None).fetch(sent(connector, "files/large"))

    assert found == NotFetched(reason="too_large")


async def test_what_is_gone_is_not_fetched(connector: FakeConnector, session: aiohttp.ClientSession) -> None:
    found = await TeamsAttachments(session=session, urls=HERE, bearer=None).fetch(sent(connector, "files/none"))

    assert found == NotFetched(reason="failed")


async def test_another_host_is_never_asked_even_when_sent_there(
    connector: FakeConnector, session: aiohttp.ClientSession
) -> None:
    fetcher = TeamsAttachments(session=session, urls=HERE, bearer=token)
    elsewhere = Attachment(name="", url="https://evil.example/photo")

    direct = await fetcher.fetch(elsewhere)
    redirected = await fetcher.fetch(sent(connector, "elsewhere?to=https://evil.example/photo"))
    other_name = connector.service_url.replace("127.0.0.1", "localhost")
    moved = await fetcher.fetch(sent(connector, f"elsewhere?to={other_name}files/photo"))

    assert {direct, redirected, moved} == {NotFetched(reason="not_allowed")}


async def test_a_redirect_on_the_same_host_is_followed_a_few_times(
    connector: FakeConnector, session: aiohttp.ClientSession
) -> None:
    fetcher = TeamsAttachments(session=session, urls=HERE, bearer=None)

    once = await fetcher.fetch(sent(connector, "elsewhere?to=/files/photo"))
    round_and_round = await fetcher.fetch(sent(connector, "elsewhere?to=/elsewhere?to=/elsewhere?to=/elsewhere"))

    assert once == Fetched(content=JPEG)
    assert round_and_round == NotFetched(reason="failed")


@pytest.mark.parametrize("fault", [500, 403, "drops"])
async def test_a_connector_in_trouble_is_a_value_and_not_an_exception(
    connector: FakeConnector, session: aiohttp.ClientSession, fault: int | str
) -> None:
    connector.fails_next(fault, times=-1)

    found = await TeamsAttachments(session=session, urls=HERE, bearer=None).fetch(sent(connector, "files/photo"))

    assert found == NotFetched(reason="failed")


async def test_without_a_token_nothing_is_fetched(connector: FakeConnector, session: aiohttp.ClientSession) -> None:
    found = await TeamsAttachments(session=session, urls=HERE, bearer=no_token).fetch(sent(connector, "files/photo"))

    assert found == NotFetched(reason="failed")
    assert connector.calls == []
