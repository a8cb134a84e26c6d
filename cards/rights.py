"""What a contract gives a right to: shown, added to, changed and taken from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from microsoft_teams.cards import Action, CardElement

from cards.blocks import choices, facts, finish, heading, paragraph, small
from cards.buttons import execute
from cards.card import Card
from cards.forms import form, line
from cards.pen import Pen, card_pen, text_pen
from cards.rights_words import right_line, right_name
from domain.contract import Contract
from domain.contract_right import NEEDS_DECISION, TIME_LIMITS, ContractRight, RightKind
from domain.people import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsView:
    """A contract's rights as one person sees them."""

    contract: Contract
    rights: tuple[ContractRight, ...]
    today: date
    may_change: bool
    changed: tuple[RightKind, ...] = ()
    """What has just been changed, to be told first."""


def rights_card(view: RightsView, language: Language) -> Card:
    """The sanctions and time limits by name, with a form to add or change one and one to take one away."""
    pen, plain_pen = card_pen(language, view.today), text_pen(language, view.today)
    number = view.contract.contract_number
    title = pen.say("rights.title", number=pen.quote(number))
    body: list[CardElement] = [heading(title), paragraph(pen.quote(view.contract.title)), *_changed(view, pen)]
    for key, kinds in (("sanctions", frozenset(RightKind) - TIME_LIMITS), ("limits", TIME_LIMITS)):
        rows = [(right_name(right.kind, pen), _line(right, pen)) for right in view.rights if right.kind in kinds]
        body.append(heading(pen.say(f"rights.{key}"), is_main=False))
        body.append(facts(rows) if rows else paragraph(pen.say(f"rights.no_{key}")))
    body.append(small(pen.say("rights.what_for")))
    if view.may_change:
        body.append(small(pen.say("rights.typed", number=pen.quote(number))))
    summary = plain_pen.say("rights.summary", number=number, count=len(view.rights))
    return finish(body, list(_buttons(view, pen)) if view.may_change else [], summary, language=language)


def _changed(view: RightsView, pen: Pen) -> Iterator[CardElement]:
    has = {right.kind for right in view.rights}
    for key, kinds in (
        ("changed", [kind for kind in view.changed if kind in has]),
        ("removed", [kind for kind in view.changed if kind not in has]),
    ):
        if kinds:
            names = ", ".join(right_name(kind, pen) for kind in kinds)
            yield paragraph(pen.say(f"rights.{key}", names=names), is_bold=True)


def _line(right: ContractRight, pen: Pen) -> str:
    said = right_line(right, pen) or pen.say("rights.no_terms")
    return said if right.kind not in NEEDS_DECISION or right.clause else f"{said} · {pen.say('rights.no_clause')}"


def _buttons(view: RightsView, pen: Pen) -> Iterator[Action]:
    contract = view.contract
    kinds = [(kind.value, right_name(kind, pen)) for kind in RightKind]
    put = execute(pen.say("rights.save"), "rights.put", contract.contract_id, contract.version)
    yield form(
        pen.say("rights.add"),
        pen.say("rights.add_lead"),
        [
            choices("put_kind", pen.say("rights.field.kind"), kinds, value=RightKind.PENALTY.value, is_compact=True),
            line(pen, "put_clause", "rights.field.clause"),
            line(pen, "put_terms", "rights.field.terms"),
            line(pen, "put_days", "rights.field.days"),
        ],
        put,
    )
    if view.rights:
        has = [(right.kind.value, right_name(right.kind, pen)) for right in view.rights]
        remove = execute(pen.say("rights.remove_send"), "rights.remove", contract.contract_id, contract.version)
        field = choices("remove_kind", pen.say("rights.field.remove"), has, value=has[0][0], is_compact=True)
        yield form(pen.say("rights.remove"), pen.say("rights.remove_lead"), [field], remove)
