"""The neighbours a use case may need, as the use case sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.identifiers import TenantId
from domain.letter import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody as the chat service presents them, already authenticated."""

    user_id: str
    aad_object_id: str | None
    name: str | None
    locale: str | None
    service_url: str
    conversation_id: str
    is_personal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a person's personal chat with the bot is. Without `conversation_id` it must be opened first."""

    service_url: str
    aad_object_id: str | None
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """The connector accepted the message."""

    message_id: str | None
    conversation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TryLater:
    """Certainly not delivered (connect error, 412, 429): safe to send again after `after_seconds`."""

    after_seconds: float
    reason: str
    is_throttled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Undeliverable:
    """The connector said no for good (403, unknown person); somebody must mend the route."""

    reason: str
    forget_conversation: bool = False
    """A 404: the stored conversation is gone; create it again once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """It may have been delivered (5xx, timeout after the request was sent)."""

    reason: str


Outcome = Delivered | TryLater | Undeliverable | Ambiguous


class Messenger(Protocol):
    """The one door out to people. Never raises for what a neighbour did; returns it as an outcome."""

    async def deliver(self, address: Address, tenant_id: TenantId, letter: Letter) -> Outcome:
        """Render the letter and post it to the person's personal chat, opening the chat when needed."""

    async def retire(self, address: Address, message_id: str, letter: Letter) -> None:
        """Replace an earlier message by the letter's current form (an edit makes no sound); best effort."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What the connector knows of somebody in a chat."""

    aad_object_id: str | None
    mail: str | None
    name: str | None


class Directory(Protocol):
    """Who somebody is, asked of the chat itself."""

    async def member(self, service_url: str, conversation_id: str, user_id: str) -> Member | None:
        """Look a member of the chat up by their channel id; None when unknown or the chat cannot be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A photo or a file somebody sent in the chat, before anybody has looked inside."""

    name: str
    """As the sender's client has it; empty for a photo pasted into a message."""
    url: str
    """Where it can be fetched. The adapter decides whether it may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was sent."""

    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFetched:
    """It could not be had: `too_large`, `not_allowed` or `failed`."""

    reason: str


class Attachments(Protocol):
    """Fetches what people send. Never raises for what a neighbour did."""

    async def fetch(self, attachment: Attachment) -> Fetched | NotFetched:
        """The content, within the limits of what may be kept."""


class NoAttachments:
    """Where no chat is at hand, such as on the command line: nothing can be fetched."""

    async def fetch(self, attachment: Attachment) -> Fetched | NotFetched:
        del attachment
        return NotFetched(reason="failed")


Outcomes = Sequence[Outcome]
