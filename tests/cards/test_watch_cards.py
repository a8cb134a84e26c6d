"""Watched dates: the legal ones that alarm, those the controller sorts, and what was decided."""

from datetime import date

import pytest

from cards.watch import watch_card, watch_done_card, watch_raised_card, watch_undone_card
from domain.people import Language
from domain.watch import WatchKind, WatchState
from tests.support.card_checks import buttons_of, fields_of, texts_of
from tests.support.specimens import watch, watch_view

DECISION = {
    "decision": "extend",
    "decided_by": "Karl Strand",
    "decided_on": "2027-03-05",
    "notice_sent_on": "2027-03-06",
    "notice_how": "E-post med kvittens",
}


def test_settling_a_legal_date_records_who_decided_and_how_notice_was_sent() -> None:
    fields = fields_of(watch_card(watch_view(), Language.SV))

    assert set(fields) == {
        "decision",
        "decided_by",
        "decided_on",
        "decision_number",
        "notice_sent_on",
        "notice_how",
        "who",
    }
    assert {name for name, field in fields.items() if field.get("isRequired")} == {
        "decision",
        "decided_by",
        "decided_on",
    }


@pytest.mark.parametrize("state", [WatchState.TRIAGE, WatchState.LAPSED])
def test_the_controller_decides_takes_up_or_dismisses_what_has_passed(state: WatchState) -> None:
    card = watch_card(watch_view(watch=watch(state=state)), Language.SV)

    assert set(buttons_of(card)) == {"watch.decided", "watch.raise", "watch.dismiss"}
    assert fields_of(card)["reason"]["isRequired"]


def test_an_expired_contract_needs_a_note_and_no_decision_on_extension() -> None:
    gone = watch(state=WatchState.TRIAGE, kind=WatchKind.EXPIRED, on=date(2026, 11, 1))

    card = watch_card(watch_view(watch=gone), Language.SV)

    assert set(fields_of(card)) == {"done_on", "done_note", "reason"}
    assert "Avtalet gick ut söndag 1 november." in texts_of(card)


def test_a_settled_date_says_what_was_decided_by_whom_and_how_notice_went() -> None:
    done = watch_view(watch=watch(state=WatchState.DONE, decision=DECISION), settled_by_name="Maria Åker")

    said = texts_of(watch_card(done, Language.SV))

    assert "Maria Åker svarade." in said
    assert "Avtalet förlängs" in said
    assert "5 mars 2027" in said
    assert "E-post med kvittens" in said


def test_a_contract_that_renewed_itself_is_said_to_have_done_so() -> None:
    done = watch_view(watch=watch(state=WatchState.DONE), renews_automatically=True)

    assert "Avtalet förlängdes av sig självt." in texts_of(watch_card(done, Language.SV))


def test_a_date_that_is_only_told_asks_for_nothing() -> None:
    start = watch(kind=WatchKind.NEW_PROCUREMENT_START, state=WatchState.DONE)

    card = watch_card(watch_view(watch=start), Language.SV)

    assert buttons_of(card)["answers.say"]["subject"] == "avtal 2026-0147"
    assert fields_of(card) == {}


def test_what_was_settled_can_be_undone() -> None:
    done = watch_view(watch=watch(state=WatchState.DONE, decision=DECISION))

    assert "watch.undo" in buttons_of(watch_done_card(done, Language.SV))
    assert "watch.already_done" in buttons_of(watch_undone_card(watch_view(), Language.SV))


def test_taking_up_a_date_says_who_will_hear_of_it() -> None:
    card = watch_raised_card(watch_view(), Language.SV, told_names=["Karl Strand", "Maria Åker"])
    nobody = watch_raised_card(watch_view(), Language.SV, told_names=[])

    assert "Karl Strand och Maria Åker" in texts_of(card)
    assert "Utse någon först." in texts_of(nobody)
