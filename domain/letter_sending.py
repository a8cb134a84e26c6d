"""Which letters fit a case, and what it takes for one to count as sent. A person sends it; the bot only remembers how."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from domain.case_file import LetterKind
from domain.case_guards import CaseFacts
from domain.deviation import Deviation, DeviationState, LadderStep, Severity
from domain.deviation_case import TRANSITIONS
from domain.deviation_types import DeviationType
from domain.errors import Refused
from domain.people import ContractRole
from domain.ruleset import RuleSet
from domain.supplier_ladder import decider_of, entry_step

STEP_OF: Final[Mapping[LetterKind, LadderStep]] = MappingProxyType(
    {
        LetterKind.DIALOGUE_NOTE: LadderStep.DIALOGUE,
        LetterKind.COMPLAINT: LadderStep.COMPLAINT,
        LetterKind.PLAN_REQUEST: LadderStep.ACTION_PLAN,
        LetterKind.WARNING: LadderStep.WARNING,
    },
)
"""The step of the supplier ladder each letter belongs to."""
_STATE_OF: Final = MappingProxyType(
    {
        LetterKind.COMPLAINT: DeviationState.COMPLAINT_SENT,
        LetterKind.PLAN_REQUEST: DeviationState.PLAN_REQUESTED,
    },
)
_WRITERS: Final = frozenset(
    {ContractRole.MANAGER, ContractRole.DEPUTY, ContractRole.OWNER, ContractRole.CONTROLLER},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How somebody sent a letter, or held the talk a note is about."""

    sent_on: date
    how: str = ""
    to_whom: str = ""
    proof: str = ""
    """Of receipt, such as *mottagningskvitto 12 mars*."""
    registry_number: str | None = None
    is_to_be_registered: bool = False
    """It will be registered, but has no number yet."""
    answer_due_on: date | None = None
    """The last day to answer as it stood in the letter that went, when it is another than the draft's."""


def fitting_letters(deviation: Deviation) -> tuple[LetterKind, ...]:
    """The letters up to the next step of the ladder, or the proposed one. What is critical may be warned of at once."""
    here = max(deviation.ladder_step, LadderStep.DIALOGUE)
    entry = LadderStep.WARNING if deviation.severity is Severity.CRITICAL else entry_step(deviation.severity)
    reach = max(here + 1, deviation.proposed_step or 0, entry)
    return tuple(kind for kind, step in STEP_OF.items() if step <= reach)


def may_write(kind: DeviationType | None, parts: Collection[ContractRole], *, has_contract: bool) -> bool:
    """Whether somebody with these parts may draft letters in a case of this type."""
    is_controllers = not has_contract or (kind is not None and kind.only_controller_and_legal)
    return ContractRole.CONTROLLER in parts if is_controllers else not _WRITERS.isdisjoint(parts)


def why_not_send(
    letter: LetterKind,
    deviation: Deviation,
    facts: CaseFacts,
    parts: Collection[ContractRole],
    rules: RuleSet,
    kind: DeviationType | None,
) -> str | None:
    """Why somebody with these parts may not say that they sent it, as the end of a `deviation.refused.*` key."""
    if facts.only_controller:
        return None if ContractRole.CONTROLLER in parts else "only_controller"
    if decider_of(STEP_OF[letter], deviation.severity, rules, kind) is ContractRole.OWNER:
        stands_in = not facts.has_owner and ContractRole.CONTROLLER in parts
        return None if ContractRole.OWNER in parts or stands_in else "only_owner"
    return None if not _WRITERS.isdisjoint(parts) else "only_manager"


def state_after(letter: LetterKind, deviation: Deviation) -> DeviationState | None:
    """The state a sent letter brings the case to; None where it leaves the case as it stands."""
    here = deviation.state
    if letter is LetterKind.DIALOGUE_NOTE:
        return DeviationState.COMMUNICATED if here is DeviationState.ASSESSED else None
    to = _STATE_OF.get(letter)
    if to is None or here is DeviationState.ON_HOLD:
        return None
    if here is DeviationState.REGISTERED:
        raise Refused("supplier_letter.refused.not_assessed", number=deviation.number or "")
    return to if (here, to) in TRANSITIONS else None


def check_sending(letter: LetterKind, sending: Sending, today: date, number: str) -> None:
    """Refuse a sending that lacks what a usable complaint needs: day, way, recipient and registration."""
    reason = _lacks(letter, sending, today)
    if reason:
        raise Refused(f"supplier_letter.refused.{reason}", number=number)


def _lacks(letter: LetterKind, sending: Sending, today: date) -> str | None:
    if sending.sent_on > today:
        return "sent_in_the_future"
    if not sending.how:
        return "needs_how"
    if not sending.to_whom:
        return "needs_whom"
    is_letter = letter is not LetterKind.DIALOGUE_NOTE
    if is_letter and not (sending.registry_number or sending.is_to_be_registered):
        return "needs_registry"
    due_on = sending.answer_due_on
    return "due_before_sent" if due_on is not None and due_on <= sending.sent_on else None
