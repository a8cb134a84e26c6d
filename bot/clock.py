"""The only clock of the house: the machine's, or in local mode one that is turned by hand."""

from datetime import UTC, datetime


class Clock:
    """Tells the time when called, as an aware UTC moment.

    A clock started at a moment of its own stands still until it is turned; turned or not, it never goes back.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._standing = start.astimezone(UTC) if start else None

    def __call__(self) -> datetime:
        return self._standing or datetime.now(UTC)

    def stand_at(self, moment: datetime) -> None:
        """Stand still at this moment from now on, unless it lies behind."""
        self._standing = max(self(), moment.astimezone(UTC))
