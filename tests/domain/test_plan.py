"""The follow-up plan of a contract: which follow-ups, when, and with which modules."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.contract import ContractClass, Renewal, RenewalKind
from domain.followup import Activity
from domain.plan import (
    PlannedFollowup,
    extension_decision,
    first_due_day,
    next_occurrence,
    occurrences,
    total_value,
)
from domain.ruleset import ActivityRule
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
LONG_AGO = date(2020, 1, 2)


def planned(
    *,
    golive: date = LONG_AGO,
    until: date = date(2030, 12, 31),
    **changes: Any,  # noqa: ANN401 - any field of a contract
) -> tuple[PlannedFollowup, ...]:
    return occurrences(contract(**changes), RULES, CALENDAR, golive=golive, until=until)


def kinds(followups: tuple[PlannedFollowup, ...]) -> list[tuple[str, str]]:
    return [(followup.activity.value, followup.period_key) for followup in followups]


def rule_for(activity: Activity, contract_class: ContractClass = ContractClass.CRITICAL) -> ActivityRule:
    return next(rule for rule in RULES.activities(contract_class) if rule.activity is activity)


def test_first_year_of_a_critical_contract() -> None:
    first_year = planned(start_on=date(2025, 2, 3), end_on=date(2029, 2, 2), until=date(2026, 2, 3))

    assert kinds(first_year) == [
        ("pulse", "2025-03-03"),
        ("pulse", "2025-04-03"),
        ("quarterly", "2025-05-03"),
        ("three_month", "2025-05-03"),
        ("quarterly", "2025-08-03"),
        ("quarterly", "2025-11-03"),
        ("yearly", "2026-02-03"),
    ]


def test_high_contract_has_one_half_year_and_one_yearly_follow_up() -> None:
    second_year = planned(
        contract_class=ContractClass.HIGH,
        start_on=date(2025, 2, 3),
        end_on=date(2029, 2, 2),
        golive=date(2026, 2, 4),
        until=date(2027, 2, 3),
    )

    assert kinds(second_year) == [("half_year", "2026-08-03"), ("yearly", "2027-02-03")]


def test_low_contract_is_seen_every_second_year_in_its_light_form() -> None:
    followups = planned(contract_class=ContractClass.LOW, start_on=date(2022, 2, 1), end_on=date(2027, 1, 31))

    assert kinds(followups) == [("yearly", "2024-02-01"), ("yearly", "2026-02-01")]
    assert followups[0].modules == ("PU", "PF")


@pytest.mark.parametrize(
    ("activity", "period_key", "modules"),
    [
        (Activity.PULSE, "2025-03-03", ("PU",)),
        (Activity.THREE_MONTH, "2025-05-03", ("PU", "PF")),
        (Activity.QUARTERLY, "2025-05-03", ("PU", "LK")),
        (Activity.QUARTERLY, "2025-08-03", ("PU", "LK", "PF")),  # the half-yearly invoice sample joins
        (Activity.QUARTERLY, "2025-11-03", ("PU", "LK")),
        (Activity.YEARLY, "2026-02-03", ("LK", "PF")),
    ],
)
def test_sections_join_the_nearest_follow_up(activity: Activity, period_key: str, modules: tuple[str, ...]) -> None:
    followups = planned(start_on=date(2025, 2, 3), end_on=date(2029, 2, 2), until=date(2026, 2, 3))

    found = {(one.activity, one.period_key): one.modules for one in followups}
    assert found[activity, period_key] == modules


def test_dates_do_not_drift_from_the_end_of_the_month() -> None:
    followups = planned(start_on=date(2024, 8, 31), end_on=date(2026, 8, 30))

    quarterly = [one.period_key for one in followups if one.activity is Activity.QUARTERLY]
    assert quarterly == ["2024-11-30", "2025-02-28", "2025-05-31", "2025-11-30", "2026-02-28", "2026-05-31"]


def test_what_was_due_before_go_live_is_not_planned() -> None:
    followups = planned(start_on=date(2025, 1, 15), end_on=date(2029, 1, 14), golive=date(2027, 1, 18))

    assert followups[0].nominal_on >= date(2027, 1, 18)


def test_what_falls_just_after_go_live_waits_twenty_working_days() -> None:
    golive = date(2027, 1, 11)

    followups = planned(start_on=date(2026, 10, 20), end_on=date(2030, 10, 19), golive=golive, until=date(2027, 3, 1))

    assert first_due_day(RULES, CALENDAR, golive) == date(2027, 2, 8)
    assert [(one.period_key, one.due_on) for one in followups] == [
        ("2027-01-20", date(2027, 2, 8)),
        ("2027-01-20", date(2027, 2, 8)),
    ]


def test_a_follow_up_in_the_summer_closure_moves_to_the_weeks_before_it() -> None:
    followups = planned(start_on=date(2025, 4, 15), end_on=date(2029, 4, 14), golive=date(2026, 1, 12))

    july = next(one for one in followups if one.period_key == "2026-07-15")
    assert date(2026, 6, 18) <= july.due_on <= date(2026, 7, 3)
    assert CALENDAR.is_open_day(july.due_on)


def test_contracts_of_one_closure_are_spread_over_its_days() -> None:
    due_days = {
        one.due_on
        for number in range(60)
        for one in planned(contract_number=f"2025-{number}", start_on=date(2025, 4, 15), end_on=date(2029, 4, 14))
        if one.period_key == "2026-07-15"
    }

    assert len(due_days) == 10


def test_a_follow_up_too_soon_after_the_start_moves_behind_the_closure() -> None:
    followups = planned(start_on=date(2026, 6, 20), end_on=date(2030, 6, 19), until=date(2026, 9, 1))

    first = followups[0]
    assert first.period_key == "2026-07-20"
    assert first.due_on >= date(2026, 8, 3)


def test_epiphany_on_a_monday_does_not_pull_a_follow_up_back_into_the_closure() -> None:
    followups = planned(start_on=date(2023, 10, 6), end_on=date(2027, 10, 5), until=date(2025, 2, 1))

    epiphany = next(one for one in followups if one.period_key == "2025-01-06")
    assert epiphany.due_on == date(2025, 1, 7)


@pytest.mark.parametrize("renewal", [AUTOMATIC_YEAR, OPEN_ENDED])
def test_a_contract_that_runs_on_is_followed_up_past_its_registered_end(renewal: Renewal) -> None:
    followups = planned(renewal=renewal, end_on=date(2025, 12, 31), golive=date(2027, 1, 11))

    assert any(one.activity is Activity.YEARLY and one.nominal_on.year == 2028 for one in followups)


def test_nothing_is_due_after_the_contract_has_ended() -> None:
    followups = planned(end_on=date(2026, 3, 31), until=date(2028, 1, 1))

    assert max(one.due_on for one in followups) <= date(2026, 3, 31)


def test_unclassified_and_closed_contracts_get_no_follow_ups() -> None:
    assert planned(contract_class=None) == ()
    assert planned(closed_at=datetime(2026, 1, 1, tzinfo=UTC)) == ()


def test_a_contract_of_low_value_has_only_its_end_date_watched() -> None:
    followups = planned(
        annual_value_sek=Decimal(12_000),
        renewal=ONE_YEAR_OPTION,
        end_on=date(2029, 12, 31),
    )

    assert [one.activity for one in followups] == [Activity.EXTENSION_DECISION]


@pytest.mark.parametrize(
    ("changes", "total"),
    [
        ({"annual_value_sek": Decimal(20_000)}, Decimal(80_000)),
        ({"annual_value_sek": Decimal(20_000), "renewal": ONE_YEAR_OPTION}, Decimal(100_000)),
        ({"annual_value_sek": Decimal(20_000), "ceiling_sek": Decimal(300_000)}, Decimal(300_000)),
        ({"annual_value_sek": Decimal(20_000), "renewal": AUTOMATIC_YEAR}, None),
        ({}, None),
    ],
)
def test_the_total_counts_the_options_and_is_unknown_without_an_end(
    changes: dict[str, Any],
    total: Decimal | None,
) -> None:
    assert total_value(contract(**changes)) == total


def test_the_extension_decision_is_due_when_a_no_still_leaves_time_to_procure() -> None:
    decision = extension_decision(contract(renewal=ONE_YEAR_OPTION), RULES, CALENDAR, golive=date(2026, 1, 12))

    assert decision is not None
    assert decision.due_on == date(2026, 6, 30)
    assert decision.period_key == "2027-12-31"
    assert decision.modules == ()


def test_a_decision_that_had_passed_at_go_live_is_not_asked_for() -> None:
    assert extension_decision(contract(renewal=ONE_YEAR_OPTION), RULES, CALENDAR, golive=date(2026, 7, 1)) is None


def test_a_decision_just_after_go_live_waits_but_never_past_the_day_to_send_the_notice() -> None:
    waits = extension_decision(contract(renewal=ONE_YEAR_OPTION), RULES, CALENDAR, golive=date(2026, 6, 26))
    pressed = extension_decision(
        contract(
            renewal=ONE_YEAR_OPTION,
            start_on=date(2026, 5, 1),
            end_on=date(2027, 2, 28),
            notice_months=9,
        ),
        RULES,
        CALENDAR,
        golive=date(2026, 4, 27),
    )

    assert waits is not None
    assert waits.due_on == first_due_day(RULES, CALENDAR, date(2026, 6, 26))
    assert pressed is not None
    assert pressed.nominal_on == date(2026, 4, 28)
    assert pressed.due_on == date(2026, 5, 13)  # the 14th, two weeks before the deadline, is Ascension Day


def test_automatic_renewal_asks_again_in_each_period() -> None:
    one = contract(renewal=AUTOMATIC_YEAR, notice_months=3, contract_class=ContractClass.LOW)
    rule = rule_for(Activity.EXTENSION_DECISION, ContractClass.LOW)

    first = next_occurrence(one, rule, RULES, CALENDAR, golive=date(2026, 1, 12), after=None)
    assert first is not None
    second = next_occurrence(one, rule, RULES, CALENDAR, golive=date(2026, 1, 12), after=first.period_key)

    assert (first.period_key, first.due_on) == ("2027-12-31", date(2027, 6, 30))
    assert second is not None
    assert (second.period_key, second.due_on) == ("2028-12-31", date(2028, 6, 30))


def test_the_next_quarterly_skips_the_one_the_yearly_replaces() -> None:
    one = contract(start_on=date(2025, 2, 3), end_on=date(2029, 2, 2))
    rule = rule_for(Activity.QUARTERLY)

    following = next_occurrence(one, rule, RULES, CALENDAR, golive=LONG_AGO, after="2025-11-03")

    assert following is not None
    assert following.period_key == "2026-05-03"


def test_an_activity_ends_with_the_contract() -> None:
    one = contract(start_on=date(2025, 2, 3), end_on=date(2027, 2, 2))

    assert next_occurrence(one, rule_for(Activity.YEARLY), RULES, CALENDAR, golive=LONG_AGO, after="2026-02-03") is None
    assert next_occurrence(one, rule_for(Activity.PULSE), RULES, CALENDAR, golive=LONG_AGO, after="2025-04-03") is None


def test_an_activity_without_a_checklist_is_not_planned() -> None:
    kickoff = next_occurrence(
        contract(),
        rule_for(Activity.KICKOFF_MEETING),
        RULES,
        CALENDAR,
        golive=LONG_AGO,
        after=None,
    )

    assert kickoff is None


def test_a_contract_without_an_option_has_no_decision() -> None:
    assert extension_decision(contract(), RULES, CALENDAR, golive=LONG_AGO) is None
    assert extension_decision(contract(end_on=None, renewal=ONE_YEAR_OPTION), RULES, CALENDAR, golive=LONG_AGO) is None
    no_length = Renewal(kind=RenewalKind.AUTOMATIC)
    assert extension_decision(contract(renewal=no_length), RULES, CALENDAR, golive=LONG_AGO) is not None
