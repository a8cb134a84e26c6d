"""What the conversations about a checklist share: the session shown where it stands, and taken up again."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from dialogs.at_hand import focused, left, running, whose
from dialogs.checklist_views import session_card, submission_card
from dialogs.followup_views import opened_card
from dialogs.proposal_reading import read_proposals
from dialogs.turn import Reply, Turn, say
from domain.checklist.typed import Misfit
from usecases.followups.open_followup import open_followup
from usecases.followups.submit_followup import submit_followup
from usecases.followups.turn_page import look
from usecases.parts.session import Session

_IN_THE_MIDDLE: Final = timedelta(hours=1)
"""A checklist answered in this lately has not been left, only interrupted."""


async def shown(turn: Turn, session: Session, *, note: str | None = None) -> Reply:
    """The session where it stands, with typed words going to it from now on."""
    followup_id = session.followup.followup_id
    if not session.is_running:
        return await standing(turn, followup_id)
    card = session_card(read_proposals(session, turn), turn, note=note)
    chat = left(turn.chat, followup_id) if session.followup.is_paused else focused(turn.chat, followup_id)
    return replace(say(card, chat=chat), is_misfit=session.misfit is not None)


async def standing(turn: Turn, followup_id: str) -> Reply:
    """What has become of it, for a card or a word that comes too late."""
    opened = await open_followup(*whose(turn), followup_id, turn.language)
    return say(opened_card(opened, turn), chat=left(turn.chat, followup_id))


async def submitted(turn: Turn, followup_id: str) -> Reply:
    """Handed in; or the session where something is left to settle."""
    submission = await submit_followup(*whose(turn), followup_id, turn.language)
    if not submission.is_submitted:
        return await shown(turn, submission.session)
    return say(submission_card(submission, turn), chat=left(turn.chat, followup_id))


async def taken_up(turn: Turn, reply: Reply) -> Reply:
    """The reply that ended something else, and below it the checklist that this came in the middle of."""
    followup_id = await running(turn)
    session = await look(*whose(turn), followup_id, turn.language) if followup_id else None
    if followup_id is None or session is None or session.followup.is_paused:
        return reply
    moments = [row.answered_at for row in session.stored.values()]
    last = max(moments, default=session.followup.started_at)
    if last is None or turn.at - last > _IN_THE_MIDDLE:
        return reply
    card = session_card(read_proposals(session, turn), turn)
    return replace(reply, cards=(*reply.cards, card), chat=focused(turn.chat, followup_id))


def unfit(session: Session, text_key: str) -> Session:
    """The session with a sentence of why what was written is no answer here."""
    return replace(session, misfit=Misfit(question_id="", text_key=text_key))
