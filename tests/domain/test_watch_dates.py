"""Watched dates: what is watched, what had passed at go-live, and when the legal dates alarm."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.contract import ContractClass, Renewal, RenewalKind
from domain.plan import legal_alarm_days, next_watch, watches
from domain.watch import WatchKind
from tests.support.planning import (
    AUTOMATIC_YEAR,
    ONE_YEAR_OPTION,
    OPEN_ENDED,
    contract,
    shipped_ruleset,
    swedish,
)

RULES = shipped_ruleset()
CALENDAR = swedish()
GOLIVE = date(2026, 1, 12)


def watched(golive: date = GOLIVE, **changes: Any) -> dict[tuple[str, str], bool]:  # noqa: ANN401 - contract fields
    """Kind and period of each watch, and whether it had passed."""
    found = watches(contract(**changes), RULES, CALENDAR, golive=golive)
    return {(watch.kind.value, watch.period_key): watch.is_passed for watch in found}


def test_an_option_has_its_notice_watched() -> None:
    found = watches(contract(renewal=ONE_YEAR_OPTION), RULES, CALENDAR, golive=GOLIVE)

    send_by = found[0]
    assert send_by.kind is WatchKind.SEND_BY
    assert send_by.on == date(2027, 6, 16)
    assert send_by.notice_deadline == date(2027, 6, 30)


@pytest.mark.parametrize("contract_class", [*ContractClass, None])
def test_contracts_of_every_class_and_of_none_are_watched(contract_class: ContractClass | None) -> None:
    assert ("send_by", "2027-12-31") in watched(contract_class=contract_class, renewal=ONE_YEAR_OPTION)


def test_a_contract_without_an_option_is_watched_for_its_new_procurement_and_handover() -> None:
    assert watched() == {
        ("new_procurement_start", "2027-12-31"): False,
        ("handover_plan", "2027-12-31"): False,
    }


def test_a_decision_passed_at_go_live_waits_for_the_controller_and_the_notice_still_alarms() -> None:
    assert watched(golive=date(2026, 9, 1), renewal=ONE_YEAR_OPTION) == {
        ("decision_due", "2027-12-31"): True,
        ("send_by", "2027-12-31"): False,
        ("handover_plan", "2027-12-31"): False,
    }


def test_a_notice_that_can_still_be_sent_alarms_even_after_the_day_to_send_it() -> None:
    assert not watched(golive=date(2027, 6, 21), renewal=ONE_YEAR_OPTION)["send_by", "2027-12-31"]


def test_a_passed_notice_deadline_is_one_line_on_the_triage_list() -> None:
    assert watched(golive=date(2027, 7, 1), renewal=ONE_YEAR_OPTION) == {
        ("send_by", "2027-12-31"): True,
        ("handover_plan", "2027-12-31"): False,
    }


def test_an_expired_contract_still_in_the_register_is_one_line_on_the_triage_list() -> None:
    assert watched(golive=date(2028, 1, 10), renewal=ONE_YEAR_OPTION) == {("expired", "2027-12-31"): True}


def test_a_closed_contract_and_one_without_an_end_date_have_nothing_to_watch() -> None:
    assert watched(closed_at=datetime(2026, 1, 1, tzinfo=UTC)) == {}
    assert watched(end_on=None) == {}


def test_an_open_ended_contract_is_reviewed_every_year() -> None:
    one = contract(start_on=date(2020, 5, 17), end_on=None, renewal=OPEN_ENDED)

    (review,) = watches(one, RULES, CALENDAR, golive=GOLIVE)
    following = next_watch(one, review.kind, RULES, CALENDAR, golive=GOLIVE, after=review.period_key)

    assert (review.period_key, review.on) == ("2026-05-17", date(2026, 5, 15))
    assert following is not None
    assert following.period_key == "2027-05-17"


def test_automatic_renewal_watches_the_period_that_runs() -> None:
    assert watched(golive=date(2028, 1, 10), renewal=AUTOMATIC_YEAR, notice_months=3) == {
        ("send_by", "2028-12-31"): False,
    }


def test_automatic_renewal_with_its_notice_passed_watches_the_next_chance_too() -> None:
    found = watched(golive=date(2027, 11, 1), renewal=AUTOMATIC_YEAR, notice_months=3)

    assert found == {("send_by", "2027-12-31"): True, ("send_by", "2028-12-31"): False}


def test_a_notice_as_long_as_the_period_is_watched_before_the_period_begins() -> None:
    quarterly = Renewal(kind=RenewalKind.AUTOMATIC, months=3)

    found = watched(golive=date(2027, 9, 1), renewal=quarterly, notice_months=3, contract_class=ContractClass.LOW)

    assert ("send_by", "2028-03-31") in found
    assert not found["send_by", "2027-12-31"]


def test_a_settled_notice_is_followed_by_the_next_only_where_the_contract_renews_itself() -> None:
    automatic = contract(renewal=AUTOMATIC_YEAR, notice_months=3)
    option = contract(renewal=ONE_YEAR_OPTION)

    following = next_watch(automatic, WatchKind.SEND_BY, RULES, CALENDAR, golive=GOLIVE, after="2027-12-31")

    assert following is not None
    assert following.period_key == "2028-12-31"
    assert next_watch(option, WatchKind.SEND_BY, RULES, CALENDAR, golive=GOLIVE, after="2027-12-31") is None


def test_alarms_lead_up_to_the_day_and_go_on_every_working_day_after_it() -> None:
    send_by = date(2026, 4, 15)  # after Easter

    alarms = list(legal_alarm_days(send_by, CALENDAR, until=date(2026, 4, 20)))

    assert alarms == [
        ("L-14", date(2026, 4, 1)),
        ("L-7", date(2026, 4, 8)),
        ("L-3", date(2026, 4, 10)),  # the 12th is a Sunday
        ("L0", date(2026, 4, 15)),
        ("L+1", date(2026, 4, 16)),
        ("L+2", date(2026, 4, 17)),
        ("L+3", date(2026, 4, 20)),
    ]


def test_alarms_of_a_date_in_a_closure_come_before_the_closure() -> None:
    alarms = dict(islice(legal_alarm_days(date(2026, 7, 22), CALENDAR, until=date(2026, 12, 31)), 6))

    assert alarms["L-14"] == date(2026, 6, 18)  # Midsummer Eve is the 19th
    assert alarms["L0"] == date(2026, 7, 3)
    assert alarms["L+1"] == date(2026, 7, 23)


def test_alarms_go_through_a_closure_when_the_date_lies_behind_it() -> None:
    alarms = dict(legal_alarm_days(date(2026, 8, 5), CALENDAR, until=date(2026, 8, 5)))

    assert alarms["L-14"] == date(2026, 7, 22)
    assert alarms["L-7"] == date(2026, 7, 29)


@given(send_by=st.dates(min_value=date(2021, 1, 1), max_value=date(2040, 12, 31)), days=st.integers(0, 60))
@example(send_by=date(2025, 4, 24), days=0)  # over Easter L-7 and L-3 fall on the same Thursday
def test_alarms_come_in_order_on_working_days_and_none_is_dropped(send_by: date, days: int) -> None:
    send_by = CALENDAR.previous_working_day(send_by)

    alarms = list(legal_alarm_days(send_by, CALENDAR, until=send_by + timedelta(days=days)))

    steps, on = zip(*alarms, strict=True)
    assert list(on) == sorted(on)
    assert all(CALENDAR.is_working_day(day) for day in on)
    assert steps[:4] == ("L-14", "L-7", "L-3", "L0")
    assert on[3] <= send_by
    late = CALENDAR.working_days_between(send_by, send_by + timedelta(days=days))
    assert len(steps) == 4 + late
