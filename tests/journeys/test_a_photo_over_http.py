"""A photo on its whole way: Teams' message, the connector's file, the database, and back to who may see it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.app import build_house
from bot.clock import Clock
from bot.evidence_desk import local_evidence
from bot.settings import read_settings
from bot.web import LocalClock, build_web, open_port
from storage.database import make_engine
from storage.unit_of_work import Store
from tests.support.fake_connector import FakeConnector
from tests.support.photos import JPEG
from tests.support.teams_client import TeamsClient
from tests.support.world import PEOPLE, TENANT, contract, furnish, local, make_world

MIA = PEOPLE[0]


@pytest.fixture
async def chat(database_url: str) -> AsyncIterator[tuple[TeamsClient, FakeConnector, str]]:
    """Mia at the keyboard, the connector she writes through, and the bot's address."""
    store = Store(make_engine(database_url))
    town = make_world(store)
    await furnish(town, [contract("2026-0001", title="Städning av skolor, Kinnaskolan")])
    await store.close()
    settings = read_settings(
        {"AVTALSBOT_LOCAL": "1", "AVTALSBOT_DATABASE_URL": database_url, "AVTALSBOT_TENANT_ID": TENANT},
    )
    clock = Clock(local("2027-01-11", "09:00"))
    async with FakeConnector() as connector, build_house(settings, clock) as house:

        async def ready() -> bool:
            return True

        async def turn(_: object) -> dict[str, object]:
            return {}

        local_clock = LocalClock(read=clock, turn=turn)
        app = build_web(
            receive=house.front.receive,
            is_ready=ready,
            clock=local_clock,
            show_evidence=local_evidence(house.world),
        )
        runner = await open_port(app, host="127.0.0.1", port=0)
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        person = connector.knows(MIA.mail, name=MIA.name, aad_object_id=MIA.aad_object_id)
        yield TeamsClient(address, connector, person, tenant_id=TENANT), connector, address
        await house.front.quiet()
        await runner.cleanup()


async def test_a_photo_sent_in_the_chat_is_kept_and_handed_back(
    chat: tuple[TeamsClient, FakeConnector, str],
) -> None:
    mia, connector, address = chat
    connector.files["photo"] = JPEG
    photo = {"contentType": "image/*", "contentUrl": f"{connector.service_url}files/photo"}

    await mia.says("Städningen på Kinnaskolan uteblev i fredags", attachments=[photo])
    await mia.presses(connector.last_to(mia.person), "Spara som bevis")
    await mia.says("registrera")
    await mia.says("AVV-2027-0001 bevis 1")

    said = connector.texts(mia.person)
    assert "Sparat: bild-1.jpg" in said
    link = said[said.rindex(f"{address}/local/evidence/") :].split()[0].rstrip(").")
    async with aiohttp.ClientSession() as session, session.get(link) as response:
        assert await response.read() == JPEG
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "attachment" in response.headers["Content-Disposition"]
