"""How one says what the clock is to be turned to: `+1d`, `+2v`, `2027-02-01`, `2027-02-01 13.00`."""

import re
from datetime import datetime, time, timedelta

from bot.arguments import LOCAL_ZONE

_MORNING = time(8, 30)
"""When the morning's letters have come."""
_MOST_DAYS = 400
"""A longer leap takes minutes, and nobody reads what happened on the way."""
_AHEAD = re.compile(r"\+ ?(?P<number>\d{1,3}) ?(?P<unit>[a-zåäö]*)", re.IGNORECASE)
_DAY = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?:[ T]+(?:kl\.? ?)?(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?)?")
_UNITS = {
    "h": timedelta(hours=1),
    "t": timedelta(hours=1),
    "d": timedelta(days=1),
    "v": timedelta(weeks=1),
    "w": timedelta(weeks=1),
}


def moment_meant(words: str, now: datetime) -> datetime | None:
    """The moment meant, or None when it cannot be told or lies too far ahead.

    A number of days means the same local hour then, also when the clocks change in between.
    """
    meant = _ahead(words.strip(), now) or _that_day(words.strip())
    if meant is None or meant - now > timedelta(days=_MOST_DAYS):
        return None
    return meant


def _ahead(words: str, now: datetime) -> datetime | None:
    match = _AHEAD.fullmatch(words)
    unit = _UNITS.get((match["unit"][:1] or "d").lower()) if match else None
    if match is None or unit is None:
        return None
    leap = unit * int(match["number"])
    local = now.astimezone(LOCAL_ZONE)
    return local + leap if unit >= timedelta(days=1) else (now + leap).astimezone(LOCAL_ZONE)


def _that_day(words: str) -> datetime | None:
    match = _DAY.fullmatch(words)
    if match is None:
        return None
    try:
        day = datetime.fromisoformat(match["day"]).date()
        at = time(int(match["hour"]), int(match["minute"] or 0)) if match["hour"] else _MORNING
    except ValueError:
        return None
    return datetime.combine(day, at, tzinfo=LOCAL_ZONE)
