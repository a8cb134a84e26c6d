"""The traffic light of a contract: what makes it red, yellow or grey, and what it takes to be green."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contract import ContractClass
from domain.deviation import DeviationState, Severity
from domain.identifiers import ContractId, DeviationId
from domain.light import CaseGlimpse, ContractLight, Light, Why, counted, light_of, looked_at_months
from tests.support.deviations import TODAY, shipped_rules

LATELY = TODAY - timedelta(days=30)
QUARTER = 3


def case(**changes: Any) -> CaseGlimpse:  # noqa: ANN401 - any field of a glimpse
    plain: dict[str, Any] = {
        "deviation_id": DeviationId("d1"),
        "contract_id": ContractId("c1"),
        "number": "AVV-2026-0001",
        "type": "LEV_SEN",
        "severity": Severity.MODERATE,
        "state": DeviationState.ASSESSED,
        "deadline_on": TODAY + timedelta(days=5),
    }
    return CaseGlimpse(**plain | changes)


def light(*cases: CaseGlimpse, followed_up_on: date | None = LATELY) -> ContractLight:
    return light_of(cases, followed_up_on, QUARTER, TODAY)


def test_green_is_followed_up_in_time_with_nothing_above_minor_open() -> None:
    assert light().light is Light.GREEN
    assert light(case(severity=Severity.MINOR)).light is Light.GREEN


def test_nobody_has_looked_so_it_is_grey_and_never_green() -> None:
    never = light(followed_up_on=None)
    long_ago = light(followed_up_on=date(2026, 8, 19))

    assert (never.light, never.causes[0].why) == (Light.GREY, Why.NEVER_FOLLOWED_UP)
    assert (long_ago.light, long_ago.causes[0].why) == (Light.GREY, Why.FOLLOWED_UP_TOO_LONG_AGO)


def test_the_interval_is_counted_in_whole_months_to_the_last_day() -> None:
    assert light(followed_up_on=date(2026, 8, 20)).light is Light.GREEN


def test_without_a_class_nothing_is_known_to_be_in_time() -> None:
    found = light_of((), LATELY, None, TODAY, is_classified=False)

    assert (found.light, found.causes[0].why) == (Light.GREY, Why.UNCLASSIFIED)


def test_an_open_case_within_its_deadlines_is_yellow() -> None:
    assert light(case()).light is Light.YELLOW
    assert light(case(deadline_on=TODAY)).light is Light.YELLOW


def test_a_severity_nobody_has_set_is_not_taken_for_a_small_one() -> None:
    assert light(case(severity=None)).light is Light.YELLOW


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"deadline_on": TODAY - timedelta(days=1)}, Why.DEADLINE_PASSED),
        ({"severity": Severity.MINOR, "deadline_on": TODAY - timedelta(days=1)}, Why.DEADLINE_PASSED),
        ({"failed_remedies": 1}, Why.REMEDY_FAILED),
        ({"severity": Severity.CRITICAL}, Why.CRITICAL),
        ({"plan_passed_on": TODAY - timedelta(days=1)}, Why.PLAN_PASSED),
    ],
)
def test_what_makes_it_red_is_said_with_the_number(changes: dict[str, Any], why: Why) -> None:
    found = light(case(**changes))

    assert (found.light, found.causes[0].why, found.causes[0].number) == (Light.RED, why, "AVV-2026-0001")


def test_a_remedy_that_was_checked_at_last_has_not_failed() -> None:
    assert light(case(failed_remedies=1, state=DeviationState.VERIFIED)).light is Light.YELLOW


def test_trouble_is_evidence_so_a_red_contract_nobody_looked_at_is_red_and_says_both() -> None:
    found = light(case(severity=Severity.CRITICAL), followed_up_on=None)

    assert [cause.why for cause in found.causes] == [Why.CRITICAL, Why.NEVER_FOLLOWED_UP]


def test_each_class_has_the_interval_of_its_plan() -> None:
    months = [looked_at_months(code, shipped_rules()) for code in (*ContractClass, None)]

    assert months == [3, 6, 12, 24, None]


def test_lights_are_counted_worst_first() -> None:
    found = counted([Light.GREEN, Light.RED, Light.GREEN])

    assert list(found.items()) == [(Light.RED, 1), (Light.GREEN, 2)]


@given(
    severity=st.sampled_from([None, *Severity]),
    late=st.integers(-30, 30),
    failed=st.integers(0, 2),
    looked=st.one_of(st.none(), st.integers(0, 400)),
)
def test_never_green_without_evidence_and_never_green_over_trouble(
    severity: Severity | None,
    late: int,
    failed: int,
    looked: int | None,
) -> None:
    last = TODAY - timedelta(days=looked) if looked is not None else None
    one = case(severity=severity, deadline_on=TODAY - timedelta(days=late), failed_remedies=failed)

    found = light(one, followed_up_on=last)

    if found.light is Light.GREEN:
        assert last is not None
        assert last >= date(2026, 8, 20)
        assert (severity, failed) == (Severity.MINOR, 0)
        assert late <= 0
