"""Hands at a keyboard: type what the test says, one line a prompt, and then leave."""

from typing import Final


class Hands:
    """A `bot.demo.keyboard.Keyboard` for tests."""

    CTRL_C: Final = "\x03"

    def __init__(self, *lines: str) -> None:
        self._lines = list(lines)
        self.prompts: list[str] = []

    async def line(self, prompt: str, *, default: str = "") -> str:
        self.prompts.append(prompt)
        if not self._lines:
            raise EOFError
        typed = self._lines.pop(0)
        if typed == self.CTRL_C:
            raise KeyboardInterrupt
        return typed
