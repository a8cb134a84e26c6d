"""What a deviation case is after a move: the same case with the new state and all that was said when it moved (domain.md 7.6)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

from domain.case_guards import CaseFacts
from domain.deviation import ENDED_STATES, Deviation, DeviationState, LadderStep

_S = DeviationState
_STEP_OF: Final = {
    _S.COMMUNICATED: LadderStep.DIALOGUE,
    _S.COMPLAINT_SENT: LadderStep.COMPLAINT,
    _S.PLAN_REQUESTED: LadderStep.ACTION_PLAN,
    _S.SANCTION_PENDING: LadderStep.SANCTION,
}
"""The step a person has taken by moving a case to a state."""
_TELLS_SUPPLIER: Final = frozenset({_S.COMMUNICATED, _S.COMPLAINT_SENT})
_ASKS_SUPPLIER: Final = _TELLS_SUPPLIER | {_S.PLAN_REQUESTED}
_MIDDAY: Final = time(12, tzinfo=UTC)


def moved(before: Deviation, to: DeviationState, facts: CaseFacts) -> Deviation:
    """The case in its new state. Whether it may go there is `domain.deviation_case.allowed`'s to say."""
    taken = int(_STEP_OF.get(to, before.ladder_step))
    step = max(before.ladder_step, taken)
    is_settled = before.proposed_step is not None and step >= before.proposed_step
    return replace(
        before,
        state=to,
        state_entered_at=facts.now,
        ladder_step=step,
        step_entered_at=facts.now if step != before.ladder_step else before.step_entered_at,
        proposed_step=None if is_settled or to in ENDED_STATES else before.proposed_step,
        held_from=before.state if to is _S.ON_HOLD else None,
        hold_until=facts.hold_until if to is _S.ON_HOLD else None,
        **_said(before, facts),
        **_about_supplier(before, to, facts),
        **_ended(before, to, facts),
    )


def _said(before: Deviation, facts: CaseFacts) -> dict[str, Any]:
    """What the mover said replaces what was known; what they left out stays."""
    said = {
        "requirement": facts.requirement,
        "agreed": facts.agreed,
        "consequence": facts.consequence,
        "requested_action": facts.requested_action,
        "registry_number": facts.registry_number,
    }
    return {name: getattr(before, name) if value is None else value for name, value in said.items()}


def _about_supplier(before: Deviation, to: DeviationState, facts: CaseFacts) -> dict[str, Any]:
    is_told = to in _TELLS_SUPPLIER or (to is _S.CLOSED and facts.was_supplier_told is True)
    told_at = _told_at(facts) if is_told else None
    return {
        "supplier_notified_at": before.supplier_notified_at or told_at,
        "supplier_told_how": (facts.told_how if is_told else None) or before.supplier_told_how,
        "supplier_told_whom": (facts.told_whom if is_told else None) or before.supplier_told_whom,
        # A letter's own day holds until the supplier has answered; the next letter names its own.
        "answer_due_on": facts.answer_due_on if to in _ASKS_SUPPLIER else None,
        "promised_on": _promised(before, to, facts),
        "failed_remedies": before.failed_remedies + (before.state is _S.CLAIMED_FIXED and to is _S.IN_REMEDY),
    }


def _promised(before: Deviation, to: DeviationState, facts: CaseFacts) -> date | None:
    if facts.promised_on is not None:
        return facts.promised_on
    # A promise that was not kept counts no longer, nor does one made before a graver step was taken.
    is_spent = to in {_S.CLAIMED_FIXED, _S.COMPLAINT_SENT, _S.PLAN_REQUESTED, _S.REGISTERED}
    return None if is_spent else before.promised_on


def _ended(before: Deviation, to: DeviationState, facts: CaseFacts) -> dict[str, Any]:
    is_reopened = before.state is _S.CLOSED and to is _S.REGISTERED
    changes: dict[str, Any] = {
        "closed_at": facts.now if to in ENDED_STATES else None,
        "closed_reason": facts.reason if to in ENDED_STATES else None,
        "merged_into": facts.merged_into if to is _S.MERGED else None,
        "reopened_count": before.reopened_count + is_reopened,
    }
    if to is _S.VERIFIED:
        changes |= {"verified_by": facts.actor_mail, "verified_at": facts.now, "how_verified": facts.how_verified}
    elif to not in ENDED_STATES:
        changes |= {"verified_by": None, "verified_at": None, "how_verified": None}
    return changes


def _told_at(facts: CaseFacts) -> datetime:
    if facts.told_on is None or facts.told_on >= facts.now.date():
        return facts.now
    return datetime.combine(facts.told_on, _MIDDAY)
