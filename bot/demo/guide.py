"""Plays a story at the keyboards of several people, and notices when an answer is not what it should be."""

from collections.abc import Mapping
from datetime import datetime

from bot.demo.card_reading import Button, Sheet, read_card
from bot.demo.client import BotSilent
from bot.demo.connector import Message
from bot.demo.filling import untouched
from bot.demo.office import Office
from bot.demo.people import Colleague
from bot.demo.rendering import as_plain, draw
from bot.demo.screen import Screen
from cards.manners import unclear_card
from cards.texts import Texts
from domain.people import Language

_MOST_SHOWN = 2
"""Messages shown whole; older ones by their first line."""
_WIDE = 10_000
"""Columns, so that nothing looked for is broken over two lines."""


class Lost(Exception):  # noqa: N818 - it says what became of the tour
    """The bot answered something else than the story tells; the message says what, to whom, and what was expected."""


class Guide:
    """Speaks, presses and turns the clock for people, and shows every line of it."""

    def __init__(self, office: Office, screen: Screen) -> None:
        self._office = office
        self._screen = screen
        self._newest: dict[str, Message] = {}
        """The message with the card each person has before them."""
        self._apology = Texts(Language.SV)("seam.broken", reference="\n").partition("\n")[0]
        self._puzzled = unclear_card(Language.SV).summary

    def scene(self, title: str) -> None:
        """A new part of the story."""
        self._screen.write()
        self._screen.write(title, is_bold=True)

    def tell(self, words: str) -> None:
        """What one should know before the next step."""
        self._screen.write(words)

    async def reads(self, mail: str, *expected: str, shown: int = _MOST_SHOWN) -> None:
        """Somebody opens their chat; the newest messages are shown whole."""
        colleague = self._office.people[mail]
        self._screen.write()
        self._screen.write(self._screen.texts("demo.tour.reads", name=colleague.name))
        self._show_unread(colleague, expected, after=None, shown=shown)

    async def says(self, mail: str, words: str, *expected: str) -> None:
        """Somebody writes; the bot must answer, and say all that is expected."""
        colleague = self._office.people[mail]
        if self._office.connector.unread_by(colleague):
            await self.reads(mail, shown=1)
        self._screen.write()
        self._screen.write(self._screen.texts("demo.tour.says", name=colleague.name, words=words))
        try:
            await self._office.client.says(colleague, words)
            await self._office.client.settles()
        except BotSilent as silent:
            raise Lost(self._screen.texts("demo.silent", reason=str(silent))) from silent
        self._show_unread(colleague, expected, after=words)

    async def presses(self, mail: str, title: str, *expected: str, filled: Mapping[str, str] | None = None) -> None:
        """Somebody presses a button of the card before them, with these fields filled in (by field id)."""
        colleague = self._office.people[mail]
        message, form, button = self._button(colleague, title)
        self._screen.write()
        self._screen.write(self._screen.texts("demo.tour.presses", name=colleague.name, title=title))
        values = untouched(form.fields, filled or {})
        for field in form.fields:
            if field.is_required and not values[field.field_id]:
                self._lose(colleague, title, field.fault or field.label, ())
            if field.field_id in (filled or {}):
                value = field.title_of(values[field.field_id])
                self._screen.item(" ", self._screen.texts("demo.tour.fills_in", label=field.label, value=value))
        answer = await self._office.client.presses(colleague, message, button.verb, button.carried, values)
        await self._office.client.settles()
        if answer.sentence:
            self._screen.sentence(answer.sentence)
            if not self._office.connector.unread_by(colleague):
                self._check(answer.sentence, expected, colleague, after=title)
                return
        else:
            message.is_read = False  # another card stands there now
        self._show_unread(colleague, expected, after=title)

    async def turns(self, to: datetime, *expected: str) -> None:
        """Time passes; what the bot sent on the way, each line beginning with its recipient."""
        self._screen.write()
        self._screen.write(self._screen.texts("demo.clock.turning", moment=self._screen.moment(to)))
        posted = await self._office.client.turns_clock(to)
        self._screen.posted(posted, self._office.people)
        told = "\n".join(f"{self._office.people[one.mail].name}: {one.summary}" for one in posted)
        self._check(told, expected, None, after=self._screen.moment(to))

    def page(self, mail: str) -> Sheet:
        """The card somebody has before them."""
        message = self._newest[mail]
        return read_card(message.card or {})

    # ------------------------------------------------------------------ looking

    def _show_unread(
        self, colleague: Colleague, expected: tuple[str, ...], *, after: str | None, shown: int = _MOST_SHOWN
    ) -> None:
        unread = self._office.connector.unread_by(colleague)
        told = [_all_of(message, self._screen.texts) for message in unread[:-shown]]
        self._screen.skim(unread[:-shown], shown=shown)
        for message in unread[-shown:]:
            message.is_read = True
            self._screen.message(message)
            told.append(_all_of(message, self._screen.texts))
            if message.card is not None:
                self._newest[colleague.mail] = message
        if not unread:
            self._lose(colleague, after, self._screen.texts("demo.tour.nothing"), expected)
        self._check("\n".join(told), expected, colleague, after=after)

    def _check(self, told: str, expected: tuple[str, ...], colleague: Colleague | None, *, after: str | None) -> None:
        if self._apology in told or self._puzzled in told:
            self._lose(colleague, after, told, expected)
        missing = tuple(words for words in expected if words.casefold() not in told.casefold())
        if missing:
            self._lose(colleague, after, told, missing)
        if faults := self._office.faults():
            raise Lost(self._screen.texts.count("demo.status.faults", len(faults), line=faults[-1]))

    def _lose(self, colleague: Colleague | None, after: str | None, told: str, expected: tuple[str, ...]) -> None:
        who = colleague.name if colleague else "Avtalsbot"
        wanted = ", ".join(f"”{words}”" for words in expected) or self._screen.texts("demo.tour.an_answer")
        raise Lost(self._screen.texts("demo.tour.lost", name=who, after=after or "–", told=told, expected=wanted))

    def _button(self, colleague: Colleague, title: str) -> tuple[Message, Sheet, Button]:
        """The button of that name; where it unfolds a form, the button that sends it."""
        message = self._newest[colleague.mail]
        sheet = self.page(colleague.mail)
        button = next((one for one in sheet.buttons if one.title == title), None)
        if button is None:
            titles = ", ".join(one.title for one in sheet.buttons)
            raise Lost(self._screen.texts("demo.tour.no_button", name=colleague.name, title=title, titles=titles))
        form = button.unfolds
        return (message, form, form.buttons[0]) if form else (message, sheet, button)


def _all_of(message: Message, texts: Texts) -> str:
    if message.card is None:
        return message.text
    return f"{message.summary}\n{_read_aloud(read_card(message.card), texts)}"


def _read_aloud(sheet: Sheet, texts: Texts) -> str:
    return as_plain(draw(sheet, texts), _WIDE)
