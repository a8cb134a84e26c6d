"""The one question a draft asks now, with the quickest way to answer it; everything else can be typed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from microsoft_teams.cards import Action, ActionSet, CardElement, Choice, ChoiceSetInput

from cards.blocks import choices, paragraph, text_field
from cards.buttons import execute
from cards.deviation_views import DraftView
from cards.deviation_words import contract_name
from cards.pen import Pen
from domain.contract import Contract
from domain.deviation_types import AskFor
from domain.drafting import MUST_BE_ANSWERED, question_of

_YES_NO: Final = frozenset({AskFor.IS_PAID, AskFor.SUPPLIER_TOLD})
_DAYS: Final = frozenset({AskFor.WHICH_DAYS, AskFor.EARLIER_DATES})
_MOST_DAYS: Final = 7
"""Days to tick, the last of the period; others are typed."""
_AT_A_GLANCE: Final = 4
"""Contracts shown as a list rather than in a drop-down."""


def question(view: DraftView, pen: Pen) -> Iterator[CardElement]:
    """The question with its field and its buttons; nothing when all has been said."""
    asked = question_of(view.deviation)
    if asked in {None, AskFor.TYPE, AskFor.CONTRACT}:
        return  # the fields for the type and the contract stand on the card by themselves
    if asked in _YES_NO or asked is AskFor.PHOTO:
        yield paragraph(_words(view, asked, pen), is_bold=True)
    elif asked in _DAYS:
        yield _days(view, asked, pen)
    else:
        is_long = asked in {AskFor.WHAT, AskFor.REQUIREMENT}
        yield text_field("answer", _words(view, asked, pen), most=1000, is_multiline=is_long)
    yield ActionSet(actions=list(_buttons(view, asked, pen)))


def contract_choice(view: DraftView, pen: Pen) -> ChoiceSetInput:
    """The contracts it may be about; the numbers can be typed."""
    return choices(
        "contract",
        pen.say("deviation.draft.choose_contract"),
        [
            (contract.contract_id, f"{number}. {_told_apart(contract, view, pen)}")
            for number, contract in enumerate(view.contracts, start=1)
        ],
        value=view.deviation.contract_id,
        is_compact=len(view.contracts) > _AT_A_GLANCE,
        placeholder=pen.say("deviation.draft.choose"),
    )


def type_choice(view: DraftView, pen: Pen) -> ChoiceSetInput:
    """Every type, those nearly as likely first."""
    likely = [code for code in (view.deviation.type, *view.deviation.alternatives) if code in view.types]
    codes = dict.fromkeys([*(code for code in likely if code), *view.types])
    return choices(
        "type",
        pen.say("deviation.draft.choose_type"),
        [(code, pen.quote(view.types[code].name(pen.texts.language))) for code in codes],
        value=view.deviation.type,
        is_compact=True,
        placeholder=pen.say("deviation.draft.choose"),
    )


def _told_apart(contract: Contract, view: DraftView, pen: Pen) -> str:
    name = contract_name(contract, pen, with_number=view.may_see_contracts)
    supplier = pen.quote(contract.supplier_names, most=60)
    return f"{name} – {supplier}" if supplier else name


def _words(view: DraftView, asked: AskFor, pen: Pen) -> str:
    if asked is AskFor.PHOTO and view.evidence_count:
        return pen.say("drafting.ask.more_photos")
    return pen.say(f"deviation.ask.{asked.value}")


def _days(view: DraftView, asked: AskFor, pen: Pen) -> ChoiceSetInput:
    chosen = view.deviation.occurred_days
    return ChoiceSetInput(
        id="days",
        label=_words(view, asked, pen),
        choices=[Choice(title=pen.day(day), value=day.isoformat()) for day in _likely_days(view, asked)],
        value=",".join(day.isoformat() for day in chosen) or None,
        style="expanded",
        is_multi_select=True,
        wrap=True,
    )


def _likely_days(view: DraftView, asked: AskFor) -> list[date]:
    """The days of the period up to today, at most a week of them; for what came earlier, the week before it."""
    deviation, today = view.deviation, view.today
    last = min(today, deviation.occurred_to or today)
    first = deviation.occurred_from or last
    if asked is AskFor.EARLIER_DATES:
        return [first - timedelta(days=back) for back in range(_MOST_DAYS, 0, -1)]
    count = min(_MOST_DAYS, max((last - first).days + 1, 1))
    if count == 1:
        count, last = _MOST_DAYS, min(today, last)
    return [last - timedelta(days=back) for back in reversed(range(count))]


def _buttons(view: DraftView, asked: AskFor, pen: Pen) -> Iterator[Action]:
    subject, rev = view.deviation.deviation_id, view.deviation.version
    if asked in _YES_NO:
        yield execute(pen.say("drafting.button.yes"), "draft.yes", subject, rev)
        yield execute(pen.say("drafting.button.no"), "draft.no", subject, rev)
    elif asked is not AskFor.PHOTO:
        yield execute(pen.say("drafting.button.answer"), "draft.answer", subject, rev)
    if asked not in MUST_BE_ANSWERED:
        yield execute(pen.say("drafting.button.skip"), "draft.skip", subject, rev)
