"""A proposal to gather deviations as one row of a list."""

from collections.abc import Sequence

from cards.joint_words import evidence_line, joint_title
from cards.pen import text_pen
from cards.views import AnswerRow
from domain.contract import Contract
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.joint_proposal import JointProposal
from domain.people import Language


def joint_row(
    proposal: JointProposal,
    kind: DeviationType | None,
    contract: Contract | None,
    evidence: Sequence[Deviation],
    language: Language,
) -> AnswerRow:
    """What is proposed, where, and from which deviations."""
    pen = text_pen(language, proposal.proposed_at.date())
    of = f"{contract.contract_number} {contract.title}" if contract else ""
    return AnswerRow(
        headline=joint_title(proposal, kind.name(language) if kind else None, pen),
        lines=(of, proposal.supplier_name, evidence_line(evidence, pen)),
        open_verb="joint.open",
        subject=proposal.joint_proposal_id,
        rev=proposal.version,
    )
