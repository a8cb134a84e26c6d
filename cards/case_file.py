"""*Mer om ärendet*: what a case has gathered beside its own facts, and the way to each part of it."""

from collections.abc import Iterator
from typing import Final

from microsoft_teams.cards import Action, CardElement

from cards.blocks import facts, finish, heading, paragraph, small
from cards.buttons import execute
from cards.card import Card
from cards.deviation_views import CaseView
from cards.deviation_words import type_name
from cards.pen import Pen, card_pen
from domain.people import Language
from domain.twins import reporters

_OFFERED: Final = ("case.plan", "case.sanctions", "case.letters", "case.evidence", "case.history")
"""The parts there is a way to, in the order of their buttons; a part is added here with the dialog that answers it."""


def file_card(view: CaseView, language: Language) -> Card:
    """How much there is of each part, what is known of the fault, and a button for each part."""
    pen = card_pen(language, view.today)
    number = view.deviation.number or ""
    title = pen.say("case.file.title", number=number)
    body: list[CardElement] = [heading(title), paragraph(type_name(view.kind, pen)), facts(_facts(view, pen))]
    words = ", ".join(pen.say(f"case.file.word.{_part(verb)}") for verb in _OFFERED)
    body.append(small(pen.say("case.file.typed", number=number, words=words)))
    return finish(body, list(_buttons(view, pen)), title, language=language)


def known_facts(view: CaseView, pen: Pen) -> Iterator[tuple[str, str]]:
    """What is known of the fault: the pair of agreed and actual, what it led to and what we ask for (domain.md 7.4)."""
    deviation = view.deviation
    if deviation.requirement is not None:
        unclear = pen.say("case.known.requirement_unclear")
        yield pen.say("case.known.requirement"), pen.quote(deviation.requirement, most=300) or unclear
    yield pen.say("case.known.agreed"), pen.quote(deviation.agreed or "", most=300)
    yield pen.say("case.known.consequence"), pen.quote(deviation.consequence or "", most=300)
    yield pen.say("case.known.requested_action"), pen.quote(deviation.requested_action or "", most=300)
    if deviation.is_paid is not None:
        yield pen.say("case.known.is_paid"), pen.say("case.known.paid" if deviation.is_paid else "case.known.not_paid")
    yield pen.say("case.known.invoice_number"), pen.quote(deviation.invoice_number or "")


def _facts(view: CaseView, pen: Pen) -> list[tuple[str, str]]:
    deviation, gathered = view.deviation, view.file
    told_on = deviation.supplier_notified_at
    reports = len(reporters(deviation, gathered))
    done = sum(action.done_on is not None for action in gathered.actions)
    plan = pen.say("case.file.plan_line", count=len(gathered.actions), done=done) if gathered.actions else ""
    return [
        *known_facts(view, pen),
        (pen.say("case.file.told"), pen.full_day(told_on.date()) if told_on else ""),
        (pen.say("case.file.told_whom"), pen.quote(deviation.supplier_told_whom or "")),
        (pen.say("case.file.registry_number"), pen.quote(deviation.registry_number or "")),
        (pen.say("case.file.plan"), plan),
        (pen.say("case.file.reporters"), str(reports) if reports > 1 else ""),
        (pen.say("case.file.evidence"), str(len(gathered.evidence)) if gathered.evidence else ""),
        (pen.say("case.file.decisions"), str(len(gathered.decisions)) if gathered.decisions else ""),
        (pen.say("case.file.undecided"), str(view.undecided_count) if view.undecided_count else ""),
        (pen.say("case.file.letters"), str(len(gathered.letters)) if gathered.letters else ""),
        (pen.say("case.file.reopened"), str(deviation.reopened_count) if deviation.reopened_count else ""),
        (pen.say("case.file.failed"), str(deviation.failed_remedies) if deviation.failed_remedies else ""),
    ]


def _buttons(view: CaseView, pen: Pen) -> Iterator[Action]:
    deviation = view.deviation
    subject = f"deviation:{deviation.deviation_id}"
    for verb in _OFFERED:
        yield execute(pen.say(f"case.file.button.{_part(verb)}"), verb, subject, deviation.version)
    yield execute(pen.say("case.file.open"), "case.open", subject, deviation.version)


def _part(verb: str) -> str:
    return verb.removeprefix("case.")
