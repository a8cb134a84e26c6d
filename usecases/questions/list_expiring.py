"""Which contracts end before a day, or must be decided about before it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.contract import Contract, ContractState, class_rank
from domain.due_dates import EndDates, add_months, end_dates
from domain.identifiers import ContractId, TenantId
from domain.people import Person
from usecases.questions.asking import EVERYTHING, Answer, Narrowing, inquiry
from usecases.world import World

_MARGIN_MONTHS = 2
"""For the days between a decision and its notice, and those a date moves to a working day."""


class Because(StrEnum):
    """Why a contract is among those that expire."""

    END = "end"
    """Its period ends."""
    NOTICE = "notice"
    """The last day to tell the supplier comes."""
    DECISION = "decision"
    """The day the decision is needed comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From one day to another, both included; from today when no first day is given."""

    until: date
    since: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiringContract:
    """A contract with the dates that follow from its end, and which of them the answer is about."""

    contract: Contract
    dates: EndDates
    because: tuple[Because, ...]
    first_on: date
    """The earliest of those dates."""
    is_decided: bool
    """What there was to decide about this period has been recorded."""


async def list_expiring(
    world: World,
    tenant_id: TenantId,
    person: Person,
    window: Window,
    narrow: Narrowing = EVERYTHING,
) -> Answer[ExpiringContract]:
    """What ends, or must be decided, within the window; never before today. The soonest first."""
    async with inquiry(world, tenant_id, person) as asked:
        scene = asked.scene
        window = Window(since=max(window.since or scene.today, scene.today), until=window.until)
        # Nothing is decided longer before an end than the longest lead, or the contract's own notice.
        months = max(scene.rules.end_dates.lead_months.values()) + _MARGIN_MONTHS
        latest = add_months(window.until, months)
        ending = await asked.unit.overview.ending_by(latest, mail=asked.mail, longest_months=months - _MARGIN_MONTHS)
        found = [
            (contract, dates)
            for contract in await asked.picked(ending)
            if narrow.keeps(contract)
            and contract.state_on(scene.today) in {ContractState.ACTIVE, ContractState.UPCOMING}
            and (dates := end_dates(contract, scene.rules, scene.calendar, on=scene.today)) is not None
            and _earliest(dates) <= window.until
        ]
        settled = await asked.unit.overview.settled_periods()
        rows = [_row(contract, dates, settled, window) for contract, dates in found]
        return asked.answer(sorted((row for row in rows if row.because), key=_weight))


def _earliest(dates: EndDates) -> date:
    return min(dates.decision_due, dates.notice_deadline, dates.period_end)


def _row(
    contract: Contract,
    dates: EndDates,
    settled: Collection[tuple[ContractId, str]],
    window: Window,
) -> ExpiringContract:
    is_decided = (contract.contract_id, dates.period_key) in settled
    days = [(Because.END, dates.period_end)]
    if dates.has_decision and not is_decided:
        days += [(Because.NOTICE, dates.notice_deadline), (Because.DECISION, dates.decision_due)]
    within: Sequence[tuple[Because, date]] = [(why, day) for why, day in days if window.holds(day)]
    return ExpiringContract(
        contract=contract,
        dates=dates,
        because=tuple(why for why, _ in within),
        first_on=min((day for _, day in within), default=date.max),
        is_decided=is_decided,
    )


def _weight(row: ExpiringContract) -> tuple[date, int, str]:
    return row.first_on, class_rank(row.contract.contract_class), row.contract.contract_number
