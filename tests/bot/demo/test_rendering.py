"""Everything a card says can be read in a terminal, framed or plain, on a narrow screen, without colours."""

import io
import re

import pytest
from rich.console import Console

from bot.demo.card_reading import Button, Part, Sheet, read_card
from bot.demo.rendering import as_panel, as_plain, draw
from cards.card import Card
from cards.texts import Texts
from domain.people import Language
from tests.support.card_checks import texts_of
from tests.support.specimens import cards

WIDTH = 80
SPECIMENS = [
    pytest.param(card, language, id=f"{name}-{language}") for language in Language for name, card in cards(language)
]


def _unfolded(sheet: Sheet) -> Sheet:
    """The card with everything opened that a button opens."""
    parts: list[Part] = []
    for part in sheet.parts:
        parts.append(part)
        if isinstance(part, Button) and part.unfolds:
            parts += _unfolded(part.unfolds).parts
    hidden = [part for inside in sheet.hidden.values() for part in inside]
    return Sheet(parts=(*parts, *hidden))


def _framed(sheet: Sheet, language: Language) -> str:
    out = io.StringIO()
    Console(file=out, width=WIDTH, color_system=None).print(as_panel(draw(sheet, Texts(language)), "Avtalsbot", WIDTH))
    return out.getvalue()


def _words(text: str) -> str:
    """The words alone, so that frames, line breaks and asterisks, drawn or written, do not count."""
    bare = re.sub(r"\\(?=[^\w\s])|\*|[│╭╮╰╯─]|^\s*-\s", "", text, flags=re.MULTILINE)
    return " ".join(bare.split())


def _said_by(card: Card) -> list[str]:
    return [words for line in texts_of(card).splitlines() if (words := _words(line)) and not _is_value(words)]


def _is_value(words: str) -> bool:
    """What a choice sends, which nobody reads."""
    return re.fullmatch(r"[a-z_A-Z0-9:.-]+", words) is not None


@pytest.mark.parametrize(("card", "language"), SPECIMENS)
def test_plain_lines_hold_every_word_of_the_card(card: Card, language: Language) -> None:
    drawn = draw(_unfolded(read_card(card.content)), Texts(language))

    told = _words(as_plain(drawn, WIDTH))

    assert [words for words in _said_by(card) if words not in told] == []


@pytest.mark.parametrize(("card", "language"), SPECIMENS)
def test_a_framed_card_holds_every_word_of_it(card: Card, language: Language) -> None:
    told = _words(_framed(_unfolded(read_card(card.content)), language))

    assert [words for words in _said_by(card) if words not in told] == []


@pytest.mark.parametrize(("card", "language"), SPECIMENS)
def test_no_line_is_wider_than_the_terminal(card: Card, language: Language) -> None:
    sheet = read_card(card.content)

    lines = [*_framed(sheet, language).splitlines(), *as_plain(draw(sheet, Texts(language)), WIDTH).splitlines()]

    assert [line for line in lines if len(line) > WIDTH] == []


def test_buttons_are_numbered_as_one_types_them() -> None:
    card = next(card for name, card in cards(Language.SV) if name == "letter_digest")
    sheet = read_card(card.content)

    told = as_plain(draw(sheet, Texts(Language.SV), first=4), WIDTH)

    assert [f"/{number} {button.title}" in told for number, button in enumerate(sheet.buttons, start=4)] == [True] * 3


def test_markdown_is_read_and_not_shown() -> None:
    card = {"body": [{"type": "TextBlock", "text": "**Fet** och \\*inte\\* [länk](https://a.example)\r- ett\r- två"}]}

    told = as_plain(draw(read_card(card), Texts(Language.SV)), WIDTH)

    assert told.splitlines() == ["Fet och *inte* länk (https://a.example)", "- ett", "- två"]


def test_the_second_row_of_a_list_item_stands_under_its_first_word() -> None:
    card = {"body": [{"type": "TextBlock", "text": "- " + "ord " * 30}]}

    told = as_plain(draw(read_card(card), Texts(Language.SV)), 40)

    assert all(line.startswith("  ord") for line in told.splitlines()[1:])


def test_what_is_hidden_stands_by_its_id_until_its_button_is_pressed() -> None:
    card = {
        "body": [{"type": "TextBlock", "id": "why", "isVisible": False, "text": "Därför."}],
        "actions": [{"type": "Action.ToggleVisibility", "title": "Varför?", "targetElements": ["why"]}],
    }

    sheet = read_card(card)

    assert "Därför" not in as_plain(draw(sheet, Texts(Language.SV)), WIDTH)
    assert "Därför." in as_plain(draw(Sheet(parts=sheet.hidden[sheet.buttons[0].shows[0]]), Texts(Language.SV)), WIDTH)
