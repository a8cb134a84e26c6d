"""A letter as a Word file from the command line, and in local mode from the bot's own page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from docx import Document

from bot.arguments import read_arguments
from bot.clock import Clock
from bot.desk import RefusedWhole
from bot.letter_desk import local_letters, write_letter
from bot.settings import Settings, read_settings
from bot.web import LocalClock, build_web, open_port
from cards.letter_document import DOCX_TYPE
from domain.errors import Refused
from storage.database import make_engine
from storage.unit_of_work import Store
from tests.support.talking import Talk
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, make_world, person

MIA = PEOPLE[0]
NUMBER = "AVV-2027-0001"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An organisation with one reported fault, and the settings that find it."""

    house: TestWorld
    settings: Settings
    folder: Path
    mia: Talk

    async def letter(self, *argv: str) -> str:
        arguments = read_arguments(["letter", *argv])
        return await write_letter(arguments, self.settings, Clock(self.house.clock()))

    @property
    def is_written(self) -> bool:
        return Path(self.out).exists()

    @property
    def out(self) -> str:
        return str(self.folder / "brev.docx")


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    store = Store(make_engine(database_url))
    house = make_world(store)
    await furnish(house, [contract("2026-0001", title="Städning av skolor, Kinnaskolan")], [*PEOPLE, person("Eva Ek")])
    await house.tick()
    mia = Talk(house, MIA)
    await mia.says("Städningen på Kinnaskolan uteblev i fredags")
    await mia.says("registrera")
    settings = read_settings(
        {"AVTALSBOT_LOCAL": "1", "AVTALSBOT_DATABASE_URL": database_url, "AVTALSBOT_TENANT_ID": TENANT},
    )
    yield Desk(house=house, settings=settings, folder=tmp_path, mia=mia)
    await store.close()


def texts(path: str) -> list[str]:
    return [paragraph.text for paragraph in Document(path).paragraphs]


async def test_a_draft_from_the_chat_is_written_to_a_file(desk: Desk) -> None:
    await desk.mia.says(f"{NUMBER} brev reklamation")

    told = await desk.letter(NUMBER.lower(), "--out", desk.out)

    assert texts(desk.out)[0] == "Reklamation, 2026-0001: Leveransen uteblev"
    assert "complaint in AVV-2027-0001, a draft, not sent" in told
    assert "vad avtalet säger" in told


async def test_where_there_is_no_letter_the_desk_says_so(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        await desk.letter(NUMBER, "--out", desk.out)

    assert refused.value.text_key == "supplier_letter.refused.no_letter_yet"


async def test_for_somebody_who_may_write_it_is_drafted(desk: Desk) -> None:
    told = await desk.letter(NUMBER, "--kind", "plan_request", "--as", MIA.mail.upper(), "--out", desk.out)

    assert "plan_request" in told
    assert texts(desk.out)[0].startswith("Begäran om åtgärdsplan")


async def test_somebody_who_may_not_see_the_case_gets_nothing(desk: Desk) -> None:
    await desk.mia.says(f"{NUMBER} brev reklamation")

    with pytest.raises(Refused):
        await desk.letter(NUMBER, "--as", "eva.ek@exempel.example", "--out", desk.out)
    with pytest.raises(RefusedWhole, match="no list of people"):
        await desk.letter(NUMBER, "--as", "ingen@exempel.example", "--out", desk.out)
    assert not desk.is_written


async def test_a_file_that_is_no_word_file_is_refused(desk: Desk) -> None:
    with pytest.raises(RefusedWhole, match=r"\.docx"):
        await desk.letter(NUMBER, "--out", str(desk.folder / "brev.pdf"))


async def test_in_local_mode_the_bots_own_page_hands_the_letter_over(desk: Desk) -> None:
    await desk.mia.says(f"{NUMBER} brev reklamation")
    await desk.mia.presses("letter.file")
    [offer] = desk.mia.offers

    async with _serving(desk) as session:
        found = await session.get(offer.path)
        content = await found.read()
        missing = await session.get("/local/letters/nothing.docx")

    assert found.status == 200
    assert found.content_type == DOCX_TYPE
    assert "AVV-2027-0001 reklamation.docx" in found.headers["Content-Disposition"]
    assert len(content) == offer.size_bytes
    assert Document(BytesIO(content)).paragraphs[0].text.startswith("Reklamation")
    assert missing.status == 404


async def test_outside_local_mode_there_is_no_such_page(desk: Desk) -> None:
    async with _serving(desk, is_local=False) as session:
        assert (await session.get("/local/letters/l1.docx")).status == 404


@asynccontextmanager
async def _serving(desk: Desk, *, is_local: bool = True) -> AsyncIterator[aiohttp.ClientSession]:
    """The bot's web side over this desk's world."""

    async def receive(_request: web.Request) -> web.Response:
        return web.json_response({})

    async def ready() -> bool:
        return True

    async def turn(_to: datetime) -> dict[str, Any]:
        return {}

    world = desk.house.world
    clock = LocalClock(read=world.now, turn=turn) if is_local else None
    app = build_web(receive=receive, is_ready=ready, clock=clock, show_letter=local_letters(world))
    runner = await open_port(app, host="127.0.0.1", port=0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{runner.addresses[0][1]}") as session:
        yield session
    await runner.cleanup()
