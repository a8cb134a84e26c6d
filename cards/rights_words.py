"""A contract's rights in words, the same on every card."""

from cards.pen import Pen
from domain.case_file import SanctionAnswer
from domain.contract_right import ContractRight, RightKind
from domain.sanction import SanctionGiven


def right_name(kind: RightKind, pen: Pen) -> str:
    """`Vite`, `Price reduction`."""
    return pen.say(f"register.column.right_{kind.value}")


def right_line(right: ContractRight, pen: Pen) -> str:
    """Where it stands and what it says: `§ 7.2 · 5 000 kr per påbörjad vecka`, `10 arbetsdagar`."""
    return " · ".join(
        part for part in (pen.quote(right.clause), _days(right, pen), pen.quote(right.terms, most=300)) if part
    )


def answer_words(given: SanctionGiven, pen: Pen) -> str:
    """An answer in one line, decided or proposed."""
    amount = pen.texts.money(float(given.amount_sek)) if given.amount_sek is not None else ""
    reason = pen.quote(given.reason, most=300)
    match given.answer:
        case SanctionAnswer.YES:
            said = [pen.say("sanction.answer.yes"), amount, pen.quote(given.reference), reason]
        case SanctionAnswer.NO:
            said = [pen.say("sanction.answer.no"), reason, pen.quote(given.reference)]
        case _:
            day = pen.full_day(given.reserved_until) if given.reserved_until else ""
            said = [pen.say("sanction.answer.reserved", day=day), reason]
    return ", ".join(part for part in said if part)


def _days(right: ContractRight, pen: Pen) -> str:
    if right.limit_days is None:
        return ""
    key = "register.value.working_days" if right.is_working_days else "register.value.days"
    return pen.texts.count(key, right.limit_days)
