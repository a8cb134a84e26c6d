"""The rule book: the shipped values, and faults named by file and key."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from domain.contract import ContractClass
from domain.deviation import Severity
from domain.errors import RuleBookInvalid
from domain.followup import Activity
from domain.people import ContractRole, Role
from domain.ruleset import DeadlinePhase, WhyOff, parse_ruleset, switched_off
from tests.support.planning import rule_tables, shipped_ruleset

RULES = shipped_ruleset()
BUILT = frozenset({"PU", "LK", "PF"})


def faults_of(change: Callable[[dict[str, Any]], object]) -> tuple[str, ...]:
    tables = rule_tables()
    change(tables)
    with pytest.raises(RuleBookInvalid) as invalid:
        parse_ruleset(tables, number=2, sha256="")
    return invalid.value.faults


def test_classes_have_names_in_both_languages() -> None:
    assert RULES.label(ContractClass.CRITICAL, "sv") == "Klass 1 – Kritiskt avtal"
    assert RULES.label(ContractClass.LOW, "en") == "Class 4 – Routine contract"


def test_only_the_most_critical_class_is_on_from_the_start() -> None:
    assert RULES.rollout_default == {ContractClass.CRITICAL}


def test_messages_go_at_eight_in_the_morning_in_sweden() -> None:
    assert RULES.digest_at == time(8)
    assert RULES.time_zone == "Europe/Stockholm"
    assert RULES.spread_minutes == 20


def test_each_class_has_its_lead() -> None:
    leads = [RULES.lead_months(contract_class) for contract_class in ContractClass]

    assert leads == [18, 12, 9, 6]
    assert RULES.lead_months(None) == 9


@pytest.mark.parametrize(
    ("phase", "severity", "contract_class", "days"),
    [
        (DeadlinePhase.ASSESS, Severity.MODERATE, ContractClass.MEDIUM, 5),
        (DeadlinePhase.ASSESS, Severity.MODERATE, ContractClass.CRITICAL, 3),
        (DeadlinePhase.ASSESS, Severity.CRITICAL, ContractClass.CRITICAL, 0),
        (DeadlinePhase.ASSESS, Severity.CRITICAL, ContractClass.LOW, 0),
        (DeadlinePhase.SUPPLIER_ANSWER, Severity.SERIOUS, ContractClass.LOW, 8),
        (DeadlinePhase.SUPPLIER_ANSWER, Severity.MINOR, ContractClass.HIGH, None),
        (DeadlinePhase.PLAN_ASSESSED, Severity.CRITICAL, ContractClass.CRITICAL, 1),
        (DeadlinePhase.VERIFICATION, Severity.MINOR, None, 20),
    ],
)
def test_deadlines_towards_the_supplier_follow_severity_and_class(
    phase: DeadlinePhase,
    severity: Severity,
    contract_class: ContractClass | None,
    days: int | None,
) -> None:
    assert RULES.deadline_days(phase, severity, contract_class) == days


def test_nobody_above_the_controller_is_told_without_a_button() -> None:
    told = {rung.to for contract_class in ContractClass for rung in RULES.rungs(contract_class)}

    assert told == {ContractRole.MANAGER, ContractRole.OWNER, ContractRole.CONTROLLER}
    assert [button.to for button in RULES.buttons(ContractClass.CRITICAL)] == [
        Role.DEPARTMENT_HEAD,
        Role.MUNICIPAL_DIRECTOR,
    ]


def test_the_time_it_takes_grows_with_the_modules_that_join() -> None:
    plain = RULES.minutes(Activity.QUARTERLY, ContractClass.CRITICAL, ("PU", "LK"))
    with_invoices = RULES.minutes(Activity.QUARTERLY, ContractClass.CRITICAL, ("PU", "LK", "PF"))

    assert plain == RULES.minutes(Activity.QUARTERLY, ContractClass.CRITICAL) == (5, 15)
    assert with_invoices == (10, 45)


def test_an_activity_without_a_checklist_is_switched_off_and_said_to_be() -> None:
    off = {one.name: one.why for one in switched_off(RULES, BUILT)}

    assert off["kickoff_meeting"] is WhyOff.NO_MODULE
    assert off["supplier_control"] is WhyOff.NO_MODULE
    assert off["extension_decision"] is WhyOff.DATE_WATCH
    assert off["event_driven"] is WhyOff.ON_SIGNAL
    assert off["section:sustainability"] is WhyOff.NO_MODULE
    assert not {"pulse", "three_month", "quarterly", "half_year", "yearly"} & set(off)


def test_every_value_of_the_shipped_book_has_a_source_that_is_no_file() -> None:
    assert all("PROPOSED" in source or "domain" not in source for source in RULES.sources.values())
    assert not any(".md" in source for source in RULES.sources.values())


def test_every_fault_is_named_by_file_and_key_at_once() -> None:
    def change(tables: dict[str, Any]) -> None:
        tables["limits"]["snoozes"] = "two"
        tables["limits"]["snoozzes"] = 2
        del tables["classes"]["low"]["label"]["en"]
        tables["plan"]["activities"]["pulse"]["classes"]["gigantic"] = {}
        tables["calendar"]["time_zone"] = "Mars/Olympus"
        tables["calendar"]["digest_at"] = "02:30"
        tables["end_dates"]["lead_months"]["low"] = 0
        tables["scoring"]["floors"]["O4"]["factor"] = "R9"
        tables["extra"] = {}

    faults = faults_of(change)

    assert len(faults) == 10
    assert "limits.toml:snoozes: must be a whole number, is 'two'" in faults
    assert "limits.toml:snoozzes: is not a setting of this rule set" in faults
    assert "classes.toml:low.label.en: must be a text, is missing" in faults
    assert any(fault.startswith("plan.toml:activities.pulse.classes.gigantic: must be one of") for fault in faults)
    assert "calendar.toml:time_zone: 'Mars/Olympus' is not a time zone" in faults
    assert any(fault.startswith("calendar.toml:digest_at: must not lie between 01:00") for fault in faults)
    assert "calendar.toml:digest_at: must lie between sending_from and sending_to" in faults
    assert "end_dates.toml:lead_months.low: must be at least 1, is 0" in faults
    assert "scoring.toml:floors.O4.factor: 'R9' is not a factor of this rule set" in faults
    assert "extra.toml: is not a file of this rule book" in faults


def test_a_missing_file_is_one_fault() -> None:
    assert faults_of(lambda tables: tables.pop("calendar")) == ("calendar.toml: is missing",)


def test_a_missing_table_is_one_fault() -> None:
    faults = faults_of(lambda tables: tables["plan"]["activities"].pop("yearly"))

    assert faults == ("plan.toml:activities.yearly: must be a table, is missing",)


def test_a_value_without_a_source_is_a_fault() -> None:
    faults = faults_of(lambda tables: tables["limits"].pop("source"))

    assert "limits.toml:snoozes: has no source" in faults
    assert not any("rollout" in fault for fault in faults)


def test_shares_that_do_not_add_up_are_a_fault() -> None:
    def change(tables: dict[str, Any]) -> None:
        tables["classes"]["low"]["share_percent"] = 60

    assert faults_of(change) == ("classes.toml:share_percent: the classes' shares must add up to 100, they are 110",)


def test_rungs_out_of_order_are_a_fault() -> None:
    def change(tables: dict[str, Any]) -> None:
        tables["reminder_ladder"]["classes"]["high"]["rungs"][0]["offset_days"] = 99

    faults = faults_of(change)

    assert len(faults) == 1
    assert faults[0].startswith("reminder_ladder.toml:classes.high.rungs: must come in order of time")


def test_an_activity_is_counted_in_one_way() -> None:
    def change(tables: dict[str, Any]) -> None:
        tables["plan"]["activities"]["pulse"]["classes"]["critical"]["interval_months"] = 1

    (fault,) = faults_of(change)
    assert fault.startswith("plan.toml:activities.pulse.classes.critical.interval_months: an activity counted from")
