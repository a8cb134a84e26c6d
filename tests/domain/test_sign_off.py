"""Who approves a follow-up that has been handed in, and when they are asked again."""

from datetime import date

import pytest

from domain.contract import ContractClass
from domain.people import Person, Role
from domain.roster import Roster, roster
from domain.sign_off import accepts_itself, may_sign, next_step, signers, step_on
from domain.working_days import WorkingCalendar
from tests.support.world import contract, person

OLLE = person("Olle Ägare", mail="olle.agare@exempel.example")
MIA = person("Mia Manager")
CARIN = person("Carin Controller", Role.CONTRACT_CONTROLLER)
CLEANING = contract("2026-0147")
CALENDAR = WorkingCalendar(holidays=frozenset(), blackout_weeks=frozenset({7}))
MONDAY = date(2027, 1, 25)


def who(*people: Person) -> Roster:
    return roster(people, has_people_file=True)


@pytest.mark.parametrize(
    ("contract_class", "is_enough"),
    [
        (ContractClass.CRITICAL, False),
        (ContractClass.HIGH, False),
        (ContractClass.MEDIUM, True),
        (ContractClass.LOW, True),
    ],
)
def test_green_is_enough_only_where_less_is_at_stake(contract_class: ContractClass, *, is_enough: bool) -> None:
    assert accepts_itself(contract_class, is_green=True) is is_enough


@pytest.mark.parametrize("contract_class", list(ContractClass))
def test_nothing_accepts_itself_that_is_not_green(contract_class: ContractClass) -> None:
    assert not accepts_itself(contract_class, is_green=False)


def test_the_owner_approves() -> None:
    assert signers(who(MIA, OLLE, CARIN), CLEANING, MIA.mail) == (OLLE,)


def test_without_an_owner_the_controller_approves() -> None:
    assert signers(who(MIA, CARIN), CLEANING, MIA.mail) == (CARIN,)


def test_the_owner_s_own_work_is_read_by_the_controller() -> None:
    assert signers(who(MIA, OLLE, CARIN), CLEANING, OLLE.mail) == (CARIN,)


def test_with_nobody_else_at_all_one_approves_one_s_own() -> None:
    assert signers(who(OLLE), CLEANING, OLLE.mail) == (OLLE,)


def test_the_controller_may_approve_only_once_they_have_been_asked() -> None:
    people = who(MIA, OLLE, CARIN)
    early, late = step_on(MONDAY, date(2027, 2, 1), CALENDAR), step_on(MONDAY, date(2027, 2, 8), CALENDAR)

    assert not may_sign(CARIN, people, CLEANING, MIA.mail, early)
    assert may_sign(CARIN, people, CLEANING, MIA.mail, late)
    assert not may_sign(MIA, people, CLEANING, MIA.mail, late)


@pytest.mark.parametrize(
    ("today", "step"),
    [(MONDAY, "S0"), (date(2027, 1, 29), "S0"), (date(2027, 2, 1), "S1"), (date(2027, 2, 8), "S2")],
)
def test_asked_at_once_and_after_five_and_ten_open_days(today: date, step: str) -> None:
    assert step_on(MONDAY, today, CALENDAR).step == step


def test_nobody_is_asked_again_after_the_last_time() -> None:
    assert next_step(MONDAY, date(2027, 2, 8), CALENDAR) is None


def test_closed_weeks_do_not_count() -> None:
    """Week 7 is closed: ten open days from 4 February end a week later than they would."""
    assert step_on(date(2027, 2, 4), date(2027, 2, 18), CALENDAR).step == "S1"
    assert step_on(date(2027, 2, 4), date(2027, 2, 25), CALENDAR).step == "S2"
