"""Classification: the worked examples, the floors and the explanation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.classification import Quadrant, classify, one_class_down, one_class_up
from domain.contract import ContractClass
from domain.errors import Refused
from domain.ruleset import Floor
from tests.support.planning import shipped_ruleset

RULES = shipped_ruleset()
CODES = ("B1", "B2", "B3", "B4", "R1", "R2", "R3", "R4", "R5", "R6")
ANY_SCORES = st.fixed_dictionaries({code: st.integers(min_value=0, max_value=3) for code in CODES})


def scored(digits: str) -> dict[str, int]:
    """Scores written as in the table: importance, then risk."""
    return dict(zip(CODES, map(int, digits.replace(" ", "")), strict=True))


@pytest.mark.parametrize(
    ("title", "digits", "importance", "risk", "computed", "circumstances", "expected"),
    [
        ("Städning, skolor och förskolor", "2323 111311", 79, 47, "high", [], "high"),
        ("Verksamhetssystem, omsorg", "3232 333103", 88, 77, "critical", [], "critical"),
        ("Skolskjuts", "3331 211212", 92, 50, "critical", [], "critical"),
        ("Livsmedel till kök", "3333 110201", 100, 30, "high", [Floor.O1], "critical"),
        ("Särskilt boende, privat utförare", "3330 132203", 88, 63, "critical", [Floor.O2], "critical"),
        ("IT-konsulter, ramavtal", "1202 022000", 38, 27, "medium", [], "medium"),
        ("Arbetskläder", "1102 000300", 29, 20, "low", [], "medium"),
        ("Hisservice", "1011 110101", 25, 23, "low", [], "low"),
        ("Kontorsmaterial", "0103 000100", 21, 7, "low", [], "low"),
    ],
)
def test_the_worked_examples_come_out_as_computed(
    title: str,
    digits: str,
    importance: int,
    risk: int,
    computed: str,
    circumstances: list[Floor],
    expected: str,
) -> None:
    result = classify(scored(digits), RULES, circumstances=circumstances)

    assert (result.importance, result.risk) == (importance, risk), title
    assert result.computed_class == computed
    assert result.contract_class == expected


def test_a_private_performer_is_never_below_high() -> None:
    result = classify(scored("0000 000000"), RULES, circumstances=[Floor.O2])

    assert result.contract_class is ContractClass.HIGH


@pytest.mark.parametrize(
    ("digits", "circumstances", "expected"),
    [
        ("0000 000000", [Floor.O3], ContractClass.MEDIUM),
        ("0000 003000", [], ContractClass.MEDIUM),
        ("0000 003000", [Floor.O3], ContractClass.HIGH),
    ],
)
def test_critical_supplier_and_sensitive_data_together_lift_further_than_either(
    digits: str,
    circumstances: list[Floor],
    expected: ContractClass,
) -> None:
    assert classify(scored(digits), RULES, circumstances=circumstances).contract_class is expected


def test_every_factor_explains_its_part() -> None:
    result = classify(scored("2323 111311"), RULES)

    cleaning = {factor.code: factor for factor in result.factors}
    assert cleaning["B2"].points == 6
    assert cleaning["B2"].level.sv == "Över 10 miljoner kronor"
    assert cleaning["R4"].level.en == "High-risk sector or country"


def test_a_national_call_off_may_be_one_class_lower_but_not_against_a_floor() -> None:
    ordinary = classify(scored("2323 111311"), RULES, is_national_call_off=True)
    floored = classify(scored("2323 111311"), RULES, circumstances=[Floor.O2], is_national_call_off=True)
    own = classify(scored("2323 111311"), RULES)

    assert ordinary.may_be_lowered_to is ContractClass.MEDIUM
    assert floored.may_be_lowered_to is ContractClass.HIGH
    assert own.may_be_lowered_to is ContractClass.HIGH


@pytest.mark.parametrize(
    ("digits", "quadrant"),
    [
        ("3333 333333", Quadrant.STRATEGIC),
        ("3333 000000", Quadrant.LEVERAGE),
        ("0000 333333", Quadrant.BOTTLENECK),
        ("0000 000000", Quadrant.NON_CRITICAL),
    ],
)
def test_the_same_indices_give_the_kraljic_label(digits: str, quadrant: Quadrant) -> None:
    assert classify(scored(digits), RULES).quadrant is quadrant


def test_a_temporary_raise_is_one_class_and_stops_at_the_top() -> None:
    assert one_class_up(ContractClass.MEDIUM) is ContractClass.HIGH
    assert one_class_up(ContractClass.CRITICAL) is ContractClass.CRITICAL
    assert one_class_down(ContractClass.LOW) is ContractClass.LOW


@pytest.mark.parametrize("scores", [{"B1": 1}, scored("2323 111311") | {"B1": 4}, scored("2323 111311") | {"B9": 1}])
def test_incomplete_impossible_and_unknown_scores_are_refused(scores: dict[str, int]) -> None:
    with pytest.raises(Refused):
        classify(scores, RULES)


@given(scores=ANY_SCORES, code=st.sampled_from(CODES))
def test_a_higher_score_never_lowers_the_class(scores: dict[str, int], code: str) -> None:
    raised = scores | {code: min(3, scores[code] + 1)}

    before, after = classify(scores, RULES), classify(raised, RULES)

    classes = list(ContractClass)
    assert classes.index(after.contract_class) <= classes.index(before.contract_class)
