"""Which case words and buttons are about: the number that is named, or the case that is open."""

import re
from dataclasses import replace
from typing import Final

from dialogs.turn import Press, Turn
from domain.chat import Chat

CASE: Final = "deviation"
NUMBER: Final = r"(?P<number>avv-\d{4}-\d{1,6})"


def about(words: str) -> tuple[str, str]:
    """The patterns of a command about a case: with its number before the words, or the words alone on the open case."""
    return rf"{NUMBER}[ ,:]+(?:{words})", rf"(?:{words})"


def meant(turn: Turn, match: "re.Match[str]") -> str | None:
    """The case the words are about: by its number, else the open one; None where neither says."""
    number = match.groupdict().get("number")
    return number.upper() if number else turn.chat.focused_on(CASE)


def pressed_on(turn: Turn) -> str:
    """The id of the case whose button was pressed."""
    return press_of(turn).subject_id(CASE)


def press_of(turn: Turn) -> Press:
    return turn.press or Press(verb="", data={})


def at_case(chat: Chat, deviation_id: str) -> Chat:
    """From now on words are about this case."""
    return replace(chat, focus=f"{CASE}:{deviation_id}", expects=None)
