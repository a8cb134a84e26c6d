"""What holds for the plan of every contract, whatever its dates."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.contract import Contract, ContractClass, Renewal, RenewalKind
from domain.due_dates import add_months
from domain.followup import Activity
from domain.plan import PlannedFollowup, first_due_day, next_occurrence, occurrences
from tests.support.planning import AUTOMATIC_YEAR, ONE_YEAR_OPTION, OPEN_ENDED, contract, shipped_ruleset, swedish

RULES = shipped_ruleset()
CALENDAR = swedish()
GOLIVES = st.dates(min_value=date(2025, 1, 1), max_value=date(2029, 12, 31))
FURTHEST = timedelta(days=60)
"""A closure of four weeks and the spread on one side of it."""


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    start_on = draw(st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31)))
    length = draw(st.integers(min_value=30, max_value=3000))
    return contract(
        contract_number=str(draw(st.integers(min_value=0, max_value=999))),
        start_on=start_on,
        end_on=draw(st.sampled_from([start_on + timedelta(days=length), None])),
        contract_class=draw(st.sampled_from(list(ContractClass))),
        notice_months=draw(st.none() | st.integers(min_value=0, max_value=12)),
        renewal=draw(
            st.sampled_from([ONE_YEAR_OPTION, AUTOMATIC_YEAR, OPEN_ENDED, Renewal(kind=RenewalKind.NONE)]),
        ),
    )


def plan_of(one: Contract, golive: date, years: int = 4) -> tuple[PlannedFollowup, ...]:
    until = max(golive, one.start_on) + timedelta(days=365 * years)
    return occurrences(one, RULES, CALENDAR, golive=golive, until=until)


def recurring(planned: tuple[PlannedFollowup, ...]) -> list[PlannedFollowup]:
    return [followup for followup in planned if followup.activity is not Activity.EXTENSION_DECISION]


@given(one=contracts(), golive=GOLIVES)
def test_no_follow_up_is_due_on_a_day_nobody_is_nudged(one: Contract, golive: date) -> None:
    assert all(CALENDAR.is_open_day(followup.due_on) for followup in recurring(plan_of(one, golive)))


@given(one=contracts(), golive=GOLIVES)
def test_no_decision_is_due_on_a_non_working_day(one: Contract, golive: date) -> None:
    assert all(CALENDAR.is_working_day(followup.due_on) for followup in plan_of(one, golive))


@given(one=contracts(), golive=GOLIVES)
def test_nothing_is_due_in_the_first_twenty_working_days(one: Contract, golive: date) -> None:
    floor = first_due_day(RULES, CALENDAR, golive)

    assert all(followup.due_on >= floor for followup in recurring(plan_of(one, golive)))


@given(one=contracts(), golive=GOLIVES)
def test_nominal_dates_never_drift_from_the_start(one: Contract, golive: date) -> None:
    for followup in recurring(plan_of(one, golive)):
        months = (followup.nominal_on.year - one.start_on.year) * 12 + followup.nominal_on.month - one.start_on.month
        assert followup.nominal_on == add_months(one.start_on, months)


@given(one=contracts(), golive=GOLIVES)
def test_due_dates_stay_near_their_nominal_dates(one: Contract, golive: date) -> None:
    for followup in recurring(plan_of(one, golive)):
        assert abs(followup.due_on - followup.nominal_on) <= FURTHEST


@given(one=contracts(), golive=GOLIVES)
def test_no_period_is_skipped_and_none_comes_twice(one: Contract, golive: date) -> None:
    planned = recurring(plan_of(one, golive))

    keys = [(followup.activity, followup.period_key) for followup in planned]
    assert len(keys) == len(set(keys))
    for rule in RULES.recurring(one.contract_class or ContractClass.LOW):
        if rule.interval_months is None:
            continue
        days = sorted(
            followup.nominal_on
            for followup in planned
            if followup.activity is rule.activity or followup.activity is Activity.YEARLY
        )
        for earlier, later in pairwise(days):
            assert later <= add_months(earlier, rule.interval_months) + timedelta(days=3)


@given(one=contracts(), golive=GOLIVES)
def test_an_activitys_due_dates_keep_their_order(one: Contract, golive: date) -> None:
    planned = recurring(plan_of(one, golive))

    for activity in Activity:
        of_activity = sorted(
            (followup for followup in planned if followup.activity is activity),
            key=lambda followup: followup.nominal_on,
        )
        due = [followup.due_on for followup in of_activity]
        assert due == sorted(due)


@given(one=contracts(), golive=GOLIVES)
def test_nothing_is_due_after_a_contract_that_ends_has_ended(one: Contract, golive: date) -> None:
    if one.end_on is None or one.renewal.kind in {RenewalKind.AUTOMATIC, RenewalKind.OPEN_ENDED}:
        return

    assert all(followup.due_on <= one.end_on for followup in plan_of(one, golive))


@given(one=contracts(), golive=GOLIVES)
def test_one_after_the_other_gives_the_same_as_all_at_once(one: Contract, golive: date) -> None:
    all_at_once = plan_of(one, golive, years=3)
    until = max(golive, one.start_on) + timedelta(days=365 * 3)

    chained: list[PlannedFollowup] = []
    for rule in RULES.activities(one.contract_class or ContractClass.LOW):
        following = next_occurrence(one, rule, RULES, CALENDAR, golive=golive, after=None)
        while following is not None and following.nominal_on <= until:
            chained.append(following)
            following = next_occurrence(one, rule, RULES, CALENDAR, golive=golive, after=following.period_key)

    def order(followup: PlannedFollowup) -> tuple[str, str]:
        return followup.activity, followup.period_key

    assert sorted(chained, key=order) == sorted(all_at_once, key=order)


@given(one=contracts(), golive=GOLIVES)
def test_every_follow_up_has_something_to_answer(one: Contract, golive: date) -> None:
    assert all(followup.modules for followup in recurring(plan_of(one, golive)))
