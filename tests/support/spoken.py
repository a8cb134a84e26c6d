"""Which sentences the code speaks, read from its source: for the test that none is missing and none is left over."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.source import modules, parsed, shown

SPEAKERS = frozenset({"texts", "say", "t", "text", "count", "knows", "Refused"})
"""Names of functions whose first argument is the key of a sentence."""

_COUNTERS = frozenset({"count"})
_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One place in the code that names a sentence, or several by a pattern."""

    where: str
    pattern: re.Pattern[str]
    """Matches the whole key; a placeholder of an f-string matches anything."""
    values: frozenset[str] | None
    """The names given to fill placeholders; None when they cannot be read from the source."""
    is_counted: bool

    def keys(self, known: frozenset[str]) -> frozenset[str]:
        """The known keys this place may speak."""
        ending = r"\.(one|other)" if self.is_counted else ""
        whole = re.compile(f"(?:{self.pattern.pattern}){ending}")
        return frozenset(key for key in known if whole.fullmatch(key))


def spoken() -> Iterator[Spoken]:
    """Every call of a speaker, and every `text_key=`, whose key can be read from the source."""
    for path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call):
                yield from _said_by(node, path)


def _said_by(call: ast.Call, path: Path) -> Iterator[Spoken]:
    name = _called(call)
    where = f"{shown(path)}:{call.lineno}"
    if name in SPEAKERS and call.args:
        for pattern in _patterns(call.args[0]):
            yield Spoken(where=where, pattern=pattern, values=_values(call, name), is_counted=name in _COUNTERS)
    for keyword in call.keywords:
        if keyword.arg == "text_key":
            for pattern in _patterns(keyword.value):
                yield Spoken(where=where, pattern=pattern, values=None, is_counted=False)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _values(call: ast.Call, name: str) -> frozenset[str] | None:
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    counted = {"count"} if name in _COUNTERS else set()
    return frozenset({keyword.arg for keyword in call.keywords if keyword.arg} | counted)


def _patterns(key: ast.expr) -> Iterator[re.Pattern[str]]:
    match key:
        case ast.Constant(value=str(text)) if _KEY.fullmatch(text):
            yield re.compile(re.escape(text))
        case ast.JoinedStr():
            yield pattern_of(key)
        case ast.IfExp(body=one, orelse=other):
            yield from _patterns(one)
            yield from _patterns(other)


def pattern_of(text: ast.JoinedStr) -> re.Pattern[str]:
    """An f-string as a pattern: its fixed parts as they stand, anything between."""
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]+" for part in text.values]
    return re.compile("".join(parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """Every text in the code that could be a key, wherever it stands: a table of keys is speech too."""

    spelt_out: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def include(self, key: str) -> bool:
        whole = {key, key.removesuffix(".one"), key.removesuffix(".other")}
        return bool(whole & self.spelt_out) or any(
            pattern.fullmatch(form) for pattern in self.patterns for form in whole
        )


def mentions(paths: Iterable[Path]) -> Mentions:
    nodes = [node for path in paths for node in ast.walk(parsed(path))]
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    patterns = (pattern_of(node) for node in nodes if isinstance(node, ast.JoinedStr) and _begins_a_key(node))
    return Mentions(spelt_out=frozenset(filter(_KEY.fullmatch, texts)), patterns=tuple(patterns))


def _begins_a_key(text: ast.JoinedStr) -> bool:
    start = text.values[0]
    return isinstance(start, ast.Constant) and "." in str(start.value)
