"""The owner's sign-off of a session that has been handed in (domain.md 3.3)."""

from collections.abc import Iterable

from microsoft_teams.cards import CardElement

from cards.blocks import facts, finish, heading, paragraph, section, small
from cards.card import Card
from cards.checklist_summary import answers_list, contract_facts
from cards.checklist_view import ChecklistView, ProposalLine, SignOffFacts
from cards.checklist_words import deviation_lines, listed, pen_of, plain_title, session_button, session_line, todo_lines
from cards.forms import form, required_text
from cards.pen import Pen
from domain.checklist.session import position_of

COMMENT_FIELD = "comment"
_COMMENT_LENGTH = 1_000


def sign_off_card(view: ChecklistView, shown: SignOffFacts) -> Card:
    """Everything that was answered, with `signoff.accept`, and `signoff.return` that carries COMMENT_FIELD."""
    pen = pen_of(view)
    name = pen.quote(shown.submitted_by_name)
    deviations = deviation_lines(shown.deviations, pen)
    body: list[CardElement] = [
        heading(pen.say("checklist.sign_off.heading")),
        session_line(view, pen),
        paragraph(pen.say("checklist.sign_off.lead", name=name, day=pen.full_day(shown.submitted_on))),
        contract_facts(view, pen),
        *_what_was_said(view, shown, pen),
        *listed(pen.say("checklist.sign_off.deviations"), deviations),
        *([] if deviations else [paragraph(pen.say("checklist.sign_off.no_deviations"))]),
        *listed(pen.say("checklist.sign_off.declined"), _declined_lines(view, shown.declined, pen)),
        *listed(pen.say("checklist.summary.todos"), todo_lines(view, shown.todos, pen)),
        small(pen.say("checklist.sign_off.typed")),
    ]
    accept = session_button(view, pen, "accept", verb="signoff.accept", style="positive")
    send_back = form(
        pen.say("checklist.button.return"),
        pen.say("checklist.sign_off.return_lead", name=name),
        [required_text(pen, COMMENT_FIELD, "checklist.sign_off.comment_label")],
        session_button(view, pen, "return_send", verb="signoff.return"),
    )
    summary = pen.say("checklist.sign_off.summary", title=plain_title(view))
    return finish(body, [accept, send_back], summary, language=view.language)


def _what_was_said(view: ChecklistView, shown: SignOffFacts, pen: Pen) -> list[CardElement]:
    if shown.done_note:
        quoted = pen.say("checklist.signed_off.quoted", text=pen.quote(shown.done_note, most=_COMMENT_LENGTH))
        return [section([paragraph(quoted)])]
    return [
        facts([(pen.say("checklist.sign_off.result"), pen.say(f"checklist.light.{shown.light}"))]),
        heading(pen.say("checklist.sign_off.answers"), is_main=False),
        *answers_list(view, pen),
    ]


def signed_off_card(view: ChecklistView, *, by_name: str, comment: str | None = None) -> Card:
    """What the owner decided: approved, or with a `comment` sent back."""
    pen = pen_of(view)
    outcome = "returned" if comment else "accepted"
    body: list[CardElement] = [
        heading(pen.say(f"checklist.signed_off.{outcome}_heading")),
        session_line(view, pen),
        paragraph(pen.say(f"checklist.signed_off.{outcome}_body", name=pen.quote(by_name), day=pen.day(view.today))),
    ]
    if comment:
        quoted = pen.say("checklist.signed_off.quoted", text=pen.quote(comment, most=_COMMENT_LENGTH))
        body.append(section([paragraph(quoted)]))
    summary = pen.say(f"checklist.signed_off.{outcome}_summary", title=plain_title(view))
    return finish(body, [], summary, language=view.language)


def _declined_lines(view: ChecklistView, lines: Iterable[ProposalLine], pen: Pen) -> list[str]:
    return [
        pen.say(
            "checklist.sign_off.declined_row",
            number=position_of(view.questions, line.proposal.question_id) or "–",
            type=pen.quote(line.kind.name(view.language)),
            reason=pen.quote(line.reason or "–"),
        )
        for line in lines
    ]
