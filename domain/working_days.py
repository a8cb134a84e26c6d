"""Which days work is done on: weekends, red days and the quiet weeks of the year."""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MOST_BLACKOUT_WEEKS = 40
"""More than this and there would hardly be a day left to put anything on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """Working days of one organisation.

    A *working* day is neither weekend nor red day. An *open* day is a working day outside the blackout
    weeks: the days reminders are sent on and the reminder ladder counts. Legal dates count working days.
    """

    holidays: frozenset[date]
    """Red days and closures; weekends need not be listed."""
    blackout_weeks: frozenset[int] = frozenset()
    """ISO week numbers."""

    def __post_init__(self) -> None:
        if len(self.blackout_weeks) > MOST_BLACKOUT_WEEKS:
            message = f"at most {MOST_BLACKOUT_WEEKS} blackout weeks, got {len(self.blackout_weeks)}"
            raise ValueError(message)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays

    def is_blackout(self, day: date) -> bool:
        return day.isocalendar().week in self.blackout_weeks

    def is_open_day(self, day: date) -> bool:
        """Neither weekend, red day nor blackout week."""
        return self.is_working_day(day) and not self.is_blackout(day)

    def is_quiet(self, day: date) -> bool:
        """Nothing but legal dates and grave deviations is sent on such a day."""
        return not self.is_open_day(day)

    def next_working_day(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_working_day(day):
            day -= DAY
        return day

    def next_open_day(self, day: date) -> date:
        """The day itself, or the first open day after it."""
        while not self.is_open_day(day):
            day += DAY
        return day

    def previous_open_day(self, day: date) -> date:
        """The day itself, or the last open day before it."""
        while not self.is_open_day(day):
            day -= DAY
        return day

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day` (before it when n is negative); `day` itself when n is 0."""
        step = DAY if n > 0 else -DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def add_open_days(self, day: date, n: int) -> date:
        """As `add_working_days`, counting only open days: the reminder ladder's clock stands still in blackout."""
        step = DAY if n > 0 else -DAY
        for _ in range(abs(n)):
            day += step
            while not self.is_open_day(day):
                day += step
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lead from `a` to `b`: those in (a, b], or minus those in [b, a)."""
        if b < a:
            return -sum(self.is_working_day(b + timedelta(days=n)) for n in range((a - b).days))
        return sum(self.is_working_day(a + timedelta(days=n + 1)) for n in range((b - a).days))

    def open_days_between(self, a: date, b: date) -> int:
        """How many open days lead from `a` to `b`: those in (a, b], or minus those in [b, a)."""
        if b < a:
            return -sum(self.is_open_day(b + timedelta(days=n)) for n in range((a - b).days))
        return sum(self.is_open_day(a + timedelta(days=n + 1)) for n in range((b - a).days))

    def closure_around(self, day: date) -> tuple[date, date]:
        """The Monday that begins and the Sunday that ends the run of blackout weeks `day` lies in."""
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
        while self.is_blackout(first - DAY):
            first -= WEEK
        while self.is_blackout(last + DAY):
            last += WEEK
        return first, last
