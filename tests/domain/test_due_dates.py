"""End dates: the worked examples, month arithmetic, and what holds for every contract."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contract import Contract, ContractClass, Renewal, RenewalKind
from domain.due_dates import EndDates, add_months, current_period, end_dates, months_between
from tests.support.planning import AUTOMATIC_YEAR, ONE_YEAR_OPTION, OPEN_ENDED, contract, shipped_ruleset, swedish

RULES = shipped_ruleset()
CALENDAR = swedish()


def dates_for(on: date | None = None, **changes: Any) -> EndDates:  # noqa: ANN401 - any field of a contract
    dates = end_dates(contract(**changes), RULES, CALENDAR, on=on)
    assert dates is not None
    return dates


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2027, 12, 31), -6, date(2027, 6, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 8, 30), 0, date(2026, 8, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
    ],
)
def test_months_end_on_the_last_day_there_is(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_critical_contract_with_an_option_decides_eighteen_months_ahead() -> None:
    dates = dates_for(renewal=ONE_YEAR_OPTION)

    assert dates.eval_open == date(2026, 3, 30)
    assert dates.decision_due == date(2026, 6, 30)
    assert dates.send_by == date(2027, 6, 16)
    assert dates.notice_deadline == date(2027, 6, 30)
    assert not dates.is_too_short


def test_medium_contract_decides_nine_months_ahead() -> None:
    dates = dates_for(
        contract_class=ContractClass.MEDIUM,
        start_on=date(2025, 1, 1),
        notice_months=3,
        renewal=ONE_YEAR_OPTION,
    )

    assert dates.decision_due == date(2027, 3, 31)


def test_one_year_option_of_high_class_is_too_short_and_decided_before_a_sunday() -> None:
    dates = dates_for(
        contract_class=ContractClass.HIGH,
        start_on=date(2026, 1, 1),
        end_on=date(2026, 12, 31),
        renewal=ONE_YEAR_OPTION,
    )

    assert dates.is_too_short
    assert dates.decision_due == date(2026, 1, 30)


def test_a_missing_notice_clause_is_assumed_to_be_six_months_and_said_to_be_so() -> None:
    dates = dates_for(notice_months=None, renewal=ONE_YEAR_OPTION)

    assert dates.is_notice_assumed
    assert dates.notice_deadline == date(2027, 6, 30)


def test_a_contract_without_an_option_left_starts_its_new_procurement_in_time() -> None:
    dates = dates_for()

    assert not dates.has_decision
    assert dates.new_procurement_start == date(2026, 6, 30)


def test_an_option_left_needs_a_decision_and_no_new_procurement_yet() -> None:
    dates = dates_for(renewal=ONE_YEAR_OPTION)

    assert dates.has_decision
    assert dates.new_procurement_start is None


def test_a_used_up_option_is_no_option() -> None:
    dates = dates_for(renewal=Renewal(kind=RenewalKind.OPTION, count=0, months=12))

    assert not dates.has_decision


@pytest.mark.parametrize(
    ("contract_class", "handover_plan"),
    [
        (ContractClass.CRITICAL, date(2027, 8, 31)),
        (ContractClass.HIGH, date(2027, 8, 31)),
        (ContractClass.MEDIUM, None),
        (ContractClass.LOW, None),
        (None, None),
    ],
)
def test_only_the_two_highest_classes_plan_their_handover(
    contract_class: ContractClass | None,
    handover_plan: date | None,
) -> None:
    assert dates_for(contract_class=contract_class).handover_plan == handover_plan


def test_closing_opens_sixty_days_before_the_end_and_is_due_thirty_days_after() -> None:
    dates = dates_for(end_on=date(2027, 9, 30))

    assert dates.close_open == date(2027, 7, 30)  # 1 August is a Sunday
    assert dates.close_due == date(2027, 10, 29)  # 30 October is a Saturday


def test_an_unclassified_contract_borrows_the_lead_of_the_medium_class() -> None:
    unclassified = dates_for(contract_class=None, renewal=ONE_YEAR_OPTION)
    medium = dates_for(contract_class=ContractClass.MEDIUM, renewal=ONE_YEAR_OPTION)

    assert unclassified.decision_due == medium.decision_due


def test_a_contract_without_an_end_has_no_end_dates() -> None:
    assert end_dates(contract(end_on=None), RULES, CALENDAR) is None
    assert end_dates(contract(renewal=OPEN_ENDED), RULES, CALENDAR) is None


@pytest.mark.parametrize(
    ("on", "start", "end"),
    [
        (date(2026, 6, 1), date(2024, 1, 1), date(2027, 2, 28)),
        (date(2027, 2, 28), date(2024, 1, 1), date(2027, 2, 28)),
        (date(2027, 3, 1), date(2027, 3, 1), date(2028, 2, 29)),
        (date(2028, 3, 1), date(2028, 3, 1), date(2029, 2, 28)),
    ],
)
def test_automatic_renewal_rolls_its_period_forward_over_a_leap_year(on: date, start: date, end: date) -> None:
    period = current_period(contract(end_on=date(2027, 2, 28), renewal=AUTOMATIC_YEAR), RULES, on)

    assert period is not None
    assert (period.start_on, period.end_on) == (start, end)


def test_automatic_renewal_asks_for_notice_to_end_it_in_the_period_that_runs() -> None:
    dates = dates_for(on=date(2028, 5, 1), renewal=AUTOMATIC_YEAR, notice_months=3)

    assert dates.renews_automatically
    assert dates.has_decision
    assert dates.period_key == "2028-12-31"
    assert dates.notice_deadline == date(2028, 9, 29)  # the 30th is a Saturday


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    """Contracts of every shape a register may hold, ends not before starts."""
    start_on = draw(st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31)))
    days = draw(st.integers(min_value=0, max_value=3000))
    return contract(
        start_on=start_on,
        end_on=start_on + timedelta(days=days),
        contract_class=draw(st.sampled_from([*ContractClass, None])),
        notice_months=draw(st.none() | st.integers(min_value=0, max_value=24)),
        renewal=draw(st.sampled_from([ONE_YEAR_OPTION, AUTOMATIC_YEAR, Renewal(kind=RenewalKind.NONE)])),
    )


@given(one=contracts())
def test_the_dates_of_a_contract_come_in_order_and_on_working_days(one: Contract) -> None:
    dates = end_dates(one, RULES, CALENDAR)

    assert dates is not None
    assert dates.eval_open <= dates.decision_due < dates.send_by < dates.notice_deadline <= dates.period_end
    assert dates.close_open < dates.close_due
    for day in (dates.eval_open, dates.decision_due, dates.send_by, dates.notice_deadline, dates.close_due):
        assert CALENDAR.is_working_day(day)


@given(one=contracts(), days=st.integers(min_value=0, max_value=900))
def test_a_later_end_never_brings_anything_forward(one: Contract, days: int) -> None:
    assert one.end_on is not None
    sooner = end_dates(one, RULES, CALENDAR)
    later = end_dates(replace(one, end_on=one.end_on + timedelta(days=days)), RULES, CALENDAR)

    assert sooner is not None
    assert later is not None
    assert sooner.decision_due <= later.decision_due
    assert sooner.send_by <= later.send_by
    assert sooner.notice_deadline <= later.notice_deadline


@given(one=contracts())
def test_the_more_critical_the_class_the_sooner_the_decision(one: Contract) -> None:
    decisions = []
    for contract_class in ContractClass:
        dates = end_dates(replace(one, contract_class=contract_class), RULES, CALENDAR)
        assert dates is not None
        decisions.append(dates.decision_due)

    assert decisions == sorted(decisions)


@given(
    anchor=st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1)),
    months=st.integers(min_value=-400, max_value=400),
)
def test_counting_months_gives_back_what_was_added_unless_the_day_was_cut_short(anchor: date, months: int) -> None:
    day = add_months(anchor, months)

    assert months_between(anchor, day) == months
    assert months_between(anchor, day - timedelta(days=1)) < months
