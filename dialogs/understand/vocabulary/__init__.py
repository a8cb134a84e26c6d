"""The words people use, as data in TOML beside this file, read once and checked when read."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal

from dialogs.understand.patterns import GUESS, Pattern, PatternBook, PatternFault, compile_pattern
from domain.people import Language
from domain.severity import Signal

_WEIGHTS: Final = MappingProxyType({"strong": 5.0, "fair": 3.0, "guess": GUESS, "weak": 1.5, "against": -4.0})
_DENIABLE: Final = "deniable"
"""Of a row whose patterns mean the opposite after a *not*."""

Unit = Literal[
    "times",
    "complaints",
    "items",
    "people",
    "money",
    "thousands",
    "millions",
    "days",
    "weeks",
    "months",
    "years",
    "hours",
    "minutes",
    "percent",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """One language's words, ready to use."""

    language: Language
    marks: frozenset[str]
    """Small words that give the language away."""
    types: PatternBook
    """How each type of deviation is said."""
    intents: PatternBook
    queries: PatternBook
    signals: Mapping[Signal, tuple[Pattern, ...]]
    dependence: tuple[Pattern, ...]
    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    ordinals: Mapping[str, int]
    units: Mapping[str, Unit]
    """A word to what kind of unit it is."""
    phrases: Mapping[str, tuple[str, ...]]
    """Short lists by name, such as `mood.recurring` or `amounts.versus`."""
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    days: Mapping[str, int]
    spans: Mapping[str, Mapping[str, Any]]
    breaks: Mapping[str, Mapping[str, Any]]
    stopwords: frozenset[str]
    facilities: Mapping[str, tuple[str, ...]]
    subjects: Mapping[str, tuple[str, ...]]
    classes: Mapping[str, str]
    """A word to the contract class it names."""


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The language's words; raises PatternFault or KeyError naming what is wrong with the files."""
    words, types, said = (_read(name, language) for name in ("words", "types", "intents"))
    groups: Mapping[str, Sequence[str]] = words["groups"]
    units = {word: unit for unit, known in words["units"].items() for word in known}

    def weighed(rows: Mapping[str, Mapping[str, Any]]) -> PatternBook:
        return PatternBook({code: _weighed(row, language, groups, code) for code, row in rows.items()})

    return Vocabulary(
        language=language,
        marks=frozenset(words["marks"]),
        types=weighed(types),
        intents=weighed(said["intents"]),
        queries=weighed(said["queries"]),
        signals={Signal(name): _plain(rows, language, groups) for name, rows in words["signals"].items()},
        dependence=_plain(words["people"]["dependence"], language, groups),
        numbers=words["numbers"],
        multipliers=words["multipliers"],
        ordinals=words["ordinals"],
        units=MappingProxyType(units),
        phrases=_phrases(words, ("amounts", "time_words", "mood", "places", "names")),
        months=words["months"],
        weekdays=words["weekdays"],
        days=words["days"],
        spans=words["spans"],
        breaks=words["breaks"],
        stopwords=frozenset(words["stopwords"]["words"]) | frozenset(words["numbers"]),
        facilities={name: tuple(known) for name, known in words["facilities"].items()},
        subjects={name: tuple(known) for name, known in words["subjects"].items()},
        classes=said["classes"],
    )


def _read(name: str, language: Language) -> dict[str, Any]:
    path = files(__name__) / f"{name}.{language.value}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _weighed(
    row: Mapping[str, Any],
    language: Language,
    groups: Mapping[str, Sequence[str]],
    code: str,
) -> tuple[Pattern, ...]:
    unknown = set(row) - set(_WEIGHTS) - {_DENIABLE}
    if unknown:
        raise PatternFault(f"{code}: unknown strength {', '.join(sorted(unknown))}")
    return tuple(
        compile_pattern(source, weight, language, groups, may_be_denied=bool(row.get(_DENIABLE)))
        for strength, weight in _WEIGHTS.items()
        for source in row.get(strength, ())
    )


def _plain(
    sources: Sequence[str],
    language: Language,
    groups: Mapping[str, Sequence[str]],
) -> tuple[Pattern, ...]:
    return tuple(compile_pattern(source, 1.0, language, groups) for source in sources)


def _phrases(words: Mapping[str, Mapping[str, Sequence[str]]], tables: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(
        {f"{table}.{name}": tuple(known) for table in tables for name, known in words[table].items()},
    )
