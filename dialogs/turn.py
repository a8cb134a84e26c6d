"""One turn of a conversation: what came in, in our own words, and what goes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cards.card import Card
from domain.chat import Chat
from domain.identifiers import TenantId
from domain.people import Language, Person
from usecases.ports import Attachment
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button on a card: its verb, the data the card carried and what was typed into its fields."""

    verb: str
    data: Mapping[str, object]
    """`{v, verb, subject, rev, notice}` of the card. Only ids, and none is trusted to give a right."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Field id to value as the client sent it."""

    def subject_id(self, kind: str) -> str:
        """The id in the card's subject, `kind:<id>` or the bare id; empty when there is none."""
        return str(self.data.get("subject") or "").removeprefix(f"{kind}:")

    @property
    def rev(self) -> int:
        """The row version the card showed; 0 when it does not say."""
        rev = self.data.get("rev")
        return rev if isinstance(rev, int) else 0

    def typed(self, field_id: str) -> str:
        """What was typed into a field, stripped; empty when it was left alone."""
        return self.inputs.get(field_id, "").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one authenticated person said or did."""

    tenant_id: TenantId
    sender: Person
    language: Language
    at: datetime
    today: date
    """The local day where the organisation is."""
    world: World
    chat: Chat = field(default_factory=Chat)
    text: str = ""
    press: Press | None = None
    attachments: tuple[Attachment, ...] = ()
    """Photos and files sent along, before anybody has looked inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOffer:
    """A document somebody may have: offered first, and handed over when they say yes."""

    file_name: str
    size_bytes: int
    subject: str
    """What it is of, as `letter:<id>`."""
    verbs: tuple[str, str]
    """What saying yes and saying no is called."""
    path: str
    """Where it can be fetched in local mode, where there is no OneDrive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document on its way to somebody who has said yes to it."""

    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back: a card in place of the one pressed, or new messages below, or both."""

    cards: tuple[Card, ...] = ()
    """New messages, in order. After a press the first one takes the pressed card's place, unless `is_below`."""
    is_below: bool = False
    """After a press: the pressed card stays as it is, and everything comes as new messages below it."""
    chat: Chat | None = None
    """What the person is in the middle of from now on; None leaves it as it was."""
    is_misfit: bool = False
    """The words did not answer the open question, and this says so; nothing has been changed by them."""
    offers: tuple[FileOffer, ...] = ()
    """Documents to be had, below the cards."""
    document: Document | None = None
    """What is handed over to somebody who has just accepted an offer."""


def say(*cards: Card, chat: Chat | None = None) -> Reply:
    """A reply of these cards."""
    return Reply(cards=cards, chat=chat)
