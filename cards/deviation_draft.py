"""The draft of a deviation, beside the reporter's own words, with every part open to change."""

from collections.abc import Iterator
from typing import Final

from microsoft_teams.cards import Action, CardElement, ChoiceSetInput

from cards.blocks import (
    alarm,
    bullets,
    choices,
    date_field,
    facts,
    finish,
    heading,
    paragraph,
    section,
    small,
    text_field,
)
from cards.buttons import execute, toggle
from cards.card import Card
from cards.deviation_views import DraftView
from cards.deviation_words import contract_name, money, own_words, period, severity_name, times, type_name
from cards.pen import Pen, card_pen, text_pen
from domain.contract import Contract
from domain.deviation import Severity
from domain.deviation_types import AskFor
from domain.people import Language

_CHANGES: Final = "draft_changes"
"""The part of the draft card that *Ändra* unfolds."""
_IN_FIELDS: Final = frozenset({AskFor.CONTRACT, AskFor.TYPE, AskFor.AMOUNT, AskFor.LOCATION})
"""Asked by a field of their own rather than by a sentence."""


def draft_card(view: DraftView, language: Language) -> Card:
    """What was understood beside the reporter's own words, with every part open to change.

    *Registrera* sends the fields too, so one sentence and one or two taps are enough. Fields: `contract`, `type`,
    `severity`, `location`, `count`, `occurred_from`, `occurred_to`, `amount`, `addition`.
    """
    pen = card_pen(language, view.today)
    deviation = view.deviation
    title = pen.say("deviation.draft.title")
    if view.count > 1:
        title = pen.say("deviation.draft.title_many", number=view.number, count=view.count)
    body: list[CardElement] = [
        heading(title),
        paragraph(own_words(deviation, pen, "deviation.draft.your_words")),
        *_advice(view, pen),
        facts(_understood(view, pen)),
        *_needed(view, pen),
        *_questions(view, pen),
        section(list(_changes(view, pen)), element_id=_CHANGES, is_hidden=True),
        small(pen.say("deviation.draft.typed")),
    ]
    plain_pen = text_pen(language, view.today)
    summary = pen.say("deviation.draft.summary", type=type_name(view.kind, plain_pen))
    return finish(body, _draft_buttons(view, pen), summary, language=language)


def _advice(view: DraftView, pen: Pen) -> Iterator[CardElement]:
    """What must be said before anything is stored."""
    kind = view.kind
    if view.is_danger and (kind is None or kind.clock_hours is None):
        yield alarm(pen.say("deviation.advice.danger"))
    if kind is not None and pen.texts.knows(f"deviation.advice.{kind.code}"):
        yield alarm(pen.say(f"deviation.advice.{kind.code}"))
    if kind is not None and kind.is_internal:
        yield paragraph(pen.say("deviation.advice.internal"))
    if view.asks_legal_question:
        yield paragraph(pen.say("deviation.advice.legal_question"))


def _understood(view: DraftView, pen: Pen) -> list[tuple[str, str]]:
    deviation = view.deviation
    severity = severity_name(deviation, pen)
    if severity and view.reasons:
        reason = pen.say(f"deviation.reason.{view.reasons[0].value}")
        severity = pen.say("deviation.draft.because", severity=severity, reason=reason)
    return [
        (pen.say("deviation.draft.what"), type_name(view.kind, pen)),
        (pen.say("deviation.draft.severity"), severity),
        (pen.say("deviation.draft.contract"), _chosen(view, pen)),
        (pen.say("deviation.draft.supplier"), pen.quote(view.contract.supplier_names) if view.contract else ""),
        (pen.say("deviation.draft.where"), pen.quote(deviation.location or "")),
        (pen.say("deviation.draft.when"), period(deviation, pen)),
        (pen.say("deviation.draft.count"), times(deviation)),
        (pen.say("deviation.draft.amount"), money(deviation, pen)),
    ]


def _chosen(view: DraftView, pen: Pen) -> str:
    if view.contract:
        return contract_name(view.contract, pen, with_number=view.may_see_contracts)
    found = view.deviation.contract_id is not None
    return pen.say("deviation.draft.contract_kept_from_you" if found else "deviation.draft.unknown_contract")


def _needed(view: DraftView, pen: Pen) -> Iterator[CardElement]:
    """Fields that stand open because the report cannot be registered without them."""
    if view.contract is None and view.contracts:
        yield _contract_choice(view, pen)
    if view.kind is None:
        yield _type_choice(view, pen)


def _questions(view: DraftView, pen: Pen) -> Iterator[CardElement]:
    """The next question, and what else is good to know: one thing at a time."""
    missing = [AskFor(code) for code in view.deviation.missing if code in set(AskFor)]
    asked = [slot for slot in missing if slot not in _IN_FIELDS]
    if AskFor.CONTRACT in missing and view.contract is None and not view.contracts:
        yield paragraph(pen.say("deviation.ask.contract"), is_bold=True)
    if not asked:
        yield text_field("addition", pen.say("deviation.draft.field_addition"))
        return
    yield text_field("addition", pen.say(f"deviation.ask.{asked[0].value}"), is_multiline=True)
    if len(asked) > 1:
        yield small(pen.say("deviation.draft.also_good"))
        yield bullets(pen.say(f"deviation.ask.{slot.value}") for slot in asked[1:])


def _changes(view: DraftView, pen: Pen) -> Iterator[CardElement]:
    deviation = view.deviation
    if view.contract is not None and len(view.contracts) > 1:
        yield _contract_choice(view, pen)
    if view.kind is not None:
        yield _type_choice(view, pen)
    yield choices(
        "severity",
        pen.say("deviation.draft.choose_severity"),
        [(severity.value, pen.say(f"deviation.severity.{severity.value}")) for severity in Severity],
        value=deviation.severity.value if deviation.severity else None,
        is_compact=True,
        placeholder=pen.say("deviation.draft.choose"),
    )
    yield text_field("location", pen.say("deviation.draft.field_where"), value=deviation.location, most=200)
    start, end = deviation.occurred_from, deviation.occurred_to
    yield date_field("occurred_from", pen.say("deviation.draft.field_from"), value=start.isoformat() if start else None)
    yield date_field("occurred_to", pen.say("deviation.draft.field_to"), value=end.isoformat() if end else None)
    yield text_field("count", pen.say("deviation.draft.field_count"), value=str(deviation.occurrence_count), most=6)
    amount = f"{deviation.amount_sek.normalize():f}" if deviation.amount_sek is not None else None
    yield text_field("amount", pen.say("deviation.draft.field_amount"), value=amount, most=20)


def _contract_choice(view: DraftView, pen: Pen) -> ChoiceSetInput:
    chosen = view.deviation.contract_id
    return choices(
        "contract",
        pen.say("deviation.draft.choose_contract"),
        [
            # The numbers can be typed.
            (contract.contract_id, f"{number}. {_told_apart(contract, view, pen)}")
            for number, contract in enumerate(view.contracts, start=1)
        ],
        value=chosen,
        is_compact=len(view.contracts) > 4,  # noqa: PLR2004 - more than four do not fit a glance
        placeholder=pen.say("deviation.draft.choose"),
    )


def _told_apart(contract: Contract, view: DraftView, pen: Pen) -> str:
    name = contract_name(contract, pen, with_number=view.may_see_contracts)
    supplier = pen.quote(contract.supplier_names, most=60)
    return f"{name} – {supplier}" if supplier else name


def _type_choice(view: DraftView, pen: Pen) -> ChoiceSetInput:
    return choices(
        "type",
        pen.say("deviation.draft.choose_type"),
        [(code, pen.quote(kind.name(pen.texts.language))) for code, kind in view.types.items()],
        value=view.deviation.type,
        is_compact=True,
        placeholder=pen.say("deviation.draft.choose"),
    )


def _draft_buttons(view: DraftView, pen: Pen) -> list[Action]:
    subject, rev, notice = view.deviation.deviation_id, view.deviation.version, view.notice_id
    return [
        execute(
            pen.say("deviation.draft.register"), "deviation.register", subject, rev, notice=notice, style="positive"
        ),
        toggle(pen.say("deviation.draft.change"), _CHANGES),
        execute(pen.say("deviation.draft.save"), "deviation.change", subject, rev, notice=notice),
        execute(pen.say("deviation.draft.discard"), "deviation.discard", subject, rev, notice=notice),
    ]
