"""The buttons that move a case, each with the few fields its move needs, and the card that asks for what is missing."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from microsoft_teams.cards import Action, CardElement, ExecuteAction, ShowCardAction

from cards.blocks import choices, finish, heading, paragraph, small
from cards.buttons import execute
from cards.card import Card
from cards.deviation_forms import MOVE_VERBS, move_fields, move_name, move_verb
from cards.deviation_views import CaseView
from cards.forms import form, line
from cards.pen import Pen, card_pen
from domain.deviation import DeviationState, LadderStep
from domain.people import Language

_S = DeviationState
_MOST_MOVES: Final = 3
"""Moves with a button of their own; beside them stand the step, *Fler val*, the future and the file."""
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


def move_buttons(view: CaseView, pen: Pen) -> Iterator[Action]:
    """The moves most likely next, the step of the ladder, and *Fler val* for the rest; at most four buttons in all."""
    moves, held_from = likeliest(view), view.deviation.held_from
    room = _MOST_MOVES - (1 if view.may_move_step else 0)
    if held_from in view.moves:
        moves = [held_from, *(state for state in moves if state is not held_from)]
    for state in moves[:room]:
        yield _resume(view, pen) if state is held_from else _form(state, view, pen)
    if view.may_move_step:
        yield _step_form(view, pen)
    if moves[room:]:
        yield _more_form(moves[room:], view, pen)


def likeliest(view: CaseView) -> list[DeviationState]:
    """The moves the viewer may make here, the likeliest first; taking up a held case again is not among them."""
    own = (state for state in view.moves if state in MOVE_VERBS and state is not view.deviation.held_from)
    return sorted(own, key=_FIRST.index)


def move_card(
    state: DeviationState,
    view: CaseView,
    language: Language,
    *,
    question: str | None = None,
    said: Mapping[str, str] = MappingProxyType({}),
) -> Card:
    """One move on a card of its own, with what has been said filled in; `question` is what is missing."""
    pen = card_pen(language, view.today)
    name = move_name(state, view)
    number = view.deviation.number or ""
    title = pen.say("case.move.title", number=number, move=pen.say(f"deviation.move.{name}"))
    lead = question or pen.say(f"deviation.lead.{name}")
    body: list[CardElement] = [heading(title), paragraph(lead, is_bold=question is not None)]
    body += move_fields(state, view, pen, said)
    body.append(small(pen.say("case.move.answer_hint" if question else "case.move.typed", number=number)))
    return finish(body, [_send(move_verb(state, view), view, pen)], f"{title}. {lead}", language=language)


def read_fields(inputs: Mapping[str, str]) -> dict[str, str]:
    """What was filled in, by the names of `CaseFacts`. In the card each form prefixes its own, since ids must differ."""
    return {field_id.rpartition(":")[2]: value.strip() for field_id, value in inputs.items()}


def _form(state: DeviationState, view: CaseView, pen: Pen) -> ShowCardAction:
    name = move_name(state, view)
    title, lead = pen.say(f"deviation.move.{name}"), pen.say(f"deviation.lead.{name}")
    return form(title, lead, move_fields(state, view, pen), _send(move_verb(state, view), view, pen))


def _send(verb: str, view: CaseView, pen: Pen) -> ExecuteAction:
    deviation = view.deviation
    return execute(
        pen.say("deviation.move.send"), verb, deviation.deviation_id, deviation.version, notice=view.notice_id
    )


def _resume(view: CaseView, pen: Pen) -> Action:
    deviation = view.deviation
    return execute(pen.say("case.move.resume"), "case.resume", deviation.deviation_id, deviation.version)


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
    title = pen.say("deviation.move.step", number=to)
    fields = [steps, line(pen, "step:note", "deviation.field.note")]
    return form(title, pen.say("deviation.lead.step"), fields, _send("deviation.move_step", view, pen))


def _more_form(moves: list[DeviationState], view: CaseView, pen: Pen) -> ShowCardAction:
    """Every other move by its name; what it needs is asked on a card of its own."""
    names = [(state.value, pen.say(f"deviation.move.{move_name(state, view)}")) for state in moves]
    which = choices("more:move", pen.say("deviation.field.move"), names)
    which.is_required, which.error_message = True, pen.say("deviation.field.move_missing")
    return form(
        pen.say("deviation.move.more"), pen.say("deviation.lead.more"), [which], _send("deviation.move", view, pen)
    )
