"""The supplier's action plan as a card: each action with where it stands, who has approved it, and what one may do."""

from collections.abc import Iterator
from typing import Final

from microsoft_teams.cards import Action, CardElement, ChoiceSetInput, ExecuteAction

from cards.blocks import choices, finish, heading, numbered, paragraph, small
from cards.buttons import execute
from cards.card import Card
from cards.deviation_views import CaseView, PlanView
from cards.forms import day, form, line, required_day, required_text
from cards.pen import Pen, card_pen
from domain.action_plan import all_held, is_approved
from domain.case_file import ActionVerdict, PlanAction
from domain.deviation import DeviationState
from domain.people import Language

_TEXT_LENGTH: Final = 200


def plan_card(view: PlanView, language: Language) -> Card:
    """The plan, its approvals, and forms to write it down, approve it, and check it. Field ids are the plan's own."""
    case = view.case
    pen = card_pen(language, case.today)
    number = case.deviation.number or ""
    title = pen.say("case.plan.title", number=number)
    actions = case.file.actions
    lines = [_line(action, pen) for action in actions]
    body: list[CardElement] = [heading(title)]
    body.append(numbered(lines) if lines else paragraph(pen.say("case.plan.none")))
    body += [paragraph(text) for text in _approvals(view, pen)]
    if all_held(actions) and case.deviation.is_open:
        body.append(paragraph(pen.say("case.plan.all_held"), is_bold=True))
    if view.may_write or view.may_check:
        body.append(small(pen.say(f"case.plan.typed_{'write' if view.may_write else 'check'}", number=number)))
    return finish(body, list(_buttons(view, pen)), title, language=language)


def _line(action: PlanAction, pen: Pen) -> str:
    said = [
        pen.say(
            "case.plan.action",
            text=pen.quote(action.text, most=_TEXT_LENGTH),
            responsible=pen.quote(action.responsible, most=60),
            day=pen.full_day(action.due_on),
        )
    ]
    if action.check:
        said.append(pen.say("case.plan.check", check=pen.quote(action.check, most=_TEXT_LENGTH)))
    return "; ".join([*said, *_standing(action, pen)])


def _standing(action: PlanAction, pen: Pen) -> Iterator[str]:
    note = pen.quote(action.check_note or "", most=_TEXT_LENGTH)
    if action.verdict is ActionVerdict.HELD:
        yield pen.say("case.plan.held", note=note)
    elif action.verdict is ActionVerdict.FAILED:
        yield pen.say("case.plan.failed", note=note)
    elif action.done_on is not None:
        yield pen.say("case.plan.done", day=pen.day(action.done_on))
    elif action.due_on < pen.today:
        yield pen.say("case.plan.late", day=pen.day(action.due_on))


def _approvals(view: PlanView, pen: Pen) -> Iterator[str]:
    deviation = view.case.deviation
    asked = deviation.state is DeviationState.PLAN_REQUESTED or is_approved(deviation)
    if not asked and deviation.is_open:
        yield pen.say("case.plan.not_requested", number=deviation.number or "")
        return
    if not view.case.file.actions:
        return
    for part, mail in (("manager", deviation.plan_manager_mail), ("owner", deviation.plan_owner_mail)):
        if mail is None:
            yield pen.say(f"case.plan.waits_{part}")
        else:
            yield pen.say(f"case.plan.approved_{part}", name=pen.quote(view.names.get(mail, mail), most=60))


def _buttons(view: PlanView, pen: Pen) -> Iterator[Action]:
    case = view.case
    if view.may_approve:
        yield _press(pen.say("case.plan.approve"), "case.plan_approve", case)
    if view.may_write:
        yield _add(case, pen)
        if case.file.actions:
            fields = [_which(case, pen, "plan_remove")]
            send = _press(pen.say("deviation.move.send"), "case.plan_remove", case)
            yield form(pen.say("case.plan.remove"), pen.say("case.plan.remove_lead"), fields, send)
    if view.may_check:
        yield _done(case, pen)
        yield _check(case, pen)
    yield _press(pen.say("case.file.open"), "case.open", case)


def _add(case: CaseView, pen: Pen) -> Action:
    fields: list[CardElement] = [
        required_text(pen, "plan_add:text", "case.plan.field.text"),
        line(pen, "plan_add:responsible", "case.plan.field.responsible", is_required=True),
        required_day(pen, "plan_add:due_on", "case.plan.field.due_on", earliest=case.today),
        line(pen, "plan_add:check", "case.plan.field.check"),
    ]
    send = _press(pen.say("deviation.move.send"), "case.plan_add", case)
    return form(pen.say("case.plan.add"), pen.say("case.plan.add_lead"), fields, send)


def _done(case: CaseView, pen: Pen) -> Action:
    fields: list[CardElement] = [
        _which(case, pen, "action_done"),
        day(pen, "action_done:done_on", "case.plan.field.done_on", value=case.today, latest=case.today),
    ]
    send = _press(pen.say("deviation.move.send"), "case.action_done", case)
    return form(pen.say("case.plan.done_button"), pen.say("case.plan.done_lead"), fields, send)


def _check(case: CaseView, pen: Pen) -> Action:
    verdicts = [(verdict.value, pen.say(f"case.plan.field.{verdict.value}")) for verdict in ActionVerdict]
    verdict = choices("action_check:verdict", pen.say("case.plan.field.verdict"), verdicts)
    fields: list[CardElement] = [
        _which(case, pen, "action_check"),
        _required(verdict, "verdict", pen),
        required_text(pen, "action_check:note", "case.plan.field.note"),
    ]
    send = _press(pen.say("deviation.move.send"), "case.action_check", case)
    return form(pen.say("case.plan.check_button"), pen.say("case.plan.check_lead"), fields, send)


def _which(case: CaseView, pen: Pen, prefix: str) -> ChoiceSetInput:
    options = [
        (str(number), f"{number}. {pen.quote(action.text, most=80)}")
        for number, action in enumerate(case.file.actions, start=1)
    ]
    which = choices(f"{prefix}:number", pen.say("case.plan.field.number"), options, is_compact=True)
    return _required(which, "number", pen)


def _press(title: str, verb: str, case: CaseView) -> ExecuteAction:
    deviation = case.deviation
    return execute(title, verb, f"deviation:{deviation.deviation_id}", deviation.version)


def _required(field: ChoiceSetInput, name: str, pen: Pen) -> ChoiceSetInput:
    field.is_required, field.error_message = True, pen.say(f"case.plan.field.{name}_missing")
    return field
