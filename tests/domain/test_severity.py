"""How grave a deviation is proposed to be, and when many small ones add up (domain.md 7.3)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contract import ContractClass
from domain.deviation import DeviationState, Severity
from domain.identifiers import DeviationId
from domain.severity import AggregationProposal, Reason, Signal, aggregate, propose_severity
from tests.support.deviations import TODAY, deviation, shipped_rules, shipped_types


def proposed(code: str, **known: Any) -> Severity:  # noqa: ANN401 - any argument of the function
    return propose_severity(shipped_types()[code], **known)[0]


@pytest.mark.parametrize(
    ("code", "known", "severity"),
    [
        ("LEV_SEN", {}, Severity.MINOR),
        ("LEV_SEN", {"is_recurring": True}, Severity.MODERATE),
        ("LEV_SEN", {"persons_in_dependence": True}, Severity.MODERATE),
        ("LEV_SEN", {"persons_in_dependence": True, "occurrences": 4}, Severity.SERIOUS),
        ("LEV_SEN", {"persons_in_dependence": True, "signals": {Signal.STANDS_STILL}}, Severity.SERIOUS),
        ("LEV_SEN", {"occurrences": 5}, Severity.MODERATE),
        ("LEV_UTEBLIVEN", {}, Severity.MODERATE),
        ("LEV_UTEBLIVEN", {"occurrences": 3}, Severity.SERIOUS),
        ("LEV_UTEBLIVEN", {"persons_in_dependence": True}, Severity.SERIOUS),
        ("FAKT_PRIS", {"amount_sek": Decimal(2450)}, Severity.MODERATE),
        ("FAKT_PRIS", {"amount_sek": Decimal(25_000)}, Severity.MODERATE),
        ("FAKT_PRIS", {"amount_sek": Decimal(25_001)}, Severity.SERIOUS),
        ("FAKT_UNDERLAG", {"amount_sek": Decimal(25_001)}, Severity.SERIOUS),
        ("ADM_STATISTIK", {}, Severity.MINOR),
        ("ADM_STATISTIK", {"occurrences": 2}, Severity.MODERATE),
        ("ADM_FORSAKRING", {}, Severity.SERIOUS),
        ("KRAV_TILLDELNING", {}, Severity.SERIOUS),
        ("ARB_KRIM", {}, Severity.CRITICAL),
        ("LEV_FEL", {"signals": {Signal.DANGER}}, Severity.CRITICAL),
        ("LEV_KVALITET", {"signals": {Signal.CORE_SERVICE_DOWN}}, Severity.CRITICAL),
        ("LEV_KVALITET", {"signals": {Signal.MANY_AFFECTED}}, Severity.SERIOUS),
        ("LEV_FEL", {"signals": {Signal.FIXED_AT_ONCE}}, Severity.MINOR),
        ("LEV_FEL", {"signals": {Signal.FIXED_AT_ONCE}, "is_recurring": True}, Severity.MODERATE),
    ],
)
def test_the_tests_of_severity(code: str, known: dict[str, Any], severity: Severity) -> None:
    assert proposed(code, **known) is severity


def test_the_reason_is_given_with_the_proposal() -> None:
    _, reasons = propose_severity(shipped_types()["LEV_UTEBLIVEN"], occurrences=3, persons_in_dependence=True)

    assert set(reasons) == {Reason.PERSONS_IN_DEPENDENCE, Reason.THREE_TIMES}


@given(
    code=st.sampled_from(sorted(shipped_types())),
    occurrences=st.integers(min_value=1, max_value=50),
    recurring=st.booleans(),
    dependence=st.booleans(),
    amount=st.one_of(st.none(), st.decimals(min_value=0, max_value=10**9, places=2)),
    signals=st.sets(st.sampled_from(list(Signal))),
)
def test_knowing_something_worse_never_makes_it_milder(
    code: str,
    occurrences: int,
    recurring: bool,
    dependence: bool,
    amount: Decimal | None,
    signals: set[Signal],
) -> None:
    milder = propose_severity(shipped_types()[code], amount_sek=amount, signals=signals)
    worse = propose_severity(
        shipped_types()[code],
        occurrences=occurrences,
        is_recurring=recurring,
        persons_in_dependence=dependence,
        amount_sek=amount,
        signals=signals,
    )

    assert worse[0].rank >= milder[0].rank
    assert worse[1]


def many(count: int, days_apart: int, **changes: Any) -> list[Any]:  # noqa: ANN401 - any field
    return [
        deviation(
            deviation_id=DeviationId(f"d{n}"),
            number=f"AVV-2026-{n:04d}",
            occurred_from=TODAY - timedelta(days=n * days_apart),
            **changes,
        )
        for n in range(count)
    ]


def sums(rows: list[Any], contract_class: ContractClass = ContractClass.HIGH) -> AggregationProposal | None:
    ladder = shipped_rules().supplier_ladder
    return aggregate(rows, type_code="LEV_UTEBLIVEN", today=TODAY, contract_class=contract_class, rules=ladder)


def test_three_minor_in_ninety_days_are_proposed_as_one_moderate_with_their_dates() -> None:
    found = sums(many(3, 20, severity=Severity.MINOR))

    assert found is not None
    assert found.severity is Severity.MODERATE
    assert [event.on for event in found.evidence] == [TODAY - timedelta(days=n) for n in (40, 20, 0)]


def test_three_moderate_in_ninety_days_are_proposed_as_serious() -> None:
    found = sums(many(3, 40))

    assert found is not None
    assert found.severity is Severity.SERIOUS


def test_two_do_not_add_up() -> None:
    assert sums(many(2, 5)) is None


def test_one_report_of_several_times_counts_them_all() -> None:
    first = many(1, 1, occurrence_count=2, occurred_to=TODAY + timedelta(days=1))
    before = many(2, 5)[1:]

    found = sums([*before, *first])

    assert found is not None
    assert found.occurrences == 3


def test_a_report_that_says_how_many_times_it_has_been_is_not_added_to_those_told_one_by_one() -> None:
    one_by_one = many(3, 5)[1:]
    third_time = many(1, 1, occurrence_count=3)

    found = sums([*one_by_one, *third_time])

    assert found is not None
    assert found.occurrences == 3
    assert sums([*many(2, 5)[1:], *many(1, 1, occurrence_count=2)]) is None


def test_a_joint_one_counts_once_whatever_it_stands_for() -> None:
    assert sums(many(2, 5, source="joint:j1", occurrence_count=3)) is None


def test_what_is_older_than_the_window_does_not_count() -> None:
    assert sums(many(3, 45)) is None


def test_a_low_class_contract_has_a_longer_window() -> None:
    assert sums(many(3, 80), ContractClass.LOW) is not None


def test_another_type_does_not_count() -> None:
    assert sums(many(3, 5, type="LEV_SEN")) is None


@pytest.mark.parametrize("state", [DeviationState.DRAFT, DeviationState.DISMISSED, DeviationState.MERGED])
def test_drafts_dismissed_and_merged_do_not_count(state: DeviationState) -> None:
    assert sums(many(3, 5, state=state)) is None


def test_one_solved_at_once_still_counts() -> None:
    assert sums(many(3, 5, state=DeviationState.CLOSED)) is not None
