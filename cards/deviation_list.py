"""Open deviations as a list."""

from collections.abc import Iterator

from cards.answers import answer_card, not_yours_note
from cards.card import Card
from cards.deviation_views import DeviationListView, DeviationRow
from cards.deviation_words import severity_name, type_name
from cards.passivity_words import silence_lines
from cards.pen import Pen, text_pen
from cards.texts import Texts
from cards.views import AnswerRow, AnswerView
from domain.deviation_case import surface_word
from domain.people import Language


def list_card(view: DeviationListView, language: Language) -> Card:
    """Open cases with their plain word, step and deadline; each can be opened."""
    texts = Texts(language)
    pen = text_pen(language, view.as_of.date())
    answer = AnswerView(
        title=view.title or texts("deviation.list.title"),
        filter_line=view.filter_line,
        count=view.count,
        as_of=view.as_of,
        rows=tuple(_row(row, pen) for row in view.rows),
        first=view.first,
        more_subject=view.more_subject,
        note=not_yours_note(language) if view.is_own_only else None,
        empty=texts("deviation.list.none"),
    )
    return answer_card(answer, language)


def _row(row: DeviationRow, pen: Pen) -> AnswerRow:
    deviation = row.deviation
    return AnswerRow(
        headline=pen.say("deviation.list.row", number=deviation.number or "", type=type_name(row.kind, pen)),
        lines=tuple(line for line in _row_lines(row, pen) if line),
        is_alarming=row.is_past_deadline,
        open_verb="deviation.open",
        subject=deviation.deviation_id,
        rev=deviation.version,
    )


def _row_lines(row: DeviationRow, pen: Pen) -> Iterator[str]:
    deviation = row.deviation
    surface = pen.say(f"deviation.surface.{surface_word(deviation.state).value}")
    stands = pen.say("deviation.list.severity_state", severity=severity_name(deviation, pen), surface=surface)
    step = pen.say("deviation.list.step_short", number=deviation.ladder_step)
    day = pen.day(deviation.deadline_on) if deviation.deadline_on else ""
    due = (
        pen.say("deviation.list.overdue" if row.is_past_deadline else "deviation.list.deadline", day=day) if day else ""
    )
    internal = row.kind is not None and row.kind.is_internal
    yield " · ".join(part for part in (stands, "" if internal else step, due) if part)
    if deviation.proposed_step is not None:
        yield pen.say("deviation.list.proposal", number=deviation.proposed_step)
    yield from silence_lines(deviation, row.kind, pen)
    title = pen.quote(row.contract.title) if row.contract else ""
    yield " · ".join(part for part in (title, pen.quote(deviation.location or "")) if part)
