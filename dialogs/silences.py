"""Where we have been silent, and what has been answered: the controller's two lists about our own passivity."""

import re
from datetime import date
from typing import Final

from dialogs.at_hand import whose
from dialogs.commands import Command, command
from dialogs.listing import answered
from dialogs.paging import Place
from dialogs.turn import Reply, Turn
from dialogs.understand.calendar_words import Bias
from dialogs.understand.intents import language_of
from dialogs.understand.normalise import read_words
from dialogs.understand.times import read_moments
from domain.errors import Refused
from usecases.questions.show_contract import knows_words

_THIS_YEAR: Final = re.compile(r"\b(?:i år|årets|hittills|this year|so far|year to date)\b", re.IGNORECASE)
_LAST_YEAR: Final = re.compile(r"\b(?:förra året|i fjol|föregående år|last year)\b", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?![\d-])")


async def asked_for_register(turn: Turn, match: "re.Match[str]") -> Reply:
    """*påföljder i år*, *har vi tagit ut något vite 2026?*: the answers given then."""
    when = (match.groupdict().get("when") or "").strip()
    period = period_in(when, turn)
    about = when if when and period is None else ""
    if about and not await knows_words(*whose(turn), about):
        raise Refused("sanction.refused.no_period")
    return await register_of(turn, period, about)


async def asked_for_silences(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*passivitet*."""
    return await answered(turn, Place(question="silences"))


async def register_of(turn: Turn, period: tuple[date, date] | None, about: str = "") -> Reply:
    """The sanction register of a period, this year so far where none is named; `about` narrows it to some contracts."""
    since, until = period or (date(turn.today.year, 1, 1), turn.today)
    args = {"since": since.isoformat(), "until": until.isoformat(), "about": about}
    return await answered(
        turn, Place(question="sanctions", args={name: value for name, value in args.items() if value})
    )


def period_in(words: str, turn: Turn) -> tuple[date, date] | None:
    """The days some words name, in either language, none later than today; None when they name none."""
    year = turn.today.year
    if _THIS_YEAR.search(words):
        return date(year, 1, 1), turn.today
    if _LAST_YEAR.search(words):
        return date(year - 1, 1, 1), date(year - 1, 12, 31)
    named = _YEAR.fullmatch(words.strip())
    if named:
        return date(int(named[1]), 1, 1), min(date(int(named[1]), 12, 31), max(turn.today, date(int(named[1]), 1, 1)))
    sentence = read_words(words, language_of(words, turn.language))
    moments = read_moments(sentence, today=turn.today, bias=Bias.PAST)
    span = next((moment.span for moment in moments if moment.span.start <= turn.today), None)
    return (span.start, min(span.end, turn.today)) if span else None


_WHEN: Final = r"(?: (?P<when>.+))?"
_WHAT_SV: Final = r"(?:viten?|vitet|prisavdrag|påföljd(?:er)?|sanktion(?:er)?|skadestånd|återkrav)"
_WHAT_EN: Final = r"(?:penalt(?:y|ies)|sanctions?|price reductions?|damages|repayments?)"

COMMANDS: tuple[Command, ...] = (
    command(
        "sanctions.register",
        asked_for_register,
        rf"(?:visa |lista )?(?:alla )?(?:påföljder(?:na)?|påföljdsregistret|påföljdsregister|sanktioner|viten){_WHEN}",
        rf"har vi (?:tagit|tagut|krävt|fått|begärt|beslutat om|utkrävt)(?: ut)?(?: någon| något| några| nåt| nån)? {_WHAT_SV}{_WHEN}",
        rf"(?:vilka|hur många|hur mycket) (?:{_WHAT_SV} )(?:har vi )(?:tagit|tagut|krävt|fått|begärt|beslutat(?: om)?)(?: ut)?{_WHEN}",
        rf"(?:show |list )?(?:the )?(?:all )?(?:sanctions?|penalties|sanction register){_WHEN}",
        rf"(?:which|what|how many) {_WHAT_EN} (?:have|did) we (?:claim(?:ed)?|take[n]?|decide[d]?|collect(?:ed)?){_WHEN}",
        rf"have we (?:claimed|taken|collected|decided on)(?: any| a)? {_WHAT_EN}{_WHEN}",
    ),
    command(
        "silences",
        asked_for_silences,
        r"(?:visa |lista )?(?:vår |egen )?(?:passivitet(?:en)?|passivitetsklockan?|passivitetslistan?)",
        r"(?:var|när) är vi (?:själva )?(?:passiva|tysta)",
        r"(?:show )?(?:our )?(?:passivity|passivity list|silences)|where are we (?:passive|silent)",
    ),
)
