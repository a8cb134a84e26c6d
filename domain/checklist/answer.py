"""What somebody answered to one question of a checklist."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

YES: Final = "yes"
PARTLY: Final = "partly"
NO: Final = "no"
"""Values of a yes/no question; a grade is `1` to `5`, a choice its code, a number its digits with a decimal point."""


class AnswerKind(StrEnum):
    """Whether the question got a value, and if not, why not."""

    VALUE = "value"
    SKIPPED = "skipped"
    """Left for later, or for good: it stands in the summary as not answered."""
    NOT_APPLICABLE = "not_applicable"
    DONT_KNOW = "dont_know"
    """Never opens a deviation (domain.md 6.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question, with what was said beside it."""

    question_id: str
    kind: AnswerKind = AnswerKind.VALUE
    value: str | None = None
    """The code, number or text; None unless `kind` is VALUE."""
    note: str | None = None
    """Word for word what was said beside the value, such as `två gånger på Kinnaskolan`."""

    @property
    def number(self) -> Decimal | None:
        """The value as a number, where it is one."""
        if self.kind is not AnswerKind.VALUE or self.value is None:
            return None
        try:
            found = Decimal(self.value)
        except InvalidOperation:
            return None
        return found if found.is_finite() else None
