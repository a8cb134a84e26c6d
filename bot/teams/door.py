"""Who is let in: in production what Teams vouches for and only from tenants we know, in local mode this machine."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.service_urls import ServiceUrls
from bot.teams.activity_json import BadBody, Json, child, read_activity, text
from bot.teams.auth import TokenCheck
from domain.identifiers import TenantId

_LOCAL_CHANNELS = frozenset({"msteams", "emulator"})

KnowsTenant = Callable[[TenantId], Awaitable[bool]]


class NotWelcome(Exception):  # noqa: N818 - a refusal is an answer
    """Genuine, but from a tenant or an address we have nothing to do with; `reason` is a constant word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """An activity that may be answered, and whose rows it is about."""

    activity: Json
    tenant_id: TenantId


class Door(Protocol):
    """Lets a request in or refuses it: BadBody, TokenRefused or NotWelcome."""

    async def admit(self, authorization: str | None, body: bytes) -> Admitted:
        """The activity in the body, once it is sure who vouches for it."""


class TeamsDoor:
    """The door of production. The token is looked at first: a stranger learns nothing from how we read a body."""

    def __init__(self, *, tokens: TokenCheck, service_urls: ServiceUrls, knows_tenant: KnowsTenant) -> None:
        self._tokens = tokens
        self._service_urls = service_urls
        self._knows_tenant = knows_tenant

    async def admit(self, authorization: str | None, body: bytes) -> Admitted:
        """Refused unless token, channel, reply address and tenant all hold."""
        shown = await self._tokens.check(authorization)
        activity = read_activity(body)
        shown.check_activity(activity)
        if not self._service_urls.allows(activity["serviceUrl"]):
            raise NotWelcome("service_url_refused")
        tenant_id = _tenant_of(activity)
        if not await self._knows_tenant(tenant_id):
            raise NotWelcome("unknown_tenant")
        return Admitted(activity=activity, tenant_id=tenant_id)


class LocalDoor:
    """The door of local mode: no token, replies to this machine only, and everybody belongs to the one tenant."""

    def __init__(self, *, service_urls: ServiceUrls, home_tenant: TenantId) -> None:
        self._service_urls = service_urls
        self._home_tenant = home_tenant

    async def admit(self, authorization: str | None, body: bytes) -> Admitted:  # noqa: ARG002 - nothing to show here
        """Refused only when the body is unusable or replies would leave this machine."""
        activity = read_activity(body)
        if activity.get("channelId") not in _LOCAL_CHANNELS:
            raise NotWelcome("channel_refused")
        service_url = activity.get("serviceUrl")
        if not service_url:
            raise BadBody("no_service_url")
        if not self._service_urls.allows(service_url):
            raise NotWelcome("service_url_refused")
        return Admitted(activity=activity, tenant_id=self._home_tenant)


def _tenant_of(activity: Json) -> TenantId:
    """The tenant Teams names, in either of two places; two that differ are one too many."""
    told = {
        tenant.lower()
        for tenant in (
            text(child(child(activity, "channelData"), "tenant"), "id"),
            text(child(activity, "conversation"), "tenantId"),
        )
        if tenant
    }
    if len(told) != 1:
        raise NotWelcome("tenant_unclear")
    tenant = told.pop()
    if not tenant.isprintable():
        raise BadBody("tenant_unusable")
    return TenantId(tenant)
