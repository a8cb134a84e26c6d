"""Which of the contract's sanctions still wait for somebody's *ja*, *nej* or *avvaktar* (domain.md 7.5).

Silence may be read as giving a right up, so each one gets an answer. The bot never says which.
"""

from collections.abc import Iterable
from datetime import date

from domain.case_file import SanctionAnswer, SanctionDecision
from domain.contract_right import NEEDS_DECISION, ContractRight


def undecided_rights(
    rights: Iterable[ContractRight],
    decisions: Iterable[SanctionDecision],
    today: date,
) -> tuple[ContractRight, ...]:
    """The sanctions nobody has answered, or whose reservation has run out."""
    answered = {decision.kind for decision in decisions if is_valid(decision, today)}
    return tuple(right for right in rights if right.kind in NEEDS_DECISION and right.kind not in answered)


def is_valid(decision: SanctionDecision, today: date) -> bool:
    """A *ja* or *nej* holds for good, a reservation through its last day."""
    if decision.answer is not SanctionAnswer.RESERVED:
        return True
    return decision.reserved_until is not None and today <= decision.reserved_until
