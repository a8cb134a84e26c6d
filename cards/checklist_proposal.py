"""A deviation that an answer proposes: nothing is registered until the person says so (domain.md 6.1)."""

from microsoft_teams.cards import Action, CardElement, ExecuteAction, TextInput

from cards.blocks import choices, facts, finish, heading, paragraph, section, small, text_field
from cards.buttons import Style, execute
from cards.card import Card
from cards.checklist_view import ChecklistView, ProposalLine
from cards.checklist_words import pen_of, plain_title, session_button, session_heading
from cards.forms import form, required_text
from cards.pen import Pen
from domain.checklist.outcome import DeviationProposal
from domain.checklist.typed import MOST_CHARACTERS
from domain.deviation import Severity

SEVERITY_FIELD = "severity"
TEXT_FIELD = "text"
REASON_FIELD = "reason"


def proposal_subject(followup_id: str, question_id: str) -> str:
    """What the proposal's buttons are about: `<followup id>/<question id>`."""
    return f"{followup_id}/{question_id}"


def proposal_card(
    view: ChecklistView,
    line: ProposalLine,
    *,
    number: int,
    total: int,
    remark: str | None = None,
) -> Card:
    """One proposal of several, with *Registrera*, *Ändra* and *Avböj*.

    `checklist.confirm_proposal` carries SEVERITY_FIELD and TEXT_FIELD when edited, nothing when taken as it is;
    `checklist.decline_proposal` carries REASON_FIELD. Their subject is `proposal_subject`.
    """
    pen = pen_of(view)
    proposal = line.proposal
    severity = pen.say(f"checklist.severity.{proposal.severity}")
    meaning = pen.say(f"checklist.severity_meaning.{proposal.severity}")
    rows = [
        (pen.say("checklist.proposal.type"), pen.quote(line.kind.name(view.language))),
        (
            pen.say("checklist.proposal.severity"),
            pen.say("checklist.proposal.severity_value", severity=severity, meaning=meaning),
        ),
    ]
    body: list[CardElement] = [
        session_heading(view, pen),
        *([section([paragraph(remark)])] if remark else []),
        heading(pen.say("checklist.proposal.heading"), is_main=False),
        *([paragraph(pen.say("checklist.proposal.counted", number=number, total=total))] if total > 1 else []),
        paragraph(pen.say("checklist.proposal.by_text" if proposal.by_text else "checklist.proposal.lead")),
        facts(rows),
        section([paragraph(pen.quote(proposal.text, most=MOST_CHARACTERS))]),
        small(pen.quote(line.kind.explanation(view.language))),
        small(pen.say("checklist.proposal.typed")),
    ]
    summary = pen.say("checklist.proposal.summary", title=plain_title(view))
    return finish(body, _actions(view, proposal, pen), summary, language=view.language)


def _actions(view: ChecklistView, proposal: DeviationProposal, pen: Pen) -> list[Action]:
    edit = form(
        pen.say("checklist.button.edit"),
        pen.say("checklist.proposal.edit_lead"),
        [_severity_field(proposal, pen), _text_field(proposal, pen)],
        _button(view, proposal, pen, "confirm_edited", verb="checklist.confirm_proposal", style="positive"),
    )
    decline = form(
        pen.say("checklist.button.decline"),
        pen.say("checklist.proposal.decline_lead"),
        [required_text(pen, REASON_FIELD, "checklist.proposal.reason_label")],
        _button(view, proposal, pen, "decline_send", verb="checklist.decline_proposal"),
    )
    confirm = _button(view, proposal, pen, "confirm", verb="checklist.confirm_proposal", style="positive")
    return [confirm, edit, decline, session_button(view, pen, "back"), session_button(view, pen, "pause")]


def _button(
    view: ChecklistView,
    proposal: DeviationProposal,
    pen: Pen,
    action: str,
    *,
    verb: str,
    style: Style | None = None,
) -> ExecuteAction:
    subject = proposal_subject(view.followup.followup_id, proposal.question_id)
    title = pen.say(f"checklist.button.{action}")
    return execute(title, verb, subject, view.followup.version, notice=view.notice_id, style=style)


def _severity_field(proposal: DeviationProposal, pen: Pen) -> CardElement:
    offered = [
        (
            severity.value,
            pen.say(
                "checklist.proposal.severity_value",
                severity=pen.say(f"checklist.severity.{severity}"),
                meaning=pen.say(f"checklist.severity_meaning.{severity}"),
            ),
        )
        for severity in Severity
    ]
    return choices(SEVERITY_FIELD, pen.say("checklist.proposal.severity_label"), offered, value=proposal.severity.value)


def _text_field(proposal: DeviationProposal, pen: Pen) -> TextInput:
    label = pen.say("checklist.proposal.text_label")
    field = text_field(TEXT_FIELD, label, value=proposal.text, most=2 * MOST_CHARACTERS, is_multiline=True)
    return field.with_is_required(value=True).with_error_message(pen.say("checklist.proposal.text_label_missing"))
