"""Answers to questions about many: each says what was asked for, how many there are and as of when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from microsoft_teams.cards import Action, CardElement, ColumnSet

from cards.blocks import alarm, facts, finish, heading, paragraph, section, small
from cards.buttons import execute
from cards.card import Card
from cards.light_words import counts_by_light
from cards.pen import Pen, card_pen, class_name, label, text_pen
from cards.rows import row
from cards.saying import say_button
from cards.texts import Texts
from cards.views import AnswerRow, AnswerView, StatusView
from domain.contract import ContractClass
from domain.deviation import Severity
from domain.light import Light
from domain.people import Language

MOST_ROWS: Final = 15
"""More rows than this do not fit a card that a phone can hold."""


def answer_card(view: AnswerView, language: Language) -> Card:
    """The rows, at most `MOST_ROWS`, under the filter, the count and the time; *mer* shows the next ones.

    The numbers run on from card to card, so that `öppna 17` means one row whichever card it stands on.
    """
    pen, plain_pen = card_pen(language, view.as_of.date()), text_pen(language, view.as_of.date())
    rows = view.rows[:MOST_ROWS]
    body: list[CardElement] = [
        heading(pen.quote(view.title)),
        small(stamp(view.filter_line, pen.texts.count("answers.count", view.count), view.as_of, pen)),
    ]
    if view.note:
        body.append(section([paragraph(view.note)]))
    numbered_rows = enumerate(rows, start=view.first)
    body += [_row(number, of, pen) for number, of in numbered_rows] or [
        paragraph(view.empty or pen.say("answers.none"))
    ]
    if any(of.open_verb for of in rows):
        body.append(small(pen.say("questions.open_hint", number=view.first)))
    last = view.first + len(rows) - 1
    actions: list[Action] = []
    if rows and last < view.count:
        body.append(paragraph(pen.say("answers.shown", first=view.first, last=last, all=view.count)))
        if view.more_subject:
            actions.append(execute(pen.say("answers.more"), "answers.more", view.more_subject, 0))
    line = f"{plain_pen.quote(view.title)}: {plain_pen.texts.count('answers.count', view.count)}"
    return finish(body, actions, line, language=language)


def not_yours_note(language: Language) -> str:
    """What somebody is told who asks about all contracts and may see only their own."""
    return Texts(language)("answers.only_yours")


def stamp(filter_line: str, count: str, as_of: datetime, pen: Pen) -> str:
    """The line every answer carries: the filter, how many it gave, and as of when."""
    return pen.say(
        "answers.stamp",
        filter=pen.quote(filter_line, most=300),
        count=count,
        moment=pen.texts.moment(as_of),
    )


def status_card(view: StatusView, language: Language) -> Card:
    """The dashboard: follow-ups by class, deviations by severity, and what waits for a hand."""
    pen = card_pen(language, view.as_of.date())
    whose = "own" if view.is_own else "all"
    total = sum(view.followups_due.values())
    late = sum(view.followups_late.values())
    title = pen.say(f"answers.status.title.{whose}")
    filter_line = pen.say(f"answers.status.filter.{whose}")
    body: list[CardElement] = [
        heading(title),
        small(stamp(filter_line, pen.texts.count("answers.contracts", view.contracts_active), view.as_of, pen)),
        *([alarm(pen.say("answers.status.stopped"))] if view.is_stopped else []),
        *_lights(view, pen),
        heading(pen.texts.count("answers.status.followups", total, late=late), is_main=False),
        facts(_by_class(view, pen)) if total else paragraph(pen.say("answers.status.no_followups")),
        heading(pen.texts.count("answers.status.deviations", sum(view.deviations.values())), is_main=False),
        *_deviations(view, pen),
        *_waiting(view, pen),
    ]
    line = pen.say("answers.status.line", all=total, late=late, deviations=sum(view.deviations.values()))
    return finish(body, _status_buttons(view, pen), f"{title}: {line}", language=language)


def _row(number: int, of: AnswerRow, pen: Pen) -> ColumnSet:
    line = " · ".join(pen.quote(part, most=240) for part in of.lines if part)
    button = None
    if of.open_verb:
        button = execute(pen.say("letters.open"), of.open_verb, of.subject, of.rev)
        button.tooltip = f"{pen.say('letters.open')}: {label(of.headline)}"
    return row(pen.quote(f"{number}. {of.headline}", most=94), line, is_alarming=of.is_alarming, button=button)


def _by_class(view: StatusView, pen: Pen) -> list[tuple[str, str]]:
    order: Sequence[ContractClass | None] = (*ContractClass, None)
    rows = []
    for contract_class in order:
        due, late = view.followups_due.get(contract_class, 0), view.followups_late.get(contract_class, 0)
        if due:
            key = "answers.status.late" if late else "answers.status.none_late"
            said = pen.texts.count(key, due, late=late)
            rows.append((class_name(pen.texts, contract_class), said))
    return rows


def _lights(view: StatusView, pen: Pen) -> list[CardElement]:
    rows = counts_by_light(view.lights, pen.texts)
    if not rows:
        return []
    explained = [small(pen.say("light.counts.explained"))] if view.lights.get(Light.GREY) else []
    return [heading(pen.say("light.counts.title"), is_main=False), facts(rows), *explained]


def _deviations(view: StatusView, pen: Pen) -> list[CardElement]:
    rows = [
        (pen.say(f"letters.severity.{severity}"), str(view.deviations[severity]))
        for severity in reversed(Severity)
        if view.deviations.get(severity)
    ]
    past = view.deviations_past_deadline
    warned = [alarm(pen.texts.count("answers.status.past_deadline", past))] if past else []
    return [*([facts(rows)] if rows else [paragraph(pen.say("answers.status.no_deviations"))]), *warned]


def _waiting(view: StatusView, pen: Pen) -> list[CardElement]:
    rows = [
        (pen.say(f"answers.status.waiting.{name}"), str(count))
        for name, count in (
            ("needs_decision", view.needs_decision),
            ("unclassified", view.unclassified),
            ("without_owner", view.without_owner),
            ("undelivered", view.undelivered),
        )
        if count
    ]
    title = heading(pen.say("answers.status.waiting.title"), is_main=False)
    return [title, facts(rows)] if rows else []


def _status_buttons(view: StatusView, pen: Pen) -> list[Action]:
    wanted = {
        "late": sum(view.followups_late.values()),
        "deviations": sum(view.deviations.values()),
        "needs_decision": view.needs_decision,
        "unclassified": view.unclassified,
        "without_owner": view.without_owner,
    }
    return [say_button(pen.texts, command) for command, count in wanted.items() if count]
