"""What is followed up in each class, how often and for how long (`plan.toml`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from math import ceil

from domain.contract import ContractClass
from domain.followup import Activity
from domain.rules.reading import TableReader, Words

UNKNOWN_SCORES: Mapping[str, int] = {}


class Anchor(StrEnum):
    """What an activity's dates are counted from."""

    START = "start"
    """The contract's start."""
    END_DATES = "end_dates"
    """The end of the current period."""
    SIGNAL = "signal"
    """Nothing: it happens when something happens."""


class RunBy(StrEnum):
    """Who an activity is for."""

    MANAGER = "contract_manager"
    CONTROLLER = "contract_controller"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRule:
    """One activity as one class runs it."""

    activity: Activity
    contract_class: ContractClass
    label: Words
    anchor: Anchor
    run_by: RunBy
    modules: tuple[str, ...]
    """Every checklist module it should have; those not built yet are left out when it is planned."""
    offset_months: tuple[int, ...]
    """Once each, so many months after the start."""
    interval_months: int | None
    """Again and again, every so many months from the start."""
    tolerance_days: int
    is_optional: bool
    """Only held when somebody asks for it."""
    replaces: tuple[Activity, ...]
    """Activities it takes the place of in the same month."""
    chat_minutes: int
    preparation_minutes: int

    def occurs_at(self, month: int) -> bool:
        """Whether an occurrence falls so many months after the anchor."""
        if month in self.offset_months:
            return True
        return self.interval_months is not None and month > 0 and month % self.interval_months == 0

    def months_from(self, first: int) -> Iterator[int]:
        """The months after the anchor, no earlier than `first`, in which an occurrence falls; endless when recurring."""
        if self.interval_months is None:
            return iter([month for month in sorted(self.offset_months) if month >= first])
        rounds = max(1, ceil(first / self.interval_months))
        return count(rounds * self.interval_months, self.interval_months)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRule:
    """A module that joins the nearest follow-up on or after its date; never a nudge of its own."""

    section: str
    label: Words
    module: str
    questions: tuple[str, ...]
    """The questions it is about, where it is not the whole module."""
    interval_months: int | None
    """None: on signal, or not for this class."""
    closer_interval_months: int | None
    closer_when: Mapping[str, int]
    """Lowest scores at which the closer interval applies; a contract with unknown scores never reaches them."""
    chat_minutes: int
    preparation_minutes: int

    def interval_for(self, scores: Mapping[str, int]) -> int | None:
        """Months between two dates of the section, given what is known of the contract's scores."""
        if self.closer_when and all(scores.get(factor, 0) >= lowest for factor, lowest in self.closer_when.items()):
            return self.closer_interval_months
        return self.interval_months

    def falls_within(self, before: int, month: int, scores: Mapping[str, int] = UNKNOWN_SCORES) -> bool:
        """Whether one of its dates lies after month `before` and no later than `month` from the start."""
        interval = self.interval_for(scores)
        return interval is not None and month // interval > before // interval


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRules:
    """The follow-up plan of every class."""

    checklist_modules: tuple[str, ...]
    """The modules that have a checklist, in the order they are asked."""
    activities: Mapping[ContractClass, tuple[ActivityRule, ...]]
    sections: Mapping[ContractClass, tuple[SectionRule, ...]]


def read_plan(reader: TableReader) -> PlanRules:
    """Activities and sections for each class."""
    modules = reader.texts("checklist_modules")
    if reader.has("checklist_modules") and not modules:
        reader.fault("checklist_modules", "names no module")
    activities: dict[ContractClass, list[ActivityRule]] = {contract_class: [] for contract_class in ContractClass}
    table = reader.inner("activities")
    for activity in Activity:
        for rule in _read_activity(table.inner(activity.value), activity):
            activities[rule.contract_class].append(rule)
    table.end()
    sections: dict[ContractClass, list[SectionRule]] = {contract_class: [] for contract_class in ContractClass}
    table = reader.inner("sections")
    for name in table.table:
        for contract_class, section in _read_section(table.inner(name), name):
            sections[contract_class].append(section)
    reader.end()
    return PlanRules(
        checklist_modules=modules,
        activities={contract_class: tuple(rules) for contract_class, rules in activities.items()},
        sections={contract_class: tuple(rules) for contract_class, rules in sections.items()},
    )


def _read_activity(reader: TableReader, activity: Activity) -> list[ActivityRule]:
    label = reader.words("label")
    anchor = reader.choice("anchor", Anchor)
    run_by = reader.choice("run_by", RunBy) if reader.has("run_by") else RunBy.MANAGER
    modules = reader.texts("modules")
    replaces = reader.choices("replaces", Activity) if reader.has("replaces") else ()
    rules = []
    classes = reader.inner("classes")
    for contract_class, table in classes.each(ContractClass):
        rule = ActivityRule(
            activity=activity,
            contract_class=contract_class,
            label=label,
            anchor=anchor,
            run_by=run_by,
            modules=table.texts("modules") if table.has("modules") else modules,
            offset_months=table.wholes("offset_months", at_least=0) if table.has("offset_months") else (),
            interval_months=table.maybe_whole("interval_months", at_least=1),
            tolerance_days=table.maybe_whole("tolerance_days", at_least=0) or 0,
            is_optional=table.is_set("is_optional"),
            replaces=replaces,
            chat_minutes=table.whole("chat_minutes", at_least=0),
            preparation_minutes=table.whole("preparation_minutes", at_least=0),
        )
        _check_dates(table, rule)
        table.end()
        rules.append(rule)
    reader.end()
    return rules


def _check_dates(table: TableReader, rule: ActivityRule) -> None:
    kinds_of_dates = bool(rule.offset_months) + (rule.interval_months is not None)
    if rule.anchor is Anchor.START and kinds_of_dates != 1:
        table.fault("interval_months", "an activity counted from the start needs interval_months or offset_months")
    if rule.anchor is not Anchor.START and kinds_of_dates:
        table.fault("interval_months", f"an activity anchored at {rule.anchor} takes no months")


def _read_section(reader: TableReader, name: str) -> list[tuple[ContractClass, SectionRule]]:
    label = reader.words("label")
    module = reader.text("module")
    questions = reader.texts("questions") if reader.has("questions") else ()
    chat_minutes = reader.whole("chat_minutes", at_least=0)
    preparation_minutes = reader.whole("preparation_minutes", at_least=0)
    sections = []
    for contract_class, table in reader.inner("classes").each(ContractClass):
        section = SectionRule(
            section=name,
            label=label,
            module=module,
            questions=questions,
            interval_months=table.maybe_whole("interval_months", at_least=1),
            closer_interval_months=table.maybe_whole("closer_interval_months", at_least=1),
            closer_when=_read_scores(table.inner("closer_when")) if table.has("closer_when") else {},
            chat_minutes=chat_minutes,
            preparation_minutes=preparation_minutes,
        )
        table.end()
        sections.append((contract_class, section))
    reader.end()
    return sections


def _read_scores(table: TableReader) -> dict[str, int]:
    return {factor: table.whole(factor, at_least=1, at_most=3) for factor in table.table}
