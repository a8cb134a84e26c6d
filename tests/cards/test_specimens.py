"""Every letter, answer and outcome is a card a person can read and press, in both languages, however bad the data."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from cards.answers import answer_card
from cards.card import Card
from cards.letters import MOST_SHOWN, letter_card, letter_text
from cards.views import AnswerRow
from domain.letter import WelcomeItem
from domain.people import Language
from tests.support.card_checks import MOST_ACTIONS, assert_good_card, texts_of
from tests.support.specimens import answer, cards, contract, digest_items, letter, letters, nudge

SPECIMENS = [pytest.param(card, id=f"{name}-{language}") for language in Language for name, card in cards(language)]
HOSTILE = "**Fet** [länk](https://example.org) <at>alla</at> # rubrik \u202e omvänd \x00 `kod` | tabell ~struken~"
OBEYED = ("[länk](", "**Fet**", "<at>", "`kod`", "~struken~")
"""What a client would draw as Markdown or HTML."""
UNDRAWN = ("\u202e", "\x00")
"""What would turn the reading direction or end a text."""


@pytest.mark.parametrize("card", SPECIMENS)
def test_every_card_is_valid_small_labelled_and_pressable(card: Card) -> None:
    assert_good_card(card)


@pytest.mark.parametrize("card", SPECIMENS)
def test_no_row_of_buttons_is_longer_than_teams_shows(card: Card) -> None:
    rows = [part["actions"] for part in _parts(card.content) if "actions" in part]

    assert [row for row in rows if len(row) > MOST_ACTIONS] == []


@pytest.mark.parametrize("card", SPECIMENS)
def test_the_line_of_the_notification_is_plain_text(card: Card) -> None:
    assert "\\" not in card.summary
    assert "**" not in card.summary
    assert "\n" not in card.summary


@pytest.mark.parametrize("language", list(Language))
def test_both_languages_offer_the_same_buttons(language: Language) -> None:
    ours = {name: _verbs(card) for name, card in cards(language)}

    assert ours == {name: _verbs(card) for name, card in cards(Language.SV)}


@pytest.mark.parametrize("name", sorted(letters()))
def test_hostile_words_in_the_register_are_shown_as_text(name: str) -> None:
    bad = contract(title=HOSTILE, contract_number=HOSTILE)
    items = [item if isinstance(item, WelcomeItem) else replace(item, contract=bad) for item in letters()[name]]

    card = letter_card(letter(*items))

    assert [sign for sign in UNDRAWN if sign in texts_of(card)] == []
    assert [sign for sign in OBEYED if sign in _drawn(card)] == []


def test_hostile_words_in_a_list_are_shown_as_text() -> None:
    view = answer(1, rows=(AnswerRow(headline=HOSTILE, lines=(HOSTILE,)),))

    card = answer_card(view, Language.SV)

    assert [sign for sign in UNDRAWN if sign in texts_of(card)] == []
    assert [sign for sign in OBEYED if sign in _drawn(card)] == []


def test_hostile_words_do_not_steer_a_terminal_either() -> None:
    text = letter_text(letter(nudge("N2", contract=contract(title="\x1b[31mRött\u202e"))))

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[31mRött" in text


def test_a_title_that_begins_with_a_number_does_not_become_a_list() -> None:
    card = letter_card(letter(nudge("N0", contract=contract(title="1. Rullstolar"))))

    assert "1\\. Rullstolar" in texts_of(card)


@pytest.mark.parametrize("language", list(Language))
def test_a_digest_of_forty_wordy_things_is_still_small(language: Language) -> None:
    wordy = letter(*digest_items(40), language=language)

    card = letter_card(wordy)

    assert_good_card(card)
    assert sum(1 for verb in _verbs(card) if verb.endswith(".open")) == MOST_SHOWN


def _verbs(card: Card) -> list[str]:
    return [part["verb"] for part in _parts(card.content) if part.get("type") == "Action.Execute"]


def _drawn(card: Card) -> str:
    """What clients read as Markdown: texts and facts, not the faces of buttons."""
    parts = [part for part in _parts(card.content) if part.get("type") == "TextBlock" or "value" in part]
    return "\n".join(str(part.get("text") or part.get("value")) for part in parts)


def _parts(value: object) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [part for one in value for part in _parts(one)]
    if not isinstance(value, Mapping):
        return []
    return [dict(value), *(part for one in value.values() for part in _parts(one))]
