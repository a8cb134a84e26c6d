"""How a typed command is recognised: whole sentences in Swedish and English, each leading to one function."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from dialogs.turn import Reply, Turn

Said = Callable[[Turn, "re.Match[str]"], Awaitable[Reply | None]]
"""Answers a command; None says that the words meant something else just now, and the next that matches is tried."""
Pressed = Callable[[Turn], Awaitable[Reply]]
Answered = Callable[[Turn, str], Awaitable[Reply | None]]
"""Takes the typed words as the answer to a question the bot has asked; the id behind the colon is in `turn.chat`.

None says that the words are no answer, and they are read for what else they may be.
"""

_SPACE = re.compile(r"\s+")
_ENDING = re.compile(r"[\s.!?…]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command and the ways to say it."""

    name: str
    says: tuple[re.Pattern[str], ...]
    function: Said

    def heard_in(self, text: str) -> "re.Match[str] | None":
        """The match when the whole text is this command."""
        return next((match for pattern in self.says if (match := pattern.fullmatch(text))), None)


def command(name: str, function: Said, *patterns: str) -> Command:
    """A command heard in any of these patterns, small or capital letters, with or without a full stop."""
    return Command(name=name, says=tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns), function=function)


def spoken(text: str) -> str:
    """Typed text as commands are matched against: single blanks, no closing punctuation."""
    return _ENDING.sub("", _SPACE.sub(" ", text)).strip()
