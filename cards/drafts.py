"""What surrounds a draft: kept for later, the list of one's own, the report joined to another, the one taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from microsoft_teams.cards import Action, CardElement

from cards.blocks import alarm, finish, heading, numbered, paragraph, small, text_field
from cards.buttons import execute
from cards.card import Card
from cards.pen import Pen, card_pen
from domain.deviation import Deviation
from domain.people import Language

_MOST_BUTTONS = 5
_MOST_WORDS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A report that was added to a case there was already."""

    deviation: Deviation
    report_count: int
    may_open: bool
    is_reopened: bool = False


def kept_card(until: datetime, language: Language, *, today: date) -> Card:
    """The draft lies and waits; `until` is local time."""
    pen = card_pen(language, today)
    title = pen.say("drafting.kept.title")
    line = pen.say("drafting.kept.line", day=pen.day(until.date()), time=pen.clock(until.time()))
    return finish([heading(title), paragraph(line)], [], title, language=language)


def drafts_card(drafts: Sequence[Deviation], language: Language, *, today: date) -> Card:
    """One's own drafts, numbered as they are typed: `utkast 2`."""
    pen = card_pen(language, today)
    title = pen.say("drafting.list.title")
    if not drafts:
        return finish([heading(title), paragraph(pen.say("drafting.list.none"))], [], title, language=language)
    body: list[CardElement] = [
        heading(title),
        numbered(pen.quote(draft.description, most=_MOST_WORDS) for draft in drafts),
        small(pen.say("drafting.list.typed")),
    ]
    return finish(body, list(_open_buttons(drafts[:_MOST_BUTTONS], pen)), title, language=language)


def _open_buttons(drafts: Sequence[Deviation], pen: Pen) -> list[Action]:
    return [
        execute(pen.say("drafting.list.open", number=number), "draft.open", draft.deviation_id, draft.version)
        for number, draft in enumerate(drafts, start=1)
    ]


def joined_card(joined: Joined, language: Language, *, today: date) -> Card:
    """Thanks to somebody who saw it too, with the same promise to hear of it as the first reporter got."""
    pen = card_pen(language, today)
    number = joined.deviation.number or ""
    title = pen.say("drafting.joined.reopened_title" if joined.is_reopened else "drafting.joined.title", number=number)
    body: list[CardElement] = [
        heading(title),
        paragraph(pen.texts.count("drafting.reporters", joined.report_count)),
        paragraph(pen.say("deviation.registered.you_will_hear")),
    ]
    actions: list[Action] = []
    if joined.may_open:
        deviation = joined.deviation
        body.append(small(pen.say("deviation.registered.typed", number=number)))
        actions.append(
            execute(pen.say("deviation.registered.open"), "deviation.open", deviation.deviation_id, deviation.version)
        )
    return finish(body, actions, pen.say("drafting.joined.summary", number=number), language=language)


def taken_back_card(deviation: Deviation, names: Sequence[str], language: Language, *, today: date) -> Card:
    """A registered report its reporter regrets: dismissed at once by who may, else the manager has been asked to."""
    pen = card_pen(language, today)
    number = deviation.number or ""
    title = pen.say("drafting.taken_back.title", number=number)
    if not deviation.is_open:
        line = pen.say("drafting.taken_back.dismissed")
    elif names:
        line = pen.say("drafting.taken_back.told", names=pen.people(names))
    else:
        line = pen.say("drafting.taken_back.controller")
    return finish([heading(title), paragraph(line)], [], title, language=language)


def confide_card(words: str, code: str, language: Language, *, today: date) -> Card:
    """Suspected crime: whom to turn to instead, before anything is stored.

    Nothing has been kept, so the words travel in the card's own field `words` until its presser sends them.
    """
    pen = card_pen(language, today)
    title = pen.say("drafting.confide.title")
    body: list[CardElement] = [
        heading(title),
        alarm(pen.say(f"deviation.advice.{code}")),
        paragraph(pen.say("drafting.confide.nothing_kept")),
        text_field("words", pen.say("drafting.confide.field"), value=words, most=5000, is_multiline=True),
        small(pen.say("drafting.confide.typed")),
    ]
    go_on = execute(pen.say("drafting.confide.go_on"), "draft.confide", code, 0)
    return finish(body, [go_on], title, language=language)
