"""The rule set: every number and sentence the rules run on, parsed from the rule book's files.

A tenant's rule sets are immutable versions; whatever is planned remembers the number it was planned under.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from domain.contract import Contract, ContractClass
from domain.deviation import Severity
from domain.errors import RuleBookInvalid
from domain.followup import Activity
from domain.reminder_ladder import Rung
from domain.rules.activities import ActivityRule, Anchor, PlanRules, RunBy, SectionRule, read_plan
from domain.rules.classes import ClassRule, Floor, ScoringRules, read_classes, read_scoring
from domain.rules.ladders import (
    ButtonRung,
    DeadlinePhase,
    ReminderRules,
    StepRule,
    SupplierLadderRules,
    read_reminders,
    read_supplier_ladder,
)
from domain.rules.off import SwitchedOff, WhyOff, off_in_plan
from domain.rules.reading import TableReader, Words, sources, unsourced
from domain.rules.timing import (
    CalendarRules,
    EndDateRules,
    Limits,
    read_calendar,
    read_end_dates,
    read_limits,
)

__all__ = [
    "RULE_FILES",
    "ActivityRule",
    "Anchor",
    "ButtonRung",
    "CalendarRules",
    "ClassRule",
    "DeadlinePhase",
    "EndDateRules",
    "Floor",
    "Limits",
    "RuleSet",
    "RunBy",
    "SectionRule",
    "StepRule",
    "SwitchedOff",
    "WhyOff",
    "Words",
    "parse_ruleset",
    "switched_off",
]

RULE_FILES = (
    "classes",
    "scoring",
    "plan",
    "reminder_ladder",
    "supplier_ladder",
    "end_dates",
    "calendar",
    "limits",
)
OTHER_FILES = frozenset({"deviation_types"})
"""Files of the same rule book that another parser reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One version of the rules."""

    number: int
    sha256: str
    classes: Mapping[ContractClass, ClassRule]
    scoring: ScoringRules
    plan: PlanRules
    reminders: ReminderRules
    supplier_ladder: SupplierLadderRules
    end_dates: EndDateRules
    calendar: CalendarRules
    limits: Limits
    sources: Mapping[str, str]
    """`file:key` to where the values there come from."""

    def label(self, contract_class: ContractClass, language: str) -> str:
        """What a class is called in `sv` or `en`."""
        return self.classes[contract_class].label.in_language(language)

    def activity_label(self, activity: Activity, language: str) -> str:
        """What an activity is called in `sv` or `en`; its identifier where no class runs it."""
        for rules in self.plan.activities.values():
            for rule in rules:
                if rule.activity is activity:
                    return rule.label.in_language(language)
        return activity.value

    def activities(self, contract_class: ContractClass) -> tuple[ActivityRule, ...]:
        """Everything the plan has for a class, switched off or not."""
        return self.plan.activities[contract_class]

    def recurring(self, contract_class: ContractClass) -> tuple[ActivityRule, ...]:
        """The activities that are planned from the contract's start and have a checklist to run."""
        return tuple(
            rule
            for rule in self.plan.activities[contract_class]
            if rule.anchor is Anchor.START
            and rule.run_by is RunBy.MANAGER
            and not rule.is_optional
            and self.runnable(rule.modules)
        )

    def of_contract(self, contract: Contract) -> tuple[ActivityRule, ...]:
        """Everything the plan has for a contract; nothing while it has no class."""
        return self.plan.activities[contract.contract_class] if contract.contract_class else ()

    def recurring_of(self, contract: Contract) -> tuple[ActivityRule, ...]:
        """The recurring activities of a contract; none while it has no class."""
        return self.recurring(contract.contract_class) if contract.contract_class else ()

    def sections(self, contract_class: ContractClass) -> tuple[SectionRule, ...]:
        """The modules that join a class's follow-ups."""
        return self.plan.sections[contract_class]

    def runnable(self, modules: tuple[str, ...]) -> tuple[str, ...]:
        """Those modules that have a checklist, in the order they are asked.

        `PF:short` is a part of PF; where both the part and the whole are wanted, the whole is asked.
        """
        chosen: dict[str, str] = {}
        for spec in modules:
            name, _, part = spec.partition(":")
            if not part or name not in chosen:
                chosen[name] = spec
        return tuple(chosen[module] for module in self.plan.checklist_modules if module in chosen)

    def minutes(
        self,
        activity: Activity,
        contract_class: ContractClass | None,
        modules: tuple[str, ...] = (),
    ) -> tuple[int, int]:
        """Minutes in the chat and minutes of preparation; modules that joined add theirs."""
        contract_class = contract_class or self.end_dates.unclassified_as
        rule = next((rule for rule in self.activities(contract_class) if rule.activity is activity), None)
        if rule is None:
            return 0, 0
        chat, preparation = rule.chat_minutes, rule.preparation_minutes
        joined = set(modules) - set(rule.modules)
        for section in self.sections(contract_class):
            if section.module in joined:
                joined.discard(section.module)
                chat, preparation = chat + section.chat_minutes, preparation + section.preparation_minutes
        return chat, preparation

    def rungs(self, contract_class: ContractClass) -> tuple[Rung, ...]:
        """The internal reminder ladder, in order of time."""
        return self.reminders.rungs[contract_class]

    def buttons(self, contract_class: ContractClass) -> tuple[ButtonRung, ...]:
        """The levels above the controller, which only a person's button reaches."""
        return self.reminders.buttons[contract_class]

    def deadline_days(
        self,
        phase: DeadlinePhase,
        severity: Severity,
        contract_class: ContractClass | None,
    ) -> int | None:
        """Working days a phase of a deviation may take; 0 is the same day, None has no deadline."""
        contract_class = contract_class or self.end_dates.unclassified_as
        return self.supplier_ladder.deadline_days(phase, severity, contract_class)

    def lead_months(self, contract_class: ContractClass | None) -> int:
        """How long a new procurement with transition takes; unclassified contracts borrow a class's lead."""
        return self.end_dates.lead_months[contract_class or self.end_dates.unclassified_as]

    def window_months(self, contract_class: ContractClass | None) -> int:
        """How long before the decision the evaluation opens."""
        return self.end_dates.window_months[contract_class or self.end_dates.unclassified_as]

    @property
    def blackout_weeks(self) -> frozenset[int]:
        return self.calendar.blackout_weeks

    @property
    def digest_at(self) -> time:
        return self.calendar.digest_at

    @property
    def spread_minutes(self) -> int:
        return self.calendar.spread_minutes

    @property
    def time_zone(self) -> str:
        return self.calendar.time_zone

    @property
    def sending_from(self) -> time:
        return self.calendar.sending_from

    @property
    def sending_to(self) -> time:
        return self.calendar.sending_to

    @property
    def rollout_default(self) -> frozenset[ContractClass]:
        return self.limits.rollout_default

    @property
    def first_followup_working_days(self) -> int:
        return self.limits.first_followup_working_days

    @property
    def low_value_sek(self) -> Decimal:
        return self.limits.low_value_sek


def switched_off(rules: RuleSet, known_modules: frozenset[str]) -> tuple[SwitchedOff, ...]:
    """Activities and sections none of whose modules is known, each with the reason."""
    return off_in_plan(rules.plan, known_modules)


def parse_ruleset(tables: Mapping[str, object], *, number: int, sha256: str) -> RuleSet:
    """The rule set in `tables` (file stem to parsed TOML); `RuleBookInvalid` names every fault as `file:key: ...`."""
    faults = [f"{stem}.toml: is not a file of this rule book" for stem in _unknown_files(tables)]
    readers = {stem: _file(stem, tables.get(stem), faults) for stem in RULE_FILES}
    rules = RuleSet(
        number=number,
        sha256=sha256,
        classes=read_classes(readers["classes"]),
        scoring=read_scoring(readers["scoring"]),
        plan=read_plan(readers["plan"]),
        reminders=read_reminders(readers["reminder_ladder"]),
        supplier_ladder=read_supplier_ladder(readers["supplier_ladder"]),
        end_dates=read_end_dates(readers["end_dates"]),
        calendar=read_calendar(readers["calendar"]),
        limits=read_limits(readers["limits"]),
        sources=dict(pair for reader in readers.values() for pair in sources(reader.file, reader.table)),
    )
    if faults:
        raise RuleBookInvalid(tuple(faults))
    return rules


def _unknown_files(tables: Mapping[str, object]) -> list[str]:
    return sorted(set(tables) - set(RULE_FILES) - OTHER_FILES)


def _file(stem: str, table: object, faults: list[str]) -> TableReader:
    file = f"{stem}.toml"
    if not isinstance(table, Mapping):
        faults.append(f"{file}: is missing")
        return TableReader(file=file, path="", table={}, faults=faults, is_absent=True)
    faults.extend(unsourced(file, table))
    return TableReader(file=file, path="", table=table, faults=faults)
