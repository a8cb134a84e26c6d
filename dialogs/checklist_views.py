"""From a checklist session to the card that shows where it stands."""

from collections.abc import Iterable

from cards.card import Card
from cards.checklist import page_card, paused_card, start_card
from cards.checklist_proposal import proposal_card
from cards.checklist_summary import submitted_card, summary_card
from cards.checklist_view import (
    ChecklistView,
    ProposalLine,
    ProposalState,
    StartFacts,
    SubmittedFacts,
    SummaryFacts,
)
from cards.texts import Texts
from cards.views import DeviationLine
from dialogs.turn import Turn
from domain.checklist.outcome import missing, todos
from domain.checklist.template import Question
from domain.deviation import Deviation, Severity
from domain.people import Language
from usecases.followups.start_session import Beginning
from usecases.followups.submit_followup import Submission
from usecases.parts.session import Proposed, Session


def checklist_view(session: Session, turn: Turn) -> ChecklistView:
    """What the checklist's cards are drawn from."""
    notice = turn.press.data.get("notice") if turn.press else None
    return ChecklistView(
        followup=session.followup,
        contract=session.contract,
        questions=session.questions,
        answers=session.answers,
        language=turn.language,
        today=turn.today,
        earlier=session.earlier,
        notice_id=notice if isinstance(notice, str) else None,
    )


def session_card(
    session: Session,
    turn: Turn,
    *,
    asked: Question | None = None,
    note: str | None = None,
) -> Card:
    """The page, the proposal or the summary the session stands at; paused, that it waits.

    `asked` is the question a written answer goes to when the page alone does not say, `note` a sentence of ours.
    """
    view = checklist_view(session, turn)
    if session.followup.is_paused:
        return paused_card(view)
    page = session.page
    if page is not None:
        return page_card(view, page, remark=session.misfit, asked=asked)
    remark = note or _why_not(session, turn)
    waiting = session.open_proposals
    if waiting and not missing(session.questions, session.answers, turn.language):
        return _proposal(session, waiting[0], view, remark)
    return _summary(session, view, remark)


def beginning_card(session: Session, beginning: Beginning, turn: Turn) -> Card:
    """What to know before the first question."""
    facts = StartFacts(
        minutes=beginning.minutes,
        preparation=beginning.preparation,
        next_watch=beginning.next_watch,
        deviations=deviation_lines(session, beginning.deviations, turn.language),
        last_on=beginning.last_on,
        last_light=beginning.last_light,
        todos=beginning.todos,
    )
    return start_card(checklist_view(session, turn), facts)


def submission_card(submission: Submission, turn: Turn) -> Card:
    """Handed in, and what happens to it now."""
    signers = ", ".join(person.name for person in submission.signers)
    facts = SubmittedFacts(
        light=submission.light,
        is_accepted=submission.is_accepted,
        waits_for_sign_off=bool(submission.signers),
        owner_name=signers if submission.has_owner else None,
        deviations=deviation_lines(submission.session, submission.deviations, turn.language),
        todos=submission.todos,
        next_on=submission.next_on,
    )
    return submitted_card(checklist_view(submission.session, turn), facts)


def deviation_lines(session: Session, deviations: Iterable[Deviation], language: Language) -> tuple[DeviationLine, ...]:
    """Cases as a list names them: type and place."""
    return tuple(
        DeviationLine(
            deviation_id=row.deviation_id,
            number=row.number or "",
            headline=_headline(session, row, language),
            severity=row.severity or Severity.MODERATE,
            deadline_on=row.deadline_on,
            is_past_deadline=row.deadline_on is not None and row.deadline_on < session.today,
            version=row.version,
        )
        for row in deviations
    )


def _why_not(session: Session, turn: Turn) -> str | None:
    misfit = session.misfit
    return Texts(turn.language)(misfit.text_key, **misfit.values) if misfit else None


def _headline(session: Session, deviation: Deviation, language: Language) -> str:
    kind = session.types.get(deviation.type or "")
    name = kind.name(language) if kind else ""
    return ", ".join(part for part in (name, deviation.location or "") if part)


def _proposal(session: Session, proposed: Proposed, view: ChecklistView, remark: str | None) -> Card:
    total = len(session.proposed)
    number = total - len(session.open_proposals) + 1
    return proposal_card(view, _line(proposed), number=number, total=total, remark=remark)


def _summary(session: Session, view: ChecklistView, remark: str | None) -> Card:
    facts = SummaryFacts(
        proposals=tuple(_line(one) for one in session.proposed),
        todos=todos(session.questions, session.answers, view.language),
        missing=missing(session.questions, session.answers, view.language),
    )
    return summary_card(view, facts, remark=remark)


def _line(proposed: Proposed) -> ProposalLine:
    return ProposalLine(
        proposal=proposed.proposal,
        kind=proposed.kind,
        state=ProposalState(proposed.decision) if proposed.decision else ProposalState.OPEN,
        reason=proposed.reason,
    )
