"""A follow-up's own card, its outcomes and the list of one's own."""

from datetime import date

import pytest

from cards.card import Card
from cards.followup import item_card, my_followups_card, state_card
from cards.followup_outcomes import already_done_card, cannot_card, snoozed_card, undone_card, wrong_person_card
from domain.contract import Renewal, RenewalKind
from domain.followup import Activity, FollowupState
from domain.people import Language
from tests.support.card_checks import buttons_of, fields_of, texts_of
from tests.support.specimens import contract, followup, followup_view, late_view


def test_every_way_of_answering_is_one_press_away() -> None:
    card = item_card(followup_view(), Language.SV)

    assert set(buttons_of(card)) == {
        "followup.start",
        "followup.snooze",
        "followup.wrong_person",
        "followup.already_done",
        "followup.cannot",
    }
    assert set(fields_of(card)) == {"until", "who", "done_on", "done_note", "reason"}
    assert len(card.content["actions"]) == 5


def test_only_what_must_be_said_is_required() -> None:
    fields = fields_of(item_card(followup_view(), Language.SV))

    assert {name for name, field in fields.items() if field.get("isRequired")} == {
        "until",
        "done_on",
        "done_note",
        "reason",
    }


def test_a_required_field_never_stands_in_the_way_of_starting() -> None:
    card = item_card(followup_view(), Language.SV)

    assert [part for part in card.content["body"] if part["type"].startswith("Input.")] == []


def test_a_follow_up_can_be_put_off_from_tomorrow_to_the_last_day_of_the_rules() -> None:
    until = fields_of(item_card(followup_view(), Language.SV))["until"]

    assert (until["min"], until["max"]) == ("2027-03-09", "2027-03-22")


def test_a_follow_up_put_off_twice_cannot_be_put_off_again() -> None:
    assert "followup.snooze" not in buttons_of(item_card(followup_view(snoozes_left=0), Language.SV))


def test_a_started_follow_up_is_continued() -> None:
    started = followup(state=FollowupState.IN_PROGRESS)

    said = texts_of(item_card(followup_view(followup=started, answered_count=3, question_count=12), Language.SV))

    assert "Fortsätt" in said
    assert "Börja nu" not in said
    assert "Du har svarat på 3 av 12 frågor." in said


def test_an_owner_who_helps_takes_it_or_hands_it_on_but_does_not_put_it_off() -> None:
    card = item_card(late_view(), Language.SV, is_own=False)

    assert "followup.snooze" not in buttons_of(card)
    assert "Jag gör den själv" in texts_of(card)
    assert "Någon annan tar över" in texts_of(card)


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        (RenewalKind.OPTION, ["extend", "not_extend"]),
        (RenewalKind.AUTOMATIC, ["terminate", "let_renew"]),
    ],
)
def test_an_extension_decision_is_recorded_with_what_can_be_decided(kind: RenewalKind, choices: list[str]) -> None:
    decision = followup(activity=Activity.EXTENSION_DECISION, modules=())
    view = followup_view(followup=decision, contract=contract(renewal=Renewal(kind=kind)))

    field = fields_of(item_card(view, Language.SV))["decision"]

    assert [choice["value"] for choice in field["choices"]] == choices


def test_a_button_knows_the_row_it_was_drawn_from() -> None:
    data = buttons_of(item_card(followup_view(), Language.SV))["followup.start"]

    assert data["subject"] == followup().followup_id
    assert data["rev"] == 4
    assert data["notice"] == followup_view().notice_id


def test_an_old_card_of_a_finished_follow_up_says_where_it_stands() -> None:
    card = item_card(followup_view(followup=followup(state=FollowupState.ACCEPTED)), Language.SV)

    assert "Läget nu: Klar." in texts_of(card)
    assert set(buttons_of(card)) == {"answers.say"}


def test_only_the_owner_is_asked_to_approve_what_has_been_handed_in() -> None:
    view = followup_view(followup=followup(state=FollowupState.SUBMITTED))

    assert "followup.show" not in buttons_of(state_card(view, Language.SV))
    assert "followup.show" in buttons_of(state_card(view, Language.SV, may_review=True))


def _outcomes() -> dict[str, Card]:
    snoozed = followup_view(followup=followup(snoozed_until=date(2027, 3, 15)), snoozes_left=1)
    view = followup_view()
    return {
        "snoozed": snoozed_card(snoozed, Language.SV),
        "handed": wrong_person_card(view, Language.SV, new_name="Samira Holm", controller_name=None),
        "asked": wrong_person_card(view, Language.SV, new_name=None, controller_name="Leila Gran"),
        "done": already_done_card(view, Language.SV, sign_off_name="Karl Strand"),
        "cannot": cannot_card(view, Language.SV, reason="Konkurs.", told_name="Karl Strand"),
    }


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("snoozed", ("Jag påminner dig måndag 15 mars.", "Du kan flytta fram den 1 gång till.")),
        ("handed", ("Samira Holm tar över uppföljningen.", "Du får inga fler påminnelser")),
        ("asked", ("Jag har frågat Leila Gran",)),
        ("done", ("Tack! Det finns nu sparat.", "Karl Strand får läsa och godkänna.")),
        ("cannot", ("Du skrev: ”Konkurs.”", "Jag berättar det för Karl Strand")),
    ],
)
def test_each_answer_says_what_was_noted_and_can_be_undone(outcome: str, said: tuple[str, ...]) -> None:
    card = _outcomes()[outcome]

    assert [line for line in said if line not in texts_of(card)] == []
    assert "followup.undo" in buttons_of(card)


def test_undoing_gives_the_card_back_with_all_its_buttons() -> None:
    card = undone_card(followup_view(), Language.SV)

    assert "Ångrat. Allt är som det var." in texts_of(card)
    assert "followup.start" in buttons_of(card)


def test_ones_own_follow_ups_are_numbered_as_they_can_be_typed() -> None:
    paused = followup(state=FollowupState.IN_PROGRESS, is_paused=True)

    said = texts_of(my_followups_card([late_view(), followup_view(followup=paused)], Language.SV))

    assert "Du har 2 öppna uppföljningar" in said
    assert "1 · Halvårsuppföljning" in said
    assert "2 · Halvårsuppföljning" in said
    assert "Skulle ha varit klar måndag 1 mars" in said
    assert "Påbörjad, pausad" in said
    assert "börja 2" in said


def test_a_long_list_says_how_many_are_left_and_how_to_reach_them() -> None:
    said = texts_of(my_followups_card([followup_view()] * 40, Language.SV))

    assert "och 28 till. Skriv börja 13 för att ta nästa i listan." in said


def test_nobody_is_left_with_an_empty_list_and_no_way_on() -> None:
    card = my_followups_card([], Language.SV)

    assert "Du har inga öppna uppföljningar" in texts_of(card)
    assert "answers.say" in buttons_of(card)
