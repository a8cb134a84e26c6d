"""At which moment something may be sent: one digest a person and day, in working time, never in the night."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.people import Person
from domain.working_days import WorkingCalendar

LADDER_AT = time(6, 0)
"""Local hour at which the day's rungs are taken: early enough for the earliest digest (07.00)."""
EARLIEST_DIGEST = time(7, 0)
LATEST_DIGEST = time(17, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """When post is delivered in one organisation."""

    zone: ZoneInfo
    calendar: WorkingCalendar
    digest_at: time
    spread_minutes: int
    """Digests at the common hour are spread over this many minutes, the same minute every day for a person."""

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def day_of(self, moment: datetime) -> date:
        """The local day a moment falls on."""
        return self.local(moment).date()

    def at(self, day: date, hour: time) -> datetime:
        """The moment of a local day and hour, in UTC. Hours 01:00-03:59 do not exist twice a year and are refused."""
        if time(1) <= hour < time(4):
            message = f"{hour} may not exist on {day}"
            raise ValueError(message)
        return datetime.combine(day, hour, self.zone).astimezone(UTC)

    def ladder_moment(self, day: date) -> datetime:
        """When the rungs of a day are taken."""
        return self.at(day, LADDER_AT)

    def digest_moment(self, person: Person, earliest: datetime) -> datetime:
        """The person's next digest at or after `earliest`: an open day at their hour, else the common one."""
        day = self.calendar.next_open_day(self.day_of(earliest))
        moment = self._slot(person, day)
        if moment < earliest:
            moment = self._slot(person, self.calendar.next_open_day(day + timedelta(days=1)))
        return moment

    def legal_moment(self, person: Person, earliest: datetime) -> datetime:
        """As `digest_moment`, but blackout weeks do not hold a legal date back: any working day will do."""
        day = self.calendar.next_working_day(self.day_of(earliest))
        moment = self._slot(person, day)
        if moment < earliest:
            moment = self._slot(person, self.calendar.next_working_day(day + timedelta(days=1)))
        return moment

    def _slot(self, person: Person, day: date) -> datetime:
        if person.digest_at is not None:
            return self.at(day, person.digest_at)
        return self.at(day, self.digest_at) + timedelta(minutes=self._minute(person))

    def _minute(self, person: Person) -> int:
        if self.spread_minutes <= 0:
            return 0
        spread = hashlib.sha256(person.mail.encode()).digest()
        return int.from_bytes(spread[:4], "big") % self.spread_minutes
