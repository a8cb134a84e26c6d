"""How one department stands, on one card: its lights, what is late and what is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from microsoft_teams.cards import CardElement, ColumnSet

from cards.answers import stamp
from cards.blocks import facts, finish, heading, paragraph, section, small
from cards.buttons import execute
from cards.card import Card
from cards.deviation_words import type_name
from cards.light_words import counts_by_light, light_line
from cards.pen import Pen, card_pen, text_pen
from cards.rows import row
from domain.contract import Contract, ContractClass
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.followup import Followup
from domain.light import ContractLight, Light
from domain.people import Language

_MOST_LISTED: Final = 5
"""Of each kind; the lists of their own hold the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentView:
    """What the card is drawn from."""

    name: str
    as_of: datetime
    is_own: bool
    contracts_active: int
    lights: Mapping[Light, Mapping[ContractClass | None, int]]
    red: tuple[tuple[Contract, ContractLight], ...]
    late: tuple[tuple[Followup, Contract, int], ...]
    """With working days late."""
    open_cases: tuple[tuple[Deviation, DeviationType | None], ...]


def department_card(view: DepartmentView, language: Language) -> Card:
    """The department's contracts by light, the red ones by name, the late follow-ups and the open cases."""
    pen, plain_pen = card_pen(language, view.as_of.date()), text_pen(language, view.as_of.date())
    filter_line = pen.say("questions.department.filter", name=view.name[:200])
    lights = counts_by_light(view.lights, pen.texts)
    body: list[CardElement] = [
        heading(pen.quote(view.name)),
        small(stamp(filter_line, pen.texts.count("answers.contracts", view.contracts_active), view.as_of, pen)),
        *([section([paragraph(pen.say("answers.only_yours"))])] if view.is_own else []),
        heading(pen.say("light.counts.title"), is_main=False),
        facts(lights) if lights else paragraph(pen.say("questions.department.none_in_force")),
        *(_red(contract, light, pen) for contract, light in view.red[:_MOST_LISTED]),
        *_left(len(view.red), pen),
        heading(pen.texts.count("questions.department.late", len(view.late)), is_main=False),
        *(_late(followup, contract, days, pen) for followup, contract, days in view.late[:_MOST_LISTED]),
        *_left(len(view.late), pen),
        heading(pen.texts.count("answers.contract.deviations", len(view.open_cases)), is_main=False),
        *(_case(deviation, kind, pen) for deviation, kind in view.open_cases[:_MOST_LISTED]),
        *_left(len(view.open_cases), pen),
    ]
    line = plain_pen.say(
        "questions.department.line",
        name=plain_pen.quote(view.name),
        red=len(view.red),
        late=len(view.late),
        count=len(view.open_cases),
    )
    return finish(body, [], line, language=language)


def _red(contract: Contract, light: ContractLight, pen: Pen) -> ColumnSet:
    button = execute(pen.say("letters.open"), "contract.open", contract.contract_id, contract.version)
    button.tooltip = f"{pen.say('letters.open')}: {contract.contract_number}"
    line = light_line(light, pen.texts)
    return row(pen.quote(f"{contract.contract_number} {contract.title}"), line, is_alarming=True, button=button)


def _late(followup: Followup, contract: Contract, days: int, pen: Pen) -> ColumnSet:
    name = f"{pen.activity(followup.activity)} · {pen.texts.count('questions.late.days', max(days, 1))}"
    button = execute(pen.say("letters.open"), "followup.open", followup.followup_id, followup.version)
    button.tooltip = f"{pen.say('letters.open')}: {contract.contract_number}"
    return row(pen.quote(f"{contract.contract_number} {contract.title}"), name, is_alarming=True, button=button)


def _case(case: Deviation, kind: DeviationType | None, pen: Pen) -> ColumnSet:
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
