"""The cards of a deviation: the draft, the thanks, what must be written again, the case with its next steps, and lists."""

from collections.abc import Iterator

from microsoft_teams.cards import Action, CardElement

from cards.blocks import alarm, finish, heading, paragraph, section, small
from cards.buttons import execute
from cards.card import Card
from cards.deviation_case import case_card
from cards.deviation_draft import draft_card
from cards.deviation_list import list_card
from cards.deviation_views import RegisteredView
from cards.pen import Pen, card_pen
from cards.texts import Texts
from domain.deviation_types import AskFor
from domain.people import Language
from domain.privacy import PersonalKind

__all__ = [
    "case_card",
    "discarded_card",
    "draft_card",
    "list_card",
    "meaning_card",
    "registered_card",
    "rewrite_card",
]


def registered_card(view: RegisteredView, language: Language) -> Card:
    """Thanks with the number at once, who hears and when, and what the reporter will hear."""
    pen = card_pen(language, view.today)
    deviation = view.deviation
    number = deviation.number or ""
    if view.joined_number:
        title = pen.say("deviation.joined.title")
        lines = [pen.say("deviation.joined.line", number=pen.quote(view.joined_number))]
    else:
        title = pen.say("deviation.registered.title", number=number)
        lines = [line for line in _what_follows(view, pen) if line]
    body: list[CardElement] = [heading(title), *(paragraph(line) for line in lines)]
    if view.kind is not None and view.kind.is_restricted:
        advice = f"deviation.advice.{view.kind.code}"
        if pen.texts.knows(advice):
            body.insert(1, alarm(pen.say(advice)))
        body.append(small(pen.say("deviation.registered.restricted")))
    actions: list[Action] = []
    if view.may_open:
        subject = deviation.deviation_id
        actions.append(execute(pen.say("deviation.registered.open"), "deviation.open", subject, deviation.version))
        body.append(small(pen.say("deviation.registered.typed", number=number)))
    return finish(body, actions, pen.say("deviation.registered.summary", number=number), language=language)


def discarded_card(language: Language) -> Card:
    """The draft is gone and nothing was kept."""
    texts = Texts(language)
    title = texts("deviation.discarded.title")
    return finish([heading(title), paragraph(texts("deviation.discarded.line"))], [], title, language=language)


def rewrite_card(kinds: frozenset[PersonalKind], language: Language) -> Card:
    """A person was pointed out: nothing was kept, why, how to take the message away, and how to write it instead."""
    texts = Texts(language)
    title = texts("deviation.rewrite.title")
    body: list[CardElement] = [
        heading(title),
        *(paragraph(texts(f"deviation.rewrite.{kind.value}"), is_bold=True) for kind in sorted(kinds)),
        paragraph(texts("deviation.rewrite.why")),
        paragraph(texts("deviation.rewrite.example")),
        section([paragraph(texts("deviation.rewrite.remove"))]),
    ]
    return finish(body, [], title, language=language)


def meaning_card(language: Language) -> Card:
    """It could be read in opposite ways, so it is asked about and nothing is kept."""
    texts = Texts(language)
    title = texts("deviation.meaning.title")
    return finish([heading(title), paragraph(texts("deviation.meaning.line"))], [], title, language=language)


def _what_follows(view: RegisteredView, pen: Pen) -> Iterator[str]:
    yield _told(view, pen)
    deviation, kind = view.deviation, view.kind
    if deviation.deadline_on:
        yield pen.say("deviation.registered.assessed_by", day=pen.day(deviation.deadline_on))
    if view.asks_if_supplier_told:
        yield pen.say("deviation.registered.tell_supplier")
    if kind is not None and AskFor.IS_PAID in kind.asks:
        yield pen.say("deviation.registered.check_invoice")
    if view.is_own_to_move:
        yield pen.say("deviation.registered.yours_to_move", number=deviation.number or "")
    elif kind is None or not kind.only_controller_and_legal:
        yield pen.say("deviation.registered.you_will_hear")


def _told(view: RegisteredView, pen: Pen) -> str:
    if not view.told:
        return pen.say("deviation.registered.told_nobody")
    names = pen.people(view.told)
    return pen.say(
        "deviation.registered.told_now" if view.is_told_at_once else "deviation.registered.told_digest", names=names
    )
