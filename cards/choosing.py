"""A question with its answers: what may be meant, as buttons that type for you and a list to pick from by number."""

from collections.abc import Sequence
from typing import Final

from cards.blocks import finish, heading, numbered, paragraph, small
from cards.card import Card
from cards.saying import say_words
from cards.texts import Texts
from domain.people import Language

_MOST_BUTTONS: Final = 5


def choosing_card(
    title: str,
    question: str,
    language: Language,
    *,
    words: Sequence[str] = (),
    rows: Sequence[str] = (),
) -> Card:
    """`words` are answers one could have written; `rows` are what the numbers stand for. All is harmless text."""
    body = [heading(title), paragraph(question)]
    if rows:
        body.append(numbered(rows))
    body.append(small(Texts(language)("answering.ask.cancel_hint")))
    buttons = [say_words(one) for one in words[:_MOST_BUTTONS]]
    return finish(body, buttons, f"{title}: {question}", language=language)
