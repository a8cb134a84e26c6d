"""Values of an import as JSON has them, for the log of events and for machines that read the report."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum


def as_plain(value: object) -> object:  # noqa: PLR0911 - one line a type
    """Dates in ISO form, enums by their code, kronor as numbers, collections as lists, values as objects."""
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case frozenset() | set():
            return sorted(str(as_plain(item)) for item in value)
        case tuple() | list():
            return [as_plain(item) for item in value]
        case _ if is_dataclass(value):
            return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value
