"""The reminder ladder takes one rung at a time, and never past somebody who was not reached."""

from dataclasses import replace
from datetime import date

from domain.climb import LastRung, Rest, Tell, Wait, climb, snoozed
from domain.contract import ContractClass
from domain.followup import Activity, Followup, FollowupState
from domain.identifiers import ContractId, FollowupId
from domain.people import ContractRole
from domain.reminder_ladder import Rung
from domain.working_days import WorkingCalendar

CALENDAR = WorkingCalendar(holidays=frozenset(), blackout_weeks=frozenset({28, 29, 30, 31, 51, 52, 53, 1}))
RUNGS = (
    Rung(level="N0", step="N0", offset_days=-10, to=ContractRole.MANAGER),
    Rung(level="N1", step="N1", offset_days=0, to=ContractRole.MANAGER),
    Rung(level="N3", step="N3", offset_days=5, to=ContractRole.OWNER),
)
DUE = date(2027, 3, 1)


def followup(**changes: object) -> Followup:
    row = Followup(
        followup_id=FollowupId("f"),
        contract_id=ContractId("c"),
        activity=Activity.QUARTERLY,
        period_key="2027-03-01",
        plan_version=1,
        due_on=DUE,
        state=FollowupState.PLANNED,
        contract_class=ContractClass.CRITICAL,
        ruleset_number=1,
        template_versions={},
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def test_nothing_is_said_before_the_first_rungs_day() -> None:
    move = climb(followup(), RUNGS, LastRung(), date(2027, 2, 12), CALENDAR)

    assert move == Wait(until=date(2027, 2, 15), reason="planned")


def test_the_first_rung_sounds_ten_open_days_before_the_due_date() -> None:
    move = climb(followup(), RUNGS, LastRung(), date(2027, 2, 15), CALENDAR)

    assert isinstance(move, Tell)
    assert move.step == "N0"
    assert move.next_on == DUE


def test_the_ladder_waits_while_the_last_notice_is_on_its_way() -> None:
    row = followup(rungs_done=2, state=FollowupState.NOTIFIED)

    move = climb(row, RUNGS, LastRung(is_waiting=True), date(2027, 3, 8), CALENDAR)

    assert move == Wait(until=date(2027, 3, 9), reason="not_delivered_yet")


def test_a_person_who_cannot_be_reached_is_not_taken_for_one_who_does_not_answer() -> None:
    row = followup(rungs_done=2, state=FollowupState.NOTIFIED)

    move = climb(row, RUNGS, LastRung(is_unreachable=True), date(2027, 3, 8), CALENDAR)

    assert move == Wait(until=date(2027, 3, 9), reason="unreachable")


def test_a_rung_delivered_late_pushes_the_next_one() -> None:
    row = followup(rungs_done=2, state=FollowupState.NOTIFIED)

    move = climb(row, RUNGS, LastRung(delivered_on=date(2027, 3, 5)), date(2027, 3, 8), CALENDAR)

    assert move == Wait(until=date(2027, 3, 12), reason="planned")


def test_silence_in_a_snooze_is_kept_until_its_day() -> None:
    row = snoozed(followup(rungs_done=1, state=FollowupState.NOTIFIED), date(2027, 3, 3))

    move = climb(row, RUNGS, LastRung(delivered_on=date(2027, 2, 15)), date(2027, 3, 2), CALENDAR)

    assert move == Wait(until=date(2027, 3, 3), reason="snoozed")


def test_after_a_snooze_the_same_rung_sounds_again_as_a_new_step() -> None:
    row = snoozed(followup(rungs_done=2, state=FollowupState.NOTIFIED), date(2027, 3, 3))

    move = climb(row, RUNGS, LastRung(delivered_on=date(2027, 2, 15)), date(2027, 3, 3), CALENDAR)

    assert isinstance(move, Tell)
    assert move.step == "N1.2"


def test_the_ladders_clock_stands_still_in_blackout_weeks() -> None:
    row = followup(rungs_done=2, state=FollowupState.NOTIFIED, due_on=date(2027, 7, 9))

    move = climb(row, RUNGS, LastRung(delivered_on=date(2027, 7, 9)), date(2027, 7, 19), CALENDAR)

    assert move == Wait(until=date(2027, 8, 13), reason="planned")


def test_an_answered_followup_rests() -> None:
    row = followup(state=FollowupState.SUBMITTED)

    assert climb(row, RUNGS, LastRung(), DUE, CALENDAR) == Rest(reason="submitted")


def test_a_climbed_ladder_rests() -> None:
    row = followup(state=FollowupState.NOTIFIED, rungs_done=len(RUNGS))

    assert climb(row, RUNGS, LastRung(delivered_on=DUE), date(2027, 6, 1), CALENDAR) == Rest(reason="climbed")
