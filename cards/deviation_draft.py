"""The draft of a deviation, beside the reporter's own words, with every part open to change."""

from collections.abc import Iterator
from typing import Final

from microsoft_teams.cards import Action, ActionSet, CardElement

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
from cards.deviation_views import DraftView, TwinView
from cards.deviation_words import contract_name, money, own_words, period, severity_name, times, type_name
from cards.draft_questions import contract_choice, question, type_choice
from cards.pen import Pen, card_pen, text_pen
from domain.deviation import Severity
from domain.people import Language

_CHANGES: Final = "draft_changes"
"""The part of the draft card that *Ändra* unfolds."""
_MONEY: Final = "FAKT"
"""The group of types that are about an invoice."""


def draft_card(view: DraftView, language: Language) -> Card:
    """What was understood beside the reporter's own words, with every part open to change.

    *Registrera* sends the fields too, so one sentence and one or two taps are enough. Fields: `contract`, `search`,
    `type`, `severity`, `location`, `count`, `occurred_from`, `occurred_to`, `amount`, `invoice_number`, `is_paid`,
    `supplier_told`, `addition`, and for the question asked now `answer` or `days`.
    """
    pen = card_pen(language, view.today)
    title = pen.say("deviation.draft.title")
    if view.count > 1:
        title = pen.say("deviation.draft.title_many", number=view.number, count=view.count)
    body: list[CardElement] = [
        heading(title),
        paragraph(own_words(view.deviation, pen, "deviation.draft.your_words")),
        *(paragraph(pen.say("drafting.added", words=pen.quote(said, most=400))) for said in view.deviation.additions),
        *_advice(view, pen),
        facts(_understood(view, pen)),
        *(_twin(view.twin, pen) if view.twin else ()),
        *_needed(view, pen),
        *(question(view, pen) if view.twin is None else ()),
        section(list(_changes(view, pen)), element_id=_CHANGES, is_hidden=True),
        small(pen.say("drafting.typed_twin" if view.twin else "deviation.draft.typed")),
    ]
    plain_pen = text_pen(language, view.today)
    summary = pen.say("deviation.draft.summary", type=type_name(view.kind, plain_pen))
    return finish(body, list(_draft_buttons(view, pen)), summary, language=language)


def _advice(view: DraftView, pen: Pen) -> Iterator[CardElement]:
    """What must be said at once, before anything is registered."""
    kind = view.kind
    if view.is_danger and (kind is None or kind.clock_hours is None):
        yield alarm(pen.say("deviation.advice.danger"))
    if kind is not None and pen.texts.knows(f"deviation.advice.{kind.code}"):
        yield alarm(pen.say(f"deviation.advice.{kind.code}"))
    if view.contacts:
        yield paragraph(pen.say("drafting.contacts", names=pen.people(view.contacts)), is_bold=True)
    if view.since is not None and kind is not None and kind.clock_hours is not None:
        yield paragraph(pen.say("drafting.since", day=pen.day(view.since.date()), time=pen.clock(view.since.time())))
    if kind is not None and kind.is_internal:
        yield paragraph(pen.say("deviation.advice.internal"))
    if view.asks_legal_question:
        yield paragraph(pen.say("deviation.advice.legal_question"))


def _understood(view: DraftView, pen: Pen) -> list[tuple[str, str]]:
    deviation = view.deviation
    severity = severity_name(deviation, pen)
    if severity and deviation.reasons:
        reason = pen.say(f"deviation.reason.{deviation.reasons[0]}")
        severity = pen.say("deviation.draft.because", severity=severity, reason=reason)
    evidence = pen.texts.count("drafting.evidence", view.evidence_count) if view.evidence_count else ""
    return [
        (pen.say("deviation.draft.what"), type_name(view.kind, pen)),
        (pen.say("deviation.draft.severity"), severity),
        (pen.say("deviation.draft.contract"), _chosen(view, pen)),
        (pen.say("deviation.draft.supplier"), pen.quote(view.contract.supplier_names) if view.contract else ""),
        (pen.say("deviation.draft.where"), pen.quote(deviation.location or "")),
        (pen.say("deviation.draft.when"), _days(view, pen) or period(deviation, pen)),
        (pen.say("deviation.draft.count"), times(deviation)),
        (pen.say("deviation.draft.amount"), money(deviation, pen)),
        (pen.say("drafting.fact.invoice_number"), pen.quote(deviation.invoice_number or "")),
        (pen.say("drafting.fact.is_paid"), _yes_no(pen, is_so=deviation.is_paid)),
        (pen.say("drafting.fact.requirement"), pen.quote(deviation.requirement or "")),
        (pen.say("drafting.fact.supplier_told"), _yes_no(pen, is_so=deviation.is_supplier_told)),
        (pen.say("drafting.fact.evidence"), evidence),
    ]


def _days(view: DraftView, pen: Pen) -> str:
    days = view.deviation.occurred_days
    return pen.people([pen.day(day) for day in days]) if len(days) > 1 else ""


def _yes_no(pen: Pen, *, is_so: bool | None) -> str:
    return "" if is_so is None else pen.say("deviation.field.yes" if is_so else "deviation.field.no")


def _chosen(view: DraftView, pen: Pen) -> str:
    if view.contract:
        return contract_name(view.contract, pen, with_number=view.may_see_contracts)
    found = view.deviation.contract_id is not None
    return pen.say("deviation.draft.contract_kept_from_you" if found else "deviation.draft.unknown_contract")


def _twin(twin: TwinView, pen: Pen) -> Iterator[CardElement]:
    """The case it may be another report of; who may not see cases hears only that a colleague has reported it."""
    number, day = twin.deviation.number or "", pen.day(twin.reported_on)
    if twin.closed_on is not None:
        line = pen.say("drafting.twin.closed", number=number, day=pen.day(twin.closed_on))
    elif twin.reporter_name is None:
        line = pen.say("drafting.twin.own", number=number, day=day)
    elif twin.may_see:
        line = pen.say("drafting.twin.open", number=number, day=day, name=pen.quote(twin.reporter_name))
    else:
        line = pen.say("drafting.twin.colleague", day=day)
    yield paragraph(line, is_bold=True)
    if twin.may_see:
        yield paragraph(own_words(twin.deviation, pen, "drafting.twin.words"))
    if twin.report_count > 1:
        yield paragraph(pen.texts.count("drafting.reporters", twin.report_count))


def _needed(view: DraftView, pen: Pen) -> Iterator[CardElement]:
    """Fields that stand open because the report cannot be registered without them."""
    if view.contract is None and view.contracts:
        yield contract_choice(view, pen)
    if view.contract is None:
        key = "search" if view.contracts else "search_first"
        yield text_field("search", pen.say(f"drafting.field.{key}"), most=200)
    if view.kind is None:
        yield type_choice(view, pen)


def _changes(view: DraftView, pen: Pen) -> Iterator[CardElement]:
    deviation = view.deviation
    if view.contract is not None:
        if len(view.contracts) > 1:
            yield contract_choice(view, pen)
        yield text_field("search", pen.say("drafting.field.search"), most=200)
    if view.kind is not None:
        yield type_choice(view, pen)
    if view.deviation.alternatives:
        names = [view.types[code].name(pen.texts.language) for code in deviation.alternatives if code in view.types]
        yield small(pen.say("drafting.alternatives"))
        yield bullets(pen.quote(name) for name in names)
    severities = [(severity.value, pen.say(f"deviation.severity.{severity.value}")) for severity in Severity]
    yield choices(
        "severity",
        pen.say("deviation.draft.choose_severity"),
        severities,
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
    yield from _about_invoice(view, pen)
    if view.kind is None or not view.kind.is_internal:
        yield _yes_no_choice("supplier_told", pen, is_so=deviation.is_supplier_told)
    yield text_field("addition", pen.say("deviation.draft.field_addition"), is_multiline=True)
    save = execute(
        pen.say("deviation.draft.save"),
        "deviation.change",
        deviation.deviation_id,
        deviation.version,
        notice=view.notice_id,
    )
    yield ActionSet(actions=[save])


def _about_invoice(view: DraftView, pen: Pen) -> Iterator[CardElement]:
    if view.kind is not None and view.kind.group == _MONEY:
        number = view.deviation.invoice_number
        yield text_field("invoice_number", pen.say("drafting.fact.invoice_number"), value=number, most=40)
        yield _yes_no_choice("is_paid", pen, is_so=view.deviation.is_paid)


def _yes_no_choice(field_id: str, pen: Pen, *, is_so: bool | None) -> CardElement:
    return choices(
        field_id,
        pen.say(f"drafting.fact.{field_id}"),
        [("yes", pen.say("deviation.field.yes")), ("no", pen.say("deviation.field.no"))],
        value=None if is_so is None else "yes" if is_so else "no",
        is_compact=True,
        placeholder=pen.say("deviation.draft.choose"),
    )


def _draft_buttons(view: DraftView, pen: Pen) -> Iterator[Action]:
    subject, rev, notice = view.deviation.deviation_id, view.deviation.version, view.notice_id
    if view.twin is not None:
        joins = "reopen" if view.twin.may_reopen else "join"
        yield execute(pen.say(f"drafting.button.{joins}"), "draft.join", subject, rev, notice=notice, style="positive")
        yield execute(pen.say("drafting.button.another"), "draft.other", subject, rev, notice=notice)
    else:
        yield execute(
            pen.say("deviation.draft.register"), "deviation.register", subject, rev, notice=notice, style="positive"
        )
    yield toggle(pen.say("deviation.draft.change"), _CHANGES)
    yield execute(pen.say("drafting.button.keep"), "draft.keep", subject, rev, notice=notice)
    yield execute(pen.say("deviation.draft.discard"), "deviation.discard", subject, rev, notice=notice)
