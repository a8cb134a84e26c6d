"""Which of the contract's sanctions still wait for somebody's *ja*, *nej* or *avvaktar*, and what an answer must hold (domain.md 7.5).

Silence may be read as giving a right up, so each one gets an answer. The bot never says which.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from domain.case_file import SanctionAnswer, SanctionDecision
from domain.contract_right import NEEDS_DECISION, ContractRight, RightKind
from domain.errors import Refused
from domain.people import ContractRole

MOST_KRONOR: Final = Decimal(1_000_000_000)
"""More than this in one case is a slip of the finger."""
_PROPOSE: Final = frozenset({ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.CONTROLLER})


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionGiven:
    """An answer to a right as somebody gives it, decided or proposed."""

    answer: SanctionAnswer
    reason: str = ""
    reserved_until: date | None = None
    reference: str = ""
    """Of the decision, such as a registry number or a delegation entry."""
    amount_sek: Decimal | None = None


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


def may_decide(parts: Collection[ContractRole], *, has_owner: bool, only_controller: bool) -> bool:
    """The owner decides; the controller where there is none, or where owner and manager may be concerned themselves."""
    if only_controller or not has_owner:
        return ContractRole.CONTROLLER in parts
    return ContractRole.OWNER in parts


def may_propose(parts: Collection[ContractRole], *, only_controller: bool) -> bool:
    """Whether somebody's answer goes to the owner as a proposal."""
    return not only_controller and not _PROPOSE.isdisjoint(parts)


def refuse_incomplete(given: SanctionGiven, today: date, *, longest_days: int) -> None:
    """Raises Refused with what the answer lacks: *nej* a reason, *ja* its decision, *avvaktar* a day ahead."""
    match given.answer:
        case SanctionAnswer.NO if not given.reason.strip():
            raise Refused("sanction.refused.needs_reason")
        case SanctionAnswer.YES if not given.reference.strip():
            raise Refused("sanction.refused.needs_reference")
        case SanctionAnswer.RESERVED if given.reserved_until is None:
            raise Refused("sanction.refused.needs_day")
        case SanctionAnswer.RESERVED if given.reserved_until is not None and given.reserved_until <= today:
            raise Refused("sanction.refused.day_passed")
        case SanctionAnswer.RESERVED if given.reserved_until and given.reserved_until > today + timedelta(longest_days):
            raise Refused("sanction.refused.day_far", days=longest_days)
    if given.amount_sek is not None and not 0 < given.amount_sek <= MOST_KRONOR:
        raise Refused("sanction.refused.amount")


def refuse_kinds(kinds: Collection[RightKind], rights: Iterable[ContractRight]) -> None:
    """Raises Refused where a kind is no sanction that needs an answer, or the contract does not give it."""
    given = {right.kind for right in rights}
    if any(kind not in NEEDS_DECISION for kind in kinds):
        raise Refused("sanction.refused.no_answer_needed")
    if not kinds or any(kind not in given for kind in kinds):
        raise Refused("sanction.refused.not_registered")


def same_answer(decision: SanctionDecision | None, given: SanctionGiven) -> bool:
    """Whether exactly this has been decided already: pressed twice, it changes nothing."""
    return decision is not None and (
        decision.answer,
        decision.reason,
        decision.reserved_until,
        decision.reference or "",
        decision.amount_sek,
    ) == (given.answer, given.reason, given.reserved_until, given.reference, given.amount_sek)
