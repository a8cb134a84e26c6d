"""What Teams sends twice has one effect: the record of activities taken in, as the front needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from domain.identifiers import TenantId


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Never seen before; it is the caller's to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InProgress:
    """Somebody is answering it at this moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """It was answered. `response` is what an invoke was answered with."""

    response: Mapping[str, Any] | None


Receipt = Begun | InProgress | Done


class InboundLog(Protocol):
    """Remembers activities by conversation and id, for all replicas alike."""

    async def begin(self, tenant_id: TenantId, conversation_id: str, activity_id: str) -> Receipt:
        """Take the activity in, or tell that it was. One left unfinished for a minute is begun anew."""

    async def finish(
        self, tenant_id: TenantId, conversation_id: str, activity_id: str, response: Mapping[str, Any] | None
    ) -> None:
        """Keep what it was answered with."""
