"""Both ladders as data: the internal reminders and the steps towards the supplier.

They are read from `reminder_ladder.toml` and `supplier_ladder.toml`, and never mixed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil

from domain.contract import ContractClass
from domain.deviation import LadderStep, Severity
from domain.people import ContractRole, Role
from domain.reminder_ladder import Rung
from domain.rules.reading import TableReader, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonRung:
    """A level above the controller. Never automatic: somebody presses a button for it."""

    level: str
    offset_days: int
    """Open days after the due date before the button is offered."""
    to: Role
    pressed_by: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRules:
    """The reminder ladder of every class."""

    rungs: Mapping[ContractClass, tuple[Rung, ...]]
    buttons: Mapping[ContractClass, tuple[ButtonRung, ...]]


class DeadlinePhase(StrEnum):
    """What a deadline of the supplier ladder is for."""

    ASSESS = "assess"
    CONTACT_SUPPLIER = "contact_supplier"
    SUPPLIER_ANSWER = "supplier_answer"
    RECTIFIED = "rectified"
    PLAN_HANDED_IN = "plan_handed_in"
    PLAN_ASSESSED = "plan_assessed"
    VERIFICATION = "verification"
    SANCTION_DECISION = "sanction_decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """One step of the supplier ladder: who acts, with whom, and what comes of it."""

    label: Words
    decided_by: ContractRole | Role
    supplier_contact: Words
    output: Words
    enter_when: Words
    leave_when: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PassivityRules:
    """When our own silence is told of. The defaults hold for rule sets from before there was such a table."""

    undecided_days: int = 20
    """Working days a right may wait for its answer."""
    reservation_days: int = 5
    """Working days before a reservation runs out that its owner is told."""
    longest_reservation_days: int = 365
    """Days of the calendar."""
    drafts_from: Severity = Severity.MODERATE


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierLadderRules:
    """Steps, deadlines and what proposes the next step."""

    steps: Mapping[LadderStep, StepRule]
    emergency: StepRule
    deadlines: Mapping[DeadlinePhase, Mapping[Severity, int]]
    """Working days; 0 is the same day. A severity left out has no such deadline."""
    class_factors: Mapping[ContractClass, float]
    grace_days: int
    """Working days after a passed deadline before the next step is proposed (t1)."""
    repeats: int
    """So many of one type within the window lead to `repeats_step` (t3)."""
    repeats_window_days: int
    repeats_window_low_days: int
    repeats_step: LadderStep
    serious_open: int
    """So many open `serious` on one contract lead to `repeats_step` (t4)."""
    reopen_days: int
    same_day_before: str
    otherwise_at: str
    personal_data_report_hours: int
    passivity: PassivityRules = field(default_factory=PassivityRules)

    def deadline_days(self, phase: DeadlinePhase, severity: Severity, contract_class: ContractClass) -> int | None:
        """Working days for a phase, by class: rounded up, at least 1; 0 stays the same day, None has no deadline."""
        days = self.deadlines[phase].get(severity)
        if not days:
            return days
        return max(1, ceil(days * self.class_factors[contract_class]))


def read_reminders(reader: TableReader) -> ReminderRules:
    """Rungs in order of time for each class, and the buttons above them."""
    rungs: dict[ContractClass, tuple[Rung, ...]] = {}
    for contract_class, table in reader.every_class("classes").items():
        rungs[contract_class] = tuple(_read_rung(rung) for rung in table.inners("rungs"))
        offsets = [rung.offset_days for rung in rungs[contract_class]]
        if offsets != sorted(set(offsets)):
            table.fault("rungs", f"must come in order of time, each on a day of its own, are {offsets}")
        steps = [rung.step for rung in rungs[contract_class]]
        if len(steps) != len(set(steps)):
            table.fault("rungs", f"must have steps of different names, are {steps}")
        table.end()
    buttons: dict[ContractClass, list[ButtonRung]] = {contract_class: [] for contract_class in ContractClass}
    for table in reader.inners("buttons"):
        button = ButtonRung(
            level=table.text("level"),
            offset_days=table.whole("offset_days", at_least=1),
            to=table.choice("to", Role),
            pressed_by=table.choice("pressed_by", Role),
        )
        buttons[table.choice("class", ContractClass)].append(button)
        table.end()
    reader.end()
    return ReminderRules(rungs=rungs, buttons={key: tuple(value) for key, value in buttons.items()})


def _read_rung(table: TableReader) -> Rung:
    level = table.text("level")
    rung = Rung(
        level=level,
        step=table.text("step") if table.has("step") else level,
        offset_days=table.whole("offset_days"),
        to=table.choice("to", ContractRole),
        is_digest=table.is_set("is_digest"),
        is_report_only=table.is_set("is_report_only"),
    )
    table.end()
    return rung


def read_supplier_ladder(reader: TableReader) -> SupplierLadderRules:
    """Steps 0 to 6 and X, the deadlines, and the triggers."""
    steps = reader.inner("steps")
    passivity = _read_passivity(reader.inner("passivity")) if reader.has("passivity") else PassivityRules()
    triggers = reader.inner("triggers")
    same_day = reader.inner("same_day")
    rules = SupplierLadderRules(
        steps={step: _read_step(steps.inner(str(step.value))) for step in LadderStep},
        emergency=_read_step(steps.inner("X")),
        deadlines=_read_deadlines(reader.inner("deadlines")),
        class_factors=_read_factors(reader.inner("class_factors")),
        grace_days=triggers.whole("grace_days", at_least=0),
        repeats=triggers.whole("repeats", at_least=2),
        repeats_window_days=triggers.whole("repeats_window_days", at_least=1),
        repeats_window_low_days=triggers.whole("repeats_window_low_days", at_least=1),
        repeats_step=LadderStep(triggers.whole("repeats_step", at_least=0, at_most=6) % len(LadderStep)),
        serious_open=triggers.whole("serious_open", at_least=1),
        reopen_days=triggers.whole("reopen_days", at_least=0),
        same_day_before=same_day.text("before"),
        otherwise_at=same_day.text("otherwise_at"),
        personal_data_report_hours=reader.whole("personal_data_report_hours", at_least=1),
        passivity=passivity,
    )
    for table in (steps, triggers, same_day, reader):
        table.end()
    return rules


def _read_step(table: TableReader) -> StepRule:
    role = table.text("decided_by")
    roles = {known.value: known for known in (*Role, *ContractRole)}
    if role and role not in roles:
        table.fault("decided_by", f"{role!r} is not a role")
    step = StepRule(
        label=table.words("label"),
        decided_by=roles.get(role, ContractRole.MANAGER),
        supplier_contact=table.words("supplier_contact"),
        output=table.words("output"),
        enter_when=table.words("enter_when"),
        leave_when=table.words("leave_when"),
    )
    table.end()
    return step


def _read_deadlines(reader: TableReader) -> dict[DeadlinePhase, dict[Severity, int]]:
    deadlines = {}
    for phase in DeadlinePhase:
        table = reader.inner(phase.value)
        deadlines[phase] = {
            severity: table.whole(severity.value, at_least=0) for severity in Severity if table.has(severity.value)
        }
        table.end()
    reader.end()
    return deadlines


def _read_passivity(table: TableReader) -> PassivityRules:
    rules = PassivityRules(
        undecided_days=table.whole("undecided_days", at_least=1),
        reservation_days=table.whole("reservation_days", at_least=0),
        longest_reservation_days=table.whole("longest_reservation_days", at_least=1),
        drafts_from=table.choice("drafts_from", Severity),
    )
    table.end()
    return rules


def _read_factors(table: TableReader) -> dict[ContractClass, float]:
    factors = {contract_class: table.number(contract_class.value, at_least=0.1) for contract_class in ContractClass}
    table.end()
    return factors
