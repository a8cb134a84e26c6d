"""Two people act on the same row at once: whoever comes second reads again and decides anew."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from storage.rows import StaleRow

T = TypeVar("T")


async def once_more(act: Callable[[], Awaitable[T]]) -> T:
    """Do it, and once again when the row was changed meanwhile. `act` opens its own unit each time."""
    try:
        return await act()
    except StaleRow:
        return await act()
