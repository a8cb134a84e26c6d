"""The buttons that move a case, each with the few fields its move needs."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from microsoft_teams.cards import Action, CardElement, ChoiceSetInput, ShowCardAction

from cards.blocks import choices
from cards.buttons import execute
from cards.deviation_views import CaseView
from cards.forms import day, form, line, required_day, required_text
from cards.pen import Pen
from domain.deviation import DeviationState, LadderStep, Severity

_S = DeviationState
_MOST_MOVES: Final = 3
"""Moves with a button of their own; beside them stand the step, *Fler val*, the future and the history."""
_FIRST: Final = (
    _S.ASSESSED,
    _S.COMMUNICATED,
    _S.COMPLAINT_SENT,
    _S.VERIFIED,
    _S.CLOSED,
    _S.CLAIMED_FIXED,
    _S.PLAN_APPROVED,
    _S.SANCTIONED,
    _S.PLAN_REQUESTED,
    _S.REGISTERED,
    _S.DISMISSED,
    _S.IN_REMEDY,
    _S.DISPUTED,
    _S.SANCTION_PENDING,
    _S.ON_HOLD,
    _S.MERGED,
)
"""Which moves come first when there are more than there is room for."""
_HOW: Final = ("phone", "mail", "meeting", "letter", "system")


def move_buttons(view: CaseView, pen: Pen) -> Iterator[Action]:
    """The moves most likely next, the step of the ladder, and *Fler val* for the rest; at most four buttons in all."""
    moves = sorted(view.moves, key=_FIRST.index)
    room = _MOST_MOVES - (1 if view.may_move_step else 0)
    shown = [state for state in moves if state in _FORMS][:room]
    for state in shown:
        yield _FORMS[state](view, pen)
    if view.may_move_step:
        yield _step_form(view, pen)
    rest = [state for state in moves if state not in shown]
    if rest:
        yield _more_form(rest, view, pen)


def _form(view: CaseView, pen: Pen, name: str, verb: str, *fields: CardElement) -> ShowCardAction:
    title, lead = pen.say(f"deviation.move.{name}"), pen.say(f"deviation.lead.{name}")
    deviation = view.deviation
    send = execute(
        pen.say("deviation.move.send"), verb, deviation.deviation_id, deviation.version, notice=view.notice_id
    )
    return form(title, lead, list(fields), send)


def read_fields(inputs: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, by the names of `CaseFacts`. In the card each form prefixes its own, since ids must differ."""
    return {field_id.rpartition(":")[2]: value.strip() for field_id, value in inputs.items()}


def _assess(view: CaseView, pen: Pen) -> ShowCardAction:
    severity = view.deviation.severity
    weights = choices(
        "assessed:severity",
        pen.say("deviation.field.severity"),
        [(item.value, pen.say(f"deviation.severity.{item.value}")) for item in Severity],
        value=severity.value if severity else Severity.MODERATE.value,
    )
    requirement = line(pen, "assessed:requirement", "deviation.field.requirement")
    return _form(view, pen, "assessed", "deviation.assess", weights, requirement)


def _contacted(view: CaseView, pen: Pen) -> ShowCardAction:
    return _form(view, pen, "communicated", "deviation.contacted", *_told(view, pen, "communicated"))


def _told(view: CaseView, pen: Pen, move: str) -> Iterator[CardElement]:
    today = view.today
    yield required_day(pen, f"{move}:told_on", "deviation.field.told_on", value=today, latest=today)
    how = choices(
        f"{move}:told_how",
        pen.say("deviation.field.told_how"),
        [(way, pen.say(f"deviation.field.how_{way}")) for way in _HOW],
        is_compact=True,
    )
    yield _required(how, pen.say("deviation.field.told_how_missing"))
    yield line(pen, f"{move}:told_whom", "deviation.field.told_whom", is_required=True)
    yield day(pen, f"{move}:promised_on", "deviation.field.promised_on", earliest=today)


def _complained(view: CaseView, pen: Pen) -> ShowCardAction:
    fields = (
        _yes_or_no(pen, "complaint_sent:is_letter_reviewed", "reviewed"),
        *_told(view, pen, "complaint_sent"),
        required_day(pen, "complaint_sent:answer_due_on", "deviation.field.answer_due_on", earliest=view.today),
        line(pen, "complaint_sent:registry_number", "deviation.field.registry_number"),
    )
    return _form(view, pen, "complaint_sent", "deviation.complained", *fields)


def _claimed_fixed(view: CaseView, pen: Pen) -> ShowCardAction:
    message = required_text(pen, "claimed_fixed:supplier_message", "deviation.field.supplier_message")
    return _form(view, pen, "claimed_fixed", "deviation.claimed_fixed", message)


def _verified(view: CaseView, pen: Pen) -> ShowCardAction:
    how = required_text(pen, "verified:how_verified", "deviation.field.how_verified")
    return _form(view, pen, "verified", "deviation.verify", how)


def _closed(view: CaseView, pen: Pen) -> ShowCardAction:
    if view.deviation.state is _S.REGISTERED:
        told = _yes_or_no(pen, "solved:was_supplier_told", "was_supplier_told")
        when = day(pen, "solved:told_on", "deviation.field.told_on", latest=view.today)
        return _form(view, pen, "solved", "deviation.solve", told, when)
    return _form(view, pen, "closed", "deviation.close", line(pen, "closed:reason", "deviation.field.reason"))


def _dismissed(view: CaseView, pen: Pen) -> ShowCardAction:
    reason = required_text(pen, "dismissed:reason", "deviation.field.reason")
    return _form(view, pen, "dismissed", "deviation.dismiss", reason)


_FORMS: Final[dict[DeviationState, Callable[[CaseView, Pen], ShowCardAction]]] = {
    _S.ASSESSED: _assess,
    _S.COMMUNICATED: _contacted,
    _S.COMPLAINT_SENT: _complained,
    _S.CLAIMED_FIXED: _claimed_fixed,
    _S.VERIFIED: _verified,
    _S.CLOSED: _closed,
    _S.DISMISSED: _dismissed,
}


def _step_form(view: CaseView, pen: Pen) -> ShowCardAction:
    """To the proposed step, else the next; the step chosen stands in the field `step`."""
    deviation = view.deviation
    here = deviation.ladder_step
    proposed = deviation.proposed_step if deviation.proposed_step is not None else here
    to = max(proposed, min(here + 1, int(LadderStep.RESCISSION)))
    above = [step for step in LadderStep if step > here] or [LadderStep.RESCISSION]
    steps = choices(
        "step:step",
        pen.say("deviation.case.step"),
        [(str(int(step)), pen.say(f"deviation.step.{int(step)}")) for step in above],
        value=str(to),
        is_compact=True,
    )
    send = execute(
        pen.say("deviation.move.send"),
        "deviation.move_step",
        deviation.deviation_id,
        deviation.version,
        notice=view.notice_id,
    )
    title = pen.say("deviation.move.step", number=to)
    return form(title, pen.say("deviation.lead.step"), [steps, line(pen, "step:note", "deviation.field.note")], send)


def _more_form(moves: list[DeviationState], view: CaseView, pen: Pen) -> ShowCardAction:
    """Every other move: `move` is the state, `reason` and `day` what it may need."""
    which = choices(
        "more:move",
        pen.say("deviation.field.move"),
        [(state.value, _named(state, view, pen)) for state in moves],
    )
    fields: tuple[CardElement, ...] = (
        _required(which, pen.say("deviation.field.move_missing")),
        line(pen, "more:reason", "deviation.field.reason"),
        day(pen, "more:day", "deviation.field.day"),
    )
    return _form(view, pen, "more", "deviation.move", *fields)


def _named(state: DeviationState, view: CaseView, pen: Pen) -> str:
    is_solved = state is _S.CLOSED and view.deviation.state is _S.REGISTERED
    return pen.say("deviation.move.solved" if is_solved else f"deviation.move.{state.value}")


def _yes_or_no(pen: Pen, field_id: str, key: str) -> ChoiceSetInput:
    asked = choices(
        field_id,
        pen.say(f"deviation.field.{key}"),
        [("yes", pen.say("deviation.field.yes")), ("no", pen.say("deviation.field.no"))],
    )
    return _required(asked, pen.say(f"deviation.field.{key}_missing"))


def _required(field: ChoiceSetInput, missing: str) -> ChoiceSetInput:
    field.is_required, field.error_message = True, missing
    return field
