"""How critical a contract is: scored factors become two indices, and the indices a class."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.contract import ContractClass
from domain.errors import Refused
from domain.rules.classes import HIGHEST_SCORE, Axis, FactorRule, Floor
from domain.ruleset import RuleSet, Words

MOST_CRITICAL_FIRST = tuple(ContractClass)


class Quadrant(StrEnum):
    """The Kraljic label of the same two indices, for those used to it."""

    STRATEGIC = "strategic"
    LEVERAGE = "leverage"
    BOTTLENECK = "bottleneck"
    NON_CRITICAL = "non_critical"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorScore:
    """One factor's part of its index: the answer to why the class came out as it did."""

    code: str
    axis: Axis
    label: Words
    score: int
    level: Words
    weight: int

    @property
    def points(self) -> int:
        return self.weight * self.score

    @property
    def most_points(self) -> int:
        return self.weight * HIGHEST_SCORE


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """A computed class with everything that explains it."""

    importance: int
    """0 to 100."""
    risk: int
    """0 to 100."""
    computed_class: ContractClass
    """By the indices alone."""
    contract_class: ContractClass
    """After the floors."""
    floors: tuple[Floor, ...]
    """The floors that apply, whether or not they lifted the class."""
    factors: tuple[FactorScore, ...]
    quadrant: Quadrant
    may_be_lowered_to: ContractClass
    """The lowest class a call-off from a national framework may be given; else the class itself."""


def classify(
    scores: Mapping[str, int],
    rules: RuleSet,
    *,
    circumstances: Collection[Floor] = (),
    is_national_call_off: bool = False,
) -> Classification:
    """The class of a contract from one score, 0 to 3, for every factor of the rule set.

    `circumstances` are the floors somebody has ticked (O1, O2, O3); those a score brings about are added here.
    Refuses a missing, unknown or impossible score.
    """
    factors = tuple(_scored(factor, scores) for factor in rules.scoring.factors.values())
    unknown = sorted(set(scores) - set(rules.scoring.factors))
    if unknown:
        raise Refused("classification.unknown_factor", factor=unknown[0])
    importance = _index([factor for factor in factors if factor.axis is Axis.IMPORTANCE])
    risk = _index([factor for factor in factors if factor.axis is Axis.RISK])
    computed = _by_thresholds(importance, risk, rules)
    floors = tuple(floor for floor in Floor if floor in circumstances or _is_scored(floor, scores, rules))
    lifted = _most_critical([computed, *_lowest_allowed(floors, circumstances, scores, rules)])
    is_lowerable = is_national_call_off and not {Floor.O1, Floor.O2, Floor.O3}.intersection(floors)
    return Classification(
        importance=importance,
        risk=risk,
        computed_class=computed,
        contract_class=lifted,
        floors=floors,
        factors=factors,
        quadrant=_quadrant(importance, risk, rules.scoring.quadrant_threshold),
        may_be_lowered_to=one_class_down(lifted) if is_lowerable else lifted,
    )


def one_class_up(contract_class: ContractClass) -> ContractClass:
    """The next more critical class: where an open critical deviation lifts a contract for the time being."""
    return MOST_CRITICAL_FIRST[max(0, MOST_CRITICAL_FIRST.index(contract_class) - 1)]


def one_class_down(contract_class: ContractClass) -> ContractClass:
    """The next less critical class."""
    return MOST_CRITICAL_FIRST[min(len(MOST_CRITICAL_FIRST) - 1, MOST_CRITICAL_FIRST.index(contract_class) + 1)]


def _scored(factor: FactorRule, scores: Mapping[str, int]) -> FactorScore:
    score = scores.get(factor.code)
    if score is None or not 0 <= score <= HIGHEST_SCORE:
        raise Refused("classification.bad_score", factor=factor.code, score="–" if score is None else score)
    return FactorScore(
        code=factor.code,
        axis=factor.axis,
        label=factor.label,
        score=score,
        level=factor.levels[score],
        weight=factor.weight,
    )


def _index(factors: Collection[FactorScore]) -> int:
    """The share of the highest possible points in per cent, rounded half up."""
    points = sum(factor.points for factor in factors)
    most = sum(factor.most_points for factor in factors)
    return (200 * points + most) // (2 * most)


def _by_thresholds(importance: int, risk: int, rules: RuleSet) -> ContractClass:
    for threshold in rules.scoring.thresholds:
        if importance >= threshold.importance and risk >= threshold.risk:
            return threshold.contract_class
    return rules.scoring.otherwise


def _is_scored(floor: Floor, scores: Mapping[str, int], rules: RuleSet) -> bool:
    factor = rules.scoring.floors[floor].factor
    return factor is not None and scores[factor] == HIGHEST_SCORE


def _lowest_allowed(
    floors: Collection[Floor],
    circumstances: Collection[Floor],
    scores: Mapping[str, int],
    rules: RuleSet,
) -> list[ContractClass]:
    allowed = []
    for floor in floors:
        rule = rules.scoring.floors[floor]
        is_both = floor in circumstances and _is_scored(floor, scores, rules)
        allowed.append(rule.together if is_both and rule.together else rule.lowest)
    return allowed


def _most_critical(classes: Collection[ContractClass]) -> ContractClass:
    return min(classes, key=MOST_CRITICAL_FIRST.index)


def _quadrant(importance: int, risk: int, threshold: int) -> Quadrant:
    if importance >= threshold:
        return Quadrant.STRATEGIC if risk >= threshold else Quadrant.LEVERAGE
    return Quadrant.BOTTLENECK if risk >= threshold else Quadrant.NON_CRITICAL
