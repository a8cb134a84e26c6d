"""Suspected crime told of in the chat: nothing is kept until its reporter has read whom to turn to, and goes on."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from dialogs.commands import Command, Pressed, command
from dialogs.drafts import reported
from dialogs.reading import understand
from dialogs.turn import Reply, Turn
from domain.errors import Refused

_CONFIDE = r"(?:rapportera här|report here)[ :,]+(?P<words>.+)"


async def said_confide(turn: Turn, match: "re.Match[str]") -> Reply:
    """*rapportera här: …*, once one knows of the whistleblower function."""
    return await _confided(turn, match["words"])


async def pressed_confide(turn: Turn) -> Reply:
    """*Rapportera här*: the words come back from the card's own field, since nothing was kept."""
    return await _confided(turn, turn.press.typed("words") if turn.press else "")


async def _confided(turn: Turn, words: str) -> Reply:
    said = replace(turn, text=words, press=None)
    understanding = await understand(said, is_report=True)
    if not words or not (understanding.drafts or understanding.personal_data):
        raise Refused("drafting.refused.needs_what")
    return await reported(said, understanding, is_confided=True)


COMMANDS: tuple[Command, ...] = (command("draft.confide", said_confide, _CONFIDE),)
VERBS: Mapping[str, Pressed] = MappingProxyType({"draft.confide": pressed_confide})
