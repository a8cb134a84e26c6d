"""The internal reminder ladder: days, late deliveries, and what happens if nobody answers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contract import ContractClass
from domain.people import ContractRole
from domain.reminder_ladder import future, next_rung_day, rung_day
from tests.support.planning import shipped_ruleset, swedish

RULES = shipped_ruleset()
CALENDAR = swedish()
CRITICAL = RULES.rungs(ContractClass.CRITICAL)
DUE = date(2026, 11, 20)  # a Friday in an ordinary week
DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2035, 12, 31))
CLASSES = st.sampled_from(list(ContractClass))


def test_critical_contracts_climb_the_whole_ladder_in_twenty_working_days() -> None:
    planned = [(rung.step, rung_day(DUE, rung, CALENDAR)) for rung in CRITICAL]

    assert planned == [
        ("N0", date(2026, 11, 6)),
        ("N1a", date(2026, 11, 17)),
        ("N1b", date(2026, 11, 20)),
        ("N2", date(2026, 11, 25)),
        ("N3", date(2026, 11, 27)),
        ("N4", date(2026, 12, 4)),
    ]


@pytest.mark.parametrize(
    ("contract_class", "owner_told"),
    [
        (ContractClass.CRITICAL, date(2026, 11, 27)),
        (ContractClass.HIGH, date(2026, 12, 4)),
        (ContractClass.MEDIUM, date(2027, 1, 15)),  # the ladder's clock stands still over Christmas
        (ContractClass.LOW, date(2027, 1, 29)),
    ],
)
def test_owner_is_told_after_the_silence_the_class_allows(contract_class: ContractClass, owner_told: date) -> None:
    told = future(DUE, RULES.rungs(contract_class), 0, CALENDAR)

    assert [day for rung, day in told if rung.to is ContractRole.OWNER] == [owner_told]


def test_the_controller_only_reads_of_low_contracts_in_the_report() -> None:
    told = future(DUE, RULES.rungs(ContractClass.LOW), 0, CALENDAR)

    assert ContractRole.CONTROLLER not in {rung.to for rung, _ in told}


def test_a_reminder_delivered_late_gives_its_full_time_before_the_next() -> None:
    delivered_late = date(2026, 11, 25)

    following = next_rung_day(DUE, CRITICAL, 4, delivered_late, CALENDAR)

    assert following == date(2026, 11, 27)
    assert next_rung_day(DUE, CRITICAL, 4, date(2026, 12, 1), CALENDAR) == date(2026, 12, 3)


def test_the_ladder_ends() -> None:
    assert next_rung_day(DUE, CRITICAL, len(CRITICAL), DUE, CALENDAR) is None
    assert future(DUE, CRITICAL, len(CRITICAL), CALENDAR) == ()


def test_a_decision_due_in_the_summer_is_reminded_of_before_and_after_it() -> None:
    due_in_july = date(2026, 7, 15)

    days = [rung_day(due_in_july, rung, CALENDAR) for rung in CRITICAL]

    assert days[2] == date(2026, 7, 3)
    assert days[3] == date(2026, 8, 5)


@given(due_on=DAYS, contract_class=CLASSES)
def test_rungs_sound_in_order_on_open_days_only(due_on: date, contract_class: ContractClass) -> None:
    told = future(due_on, RULES.rungs(contract_class), 0, CALENDAR)

    days = [day for _, day in told]
    assert days == sorted(set(days))
    assert all(CALENDAR.is_open_day(day) for day in days)


@given(due_on=DAYS, contract_class=CLASSES, done=st.integers(min_value=1, max_value=4), delivered=DAYS)
def test_no_rung_comes_before_its_day_or_cuts_the_time_to_answer(
    due_on: date,
    contract_class: ContractClass,
    done: int,
    delivered: date,
) -> None:
    rungs = RULES.rungs(contract_class)

    following = next_rung_day(due_on, rungs, done, delivered, CALENDAR)

    assert following is not None
    assert following >= rung_day(due_on, rungs[done], CALENDAR)
    interval = rungs[done].offset_days - rungs[done - 1].offset_days
    assert CALENDAR.open_days_between(delivered, following) >= interval
