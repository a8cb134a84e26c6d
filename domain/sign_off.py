"""Who approves a follow-up that has been handed in, and when they are asked again (domain.md 3.3)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.contract import Contract, ContractClass
from domain.people import ContractRole, Person
from domain.roster import Roster
from domain.working_days import WorkingCalendar

_ALWAYS_READ: Final = frozenset({ContractClass.CRITICAL, ContractClass.HIGH})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffStep:
    """One time somebody is asked to read and approve."""

    step: str
    offset_days: int
    """Open days after the follow-up was handed in."""
    also: ContractRole | None = None
    """Who is asked beside the signer from now on."""


STEPS: Final = (
    SignOffStep(step="S0", offset_days=0),
    SignOffStep(step="S1", offset_days=5),
    SignOffStep(step="S2", offset_days=10, also=ContractRole.CONTROLLER),
)


def accepts_itself(contract_class: ContractClass | None, *, is_green: bool) -> bool:
    """Whether nobody needs to read it: green, on a contract where that is enough."""
    return is_green and contract_class not in _ALWAYS_READ


def signers(roster: Roster, contract: Contract, submitted_by: str) -> tuple[Person, ...]:
    """Who reads and approves: the owner, unless it is their own work or there is none; then the controllers."""
    asked = roster.who(ContractRole.OWNER, contract)
    others = tuple(person for person in asked if person.mail != submitted_by)
    if others:
        return others
    controllers = tuple(person for person in roster.who(ContractRole.CONTROLLER, contract) if person not in asked)
    return controllers or asked


def may_sign(
    person: Person,
    roster: Roster,
    contract: Contract,
    submitted_by: str,
    step: SignOffStep | None,
) -> bool:
    """Whether this person may approve, or send back, now. `step` is the last one taken."""
    if person in signers(roster, contract, submitted_by):
        return True
    return step is not None and step.also is ContractRole.CONTROLLER and person.is_controller


def step_on(submitted_on: date, today: date, calendar: WorkingCalendar) -> SignOffStep:
    """The step whose day has come last."""
    return [step for step in STEPS if step_day(submitted_on, step, calendar) <= today][-1]


def next_step(submitted_on: date, today: date, calendar: WorkingCalendar) -> SignOffStep | None:
    """The first step whose day is still to come."""
    return next((step for step in STEPS if step_day(submitted_on, step, calendar) > today), None)


def step_day(submitted_on: date, step: SignOffStep, calendar: WorkingCalendar) -> date:
    """The open day on which the step is taken."""
    return calendar.add_open_days(submitted_on, step.offset_days)
