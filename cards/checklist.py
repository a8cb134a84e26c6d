"""The checklist in the chat: the start of a session, one to three questions at a time, and the pause."""

from collections.abc import Sequence

from microsoft_teams.cards import Action, CardElement, Container, TextInput

from cards.blocks import bullets, choices, facts, finish, heading, paragraph, section, small, text_field
from cards.buttons import toggle
from cards.card import Card
from cards.checklist_view import ChecklistView, StartFacts
from cards.checklist_words import (
    answer_text,
    deviation_lines,
    listed,
    misfit_text,
    pen_of,
    plain_title,
    session_button,
    session_heading,
    session_line,
)
from cards.pen import Pen
from domain.checklist.answer import YES, Answer, AnswerKind
from domain.checklist.fields import Field
from domain.checklist.outcome import answer_words
from domain.checklist.pages import Page
from domain.checklist.session import position_of, progress
from domain.checklist.template import AnswerType, Question
from domain.checklist.typed import MOST_CHARACTERS, Misfit
from domain.contract import RenewalKind
from domain.watch import WatchKind

_MOST_LISTED = 3
"""Deviations and to-dos named before the first question; the rest are counted."""
_NUMBER_LENGTH = 40


def start_card(view: ChecklistView, start: StartFacts) -> Card:
    """What to know before the first question. *Börja* is `checklist.begin`, and `followup.start` leads here."""
    pen = pen_of(view)
    length = pen.say("checklist.start.questions", count=len(view.questions), time=pen.duration(start.minutes))
    deviations = deviation_lines(start.deviations, pen)
    body: list[CardElement] = [
        session_heading(view, pen),
        facts(_start_facts(view, start, pen)),
        *listed(pen.say("checklist.start.deviations"), _shortened(deviations, pen)),
        *listed(pen.say("checklist.start.todos"), _shortened([pen.quote(todo) for todo in start.todos], pen)),
        paragraph(length, is_bold=True),
    ]
    if start.preparation:
        body += [heading(pen.say("checklist.start.preparation"), is_main=False), bullets(start.preparation)]
    body += [small(pen.say("checklist.start.saved")), small(pen.say("checklist.start.typed"))]
    is_begun = bool(view.answers)
    begin = session_button(view, pen, "resume" if is_begun else "begin", style="positive")
    summary = pen.say("checklist.start.summary", title=plain_title(view))
    return finish(body, [begin], summary, language=view.language)


def page_card(
    view: ChecklistView,
    page: Page,
    *,
    remark: Misfit | None = None,
    asked: Question | None = None,
) -> Card:
    """The questions of one page with their saved answers, and why a last answer did not fit.

    `asked` is the question a written answer goes to, when it is not the first unanswered one.
    Field ids are those of `domain.checklist.fields.Field`; what comes back goes through `parse_fields`.
    """
    pen = pen_of(view)
    body: list[CardElement] = [session_heading(view, pen), paragraph(_progress(page, pen), is_bold=True)]
    if remark:
        body.append(section([paragraph(misfit_text(remark, pen, view.questions))]))
    for number, question in enumerate(page.questions, start=page.first):
        body.append(Container(items=_question(view, question, number, pen), separator=True, spacing="Medium"))
    whys = [_why(question, number, pen) for number, question in enumerate(page.questions, start=page.first)]
    body += [*whys, small(_typing_hint(view, page, pen, asked))]
    summary = pen.say("checklist.page.summary", first=page.first, total=page.total, title=plain_title(view))
    return finish(body, _page_actions(view, page, pen), summary, language=view.language)


def paused_card(view: ChecklistView) -> Card:
    """The session waits, with everything answered so far saved."""
    pen = pen_of(view)
    so_far = progress(view.questions, view.answers)
    due = "late" if view.followup.is_overdue_on(view.today) else "due"
    body: list[CardElement] = [
        heading(pen.say("checklist.paused.heading")),
        session_line(view, pen),
        paragraph(pen.say("checklist.paused.body", settled=so_far.settled, total=so_far.total)),
        paragraph(pen.say(f"checklist.paused.{due}", day=pen.day(view.followup.due_on))),
        small(pen.say("checklist.paused.next")),
    ]
    resume = session_button(view, pen, "resume", style="positive")
    summary = pen.say("checklist.paused.summary", title=plain_title(view))
    return finish(body, [resume], summary, language=view.language)


def _start_facts(view: ChecklistView, start: StartFacts, pen: Pen) -> list[tuple[str, str]]:
    contract = view.contract
    end = pen.full_day(contract.end_on) if contract.end_on else pen.say("checklist.open_ended")
    rows = [
        (pen.say("checklist.number"), pen.quote(contract.contract_number)),
        (pen.say("checklist.supplier"), pen.quote(contract.supplier_names)),
        (pen.say("checklist.class"), pen.class_name(contract.contract_class)),
        (pen.say("checklist.end"), end),
        (pen.say("checklist.start.next_date"), _next_date(view, start, pen)),
        (pen.say("checklist.start.last_result"), _last_result(start, pen)),
    ]
    if not start.deviations:
        rows.append((pen.say("checklist.start.deviations"), pen.say("checklist.start.no_deviations")))
    return rows


def _next_date(view: ChecklistView, start: StartFacts, pen: Pen) -> str:
    watch = start.next_watch
    if watch is None:
        return ""
    automatic = watch.kind is WatchKind.SEND_BY and view.contract.renewal.kind is RenewalKind.AUTOMATIC
    what = pen.say(f"watch.kind.{watch.kind}{'_automatic' if automatic else ''}")
    return pen.say("checklist.start.next_date_value", day=pen.full_day(watch.on), what=what)


def _last_result(start: StartFacts, pen: Pen) -> str:
    if start.last_on is None:
        return pen.say("checklist.start.never")
    day = pen.full_day(start.last_on)
    if start.last_light is None:
        return day
    return pen.say("checklist.start.last_result_value", day=day, light=pen.say(f"checklist.light.{start.last_light}"))


def _shortened(lines: list[str], pen: Pen) -> list[str]:
    if len(lines) <= _MOST_LISTED:
        return lines
    rest = pen.say("checklist.start.more_deviations", count=len(lines) - _MOST_LISTED)
    return [*lines[:_MOST_LISTED], rest]


def _progress(page: Page, pen: Pen) -> str:
    key = "checklist.progress.one" if page.first == page.last else "checklist.progress.other"
    return pen.say(key, first=page.first, last=page.last, total=page.total)


def _question(view: ChecklistView, question: Question, number: int, pen: Pen) -> list[CardElement]:
    answer = view.answers.get(question.question_id)
    text = question.text.in_language(view.language)
    label = pen.say("checklist.question.label", number=number, text=text)
    blocks: list[CardElement] = []
    if question.options or question.none:
        blocks.append(_choice_field(question, answer, label, pen))
    elif question.number_label:
        blocks += [paragraph(pen.quote(label, most=MOST_CHARACTERS)), _written_field(question, answer, label, pen)]
    else:
        blocks.append(_written_field(question, answer, label, pen))
    blocks += _beside(question, answer, pen)
    if not (question.options or question.none):
        blocks.append(_instead_field(question, answer, pen))
    earlier = view.earlier.get(question.question_id)
    if earlier and earlier.kind is not AnswerKind.SKIPPED:
        said = answer_text(question, earlier, pen)
        blocks.append(small(pen.say("checklist.question.last_time", number=number, answer=said)))
    if answer and answer.kind is AnswerKind.SKIPPED:
        blocks.append(small(pen.say("checklist.question.skipped", number=number)))
    return blocks


def _choice_field(question: Question, answer: Answer | None, label: str, pen: Pen) -> CardElement:
    language = pen.texts.language
    if question.none:
        # Ja first also here: whoever taps out of habit reports too much rather than too little.
        offered = [(YES, pen.say("common.yes")), ("0", question.none.in_language(language))]
    else:
        offered = [(option.value, option.label.in_language(language)) for option in question.options]
    kinds = (AnswerKind.DONT_KNOW, AnswerKind.NOT_APPLICABLE)
    offered += [(kind.value, pen.say(f"checklist.kind.{kind}")) for kind in kinds]
    return choices(question.question_id, label, offered, value=_chosen(question, answer))


def _chosen(question: Question, answer: Answer | None) -> str | None:
    if answer is None or answer.kind is AnswerKind.SKIPPED:
        return None
    if answer.kind is not AnswerKind.VALUE:
        return answer.kind.value
    return YES if question.none and answer.number else answer.value


def _written_field(question: Question, answer: Answer | None, label: str, pen: Pen) -> TextInput:
    own = question.number_label.in_language(pen.texts.language) if question.number_label else label
    is_text = question.answer_type is AnswerType.TEXT
    return text_field(
        question.question_id,
        own,
        value=_written(question, answer, pen),
        placeholder=pen.say(f"checklist.question.placeholder.{question.answer_type}"),
        most=MOST_CHARACTERS if is_text else _NUMBER_LENGTH,
        is_multiline=is_text,
    )


def _written(question: Question, answer: Answer | None, pen: Pen) -> str | None:
    return answer_words(question, answer, pen.texts.language) if answer else None


def _beside(question: Question, answer: Answer | None, pen: Pen) -> list[CardElement]:
    language = pen.texts.language
    value = answer.note if answer else None
    if question.none and question.number_label:
        number = _written(question, answer, pen) if answer and answer.number else None
        number = f"{number}, {value}" if number and value else number
        placeholder = pen.say("checklist.question.placeholder.TAL")
        label = question.number_label.in_language(language)
        note_id = Field.note(question)
        return [text_field(note_id, label, value=number, placeholder=placeholder, most=MOST_CHARACTERS)]
    if question.note:
        label = question.note.label.in_language(language)
    elif value:
        label = pen.say("checklist.question.note_default")  # typed beside the value, so it must be shown
    else:
        return []
    return [text_field(Field.note(question), label, value=value, most=MOST_CHARACTERS)]


def _instead_field(question: Question, answer: Answer | None, pen: Pen) -> CardElement:
    kinds = (AnswerKind.DONT_KNOW, AnswerKind.NOT_APPLICABLE)
    offered = [(kind.value, pen.say(f"checklist.kind.{kind}")) for kind in kinds]
    value = answer.kind.value if answer and answer.kind in kinds else None
    return choices(
        Field.instead(question),
        pen.say("checklist.question.instead"),
        [(Field.ANSWERED_ABOVE, pen.say("checklist.question.no_choice")), *offered],
        value=value,
        is_compact=True,
        placeholder=pen.say("checklist.question.instead_placeholder"),
    )


def _why(question: Question, number: int, pen: Pen) -> CardElement:
    text = pen.say("checklist.question.why", number=number, text=question.why.in_language(pen.texts.language))
    return small(text, element_id=_why_id(question), is_hidden=True)


def _why_id(question: Question) -> str:
    return f"why_{question.question_id}"


def _typing_hint(view: ChecklistView, page: Page, pen: Pen, asked: Question | None) -> str:
    waiting = (asked,) if asked else page.unanswered(view.answers)
    lead = pen.say("checklist.typed.lead")
    commands = pen.say("checklist.typed.commands")
    if not waiting:
        return f"{pen.say('checklist.typed.all_answered')} {commands}"
    examples = pen.say(f"checklist.typed.{waiting[0].answer_type}")
    if len(page.questions) == 1:
        return f"{lead} {pen.say('checklist.typed.answers_one', examples=examples)} {commands}"
    number = position_of(view.questions, waiting[0].question_id)
    return f"{lead} {pen.say('checklist.typed.answers_one_of', number=number, examples=examples)} {commands}"


def _page_actions(view: ChecklistView, page: Page, pen: Pen) -> Sequence[Action]:
    elsewhere = any(
        question.question_id not in view.answers and not page.holds(question.question_id) for question in view.questions
    )
    forward = session_button(view, pen, "next" if elsewhere else "to_summary", verb="checklist.next", style="positive")
    back = [] if page.number == 1 else [session_button(view, pen, "back")]
    why = toggle(pen.say("checklist.button.why"), *(_why_id(question) for question in page.questions))
    return [forward, *back, session_button(view, pen, "skip"), session_button(view, pen, "pause"), why]
