"""The rules in force: stored text parsed once into values, and kept for as long as the text is the same."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from domain.checklist.reading import parse_template
from domain.checklist.template import Template
from domain.deviation_types import DeviationType, parse_deviation_types
from domain.errors import RuleBookInvalid
from domain.letter_reading import parse_letters
from domain.letter_template import LETTER_FILES, LetterBook
from domain.ruleset import RuleSet, parse_ruleset
from domain.working_days import WorkingCalendar
from storage.calendars import swedish_calendar
from storage.rules import RuleFiles, Rules, shipped_rules, shipped_templates

_T = TypeVar("_T")

FIRST_YEAR, LAST_YEAR = 2010, 2060
"""Contracts in registers start as early and end as late as this."""
SHIPPED_BY = "avtalsbot"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesInForce:
    """A rule set with everything that follows from it."""

    rules: RuleSet
    deviation_types: Mapping[str, DeviationType]
    letters: LetterBook
    """The templates of letters to suppliers."""
    calendar: WorkingCalendar
    templates: Mapping[str, Template]
    """Module to its newest template."""


_PARSED: dict[tuple[int, str], tuple[RuleSet, Mapping[str, DeviationType]]] = {}
_LETTERS: dict[str, LetterBook] = {}


def parse(files: RuleFiles) -> tuple[RuleSet, Mapping[str, DeviationType]]:
    """A stored rule set as values; raises `RuleBookInvalid` with every fault."""
    key = (files.number, files.sha256)
    if key not in _PARSED:
        tables = {stem: table for stem, table in files.tables().items() if stem not in LETTER_FILES}
        faults: list[str] = []
        _tried(lambda: letters_of(files), faults)
        types = _tried(lambda: parse_deviation_types(tables.pop("deviation_types")), faults)
        rules = _tried(lambda: parse_ruleset(tables, number=files.number, sha256=files.sha256), faults)
        if types is None or rules is None or faults:
            raise RuleBookInvalid(tuple(faults))
        _PARSED[key] = (rules, types)
    return _PARSED[key]


def _tried(read: Callable[[], _T], faults: list[str]) -> _T | None:
    """What was read; None, with its faults among the others, when it cannot be used."""
    try:
        return read()
    except RuleBookInvalid as invalid:
        faults += invalid.faults
        return None


def letters_of(files: RuleFiles) -> LetterBook:
    """The letters of a stored rule set; raises `RuleBookInvalid` with every fault.

    A rule set stored before there were letters borrows the shipped ones.
    """
    if files.sha256 not in _LETTERS:
        texts = {**shipped_rules().texts, **files.texts}
        _LETTERS[files.sha256] = parse_letters({stem: tomllib.loads(texts[stem]) for stem in LETTER_FILES})
    return _LETTERS[files.sha256]


@lru_cache(maxsize=256)
def _parse_template(module: str, version: int, content: str) -> Template:
    table = tomllib.loads(content)
    return parse_template(f"{module}.toml", {**table, "version": version})


_IN_FORCE: dict[tuple[object, ...], RulesInForce] = {}


async def rules_in_force(rules: Rules, number: int | None, *, at: datetime) -> RulesInForce:
    """The rules of a version; None is the newest, and a tenant with none gets the shipped ones stored first.

    Parsed once for each text: the versions are immutable, so a digest says all.
    """
    digest = await rules.digest_of(number)
    if digest is None:
        await keep_shipped(rules, at=at)
        digest = await rules.digest_of(None)
    key = (digest, await rules.template_digests())
    if key not in _IN_FORCE:
        _IN_FORCE[key] = await _read(rules, digest[0] if digest else 1)
    return _IN_FORCE[key]


async def _read(rules: Rules, number: int) -> RulesInForce:
    files = await rules.get(number) or shipped_rules()
    ruleset, types = parse(files)
    templates = await rules.templates()
    return RulesInForce(
        rules=ruleset,
        deviation_types=types,
        letters=letters_of(files),
        calendar=swedish_calendar(FIRST_YEAR, LAST_YEAR, ruleset.blackout_weeks),
        templates=MappingProxyType(
            {module: _parse_template(module, kept.version, kept.content) for module, kept in templates.items()},
        ),
    )


async def keep_shipped(rules: Rules, *, at: datetime) -> RuleFiles:
    """Store the shipped rule set and checklists for a tenant that has none."""
    for module, content in shipped_templates():
        await rules.add_template(module, content)
    return await rules.add(shipped_rules().texts, at=at, by=SHIPPED_BY)


def shipped_template_names() -> frozenset[str]:
    """The modules that have a checklist."""
    return frozenset(module for module, _ in shipped_templates())


async def template_of(rules: Rules, module: str, version: int) -> Template | None:
    """The very template a follow-up runs under."""
    kept = await rules.template(module, version)
    return _parse_template(module, kept.version, kept.content) if kept else None
