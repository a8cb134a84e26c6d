"""Which case words and buttons are about: the number that is named, or the case that is open."""

import re
from dataclasses import replace
from typing import Final

from dialogs.at_hand import whose
from dialogs.turn import Press, Turn
from domain.chat import Chat
from domain.errors import Refused
from usecases.deviations.move_case import show_case

CASE: Final = "deviation"
NUMBER: Final = r"(?P<number>avv-\d{4}-\d{1,6})"


def about(words: str) -> tuple[str, str]:
    """The patterns of a command about a case: with its number before the words, or the words alone on the open case."""
    return rf"{NUMBER}[ ,:]+(?:{words})", rf"(?:{words})"


def meant(turn: Turn, match: "re.Match[str]") -> str | None:
    """The case the words are about: by its number, else the open one; None where neither says."""
    number = match.groupdict().get("number")
    return number.upper() if number else turn.chat.focused_on(CASE)


async def is_open_case(turn: Turn) -> bool:
    """Whether the open dialog is a registered case the person may see, and not a draft."""
    deviation_id = turn.chat.focused_on(CASE)
    if deviation_id is None:
        return False
    try:
        await show_case(*whose(turn), deviation_id)
    except Refused:
        return False
    return True


def pressed_on(turn: Turn) -> str:
    """The id of the case whose button was pressed."""
    return press_of(turn).subject_id(CASE)


def press_of(turn: Turn) -> Press:
    return turn.press or Press(verb="", data={})


def at_case(chat: Chat, deviation_id: str) -> Chat:
    """From now on words are about this case."""
    return replace(chat, focus=f"{CASE}:{deviation_id}", expects=None)
