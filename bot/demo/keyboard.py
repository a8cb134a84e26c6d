"""Where words come from: the terminal, or in a test a list."""

import sys
from typing import Protocol

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.shortcuts import CompleteStyle


class Keyboard(Protocol):
    """Gives a line when asked. EOFError: whoever sat there has left. KeyboardInterrupt: not this, please."""

    async def line(self, prompt: str, *, default: str = "") -> str:
        """What was typed after the prompt."""


class Terminal:
    """The keyboard of a terminal, with history; the demo's own commands are completed by the tab key."""

    def __init__(self, commands: tuple[str, ...]) -> None:
        self._session: PromptSession[str] = PromptSession(
            history=InMemoryHistory(),
            completer=WordCompleter(list(commands), sentence=True),
            complete_while_typing=False,
            complete_style=CompleteStyle.READLINE_LIKE,
            reserve_space_for_menu=0,
        )

    async def line(self, prompt: str, *, default: str = "") -> str:
        return await self._session.prompt_async(prompt, default=default)


def is_terminal() -> bool:
    """Whether somebody can both read and write here."""
    return sys.stdin.isatty() and sys.stdout.isatty()
