"""Deviations, their types and the shipped rules, ready for a test."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from domain.deviation import Deviation, DeviationState, Severity
from domain.deviation_types import DeviationType, parse_deviation_types
from domain.identifiers import ContractId, DeviationId
from domain.ruleset import RULE_FILES, RuleSet, parse_ruleset
from domain.working_days import WorkingCalendar

RULEBOOK = Path(__file__).parents[2] / "domain" / "rulebook"
TODAY = date(2026, 11, 20)
"""A Friday in an ordinary week."""
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
"""12.00 that day in Sweden."""

_PLAIN = Deviation(
    deviation_id=DeviationId("d1"),
    number="AVV-2026-0001",
    contract_id=ContractId("c1"),
    contract_number="2026-0147",
    type="LEV_UTEBLIVEN",
    severity=Severity.MODERATE,
    state=DeviationState.REGISTERED,
    description="Städningen uteblev.",
    reported_by="rapport@kommun.example",
    reported_at=NOON,
    occurred_from=TODAY,
)


def deviation(**changes: Any) -> Deviation:  # noqa: ANN401 - any field of a deviation
    """A registered, moderate, quite ordinary deviation with the changes a test is about."""
    return replace(_PLAIN, **changes)


@cache
def shipped_types() -> MappingProxyType[str, DeviationType]:
    """The types the bot ships with."""
    return MappingProxyType(dict(parse_deviation_types(_table("deviation_types"))))


@cache
def shipped_rules() -> RuleSet:
    """The rules the bot ships with."""
    return parse_ruleset({stem: _table(stem) for stem in RULE_FILES}, number=1, sha256="0" * 64)


def calendar(*holidays: date) -> WorkingCalendar:
    """Weekends and the days named."""
    return WorkingCalendar(holidays=frozenset(holidays))


def _table(stem: str) -> dict[str, Any]:
    return tomllib.loads((RULEBOOK / f"{stem}.toml").read_text(encoding="utf-8"))
