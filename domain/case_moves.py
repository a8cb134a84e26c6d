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
    if to is _S.ON_HOLD or (before.state is _S.ON_HOLD and to is before.held_from):
        return _paused(before, to, facts)
    is_settled = before.proposed_step is not None and step >= before.proposed_step
    return replace(
        before,
        state=to,
        state_entered_at=facts.now,
        ladder_step=step,
        step_entered_at=facts.now if step != before.ladder_step else before.step_entered_at,
        proposed_step=None if is_settled or to in ENDED_STATES else before.proposed_step,
        held_from=None,
        hold_until=None,
        **_said(before, facts),
        **_about_supplier(before, to, facts),
        **_ended(before, to, facts),
    )


def _paused(before: Deviation, to: DeviationState, facts: CaseFacts) -> Deviation:
    """Put on hold, or taken up again where it stood: what was said stays, but no day that went by meanwhile counts."""
    is_held, today = to is _S.ON_HOLD, facts.now.date()
    promised, answer = before.promised_on, before.answer_due_on
    return replace(
        before,
        state=to,
        state_entered_at=facts.now,
        held_from=before.state if is_held else None,
        hold_until=facts.hold_until if is_held else None,
        promised_on=promised if is_held or (promised and promised > today) else None,
        answer_due_on=answer if is_held or (answer and answer > today) else None,
    )


def resumed(held: Deviation, at: datetime) -> Deviation:
    """The case on hold taken up again by itself, at the moment its hold has run out."""
    return _paused(held, held.held_from or _S.REGISTERED, CaseFacts(now=at))


def stepped(before: Deviation, step: int, now: datetime) -> Deviation:
    """The case on another step of the ladder: its clock starts again, and days that have gone by count no longer."""
    today = now.date()
    return replace(
        before,
        ladder_step=step,
        proposed_step=None,
        step_entered_at=now,
        promised_on=before.promised_on if before.promised_on and before.promised_on > today else None,
        answer_due_on=before.answer_due_on if before.answer_due_on and before.answer_due_on > today else None,
    )


def _said(before: Deviation, facts: CaseFacts) -> dict[str, Any]:
    """What the mover said replaces what was known; what they left out stays."""
    said = {
        "requirement": facts.requirement,
        "agreed": facts.agreed,
        "consequence": facts.consequence,
        "requested_action": facts.requested_action,
        "registry_number": facts.registry_number,
        "is_paid": facts.is_paid,
        "invoice_number": facts.invoice_number,
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
        "failed_remedies": before.failed_remedies + is_failed_remedy(before.state, to),
    }


def is_failed_remedy(before: DeviationState, to: DeviationState) -> bool:
    """Whether the move says that what was mended was not (t2 of domain.md 8.1)."""
    return before in {_S.CLAIMED_FIXED, _S.VERIFIED} and to is _S.IN_REMEDY


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
    if to is _S.PLAN_REQUESTED or is_reopened:
        # What was approved before does not hold for the plan to come.
        changes |= {"plan_manager_mail": None, "plan_owner_mail": None}
    if to is _S.VERIFIED:
        changes |= {"verified_by": facts.actor_mail, "verified_at": facts.now, "how_verified": facts.how_verified}
    elif to not in ENDED_STATES:
        changes |= {"verified_by": None, "verified_at": None, "how_verified": None}
    return changes


def _told_at(facts: CaseFacts) -> datetime:
    if facts.told_on is None or facts.told_on >= facts.now.date():
        return facts.now
    return datetime.combine(facts.told_on, _MIDDAY)
