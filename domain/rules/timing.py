"""End dates, calendar and limits: the numbers of `end_dates.toml`, `calendar.toml` and `limits.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.contract import ContractClass
from domain.people import ContractRole
from domain.rules.reading import TableReader, Words

LAST_ISO_WEEK = 53
MOST_CLOSED_WEEKS = 26
"""Half a year: a rule set that closes more than it opens is a mistake."""
UNSAFE_FROM = time(1)
UNSAFE_TO = time(4)
"""Local times that do not exist, or come twice, on the days the clock is changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CeilingAlarm:
    """Who hears when a framework's ceiling is used up to a share."""

    percent: int
    meaning: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDateRules:
    """The numbers behind every end date."""

    lead_months: Mapping[ContractClass, int]
    """A new procurement with transition."""
    window_months: Mapping[ContractClass, int]
    """How long the evaluation is open before the decision."""
    unclassified_as: ContractClass
    """Whose numbers an unclassified contract borrows."""
    assumed_notice_months: int
    decision_before_notice_days: int
    send_before_notice_days: int
    earliest_decision_months: int
    """After the period's start, where the lead would put the decision before it."""
    handover_months: int
    handover_classes: frozenset[ContractClass]
    close_open_days: int
    close_due_days: int
    alarm_days: tuple[int, ...]
    """Calendar days before `send_by` on which an alarm goes out; 0 is the day itself."""
    alarm_to: tuple[ContractRole, ...]
    review_months: int
    """How often a contract without an end must be reviewed."""
    assumed_renewal_months: int
    """The next period of an automatic renewal whose length the register does not tell."""
    ceiling_alarms: tuple[CeilingAlarm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRules:
    """When there is quiet, and when the day's messages go."""

    time_zone: str
    blackout_weeks: frozenset[int]
    digest_at: time
    spread_minutes: int
    """Digests are smeared over so many minutes."""
    sending_from: time
    sending_to: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What keeps the bot from asking too much, and the pace it is taken into use at."""

    followups_per_person_and_week: int
    snoozes: int
    snooze_days: int
    minimum_gap_hours: int
    """Working hours between two rungs to the same person."""
    late_warning_hours: int
    """A nudge later than this is on the operator's list."""
    first_followup_working_days: int
    low_value_sek: Decimal
    blackout_spread_days: int
    """Open days before (or after) a closure over which what fell in it is spread."""
    blackout_start_margin_days: int
    """Nothing is moved back closer than this to the contract's start or to the occurrence before."""
    working_days_per_year: int
    rollout_default: frozenset[ContractClass]
    rollout_order: tuple[ContractClass, ...]
    rollout_on_time_percent: int
    rollout_quarters: int


def read_end_dates(reader: TableReader) -> EndDateRules:
    alarm_days = reader.wholes("alarm_days", at_least=0)
    if list(alarm_days) != sorted(set(alarm_days), reverse=True):
        reader.fault("alarm_days", f"must fall towards the date, are {list(alarm_days)}")
    rules = EndDateRules(
        lead_months=reader.whole_by_class("lead_months", at_least=1),
        window_months=reader.whole_by_class("window_months", at_least=0),
        unclassified_as=reader.choice("unclassified_as", ContractClass),
        assumed_notice_months=reader.whole("assumed_notice_months", at_least=0),
        decision_before_notice_days=reader.whole("decision_before_notice_days", at_least=0),
        send_before_notice_days=reader.whole("send_before_notice_days", at_least=0),
        earliest_decision_months=reader.whole("earliest_decision_months", at_least=0),
        handover_months=reader.whole("handover_months", at_least=0),
        handover_classes=frozenset(reader.choices("handover_classes", ContractClass)),
        close_open_days=reader.whole("close_open_days", at_least=0),
        close_due_days=reader.whole("close_due_days", at_least=0),
        alarm_days=alarm_days,
        alarm_to=reader.choices("alarm_to", ContractRole),
        review_months=reader.whole("review_months", at_least=1),
        assumed_renewal_months=reader.whole("assumed_renewal_months", at_least=1),
        ceiling_alarms=tuple(_read_ceiling_alarm(table) for table in reader.inners("ceiling_alarms")),
    )
    reader.end()
    return rules


def _read_ceiling_alarm(table: TableReader) -> CeilingAlarm:
    alarm = CeilingAlarm(percent=table.whole("percent", at_least=1, at_most=100), meaning=table.words("meaning"))
    table.end()
    return alarm


def read_calendar(reader: TableReader) -> CalendarRules:
    weeks = reader.wholes("blackout_weeks", at_least=1, at_most=LAST_ISO_WEEK)
    if len(set(weeks)) > MOST_CLOSED_WEEKS:
        reader.fault("blackout_weeks", f"must be at most {MOST_CLOSED_WEEKS} weeks, are {len(set(weeks))}")
    rules = CalendarRules(
        time_zone=_read_zone(reader),
        blackout_weeks=frozenset(weeks),
        digest_at=_read_time(reader, "digest_at"),
        spread_minutes=reader.whole("spread_minutes", at_least=0, at_most=240),
        sending_from=_read_time(reader, "sending_from"),
        sending_to=_read_time(reader, "sending_to"),
    )
    if rules.sending_from >= rules.sending_to:
        reader.fault("sending_to", "must come after sending_from")
    elif not rules.sending_from <= rules.digest_at < rules.sending_to:
        reader.fault("digest_at", "must lie between sending_from and sending_to")
    reader.end()
    return rules


def _read_zone(reader: TableReader) -> str:
    name = reader.text("time_zone")
    try:
        ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        reader.fault("time_zone", f"{name!r} is not a time zone")
    return name


def _read_time(reader: TableReader, key: str) -> time:
    written = reader.text(key)
    try:
        at = time.fromisoformat(written) if written else time(8)
    except ValueError:
        reader.fault(key, f"must be a time such as 08:00, is {written!r}")
        return time(8)
    if UNSAFE_FROM <= at < UNSAFE_TO:
        reader.fault(key, "must not lie between 01:00 and 03:59, hours that vanish when the clock is changed")
    return at


def read_limits(reader: TableReader) -> Limits:
    rollout = reader.inner("rollout")
    limits = Limits(
        followups_per_person_and_week=reader.whole("followups_per_person_and_week", at_least=1),
        snoozes=reader.whole("snoozes", at_least=0),
        snooze_days=reader.whole("snooze_days", at_least=1),
        minimum_gap_hours=reader.whole("minimum_gap_hours", at_least=0),
        late_warning_hours=reader.whole("late_warning_hours", at_least=1),
        first_followup_working_days=reader.whole("first_followup_working_days", at_least=0),
        low_value_sek=Decimal(reader.whole("low_value_sek", at_least=0)),
        blackout_spread_days=reader.whole("blackout_spread_days", at_least=1),
        blackout_start_margin_days=reader.whole("blackout_start_margin_days", at_least=0),
        working_days_per_year=reader.whole("working_days_per_year", at_least=1, at_most=366),
        rollout_default=frozenset(rollout.choices("default", ContractClass)),
        rollout_order=rollout.choices("order", ContractClass),
        rollout_on_time_percent=rollout.whole("on_time_percent", at_least=0, at_most=100),
        rollout_quarters=rollout.whole("quarters", at_least=1),
    )
    rollout.end()
    reader.end()
    return limits
