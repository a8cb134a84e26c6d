"""Which follow-up comes first, and which are something to do now."""

from datetime import date

from domain.contract import ContractClass
from domain.followup import Activity, Followup, FollowupState
from domain.urgency import among_equals, is_current, urgency
from tests.support.followups import followup

TODAY = date(2027, 1, 25)
BEGUN = followup(followup_id="begun", state=FollowupState.IN_PROGRESS, due_on=date(2027, 3, 1))
LATE_LOW = followup(followup_id="late_low", due_on=date(2026, 12, 1), contract_class=ContractClass.LOW)
LATE_CRITICAL = followup(followup_id="late_critical", due_on=date(2027, 1, 20))
SOON = followup(followup_id="soon", due_on=date(2027, 1, 26), contract_class=ContractClass.LOW)
LATER = followup(followup_id="later", due_on=date(2027, 2, 8))


def test_begun_then_late_by_class_then_by_day() -> None:
    rows: list[Followup] = [LATER, SOON, LATE_LOW, LATE_CRITICAL, BEGUN]

    rows.sort(key=lambda row: urgency(row, TODAY))

    assert [row.followup_id for row in rows] == ["begun", "late_critical", "late_low", "soon", "later"]


def test_equals_are_ordered_by_activity_and_contract_and_not_by_chance() -> None:
    numbers = {"a": "2026-0002", "b": "2026-0001", "c": "2026-0001"}
    rows: list[Followup] = [
        followup(followup_id="a", activity=Activity.QUARTERLY),
        followup(followup_id="b", activity=Activity.PULSE),
        followup(followup_id="c", activity=Activity.QUARTERLY),
    ]

    rows.sort(key=lambda row: urgency(row, TODAY, numbers[row.followup_id]))

    assert [row.followup_id for row in rows] == ["c", "a", "b"]


def test_every_activity_has_its_place_among_equals() -> None:
    places = {among_equals(followup(activity=activity), "1") for activity in Activity}

    assert len(places) == len(Activity)


def test_what_nobody_has_been_told_of_is_shown_a_month_ahead() -> None:
    near = followup(state=FollowupState.PLANNED, due_on=date(2027, 2, 25))
    far = followup(state=FollowupState.PLANNED, due_on=date(2027, 2, 26))

    assert is_current(near, TODAY)
    assert not is_current(far, TODAY)


def test_what_has_been_told_of_is_shown_however_far_ahead() -> None:
    assert is_current(followup(due_on=date(2027, 12, 1)), TODAY)


def test_what_is_closed_is_nothing_to_do() -> None:
    assert not is_current(followup(state=FollowupState.ACCEPTED), TODAY)
