"""The chat: be somebody, read what the bot has written, answer it, and let the days go by."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.demo.card_reading import Button, Field, Sheet
from bot.demo.client import BotSilent
from bot.demo.clock_words import moment_meant
from bot.demo.connector import Message
from bot.demo.filling import fill, untouched
from bot.demo.keyboard import Keyboard
from bot.demo.office import Office
from bot.demo.people import CAST, Colleague
from bot.demo.screen import Screen
from domain.people import Language

COMMANDS = (
    *("/hjälp", "/byt", "/klocka", "/läs", "/status", "/enkel", "/english", "/svenska", "/avsluta"),
    *("/help", "/switch", "/clock", "/read", "/plain", "/quit"),
)
_MOST_SHOWN = 3
"""Messages shown at once; older ones are a line each until they are asked for."""
_NUMBER = re.compile(r"/ ?(\d{1,3})")


class _Left(Exception):  # noqa: N818 - it says what happened
    """The visitor is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pressable:
    """A button on the screen, and the card it stands on."""

    button: Button
    sheet: Sheet
    message: Message


class Chat:
    """One visitor's session, as one person of the office after the other."""

    def __init__(self, office: Office, screen: Screen, keyboard: Keyboard) -> None:
        self._office = office
        self._screen = screen
        self._keyboard = keyboard
        self._me = office.people[CAST[0]]
        self._on_screen: list[_Pressable] = []
        self._filled: dict[str, dict[str, str]] = {}
        """What has been filled in on a card and not yet replaced by another card, by message and edition."""
        self._commands: Mapping[str, Callable[[str], Awaitable[None]]] = {
            **dict.fromkeys(("/hjälp", "/help", "/?"), self._help),
            **dict.fromkeys(("/byt", "/switch"), self._switch),
            **dict.fromkeys(("/klocka", "/clock"), self._clock),
            **dict.fromkeys(("/läs", "/read"), self._reread),
            **dict.fromkeys(("/status",), self._status),
            **dict.fromkeys(("/enkel", "/plain"), self._plain),
            **dict.fromkeys(("/english", "/engelska"), self._english),
            **dict.fromkeys(("/svenska", "/swedish"), self._swedish),
            **dict.fromkeys(("/avsluta", "/quit", "/exit"), self._leave),
        }

    async def run(self) -> None:
        """Until the visitor leaves, by `/avsluta`, Ctrl+D or Ctrl+C."""
        texts = self._screen.texts
        self._screen.write(texts("demo.welcome.title"), is_bold=True)
        self._screen.write(texts("demo.welcome.body", moment=self._screen.moment(await self._office.client.now())))
        try:
            await self._switch("")
            while True:
                await self._hear(await self._keyboard.line(f"{self._me.first_name}> "))
        except (EOFError, KeyboardInterrupt, _Left):
            self._screen.write(self._screen.texts("demo.goodbye"))

    async def _hear(self, typed: str) -> None:
        words = typed.strip()
        try:
            if not words:
                return
            if press := _NUMBER.fullmatch(words):
                await self._press(int(press[1]))
            elif words.startswith("/"):
                await self._command(words)
            else:
                await self._say(words)
        except BotSilent as silent:
            self._screen.write(self._screen.texts("demo.silent", reason=str(silent)))

    async def _command(self, words: str) -> None:
        name, _, rest = words.partition(" ")
        command = self._commands.get(name.lower())
        if command is None:
            self._screen.write(self._screen.texts("demo.unknown_command", command=name))
            return
        await command(rest.strip())

    # ------------------------------------------------------------------ talking to the bot

    async def _say(self, words: str) -> None:
        await self._office.client.says(self._me, words)
        await self._show_news()

    async def _press(self, number: int) -> None:
        if not 1 <= number <= len(self._on_screen):
            key = "demo.no_such_button" if self._on_screen else "demo.no_buttons"
            self._screen.write(self._screen.texts(key, number=number))
            return
        pressed = self._on_screen[number - 1]
        button = pressed.button
        if button.url:
            self._screen.write(button.url)
        elif button.shows:
            parts = tuple(part for one in button.shows for part in pressed.sheet.hidden.get(one, ()))
            self._screen.sheet(Sheet(parts=parts))
        elif button.unfolds:
            await self._unfold(pressed, button.unfolds)
        else:
            await self._send(pressed, pressed.sheet, button)

    async def _unfold(self, pressed: _Pressable, form: Sheet) -> None:
        """A form of its own: its words, its fields, and the one button that sends it (or a choice of them)."""
        lead = tuple(part for part in form.parts if not isinstance(part, Button | Field))
        if lead:
            self._screen.sheet(Sheet(parts=lead))
        button = form.buttons[0] if len(form.buttons) == 1 else await self._choose(form.buttons)
        if button is not None:
            await self._send(pressed, form, button)

    async def _choose(self, buttons: Sequence[Button]) -> Button | None:
        for number, button in enumerate(buttons, start=1):
            self._screen.item(f"  {number}.", button.title)
        typed = (await self._keyboard.line(f"{self._screen.texts('demo.field.prompt')} ")).strip()
        is_one = typed.isdigit() and 1 <= int(typed) <= len(buttons)
        return buttons[int(typed) - 1] if is_one else None

    async def _send(self, pressed: _Pressable, form: Sheet, button: Button) -> None:
        """Press a button that speaks to the bot; the one that goes forward asks for the card's fields first."""
        message = pressed.message
        kept = self._filled.setdefault(f"{message.message_id} {message.edits}", {})
        asks = button.is_main or not any(other.is_main for other in form.buttons)
        filled: dict[str, str] | None = untouched(form.fields, kept)
        if asks and form.fields:
            filled = await fill(form.fields, kept, self._keyboard, self._screen)
        if filled is None:
            self._screen.write(self._screen.texts("demo.not_sent"))
            return
        kept.update(filled)
        edits = message.edits
        answer = await self._office.client.presses(self._me, message, button.verb, button.carried, filled)
        if answer.sentence:
            self._screen.sentence(answer.sentence)  # the card stays, and so do the numbers of its buttons
        else:
            self._on_screen.clear()
            if answer.card is not None and message.edits == edits:
                self._add(message, self._screen.card(answer.card))
            else:
                self._show(message)
        await self._show_news(keeps_screen=True)

    # ------------------------------------------------------------------ what is on the screen

    async def _show_news(self, *, keeps_screen: bool = False) -> None:
        """What the bot has said to me since, and a line about what it said to others meanwhile."""
        posted = await self._office.client.settles()
        unread = self._office.connector.unread_by(self._me)
        if unread and not keeps_screen:
            self._on_screen.clear()
        self._screen.skim(unread[:-_MOST_SHOWN], shown=_MOST_SHOWN)
        for message in unread[-_MOST_SHOWN:]:
            self._show(message)
        others = [one for one in posted if one.mail != self._me.mail]
        if others:
            self._screen.posted(others, self._office.people)

    def _show(self, message: Message) -> None:
        message.is_read = True
        self._add(message, self._screen.message(message, first=len(self._on_screen) + 1))

    def _add(self, message: Message, sheet: Sheet) -> None:
        self._on_screen += [_Pressable(button=button, sheet=sheet, message=message) for button in sheet.buttons]

    # ------------------------------------------------------------------ the demo's own commands

    async def _help(self, _rest: str) -> None:
        for line in self._screen.texts("demo.help").splitlines():
            self._screen.write(line)

    async def _switch(self, rest: str) -> None:
        """Become somebody else: by number, or by the beginning of a name."""
        chosen = self._find(rest) if rest else None
        while chosen is None:
            self._screen.write()
            self._screen.write(self._screen.texts("demo.cast.title"), is_bold=True)
            for number, colleague in enumerate(self._cast(), start=1):
                self._screen.item(f"  {number}.", self._introduced(colleague))
            chosen = self._find(await self._keyboard.line(f"{self._screen.texts('demo.cast.prompt')} "))
        await self._become(chosen)

    async def _become(self, colleague: Colleague) -> None:
        self._me = colleague
        self._on_screen.clear()
        self._screen.write()
        unread = len(self._office.connector.unread_by(colleague))
        self._screen.write(self._screen.texts.count("demo.you_are", unread, name=colleague.name, title=colleague.title))
        await self._show_news()
        if not unread:
            self._screen.write(self._screen.texts("demo.try_something"))

    def _find(self, typed: str) -> Colleague | None:
        said = typed.strip().casefold()
        if said.isdigit() and 1 <= int(said) <= len(CAST):
            return self._cast()[int(said) - 1]
        return next((one for one in self._cast() if said and one.name.casefold().startswith(said)), None)

    def _cast(self) -> list[Colleague]:
        return [self._office.people[mail] for mail in CAST]

    def _introduced(self, colleague: Colleague) -> str:
        account = colleague.mail.partition("@")[0].replace(".", "_")
        unread = len(self._office.connector.unread_by(colleague))
        name = self._screen.texts.count("demo.cast.unread", unread, name=colleague.name) if unread else colleague.name
        return f"{name}, {self._screen.texts(f'demo.cast.who.{account}')}"

    async def _clock(self, rest: str) -> None:
        client, screen = self._office.client, self._screen
        now = await client.now()
        if not rest:
            screen.write(screen.texts("demo.clock.now", moment=screen.moment(now)))
            return
        meant = moment_meant(rest, now)
        if meant is None or meant < now:
            screen.write(screen.texts("demo.clock.unclear" if meant is None else "demo.clock.behind"))
            return
        screen.write(screen.texts("demo.clock.turning", moment=screen.moment(meant)))
        screen.posted(await client.turns_clock(meant), self._office.people)
        await self._show_news()

    async def _reread(self, rest: str) -> None:
        """The newest messages once more, as they are now, so that their buttons can be pressed."""
        count = int(rest) if rest.isdigit() and int(rest) else _MOST_SHOWN
        messages = self._office.connector.chat_of(self._me)[-count:]
        self._on_screen.clear()
        if not messages:
            self._screen.write(self._screen.texts("demo.empty_chat"))
        for message in messages:
            self._show(message)

    async def _status(self, _rest: str) -> None:
        screen, now = self._screen, await self._office.client.now()
        screen.write(screen.texts("demo.clock.now", moment=screen.moment(now)))
        screen.write(screen.texts("demo.status.me", name=self._me.name, title=self._me.title))
        for colleague in self._cast():
            unread = len(self._office.connector.unread_by(colleague))
            screen.item(" ", screen.texts.count("demo.status.unread", unread, name=colleague.name))
        faults = self._office.faults()
        if faults:
            screen.write(screen.texts.count("demo.status.faults", len(faults), line=faults[-1]))

    async def _plain(self, _rest: str) -> None:
        self._screen.is_plain = not self._screen.is_plain
        self._screen.write(self._screen.texts("demo.plain_on" if self._screen.is_plain else "demo.plain_off"))

    async def _english(self, _rest: str) -> None:
        self._speak(Language.EN, "en-GB")

    async def _swedish(self, _rest: str) -> None:
        self._speak(Language.SV, "sv-SE")

    def _speak(self, language: Language, locale: str) -> None:
        self._screen.speak(language)
        self._office.client.locale = locale
        self._screen.write(self._screen.texts("demo.language"))

    async def _leave(self, _rest: str) -> None:
        raise _Left
