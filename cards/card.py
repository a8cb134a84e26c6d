"""What a card is to the rest of the house: its JSON, and the line that stands in the notification."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An Adaptive Card 1.5 as plain JSON, with the sentence a toast or a screen reader says first."""

    content: Mapping[str, Any]
    summary: str
