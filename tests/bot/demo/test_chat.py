"""A visitor sits down at the demo: the real bot over HTTP, and a keyboard that types what the test says."""

import io

from rich.console import Console

from bot.demo.chat import Chat
from bot.demo.office import open_office
from bot.demo.screen import Screen
from tests.support.typing_hands import Hands


async def _visit(*typed: str, width: int = 80) -> str:
    out = io.StringIO()
    screen = Screen(Console(file=out, width=width, color_system=None))
    async with open_office() as office:
        await Chat(office, screen, Hands(*typed)).run()
    return out.getvalue()


async def test_a_contract_manager_finds_mondays_nudge_and_puts_it_off_by_pressing_buttons() -> None:
    told = await _visit("samira", "/99", "/1", "/3", Hands.CTRL_C, "/3", "imorgon", "2027-01-14", "/läs", "/avsluta")

    assert "måndag 11 januari 2027 kl. 08.30" in told
    assert "Kvartalsuppföljning: Städning skolor" in told
    assert "Det finns ingen knapp med nummer 99" in told
    assert "Inget skickades." in told
    assert "Skriv dagen så här" in told
    assert "torsdag 14 januari" in told
    assert "Hej då!" in told


async def test_the_clock_is_turned_and_says_what_was_sent_to_whom() -> None:
    told = await _visit("1", "/klocka +9d", "/klocka", "/klocka igår", "/klocka 2027-01-01", "/status")

    assert "Klockan i demon: onsdag 20 januari 2027 kl. 08.30" in told
    assert "Samira Yusuf: Kvartalsuppföljning" in told
    assert "Skriv till exempel /klocka +1d" in told
    assert "Klockan går bara framåt." in told
    assert "Yasmin Karimi: " in told


async def test_somebody_else_speaks_english_on_a_narrow_screen() -> None:
    told = await _visit("nobody", "elin", "/english", "hello", "/byt camilla", "/hjälp", "/plain", "/dance", width=50)

    assert "Hello Elin! I am Avtalsbot" in told
    assert "You are Camilla Ryd" in told
    assert "/switch changes person" in told
    assert "no command called /dance" in told
    assert max(len(line) for line in told.splitlines()) <= 50
