"""Contracts, rules and the Swedish calendar, ready for a test about planning."""

import tomllib
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from domain.contract import Contract, ContractClass, Renewal, RenewalKind
from domain.identifiers import ContractId
from domain.ruleset import RULE_FILES, RuleSet, parse_ruleset
from domain.working_days import WorkingCalendar
from storage.calendars import swedish_calendar

RULEBOOK = Path(__file__).parents[2] / "domain" / "rulebook"
ONE_YEAR_OPTION = Renewal(kind=RenewalKind.OPTION, count=1, months=12)
AUTOMATIC_YEAR = Renewal(kind=RenewalKind.AUTOMATIC, months=12)
OPEN_ENDED = Renewal(kind=RenewalKind.OPEN_ENDED)

_PLAIN = Contract(
    contract_id=ContractId("c1"),
    contract_number="2026-0147",
    title="Städning, skolor och förskolor",
    suppliers=(),
    start_on=date(2024, 1, 1),
    end_on=date(2027, 12, 31),
    renewal=Renewal(kind=RenewalKind.NONE),
    contract_class=ContractClass.CRITICAL,
    notice_months=6,
)


def contract(**changes: Any) -> Contract:  # noqa: ANN401 - any field of a contract
    """A critical four-year contract without an option, with the changes a test is about."""
    return replace(_PLAIN, **changes)


@cache
def _shipped_tables() -> dict[str, Any]:
    return {stem: tomllib.loads((RULEBOOK / f"{stem}.toml").read_text(encoding="utf-8")) for stem in RULE_FILES}


def rule_tables() -> dict[str, Any]:
    """The shipped rule files as tables of one's own, to change."""
    return deepcopy(_shipped_tables())


@cache
def shipped_ruleset() -> RuleSet:
    """The rules the bot ships with."""
    return parse_ruleset(_shipped_tables(), number=1, sha256="0" * 64)


def swedish() -> WorkingCalendar:
    """The Swedish calendar with the shipped blackout weeks."""
    return swedish_calendar(2000, 2080, shipped_ruleset().blackout_weeks)
