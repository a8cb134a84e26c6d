"""The tour plays to its end with the real bot, and stops where the bot answers something else than the story tells."""

import io

import pytest
from rich.console import Console

from bot.demo.guide import Guide, Lost
from bot.demo.office import Office, open_office
from bot.demo.people import ELIN, MARIE, SAMIRA
from bot.demo.screen import Screen
from bot.demo.story import tell_story


def _guide(office: Office) -> tuple[Guide, Screen, io.StringIO]:
    out = io.StringIO()
    screen = Screen(Console(file=out, width=80, color_system=None))
    return Guide(office, screen), screen, out


@pytest.mark.slow
async def test_the_whole_story_is_told_with_everybody_in_it() -> None:
    async with open_office() as office:
        guide, screen, out = _guide(office)

        await tell_story(guide, screen.texts)

    told = out.getvalue()
    assert [name for name in ("Samira Yusuf", "Marie Skog", "Elin Dahl", "Camilla Ryd") if name not in told] == []
    assert "Avtalsbot skriver:" in told


async def test_the_tour_stops_where_an_answer_is_not_what_the_story_tells() -> None:
    async with open_office() as office:
        guide, _, _ = _guide(office)

        with pytest.raises(Lost, match="ett ord som ingen säger"):
            await guide.says(ELIN, "hjälp", "ett ord som ingen säger")
        with pytest.raises(Lost, match="Jag är inte säker på vad du menar"):
            await guide.says(ELIN, "bla bla bla")
        with pytest.raises(Lost, match="hittar ingen knapp ”Flyg”"):
            await guide.presses(ELIN, "Flyg")
        with pytest.raises(Lost, match="Ingenting"):
            await guide.reads(MARIE)


async def test_a_button_is_not_pressed_before_what_it_needs_is_filled_in() -> None:
    async with open_office() as office:
        guide, _, _ = _guide(office)
        await guide.reads(SAMIRA)
        await guide.presses(SAMIRA, "Öppna")

        with pytest.raises(Lost, match="Påminn mig den"):
            await guide.presses(SAMIRA, "Påminn mig den …")
