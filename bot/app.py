"""The composition root: every neighbour is given its adapter here, and nowhere else."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import aiohttp

from bot.clock import Clock
from bot.download_urls import DownloadUrls
from bot.graph.tokens import BotTokens
from bot.settings import Credentials, Settings
from bot.teams.attachments import TeamsAttachments
from bot.teams.auth import TokenCheck
from bot.teams.door import Door, LocalDoor, TeamsDoor
from bot.teams.duplicates import Begun, Done, InProgress, Receipt
from bot.teams.files import FilePost
from bot.teams.front import Front
from bot.teams.inbound import (
    CardPressed,
    FileAnswered,
    Inbound,
    Installed,
    MembersChanged,
    MessageReceived,
    Uninstalled,
)
from bot.teams.messenger import TeamsDirectory, TeamsMessenger
from bot.teams.outbound import ConnectorClient, open_session
from bot.teams.replies import ReplyPost
from bot.teams.signing_keys import SigningKeys
from bot.teams.turns import Turns
from bot.teams.uploads import Uploads, open_upload_session
from bot.trust import trust
from dialogs.reception import Said, receive
from dialogs.turn import Reply, say
from domain.identifiers import TenantId
from scheduler.jobs import TickReport, next_moment, run_once
from storage.database import make_engine
from storage.unit_of_work import Store
from usecases.ports import Visitor
from usecases.world import World

_log = logging.getLogger(__name__)

_STUCK_SECONDS = 60
"""A turn begun longer ago than this and never finished died with its process; its repeat is answered anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The bot, put together and ready to serve."""

    settings: Settings
    clock: Clock
    world: World
    front: Front
    ticker: "Ticker"


class Ticker:
    """Runs one pass at a time, whether the timetable, a turned clock or a finished turn asks for it."""

    def __init__(self, world: World, clock: Clock) -> None:
        self._world = world
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._is_wanted = False
        self.last_tick_at: datetime | None = None

    async def tick(self) -> TickReport | None:
        """One pass, unless one is under way. A failure is logged and left to the next: the rows still say what is due."""
        return None if self._one_at_a_time.locked() else await self._guarded()

    async def tick_after_this(self) -> None:
        """A pass that begins after now, so that what has just been written is seen; many wishes make one pass."""
        if not self._is_wanted:
            self._is_wanted = True
            await self._guarded()

    async def _guarded(self) -> TickReport | None:
        try:
            async with self._one_at_a_time:
                return await self._pass()
        except Exception:  # noqa: BLE001 - the outermost loop of the clock: the next tick tries again
            _log.exception("tick_failed")
            return None

    async def turn_to(self, moment: datetime) -> AsyncIterator[TickReport]:
        """Let time pass until `moment` with every tick and delivery on the way, in order; each pass as it is done."""
        async with self._one_at_a_time:
            report = await self._pass()
            yield report
            while (upcoming := await next_moment(self._world)) is not None and upcoming <= moment:
                stands_still = upcoming <= self._clock() and not _did_anything(report)
                self._clock.stand_at(_minute_later(self._clock()) if stands_still else upcoming)
                if self._clock() > moment:
                    break
                report = await self._pass()
                yield report
            self._clock.stand_at(moment)
            yield await self._pass()

    async def _pass(self) -> TickReport:
        self._is_wanted = False
        report = await run_once(self._world)
        self.last_tick_at = report.at
        return report


@asynccontextmanager
async def build_house(settings: Settings, clock: Clock) -> AsyncIterator[House]:
    """Everything wired for these settings; closed again when the block ends."""
    credentials = settings.require_sender()
    tls = trust(settings.ca_files)
    engine = make_engine(settings.database_url)
    store = Store(engine)
    async with (
        open_session(tls, is_local=settings.is_local) as session,
        open_upload_session(tls, is_local=settings.is_local) as upload_session,
    ):
        bearer = _bearer(credentials, settings, tls)
        connector = ConnectorClient(session=session, service_urls=settings.service_urls, bearer=bearer)
        world = World(
            store=store,
            now=clock,
            messenger=TeamsMessenger(connector=connector, bot_id=settings.bot_id),
            directory=TeamsDirectory(connector=connector),
            is_local=settings.is_local,
            service_url=settings.service_url,
            home_tenant=settings.home_tenant,
            replica=uuid4().hex,
            attachments=TeamsAttachments(
                session=session,
                urls=DownloadUrls(service_urls=settings.service_urls, is_local=settings.is_local),
                bearer=bearer,
            ),
        )
        ticker = Ticker(world, clock)
        replies = ReplyPost(connector)
        uploads = Uploads(session=upload_session, urls=settings.upload_urls)
        front = Front(
            door=_door(credentials, settings, session, store, clock),
            turns=Turns(answer=Answering(world, ticker).answer, inbound_log=StoredInboundLog(store, clock)),
            replies=replies,
            files=FilePost(replies=replies, uploads=uploads, is_local=settings.is_local),
            bot_id=settings.bot_id,
        )
        try:
            yield House(settings=settings, clock=clock, world=world, front=front, ticker=ticker)
        finally:
            await front.quiet()
            await store.close()


class Answering:
    """Brings what came in to the dialogs, and lets urgent news out without waiting for the next tick."""

    def __init__(self, world: World, ticker: Ticker) -> None:
        self._world = world
        self._ticker = ticker
        self._under_way: set[asyncio.Task[object]] = set()

    async def answer(self, inbound: Inbound) -> Reply:
        said = _said(inbound)
        if said is None:
            return say()
        caller = inbound.caller
        visitor = Visitor(
            user_id=caller.user_id,
            aad_object_id=caller.aad_object_id,
            name=caller.name,
            locale=caller.locale,
            service_url=caller.service_url,
            conversation_id=caller.conversation_id,
            is_personal=caller.is_personal,
        )
        reply = await receive(self._world, caller.tenant_id, visitor, said)
        self._tick_soon()
        return reply

    def _tick_soon(self) -> None:
        task: asyncio.Task[object] = asyncio.create_task(self._ticker.tick_after_this())
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)


class StoredInboundLog:
    """The record of activities taken in, kept in the shared database for all replicas."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def begin(self, tenant_id: TenantId, conversation_id: str, activity_id: str) -> Receipt:
        async with self._store.open(tenant_id) as unit:
            seen = await unit.inbound.begin(conversation_id, activity_id, at=self._clock(), stuck_after=_STUCK_SECONDS)
            await unit.commit()
        if seen is None:
            return Begun()
        return InProgress() if seen.finished_at is None else Done(response=seen.response)

    async def finish(
        self,
        tenant_id: TenantId,
        conversation_id: str,
        activity_id: str,
        response: Mapping[str, Any] | None,
    ) -> None:
        async with self._store.open(tenant_id) as unit:
            await unit.inbound.finish(conversation_id, activity_id, at=self._clock(), response=response)
            await unit.commit()


def _said(inbound: Inbound) -> Said | None:
    """What a person said, as the dialogs hear it; None where nobody expects an answer."""
    match inbound:
        case MessageReceived(text=text, attachments=attachments):
            return Said(text=text, attachments=attachments)
        case CardPressed(press=press) | FileAnswered(press=press):
            return Said(press=press)
        case Installed(is_upgrade=False):
            return Said(is_arrival=True)
        case MembersChanged() if inbound.is_bot_added:
            return Said(is_arrival=True)
        case Uninstalled(is_upgrade=False):
            return Said(is_farewell=True)
        case _:
            return None


def _bearer(credentials: Credentials | None, settings: Settings, tls: ssl.SSLContext) -> BotTokens | None:
    if credentials is None:
        return None
    return BotTokens(
        app_id=credentials.app_id,
        app_password=credentials.app_password,
        login_url=settings.cloud.login_url,
        login_tenant=credentials.login_tenant,
        scope=settings.cloud.token_scope,
        tls=tls,
    )


def _door(
    credentials: Credentials | None,
    settings: Settings,
    session: aiohttp.ClientSession,
    store: Store,
    clock: Clock,
) -> Door:
    if credentials is None:
        return LocalDoor(service_urls=settings.service_urls, home_tenant=settings.home_tenant)

    async def knows_tenant(tenant_id: TenantId) -> bool:
        return tenant_id in await store.tenants()

    keys = SigningKeys(session=session, openid_url=settings.cloud.openid_url, now=clock)
    tokens = TokenCheck(app_id=credentials.app_id, issuer=settings.cloud.token_issuer, keys=keys, now=clock)
    return TeamsDoor(tokens=tokens, service_urls=settings.service_urls, knows_tenant=knows_tenant)


def _did_anything(report: TickReport) -> bool:
    return bool(report.planned or report.advanced or report.sent)


def _minute_later(moment: datetime) -> datetime:
    return datetime.fromtimestamp(moment.timestamp() + 60, tz=moment.tzinfo)
