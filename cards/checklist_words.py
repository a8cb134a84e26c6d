"""Sentences the checklist's cards share: questions, answers and deviations in words."""

from collections.abc import Iterable, Mapping

from microsoft_teams.cards import CardElement, ExecuteAction

from cards.blocks import bullets, heading, paragraph
from cards.buttons import Style, execute
from cards.checklist_view import ChecklistView
from cards.pen import Pen, card_pen
from cards.views import DeviationLine
from domain.checklist.answer import Answer, AnswerKind
from domain.checklist.outcome import Todo, answer_words
from domain.checklist.session import position_of
from domain.checklist.template import Question
from domain.checklist.typed import Misfit

_NOTE_LENGTH = 160
"""A list shows this much of what was written; the whole of it stands in the record."""
_QUESTION_LENGTH = 240


def pen_of(view: ChecklistView) -> Pen:
    return card_pen(view.language, view.today)


def session_heading(view: ChecklistView, pen: Pen) -> CardElement:
    """`Kvartalsuppföljning: Städning av skolor`, as the card's title."""
    return heading(_session(view, pen))


def session_line(view: ChecklistView, pen: Pen) -> CardElement:
    """The same, where the title says what has happened."""
    return paragraph(_session(view, pen), is_bold=True)


def _session(view: ChecklistView, pen: Pen) -> str:
    activity = pen.activity(view.followup.activity)
    return pen.say("checklist.heading", activity=activity, title=pen.quote(view.contract.title))


def session_button(
    view: ChecklistView,
    pen: Pen,
    action: str,
    *,
    verb: str | None = None,
    style: Style | None = None,
) -> ExecuteAction:
    """A button about the session: `action` names its title, and its verb unless another is given."""
    title = pen.say(f"checklist.button.{action}")
    subject, rev = view.followup.followup_id, view.followup.version
    return execute(title, verb or f"checklist.{action}", subject, rev, notice=view.notice_id, style=style)


def plain_title(view: ChecklistView) -> str:
    """The contract's title for a notification, which knows no Markdown to be harmed by."""
    return " ".join(view.contract.title.split())


def question_text(question: Question, pen: Pen) -> str:
    """The question, harmless where Markdown is read: it may hold names from the register."""
    return pen.quote(question.text.in_language(pen.texts.language), most=_QUESTION_LENGTH)


def answer_text(question: Question, answer: Answer | None, pen: Pen) -> str:
    """`Delvis`, `18 400`, `Vet inte`, `Inte besvarad`."""
    if answer is None:
        return pen.say("checklist.kind.unanswered")
    if answer.kind is not AnswerKind.VALUE:
        return pen.say(f"checklist.kind.{answer.kind}")
    return pen.quote(answer_words(question, answer, pen.texts.language) or "", most=_NOTE_LENGTH)


def answer_line(question: Question, answer: Answer | None, pen: Pen) -> str:
    """Question and answer on one line, with the beginning of what was said beside it."""
    values = {"question": question_text(question, pen), "answer": answer_text(question, answer, pen)}
    if answer is None or not answer.note:
        return pen.say("checklist.summary.row", **values)
    return pen.say("checklist.summary.row_with_note", **values, note=pen.quote(answer.note, most=_NOTE_LENGTH))


def severity_in_text(severity: str, pen: Pen) -> str:
    return pen.say(f"checklist.severity_in_text.{severity}")


def deviation_lines(deviations: Iterable[DeviationLine], pen: Pen) -> list[str]:
    """`AVV-2027-0003: Leveransen uteblev, Kinnaskolan (allvarlig)`."""
    return [
        pen.say(
            "checklist.start.deviation",
            number=deviation.number,
            type=pen.quote(deviation.headline),
            severity=severity_in_text(deviation.severity, pen),
        )
        for deviation in deviations
    ]


def todo_lines(view: ChecklistView, todos: Iterable[Todo], pen: Pen) -> list[str]:
    """`Fråga 7: ta reda på svaret inom 10 arbetsdagar`."""
    return [
        pen.say(
            "checklist.summary.todo",
            number=position_of(view.questions, todo.question_id) or "–",
            what=pen.say(f"checklist.todo.{todo.kind}", days=todo.working_days),
        )
        for todo in todos
    ]


def listed(title: str, lines: list[str]) -> list[CardElement]:
    """A small heading with a list below it; nothing where there is nothing to list."""
    return [heading(title, is_main=False), bullets(lines)] if lines else []


def misfit_text(misfit: Misfit, pen: Pen, questions: Iterable[Question] = ()) -> str:
    """Why an answer did not fit, in plain words; with `questions` it says which one it was about."""
    text = pen.say(misfit.text_key, **_quoted(misfit.values, pen))
    number = position_of(tuple(questions), misfit.question_id)
    return pen.say("checklist.misfit.in_question", number=number, text=text) if number else text


def _quoted(values: Mapping[str, str], pen: Pen) -> dict[str, str]:
    return {name: pen.quote(value) for name, value in values.items()}
