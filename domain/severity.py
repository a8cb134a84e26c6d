"""How grave a deviation is proposed to be, and when many small ones add up to a large (domain.md 7.3)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from domain.contract import ContractClass
from domain.deviation import ENDED_STATES, Deviation, DeviationState, Severity
from domain.deviation_types import DeviationType
from domain.identifiers import DeviationId
from domain.rules.ladders import SupplierLadderRules

SERIOUS_ABOVE_SEK: Final = Decimal(25_000)
"""PROPOSED in domain.md 7.3: up to and including this value a deviation is moderate."""
SERIOUS_FROM_TIMES: Final = 3
"""Told of in one report, three moderate events are a serious one (domain.md 7.3, LK3)."""


class Signal(StrEnum):
    """Something in the words that weighs on severity, whatever the type."""

    DANGER = "danger"
    """Danger to life or health."""
    CRIME = "crime"
    DATA_BREACH = "data_breach"
    INSOLVENCY = "insolvency"
    CORE_SERVICE_DOWN = "core_service_down"
    """A core service stands still for everybody."""
    STANDS_STILL = "stands_still"
    """The thing does not work at all."""
    MANY_AFFECTED = "many_affected"
    DISTURBED = "disturbed"
    FIXED_AT_ONCE = "fixed_at_once"


class Reason(StrEnum):
    """Which test of domain.md 7.3 decided; the value is also the end of a text key."""

    DANGER = "danger"
    CRIME = "crime"
    DATA_BREACH = "data_breach"
    INSOLVENCY = "insolvency"
    CORE_SERVICE_DOWN = "core_service_down"
    TYPE = "type"
    """What this kind of deviation usually is."""
    PERSONS_IN_DEPENDENCE = "persons_in_dependence"
    MANY_AFFECTED = "many_affected"
    LARGE_AMOUNT = "large_amount"
    SMALL_AMOUNT = "small_amount"
    THREE_TIMES = "three_times"
    REPEATED = "repeated"
    DISTURBED = "disturbed"
    FIXED_AT_ONCE = "fixed_at_once"


_CRITICAL: Final = {
    Signal.DANGER: Reason.DANGER,
    Signal.CRIME: Reason.CRIME,
    Signal.DATA_BREACH: Reason.DATA_BREACH,
    Signal.INSOLVENCY: Reason.INSOLVENCY,
    Signal.CORE_SERVICE_DOWN: Reason.CORE_SERVICE_DOWN,
}
EMERGENCIES: Final = frozenset({Signal.DANGER, Signal.CRIME, Signal.DATA_BREACH})
"""Signals that start step X of the supplier ladder and run in clock hours (domain.md 8.1)."""


def propose_severity(
    kind: DeviationType,
    *,
    occurrences: int = 1,
    is_recurring: bool = False,
    amount_sek: Decimal | None = None,
    signals: Collection[Signal] = (),
    persons_in_dependence: bool = False,
) -> tuple[Severity, tuple[Reason, ...]]:
    """The severity to propose, before any class factor, and the tests that gave it, weightiest first.

    `occurrences` counts events, not boxes or complaints about one event. A person always decides.
    """
    critical = critical_reasons(signals)
    if critical or kind.severity is Severity.CRITICAL:
        return Severity.CRITICAL, critical or (Reason.TYPE,)
    is_repeated = is_recurring or occurrences > 1
    failed = kind.service_fails or Signal.STANDS_STILL in signals
    single = _single_event(kind, failed=failed, signals=signals, persons_in_dependence=persons_in_dependence)
    serious = _serious(kind, single, occurrences, amount_sek, signals, failed and persons_in_dependence)
    if serious:
        return Severity.SERIOUS, serious
    moderate = _moderate(kind, amount_sek, signals, is_repeated=is_repeated, is_disturbed=single is not Severity.MINOR)
    if moderate and not (Signal.FIXED_AT_ONCE in signals and not is_repeated and amount_sek is None):
        return Severity.MODERATE, moderate
    return Severity.MINOR, (Reason.FIXED_AT_ONCE if Signal.FIXED_AT_ONCE in signals else Reason.TYPE,)


def critical_reasons(signals: Collection[Signal]) -> tuple[Reason, ...]:
    """What makes it critical whatever kind it is, also while the kind is not known yet; empty when nothing does."""
    return tuple(reason for signal, reason in _CRITICAL.items() if signal in signals)


def _single_event(
    kind: DeviationType,
    *,
    failed: bool,
    signals: Collection[Signal],
    persons_in_dependence: bool,
) -> Severity:
    # What one such event weighs: a late meal disturbs a preschool though it would not disturb an office.
    if kind.severity is not Severity.MINOR:
        return kind.severity
    if failed or persons_in_dependence or Signal.DISTURBED in signals:
        return Severity.MODERATE
    return Severity.MINOR


def _serious(
    kind: DeviationType,
    single: Severity,
    occurrences: int,
    amount_sek: Decimal | None,
    signals: Collection[Signal],
    dependence_failed: bool,  # noqa: FBT001
) -> tuple[Reason, ...]:
    tests = {
        Reason.TYPE: kind.severity is Severity.SERIOUS,
        Reason.PERSONS_IN_DEPENDENCE: dependence_failed,
        Reason.MANY_AFFECTED: Signal.MANY_AFFECTED in signals and single is not Severity.MINOR,
        Reason.LARGE_AMOUNT: amount_sek is not None and amount_sek > SERIOUS_ABOVE_SEK,
        Reason.THREE_TIMES: occurrences >= SERIOUS_FROM_TIMES and single is Severity.MODERATE,
    }
    return tuple(reason for reason, holds in tests.items() if holds)


def _moderate(
    kind: DeviationType,
    amount_sek: Decimal | None,
    signals: Collection[Signal],
    *,
    is_repeated: bool,
    is_disturbed: bool,
) -> tuple[Reason, ...]:
    tests = {
        Reason.TYPE: kind.severity is Severity.MODERATE,
        Reason.REPEATED: is_repeated,
        Reason.SMALL_AMOUNT: amount_sek is not None and amount_sek > 0,
        Reason.DISTURBED: (is_disturbed and kind.severity is Severity.MINOR) or Signal.DISTURBED in signals,
    }
    return tuple(reason for reason, holds in tests.items() if holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregationEvidence:
    """One of the events that add up: the list of them, with dates, is the evidence."""

    deviation_id: DeviationId
    number: str | None
    on: date
    occurrences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregationProposal:
    """Many small ones of one type, proposed to be treated as one of the next severity."""

    type: str
    severity: Severity
    occurrences: int
    evidence: tuple[AggregationEvidence, ...]
    """Oldest first."""


def aggregate(
    previous: Sequence[Deviation],
    *,
    type_code: str,
    today: date,
    contract_class: ContractClass | None,
    rules: SupplierLadderRules,
) -> AggregationProposal | None:
    """Whether the deviations of one contract and type, the newest included, should be treated as one graver.

    Three moderate become a serious, else three minor become a moderate. Rows without the type are passed over,
    as are drafts, merged and dismissed ones; one closed by *Löst direkt* still counts.
    """
    rows = within_window(previous, type_code=type_code, today=today, contract_class=contract_class, rules=rules)
    rungs = ((Severity.MODERATE, Severity.SERIOUS), (Severity.MINOR, Severity.MODERATE))
    for small, large in rungs:
        found = [row for row in rows if row.severity is small]
        total = occurrences(found)
        if total >= rules.repeats and len(found) > 1:
            return AggregationProposal(
                type=type_code,
                severity=large,
                occurrences=total,
                evidence=tuple(_evidence(row) for row in found),
            )
    return None


def within_window(
    previous: Sequence[Deviation],
    *,
    type_code: str,
    today: date,
    contract_class: ContractClass | None,
    rules: SupplierLadderRules,
) -> list[Deviation]:
    """The deviations of that type that still count today, oldest first."""
    is_low = contract_class is ContractClass.LOW
    since = today - timedelta(days=rules.repeats_window_low_days if is_low else rules.repeats_window_days)
    rows = (row for row in previous if row.type == type_code and _counts(row) and since < day_of(row) <= today)
    return sorted(rows, key=day_of)


def occurrences(rows: Sequence[Deviation]) -> int:
    """How many events the reports tell of, oldest first; one report may tell of several.

    *Fjärde gången i november* counts the three that were reported one by one, so it is never added to them: only a
    report of a stretch of its own, after the others, adds all that it tells of.
    """
    total, latest = 0, date.min
    for row in rows:
        told = 1 if row.is_joint else max(row.occurrence_count, 1)
        is_apart = row.occurred_to is not None and row.occurred_to > day_of(row) > latest
        total = total + told if is_apart or not total else max(total + 1, told)
        latest = max(latest, row.occurred_to or day_of(row))
    return total


def _counts(row: Deviation) -> bool:
    left_out = (ENDED_STATES - {DeviationState.CLOSED}) | {DeviationState.DRAFT}
    return row.state not in left_out


def day_of(row: Deviation) -> date:
    """The day it counts from: when it happened, else when it was reported."""
    return row.occurred_from or row.reported_at.date()


def _evidence(row: Deviation) -> AggregationEvidence:
    return AggregationEvidence(
        deviation_id=row.deviation_id,
        number=row.number,
        on=day_of(row),
        occurrences=max(row.occurrence_count, 1),
    )
