"""What is asked when a case moves to a state: the fields of each move, named as in `domain.case_guards.CaseFacts`."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from microsoft_teams.cards import CardElement, ChoiceSetInput, DateInput, TextInput

from cards.blocks import choices
from cards.deviation_views import CaseView
from cards.forms import day, line, required_day, required_text
from cards.pen import Pen
from domain.deviation import DeviationState, Severity

_S = DeviationState
_HOW: Final = ("phone", "mail", "meeting", "letter", "system")
_Fields = Callable[[CaseView, Pen], Iterator[CardElement]]

MOVE_VERBS: Final[Mapping[DeviationState, str]] = MappingProxyType(
    {
        _S.ASSESSED: "deviation.assess",
        _S.COMMUNICATED: "deviation.contacted",
        _S.COMPLAINT_SENT: "deviation.complained",
        _S.PLAN_REQUESTED: "case.plan_requested",
        _S.IN_REMEDY: "case.in_remedy",
        _S.CLAIMED_FIXED: "deviation.claimed_fixed",
        _S.VERIFIED: "deviation.verify",
        _S.CLOSED: "deviation.close",
        _S.DISMISSED: "deviation.dismiss",
        _S.DISPUTED: "case.disputed",
        _S.ON_HOLD: "case.hold",
        _S.SANCTION_PENDING: "case.sanction_pending",
        _S.SANCTIONED: "case.sanctioned",
        _S.REGISTERED: "case.reopen",
    },
)
"""The button that sends each move; a plan is approved on the plan's own card, and cases are merged on theirs."""
SOLVE: Final = "deviation.solve"


def move_name(state: DeviationState, view: CaseView) -> str:
    """The end of the text keys of a move: closing a new case is *Löst direkt*."""
    is_solved = state is _S.CLOSED and view.deviation.state is _S.REGISTERED
    return "solved" if is_solved else state.value


def move_verb(state: DeviationState, view: CaseView) -> str:
    return SOLVE if move_name(state, view) == "solved" else MOVE_VERBS[state]


def move_fields(
    state: DeviationState, view: CaseView, pen: Pen, said: Mapping[str, str] = MappingProxyType({})
) -> list[CardElement]:
    """The fields of a move, with what has been said already filled in."""
    fields = list(_FIELDS[move_name(state, view)](view, pen))
    for field in fields:
        if isinstance(field, TextInput | DateInput | ChoiceSetInput):
            field.value = said.get((field.id or "").rpartition(":")[2], field.value)
    return fields


def _assess(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    deviation = view.deviation
    severity = deviation.severity or Severity.MODERATE
    if view.types:
        options = [(kind.code, pen.quote(kind.name(pen.texts.language))) for kind in view.types]
        yield choices(
            "assessed:type_code", pen.say("deviation.field.type"), options, value=deviation.type, is_compact=True
        )
    weights = [(item.value, pen.say(f"deviation.severity.{item.value}")) for item in Severity]
    yield choices("assessed:severity", pen.say("deviation.field.severity"), weights, value=severity.value)
    yield line(pen, "assessed:requirement", "deviation.field.requirement")
    yield line(pen, "assessed:agreed", "deviation.field.agreed")
    yield line(pen, "assessed:consequence", "deviation.field.consequence")
    yield line(pen, "assessed:requested_action", "deviation.field.requested_action")
    if view.asks_if_paid and deviation.is_paid is None:
        yield _yes_no_unknown(pen, "assessed:is_paid")


def _told(view: CaseView, pen: Pen, move: str) -> Iterator[CardElement]:
    today = view.today
    yield required_day(pen, f"{move}:told_on", "deviation.field.told_on", value=today, latest=today)
    ways = [(way, pen.say(f"deviation.field.how_{way}")) for way in _HOW]
    how = choices(f"{move}:told_how", pen.say("deviation.field.told_how"), ways, is_compact=True)
    yield _required(how, pen.say("deviation.field.told_how_missing"))
    yield line(pen, f"{move}:told_whom", "deviation.field.told_whom", is_required=True)


def _unweighed(view: CaseView, pen: Pen, move: str) -> Iterator[CardElement]:
    """Whoever told the supplier before the case was weighed says which requirement it is about, too."""
    if view.deviation.state is _S.REGISTERED:
        yield line(pen, f"{move}:requirement", "deviation.field.requirement")


def _contacted(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    yield from _unweighed(view, pen, "communicated")
    yield from _told(view, pen, "communicated")
    yield day(pen, "communicated:promised_on", "deviation.field.promised_on", earliest=view.today)
    if view.asks_if_paid and view.deviation.is_paid is None:
        yield _yes_no_unknown(pen, "communicated:is_paid")


def _complained(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    yield _yes_or_no(pen, "complaint_sent:is_letter_reviewed", "reviewed")
    yield from _unweighed(view, pen, "complaint_sent")
    yield from _told(view, pen, "complaint_sent")
    yield required_day(pen, "complaint_sent:answer_due_on", "deviation.field.answer_due_on", earliest=view.today)
    yield line(pen, "complaint_sent:registry_number", "deviation.field.registry_number")


def _plan_requested(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    yield required_day(pen, "plan_requested:answer_due_on", "deviation.field.plan_due_on", earliest=view.today)
    yield line(pen, "plan_requested:reason", "deviation.field.note")


def _in_remedy(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    yield day(pen, "in_remedy:promised_on", "deviation.field.promised_on", earliest=view.today)
    if view.deviation.state in {_S.CLAIMED_FIXED, _S.SANCTION_PENDING}:
        yield required_text(pen, "in_remedy:reason", "deviation.field.reason")
    else:
        yield line(pen, "in_remedy:reason", "deviation.field.note")


def _solved(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    yield _yes_or_no(pen, "solved:was_supplier_told", "was_supplier_told")
    yield day(pen, "solved:told_on", "deviation.field.told_on", latest=view.today)


def _closed(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    must = view.deviation.state is _S.SANCTIONED
    yield (
        required_text(pen, "closed:reason", "deviation.field.reason")
        if must
        else line(pen, "closed:reason", "deviation.field.reason")
    )


def _on_hold(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    yield required_text(pen, "on_hold:reason", "deviation.field.reason")
    yield required_day(pen, "on_hold:hold_until", "deviation.field.hold_until", earliest=view.today)


def _text(field_id: str, key: str) -> _Fields:
    def fields(_view: CaseView, pen: Pen) -> Iterator[CardElement]:
        yield required_text(pen, field_id, key)

    return fields


def _note(field_id: str) -> _Fields:
    def fields(_view: CaseView, pen: Pen) -> Iterator[CardElement]:
        yield line(pen, field_id, "deviation.field.note")

    return fields


_FIELDS: Final[Mapping[str, _Fields]] = MappingProxyType(
    {
        _S.ASSESSED.value: _assess,
        _S.COMMUNICATED.value: _contacted,
        _S.COMPLAINT_SENT.value: _complained,
        _S.PLAN_REQUESTED.value: _plan_requested,
        _S.IN_REMEDY.value: _in_remedy,
        _S.CLAIMED_FIXED.value: _text("claimed_fixed:supplier_message", "deviation.field.supplier_message"),
        _S.VERIFIED.value: _text("verified:how_verified", "deviation.field.how_verified"),
        "solved": _solved,
        _S.CLOSED.value: _closed,
        _S.DISMISSED.value: _text("dismissed:reason", "deviation.field.reason"),
        _S.DISPUTED.value: _text("disputed:objection", "deviation.field.objection"),
        _S.ON_HOLD.value: _on_hold,
        _S.SANCTION_PENDING.value: _note("sanction_pending:reason"),
        _S.SANCTIONED.value: _text("sanctioned:decision_reference", "deviation.field.decision_reference"),
        _S.REGISTERED.value: _text("registered:reason", "deviation.field.reason"),
    },
)


def _yes_no_unknown(pen: Pen, field_id: str) -> ChoiceSetInput:
    options = [("yes", pen.say("deviation.field.yes")), ("no", pen.say("deviation.field.no"))]
    return choices(
        field_id,
        pen.say("deviation.ask.is_paid"),
        options,
        is_compact=True,
        placeholder=pen.say("deviation.field.unknown"),
    )


def _yes_or_no(pen: Pen, field_id: str, key: str) -> ChoiceSetInput:
    options = [("yes", pen.say("deviation.field.yes")), ("no", pen.say("deviation.field.no"))]
    return _required(
        choices(field_id, pen.say(f"deviation.field.{key}"), options), pen.say(f"deviation.field.{key}_missing")
    )


def _required(field: ChoiceSetInput, missing: str) -> ChoiceSetInput:
    field.is_required, field.error_message = True, missing
    return field
