"""The draft of a deviation: the first words never change, one question at a time, and severity follows what is known."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deviation import Deviation, DeviationState, Severity
from domain.deviation_types import AskFor
from domain.drafting import MOST_WORDS, MUST_BE_ANSWERED, check_answered, corrected, drafted, question_of, skipped
from domain.errors import Refused
from domain.identifiers import ContractId, DeviationId
from domain.report import Correction, Report
from tests.support.deviations import NOON, TODAY, deviation, shipped_types
from tests.support.world import contract

KIND = shipped_types()["LEV_UTEBLIVEN"]


def draft(**changes: object) -> Deviation:
    return deviation(state=DeviationState.DRAFT, number=None, reasons=("type",), **changes)


def change(before: Deviation, **said: object) -> Deviation:
    return corrected(before, Correction(**said), contract=None, kind=KIND, today=TODAY)  # type: ignore[arg-type]


def test_a_report_becomes_a_draft_that_ends_in_a_day() -> None:
    made = drafted(
        Report(description="Städningen uteblev."), DeviationId("d1"), by="a@b.example", at=NOON, today=TODAY, rules=3
    )

    assert (made.state, made.occurred_from, made.ruleset_number) == (DeviationState.DRAFT, TODAY, 3)
    assert made.next_action_at == NOON + timedelta(hours=24)


@given(
    addition=st.text(min_size=1, max_size=200),
    location=st.text(max_size=50),
    count=st.integers(1, 99),
    severity=st.sampled_from(Severity),
)
def test_no_correction_touches_the_first_words(addition: str, location: str, count: int, severity: Severity) -> None:
    before = draft()

    after = change(before, addition=addition, location=location, occurrence_count=count, severity=severity)

    assert after.description == before.description
    assert after.additions == (addition.strip(),)


def test_named_days_give_period_and_number_of_times() -> None:
    days = (TODAY, TODAY - timedelta(days=2), TODAY - timedelta(days=4))

    after = change(draft(missing=("which_days", "supplier_told")), occurred_days=days, answers=AskFor.WHICH_DAYS)

    assert (after.occurred_from, after.occurred_to, after.occurrence_count) == (days[2], days[0], 3)
    assert question_of(after) is AskFor.SUPPLIER_TOLD


def test_naming_one_day_of_three_leaves_it_at_three_times() -> None:
    after = change(draft(occurrence_count=3), occurred_days=(TODAY,))

    assert (after.occurrence_count, after.occurred_days) == (3, (TODAY,))


def test_other_days_than_those_named_before_are_counted_anew() -> None:
    before = change(draft(), occurred_days=(TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=2)))

    assert change(before, occurred_days=(TODAY, TODAY - timedelta(days=4))).occurrence_count == 2


def test_another_day_takes_the_named_days_away() -> None:
    before = change(draft(), occurred_days=(TODAY, TODAY - timedelta(days=1)))

    after = change(before, occurred_from=TODAY - timedelta(days=7))

    assert after.occurred_days == ()
    assert after.occurred_from == after.occurred_to == TODAY - timedelta(days=7)


@pytest.mark.parametrize(
    "said",
    [
        {"occurred_from": TODAY + timedelta(days=2)},
        {"occurred_days": (TODAY + timedelta(days=9),)},
        {"occurred_to": date(2099, 1, 1)},
        {"occurred_from": TODAY, "occurred_to": TODAY - timedelta(days=1)},
    ],
)
def test_days_to_come_and_periods_that_end_before_they_begin_are_refused(said: dict[str, object]) -> None:
    with pytest.raises(Refused):
        change(draft(), **said)


def test_severity_is_proposed_anew_when_what_it_hangs_on_changes() -> None:
    after = change(draft(severity=Severity.MODERATE), occurrence_count=3)

    assert (after.severity, after.reasons[0]) == (Severity.SERIOUS, "three_times")


def test_a_severity_somebody_chose_is_kept() -> None:
    chosen = change(draft(), severity=Severity.MINOR)

    after = change(chosen, occurrence_count=9, amount_sek=Decimal(90_000))

    assert (after.severity, after.reasons) == (Severity.MINOR, ())


def test_another_contract_makes_it_look_for_a_twin_again() -> None:
    before = draft(is_told_apart=True)
    other = contract("2026-9")

    after = corrected(before, Correction(contract_id=ContractId("c-2026-9")), contract=other, kind=KIND, today=TODAY)

    assert not after.is_told_apart
    assert after.contract_number == "2026-9"


@pytest.mark.parametrize("asked", sorted(MUST_BE_ANSWERED))
def test_what_a_case_cannot_be_without_is_never_passed_over(asked: AskFor) -> None:
    with pytest.raises(Refused):
        skipped(draft(missing=(asked.value,)))


def test_every_other_question_is_passed_over_one_by_one() -> None:
    before = draft(missing=("which_days", "photo", "supplier_told"))

    assert skipped(before).missing == ("photo", "supplier_told")


def test_a_doubt_about_the_day_keeps_it_from_being_registered() -> None:
    with pytest.raises(Refused):
        check_answered(draft(missing=("when",)))


def test_additions_count_towards_the_length_of_the_report() -> None:
    with pytest.raises(Refused):
        change(draft(), addition="x" * MOST_WORDS)
