"""The four classes, and how a contract is scored into one of them (`classes.toml`, `scoring.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.contract import ContractClass
from domain.rules.reading import TableReader, Words

WHOLE_SHARE = 100
HIGHEST_SCORE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRule:
    """What a class is called and means, and how many of the contracts are expected to be in it."""

    label: Words
    meaning: Words
    share_percent: int


class Axis(StrEnum):
    """The two indices a class is decided by."""

    IMPORTANCE = "importance"
    RISK = "risk"


class Floor(StrEnum):
    """Circumstances that lift a contract to at least a certain class, whatever its indices say."""

    O1 = "O1"
    O2 = "O2"
    O3 = "O3"
    O4 = "O4"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRule:
    """One factor: scored 0 to 3, each score with its meaning, weighed within its axis."""

    code: str
    axis: Axis
    label: Words
    weight: int
    levels: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The class that applies when both indices reach these values."""

    contract_class: ContractClass
    importance: int
    risk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRule:
    """The lowest class a circumstance allows; `together` when both halves of it are at hand."""

    meaning: Words
    lowest: ContractClass
    together: ContractClass | None
    factor: str | None
    """The factor that alone brings the floor about when it is scored 3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringRules:
    """How factors become indices, and indices a class."""

    factors: Mapping[str, FactorRule]
    thresholds: tuple[Threshold, ...]
    """Tried in order; the first that holds decides, and `otherwise` when none does."""
    otherwise: ContractClass
    floors: Mapping[Floor, FloorRule]
    quadrant_threshold: int
    deviation_keeps_raised_months: int
    value_change_percent: int

    def axis(self, axis: Axis) -> tuple[FactorRule, ...]:
        """The factors of one axis, in order."""
        return tuple(factor for factor in self.factors.values() if factor.axis is axis)


def read_classes(reader: TableReader) -> dict[ContractClass, ClassRule]:
    """Names, meanings and shares; the shares must add up to everything."""
    classes = {}
    for contract_class in ContractClass:
        table = reader.inner(contract_class.value)
        classes[contract_class] = ClassRule(
            label=table.words("label"),
            meaning=table.words("meaning"),
            share_percent=table.whole("share_percent", at_least=0, at_most=WHOLE_SHARE),
        )
        table.end()
    total = sum(rule.share_percent for rule in classes.values())
    if total != WHOLE_SHARE:
        reader.fault("share_percent", f"the classes' shares must add up to {WHOLE_SHARE}, they are {total}")
    reader.end()
    return classes


def read_scoring(reader: TableReader) -> ScoringRules:
    """Factors, thresholds and floors."""
    factors = _read_factors(reader.inner("factors"))
    rules = ScoringRules(
        factors=factors,
        thresholds=tuple(_read_threshold(table) for table in reader.inners("thresholds")),
        otherwise=reader.choice("otherwise", ContractClass),
        floors=_read_floors(reader.inner("floors"), factors),
        quadrant_threshold=reader.whole("quadrant_threshold", at_least=0, at_most=100),
        deviation_keeps_raised_months=reader.whole("deviation_keeps_raised_months", at_least=0),
        value_change_percent=reader.whole("value_change_percent", at_least=1),
    )
    reader.end()
    return rules


def _read_factors(reader: TableReader) -> dict[str, FactorRule]:
    factors = {}
    for code in reader.table:
        if code == "source":
            continue
        table = reader.inner(code)
        levels = table.inner("levels")
        factors[code] = FactorRule(
            code=code,
            axis=table.choice("axis", Axis),
            label=table.words("label"),
            weight=table.whole("weight", at_least=1),
            levels=tuple(levels.words(str(score)) for score in range(HIGHEST_SCORE + 1)),
        )
        levels.end()
        table.end()
    for axis in Axis:
        if not any(factor.axis is axis for factor in factors.values()):
            reader.fault(axis, "has no factors")
    return factors


def _read_threshold(table: TableReader) -> Threshold:
    threshold = Threshold(
        contract_class=table.choice("class", ContractClass),
        importance=table.maybe_whole("importance", at_least=0, at_most=100) or 0,
        risk=table.maybe_whole("risk", at_least=0, at_most=100) or 0,
    )
    table.end()
    return threshold


def _read_floors(reader: TableReader, factors: Mapping[str, FactorRule]) -> dict[Floor, FloorRule]:
    floors = {}
    for floor in Floor:
        table = reader.inner(floor.value)
        factor = table.text("factor") if table.has("factor") else None
        if factor is not None and factor not in factors:
            table.fault("factor", f"{factor!r} is not a factor of this rule set")
        floors[floor] = FloorRule(
            meaning=table.words("meaning"),
            lowest=table.choice("lowest", ContractClass),
            together=table.choice("together", ContractClass) if table.has("together") else None,
            factor=factor,
        )
        table.end()
    reader.end()
    return floors
