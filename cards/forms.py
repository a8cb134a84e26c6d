"""Buttons that unfold a few fields of their own, so that a card stays short until somebody wants to say more."""

from collections.abc import Sequence
from datetime import date
from typing import Final, TypeVar

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    ChoiceSetInput,
    DateInput,
    ExecuteAction,
    ShowCardAction,
    TextInput,
)

from cards.blocks import choices, date_field, paragraph, text_field
from cards.buttons import Style
from cards.pen import Pen

_LINE_LENGTH: Final = 200
_NOTE_LENGTH: Final = 1000
_Field = TypeVar("_Field", TextInput, DateInput, ChoiceSetInput)


def form(
    title: str, lead: str, fields: Sequence[CardElement], send: ExecuteAction, *, style: Style | None = None
) -> ShowCardAction:
    """A button that shows `lead`, the fields and the one button that sends them.

    The fields of one form are checked and sent with its own button only, so a required field never
    stands in the way of the card's other buttons.
    """
    body: list[CardElement] = [paragraph(lead), *fields]
    return ShowCardAction(title=title, style=style, card=AdaptiveCard(version="1.5", body=body, actions=[send]))


def required_text(pen: Pen, field_id: str, key: str) -> TextInput:
    """A few lines that must be written; `key` names its label, and `<key>_missing` what to say when it is empty."""
    return _required(
        text_field(field_id, pen.say(key), most=_NOTE_LENGTH, is_multiline=True), pen.say(f"{key}_missing")
    )


def line(pen: Pen, field_id: str, key: str, *, is_required: bool = False) -> TextInput:
    """One line; `key` names its label."""
    field = text_field(field_id, pen.say(key), most=_LINE_LENGTH)
    return _required(field, pen.say(f"{key}_missing")) if is_required else field


def day(
    pen: Pen,
    field_id: str,
    key: str,
    *,
    value: date | None = None,
    earliest: date | None = None,
    latest: date | None = None,
) -> DateInput:
    """An optional day; `key` names its label."""
    field = date_field(field_id, pen.say(key), value=value.isoformat() if value else None)
    if earliest:
        field = field.with_min(earliest.isoformat())
    return field.with_max(latest.isoformat()) if latest else field


def required_day(
    pen: Pen,
    field_id: str,
    key: str,
    *,
    value: date | None = None,
    earliest: date | None = None,
    latest: date | None = None,
) -> DateInput:
    """A day that must be chosen; `<key>_missing` says so."""
    field = day(pen, field_id, key, value=value, earliest=earliest, latest=latest)
    return _required(field, pen.say(f"{key}_missing"))


def decision_fields(pen: Pen, *, renews_automatically: bool) -> list[CardElement]:
    """Who decided what and when, and when and how the supplier was told (FB9-FB10).

    Field ids: `decision` (`extend`, `not_extend`, or for automatic renewal `terminate`, `let_renew`), `decided_by`,
    `decided_on`, `decision_number`, `notice_sent_on`, `notice_how`.
    """
    options = ("terminate", "let_renew") if renews_automatically else ("extend", "not_extend")
    decision = choices(
        "decision",
        pen.say("watch.field.decision"),
        [(option, pen.say(f"watch.decision.{option}")) for option in options],
    )
    return [
        _required(decision, pen.say("watch.field.decision_missing")),
        line(pen, "decided_by", "watch.field.decided_by", is_required=True),
        required_day(pen, "decided_on", "watch.field.decided_on", latest=pen.today),
        line(pen, "decision_number", "watch.field.decision_number"),
        day(pen, "notice_sent_on", "watch.field.notice_sent_on", latest=pen.today),
        line(pen, "notice_how", "watch.field.notice_how"),
    ]


def _required(field: _Field, missing: str) -> _Field:
    field.is_required = True
    field.error_message = missing
    return field
