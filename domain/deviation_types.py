"""The kinds of deviation people can report (domain.md 7.2), parsed and checked from the rule book's table."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

from domain.deviation import Severity
from domain.errors import RuleBookInvalid
from domain.people import ContractRole, Language, Role

_E = TypeVar("_E", bound=StrEnum)
_CODE = re.compile(r"[A-Z]{2,4}_[A-Z_]+[A-Z]")
_WORDS: Final = frozenset({"name", "explanation"})
_KEYS: Final = _WORDS | {
    "group",
    "severity",
    "kind",
    "restricted",
    "only_controller_and_legal",
    "internal",
    "service_fails",
    "clock_hours",
    "asks",
    "also_told",
    "source",
}


class DeviationKind(StrEnum):
    """`deviation` is one event; `deficiency` lies in capability or evidence (domain.md 7.1)."""

    DEVIATION = "deviation"
    DEFICIENCY = "deficiency"


class AskFor(StrEnum):
    """What may still have to be asked about a report, one question at a time."""

    REWRITE = "rewrite"
    """The text names a person who must not be named: ask for it again without."""
    MEANING = "meaning"
    """It can be read in opposite ways (sarcasm, contradiction): ask, never guess."""
    WHAT = "what"
    CONTRACT = "contract"
    TYPE = "type"
    WHEN = "when"
    WHICH_DAYS = "which_days"
    EARLIER_DATES = "earlier_dates"
    LOCATION = "location"
    AMOUNT = "amount"
    INVOICE_NUMBER = "invoice_number"
    IS_PAID = "is_paid"
    REQUIREMENT = "requirement"
    PHOTO = "photo"
    SUPPLIER_TOLD = "supplier_told"
    WHICH_DEVIATION = "which_deviation"
    HOW_VERIFIED = "how_verified"
    PROMISED_ON = "promised_on"
    UNTIL = "until"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationType:
    """One kind of deviation, with what it means for asking, secrecy and haste."""

    code: str
    group: str
    names: Mapping[Language, str]
    explanations: Mapping[Language, str]
    group_names: Mapping[Language, str]
    severity: Severity
    """Proposed when nothing else is known."""
    kind: DeviationKind = DeviationKind.DEVIATION
    is_restricted: bool = False
    only_controller_and_legal: bool = False
    """Owner and manager may be concerned, so not even they are told."""
    is_internal: bool = False
    """Concerns our own organisation: it never enters the supplier ladder."""
    service_fails: bool = False
    """The thing itself stays away, which is serious for people in dependence."""
    clock_hours: int | None = None
    """Clock hours until somebody must have taken it up, nights and holidays included; None for working days."""
    asks: tuple[AskFor, ...] = ()
    also_told: frozenset[Role] = frozenset()
    """Roles that need to know beside those of the contract, such as the data protection officer."""

    def name(self, language: Language) -> str:
        return self.names[language]

    def explanation(self, language: Language) -> str:
        return self.explanations[language]

    def may_be_seen_by(self, on_contract: Collection[ContractRole], roles: Collection[Role]) -> bool:
        """Whether someone with these parts may see a case of this type at all (domain.md 7.2 on restricted types).

        The reporter of a restricted case sees the thanks and the advice, not the case.
        """
        if Role.CONTRACT_CONTROLLER in roles or Role.LEGAL_COUNSEL in roles or ContractRole.CONTROLLER in on_contract:
            return True
        if self.only_controller_and_legal:
            return False
        own = {ContractRole.OWNER, ContractRole.MANAGER, ContractRole.DEPUTY}
        if not own.isdisjoint(on_contract) or not self.also_told.isdisjoint(roles):
            return True
        return not self.is_restricted and ContractRole.REPORTER in on_contract


def parse_deviation_types(table: Mapping[str, object]) -> Mapping[str, DeviationType]:
    """The types of a `deviation_types` table by code, in the table's order.

    Raises RuleBookInvalid naming every fault at once.
    """
    faults: list[str] = []
    groups = _mapping(table.get("groups"))
    rows = _mapping(table.get("types"))
    if not rows:
        faults.append("deviation_types: types: at least one type is needed")
    types = {code: _Reader(code, _mapping(row), groups, faults).read() for code, row in rows.items()}
    if faults:
        raise RuleBookInvalid(tuple(faults))
    return MappingProxyType({code: kind for code, kind in types.items() if kind is not None})


class _Reader:
    """Reads one row and collects what is wrong with it."""

    def __init__(self, code: str, row: Mapping[str, object], groups: Mapping[str, object], faults: list[str]) -> None:
        self._code = code
        self._row = row
        self._groups = groups
        self._faults = faults

    def read(self) -> DeviationType | None:
        before = len(self._faults)
        self._check_shape()
        group = str(self._row.get("group", ""))
        if group not in self._groups:
            self._fault("group", f"unknown group {group!r}")
        row = {
            "names": self._words(self._row.get("name"), "name"),
            "explanations": self._words(self._row.get("explanation"), "explanation"),
            "group_names": self._words(self._groups.get(group, {"sv": "?", "en": "?"}), f"groups.{group}"),
        }
        severity = self._one_of("severity", Severity)
        kind = self._one_of("kind", DeviationKind, DeviationKind.DEVIATION)
        asks = self._many("asks", AskFor)
        also_told = self._many("also_told", Role)
        flags = {flag: self._flag(flag) for flag in ("restricted", "only_controller_and_legal", "internal")}
        if flags["only_controller_and_legal"] and not flags["restricted"]:
            self._fault("only_controller_and_legal", "only a restricted type can be kept from owner and manager")
        hours = self._hours()
        service_fails = self._flag("service_fails")
        if len(self._faults) > before or severity is None or kind is None:
            return None
        return DeviationType(
            code=self._code,
            group=group,
            **row,
            severity=severity,
            kind=kind,
            is_restricted=flags["restricted"],
            only_controller_and_legal=flags["only_controller_and_legal"],
            is_internal=flags["internal"],
            service_fails=service_fails,
            clock_hours=hours,
            asks=asks,
            also_told=frozenset(also_told),
        )

    def _check_shape(self) -> None:
        if not _CODE.fullmatch(self._code):
            self._fault("code", "a code is capital letters and underscores, such as LEV_SEN")
        for key in sorted(set(self._row) - _KEYS):
            self._fault(key, "unknown key")
        if not str(self._row.get("source", "")).strip():
            self._fault("source", "every type names its source")

    def _words(self, value: object, key: str) -> Mapping[Language, str]:
        words = _mapping(value)
        found = {language: str(words.get(language.value, "")).strip() for language in Language}
        for language, text in found.items():
            if not text:
                self._fault(f"{key}.{language.value}", "a text is missing")
        return MappingProxyType(found)

    def _one_of(self, key: str, kind: type[_E], default: _E | None = None) -> _E | None:
        value = self._row.get(key, default)
        try:
            return kind(str(value))
        except ValueError:
            self._fault(key, f"{value!r} is not one of {', '.join(kind)}")
            return None

    def _many(self, key: str, kind: type[_E]) -> tuple[_E, ...]:
        values = self._row.get(key, [])
        if not isinstance(values, list):
            self._fault(key, "must be a list")
            return ()
        found: list[_E] = []
        for value in values:
            try:
                found.append(kind(str(value)))
            except ValueError:
                self._fault(key, f"{value!r} is not one of {', '.join(kind)}")
        return tuple(found)

    def _flag(self, key: str) -> bool:
        value = self._row.get(key, False)
        if not isinstance(value, bool):
            self._fault(key, "must be true or false")
        return value is True

    def _hours(self) -> int | None:
        value = self._row.get("clock_hours")
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self._fault("clock_hours", "must be a whole number of hours, at least 1")
            return None
        return value

    def _fault(self, key: str, what: str) -> None:
        self._faults.append(f"deviation_types: types.{self._code}.{key}: {what}")


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
