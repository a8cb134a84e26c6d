"""The way into the demo: a chat where there is a terminal, else a tour that plays itself."""

import asyncio

from bot.demo.chat import COMMANDS, Chat
from bot.demo.guide import Guide, Lost
from bot.demo.keyboard import Terminal, is_terminal
from bot.demo.office import open_office
from bot.demo.screen import Screen, make_console
from bot.demo.story import tell_story

OK, FAILED = 0, 1


def run_demo(*, is_tour: bool = False) -> int:
    """Chat with the bot, or with `is_tour` or without a terminal watch it work; 1 when it does not work as told."""
    screen = Screen(make_console())
    return asyncio.run(_tour(screen) if is_tour or not is_terminal() else _chat(screen))


async def _chat(screen: Screen) -> int:
    screen.write(screen.texts("demo.opening"))
    async with open_office() as office:
        await Chat(office, screen, Terminal(COMMANDS)).run()
    return OK


async def _tour(screen: Screen) -> int:
    screen.write(screen.texts("demo.tour.title"), is_bold=True)
    screen.write(screen.texts("demo.tour.lead"))
    async with open_office() as office:
        try:
            await tell_story(Guide(office, screen), screen.texts)
        except Lost as lost:
            screen.write()
            screen.write(str(lost), is_bold=True)
            return FAILED
    screen.write()
    screen.write(screen.texts("demo.tour.end"))
    return OK
