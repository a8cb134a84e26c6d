"""The traffic light of a contract: green, yellow, red or grey, and what gave it (domain.md 7.6).

Grey is not a colour in between: nobody has looked in time, so nothing is known either way. Green takes evidence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from domain.contract import ContractClass
from domain.deviation import Deviation, DeviationState, Severity
from domain.due_dates import add_months
from domain.identifiers import ContractId, DeviationId
from domain.ruleset import RuleSet


class Light(StrEnum):
    """How a contract stands, the worst first; always shown with its word beside any colour."""

    RED = "red"
    YELLOW = "yellow"
    GREY = "grey"
    GREEN = "green"

    @property
    def rank(self) -> int:
        """0 for red up to 3 for green: the order they are listed in."""
        return _RANKS[self]


_RANKS = {light: rank for rank, light in enumerate(Light)}


class Why(StrEnum):
    """What gave the light; the value ends a text key."""

    DEADLINE_PASSED = "deadline_passed"
    PLAN_PASSED = "plan_passed"
    """An action of the supplier's plan has passed its day and nobody has checked it."""
    REMEDY_FAILED = "remedy_failed"
    CRITICAL = "critical"
    OPEN = "open"
    """A deviation above minor is open, within its deadlines."""
    FOLLOWED_UP_TOO_LONG_AGO = "followed_up_too_long_ago"
    NEVER_FOLLOWED_UP = "never_followed_up"
    UNCLASSIFIED = "unclassified"
    """Without a class nothing is planned, so nothing can have been done in time."""
    FOLLOWED_UP = "followed_up"
    """Looked at in time, and nothing above minor is open."""


_OF: dict[Why, Light] = {
    Why.DEADLINE_PASSED: Light.RED,
    Why.PLAN_PASSED: Light.RED,
    Why.REMEDY_FAILED: Light.RED,
    Why.CRITICAL: Light.RED,
    Why.OPEN: Light.YELLOW,
    Why.FOLLOWED_UP_TOO_LONG_AGO: Light.GREY,
    Why.NEVER_FOLLOWED_UP: Light.GREY,
    Why.UNCLASSIFIED: Light.GREY,
    Why.FOLLOWED_UP: Light.GREEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One thing that gave the light."""

    why: Why
    number: str | None = None
    """Of the deviation, where it is one."""
    on: date | None = None
    """The day that passed, or the last follow-up's."""
    deviation_id: DeviationId | None = None

    @property
    def light(self) -> Light:
        return _OF[self.why]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractLight:
    """The light with everything that speaks for it, the gravest first."""

    light: Light
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGlimpse:
    """As much of an open case as the light takes."""

    deviation_id: DeviationId
    contract_id: ContractId
    number: str | None
    type: str | None
    severity: Severity | None
    state: DeviationState
    deadline_on: date | None
    failed_remedies: int = 0
    plan_passed_on: date | None = None
    """The earliest day of an action of its plan that has passed unchecked."""


def glimpse(deviation: Deviation, contract_id: ContractId, *, plan_passed_on: date | None = None) -> CaseGlimpse:
    """What the light takes of a case."""
    return CaseGlimpse(
        deviation_id=deviation.deviation_id,
        contract_id=contract_id,
        number=deviation.number,
        type=deviation.type,
        severity=deviation.severity,
        state=deviation.state,
        deadline_on=deviation.deadline_on,
        failed_remedies=deviation.failed_remedies,
        plan_passed_on=plan_passed_on,
    )


def looked_at_months(contract_class: ContractClass | None, rules: RuleSet) -> int | None:
    """How often a contract of the class is to be followed up, in months; None where the plan has nothing for it."""
    if contract_class is None:
        return None
    intervals = [rule.interval_months for rule in rules.recurring(contract_class) if rule.interval_months]
    return min(intervals, default=None)


def light_of(
    open_cases: Iterable[CaseGlimpse],
    followed_up_on: date | None,
    months: int | None,
    today: date,
    *,
    counts_from: date | None = None,
    is_classified: bool = True,
) -> ContractLight:
    """The light today, from the contract's open cases and the day its last follow-up was handed in.

    `months` is from `looked_at_months`; they are counted from `counts_from` where that is another day. What the asker may not see must be left out of `open_cases` beforehand.
    """
    looked_at = _looked_at(followed_up_on, counts_from or followed_up_on, months, today, is_classified=is_classified)
    causes = [cause for case in open_cases for cause in _causes(case, today)]
    if not causes:  # as most contracts are, so it is worth a way of its own
        return ContractLight(light=looked_at.light, causes=(looked_at,))
    causes.append(looked_at)
    ranked = sorted(causes, key=lambda cause: (cause.light.rank, cause.on or date.max, cause.number or ""))
    light = ranked[0].light
    return ContractLight(light=light, causes=tuple(cause for cause in ranked if _speaks(cause, light)))


def counted(lights: Sequence[Light]) -> dict[Light, int]:
    """How many of each, the worst first; those there are none of are left out."""
    return {light: count for light in Light if (count := lights.count(light))}


def _causes(case: CaseGlimpse, today: date) -> list[Cause]:
    found: list[tuple[Why, date | None]] = []
    if case.severity is Severity.CRITICAL:
        found.append((Why.CRITICAL, None))
    if case.deadline_on is not None and case.deadline_on < today:
        found.append((Why.DEADLINE_PASSED, case.deadline_on))
    if case.plan_passed_on is not None and case.plan_passed_on < today:
        found.append((Why.PLAN_PASSED, case.plan_passed_on))
    if case.failed_remedies and case.state is not DeviationState.VERIFIED:
        found.append((Why.REMEDY_FAILED, None))
    if not found and case.severity is not Severity.MINOR:
        # A severity nobody has set yet may be any, so it is not taken for a small one.
        found.append((Why.OPEN, case.deadline_on))
    return [Cause(why=why, number=case.number, on=on, deviation_id=case.deviation_id) for why, on in found]


def _looked_at(
    followed_up_on: date | None, counts_from: date | None, months: int | None, today: date, *, is_classified: bool
) -> Cause:
    if not is_classified:
        return Cause(why=Why.UNCLASSIFIED, on=followed_up_on)
    if followed_up_on is None or counts_from is None:
        return Cause(why=Why.NEVER_FOLLOWED_UP)
    is_in_time = months is not None and today <= _until(counts_from, months)
    return Cause(why=Why.FOLLOWED_UP if is_in_time else Why.FOLLOWED_UP_TOO_LONG_AGO, on=followed_up_on)


@lru_cache(maxsize=4096)
def _until(counts_from: date, months: int) -> date:
    """The last day in time; many contracts are followed up on the same day."""
    return add_months(counts_from, months)


def _speaks(cause: Cause, light: Light) -> bool:
    """What is in order is not said beside what is not."""
    return cause.light is light or cause.light is not Light.GREEN
