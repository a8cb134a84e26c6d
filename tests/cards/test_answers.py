"""What the controller asks and gets: every answer states its filter, its count and its hour."""

from dataclasses import replace

from cards.answers import MOST_ROWS, answer_card, not_yours_note, status_card
from cards.contract_answer import contract_card
from cards.controls import allow_list_card, held_note, started_card, stopped_card, tomorrow_card, tomorrow_shown
from cards.views import AllowListView, StartedView, StoppedView
from domain.contract import ContractClass
from domain.people import Language
from tests.support.card_checks import MOST_BYTES, buttons_of, texts_of
from tests.support.specimens import NOW, answer, contract_view, followup_view, status, tomorrow


def test_every_answer_states_filter_count_and_hour() -> None:
    cards = (
        answer_card(answer(4), Language.SV),
        answer_card(answer(0), Language.SV),
        status_card(status(), Language.SV),
        contract_card(contract_view(), Language.SV),
        tomorrow_card(tomorrow(), Language.SV),
        allow_list_card(AllowListView(as_of=NOW, is_everyone=True), Language.SV),
    )

    for card in cards:
        said = texts_of(card)
        assert "Urval: " in said
        assert "läget 8 mars 2027 08.03" in said


def test_a_long_answer_shows_fifteen_rows_and_the_way_to_the_rest() -> None:
    card = answer_card(answer(40, of=230), Language.SV)

    assert "Visar 1–15 av 230. Skriv mer för att se fler." in texts_of(card)
    assert buttons_of(card)["answers.more"]["subject"] == "late:15"
    assert str(card.content).count("'ColumnSet'") == MOST_ROWS


def test_the_next_page_counts_on() -> None:
    card = answer_card(answer(15, of=230, first=16), Language.SV)

    assert "Visar 16–30 av 230." in texts_of(card)


def test_the_last_page_offers_no_more() -> None:
    card = answer_card(answer(5, of=20, first=16), Language.SV)

    assert "answers.more" not in buttons_of(card)
    assert "Visar" not in texts_of(card)


def test_nothing_found_is_said_in_words() -> None:
    said = texts_of(answer_card(answer(0), Language.SV))

    assert "0 träffar" in said
    assert "Det finns inga just nu." in said


def test_those_without_the_controllers_part_are_told_they_see_their_own() -> None:
    said = texts_of(answer_card(answer(2, note=not_yours_note(Language.SV)), Language.SV))

    assert "Du ser de avtal där du är avtalsägare, avtalsförvaltare eller ersättare." in said


def test_status_counts_by_class_and_severity_and_offers_the_lists() -> None:
    card = status_card(status(), Language.SV)
    said = texts_of(card)

    assert "Uppföljningar: 45 öppna, 3 försenade" in said
    assert "12 öppna, 3 försenade" in said
    assert "31 öppna, inga försenade" in said
    assert "2 avvikelser har passerat sitt datum." in said
    assert "Alla utskick är stoppade." in said
    assert "702 avtal" in said
    assert "Behöver beslut" in said


def test_status_leaves_out_what_there_is_none_of() -> None:
    calm = replace(status(), followups_due={ContractClass.LOW: 1}, followups_late={}, deviations={}, undelivered=0)

    said = texts_of(status_card(calm, Language.SV))

    assert "Inga avvikelser är öppna." in said
    assert "Meddelanden som inte kom fram" not in said
    assert "Kritiskt avtal" not in said


def test_a_contract_with_an_assumed_notice_time_never_says_last_day() -> None:
    assumed = replace(contract_view(), notice_is_assumed=True, light=None)

    said = texts_of(contract_card(assumed, Language.SV))

    assert "antaget - kontrollera avtalet" in said
    assert "sista dag" not in said.lower()


def test_a_contract_without_an_owner_says_so() -> None:
    assert "saknas" in texts_of(contract_card(replace(contract_view(), owner_name=None), Language.SV))


def test_a_contract_with_many_follow_ups_lists_the_first_and_counts_the_rest() -> None:
    many = replace(contract_view(), followups=(followup_view(),) * 9)

    said = texts_of(contract_card(many, Language.SV))

    assert "9 öppna uppföljningar" in said
    assert "och 4 till" in said


def test_tomorrow_shows_recipients_and_words_and_lets_each_be_held() -> None:
    card = tomorrow_card(tomorrow(3), Language.SV)
    said = texts_of(card).replace("\\", "")

    assert "1 · Till Maria Åker (maria.aker@exempelkommun.example), klockan 08.03" in said
    assert "Ska vara klar senast fredag 19 mars." in said
    assert {"outbox.hold", "outbox.release"} <= buttons_of(card).keys()
    assert "4 meddelanden till skickas inte" in said


def test_tomorrow_pages_on_after_what_one_card_holds() -> None:
    view = tomorrow(20)

    card = tomorrow_card(view, Language.SV)

    shown = tomorrow_shown(view)
    assert 0 < shown < 20
    assert buttons_of(card)["answers.more"]["subject"] == f"tomorrow:{shown + 1}"


def test_a_letter_longer_than_the_card_is_still_shown() -> None:
    view = tomorrow(2)
    long = replace(view, messages=tuple(replace(one, text="å" * 9_000) for one in view.messages))

    assert tomorrow_shown(long) == 1
    assert len(str(tomorrow_card(long, Language.SV).content).encode()) < MOST_BYTES


def test_stopping_says_who_when_and_what_waits() -> None:
    said = texts_of(stopped_card(StoppedView(by_name="Leila Gran", at=NOW, waiting_count=12), Language.SV))

    assert "Leila Gran stoppade dem 8 mars 2027 08.03." in said
    assert "12 meddelanden väntar." in said


def test_starting_again_promises_no_flood() -> None:
    said = texts_of(started_card(StartedView(at=NOW, stopped_since=NOW, dropped_count=4), Language.SV))

    assert "4 meddelanden behövs inte längre" in said
    assert "högst ett samlat meddelande om dagen" in said


def test_an_empty_allow_list_says_that_nobody_hears_anything() -> None:
    said = texts_of(allow_list_card(AllowListView(as_of=NOW, is_everyone=False), Language.SV))

    assert "Ingen får några meddelanden ännu." in said


def test_holding_and_letting_go_are_said_apart() -> None:
    assert held_note(Language.SV, is_held=True) != held_note(Language.SV, is_held=False)
