"""A list longer than its card: where it goes on, written so that a button or the word *mer* can carry it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A question, what it was narrowed to, and the number of the row to begin with."""

    question: str
    first: int = 1
    args: Mapping[str, str] = field(default_factory=dict)

    def at(self, first: int) -> "Place":
        return replace(self, first=first)

    def __str__(self) -> str:
        """As it stands on a button: `late:16`, `expiring?until=2027-06-30:16`."""
        args = f"?{urlencode(self.args)}" if self.args else ""
        return f"{self.question}{args}:{self.first}"


def read_place(text: str) -> Place | None:
    """The place that was written so; None when it is no such thing."""
    asked, _, first = text.rpartition(":")
    question, _, args = asked.partition("?")
    if not question or not first.isdigit() or int(first) < 1:
        return None
    return Place(question=question, first=int(first), args=dict(parse_qsl(args)))


def period_of(place: Place, today: date) -> tuple[date, date]:
    """The days a place asks about, from `since` through `until`: this year so far where it does not say."""
    since, until = (_day(place.args.get(name)) for name in ("since", "until"))
    return since or date(today.year, 1, 1), until or today


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
