"""Everything a use case may reach for: the store, the clock and the neighbours."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.identifiers import TenantId
from storage.unit_of_work import Store
from usecases.ports import Attachments, Directory, Messenger, NoAttachments


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Handed to every use case by the composition root; tests build one with fakes for the neighbours."""

    store: Store
    now: Callable[[], datetime]
    """The only clock: aware UTC."""
    messenger: Messenger
    directory: Directory
    is_local: bool
    """Local mode: everybody may receive messages until somebody is taken off the list."""
    service_url: str | None
    """Where people never seen before are reached."""
    home_tenant: TenantId
    replica: str
    """The name this process claims notices under; no other process has it."""
    attachments: Attachments = field(default_factory=NoAttachments)
    """Who fetches the photos and files people send."""
