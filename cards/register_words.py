"""Values of a register in words: what a person reads where the store has codes, dates and sums."""

from datetime import date
from decimal import Decimal

from cards.texts import Texts
from domain.contract import ContractClass, Renewal, RenewalKind
from domain.people import Role


def column_words(texts: Texts, code: str, *, is_people: bool) -> str:
    """What a column is called, in a register or in a people file."""
    return texts(f"register.person_column.{code}") if is_people else texts(f"register.column.{code}")


def value_words(texts: Texts, value: object) -> str:  # noqa: PLR0911 - one line a type
    """A domain value as people say it."""
    match value:
        case None | () | "":
            return texts("register.value.nothing")
        case bool():
            return texts("common.yes") if value else texts("common.no")
        case ContractClass():
            return texts(f"class.{value.value}")
        case Renewal():
            return renewal_words(texts, value)
        case Decimal():
            return texts.money(float(value))
        case date():
            return value.isoformat()
        case frozenset():
            names = sorted(_role_words(texts, role) for role in value)
            return ", ".join(names) or texts("register.value.nothing")
        case tuple():
            return ", ".join(f"{supplier.name} ({supplier.lot})" for supplier in value)
        case _:
            return str(value)


def renewal_words(texts: Texts, renewal: Renewal) -> str:
    """The right or habit of extension; a length of no months is one the register does not tell."""
    values = {"count": renewal.count, "months": renewal.months}
    match renewal.kind:
        case RenewalKind.NONE:
            return texts("register.value.no_renewal")
        case RenewalKind.OPEN_ENDED:
            return texts("register.value.open_ended")
        case RenewalKind.OPTION:
            return (
                texts("register.value.option", **values) if renewal.months else texts("register.value.option_unknown")
            )
        case RenewalKind.AUTOMATIC if renewal.months:
            return texts("register.value.automatic", months=renewal.months)
        case RenewalKind.AUTOMATIC:
            return texts("register.value.automatic_unknown")


def _role_words(texts: Texts, role: Role) -> str:
    return texts(f"register.role.{role.value}")
