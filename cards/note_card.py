"""A sentence or two with a heading of their own: understood, and where to go from here."""

from cards.blocks import finish, heading, paragraph
from cards.card import Card
from cards.saying import say_button
from cards.texts import Texts
from domain.people import Language


def note_card(key: str, language: Language, **values: object) -> Card:
    """The card of `<key>.title` and `<key>.line`."""
    texts = Texts(language)
    title = texts(f"{key}.title", **values)
    return finish(
        [heading(title), paragraph(texts(f"{key}.line", **values))],
        [say_button(texts, "help")],
        title,
        language=language,
    )
