"""The clock of our own silence: it starts when we know, stops when we have spoken, and tells before it is too late."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from domain.case_file import SanctionAnswer, SanctionDecision
from domain.contract import ContractClass
from domain.contract_right import ContractRight, RightKind, TimeLimit
from domain.deviation import Deviation, DeviationState, Severity
from domain.identifiers import ContractId
from domain.passivity import clocked, days_undecided, days_untold, drafts_letter, passivity_moments
from domain.people import ContractRole
from domain.supplier_silence import Coming, ComingKind
from tests.support.deviations import NOON, TODAY, calendar, deviation, shipped_rules, shipped_types

RIGHTS = (
    ContractRight(contract_id=ContractId("c1"), kind=RightKind.PENALTY),
    ContractRight(contract_id=ContractId("c1"), kind=RightKind.RECTIFICATION),
)
ASSESSED = deviation(state=DeviationState.ASSESSED, state_entered_at=NOON)
OWNER, MANAGER, CONTROLLER = ContractRole.OWNER, ContractRole.MANAGER, ContractRole.CONTROLLER


def decision(answer: SanctionAnswer, until: date | None = None) -> SanctionDecision:
    return SanctionDecision(
        deviation_id=ASSESSED.deviation_id,
        kind=RightKind.PENALTY,
        answer=answer,
        reason="",
        reserved_until=until,
        reference=None,
        amount_sek=None,
        decided_by="olle@exempel.example",
        decided_at=NOON,
    )


def moments(case: Deviation, type_code: str = "LEV_UTEBLIVEN") -> tuple[Coming, ...]:
    kind = shipped_types()[type_code]
    return passivity_moments(case, ContractClass.HIGH, shipped_rules(), calendar(), kind=kind)


def told(case: Deviation, kind: ComingKind) -> list[tuple[str, ContractRole]]:
    return [(item.on.isoformat(), item.told) for item in moments(case) if item.kind is kind]


def set_to(case: Deviation, decisions: Iterable[SanctionDecision] = (), today: date = TODAY) -> Deviation:
    return clocked(case, RIGHTS, decisions, NOON, today)


def test_the_clock_of_an_unanswered_right_starts_when_the_case_is_assessed() -> None:
    assert set_to(ASSESSED).sanction_since == NOON
    assert set_to(deviation()).sanction_since is None


@pytest.mark.parametrize("answer", [SanctionAnswer.YES, SanctionAnswer.NO])
def test_it_stops_when_every_right_is_answered(answer: SanctionAnswer) -> None:
    assert set_to(set_to(ASSESSED), [decision(answer)]).sanction_since is None


def test_it_runs_on_from_where_it_started() -> None:
    since = NOON - timedelta(days=9)

    assert set_to(deviation(state=DeviationState.IN_REMEDY, sanction_since=since)).sanction_since == since


def test_a_reservation_stops_it_until_its_day_and_then_it_starts_again() -> None:
    until = TODAY + timedelta(days=10)
    reserved = set_to(ASSESSED, [decision(SanctionAnswer.RESERVED, until)])

    again = set_to(reserved, [decision(SanctionAnswer.RESERVED, until)], until + timedelta(days=1))

    assert (reserved.sanction_since, reserved.reserved_until) == (None, until)
    assert (again.sanction_since, again.reserved_until) == (NOON, None)


@pytest.mark.parametrize(
    "case",
    [
        deviation(state=DeviationState.ASSESSED, severity=Severity.MINOR),
        deviation(state=DeviationState.CLOSED),
        deviation(state=DeviationState.REGISTERED),
    ],
    ids=["minor", "closed", "not assessed"],
)
def test_nothing_is_asked_of_what_is_small_ended_or_not_assessed(case: Deviation) -> None:
    assert set_to(case).sanction_since is None


def test_nothing_is_asked_about_ourselves() -> None:
    assert clocked(ASSESSED, RIGHTS, (), NOON, TODAY, kind=shipped_types()["INT_AVSTEG"]).sanction_since is None


def test_days_are_counted_from_when_we_knew_and_from_when_an_answer_was_possible() -> None:
    later = TODAY + timedelta(days=6)

    assert days_untold(ASSESSED, shipped_types()["LEV_SEN"], later) == 6
    assert days_undecided(set_to(ASSESSED), later) == 6


@pytest.mark.parametrize("type_code", ["INT_AVSTEG", "ARB_KRIM"])
def test_nobody_is_untold_where_nobody_is_to_be_told(type_code: str) -> None:
    assert days_untold(ASSESSED, shipped_types()[type_code], TODAY + timedelta(days=6)) == 0
    assert [item for item in moments(ASSESSED, type_code) if item.kind is ComingKind.UNTOLD] == []


def test_manager_and_owner_hear_the_morning_after_the_deadline_for_telling_the_supplier() -> None:
    # Moderate: five working days from Friday 20 November are over on Friday 27; the next working day is Monday 30.
    assert told(ASSESSED, ComingKind.UNTOLD) == [("2026-11-30", MANAGER), ("2026-11-30", OWNER)]
    assert told(deviation(), ComingKind.UNTOLD) == [("2026-11-30", MANAGER), ("2026-11-30", OWNER)]


def test_a_contracts_own_complaint_time_hurries_it() -> None:
    limited = deviation(
        state=DeviationState.ASSESSED,
        state_entered_at=NOON,
        limits=(TimeLimit(kind=RightKind.COMPLAINT_TIME, days=3),),
    )

    assert told(limited, ComingKind.UNTOLD)[0] == ("2026-11-24", MANAGER)


def test_a_told_supplier_ends_it() -> None:
    assert told(deviation(supplier_notified_at=NOON), ComingKind.UNTOLD) == []


def test_being_mended_without_having_been_told_is_still_untold() -> None:
    mended = deviation(state=DeviationState.IN_REMEDY, state_entered_at=NOON)

    assert told(mended, ComingKind.UNTOLD) != []


def test_owner_and_manager_hear_after_twenty_working_days_without_an_answer_and_the_controller_after_them() -> None:
    assert told(set_to(ASSESSED), ComingKind.UNDECIDED) == [
        ("2026-12-18", OWNER),
        ("2026-12-18", MANAGER),
        ("2026-12-22", CONTROLLER),
    ]


def test_a_reservation_is_told_of_five_working_days_before_it_ends_and_when_it_has() -> None:
    reserved = set_to(ASSESSED, [decision(SanctionAnswer.RESERVED, date(2027, 1, 15))])

    assert told(reserved, ComingKind.RESERVATION_ENDING) == [("2027-01-08", OWNER)]
    assert told(reserved, ComingKind.RESERVATION_ENDED) == [("2027-01-18", OWNER), ("2027-01-18", MANAGER)]


def test_where_owner_and_manager_may_be_concerned_only_the_controller_is_told() -> None:
    assert {item.told for item in moments(set_to(ASSESSED), "ARB_KRIM")} == {CONTROLLER}


def test_a_complaint_is_drafted_for_what_is_grave_enough() -> None:
    grave, small = moments(ASSESSED)[0], moments(deviation(severity=Severity.MINOR))[0]

    assert drafts_letter(ASSESSED, grave, shipped_rules())
    assert not drafts_letter(deviation(severity=Severity.MINOR), small, shipped_rules())


@pytest.mark.parametrize("state", [state for state in DeviationState if state is not DeviationState.DRAFT])
def test_every_open_case_has_moments_and_no_ended_one_has(state: DeviationState) -> None:
    case = set_to(deviation(state=state, state_entered_at=NOON, hold_until=TODAY + timedelta(days=9)))

    assert bool(moments(case)) is case.is_open
