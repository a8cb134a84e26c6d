"""The way out of a question the bot has asked: *avbryt*."""

import re
from typing import Final

_CANCEL: Final = re.compile(
    r"(?:avbryt|strunta? i det|glöm det|inget|nej tack|cancel|never ?mind|forget it)[.! ]*", re.IGNORECASE
)


def is_cancelled(text: str) -> bool:
    """Whether the words take the question back rather than answer it."""
    return _CANCEL.fullmatch(text.strip()) is not None
