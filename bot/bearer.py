"""The pass the bot shows when it speaks to Microsoft: what is agreed between who fetches it and who shows it."""

from collections.abc import Awaitable, Callable


class NoToken(Exception):  # noqa: N818 - it says what happened
    """There is no token to be had."""

    def __init__(self, reason: str, *, is_refused: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_refused = is_refused
        """The sign-in service said no, so somebody must mend the settings; otherwise it could not be reached."""


Bearer = Callable[[], Awaitable[str]]
"""Gives a token that holds at least some minutes more, or raises NoToken."""
