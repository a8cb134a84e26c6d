"""Cases merged, divided, moved and counted anew: what was done, and how to undo it."""

from collections.abc import Sequence
from datetime import date

from microsoft_teams.cards import CardElement

from cards.blocks import choices, finish, heading, paragraph, small
from cards.buttons import execute
from cards.card import Card
from cards.deviation_words import severity_name
from cards.forms import required_text
from cards.pen import Pen, card_pen
from domain.contract import Contract
from domain.deviation import Deviation
from domain.people import Language

_WORDS = 80


def merged_card(case: Deviation, into: Deviation, language: Language, *, today: date) -> Card:
    pen = card_pen(language, today)
    numbers = {"number": case.number or "", "into": into.number or ""}
    title = pen.say("joining.merged.title", **numbers)
    return _done(title, pen.say("joining.merged.line", **numbers), into, pen, language)


def divided_card(case: Deviation, language: Language, *, today: date, is_new: bool) -> Card:
    pen = card_pen(language, today)
    title = pen.say("joining.divided.new_title" if is_new else "joining.divided.title", number=case.number or "")
    return _done(title, pen.say("joining.divided.line"), case, pen, language)


def recounted_card(case: Deviation, language: Language, *, today: date) -> Card:
    pen = card_pen(language, today)
    title = pen.say("joining.recounted.title", number=case.number or "")
    line = pen.say("joining.recounted.line", times=case.occurrence_count, severity=severity_name(case, pen))
    return _done(title, line, case, pen, language)


def contract_moved_card(
    case: Deviation, contract: Contract, names: Sequence[str], language: Language, *, today: date
) -> Card:
    """Where the case is now. Its mover may have no part there, so nothing else of it is shown."""
    pen = card_pen(language, today)
    title = pen.say("joining.moved.title", number=case.number or "", contract=pen.quote(contract.title))
    line = pen.say("joining.moved.line", names=pen.people(names)) if names else pen.say("joining.moved.line_nobody")
    return finish([heading(title), paragraph(line)], [], title, language=language)


def choose_twin_card(case: Deviation, others: Sequence[Deviation], language: Language, *, today: date) -> Card:
    """Which of the contract's other open cases it is the same as."""
    pen = card_pen(language, today)
    number = case.number or ""
    title = pen.say("joining.choose.title", number=number)
    if not others:
        return finish([heading(title), paragraph(pen.say("joining.choose.none"))], [], title, language=language)
    into = choices(
        "into",
        pen.say("joining.choose.into"),
        [(other.number or "", _row(other, pen)) for other in others],
        is_compact=len(others) > 4,  # noqa: PLR2004 - more than four do not fit a glance
        placeholder=pen.say("deviation.draft.choose"),
    )
    into.is_required, into.error_message = True, pen.say("joining.choose.into_missing")
    body: list[CardElement] = [
        heading(title),
        into,
        required_text(pen, "reason", "deviation.field.reason"),
        small(pen.say("joining.choose.typed", number=number)),
    ]
    send = execute(pen.say("joining.button.merge"), "case.merge_into", f"deviation:{case.deviation_id}", case.version)
    return finish(body, [send], title, language=language)


def _row(case: Deviation, pen: Pen) -> str:
    words = pen.quote(case.description, most=_WORDS)
    return pen.say("joining.choose.row", number=case.number or "", words=words)


def _done(title: str, line: str, case: Deviation, pen: Pen, language: Language) -> Card:
    opens = execute(pen.say("case.file.open"), "case.open", f"deviation:{case.deviation_id}", case.version)
    return finish([heading(title), paragraph(line)], [opens], title, language=language)
