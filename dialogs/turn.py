"""One turn of a conversation: what came in, in our own words, and what goes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cards.card import Card
from domain.identifiers import TenantId
from domain.people import Language, Person
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button on a card: its verb, the data the card carried and what was typed into its fields."""

    verb: str
    data: Mapping[str, object]
    """`{v, verb, subject, rev, notice}` of the card. Only ids, and none is trusted to give a right."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """Field id to value as the client sent it."""


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
    text: str = ""
    press: Press | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back: a card in place of the one pressed, or new messages below, or both."""

    cards: tuple[Card, ...] = ()
    """New messages, in order. After a press, the first one replaces the pressed card unless `below` says otherwise."""
    below: tuple[Card, ...] = ()
    """New messages after a press whose card is replaced by `cards[0]`."""
