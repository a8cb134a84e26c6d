"""A question of the bot's own, outside any checklist: one thing is asked, and written words answer it."""

from cards.blocks import finish, heading, paragraph, small
from cards.card import Card
from cards.pen import card_pen
from cards.saying import say_button
from cards.texts import Texts
from domain.contract import Contract
from domain.people import Language


def asking_card(title: str, question: str, language: Language, *, about: Contract | None = None) -> Card:
    """The question under its title, with the contract it is about and the way out of it."""
    texts = Texts(language)
    body = [heading(title), paragraph(question, is_bold=True)]
    if about is not None:
        pen = card_pen(language, about.start_on)
        body.append(paragraph(f"{pen.quote(about.title)} · {pen.brief(about)}"))
    body.append(small(texts("answering.ask.cancel_hint")))
    return finish(body, [], f"{title}. {question}", language=language)


def remark_card(text: str, language: Language) -> Card:
    """One sentence, and the way to what waits."""
    texts = Texts(language)
    return finish([heading(text)], [say_button(texts, "mine")], text, language=language)
