"""Letters: what the bot says first, as a card and, word for word, as plain text."""

from typing import Final

from microsoft_teams.cards import Action, CardElement

from cards.blocks import finish, heading, paragraph, section
from cards.buttons import execute
from cards.card import Card
from cards.followup import passage_card as followup_card
from cards.letter_items import followup_view, is_own, passage_of, watch_view
from cards.note_words import first_name
from cards.passage import Passage, as_blocks, as_digest_block, as_digest_text, as_text
from cards.pen import Pen, card_pen, label, text_pen
from cards.saying import say_button
from cards.watch import passage_card as watch_card
from domain.letter import FollowupItem, LegalDateItem, Letter, LetterItem, WatchDateItem, WelcomeItem

MOST_SHOWN: Final = 8
"""More than this nobody reads on a phone, and the card would grow past its limit."""

_IN_PLACE: Final = {"followup.open": "followup.show", "deviation.open": "case.open"}
"""What opens a thing in the place of the card that is about it alone; in a digest it opens below."""


def letter_card(letter: Letter) -> Card:
    """The letter as a card: one thing's own card, or a digest with one *Öppna* for each thing.

    A digest shows the first `MOST_SHOWN` things in the letter's order and says how many more there are.
    """
    pen = card_pen(letter.language, letter.today)
    if len(letter.items) == 1:
        return _single(letter, letter.items[0], pen)
    return _digest(letter, pen)


def letter_text(letter: Letter) -> str:
    """The same letter as plain text, for a terminal, the preview of tomorrow and e-mail."""
    pen = text_pen(letter.language, letter.today)
    sample = [pen.say("letters.sample")] if letter.is_sample else []
    passages = [passage_of(item, letter, pen) for item in letter.items[:MOST_SHOWN]]
    if len(letter.items) == 1:
        return "\n\n".join([*sample, as_text(passages[0])])
    shown = list(zip(letter.items, passages, strict=False))
    greetings = [as_text(passage) for item, passage in shown if isinstance(item, WelcomeItem)]
    things = [as_digest_text(passage) for item, passage in shown if not isinstance(item, WelcomeItem)]
    return "\n\n".join([*sample, *greetings, _title(letter, pen), *things, *_more(letter, pen)])


def letter_summary(letter: Letter) -> str:
    """The line of the notification: the thing itself, or how many there are and the first of them."""
    pen = text_pen(letter.language, letter.today)
    first = passage_of(letter.items[0], letter, pen)
    if len(letter.items) == 1:
        return _line(first)
    headings = (passage_of(item, letter, pen).heading for item in letter.items if not isinstance(item, WelcomeItem))
    return f"{_title(letter, pen)} {next(headings, first.heading)}"


def _single(letter: Letter, item: LetterItem, pen: Pen) -> Card:
    passage, line = passage_of(item, letter, pen), letter_summary(letter)
    note = pen.say("letters.sample") if letter.is_sample else None
    match item:
        case FollowupItem():
            view = followup_view(item, letter)
            return followup_card(passage, view, pen, line, note=note, is_own=is_own(item))
        case LegalDateItem() | WatchDateItem():
            return watch_card(passage, watch_view(item, letter), pen, line, note=note)
        case _:
            return finish(as_blocks(passage), _actions(passage, item, pen), line, language=letter.language)


def _actions(passage: Passage, item: LetterItem, pen: Pen) -> list[Action]:
    if isinstance(item, WelcomeItem):
        commands = ("mine", "help", "sample") if item.has_part else ("help",)
        return [say_button(pen.texts, command) for command in commands]
    opening = passage.opens
    if opening is None:
        return []
    title = pen.say(f"letters.button.{item.kind}" if pen.texts.knows(f"letters.button.{item.kind}") else "letters.open")
    verb = _IN_PLACE.get(opening.verb, opening.verb)
    return [execute(title, verb, opening.subject, opening.rev, notice=item.notice_id, style="positive")]


def _digest(letter: Letter, pen: Pen) -> Card:
    body: list[CardElement] = []
    if letter.is_sample:
        body.append(section([paragraph(pen.say("letters.sample"))]))
    welcomes = [item for item in letter.items if isinstance(item, WelcomeItem)]
    for welcome in welcomes:
        body += as_blocks(passage_of(welcome, letter, pen))
    body.append(heading(_title(letter, pen), is_main=not welcomes))
    for item in letter.items[:MOST_SHOWN]:
        if item not in welcomes:
            tooltip = label(passage_of(item, letter, text_pen(letter.language, letter.today)).heading)
            body.append(as_digest_block(passage_of(item, letter, pen), pen, item.notice_id, tooltip=tooltip))
    body += [paragraph(line) for line in _more(letter, pen)]
    return finish(body, [], letter_summary(letter), language=letter.language)


def _title(letter: Letter, pen: Pen) -> str:
    greeted = any(isinstance(item, WelcomeItem) for item in letter.items)
    count = len(letter.items) - greeted
    key = "letters.digest.first" if greeted else "letters.digest.title"
    return pen.texts.count(key, count, name=first_name(letter, pen))


def _more(letter: Letter, pen: Pen) -> list[str]:
    left = len(letter.items) - MOST_SHOWN
    return [pen.texts.count("letters.digest.more", left)] if left > 0 else []


def _line(passage: Passage) -> str:
    return ". ".join(part for part in (passage.heading, passage.timing or passage.greeting or "") if part)
