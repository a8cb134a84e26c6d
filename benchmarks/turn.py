"""What one turn costs over HTTP, beside an echo behind the same front."""

import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from benchmarks.measuring import against, heading, line
from benchmarks.town import CONTRACTS, GOLIVE, running_register
from bot.app import Answering, StoredInboundLog, Ticker
from bot.clock import Clock
from bot.teams.inbound import Inbound
from dialogs.turn import Reply
from domain.identifiers import TenantId
from storage.database import make_engine
from storage.schema import migrate
from storage.unit_of_work import Store
from tests.support.identity import FIRST_KEY, good_claims
from tests.support.registers import as_csv, mail_of, make_people
from tests.support.seam import TENANT, Seam, running_seam
from tests.support.teams_client import TeamsClient
from tests.support.world import make_world
from usecases.import_people import import_people
from usecases.import_register import import_register
from usecases.ports import Member

ROUNDS = 300
WARMING_UP = 30
WORDS = "hjälp"
WHO = "Greta Granskare"
"""The controller, who gets the longest answer."""


async def measure_turns() -> None:
    """*Hjälp* and an echo in turns, over one connection to the production front: token, tenant and address checked."""
    async with _our_answers() as ours, running_seam(is_local=False) as seam:
        heading(f"One turn over HTTP, {WORDS!r} of the controller, {CONTRACTS} contracts on SQLite")
        client = _client(seam)
        async with aiohttp.ClientSession(headers=_vouched(seam)) as session:
            took: dict[bool, list[float]] = {False: [], True: []}
            for _ in range(WARMING_UP + ROUNDS):
                for is_ours, answers in ((False, None), (True, ours)):
                    seam.parrot.answers = answers
                    took[is_ours].append(await _one(session, seam, client))
    echo, bot = (sorted(took[is_ours][WARMING_UP:]) for is_ours in (False, True))
    line("an echo", _told(echo))
    line(WORDS, _told(bot))
    against(statistics.median(bot), statistics.median(echo), "an echo behind the same front")


@asynccontextmanager
async def _our_answers() -> AsyncIterator[Callable[[Inbound], Awaitable[Reply]]]:
    """Our dialogs on a full register, with the record of activities that production keeps."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'avtalsbot.db'}"
        migrate(url)
        store = Store(make_engine(url))
        house, tenant, register = make_world(store, at=GOLIVE), TenantId(TENANT), running_register()
        await import_people(house.world, tenant, "people.csv", as_csv(make_people(register)), actor="cli")
        await import_register(house.world, tenant, "register.csv", as_csv(register), actor="cli")
        clock = Clock(GOLIVE)
        log = StoredInboundLog(store, clock)
        answering = Answering(house.world, Ticker(house.world, clock))

        async def answer(inbound: Inbound) -> Reply:
            caller = inbound.caller
            house.teams.members[caller.user_id] = Member(
                aad_object_id=caller.aad_object_id, mail=mail_of(WHO), name=WHO
            )
            await log.begin(caller.tenant_id, caller.conversation_id, caller.activity_id or "")
            reply = await answering.answer(inbound)
            await log.finish(caller.tenant_id, caller.conversation_id, caller.activity_id or "", None)
            return reply

        try:
            yield answer
        finally:
            await store.close()


def _client(seam: Seam) -> TeamsClient:
    return seam.client(seam.connector.knows(mail_of(WHO), name=WHO), tenant_id=TENANT)


def _vouched(seam: Seam) -> dict[str, str]:
    return {"Authorization": f"Bearer {FIRST_KEY.sign(good_claims(seam.connector.service_url))}"}


async def _one(session: aiohttp.ClientSession, seam: Seam, client: TeamsClient) -> float:
    activity = client.activity("message", text=WORDS, textFormat="plain")
    started = time.perf_counter()
    async with session.post(f"{seam.url}/api/messages", json=activity) as response:
        await response.read()
        assert response.ok
    return time.perf_counter() - started


def _told(spent: list[float]) -> str:
    return f"{statistics.median(spent) * 1000:8.2f} ms median, {spent[int(len(spent) * 0.95)] * 1000:8.2f} ms for 95 of 100"
