"""When: every way people write days, weeks, months and clock times, counted from today."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import pairwise
from typing import Final

from dialogs.understand.calendar_words import Bias, Span, a_date
from dialogs.understand.normalise import Sentence
from dialogs.understand.time_words import Moment, Scene, day_list, days_told_off, readers
from dialogs.understand.vocabulary import vocabulary

_CLOCK: Final = re.compile(
    r"(?<![\w.,/-])(?:(kl\.?|klockan|at)\s*)?([01]?\d|2[0-3])[.:]([0-5]\d)(?:\s*(?:-|till|to|och|until)\s*(?:kl\.? ?)?"
    r"([01]?\d|2[0-3])[.:]([0-5]\d))?(?![\w/]|[.,:-]\d|\s*(?:kr|kronor|sek|tkr|mkr|procent|%|mm|cm|kg|liter))",
)

_HOURS: Final = re.compile(
    r"(?<!\w)(?:mellan|från|between|from) (?:kl\.? |klockan )?(\w+) (?:och|till|and|to|until) (?:kl\.? |klockan )?(\w+)"
    r"(?=$|[,;!?]|\.(?!\d)| (?:i|på|idag|igår|imorse|så|och|men|utan|då|när|under|var|låg|är|on|in|yesterday|today|so|and|but)(?!\w))",
)
_DAY_TOLD: Final = re.compile(r"\d{1,2}(?::?[ae]|st|nd|rd|th)?")
_HOURS_A_DAY: Final = 24
_LATE: Final = re.compile(r"(?:^|\s)(?:var|va|vart|är|blev|blir|kom) (?:\w+ )?sen$")
"""*Bussen var sen i fredags*: late, not since."""
_LISTED: Final = re.compile(r"\s*(?:,|och|o|å|samt|and|eller|or|&|\+|, ?och)?\s*(?:den |i |på |on |the )?")
_UNTIL: Final = ("till", "tills", "until")
_LONG_AGO_DAYS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """From one hour to another."""

    start: time
    end: time | None

    @property
    def minutes(self) -> int | None:
        """How long, over midnight too."""
        if self.end is None:
            return None
        first, last = (at.hour * 60 + at.minute for at in (self.start, self.end))
        return (last - first) % (24 * 60) or None


def read_moments(sentence: Sentence, *, today: date, bias: Bias = Bias.PAST) -> tuple[Moment, ...]:
    """Every time spoken of, in the order of the text. None of them overlap."""
    words = vocabulary(sentence.language)
    scene = Scene(words=words, today=today, bias=bias)
    found, rest = _told_off(sentence.lower, scene)
    for expression, reader in readers(sentence.language):
        for match in expression.finditer(rest):
            read = reader(match, scene)
            if read is None:
                continue
            moment = read if isinstance(read, Moment) else Moment(span=read)
            found.append(_placed(moment, match, sentence, scene))
            rest = rest[: match.start()] + "\0" * (match.end() - match.start()) + rest[match.end() :]
    return tuple(sorted(found, key=lambda moment: moment.start))


def _told_off(text: str, scene: Scene) -> tuple[list[Moment], str]:
    """The days of lists that share one month, as in *5, 8 och 12 januari*; and the text without them."""
    found: list[Moment] = []
    for match in day_list(scene.words.language).finditer(text):
        days = days_told_off(match, scene)
        if not days:
            continue
        told = [number.span() for number in _DAY_TOLD.finditer(text, match.start("days"), match.end("days"))]
        ends = [*(end for _, end in told[:-1]), match.end()]
        found += [Moment(span=day, start=begin, end=end) for day, (begin, _), end in zip(days, told, ends, strict=True)]
        text = text[: match.start()] + "\0" * (match.end() - match.start()) + text[match.end() :]
    return found, text


def listed_days(sentence: Sentence, moments: Sequence[Moment]) -> int:
    """How many days are told off one after the other, as in *3/11, 5/11 och 9/11*; 0 when they are not."""
    days = [moment for moment in moments if moment.span.start == moment.span.end and not moment.is_ongoing]
    between = (sentence.lower[first.end : second.start] for first, second in pairwise(days))
    return len(days) if len(days) > 1 and all(_LISTED.fullmatch(words) for words in between) else 0


def read_clock(sentence: Sentence) -> Clock | None:
    """The first time of day, with its end where one is given."""
    for match in _CLOCK.finditer(sentence.lower):
        _, hour, minute, to_hour, to_minute = match.groups()
        end = time(int(to_hour), int(to_minute)) if to_hour else None
        return Clock(start=time(int(hour), int(minute)), end=end)
    return _in_words(sentence)


def _in_words(sentence: Sentence) -> Clock | None:
    """*Mellan åtta och tio*, where nothing follows that is counted."""
    numbers = vocabulary(sentence.language).numbers
    for match in _HOURS.finditer(sentence.lower):
        first, last = (numbers.get(word, int(word) if word.isdecimal() else _HOURS_A_DAY) for word in match.group(1, 2))
        if max(first, last) < _HOURS_A_DAY and first != last:
            return Clock(start=time(first), end=time(last))
    return None


def _placed(moment: Moment, match: re.Match[str], sentence: Sentence, scene: Scene) -> Moment:
    words = scene.words
    before = sentence.lower[: match.start()].rstrip()
    placed = replace(moment, start=match.start(), end=match.end())
    if _ends_in(before, words.phrases["time_words.since"]) and not _LATE.search(before):
        return replace(placed, is_ongoing=True, is_future=False, span=_begun(moment.span, scene.today))
    # *Restnoterat till februari* is said of the February to come.
    is_long_ago = (scene.today - moment.span.end).days > _LONG_AGO_DAYS
    return replace(placed, is_future=True) if is_long_ago and _ends_in(before, _UNTIL) else placed


def _begun(span: Span, today: date) -> Span:
    """*Sedan årsskiftet* is the turn of the year that has been, not the one to come."""
    if span.start <= today:
        return span
    start, end = (a_date(day.year - 1, day.month, min(day.day, 28)) or day for day in (span.start, span.end))
    return Span(start=start, end=end)


def _ends_in(before: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?: i| den| last| the)?$", before) for word in words)
