"""What a case keeps of what was said when it moved."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.case_guards import CaseFacts
from domain.case_moves import moved
from domain.deviation import Deviation, DeviationState, LadderStep, Severity
from domain.identifiers import DeviationId

S = DeviationState
NOW = datetime(2027, 2, 10, 9, 0, tzinfo=UTC)
CASE = Deviation(
    deviation_id=DeviationId("d1"),
    number="AVV-2027-0001",
    contract_id=None,
    contract_number=None,
    type="LEV_SEN",
    severity=Severity.MODERATE,
    state=S.ASSESSED,
    description="Maten kom sent.",
    reported_by="mia@kommun.example",
    reported_at=NOW,
)


def facts(**said: object) -> CaseFacts:
    return CaseFacts(now=NOW, **said)  # type: ignore[arg-type]


def test_the_day_the_supplier_was_told_is_kept_not_the_day_it_was_written_down() -> None:
    told = moved(CASE, S.COMMUNICATED, facts(told_on=date(2027, 2, 5), told_how="phone", told_whom="Anna"))

    assert told.supplier_notified_at == datetime(2027, 2, 5, 12, tzinfo=UTC)
    assert (told.supplier_told_how, told.supplier_told_whom) == ("phone", "Anna")
    assert told.ladder_step == LadderStep.DIALOGUE


def test_the_day_a_letter_gives_holds_until_the_case_moves_on() -> None:
    sent = moved(CASE, S.COMPLAINT_SENT, facts(answer_due_on=date(2027, 2, 20)))
    mending = moved(sent, S.IN_REMEDY, facts())

    assert sent.answer_due_on == date(2027, 2, 20)
    assert mending.answer_due_on is None


def test_a_remedy_that_failed_is_counted_and_its_promise_forgotten() -> None:
    claimed = moved(replace(CASE, state=S.IN_REMEDY, promised_on=date(2027, 2, 9)), S.CLAIMED_FIXED, facts())
    again = moved(claimed, S.IN_REMEDY, facts(reason="Samma fel i dag"))

    assert claimed.promised_on is None
    assert again.failed_remedies == 1


def test_a_case_on_hold_remembers_where_it_came_from() -> None:
    held = moved(CASE, S.ON_HOLD, facts(reason="Väntar", hold_until=date(2027, 3, 1)))

    assert (held.held_from, held.hold_until) == (S.ASSESSED, date(2027, 3, 1))
    assert moved(held, S.ASSESSED, facts()).held_from is None


def test_who_verified_and_how_is_kept_when_the_case_closes() -> None:
    verified = moved(
        replace(CASE, state=S.CLAIMED_FIXED), S.VERIFIED, facts(actor_mail="eva@k.example", how_verified="Sett")
    )
    closed = moved(verified, S.CLOSED, facts(reason="Klart"))

    assert (closed.verified_by, closed.how_verified, closed.closed_at) == ("eva@k.example", "Sett", NOW)


def test_a_reopened_case_is_a_relapse_and_nothing_is_verified_any_longer() -> None:
    closed = replace(CASE, state=S.CLOSED, closed_at=NOW, verified_by="eva@k.example", verified_at=NOW)

    again = moved(closed, S.REGISTERED, facts(reason="Samma fel"))

    assert again.reopened_count == 1
    assert (again.closed_at, again.verified_by) == (None, None)


@pytest.mark.parametrize("ended", [S.CLOSED, S.DISMISSED, S.MERGED])
def test_nothing_is_proposed_for_a_case_that_has_ended(ended: DeviationState) -> None:
    assert moved(replace(CASE, proposed_step=3), ended, facts(reason="x")).proposed_step is None
