"""One reader for each way of writing a day or a stretch of time, with the expression that finds it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Final

from dialogs.understand.calendar_words import (
    DAY,
    Bias,
    Span,
    a_date,
    add_months,
    holiday_span,
    iso_week,
    month_span,
    nearest_year,
    one_day,
    quarter_span,
    unit_span,
    weekday_near,
)
from dialogs.understand.vocabulary import Vocabulary, vocabulary
from domain.people import Language

_FAR: Final = 400
"""So many units are the most that is read as a length of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One time the sentence speaks of."""

    span: Span
    start: int = 0
    end: int = 0
    """Where it stands in the text."""
    is_ongoing: bool = False
    """*Since* then: it has not ended."""
    is_future: bool = False
    """Said with words for the future, such as *om två veckor*."""
    is_week: bool = False
    """*In the week*, which may be all of it or one of its days."""


Reader = Callable[[re.Match[str], "Scene"], Span | Moment | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a reader needs to know beside the words."""

    words: Vocabulary
    today: date
    bias: Bias


@cache
def readers(language: Language) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    words = vocabulary(language)
    return tuple((re.compile(source), reader) for source, reader in _sources(words))


@cache
def day_list(language: Language) -> re.Pattern[str]:
    """Days that share one month, told off one after the other: *5, 8 och 12 januari*, *5 och 8 januari*."""
    words = vocabulary(language)
    number = r"(?:den |the )?\d{1,2}(?::?[ae]|st|nd|rd|th)?"
    last = rf"(?:,? (?:och|o|samt|and|&) {number})"
    days = rf"(?P<days>{number}(?:, {number})*{last}|{number}(?:, {number}){{2,}})"
    return re.compile(
        rf"(?<![\w.,:/-])(?<!mellan )(?<!between )(?<!från )(?<!from )(?<!mellan den )(?<!between the ){days}"
        rf" (?:of )?(?P<month>{_any(words.months)})\.?(?!\w)(?:,? (?P<year>(?:19|20)\d\d))?(?!\d)",
    )


def days_told_off(match: re.Match[str], scene: Scene) -> tuple[Span, ...]:
    """The days of such a list; none where they do not follow one another, since the first may count something else."""
    month = scene.words.months[match["month"]]
    days = [_on(int(number), month, _year(match), scene) for number in re.findall(r"\d{1,2}", match["days"])]
    found = tuple(day for day in days if day is not None)
    in_order = all(one.start < other.start for one, other in pairwise(found))
    return found if in_order and len(found) == len(days) else ()


def _sources(words: Vocabulary) -> Iterator[tuple[str, Reader]]:
    month = rf"(?P<month>{_any(words.months)})\.?(?!\w)"
    year = r"(?:,? (?P<year>(?:19|20)\d\d))?(?!\d)"
    number = r"(?P<day>\d{1,2})(?::?[aeo]?n?d?e?|st|nd|rd|th)?"
    the = r"(?<![\w\d])(?:den |the )?"
    count = rf"(?P<count>\d{{1,3}}|{_any([*words.numbers, 'a', 'an'])})"
    unit = rf"(?P<unit>{_any([word for word, kind in words.units.items() if kind in _LENGTHS])})(?!\w)"
    yield r"(?<![\w-])(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\w-])", _iso
    yield rf"{the}(?P<first>\d{{1,2}})\.? ?(?:-|till|och|to|and) ?(?:den |the )?{number} {month}{year}", _day_range
    yield rf"{the}{number} (?:of )?{month}{year}", _day_month
    yield rf"(?<!\w)(?P<edge>{_any(_edges(words))}) (?:dagen i |of |i |day of )?{month}{year}", _edge_of_month
    yield rf"{the}(?P<ordinal>{_any(words.ordinals)}) (?:of )?{month}{year}", _day_month
    if words.language is Language.EN:
        yield rf"(?<!\w){month} {number}{year}(?!\d)", _day_month
    yield r"(?<![\w./-])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:[/ -](?P<year>20\d\d))?(?![\w/])", _slashed
    yield rf"(?<!\w)(?:kvartal|kvartalet|kv\.?|q|quarter) ?(?P<quarter>[1-4])(?!\d){year}", _quarter
    ordinal = rf"(?P<ordinal>{_any(words.ordinals)})"
    yield rf"(?<!\w){ordinal} (?:kvartalet|kvartal|quarter)(?!\w){year}", _quarter
    yield rf"(?<!\w)(?:tertial|tertialet|t) ?(?P<tertial>[1-3])(?!\w){year}", _tertial
    yield rf"(?<!\w)(?:vecka|week|v\.?|w) ?(?P<week>\d{{1,2}})(?![\w%]){year}", _week
    yield from _counted(words, count, unit)
    yield rf"(?<!\w)(?P<known>{_any(words.days)})(?!\w)", _known_day
    yield rf"(?<!\w)(?P<known>{_any(words.spans)})(?!\w)", _known_span
    yield from _weekdays(words)
    yield rf"(?<!\w){month}{year}", _whole_month
    yield rf"(?<!\w)(?P<known>{_any(words.breaks)})(?!\w)", _holiday
    yield r"(?<![\w-])(?:under|during|in|år|i) (?P<year>20\d\d)(?![\w-])", _whole_year
    yield r"(?<!\w)(?:den|the) (?P<day>\d{1,2})(?::?[ae]|st|nd|rd|th)?(?![\w.:/-])", _day_of_month


_LENGTHS: Final = frozenset({"days", "weeks", "months", "years", "hours"})


def _counted(words: Vocabulary, count: str, unit: str) -> Iterator[tuple[str, Reader]]:
    last = _any(words.phrases["time_words.last"])
    ahead = _any(words.phrases["time_words.next_ones"])
    if words.language is Language.SV:
        yield rf"(?<!\w)(?:för |)(?P<about>ca |cirka |ungefär |)(?P<half>)?{count} {unit} (?:sedan|sen)(?!\w)", _ago
        yield rf"(?<!\w)(?:om|inom) (?:ca |cirka |ungefär )?{count} {unit}", _ahead
        yield rf"(?<!\w)(?:på|i|under|sedan|sen|de|dom) (?:de |dom )?(?:{last} )?{count} {unit}", _lasting
        yield rf"(?<!\w)(?:{last}) {count} {unit}", _lasting
        yield rf"(?<!\w)(?:{ahead}) {count} {unit}", _ahead
        yield rf"(?<!\w)(?:{last}) (?P<unit>veckan|månaden|året|dagen)(?!\w)", _lasting
        return
    yield rf"(?<!\w){count} {unit} ago(?!\w)", _ago
    yield rf"(?<!\w)(?:in|within) {count} {unit}", _ahead
    yield rf"(?<!\w)(?:for|over|during|in|the|since) (?:the )?(?:{last}) {count} {unit}", _lasting
    yield rf"(?<!\w)(?:{last}) {count} {unit}", _lasting
    yield rf"(?<!\w)for {count} {unit}", _lasting
    yield rf"(?<!\w)(?:{ahead}) {count} {unit}", _ahead


def _weekdays(words: Vocabulary) -> Iterator[tuple[str, Reader]]:
    name = rf"(?P<weekday>{_any(words.weekdays)})"
    if words.language is Language.SV:
        yield rf"(?<!\w)i {name}s(?!\w)", _weekday_past
        yield rf"(?<!\w)(?:i )?förra {name}en(?!\w)", _weekday_past
        yield rf"(?<!\w)(?:på|nu på|till|om|nästa) {name}(?!\w)", _weekday_ahead
        full = "|".join(word for word in words.weekdays if word.endswith("dag"))
        short = "|".join(
            word for word in words.weekdays if not word.endswith("dag") and word != "mån"
        )  # that is a month too
        yield rf"(?<!\w)(?P<weekday>{full})(?:en|ens|s|ar|arna)?(?!\w)", _weekday_bare
        yield rf"(?<!\w)(?P<weekday>{short})(?!\w)", _weekday_bare
        return
    yield rf"(?<!\w)(?:last|this past) {name}(?!\w)", _weekday_past
    yield rf"(?<!\w)(?:next|by|until|this coming) {name}(?!\w)", _weekday_ahead
    full = "|".join(word for word in words.weekdays if word.endswith("day"))
    yield rf"(?<!\w)(?P<weekday>{full})s?(?!\w)", _weekday_bare


def _any(known: Iterable[str]) -> str:
    # The longest first, so that *i förrgår* is not read as *i för* and a rest.
    return "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))


def _edges(words: Vocabulary) -> list[str]:
    return [*words.phrases["time_words.first_of"], *words.phrases["time_words.last_of"]]


def _year(match: re.Match[str]) -> int | None:
    written = match.groupdict().get("year")
    return int(written) if written else None


def _iso(match: re.Match[str], _: Scene) -> Span | None:
    day = a_date(int(match["year"]), int(match["month"]), int(match["day"]))
    return one_day(day) if day else None


def _slashed(match: re.Match[str], scene: Scene) -> Span | None:
    return _on(int(match["day"]), int(match["month"]), _year(match), scene)


def _day_month(match: re.Match[str], scene: Scene) -> Span | None:
    named = match.groupdict()
    day = int(named["day"]) if named.get("day") else scene.words.ordinals[match["ordinal"]]
    return _on(day, scene.words.months[match["month"]], _year(match), scene)


def _on(day: int, month: int, year: int | None, scene: Scene) -> Span | None:
    found = a_date(year, month, day) if year else nearest_year(month, day, scene.today, scene.bias)
    return one_day(found) if found else None


def _day_range(match: re.Match[str], scene: Scene) -> Span | None:
    month = scene.words.months[match["month"]]
    first = _on(int(match["first"]), month, _year(match), scene)
    last = _on(int(match["day"]), month, _year(match), scene)
    if first is None or last is None or last.start < first.start:
        return None
    return Span(start=first.start, end=last.start)


def _edge_of_month(match: re.Match[str], scene: Scene) -> Span | None:
    whole = _month_of(match, scene)
    if match["edge"] in scene.words.phrases["time_words.last_of"]:
        return one_day(whole.end)
    return one_day(whole.start)


def _month_of(match: re.Match[str], scene: Scene) -> Span:
    month, year = scene.words.months[match["month"]], _year(match)
    if year is None:
        today = scene.today
        if scene.bias is Bias.PAST:
            year = today.year if month <= today.month else today.year - 1
        elif scene.bias is Bias.FUTURE:
            year = today.year if month >= today.month else today.year + 1
        else:
            near = nearest_year(month, 15, today, Bias.NEAREST)
            year = near.year if near else today.year
    return month_span(year, month)


def _whole_month(match: re.Match[str], scene: Scene) -> Span | None:
    # *Jul* alone is Christmas; with a day before it, July.
    return None if match["month"] in scene.words.breaks else _month_of(match, scene)


def _quarter(match: re.Match[str], scene: Scene) -> Span | None:
    named = match.groupdict()
    quarter = int(named["quarter"]) if named.get("quarter") else scene.words.ordinals[match["ordinal"]]
    return _part_of_year(quarter, 3, match, scene)


def _tertial(match: re.Match[str], scene: Scene) -> Span | None:
    return _part_of_year(int(match["tertial"]), 4, match, scene)


def _part_of_year(part: int, months: int, match: re.Match[str], scene: Scene) -> Span | None:
    if not 1 <= part <= 12 // months:
        return None
    year = _year(match)
    if year is not None:
        return quarter_span(year, part, months=months)
    span = quarter_span(scene.today.year, part, months=months)
    if scene.bias is Bias.PAST and span.start > scene.today:
        return quarter_span(scene.today.year - 1, part, months=months)
    if scene.bias is Bias.FUTURE and span.end < scene.today:
        return quarter_span(scene.today.year + 1, part, months=months)
    return span


def _week(match: re.Match[str], scene: Scene) -> Span | None:
    year = _year(match)
    week = int(match["week"])
    if year is not None:
        return iso_week(year, week)
    span = iso_week(scene.today.isocalendar().year, week)
    if span is None:
        return None
    if scene.bias is Bias.PAST and span.start > scene.today:
        return iso_week(scene.today.isocalendar().year - 1, week)
    if scene.bias is Bias.FUTURE and span.end < scene.today:
        return iso_week(scene.today.isocalendar().year + 1, week)
    return span


def _length(match: re.Match[str], scene: Scene) -> tuple[int, str] | None:
    named = match.groupdict()
    written = named.get("count") or "1"
    count = int(written) if written.isdigit() else scene.words.numbers.get(written, 1)
    unit = {"veckan": "weeks", "månaden": "months", "året": "years", "dagen": "days"}.get(match["unit"])
    unit = unit or scene.words.units[match["unit"]]
    return (count, unit) if 0 < count <= _FAR else None


def _moved(today: date, count: int, unit: str) -> date:
    match unit:
        case "days":
            return today + count * DAY
        case "weeks":
            return today + timedelta(days=7 * count)
        case "months":
            return add_months(today, count)
        case "years":
            return add_months(today, 12 * max(-50, min(count, 50)))
        case _:
            return today


def _ago(match: re.Match[str], scene: Scene) -> Span | None:
    length = _length(match, scene)
    return one_day(_moved(scene.today, -length[0], length[1])) if length else None


def _ahead(match: re.Match[str], scene: Scene) -> Moment | None:
    length = _length(match, scene)
    if length is None:
        return None
    return Moment(span=one_day(_moved(scene.today, *length)), is_future=True)


def _lasting(match: re.Match[str], scene: Scene) -> Moment | None:
    length = _length(match, scene)
    if length is None or length[1] == "hours":
        return None
    span = Span(start=_moved(scene.today, -length[0], length[1]), end=scene.today)
    return Moment(span=span, is_ongoing=match.group().startswith(("sedan", "sen ", "since")))


def _known_day(match: re.Match[str], scene: Scene) -> Moment:
    offset = scene.words.days[match["known"]]
    return Moment(span=one_day(scene.today + offset * DAY), is_future=offset > 0)


def _known_span(match: re.Match[str], scene: Scene) -> Moment:
    known = scene.words.spans[match["known"]]
    span = unit_span(known, scene.today)
    return Moment(span=span, is_week=known["unit"] == "week", is_future=span.start > scene.today)


def _weekday_past(match: re.Match[str], scene: Scene) -> Span:
    return one_day(weekday_near(_weekday(match, scene), scene.today, Bias.PAST, may_be_today=False))


def _weekday_ahead(match: re.Match[str], scene: Scene) -> Moment:
    day = weekday_near(_weekday(match, scene), scene.today, Bias.FUTURE, may_be_today=False)
    return Moment(span=one_day(day), is_future=True)


def _weekday_bare(match: re.Match[str], scene: Scene) -> Span:
    bias = Bias.FUTURE if scene.bias is Bias.FUTURE else Bias.PAST
    return one_day(weekday_near(_weekday(match, scene), scene.today, bias, may_be_today=bias is Bias.PAST))


def _weekday(match: re.Match[str], scene: Scene) -> int:
    return scene.words.weekdays[match["weekday"]]


def _holiday(match: re.Match[str], scene: Scene) -> Moment | None:
    span = holiday_span(scene.words.breaks[match["known"]], scene.today)
    return Moment(span=span, is_future=span.start > scene.today) if span else None


def _whole_year(match: re.Match[str], _: Scene) -> Span:
    year = int(match["year"])
    return Span(start=date(year, 1, 1), end=date(year, 12, 31))


def _day_of_month(match: re.Match[str], scene: Scene) -> Span | None:
    today, day = scene.today, int(match["day"])
    months = (0, 1, 2) if scene.bias is Bias.FUTURE else (0, -1, -2)
    for month in months:
        first = add_months(today.replace(day=1), month)
        found = a_date(first.year, first.month, day)
        if found and (found >= today if scene.bias is Bias.FUTURE else found <= today):
            return one_day(found)
    return None
