"""Reading a rule file so that every fault is named by file and key, instead of stopping at the first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from domain.contract import ContractClass

E = TypeVar("E", bound=StrEnum)

SOURCE = "source"
LANGUAGES = ("sv", "en")
NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One sentence or name in the languages the bot speaks."""

    sv: str
    en: str

    def in_language(self, language: str) -> str:
        """The wording in `sv` or `en`; Swedish for anything else."""
        return self.en if language == "en" else self.sv


@dataclass(slots=True, kw_only=True)
class TableReader:
    """One table of a rule file.

    A value that is missing or wrong is noted in `faults` and replaced by something harmless, so that
    reading goes on and the next fault is found too. Nothing read this way is used when there are faults.
    """

    file: str
    path: str
    table: Mapping[str, object]
    faults: list[str]
    seen: set[str] = field(default_factory=set)
    is_absent: bool = False
    """The table itself was missing or no table: said once, not for every key in it."""

    def fault(self, key: str, what: str) -> None:
        """Note that `key` of this table is wrong."""
        if not self.is_absent:
            self.faults.append(f"{self.file}:{self._path_of(key)}: {what}")

    def has(self, key: str) -> bool:
        self.seen.add(key)
        return key in self.table

    def whole(self, key: str, *, at_least: int | None = None, at_most: int | None = None) -> int:
        """A whole number within its bounds."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int):
            self._expected(key, value, "a whole number")
            return at_least or 0
        if (at_least is not None and value < at_least) or (at_most is not None and value > at_most):
            self.fault(key, f"must be {_bounds(at_least, at_most)}, is {value}")
        return value

    def maybe_whole(self, key: str, *, at_least: int | None = None, at_most: int | None = None) -> int | None:
        """A whole number, or None where the key is left out."""
        return self.whole(key, at_least=at_least, at_most=at_most) if self.has(key) else None

    def number(self, key: str, *, at_least: float) -> float:
        """A number with or without decimals."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._expected(key, value, "a number")
            return at_least
        if value < at_least:
            self.fault(key, f"must be at least {at_least}, is {value}")
        return float(value)

    def wholes(self, key: str, *, at_least: int | None = None, at_most: int | None = None) -> tuple[int, ...]:
        """A list of whole numbers within their bounds."""
        found = []
        for index, value in enumerate(self._list(key)):
            where = f"{key}[{index}]"
            if isinstance(value, bool) or not isinstance(value, int):
                self._expected(where, value, "a whole number")
            elif (at_least is not None and value < at_least) or (at_most is not None and value > at_most):
                self.fault(where, f"must be {_bounds(at_least, at_most)}, is {value}")
            else:
                found.append(value)
        return tuple(found)

    def text(self, key: str) -> str:
        """A text that says something."""
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            self._expected(key, value, "a text")
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found = []
        for index, value in enumerate(self._list(key)):
            if isinstance(value, str) and value.strip():
                found.append(value)
            else:
                self._expected(f"{key}[{index}]", value, "a text")
        return tuple(found)

    def is_set(self, key: str) -> bool:
        """Yes or no; no where the key is left out."""
        if not self.has(key):
            return False
        value = self._value(key)
        if not isinstance(value, bool):
            self._expected(key, value, "true or false")
        return value is True

    def choice(self, key: str, choices: type[E]) -> E:
        """One of the identifiers the code knows."""
        return self._choice(key, self._value(key), choices)

    def choices(self, key: str, choices: type[E]) -> tuple[E, ...]:
        """A list of identifiers the code knows."""
        return tuple(self._choice(f"{key}[{index}]", value, choices) for index, value in enumerate(self._list(key)))

    def words(self, key: str) -> Words:
        """A sentence in every language."""
        table = self.inner(key)
        words = Words(sv=table.text("sv"), en=table.text("en"))
        table.end()
        return words

    def inner(self, key: str) -> "TableReader":
        """A table within this one."""
        return self._reader(key, self._value(key))

    def inners(self, key: str) -> tuple["TableReader", ...]:
        """A list of tables."""
        return tuple(self._reader(f"{key}[{index}]", value) for index, value in enumerate(self._list(key)))

    def each(self, choices: type[E]) -> Iterator[tuple[E, "TableReader"]]:
        """Every table in this one whose key is an identifier the code knows; other keys are faults."""
        for key in self.table:
            if key in self.seen or key == SOURCE:
                continue
            self.seen.add(key)
            if key in {choice.value for choice in choices}:
                yield choices(key), self.inner(key)
            else:
                self._choice(key, key, choices)

    def every_class(self, key: str) -> dict[ContractClass, "TableReader"]:
        """A table with one table for each class, none left out."""
        table = self.inner(key)
        classes = {contract_class: table.inner(contract_class.value) for contract_class in ContractClass}
        table.end()
        return classes

    def whole_by_class(self, key: str, *, at_least: int) -> dict[ContractClass, int]:
        """A table with one whole number for each class."""
        table = self.inner(key)
        numbers = {
            contract_class: table.whole(contract_class.value, at_least=at_least) for contract_class in ContractClass
        }
        table.end()
        return numbers

    def end(self) -> None:
        """Everything has been read: what nobody asked for is a misspelt or unknown key."""
        for key in self.table:
            if key not in self.seen and key != SOURCE:
                self.fault(key, "is not a setting of this rule set")

    def _path_of(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _value(self, key: str) -> object:
        self.seen.add(key)
        return self.table.get(key)

    def _expected(self, key: str, value: object, what: str) -> None:
        self.fault(key, f"must be {what}, is missing" if value is None else f"must be {what}, is {value!r}")

    def _list(self, key: str) -> list[object]:
        value = self._value(key)
        if not isinstance(value, list):
            self._expected(key, value, "a list")
            return []
        return value

    def _choice(self, key: str, value: object, choices: type[E]) -> E:
        known = list(choices)
        for choice in known:
            if value == choice.value:
                return choice
        self._expected(key, value, "one of " + ", ".join(known))
        return known[0]

    def _reader(self, key: str, value: object) -> "TableReader":
        is_table = isinstance(value, Mapping)
        if not is_table:
            self._expected(key, value, "a table")
        return TableReader(
            file=self.file,
            path=self._path_of(key),
            table=value if isinstance(value, Mapping) else NOTHING,
            faults=self.faults,
            is_absent=not is_table,
        )


def unsourced(file: str, table: Mapping[str, object]) -> list[str]:
    """A fault for every value that neither it nor a table around it gives a source for."""
    return list(_unsourced(file, "", table))


def sources(file: str, table: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    """Every source given in a file, by `file:key`."""
    for key, value in table.items():
        if key == SOURCE:
            yield f"{file}:{path}" if path else file, str(value)
        elif isinstance(value, Mapping):
            yield from sources(file, value, f"{path}.{key}" if path else key)


def _unsourced(file: str, path: str, table: Mapping[str, object]) -> Iterator[str]:
    if SOURCE in table:
        if not isinstance(table[SOURCE], str) or not str(table[SOURCE]).strip():
            yield f"{file}:{path + '.' if path else ''}{SOURCE}: must be a text"
        return
    for key, value in table.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, Mapping) and key not in LANGUAGES:
            yield from _unsourced(file, here, value)
        else:
            yield f"{file}:{here}: has no source"


def _bounds(at_least: int | None, at_most: int | None) -> str:
    if at_most is None:
        return f"at least {at_least}"
    return f"at most {at_most}" if at_least is None else f"{at_least} to {at_most}"
