"""What a case's history says of its rights: proposed, decided, counted anew, and what the passivity clock has told of."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from cards.deviation_views import HistoryLine
from cards.pen import Pen
from cards.rights_words import answer_words, right_name
from domain.case_file import SanctionAnswer
from domain.contract_right import RightKind
from domain.sanction import SanctionGiven

_ANSWERED: Final = frozenset({"sanction_decided", "sanction_proposed"})
_TOLD: Final = frozenset(
    {"untold_told", "undecided_told", "reservation_ending_told", "reservation_ended_told", "rights_renewed"},
)


def passivity_event(line: HistoryLine, pen: Pen, *, day: str, name: str) -> str | None:
    """The event in a sentence; None for one that is about something else."""
    kind = line.kind.removeprefix("deviation.")
    if kind in _ANSWERED and line.details.get("right") in set(RightKind):
        right = right_name(RightKind(str(line.details["right"])), pen)
        return pen.say(f"passivity.happened.{kind}", day=day, name=name, right=right, answer=_answer(line.details, pen))
    return pen.say(f"passivity.happened.{kind}", day=day, name=name) if kind in _TOLD else None


def _answer(details: Mapping[str, Any], pen: Pen) -> str:
    """The answer without its reason, which stands beside every event that has one."""
    until, amount = details.get("until"), details.get("amount_sek")
    given = SanctionGiven(
        answer=SanctionAnswer(details["answer"]),
        reserved_until=date.fromisoformat(until) if until else None,
        reference=details.get("reference", ""),
        amount_sek=Decimal(amount) if amount else None,
    )
    said = answer_words(given, pen)
    return said[:1].lower() + said[1:]
