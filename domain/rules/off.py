"""What of the plan does not run, and why: said by `rules check`, never found out by silence."""

from dataclasses import dataclass
from enum import StrEnum

from domain.contract import ContractClass
from domain.followup import Activity
from domain.rules.activities import ActivityRule, Anchor, PlanRules
from domain.rules.reading import Words


class WhyOff(StrEnum):
    """Why an activity of the plan makes no follow-ups."""

    NO_MODULE = "no_module"
    """None of its modules has a checklist yet."""
    DATE_WATCH = "date_watch"
    """It has no session yet, but its date is watched and nudged all the same."""
    ON_SIGNAL = "on_signal"
    """It is not planned ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchedOff:
    """Something of the plan that does not run, in whole or in part."""

    name: str
    """The activity, or the section as `section:<name>`."""
    label: Words
    missing_modules: tuple[str, ...]
    why: WhyOff


def off_in_plan(plan: PlanRules, known_modules: frozenset[str]) -> tuple[SwitchedOff, ...]:
    """Activities and sections none of whose modules is known."""
    found: dict[str, SwitchedOff] = {}
    for contract_class in ContractClass:
        for rule in plan.activities[contract_class]:
            if not known_modules.intersection(rule.modules):
                found.setdefault(
                    rule.activity,
                    SwitchedOff(
                        name=rule.activity.value,
                        label=rule.label,
                        missing_modules=rule.modules,
                        why=_why_off(rule),
                    ),
                )
        for section in plan.sections[contract_class]:
            if section.module not in known_modules:
                name = f"section:{section.section}"
                off = SwitchedOff(
                    name=name,
                    label=section.label,
                    missing_modules=(section.module,),
                    why=WhyOff.NO_MODULE,
                )
                found.setdefault(name, off)
    return tuple(found.values())


def _why_off(rule: ActivityRule) -> WhyOff:
    if rule.activity is Activity.EXTENSION_DECISION:
        return WhyOff.DATE_WATCH
    return WhyOff.ON_SIGNAL if rule.anchor is Anchor.SIGNAL else WhyOff.NO_MODULE
