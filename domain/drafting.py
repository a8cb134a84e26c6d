"""The draft of a deviation: made of what was understood, and changed slot by slot while its reporter looks at it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from domain.case_guards import DRAFT_LIFETIME
from domain.contract import Contract
from domain.deviation import Deviation, DeviationState
from domain.deviation_types import AskFor, DeviationType
from domain.errors import Refused
from domain.identifiers import DeviationId
from domain.report import Correction, Report
from domain.severity import Reason, Signal, propose_severity

MOST_WORDS: Final = 5_000
"""Characters of a report with all that is added to it; a longer text is a document."""
MUST_BE_ANSWERED: Final = frozenset({AskFor.CONTRACT, AskFor.TYPE, AskFor.WHAT, AskFor.WHEN})
"""Contract, what and when (domain.md 7.6); every other question may be passed over."""
_ASKED: Final = MUST_BE_ANSWERED | {
    AskFor.WHICH_DAYS,
    AskFor.EARLIER_DATES,
    AskFor.LOCATION,
    AskFor.AMOUNT,
    AskFor.INVOICE_NUMBER,
    AskFor.IS_PAID,
    AskFor.REQUIREMENT,
    AskFor.PHOTO,
    AskFor.SUPPLIER_TOLD,
}
"""What is asked of a draft; the rest of `AskFor` belongs to other conversations."""
_PLAIN: Final = (
    "type",
    "severity",
    "occurred_from",
    "occurred_to",
    "occurrence_count",
    "amount_sek",
    "invoice_number",
    "is_paid",
    "is_supplier_told",
    "requirement",
)
_WEIGHS: Final = frozenset({"type", "occurrence_count", "amount_sek"})
"""Slots the proposed severity hangs on."""
_SIGNAL_OF: Final = {
    Reason.DANGER: Signal.DANGER,
    Reason.CRIME: Signal.CRIME,
    Reason.DATA_BREACH: Signal.DATA_BREACH,
    Reason.INSOLVENCY: Signal.INSOLVENCY,
    Reason.CORE_SERVICE_DOWN: Signal.CORE_SERVICE_DOWN,
    Reason.MANY_AFFECTED: Signal.MANY_AFFECTED,
    Reason.DISTURBED: Signal.DISTURBED,
    Reason.FIXED_AT_ONCE: Signal.FIXED_AT_ONCE,
}


def drafted(report: Report, deviation_id: DeviationId, *, by: str, at: datetime, today: date, rules: int) -> Deviation:
    """The draft of a report; `at` is now and `rules` the number of the rule set in force. It asks to be thrown away in a day."""
    return Deviation(
        deviation_id=deviation_id,
        number=None,
        contract_id=report.contract_id,
        contract_number=None,
        type=report.type,
        severity=report.severity,
        state=DeviationState.DRAFT,
        description=report.description,
        reported_by=by,
        reported_at=at,
        location=report.location,
        occurred_from=report.occurred_from or today,
        occurred_to=report.occurred_to,
        occurrence_count=max(1, report.occurrence_count),
        amount_sek=report.amount_sek,
        invoice_number=report.invoice_number,
        is_paid=report.is_paid,
        is_supplier_told=report.is_supplier_told,
        candidates=report.candidates,
        missing=report.missing,
        alternatives=report.alternatives,
        reasons=report.reasons,
        is_emergency=report.is_emergency,
        next_action_at=at + DRAFT_LIFETIME,
        ruleset_number=rules,
    )


def corrected(
    draft: Deviation,
    correction: Correction,
    *,
    contract: Contract | None,
    kind: DeviationType | None,
    today: date,
) -> Deviation:
    """The draft with what its reporter says instead; the first words stay as they were.

    `contract` is the one chosen by the correction, `kind` the type the draft has afterwards. Refuses a day to come.
    """
    changes = {name: getattr(correction, name) for name in _PLAIN if getattr(correction, name) is not None}
    changes |= _days(draft, correction, today)
    if correction.location is not None:
        changes["location"] = correction.location.strip() or None
    if contract is not None:
        changes |= {"contract_id": contract.contract_id, "contract_number": contract.contract_number}
        changes["is_told_apart"] = draft.is_told_apart and contract.contract_id == draft.contract_id
    if correction.candidates:
        changes["candidates"] = correction.candidates
    if correction.is_told_apart:
        changes["is_told_apart"] = True
    if correction.addition:
        changes["additions"] = _with_addition(draft, correction.addition)
    changed = replace(draft, **changes)
    changed = replace(changed, missing=_still_missing(changed, correction, contract))
    if correction.severity is not None:
        return replace(changed, reasons=())
    is_weighed_anew = any(getattr(changed, name) != getattr(draft, name) for name in _WEIGHS)
    return _weighed(changed, kind) if is_weighed_anew else changed


def question_of(draft: Deviation) -> AskFor | None:
    """The one question the draft asks now; None when nothing is left to ask."""
    return next((AskFor(code) for code in draft.missing if code in _ASKED), None)


def skipped(draft: Deviation) -> Deviation:
    """The draft without the question it asks now; refused where the answer is needed to register it."""
    question = question_of(draft)
    if question in MUST_BE_ANSWERED:
        raise Refused(f"drafting.refused.needs_{question}")
    return replace(draft, missing=tuple(code for code in draft.missing if code != question))


def check_answered(draft: Deviation) -> None:
    """Refuse a draft that would be registered with a doubt about what it cannot be without."""
    if AskFor.WHEN in draft.missing:
        raise Refused("drafting.refused.needs_when")


def is_past(draft: Deviation, now: datetime) -> bool:
    """Whether the draft has outlived its day and is never taken up again."""
    return now - draft.reported_at > DRAFT_LIFETIME


def _days(draft: Deviation, correction: Correction, today: date) -> dict[str, Any]:
    start, end = correction.occurred_from, correction.occurred_to
    named = tuple(sorted(set(correction.occurred_days)))
    # A day of slack: somebody's local day may be one ahead of ours.
    latest = max((day for day in (start, end, *named) if day is not None), default=today)
    if latest > today + timedelta(days=1):
        raise Refused("deviation.refused.in_the_future")
    if named:
        # Who says three times and remembers one day has still said three times.
        is_counted = len(draft.occurred_days) == draft.occurrence_count
        times = correction.occurrence_count or (1 if is_counted else draft.occurrence_count)
        return {
            "occurred_days": named,
            "occurred_from": named[0],
            "occurred_to": named[-1],
            "occurrence_count": max(times, len(named)),
        }
    changes: dict[str, Any] = {}
    if start is not None:
        changes = {"occurred_days": (), "occurred_to": end or start}
    first = start or draft.occurred_from
    last = changes.get("occurred_to", end or draft.occurred_to)
    if first is not None and last is not None and last < first:
        raise Refused("drafting.refused.ends_before_it_begins")
    return changes


def _with_addition(draft: Deviation, addition: str) -> tuple[str, ...]:
    said = (*draft.additions, addition.strip())
    if len(draft.description) + sum(len(one) for one in said) > MOST_WORDS:
        raise Refused("deviation.refused.too_long", most=MOST_WORDS)
    return said


def _still_missing(draft: Deviation, correction: Correction, contract: Contract | None) -> tuple[str, ...]:
    answered = {
        AskFor.CONTRACT: contract is not None,
        AskFor.TYPE: correction.type is not None,
        AskFor.WHAT: correction.type is not None or bool(correction.addition),
        AskFor.WHEN: correction.occurred_from is not None or bool(correction.occurred_days),
        AskFor.WHICH_DAYS: bool(correction.occurred_days) or draft.occurrence_count == 1,
        AskFor.EARLIER_DATES: bool(correction.occurred_days),
        AskFor.LOCATION: bool(correction.location),
        AskFor.AMOUNT: correction.amount_sek is not None,
        AskFor.INVOICE_NUMBER: bool(correction.invoice_number),
        AskFor.IS_PAID: correction.is_paid is not None,
        AskFor.SUPPLIER_TOLD: correction.is_supplier_told is not None,
        AskFor.REQUIREMENT: correction.requirement is not None,
    }
    return tuple(code for code in draft.missing if not answered.get(AskFor(code), False) and code != correction.answers)


def _weighed(draft: Deviation, kind: DeviationType | None) -> Deviation:
    """The draft with its severity proposed anew, unless a person has chosen it."""
    was_chosen = draft.severity is not None and not draft.reasons
    if kind is None or was_chosen:
        return draft
    known = {reason for reason in Reason if reason.value in draft.reasons}
    severity, reasons = propose_severity(
        kind,
        occurrences=draft.occurrence_count,
        is_recurring=draft.occurrence_count > 1 or Reason.REPEATED in known,
        amount_sek=draft.amount_sek,
        signals={_SIGNAL_OF[reason] for reason in known & _SIGNAL_OF.keys()},
        persons_in_dependence=Reason.PERSONS_IN_DEPENDENCE in known,
    )
    return replace(draft, severity=severity, reasons=tuple(reason.value for reason in reasons))
