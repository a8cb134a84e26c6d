"""Help, not understanding, refusing and failing: always polite, always with a way on."""

from datetime import time

from cards.manners import digest_time_card, error_card, help_card, language_card, refusal_card, unclear_card
from cards.views import HelpView
from domain.people import Language
from tests.support.card_checks import buttons_of, texts_of


def _help(*, responsible: bool = False, controller: bool = False) -> str:
    view = HelpView(is_responsible=responsible, is_controller=controller, contact_name="Leila Gran")
    return texts_of(help_card(view, Language.SV))


def test_anyone_learns_how_to_report_and_whom_to_ask() -> None:
    said = _help()

    assert "Har något gått fel i en leverans?" in said
    assert "Fråga Leila Gran." in said
    assert "mina uppföljningar" not in said
    assert "stoppa allt" not in said


def test_the_responsible_learn_how_to_answer() -> None:
    said = _help(responsible=True)

    assert "mina uppföljningar" in said
    assert "börja 2" in said
    assert "Fråga om dina avtal" in said
    assert "släpp in" not in said


def test_the_controller_learns_the_lists_and_the_levers() -> None:
    said = _help(controller=True)

    for command in ("status", "försenade", "oklassade", "utan ägare", "behöver beslut", "imorgon", "stoppa allt"):
        assert f"**{command}**" in said


def test_what_is_not_understood_offers_the_three_nearest_and_help() -> None:
    card = unclear_card(Language.SV, ["mina uppföljningar", "avvikelser", "status", "imorgon"])

    titles = [action["title"] for action in card.content["actions"]]
    assert titles == ["Mina uppföljningar", "Avvikelser", "Status", "Hjälp"]


def test_a_suggestion_says_the_words_themselves() -> None:
    card = unclear_card(Language.SV, ["Mina uppföljningar"])

    assert card.content["actions"][0]["data"]["subject"] == "Mina uppföljningar"


def test_a_failure_is_ours_and_has_a_number() -> None:
    said = texts_of(error_card(Language.SV, "7f3a91"))

    assert "Det är inte ditt fel." in said
    assert "Referens: 7f3a91" in said


def test_a_refusal_says_why_and_leads_on() -> None:
    card = refusal_card("Den är redan framflyttad två gånger.", Language.SV)

    assert "Den är redan framflyttad två gånger." in texts_of(card)
    assert "answers.say" in buttons_of(card)


def test_the_hour_is_said_as_the_language_writes_it() -> None:
    assert "klockan 13.30" in texts_of(digest_time_card(Language.SV, time(13, 30)))
    assert "at 13:30" in texts_of(digest_time_card(Language.EN, time(13, 30)))


def test_a_change_of_language_is_said_in_the_new_one() -> None:
    assert "From now on I write in English" in texts_of(language_card(Language.EN))
