"""Rows about our own silence and about the answers given to rights."""

from datetime import date
from decimal import Decimal

from cards.passivity_words import silence_lines
from cards.pen import text_pen
from cards.rights_words import answer_words, right_name
from cards.views import AnswerRow
from domain.case_file import SanctionDecision
from domain.contract import Contract
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.people import Language
from domain.sanction import SanctionGiven


def silence_row(  # noqa: PLR0913 - one field of the row each
    deviation: Deviation,
    contract: Contract | None,
    kind: DeviationType | None,
    language: Language,
    *,
    today: date,
    tells: str,
    answers: str,
    is_past_limit: bool,
) -> AnswerRow:
    """A case with the days of silence, and whose turn it is."""
    pen = text_pen(language, today)
    said = [
        contract.supplier_names if contract else "",
        *silence_lines(deviation, kind, pen),
        pen.say("passivity.row.tells", names=pen.people(tells)) if tells else "",
        pen.say("passivity.row.answers", names=pen.people(answers)) if answers else "",
    ]
    title = f"{contract.contract_number} {contract.title}" if contract else ""
    return AnswerRow(
        headline=" ".join(part for part in (deviation.number or "", title) if part),
        lines=tuple(part for part in said if part),
        is_alarming=is_past_limit,
        open_verb="deviation.open",
        subject=deviation.deviation_id,
        rev=deviation.version,
    )


def sanction_row(
    decision: SanctionDecision,
    deviation: Deviation,
    contract: Contract | None,
    language: Language,
    *,
    today: date,
    by_name: str,
    is_valid: bool,
) -> AnswerRow:
    """One answer: which right, what was answered, by whom and when."""
    pen = text_pen(language, today)
    given = SanctionGiven(
        answer=decision.answer,
        reason=decision.reason,
        reserved_until=decision.reserved_until,
        reference=decision.reference or "",
        amount_sek=decision.amount_sek,
    )
    name, day = pen.quote(by_name, most=60), pen.full_day(decision.decided_at.date())
    lines = (
        answer_words(given, pen),
        "" if is_valid else pen.say("sanction.row.ran_out"),
        f"{contract.contract_number} {contract.title}" if contract else "",
        contract.supplier_names if contract else "",
        pen.say("sanction.row.decided", name=name, day=day),
    )
    return AnswerRow(
        headline=pen.say("sanction.row.headline", number=deviation.number or "", right=right_name(decision.kind, pen)),
        lines=tuple(line for line in lines if line),
        is_alarming=not is_valid,
        open_verb="deviation.open",
        subject=deviation.deviation_id,
        rev=deviation.version,
    )


def sums_line(  # noqa: PLR0913 - one count each
    language: Language, today: date, *, yes: int, no: int, reserved: int, undecided: int, claimed: Decimal, amounts: int
) -> str:
    """What the answers of a period come to: kronor claimed, and how many of each."""
    pen = text_pen(language, today)
    counts = pen.say("sanction.sums.counts", yes=yes, no=no, reserved=reserved, undecided=undecided)
    if not amounts:
        return counts
    money = pen.texts.money(float(claimed))
    return f"{pen.texts.count('sanction.sums.claimed', amounts, amount=money)} {counts}"
