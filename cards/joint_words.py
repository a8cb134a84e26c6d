"""Many small ones that may be one large, put in words: on the card, in a letter and in the case they become."""

from collections.abc import Iterable
from typing import Final

from cards.passage import Opening, Passage
from cards.pen import Pen
from domain.deviation import Deviation
from domain.joint_proposal import JointProposal
from domain.letter import JointItem
from domain.severity import day_of

_MOST_NAMED: Final = 12
"""Of the underlying deviations in a letter or a description; the card lists more."""


def joint_passage(item: JointItem, pen: Pen) -> Passage:
    """What is proposed, from what evidence, and where it is answered."""
    proposal, contract = item.proposal, item.contract
    of = pen.quote(f"{contract.contract_number} {contract.title}") if contract else ""
    named = evidence_line(item.evidence, pen)
    return Passage(
        heading=joint_title(proposal, item.type_name, pen),
        body=(joint_sentence(proposal, pen), _ask(proposal, pen)),
        brief=" · ".join(part for part in (of or pen.quote(proposal.supplier_name), named) if part),
        facts=(
            (pen.say("followup.fact.contract"), of),
            (pen.say("followup.fact.supplier"), pen.quote(proposal.supplier_name)),
            (pen.say("joint.evidence"), named),
        ),
        opens=Opening(verb="joint.open", subject=proposal.joint_proposal_id, rev=proposal.version),
    )


def _ask(proposal: JointProposal, pen: Pen) -> str:
    if not proposal.is_open:
        return pen.say("joint.taken_up")
    return pen.say("joint.ask_supplier" if proposal.is_supplier_case else "joint.ask")


def joint_title(proposal: JointProposal, type_name: str | None, pen: Pen) -> str:
    if proposal.is_supplier_case:
        return pen.say("joint.title.supplier_case", supplier=pen.quote(proposal.supplier_name))
    return pen.say(f"joint.title.{proposal.severity.value}", type=pen.quote(type_name or proposal.type))


def joint_sentence(proposal: JointProposal, pen: Pen) -> str:
    """Why it is proposed: how many times, where, and what that comes to."""
    supplier = pen.quote(proposal.supplier_name)
    if proposal.is_supplier_case:
        return pen.say("joint.why.supplier_case", supplier=supplier, count=proposal.occurrence_count)
    where = "contract" if proposal.org_number is None else "supplier"
    key = f"joint.why.{where}.{proposal.severity.value}"
    return pen.say(key, supplier=supplier, count=proposal.occurrence_count)


def evidence_line(evidence: Iterable[Deviation], pen: Pen) -> str:
    """`AVV-2027-0001 (12 januari 2027), …`: numbers and days, and nobody's words."""
    rows = list(evidence)
    named = [
        pen.say("joint.named", number=row.number or "", day=pen.full_day(day_of(row))) for row in rows[:_MOST_NAMED]
    ]
    left = len(rows) - len(named)
    return ", ".join([*named, *([pen.texts.count("joint.left", left)] if left else [])])


def joint_words(proposal: JointProposal, evidence: Iterable[Deviation], type_name: str, pen: Pen) -> str:
    """What the case that is gathered says of itself."""
    return pen.say(
        "joint.description",
        count=proposal.occurrence_count,
        type=type_name,
        supplier=proposal.supplier_name,
        evidence=evidence_line(evidence, pen),
    )
