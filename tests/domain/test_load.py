"""How much work the plan asks for."""

from datetime import date
from fractions import Fraction

from domain.contract import ContractClass
from domain.followup import Activity
from domain.identifiers import ContractId
from domain.load import expected_counts, followups_a_year, yearly_load
from domain.plan import occurrences
from domain.ruleset import parse_ruleset
from tests.support.planning import contract, rule_tables, shipped_ruleset, swedish

RULES = shipped_ruleset()
EXTRAS = {Activity.PULSE, Activity.THREE_MONTH}


def test_seven_hundred_contracts_ask_for_735_followups_a_year() -> None:
    load = yearly_load(RULES, expected_counts(RULES, 700))

    assert load.total == 735
    assert load.followups == {
        ContractClass.CRITICAL: 140,
        ContractClass.HIGH: 210,
        ContractClass.MEDIUM: 210,
        ContractClass.LOW: 175,
    }


def test_the_planner_makes_the_735_that_the_plan_promises() -> None:
    counts = expected_counts(RULES, 700)
    two_years = 0
    for contract_class, count in counts.items():
        for number in range(count):
            one = contract(
                contract_id=ContractId(f"{contract_class}-{number}"),
                contract_number=f"{contract_class}-{number}",
                contract_class=contract_class,
                start_on=date(2024, 1 + number % 12, 1 + number % 28),
                end_on=None,
            )
            planned = occurrences(one, RULES, swedish(), golive=date(2027, 1, 1), until=date(2028, 12, 31))
            two_years += sum(followup.activity not in EXTRAS for followup in planned)

    assert two_years == 2 * 735


def test_each_class_gets_its_share_of_attention() -> None:
    a_year = {contract_class.value: followups_a_year(RULES, contract_class) for contract_class in ContractClass}

    assert a_year == {"critical": 4, "high": 2, "medium": 1, "low": Fraction(1, 2)}


def test_the_load_is_told_per_day_and_person() -> None:
    load = yearly_load(RULES, expected_counts(RULES, 700))

    assert round(float(load.per_working_day), 1) == 3.3
    assert round(float(load.per_person(120)), 1) == 6.1
    assert load.chat_minutes < 735 * 15


def test_following_up_everything_every_month_shows_what_it_would_cost() -> None:
    tables = rule_tables()
    for contract_class in ("medium", "low"):
        tables["plan"]["activities"]["quarterly"]["classes"][contract_class] = {
            "interval_months": 1,
            "chat_minutes": 5,
            "preparation_minutes": 15,
        }
    broad = parse_ruleset(tables, number=2, sha256="")

    load = yearly_load(broad, expected_counts(broad, 700))

    assert load.total > 6000


def test_the_remainder_of_the_shares_goes_to_the_largest_class() -> None:
    assert sum(expected_counts(RULES, 743).values()) == 743
