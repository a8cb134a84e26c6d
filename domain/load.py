"""How much work a plan asks for, to be seen before anybody saves a change to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from domain.contract import ContractClass
from domain.due_dates import MONTHS_A_YEAR
from domain.ruleset import ActivityRule, Anchor, RuleSet, RunBy


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyLoad:
    """What a plan asks for in an ordinary year: first-year extras and end dates are not counted."""

    followups: Mapping[ContractClass, Fraction]
    chat_minutes: Fraction
    preparation_minutes: Fraction
    working_days: int

    @property
    def total(self) -> Fraction:
        """Follow-ups a year."""
        return sum(self.followups.values(), Fraction(0))

    @property
    def per_working_day(self) -> Fraction:
        return self.total / self.working_days

    def per_person(self, people_count: int) -> Fraction:
        """Follow-ups a year for each of so many managers."""
        return self.total / people_count


def yearly_load(rules: RuleSet, contract_counts: Mapping[ContractClass, int]) -> YearlyLoad:
    """The load of so many contracts in each class, every module of the plan supposed to be in use."""
    followups: dict[ContractClass, Fraction] = {}
    chat = preparation = Fraction(0)
    for contract_class, contracts in contract_counts.items():
        followups[contract_class] = Fraction(0)
        for rule, times in _times_a_year(rules, contract_class).items():
            followups[contract_class] += times * contracts
            chat += times * contracts * rule.chat_minutes
            preparation += times * contracts * rule.preparation_minutes
    return YearlyLoad(
        followups=followups,
        chat_minutes=chat,
        preparation_minutes=preparation,
        working_days=rules.limits.working_days_per_year,
    )


def followups_a_year(rules: RuleSet, contract_class: ContractClass) -> Fraction:
    """Recurring follow-ups to owner and manager a year for one contract of a class."""
    return sum(_times_a_year(rules, contract_class).values(), Fraction(0))


def expected_counts(rules: RuleSet, contract_count: int) -> dict[ContractClass, int]:
    """So many contracts by the shares the rule set expects, the remainder in the largest class."""
    counts = {
        contract_class: contract_count * rules.classes[contract_class].share_percent // 100
        for contract_class in ContractClass
    }
    largest = max(counts, key=lambda contract_class: counts[contract_class])
    counts[largest] += contract_count - sum(counts.values())
    return counts


def _times_a_year(rules: RuleSet, contract_class: ContractClass) -> dict[ActivityRule, Fraction]:
    recurring = [
        rule
        for rule in rules.activities(contract_class)
        if rule.anchor is Anchor.START and rule.run_by is RunBy.MANAGER and rule.interval_months is not None
    ]
    cycle = lcm(MONTHS_A_YEAR, *(rule.interval_months for rule in recurring if rule.interval_months))
    # The second cycle, where the extras of the first year are past.
    months = range(cycle + 1, 2 * cycle + 1)
    return {
        rule: Fraction(sum(_is_held(rule, month, recurring) for month in months) * MONTHS_A_YEAR, cycle)
        for rule in recurring
    }


def _is_held(rule: ActivityRule, month: int, recurring: list[ActivityRule]) -> bool:
    return rule.occurs_at(month) and not any(
        rule.activity in other.replaces and other.occurs_at(month) for other in recurring
    )
