"""Small talk that keeps the conversation going: greetings, help, a sample, language and hour."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from types import MappingProxyType

from cards.letters import letter_card
from cards.manners import digest_time_card, help_card, language_card
from cards.views import HelpView
from dialogs.commands import Command, Pressed, command
from dialogs.turn import Reply, Turn, say
from domain.errors import Refused
from domain.people import Language
from usecases.introduce import parts_of, sample, welcome
from usecases.set_preferences import send_at, speak_language


async def arrived(turn: Turn) -> Reply:
    """The app was installed: the welcome, once; a repeat of the event says nothing."""
    greeting = await welcome(turn.world, turn.tenant_id, turn.sender)
    return say(letter_card(greeting)) if greeting else say()


async def asked_for_help(turn: Turn, _match: "re.Match[str]") -> Reply:
    """What one can write, after a welcome if they have never had one."""
    greeting = await welcome(turn.world, turn.tenant_id, turn.sender)
    parts = await parts_of(turn.world, turn.tenant_id, turn.sender)
    view = HelpView(
        is_responsible=parts.is_responsible,
        is_controller=parts.is_controller,
        contact_name=parts.contact_name,
    )
    cards = [letter_card(greeting)] if greeting else []
    return say(*cards, help_card(view, turn.language))


async def asked_for_sample(turn: Turn, _match: "re.Match[str]") -> Reply:
    """A nudge as it would look."""
    return say(letter_card(await sample(turn.world, turn.tenant_id, turn.sender)))


async def chose_swedish(turn: Turn, _match: "re.Match[str]") -> Reply:
    return await _speak(turn, Language.SV)


async def chose_english(turn: Turn, _match: "re.Match[str]") -> Reply:
    return await _speak(turn, Language.EN)


async def chose_hour(turn: Turn, match: "re.Match[str]") -> Reply:
    """*skicka kl 13.30*: the digest comes at this hour from now on."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the hours of a day
        raise Refused("talk.refused.no_such_hour", said=match[0])
    at = time(hour, minute)
    await send_at(turn.world, turn.tenant_id, turn.sender, at)
    return say(digest_time_card(turn.language, at))


async def _speak(turn: Turn, language: Language) -> Reply:
    person = await speak_language(turn.world, turn.tenant_id, turn.sender, language)
    return say(language_card(replace(person, language=language).speaks))


_HOUR = r"(?:kl(?:ockan)?\.?|at)? ?(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?"

COMMANDS: tuple[Command, ...] = (
    command(
        "help",
        asked_for_help,
        r"hjälp|help|\?|hej(?:san)?|hallå|god ?morgon|hi|hello|vad kan du\??|what can you do\??|meny|menu",
    ),
    command("sample", asked_for_sample, r"testa|test|try|sample"),
    command("swedish", chose_swedish, r"svenska|(?:på|byt till|tala) svenska|swedish|in swedish"),
    command("english", chose_english, r"english|(?:in|speak) english|engelska|(?:på|byt till) engelska"),
    command("digest_time", chose_hour, rf"(?:skicka|send) {_HOUR}"),
)
VERBS: Mapping[str, Pressed] = MappingProxyType({})
