"""Buttons that type for you: each says words one could have written oneself."""

from typing import Final

from microsoft_teams.cards import ExecuteAction

from cards.buttons import Style, execute
from cards.pen import label
from cards.texts import Texts

SAY_VERB: Final = "answers.say"
"""Its subject is the words to be read as if the presser had written them; it gives no right of its own."""


def say_button(texts: Texts, command: str, *, style: Style | None = None) -> ExecuteAction:
    """A button for the command `answers.command.<command>`, titled with its words, first letter large."""
    words = texts(f"answers.command.{command}")
    return say_words(words, style=style)


def say_words(words: str, *, title: str | None = None, style: Style | None = None) -> ExecuteAction:
    """A button for these very words."""
    return execute(title or label(words[:1].upper() + words[1:]), SAY_VERB, words, 0, style=style)
