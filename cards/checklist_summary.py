"""The end of a session: everything answered on one card, and what happens to it once it is handed in."""

from collections.abc import Iterable, Sequence

from microsoft_teams.cards import Action, CardElement

from cards.blocks import choices, facts, finish, heading, numbered, paragraph, section, small
from cards.card import Card
from cards.checklist_view import ChecklistView, ProposalLine, SubmittedFacts, SummaryFacts
from cards.checklist_words import (
    answer_line,
    deviation_lines,
    listed,
    pen_of,
    plain_title,
    session_button,
    session_heading,
    session_line,
    severity_in_text,
    todo_lines,
)
from cards.pen import Pen
from domain.checklist.outcome import Missing
from domain.checklist.session import position_of

CHANGE_FIELD = "change_question"
"""The field that holds the id of the question to answer again."""
_TITLE_LENGTH = 70


def summary_card(view: ChecklistView, shown: SummaryFacts, *, remark: str | None = None) -> Card:
    """All answers, numbered as people type them (`ändra 3`), what they propose, and *Skicka in* when it may be.

    *Ändra svaret* is `checklist.change` with the question's id in `CHANGE_FIELD`.
    """
    pen = pen_of(view)
    is_ready = not shown.missing
    body: list[CardElement] = [
        session_heading(view, pen),
        *([section([paragraph(remark)])] if remark else []),
        heading(pen.say("checklist.summary.heading"), is_main=False),
        paragraph(pen.say("checklist.summary.lead")),
        *answers_list(view, pen),
        *listed(pen.say("checklist.summary.deviations"), _proposal_lines(view, shown.proposals, pen)),
        *listed(pen.say("checklist.summary.todos"), todo_lines(view, shown.todos, pen)),
        *(section([paragraph(_why_missing(missing, pen))]) for missing in shown.missing),
        _change_field(view, pen),
        small(pen.say("checklist.summary.typed_ready" if is_ready else "checklist.summary.typed_not_ready")),
    ]
    summary = pen.say("checklist.summary.summary", title=plain_title(view))
    return finish(body, _summary_actions(view, pen, is_ready=is_ready), summary, language=view.language)


def submitted_card(view: ChecklistView, shown: SubmittedFacts) -> Card:
    """Handed in: what it showed, who reads it now, and what follows."""
    pen = pen_of(view)
    body: list[CardElement] = [
        heading(pen.say("checklist.submitted.heading")),
        session_line(view, pen),
        paragraph(pen.say("checklist.submitted.result", light=pen.say(f"checklist.light.{shown.light}")), is_bold=True),
        paragraph(_who_reads(shown, pen)),
        *listed(pen.say("checklist.submitted.deviations"), deviation_lines(shown.deviations, pen)),
        *listed(pen.say("checklist.summary.todos"), todo_lines(view, shown.todos, pen)),
    ]
    if shown.next_on:
        body.append(small(pen.say("checklist.submitted.next", day=pen.full_day(shown.next_on))))
    summary = pen.say("checklist.submitted.summary", title=plain_title(view))
    return finish(body, [], summary, language=view.language)


def answers_list(view: ChecklistView, pen: Pen) -> list[CardElement]:
    """Every question with its answer, in the session's order and numbers."""
    lines = [answer_line(question, view.answers.get(question.question_id), pen) for question in view.questions]
    return [numbered(lines)]


def contract_facts(view: ChecklistView, pen: Pen) -> CardElement:
    """Which contract it is about."""
    rows = (
        (pen.say("checklist.number"), pen.quote(view.contract.contract_number)),
        (pen.say("checklist.supplier"), pen.quote(view.contract.supplier_names)),
        (pen.say("checklist.class"), pen.class_name(view.contract.contract_class)),
    )
    return facts(rows)


def _proposal_lines(view: ChecklistView, lines: Iterable[ProposalLine], pen: Pen) -> list[str]:
    return [
        pen.say(
            "checklist.summary.proposal",
            number=position_of(view.questions, line.proposal.question_id) or "–",
            type=pen.quote(line.kind.name(view.language)),
            severity=severity_in_text(line.proposal.severity, pen),
            state=pen.say(f"checklist.proposal_state.{line.state}"),
        )
        for line in lines
    ]


def _why_missing(missing: Missing, pen: Pen) -> str:
    return pen.say(missing.text_key, **missing.values)


def _change_field(view: ChecklistView, pen: Pen) -> CardElement:
    offered = [
        (question.question_id, f"{number}. {_cut(question.text.in_language(view.language))}")
        for number, question in enumerate(view.questions, start=1)
    ]
    label = pen.say("checklist.summary.change_label")
    placeholder = pen.say("checklist.summary.change_placeholder")
    return choices(CHANGE_FIELD, label, offered, is_compact=True, placeholder=placeholder)


def _cut(text: str) -> str:
    return text if len(text) <= _TITLE_LENGTH else f"{text[: _TITLE_LENGTH - 1].rstrip()}…"


def _summary_actions(view: ChecklistView, pen: Pen, *, is_ready: bool) -> Sequence[Action]:
    submit = [session_button(view, pen, "submit", style="positive")] if is_ready else []
    return [*submit, *(session_button(view, pen, action) for action in ("change", "back", "pause"))]


def _who_reads(shown: SubmittedFacts, pen: Pen) -> str:
    if shown.is_accepted:
        return pen.say("checklist.submitted.accepted")
    if not shown.waits_for_sign_off:
        return pen.say("checklist.submitted.waiting")
    if shown.owner_name is None:
        return pen.say("checklist.submitted.to_vacant_owner")
    return pen.say("checklist.submitted.to_owner", name=pen.people(shown.owner_name))
