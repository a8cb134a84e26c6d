"""One case: where it stands in a plain word, what is proposed and who decides, what comes if nobody acts, and what one may do."""

from collections.abc import Iterator
from typing import Final

from microsoft_teams.cards import Action, CardElement

from cards.blocks import alarm, bullets, facts, finish, heading, paragraph, section, small
from cards.buttons import execute, toggle
from cards.card import Card
from cards.case_file import known_facts
from cards.case_reports import more_reports
from cards.deviation_moves import likeliest, move_buttons
from cards.deviation_views import CaseView
from cards.deviation_words import (
    contract_name,
    money,
    own_words,
    period,
    severity_name,
    state_words,
    times,
    type_name,
)
from cards.passivity_words import coming_line, gathered, no_rights_line
from cards.pen import Pen, card_pen, text_pen
from domain.deviation import DeviationState, LadderStep
from domain.passivity import PASSIVE_KINDS, days_undecided, days_untold
from domain.people import ContractRole, Language
from domain.supplier_silence import LADDER_KINDS, Coming, ComingKind

_FUTURE: Final = "case_future"
_MOST_WORDS: Final = 3
"""Moves named as one could type them."""
_PASSIVE_FROM_DAYS: Final = 1
"""From so many days the case says how long we have known without telling the supplier."""


def case_card(view: CaseView, language: Language) -> Card:
    """The case as the viewer may see it, with the buttons for what they may do.

    Every button that needs more unfolds its own fields, named as in `domain.case_guards.CaseFacts` once
    `cards.deviation_moves.read_fields` has read them.
    """
    pen = card_pen(language, view.today)
    deviation = view.deviation
    number = deviation.number or ""
    body: list[CardElement] = [
        heading(pen.say("deviation.case.title", number=number, type=type_name(view.kind, pen))),
        *_marks(view, pen),
        paragraph(own_words(deviation, pen, "deviation.case.description")),
        *more_reports(view, pen),
        facts(_facts(view, pen)),
        *_proposal(view, pen),
        *_next(view, pen),
        *_ending(view, pen),
        section(_future(view, pen), element_id=_FUTURE, is_hidden=not view.is_future_open),
    ]
    if words := _typed(view, pen):
        body.append(small(pen.say("deviation.case.typed", number=number, words=words)))
    summary = _summary(view, text_pen(language, view.today))
    return finish(body, _buttons(view, pen), summary, language=language)


def _typed(view: CaseView, pen: Pen) -> str:
    """The likeliest moves as one would write them, and the step."""
    words = [pen.say(f"case.word.{state.value}") for state in likeliest(view)[:_MOST_WORDS]]
    if view.may_move_step and view.deviation.is_open:
        words.append(pen.say("case.word.step", step=min(view.deviation.ladder_step + 1, 6)))
    return ", ".join(words)


def future_lines(view: CaseView, pen: Pen) -> list[str]:
    """What happens if nobody acts, a line for each moment: for the card and for typed questions."""
    if not view.coming:
        return [pen.say("deviation.future.all_told" if view.is_all_told else "deviation.future.nothing")]
    return [_coming(item, told, view, pen) for item, told in gathered(view.coming)]


def _summary(view: CaseView, pen: Pen) -> str:
    return pen.say("deviation.case.summary", number=view.deviation.number or "", state=state_words(view.deviation, pen))


def _marks(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    deviation, kind = view.deviation, view.kind
    if deviation.is_emergency and deviation.is_open:
        yield alarm(pen.say("deviation.case.emergency"))
    if deviation.reopened_count and deviation.is_open:
        yield alarm(pen.texts.count("case.relapse", deviation.reopened_count))
    if kind is not None and kind.is_restricted:
        yield small(pen.say("deviation.case.restricted"))
    if kind is not None and kind.is_internal:
        yield small(pen.say("deviation.case.internal"))
    untold = days_untold(deviation, kind, view.today)
    if untold >= _PASSIVE_FROM_DAYS:
        yield alarm(pen.texts.count("deviation.case.passive", untold))
    undecided = days_undecided(deviation, view.today)
    if undecided:
        yield alarm(f"{pen.texts.count('passivity.undecided', undecided)}.")
    if view.undecided_count:
        yield small(pen.texts.count("passivity.waiting", view.undecided_count, case=deviation.number or ""))
    if view.lacks_rights and view.contract is not None:
        yield small(no_rights_line(view.contract, pen))


def _facts(view: CaseView, pen: Pen) -> list[tuple[str, str]]:
    deviation, contract = view.deviation, view.contract
    is_internal = view.kind is not None and view.kind.is_internal
    return [
        (pen.say("deviation.case.state"), state_words(deviation, pen)),
        (pen.say("deviation.case.severity"), severity_name(deviation, pen)),
        (pen.say("deviation.case.step"), "" if is_internal else pen.say(f"deviation.step.{deviation.ladder_step}")),
        (pen.say("deviation.case.deadline"), _deadline(view, pen)),
        (pen.say("deviation.case.contract"), contract_name(contract, pen) if contract else ""),
        (pen.say("deviation.case.supplier"), pen.quote(contract.supplier_names) if contract else ""),
        (pen.say("deviation.case.where"), pen.quote(deviation.location or "")),
        (pen.say("deviation.case.when"), period(deviation, pen)),
        (pen.say("deviation.case.count"), times(deviation)),
        (pen.say("deviation.case.amount"), money(deviation, pen)),
        *known_facts(view, pen),
        (pen.say("deviation.case.promised"), pen.day(deviation.promised_on) if deviation.promised_on else ""),
        (pen.say("deviation.case.reported"), _reported(view, pen)),
    ]


def _deadline(view: CaseView, pen: Pen) -> str:
    due = view.deviation.deadline_on
    if due is None or not view.deviation.is_open:
        return ""
    if due < view.today:
        return pen.say("deviation.case.overdue", day=pen.day(due))
    return pen.texts.moment(view.deadline_at) if view.deadline_at else pen.day(due)


def _reported(view: CaseView, pen: Pen) -> str:
    day = pen.day(view.deviation.reported_at.date())
    if not view.reporter_name:
        return day
    return pen.say("deviation.case.reported_by", day=day, name=pen.quote(view.reporter_name, most=60))


def _proposal(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    """The proposed step and who must decide; silence is answered with a question, never with a step taken."""
    step = view.deviation.proposed_step
    if step is None or not view.deviation.is_open:
        return
    yield paragraph(pen.say("deviation.case.proposed", step=pen.say(f"deviation.step.{step}")), is_bold=True)
    if view.is_decider:
        yield paragraph(pen.say("deviation.case.decided_by_you"))
    elif view.decider is not None:
        yield paragraph(_decided_by(view.decider, view, pen))


def _decided_by(decider: ContractRole, view: CaseView, pen: Pen) -> str:
    name = view.names.get(decider)
    role = _role(decider, name, pen)
    if not name:
        return pen.say("deviation.case.decided_by", role=role)
    return pen.say("deviation.case.decided_by_name", role=role, name=pen.people(name))


def _next(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    """The one question that comes first now."""
    deviation, number = view.deviation, view.deviation.number or ""
    if not deviation.is_open or not view.moves:
        return
    is_early = deviation.ladder_step <= LadderStep.DIALOGUE
    if is_early and view.asks_if_paid and deviation.is_paid is None:
        yield paragraph(pen.say("case.next.is_paid", number=number), is_bold=True)
    is_owners = deviation.state is DeviationState.VERIFIED and DeviationState.CLOSED not in view.moves
    key = "case.next.owner_closes" if is_owners else f"case.next.{deviation.state.value}"
    if pen.texts.knows(key):
        yield paragraph(pen.say(key, number=number))


def _ending(view: CaseView, pen: Pen) -> Iterator[CardElement]:
    deviation = view.deviation
    if deviation.is_open:
        return
    yield paragraph(pen.say("deviation.case.ended"), is_bold=True)
    if deviation.closed_reason:
        yield paragraph(pen.say("deviation.case.reason", reason=pen.quote(deviation.closed_reason, most=300)))


def _future(view: CaseView, pen: Pen) -> list[CardElement]:
    return [heading(pen.say("deviation.case.if_nobody"), is_main=False), bullets(future_lines(view, pen))]


def _coming(item: Coming, told: tuple[ContractRole, ...], view: CaseView, pen: Pen) -> str:
    who = [_who(one, view, pen) for one in told]
    role = who[0] if len(who) == 1 else pen.say("common.both", first=", ".join(who[:-1]), last=who[-1])
    day = pen.day(item.on)
    if item.kind in PASSIVE_KINDS:
        return coming_line(item, pen, day=day, role=role, has_draft=view.drafts_complaint)
    if item.action is not None:
        action = pen.quote(item.action.text, most=80)
        return pen.say("case.future.action_late", day=day, role=role, action=action)
    if item.kind not in LADDER_KINDS:
        return pen.say(f"case.future.{item.kind.value}", day=day, role=role)
    return _up_the_ladder(item, view, pen, role)


def _up_the_ladder(item: Coming, view: CaseView, pen: Pen, role: str) -> str:
    day = pen.day(item.on)
    if item.kind is ComingKind.REMINDER:
        return pen.say("deviation.future.reminder", day=day, role=role)
    if item.kind is ComingKind.DEADLINE or item.proposal is None:
        return pen.say("deviation.future.deadline", day=day, role=_capital(role))
    if item.proposal.step == view.deviation.ladder_step:
        return pen.say("deviation.future.proposal_same", day=day, role=role)
    step = pen.say(f"deviation.step.{int(item.proposal.step)}")
    return pen.say("deviation.future.proposal", day=day, role=role, step=_small(step))


def _who(role: ContractRole, view: CaseView, pen: Pen) -> str:
    name = view.names.get(role)
    said = _role(role, name, pen)
    return f"{said} {pen.people(name)}" if name else said


def _role(role: ContractRole, names: str | None, pen: Pen) -> str:
    is_shared = role is ContractRole.CONTROLLER and names is not None and ", " in names
    return pen.say("deviation.role.contract_controllers" if is_shared else f"deviation.role.{role.value}")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _buttons(view: CaseView, pen: Pen) -> list[Action]:
    deviation = view.deviation
    buttons: list[Action] = list(move_buttons(view, pen))
    if deviation.is_open:
        buttons.append(toggle(pen.say("deviation.case.show_future"), _FUTURE))
    subject = f"deviation:{deviation.deviation_id}"
    return [*buttons, execute(pen.say("case.file.more"), "case.file", subject, deviation.version)]
