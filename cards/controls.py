"""The controller's levers: tomorrow's messages, stop and start, and who may receive any."""

from collections.abc import Sequence
from typing import Final

from microsoft_teams.cards import Action, ActionSet, CardElement, Container

from cards.answers import stamp
from cards.blocks import alarm, bullets, finish, heading, paragraph, section, small
from cards.buttons import execute
from cards.card import Card
from cards.pen import Pen, card_pen, label, text_pen
from cards.saying import say_button
from cards.texts import Texts, plain
from cards.views import AllowListView, StartedView, StoppedView, TomorrowMessage, TomorrowView
from domain.people import Language

_MOST_MESSAGES: Final = 6
_MOST_LETTERS: Final = 12_000
"""Characters of letter text on one card; more would not fit a phone, and every letter is shown whole."""
_MOST_NAMES: Final = 60


def tomorrow_card(view: TomorrowView, language: Language, *, note: str | None = None) -> Card:
    """The next messages word for word, each with *Håll*; *mer* shows those that did not fit.

    `note` says what has just been held or let go.
    The numbers run on from card to card, so that `håll 7` means one message whichever card it stands on.
    """
    pen, count = card_pen(language, view.today), tomorrow_shown(view)
    last = view.first + count - 1
    title = pen.say("answers.tomorrow.title", day=pen.day(view.day))
    body: list[CardElement] = [
        heading(title),
        small(stamp(_filter(view, pen), pen.texts.count("answers.tomorrow.count", view.count), view.as_of, pen)),
        *([section([paragraph(note)])] if note else []),
        *([alarm(pen.say("answers.tomorrow.stopped"))] if view.is_stopped else []),
        *(_message(number, message, pen) for number, message in enumerate(view.messages[:count], start=view.first)),
    ]
    if not view.messages:
        body.append(paragraph(pen.say("answers.tomorrow.none")))
    else:
        body.append(small(pen.say("answers.tomorrow.hint", number=view.first)))
    actions: list[Action] = []
    if count and last < view.count:
        body.append(paragraph(pen.say("answers.shown", first=view.first, last=last, all=view.count)))
        actions.append(execute(pen.say("answers.more"), "answers.more", f"tomorrow:{last + 1}", 0))
    if view.outside_count:
        body.append(small(pen.texts.count("answers.tomorrow.outside", view.outside_count)))
    line = f"{title}: {pen.texts.count('answers.tomorrow.count', view.count)}"
    return finish(body, actions, line, language=language)


def tomorrow_shown(view: TomorrowView) -> int:
    """How many of the view's messages one card holds: the next card begins after them."""
    room, count = _MOST_LETTERS, 0
    for message in view.messages[:_MOST_MESSAGES]:
        room -= len(message.text)
        if count and room < 0:
            break
        count += 1
    return count


def stopped_card(view: StoppedView, language: Language) -> Card:
    """Nothing goes out any more: who said so, when, and how much waits."""
    pen = card_pen(language, view.at.date())
    title = pen.say("answers.stopped.already" if view.was_already else "answers.stopped.title")
    who = pen.say("answers.stopped.by", name=pen.quote(view.by_name), moment=pen.texts.moment(view.at))
    body = [
        heading(title),
        paragraph(who),
        paragraph(pen.texts.count("answers.stopped.waiting", view.waiting_count)),
        paragraph(pen.say("answers.stopped.meanwhile")),
    ]
    return finish(body, [say_button(pen.texts, "start_sending")], title, language=language)


def started_card(view: StartedView, language: Language) -> Card:
    """Messages go again: what has gone stale is dropped, the rest is gathered, and when the next ones go."""
    pen = card_pen(language, view.at.date())
    title = pen.say("answers.started.already" if view.was_already else "answers.started.title")
    since = view.stopped_since
    next_at = view.next_at
    lines = [
        pen.say("answers.started.since", moment=pen.texts.moment(since)) if since else "",
        pen.texts.count("answers.started.dropped", view.dropped_count) if view.dropped_count else "",
        pen.texts.count("answers.started.remaining", view.remaining_count) if view.remaining_count else "",
        pen.say("answers.started.next", moment=pen.texts.moment(next_at)) if next_at else "",
        pen.say("answers.started.calm"),
    ]
    body = [heading(title), *(paragraph(line) for line in lines if line)]
    buttons = [say_button(pen.texts, "tomorrow"), say_button(pen.texts, "stop_sending")]
    return finish(body, buttons, title, language=language)


def allow_list_card(view: AllowListView, language: Language, *, note: str | None = None) -> Card:
    """Who may receive messages, and what has just been changed; `note` says so where it was no single name."""
    pen = card_pen(language, view.as_of.date())
    title = pen.say("answers.allow.title")
    changed = note or _changed(view, pen)
    count = len(view.people) + len(view.departments)
    filter_line = pen.say("answers.allow.everyone" if view.is_everyone else "answers.allow.filter")
    body: list[CardElement] = [
        heading(title),
        small(stamp(filter_line, pen.texts.count("answers.count", count), view.as_of, pen)),
        *([section([paragraph(changed)])] if changed else []),
    ]
    if not count:
        body.append(paragraph(_whoever(view, pen)))
    body += _names("answers.allow.departments", view.departments, pen)
    body += _names("answers.allow.people", view.people, pen)
    body += _names("controlling.kept_out", [*view.kept_out_departments, *view.kept_out_people], pen)
    body.append(small(pen.say("answers.allow.hint")))
    said = note or _changed(view, text_pen(language, view.as_of.date()))
    return finish(body, [], said or title, language=language)


def held_note(language: Language, *, is_held: bool) -> str:
    """What to say when a message of tomorrow has been held or let go again."""
    return Texts(language)("answers.tomorrow.held" if is_held else "answers.tomorrow.released")


def _whoever(view: AllowListView, pen: Pen) -> str:
    """Who may receive where nobody is let in by name."""
    if not view.is_everyone:
        return pen.say("answers.allow.nobody")
    has_exceptions = bool(view.kept_out_people or view.kept_out_departments)
    return pen.say("controlling.everyone_in" if has_exceptions else "answers.allow.all")


def _filter(view: TomorrowView, pen: Pen) -> str:
    return pen.say("answers.tomorrow.filter", day=pen.full_day(view.day))


def _message(number: int, message: TomorrowMessage, pen: Pen) -> Container:
    to = pen.quote(f"{message.recipient_name} ({message.recipient_mail})")
    row = pen.say("answers.tomorrow.to", number=number, to=to, time=pen.clock(message.at.time()))
    text = plain(message.text, most=_MOST_LETTERS).replace("\n\n", "\n").replace("\n", "\n\n")
    key, verb = ("release", "outbox.release") if message.is_held else ("hold", "outbox.hold")
    button = execute(pen.say(f"answers.tomorrow.{key}"), verb, message.hold_subject, 0)
    button.tooltip = f"{pen.say(f'answers.tomorrow.{key}')}: {label(message.recipient_name)}"
    held = [paragraph(pen.say("answers.tomorrow.is_held"), is_bold=True)] if message.is_held else []
    items: list[CardElement] = [
        heading(row, is_main=False),
        *held,
        section([paragraph(text)]),
        ActionSet(actions=[button]),
    ]
    return Container(items=items, separator=True, spacing="Medium")


def _changed(view: AllowListView, pen: Pen) -> str:
    if view.added:
        return pen.say("answers.allow.added", name=pen.quote(view.added))
    return pen.say("answers.allow.removed", name=pen.quote(view.removed)) if view.removed else ""


def _names(key: str, names: Sequence[str], pen: Pen) -> list[CardElement]:
    if not names:
        return []
    left = len(names) - _MOST_NAMES
    more = [pen.texts.count("answers.allow.more", left)] if left > 0 else []
    return [heading(pen.say(key), is_main=False), bullets([*(pen.quote(name) for name in names[:_MOST_NAMES]), *more])]
