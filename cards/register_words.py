"""Values of a register in words: what a person reads where the store has codes, dates and sums."""

from datetime import date
from decimal import Decimal

from cards.texts import Texts
from domain.contract import ContractClass, ContractSupplier, Renewal, RenewalKind
from domain.contract_right import ContractRight
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
        case ContractRight():
            return right_words(texts, value)
        case tuple():
            return ", ".join(_one_of_several(texts, one) for one in value)
        case _:
            return str(value)


def right_words(texts: Texts, right: ContractRight) -> str:
    """What a right says, without its name: `§ 7.2, 5 000 kr per påbörjad vecka`, `10 arbetsdagar`."""
    days = ""
    if right.limit_days is not None:
        key = "register.value.working_days" if right.is_working_days else "register.value.days"
        days = texts.count(key, right.limit_days)
    said = ", ".join(part for part in (right.clause, days, right.terms) if part)
    return said or texts("register.value.right_present")


def _one_of_several(texts: Texts, one: object) -> str:
    """A supplier with its lot, or a right with its name."""
    if isinstance(one, ContractRight):
        return f"{column_words(texts, f'right_{one.kind.value}', is_people=False)} {right_words(texts, one)}"
    return f"{one.name} ({one.lot})" if isinstance(one, ContractSupplier) else str(one)


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
