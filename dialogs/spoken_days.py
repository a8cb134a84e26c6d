"""Days as people write them: one to come, or one that has been with something said beside it."""

import re
from datetime import date
from typing import Final

from dialogs.turn import Turn
from dialogs.understand.calendar_words import Bias
from dialogs.understand.intents import language_of
from dialogs.understand.normalise import read_words
from dialogs.understand.slots import read_until
from dialogs.understand.times import read_moments
from domain.people import Language

_EDGES: Final = " ,.;:–-"
_SMALL: Final = re.compile(r"(?:^|[\s,]+)(?:den|på|i|the|on|och|and)$", re.IGNORECASE)


def day_ahead(text: str, turn: Turn) -> date | None:
    """The coming day the words name, in either language; None when they name none."""
    for language in _languages(text, turn):
        day = read_until(read_words(text, language), today=turn.today)
        if day is not None:
            return day
    return None


def day_behind(text: str, turn: Turn) -> tuple[date, str]:
    """The day something was done, today when none is named, and the words beside it."""
    day, rest = named_day(text, turn)
    return day or turn.today, rest


def named_day(text: str, turn: Turn) -> tuple[date | None, str]:
    """The first day up to today that the words name, if any, and the words beside it."""
    for language in _languages(text, turn):
        sentence = read_words(text, language)
        moments = read_moments(sentence, today=turn.today, bias=Bias.PAST)
        known = next((moment for moment in moments if moment.span.start <= turn.today), None)
        if known is not None:
            before = _SMALL.sub("", sentence.text[: known.start].strip(_EDGES)).strip(_EDGES)
            after = sentence.text[known.end :].strip(_EDGES)
            rest = ", ".join(part for part in (before, after) if part)
            return min(known.span.end, turn.today), rest
    return None, text.strip()


def _languages(text: str, turn: Turn) -> tuple[Language, Language]:
    """The language the words seem to be in, and then the other: a weekday alone does not tell."""
    first = language_of(text, turn.language)
    return first, Language.EN if first is Language.SV else Language.SV
