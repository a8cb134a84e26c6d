"""The card where small deviations are gathered into one, or left as they are with a reason."""

from typing import Final

from microsoft_teams.cards import Action, CardElement

from cards.blocks import bullets, facts, finish, heading, paragraph, small
from cards.buttons import execute
from cards.card import Card
from cards.deviation_words import type_name
from cards.forms import form, required_text
from cards.joint_views import JointView
from cards.joint_words import joint_sentence, joint_title, joint_words
from cards.pen import Pen, card_pen, text_pen
from domain.deviation import Deviation
from domain.people import Language
from domain.severity import day_of

_MOST_LISTED: Final = 20


def joint_card(view: JointView, language: Language) -> Card:
    """What is proposed and from what; once answered, what became of it."""
    pen, plain_pen = card_pen(language, view.today), text_pen(language, view.today)
    title = _title(view, pen)
    contract = view.contracts.get(view.proposal.contract_id) if view.proposal.contract_id else None
    body: list[CardElement] = [
        heading(title),
        *_standing(view, pen),
        paragraph(joint_sentence(view.proposal, pen)),
        facts(
            [
                (
                    pen.say("followup.fact.contract"),
                    _named(contract.contract_number, contract.title, pen) if contract else "",
                ),
                (pen.say("followup.fact.supplier"), pen.quote(view.proposal.supplier_name)),
                (pen.say("joint.becomes"), pen.say(f"deviation.severity.{view.proposal.severity.value}")),
            ],
        ),
        heading(pen.texts.count("joint.evidence_count", len(view.evidence)), is_main=False),
        bullets(_line(row, view, pen) for row in view.evidence[-_MOST_LISTED:]),
        *_left(view, pen),
        *_hint(view, pen),
    ]
    return finish(body, _buttons(view, pen), _title(view, plain_pen), language=language)


def joint_description(view: JointView, language: Language) -> str:
    """What the case that is gathered says of itself."""
    pen = text_pen(language, view.today)
    return joint_words(view.proposal, view.evidence, type_name(view.kind, pen), pen)


def _title(view: JointView, pen: Pen) -> str:
    return joint_title(view.proposal, view.kind.name(pen.texts.language) if view.kind else None, pen)


def _line(row: Deviation, view: JointView, pen: Pen) -> str:
    contract = view.contracts.get(row.contract_id) if row.contract_id else None
    severity = pen.say(f"deviation.severity.{row.severity.value}") if row.severity else ""
    of = _named(contract.contract_number, contract.title, pen) if contract and view.proposal.org_number else ""
    times = pen.texts.count("joint.times", row.occurrence_count) if row.occurrence_count > 1 else ""
    place = pen.quote(row.location or "") if not view.proposal.org_number else ""
    parts = (row.number or "", pen.full_day(day_of(row)), severity, times, place, of)
    return " · ".join(part for part in parts if part)


def _left(view: JointView, pen: Pen) -> list[CardElement]:
    left = len(view.evidence) - _MOST_LISTED
    return [small(pen.texts.count("joint.left", left))] if left > 0 else []


def _standing(view: JointView, pen: Pen) -> list[CardElement]:
    """What it came to, when somebody has answered."""
    proposal = view.proposal
    if proposal.is_open or proposal.decided_at is None:
        return []
    name, day = pen.quote(view.decided_by_name or ""), pen.full_day(proposal.decided_at.date())
    reason = pen.quote(proposal.reason or "", most=500)
    key = f"joint.answered.{proposal.state.value}"
    return [paragraph(pen.say(key, name=name, day=day, number=view.joint_number or "", reason=reason), is_bold=True)]


def _hint(view: JointView, pen: Pen) -> list[CardElement]:
    if not view.proposal.is_open:
        return []
    if not view.may_decide:
        return [small(pen.say("joint.only_others"))]
    return [paragraph(pen.say("joint.ask")), small(pen.say("joint.typed")), small(pen.say("joint.once"))]


def _buttons(view: JointView, pen: Pen) -> list[Action]:
    proposal = view.proposal
    if proposal.deviation_id is not None:
        title = pen.say("joint.open_case", number=view.joint_number or "")
        return [execute(title, "deviation.open", f"deviation:{proposal.deviation_id}", 0)]
    if not proposal.is_open or not view.may_decide:
        return []
    subject = f"joint:{proposal.joint_proposal_id}"
    accept = execute(pen.say("joint.accept"), "joint.accept", subject, proposal.version, style="positive")
    decline = execute(pen.say("joint.send"), "joint.decline", subject, proposal.version)
    why = required_text(pen, "reason", "joint.field.reason")
    return [accept, form(pen.say("joint.decline"), pen.say("joint.lead.decline"), [why], decline)]


def _named(number: str, title: str, pen: Pen) -> str:
    return pen.quote(f"{number} {title}")
