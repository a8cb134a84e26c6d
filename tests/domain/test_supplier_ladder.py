"""The ladder towards the supplier: deadlines, what silence proposes, who decides, and what may not be done (domain.md 8.1)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contract import ContractClass
from domain.deviation import Deviation, DeviationState, LadderStep, Severity
from domain.errors import Refused
from domain.identifiers import DeviationId
from domain.people import ContractRole
from domain.rules.ladders import DeadlinePhase
from domain.supplier_deadlines import Deadline, next_deadline
from domain.supplier_ladder import StepProposal, Trigger, allow_step, decider_of, entry_step, triggered
from domain.supplier_silence import Coming, ComingKind, proposal, what_happens_if_nobody_acts
from tests.support.deviations import NOON, TODAY, calendar, deviation, shipped_rules, shipped_types

S = DeviationState
STOCKHOLM = ZoneInfo("Europe/Stockholm")
HIGH = ContractClass.HIGH


def local(month: int, day: int, hour: int, minute: int = 0, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM).astimezone(UTC)


def deadline(case: Deviation, contract_class: ContractClass | None = HIGH, *holidays: date) -> Deadline:
    kind = shipped_types().get(case.type or "")
    found = next_deadline(case, contract_class, shipped_rules(), calendar(*holidays), kind=kind)
    assert found is not None
    return found


def coming(case: Deviation, contract_class: ContractClass = HIGH) -> tuple[Coming, ...]:
    kind = shipped_types().get(case.type or "")
    return what_happens_if_nobody_acts(case, contract_class, shipped_rules(), calendar(), kind=kind)


def proposed(case: Deviation, now: datetime, contract_class: ContractClass = HIGH) -> StepProposal | None:
    kind = shipped_types().get(case.type or "")
    return proposal(case, contract_class, shipped_rules(), calendar(), now, kind=kind)


# ------------------------------------------------------------------ deadlines


@pytest.mark.parametrize(
    ("severity", "contract_class", "on"),
    [
        (Severity.MINOR, ContractClass.HIGH, date(2026, 12, 4)),
        (Severity.MODERATE, ContractClass.HIGH, date(2026, 11, 27)),
        (Severity.MODERATE, ContractClass.CRITICAL, date(2026, 11, 25)),
        (Severity.MODERATE, ContractClass.LOW, date(2026, 12, 2)),
        (Severity.SERIOUS, ContractClass.MEDIUM, date(2026, 11, 24)),
        (Severity.SERIOUS, ContractClass.CRITICAL, date(2026, 11, 23)),
    ],
)
def test_a_deviation_is_to_be_assessed_in_working_days_by_severity_and_class(
    severity: Severity,
    contract_class: ContractClass,
    on: date,
) -> None:
    found = deadline(deviation(severity=severity), contract_class)

    assert (found.phase, found.on, found.at) == (DeadlinePhase.ASSESS, on, None)


def test_red_days_are_no_working_days() -> None:
    assert deadline(deviation(), HIGH, date(2026, 11, 23)).on == date(2026, 11, 30)


def test_a_critical_one_reported_before_four_is_assessed_the_same_day() -> None:
    case = deviation(severity=Severity.CRITICAL, reported_at=local(11, 20, 15, 59))

    assert deadline(case).at == local(11, 20, 16)


@pytest.mark.parametrize("reported_at", [local(11, 20, 16), local(11, 20, 23), local(11, 21, 9), local(11, 22, 15)])
def test_a_critical_one_reported_later_is_assessed_at_ten_the_next_working_day(reported_at: datetime) -> None:
    case = deviation(severity=Severity.CRITICAL, reported_at=reported_at)

    assert deadline(case).at == local(11, 23, 10)


def test_a_data_incident_on_the_evening_before_easter_does_not_wait_until_tuesday() -> None:
    case = deviation(
        type="SAK_INCIDENT", severity=Severity.CRITICAL, is_emergency=True, reported_at=local(3, 25, 16, 5, year=2027)
    )

    found = deadline(case, HIGH, date(2027, 3, 26), date(2027, 3, 29))

    assert found.at == local(3, 25, 20, 5, year=2027)
    assert found.is_by_clock


def test_danger_runs_in_clock_hours_whatever_the_type() -> None:
    case = deviation(severity=Severity.CRITICAL, is_emergency=True, reported_at=local(11, 21, 23))

    assert deadline(case).at == local(11, 22, 1)


def test_the_time_to_tell_the_supplier_runs_from_the_report_since_that_is_when_we_knew() -> None:
    case = deviation(state=S.ASSESSED, reported_at=NOON, state_entered_at=NOON + timedelta(days=3))

    found = deadline(case)

    assert (found.phase, found.on) == (DeadlinePhase.CONTACT_SUPPLIER, date(2026, 11, 27))


def test_who_assessed_late_still_has_the_next_working_day_to_tell_the_supplier() -> None:
    case = deviation(state=S.ASSESSED, reported_at=NOON, state_entered_at=local(12, 10, 9))

    assert deadline(case).on == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("state", "severity", "phase", "days"),
    [
        (S.COMMUNICATED, Severity.MODERATE, DeadlinePhase.SUPPLIER_ANSWER, 10),
        (S.COMMUNICATED, Severity.MINOR, DeadlinePhase.RECTIFIED, 60),
        (S.COMPLAINT_SENT, Severity.SERIOUS, DeadlinePhase.SUPPLIER_ANSWER, 5),
        (S.PLAN_REQUESTED, Severity.MODERATE, DeadlinePhase.PLAN_HANDED_IN, 15),
        (S.PLAN_APPROVED, Severity.MODERATE, DeadlinePhase.RECTIFIED, 20),
        (S.IN_REMEDY, Severity.SERIOUS, DeadlinePhase.RECTIFIED, 15),
        (S.CLAIMED_FIXED, Severity.SERIOUS, DeadlinePhase.VERIFICATION, 10),
        (S.VERIFIED, Severity.SERIOUS, DeadlinePhase.SANCTION_DECISION, 15),
        (S.VERIFIED, Severity.MINOR, DeadlinePhase.VERIFICATION, 20),
        (S.SANCTION_PENDING, Severity.CRITICAL, DeadlinePhase.SANCTION_DECISION, 10),
        (S.DISPUTED, Severity.CRITICAL, DeadlinePhase.PLAN_ASSESSED, 2),
    ],
)
def test_each_state_waits_for_something(
    state: DeviationState,
    severity: Severity,
    phase: DeadlinePhase,
    days: int,
) -> None:
    entered = NOON + timedelta(days=10)
    case = deviation(state=state, severity=severity, state_entered_at=entered, supplier_notified_at=NOON)

    found = deadline(case)

    assert found.phase is phase
    assert found.on == calendar().add_working_days(entered.date(), days)


def test_what_the_supplier_promised_goes_before_our_number_of_days() -> None:
    case = deviation(state=S.IN_REMEDY, promised_on=date(2026, 11, 30))

    assert deadline(case) == Deadline(phase=DeadlinePhase.RECTIFIED, on=date(2026, 11, 30))


def test_a_case_on_hold_waits_until_its_day() -> None:
    assert deadline(deviation(state=S.ON_HOLD, hold_until=date(2027, 1, 11))).on == date(2027, 1, 11)


@pytest.mark.parametrize("state", [S.DRAFT, S.CLOSED, S.DISMISSED, S.MERGED])
def test_drafts_and_ended_cases_have_no_deadline_and_no_future(state: DeviationState) -> None:
    case = deviation(state=state)

    assert next_deadline(case, HIGH, shipped_rules(), calendar()) is None
    assert coming(case) == ()


def test_nobody_is_told_to_contact_a_supplier_about_our_own_faults() -> None:
    case = deviation(type="INT_AVSTEG", state=S.ASSESSED)

    assert deadline(case).phase is DeadlinePhase.RECTIFIED


def test_a_deadline_without_an_hour_lasts_its_whole_day() -> None:
    due = Deadline(phase=DeadlinePhase.ASSESS, on=date(2026, 11, 27))

    assert not due.is_passed(local(11, 27, 23, 59), STOCKHOLM)
    assert due.is_passed(local(11, 28, 0), STOCKHOLM)


# ------------------------------------------------------------------ silence


def test_what_happens_if_nobody_acts_is_told_in_order_and_ends_with_the_controller() -> None:
    future = coming(deviation())

    assert [(item.kind, item.at, item.told) for item in future] == [
        (ComingKind.DEADLINE, local(11, 27, 8), ContractRole.MANAGER),
        (ComingKind.PROPOSAL, local(12, 1, 8), ContractRole.MANAGER),
        (ComingKind.REMINDER, local(12, 3, 8), ContractRole.OWNER),
        (ComingKind.REMINDER, local(12, 7, 8), ContractRole.CONTROLLER),
    ]


def test_silence_at_the_first_step_proposes_dialogue_after_two_working_days_of_grace() -> None:
    assert proposed(deviation(), local(12, 1, 7)) is None
    assert proposed(deviation(), local(12, 1, 8)) == StepProposal(
        step=LadderStep.DIALOGUE, trigger=Trigger.NOT_ASSESSED, decider=ContractRole.MANAGER
    )


def test_silence_on_a_serious_one_proposes_the_written_complaint_at_once() -> None:
    found = proposed(deviation(severity=Severity.SERIOUS), local(12, 1, 16))

    assert found is not None
    assert found.step is LadderStep.COMPLAINT


def test_the_supplier_is_never_pressed_beyond_a_complaint_before_being_told() -> None:
    for step in (1, 2):
        found = proposed(deviation(state=S.ASSESSED, ladder_step=step), local(12, 24, 12))

        assert found == StepProposal(
            step=LadderStep.COMPLAINT, trigger=Trigger.SUPPLIER_NOT_TOLD, decider=ContractRole.MANAGER
        )


@pytest.mark.parametrize(
    ("state", "step", "to", "trigger", "decider"),
    [
        (S.COMMUNICATED, 1, 2, Trigger.NO_ANSWER, ContractRole.MANAGER),
        (S.COMPLAINT_SENT, 2, 3, Trigger.NO_ANSWER, ContractRole.OWNER),
        (S.PLAN_REQUESTED, 3, 4, Trigger.NO_PLAN, ContractRole.OWNER),
        (S.PLAN_APPROVED, 3, 4, Trigger.NOT_RECTIFIED, ContractRole.OWNER),
        (S.IN_REMEDY, 1, 2, Trigger.NOT_RECTIFIED, ContractRole.MANAGER),
        (S.CLAIMED_FIXED, 2, 3, Trigger.NOT_VERIFIED, ContractRole.OWNER),
        (S.SANCTION_PENDING, 4, 4, Trigger.SANCTION_UNDECIDED, ContractRole.OWNER),
        (S.DISPUTED, 2, 2, Trigger.PLAN_NOT_ASSESSED, ContractRole.MANAGER),
        (S.IN_REMEDY, 4, 5, Trigger.NOT_RECTIFIED, ContractRole.OWNER),
        (S.IN_REMEDY, 5, 5, Trigger.NOT_RECTIFIED, ContractRole.OWNER),
    ],
)
def test_silence_proposes_one_step_up_and_says_who_must_decide(
    state: DeviationState,
    step: int,
    to: int,
    trigger: Trigger,
    decider: ContractRole,
) -> None:
    case = deviation(state=state, ladder_step=step, state_entered_at=NOON, supplier_notified_at=NOON)

    assert proposed(case, NOON + timedelta(days=200)) == StepProposal(
        step=LadderStep(to), trigger=trigger, decider=decider
    )


def test_what_already_waits_for_a_decision_is_not_proposed_again() -> None:
    assert proposed(deviation(proposed_step=1), local(12, 24, 12)) is None


def test_an_emergency_nobody_takes_up_goes_on_by_the_hour() -> None:
    case = deviation(type="SAK_INCIDENT", severity=Severity.CRITICAL, is_emergency=True, reported_at=local(11, 21, 20))

    future = coming(case)

    assert [(item.at, item.told) for item in future] == [
        (local(11, 22, 0), ContractRole.MANAGER),
        (local(11, 22, 2), ContractRole.OWNER),
        (local(11, 22, 4), ContractRole.CONTROLLER),
    ]


def test_suspected_crime_is_told_to_the_controller_and_nobody_else() -> None:
    case = deviation(type="ARB_KRIM", severity=Severity.CRITICAL, is_emergency=True)
    told = {
        item.told
        for state in (S.REGISTERED, S.ASSESSED, S.IN_REMEDY, S.CLAIMED_FIXED, S.VERIFIED)
        for item in coming(replace(case, state=state))
    }

    assert told == {ContractRole.CONTROLLER}


def test_no_step_is_ever_proposed_for_our_own_faults() -> None:
    found = [
        item.proposal.step
        for state in (S.REGISTERED, S.ASSESSED, S.IN_REMEDY, S.CLAIMED_FIXED)
        for item in coming(deviation(type="INT_AVSTEG", state=state))
        if item.proposal
    ]

    assert set(found) == {LadderStep.OBSERVED}


cases = st.builds(
    deviation,
    state=st.sampled_from(S),
    severity=st.one_of(st.none(), st.sampled_from(Severity)),
    type=st.sampled_from(sorted(shipped_types())),
    ladder_step=st.integers(min_value=0, max_value=6),
    is_emergency=st.booleans(),
    reported_at=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    state_entered_at=st.one_of(
        st.none(),
        st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    ),
    promised_on=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2029, 1, 1))),
)


@given(case=cases, contract_class=st.one_of(st.none(), st.sampled_from(ContractClass)))
def test_the_future_is_in_order_told_once_and_never_rescinds(
    case: Deviation,
    contract_class: ContractClass | None,
) -> None:
    kind = shipped_types()[case.type or ""]
    future = what_happens_if_nobody_acts(case, contract_class, shipped_rules(), calendar(), kind=kind)

    assert [item.at for item in future] == sorted(item.at for item in future)
    assert len({item.key for item in future}) == len(future)
    assert all(len(item.key) <= 64 for item in future)
    assert [item for item in future if item.kind is ComingKind.PROPOSAL] or not future
    for item in future:
        if item.proposal:
            assert case.ladder_step <= item.proposal.step
            assert item.proposal.step <= max(case.ladder_step, LadderStep.WARNING)
            assert item.told in {ContractRole.MANAGER, ContractRole.OWNER, ContractRole.CONTROLLER}


@given(case=cases)
def test_every_open_case_has_a_future_so_none_is_forgotten(case: Deviation) -> None:
    if case.is_open and case.state is not S.ON_HOLD:
        assert coming(case)


# ------------------------------------------------------------------ what has happened


def several(count: int, **changes: Any) -> list[Deviation]:  # noqa: ANN401 - any field
    return [deviation(deviation_id=DeviationId(f"x{n}"), **changes) for n in range(count)]


def happened(case: Deviation, others: list[Deviation], **known: Any) -> StepProposal | None:  # noqa: ANN401
    return triggered(case, others, HIGH, shipped_rules(), TODAY, **known)


def test_the_same_thing_three_times_in_ninety_days_leads_to_an_action_plan() -> None:
    found = happened(deviation(), several(2))

    assert found is not None
    assert (found.step, found.trigger, found.decider) == (
        LadderStep.ACTION_PLAN,
        Trigger.REPEATED,
        ContractRole.OWNER,
    )


def test_twice_is_not_three_times() -> None:
    assert happened(deviation(), several(1)) is None


def test_a_failed_remedy_goes_one_step_up() -> None:
    found = happened(deviation(state=S.IN_REMEDY, ladder_step=1), [], remedy_failed=True)

    assert found is not None
    assert (found.step, found.trigger) == (LadderStep.COMPLAINT, Trigger.REMEDY_FAILED)


def test_two_serious_ones_open_on_one_contract_lead_to_an_action_plan() -> None:
    case = deviation(severity=Severity.SERIOUS)

    found = happened(case, several(1, severity=Severity.SERIOUS, type="LEV_FEL"))

    assert found is not None
    assert (found.step, found.trigger) == (LadderStep.ACTION_PLAN, Trigger.SEVERAL_SERIOUS)
    assert happened(case, several(1, severity=Severity.SERIOUS, type="LEV_FEL", state=S.CLOSED)) is None


def test_a_critical_one_beside_a_serious_one_is_no_less_than_two_serious() -> None:
    found = happened(deviation(severity=Severity.CRITICAL), several(1, severity=Severity.SERIOUS, type="LEV_FEL"))

    assert found is not None
    assert found.trigger is Trigger.SEVERAL_SERIOUS


def test_nothing_is_proposed_below_the_step_the_case_is_on() -> None:
    assert happened(deviation(ladder_step=4, state=S.SANCTION_PENDING), several(2)) is None


# ------------------------------------------------------------------ who may move it


def refused(case: Deviation, to: LadderStep, *roles: ContractRole, **known: Any) -> str:  # noqa: ANN401
    with pytest.raises(Refused) as caught:
        allow_step(case, to, set(roles), shipped_rules(), **known)
    return caught.value.text_key.removeprefix("deviation.refused.")


def test_the_manager_takes_the_first_two_steps_and_the_owner_the_plan() -> None:
    case = deviation(state=S.ASSESSED, ladder_step=1)

    allow_step(case, LadderStep.COMPLAINT, {ContractRole.MANAGER}, shipped_rules())
    on_two = replace(case, ladder_step=2)

    assert refused(on_two, LadderStep.ACTION_PLAN, ContractRole.MANAGER) == "only_owner"
    allow_step(on_two, LadderStep.ACTION_PLAN, {ContractRole.OWNER}, shipped_rules())


def test_a_serious_case_may_go_to_a_complaint_directly_and_the_owner_decides() -> None:
    case = deviation(state=S.ASSESSED, severity=Severity.SERIOUS)

    assert refused(case, LadderStep.COMPLAINT, ContractRole.MANAGER) == "only_owner"
    allow_step(case, LadderStep.COMPLAINT, {ContractRole.OWNER}, shipped_rules())


def test_steps_are_passed_over_by_the_controller_only_and_never_silently() -> None:
    case = deviation(state=S.ASSESSED, ladder_step=1)

    assert refused(case, LadderStep.ACTION_PLAN, ContractRole.OWNER) == "skip_needs_controller"
    assert refused(case, LadderStep.ACTION_PLAN, ContractRole.CONTROLLER) == "needs_reason"
    allow_step(case, LadderStep.ACTION_PLAN, {ContractRole.CONTROLLER}, shipped_rules(), note="Fjärde gången.")


def test_there_is_no_way_down_but_verification() -> None:
    case = deviation(state=S.IN_REMEDY, ladder_step=3)

    assert refused(case, LadderStep.DIALOGUE, ContractRole.CONTROLLER) == "step_down"
    assert refused(case, LadderStep.ACTION_PLAN, ContractRole.OWNER) == "already_on_step"


def test_a_case_is_assessed_before_it_climbs_and_does_not_climb_when_ended() -> None:
    assert refused(deviation(), LadderStep.DIALOGUE, ContractRole.MANAGER) == "step_before_assessed"
    assert refused(deviation(state=S.CLOSED), LadderStep.DIALOGUE, ContractRole.MANAGER) == "step_when_ended"


def test_our_own_faults_never_enter_the_ladder() -> None:
    kind = shipped_types()["INT_AVSTEG"]

    assert refused(deviation(state=S.ASSESSED), LadderStep.DIALOGUE, ContractRole.MANAGER, kind=kind) == "internal"


def test_a_vacant_owners_decision_falls_to_the_controller() -> None:
    case = deviation(state=S.COMPLAINT_SENT, ladder_step=2)

    assert refused(case, LadderStep.ACTION_PLAN, ContractRole.CONTROLLER) == "only_owner"
    allow_step(case, LadderStep.ACTION_PLAN, {ContractRole.CONTROLLER}, shipped_rules(), has_owner=False)


def test_a_warning_is_taken_up_the_line_by_the_owner_so_that_no_message_goes_above_the_controller() -> None:
    for step in (LadderStep.WARNING, LadderStep.RESCISSION):
        assert decider_of(step, Severity.MODERATE, shipped_rules()) is ContractRole.OWNER


def test_small_ones_enter_by_dialogue_and_grave_ones_by_complaint() -> None:
    assert [entry_step(severity) for severity in Severity] == [
        LadderStep.DIALOGUE,
        LadderStep.DIALOGUE,
        LadderStep.COMPLAINT,
        LadderStep.COMPLAINT,
    ]
