"""From one sentence to a complaint the supplier has got, over HTTP: drafted, put in OneDrive, sent by a person and recorded."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from bot.clock import Clock
from bot.serving import serving
from bot.settings import read_settings
from cards.letter_offer import ACCEPTED
from domain.case_file import CaseLetter
from domain.deviation import Deviation, DeviationState
from storage.database import make_engine
from storage.unit_of_work import Store
from tests.support.fake_connector import FakeConnector
from tests.support.fake_onedrive import FakeOneDrive
from tests.support.teams_client import TeamsClient
from tests.support.world import PEOPLE, TENANT, contract, furnish, make_world

MIA = PEOPLE[0]
NUMBER = "AVV-2027-0001"


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A serving bot, and Mia's Teams."""

    mia: TeamsClient
    connector: FakeConnector
    store: Store

    @property
    def seen(self) -> str:
        """What the newest message in Mia's chat says."""
        return self.connector.last_to(self.mia.person).text

    async def says(self, text: str) -> str:
        assert await self.mia.says(text) == 200
        return self.seen

    async def kept(self) -> tuple[Deviation, CaseLetter]:
        async with self.store.read(TENANT) as unit:
            [case] = await unit.deviations.all()
            [letter] = (await unit.case_files.of(case.deviation_id)).letters
        return case, letter


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[Town]:
    store = Store(make_engine(database_url))
    house = make_world(store)
    await furnish(house, [contract("2026-0001", title="Städning av skolor, Kinnaskolan")])
    async with FakeConnector() as connector:
        settings = read_settings(
            {
                "AVTALSBOT_LOCAL": "1",
                "AVTALSBOT_DATABASE_URL": database_url,
                "AVTALSBOT_TENANT_ID": TENANT,
                "AVTALSBOT_SERVICE_URL": connector.service_url,
            },
        )
        person = connector.knows(MIA.mail, name=MIA.name, aad_object_id=MIA.aad_object_id)
        async with serving(settings, Clock(house.clock()), 0) as address:
            yield Town(mia=TeamsClient(address, connector, person), connector=connector, store=store)
    await store.close()


async def test_a_fault_becomes_a_complaint_with_proof_and_number(town: Town) -> None:
    await town.says("Städningen på Kinnaskolan uteblev i fredags")
    await town.says("registrera")
    await town.says(f"{NUMBER} bedömd, måttlig, bilaga 2 punkt 4")
    await town.says("brev reklamation")
    for said in ("mottagare: Anna Berg", "avtalat: Städning varje vardag", "konsekvens: Stängda klassrum"):
        await town.says(said)
    complete = await town.says("krav: Städa om senast fredag")
    link = await town.says("brev som word")
    recorded = await town.says("brev skickat i dag, mejl, KS 2027/44, mottagningskvitto")

    assert "Det här saknas" not in complete
    assert "/local/letters/" in link
    assert "Skickat 11 januari 2027, mejl, till Anna Berg" in recorded
    case, letter = await town.kept()
    assert case.state is DeviationState.COMPLAINT_SENT
    assert (letter.sent_on, letter.proof, letter.registry_number) == (
        date(2027, 1, 11),
        "mottagningskvitto",
        "KS 2027/44",
    )


async def test_the_word_file_reaches_ones_own_onedrive(town: Town) -> None:
    await town.says("Städningen på Kinnaskolan uteblev i fredags")
    await town.says("registrera")
    await town.says(f"{NUMBER} brev reklamation")
    _, letter = await town.kept()

    async with FakeOneDrive() as onedrive:
        context = {"v": 1, "verb": ACCEPTED, "subject": f"letter:{letter.letter_id}", "rev": 0, "notice": None}
        value: dict[str, Any] = {"action": "accept", "context": context, "uploadInfo": onedrive.upload_info("r.docx")}
        await town.mia.posts(town.mia.activity("invoke", name="fileConsent/invoke", value=value))
        while not onedrive.files:
            await town.says("brev")

    document = Document(BytesIO(onedrive.files["r.docx"]))
    assert document.paragraphs[0].text == "Reklamation, 2026-0001: Leveransen uteblev"
