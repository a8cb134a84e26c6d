"""Everything about one supplier on one card: its contracts and their lights, what is open, and the supplier case."""

from typing import Final

from microsoft_teams.cards import Action, CardElement, ColumnSet

from cards.answers import stamp
from cards.blocks import facts, finish, heading, paragraph, section, small
from cards.buttons import execute
from cards.card import Card
from cards.deviation_words import type_name
from cards.forms import form, required_text
from cards.joint_views import SupplierContract, SupplierView
from cards.joint_words import joint_sentence
from cards.light_words import light_line
from cards.pen import Pen, card_pen, text_pen
from cards.rows import row
from cards.saying import say_button
from domain.case_file import SanctionAnswer
from domain.deviation import Deviation, Severity
from domain.deviation_types import DeviationType
from domain.light import Light
from domain.people import Language

_MOST_LISTED: Final = 8
"""Of contracts and of cases each; the lists of their own hold the rest."""


def supplier_card(view: SupplierView, language: Language) -> Card:
    """The supplier across contracts, as far as the asker may see it."""
    pen, plain_pen = card_pen(language, view.as_of.date()), text_pen(language, view.as_of.date())
    filter_line = pen.say("supplier.filter.own" if view.is_own else "supplier.filter.all", number=view.org_number)
    body: list[CardElement] = [
        heading(pen.quote(view.name)),
        small(stamp(filter_line, pen.texts.count("answers.contracts", len(view.contracts)), view.as_of, pen)),
        *([section([paragraph(pen.say("answers.only_yours"))])] if view.is_own else []),
        *_case(view, pen),
        facts(_facts(view, pen)),
        heading(pen.texts.count("answers.contracts", len(view.contracts)), is_main=False),
        *(_contract(one, pen) for one in view.contracts[:_MOST_LISTED]),
        *_left(len(view.contracts), pen),
        heading(pen.texts.count("answers.contract.deviations", len(view.open_cases)), is_main=False),
        *(_open(case, kind, pen) for case, kind in view.open_cases[:_MOST_LISTED]),
        *_left(len(view.open_cases), pen),
    ]
    line = plain_pen.say("supplier.line", supplier=plain_pen.quote(view.name), count=len(view.open_cases))
    return finish(body, _buttons(view, pen), line, language=language)


def _facts(view: SupplierView, pen: Pen) -> list[tuple[str, str]]:
    year = ", ".join(
        pen.say("supplier.severity_count", severity=pen.say(f"deviation.severity.{severity.value}"), count=count)
        for severity in reversed(Severity)
        if (count := view.year_by_severity.get(severity, 0))
    )
    total = sum(view.year_by_severity.values())
    decided = ", ".join(
        pen.say(f"supplier.sanction.{answer.value}", count=count)
        for answer in SanctionAnswer
        if (count := view.sanctions.get(answer, 0))
    )
    return [
        (pen.say("supplier.fact.org_number"), pen.quote(view.org_number)),
        (pen.say("supplier.fact.year"), f"{total} ({year})" if year else str(total)),
        (pen.say("supplier.fact.ever"), str(view.ever_count)),
        (pen.say("supplier.fact.sanctions"), decided or pen.say("supplier.sanction.none")),
    ]


def _case(view: SupplierView, pen: Pen) -> list[CardElement]:
    """The supplier case: proposed, or begun by somebody."""
    case = view.case
    if case is None:
        return []
    if case.is_open:
        return [section([paragraph(joint_sentence(case, pen), is_bold=True), small(pen.say("supplier.case.typed"))])]
    day = pen.full_day(case.decided_at.date()) if case.decided_at else ""
    line = pen.say("supplier.case.opened", day=day, name=pen.quote(view.case_opened_by or ""))
    return [section([paragraph(line, is_bold=True), small(pen.say("supplier.case.typed_close"))])]


def _contract(one: SupplierContract, pen: Pen) -> ColumnSet:
    contract = one.contract
    light = light_line(one.light, pen.texts) if one.light else pen.say("supplier.not_in_force")
    owner = (
        pen.say("supplier.owner", name=pen.quote(one.owner_name)) if one.owner_name else pen.say("supplier.no_owner")
    )
    shared = pen.say("supplier.shared") if one.is_shared else ""
    button = execute(pen.say("letters.open"), "contract.open", contract.contract_id, contract.version)
    button.tooltip = f"{pen.say('letters.open')}: {contract.contract_number}"
    line = " · ".join(part for part in (light, owner, pen.quote(contract.department or ""), shared) if part)
    is_red = one.light is not None and one.light.light is Light.RED
    return row(pen.quote(f"{contract.contract_number} {contract.title}"), line, is_alarming=is_red, button=button)


def _open(case: Deviation, kind: DeviationType | None, pen: Pen) -> ColumnSet:
    severity = pen.say(f"deviation.severity.{case.severity.value}") if case.severity else ""
    due = pen.say("answers.contract.deadline", day=pen.full_day(case.deadline_on)) if case.deadline_on else ""
    is_past = case.deadline_on is not None and case.deadline_on < pen.today
    past = pen.say("answers.contract.past") if is_past else ""
    button = execute(pen.say("letters.open"), "deviation.open", case.deviation_id, case.version)
    button.tooltip = f"{pen.say('letters.open')}: {case.number}"
    line = " · ".join(part for part in (severity, case.contract_number or "", due, past) if part)
    return row(f"{case.number} · {type_name(kind, pen)}", line, is_alarming=is_past, button=button)


def _left(count: int, pen: Pen) -> list[CardElement]:
    left = count - _MOST_LISTED
    return [paragraph(pen.texts.count("answers.contract.left", left))] if left > 0 else []


def _buttons(view: SupplierView, pen: Pen) -> list[Action]:
    case = view.case
    proposals: list[Action] = [say_button(pen.texts, "proposals")] if view.waiting_count else []
    if case is None or view.is_own:
        return proposals
    subject = f"joint:{case.joint_proposal_id}"
    if case.is_open:
        accept = execute(pen.say("supplier.case.open"), "joint.accept", subject, case.version, style="positive")
        decline = execute(pen.say("joint.send"), "joint.decline", subject, case.version)
        why = required_text(pen, "reason", "joint.field.reason")
        return [accept, form(pen.say("joint.decline"), pen.say("joint.lead.decline"), [why], decline), *proposals]
    close = execute(pen.say("joint.send"), "joint.close", subject, case.version)
    outcome = required_text(pen, "reason", "joint.outcome.reason")
    return [form(pen.say("supplier.case.close"), pen.say("supplier.case.lead_close"), [outcome], close), *proposals]
