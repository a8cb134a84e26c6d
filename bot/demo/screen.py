"""What the demo shows: cards, its own words, and what was sent to whom."""

import io
import sys
import textwrap
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from rich.console import Console
from rich.text import Text

from bot.arguments import LOCAL_ZONE
from bot.demo.card_reading import Sheet, Voice, Words, read_card, spans_of
from bot.demo.client import Posted
from bot.demo.connector import Json, Message
from bot.demo.people import Colleague
from bot.demo.rendering import as_panel, as_plain, draw
from cards.pen import clock
from cards.texts import Texts
from domain.people import Language

_WIDEST = 100
"""Longer lines are hard to read, however wide the terminal."""
_NARROWEST = 20
_MOST_POSTED = 12


class Screen:
    """Writes on a terminal. Plain is without frames: for a screen reader, a file or a dumb terminal."""

    def __init__(self, console: Console, *, language: Language = Language.SV) -> None:
        self.texts = Texts(language)
        self.is_plain = not console.is_terminal or console.is_dumb_terminal
        self._console = console

    @property
    def width(self) -> int:
        return max(_NARROWEST, min(self._console.width, _WIDEST))

    def speak(self, language: Language) -> None:
        """The demo's own words in this language from now on."""
        self.texts = Texts(language)

    def write(self, words: str = "", *, is_bold: bool = False) -> None:
        """A paragraph of the demo's own."""
        self._console.print(Text(words, style="bold" if is_bold else ""), width=self.width)

    def item(self, mark: str, words: str, *, is_cut: bool = False) -> None:
        """One of a list, its rows under one another, or cut to one row."""
        room = max(1, self.width - len(mark) - 1)
        rows = [shorten(words, room)] if is_cut else textwrap.wrap(words, room, break_on_hyphens=False)
        for number, row in enumerate(rows):
            self.write(f"{mark if number == 0 else ' ' * len(mark)} {row}")

    def message(self, message: Message, *, first: int = 1) -> Sheet:
        """A message from the bot; what can be done on it, numbered from `first`."""
        if message.card is not None:
            return self.card(message.card, first=first)
        return self.sentence(message.text)

    def skim(self, messages: Sequence[Message], *, shown: int) -> None:
        """Older messages by their first line, after a long time away; `shown` are shown whole after them."""
        if messages:
            self.write(self.texts.count("demo.older", len(messages), all=len(messages) + shown))
        for message in messages:
            message.is_read = True
            self.item(" ", message.summary, is_cut=True)

    def card(self, card: Json, *, first: int = 1) -> Sheet:
        """A card; what can be done on it, numbered from `first`."""
        sheet = read_card(card)
        self.sheet(sheet, first=first)
        return sheet

    def sentence(self, text: str) -> Sheet:
        """A message without a card."""
        sheet = Sheet(parts=tuple(Words(spans=spans_of(line), voice=Voice.BODY) for line in text.splitlines()))
        self.sheet(sheet)
        return sheet

    def sheet(self, sheet: Sheet, *, first: int = 1) -> None:
        """A card, or a part of one, that has been read."""
        drawn = draw(sheet, self.texts, first=first)
        if self.is_plain:
            self.write()
            self.write(self.texts("demo.from_bot"))
            self._console.out(as_plain(drawn, self.width), highlight=False)
        else:
            self._console.print(as_panel(drawn, "Avtalsbot", self.width))

    def posted(self, posted: Sequence[Posted], people: Mapping[str, Colleague]) -> None:
        """What the bot sent by itself, a line each; a long list is cut, and says how much more there was."""
        self.write(self.texts.count("demo.posted.title", len(posted)) if posted else self.texts("demo.posted.none"))
        for one in posted[:_MOST_POSTED]:
            name = people[one.mail].name if one.mail in people else one.mail
            line = self.texts("demo.posted.line", at=self.short(one.at), name=name, summary=one.summary)
            self.item(" ", line, is_cut=True)
        if len(posted) > _MOST_POSTED:
            self.item(" ", self.texts.count("demo.posted.more", len(posted) - _MOST_POSTED))

    def moment(self, at: datetime) -> str:
        """`måndag 11 januari 2027 kl. 08.30`."""
        local = at.astimezone(LOCAL_ZONE)
        day = local.date()
        # As if from a few days before, so that the weekday is named whatever day it is.
        named = self.texts.day(day, today=day - timedelta(days=3))
        return self.texts("demo.moment", day=named, year=day.year, clock=clock(self.texts, local.time()))

    def short(self, at: datetime) -> str:
        """`2027-01-11 08.03`."""
        local = at.astimezone(LOCAL_ZONE)
        return f"{local:%Y-%m-%d} {clock(self.texts, local.time())}"


def shorten(line: str, width: int) -> str:
    """The line, cut to one row."""
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def make_console() -> Console:
    """The terminal there is. Without colours where NO_COLOR is set or nobody could see them."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot write å shows a question mark
    return Console(highlight=False)
