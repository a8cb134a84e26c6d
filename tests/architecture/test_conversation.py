"""No dead ends: every button has somebody who answers, and every command we tell people of is understood."""

import json
from collections.abc import Mapping

import pytest

from cards.saying import SAY_VERB
from dialogs.routes import VERBS, hear
from domain.people import Language
from tests.support.card_checks import buttons_of
from tests.support.source import ROOT, modules
from tests.support.specimens import cards
from tests.support.spoken import mentions

RETIRED: Mapping[str, str] = {}
"""Verbs on cards that lie in chats but that no card offers any longer, with the version that stopped."""

each_language = pytest.mark.parametrize("language", list(Language))


@each_language
def test_every_button_on_a_card_leads_somewhere(language: Language) -> None:
    offered = {verb for _, card in cards(language) for verb in buttons_of(card)}

    assert offered - VERBS.keys() == set()


def test_every_verb_is_offered_by_a_card_or_known_to_be_retired() -> None:
    offered = mentions(modules("cards"))

    assert [verb for verb in VERBS if not offered.include(verb) and verb not in RETIRED] == []


@each_language
def test_words_that_a_button_types_are_understood(language: Language) -> None:
    buttons = [buttons_of(card).get(SAY_VERB) for _, card in cards(language)]
    typed = {str(button["subject"]) for button in buttons if button}

    assert [words for words in sorted(typed) if hear(words) is None] == []


@each_language
def test_every_command_of_the_teams_menu_is_understood(language: Language) -> None:
    texts = json.loads((ROOT / "manifest" / f"{language}.json").read_text(encoding="utf-8"))
    titles = [text for key, text in texts.items() if key.endswith(".title")]

    assert [title for title in titles if hear(title) is None] == []
