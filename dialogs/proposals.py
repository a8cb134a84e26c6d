"""What becomes of a proposed deviation, pressed or said: registered, changed or declined."""

from collections.abc import Awaitable, Mapping
from types import MappingProxyType

from cards.checklist_proposal import REASON_FIELD, SEVERITY_FIELD, TEXT_FIELD
from cards.texts import Texts
from dialogs.at_hand import whose
from dialogs.commands import Pressed
from dialogs.item_replies import pressed_id, sentence, typed
from dialogs.proposal_reading import Confirmed, Declined, completed, read_decision
from dialogs.session_replies import shown, unfit
from dialogs.turn import Reply, Turn
from domain.deviation import Severity
from domain.errors import Refused
from usecases.followups.decide_proposal import Changed, confirm_proposal, decline_proposal
from usecases.followups.turn_page import look
from usecases.parts.session import Session, source_of


async def pressed_confirm(turn: Turn) -> Reply:
    """*Registrera*, as proposed or with what was changed in the fields."""
    followup_id, _, question_id = pressed_id(turn).partition("/")
    severity = typed(turn, SEVERITY_FIELD)
    changed = Changed(
        severity=Severity(severity) if severity in set(Severity) else None,
        text=typed(turn, TEXT_FIELD) or None,
    )
    return await _or_why_not(turn, followup_id, _confirm(turn, followup_id, question_id, changed))


async def pressed_decline(turn: Turn) -> Reply:
    """*Avböj förslaget*, with its reason."""
    followup_id, _, question_id = pressed_id(turn).partition("/")
    return await _or_why_not(turn, followup_id, _decline(turn, followup_id, question_id, typed(turn, REASON_FIELD)))


async def said_to_proposal(turn: Turn, session: Session, text: str) -> Reply:
    """*registrera som måttlig*, *avböj, det var vårt eget fel*: about the proposal that is shown."""
    followup_id = session.followup.followup_id
    question_id = session.open_proposals[0].proposal.question_id
    match read_decision(text):
        case Confirmed(changed=changed):
            return await _confirm(turn, followup_id, question_id, changed)
        case Declined(reason=reason) if reason.strip():
            return await _decline(turn, followup_id, question_id, reason)
        case Declined():
            return await shown(turn, unfit(session, "answering.refused.decline_needs_reason"))
        case None:
            return await shown(turn, unfit(session, "answering.misfit.proposal"))


async def _confirm(turn: Turn, followup_id: str, question_id: str, changed: Changed) -> Reply:
    before = await look(*whose(turn), followup_id, turn.language)
    changed = completed(changed, question_id, before, turn)
    session = await confirm_proposal(*whose(turn), followup_id, question_id, turn.language, changed)
    source = source_of(session.followup, question_id)
    number = next((row.number for row in session.own_deviations if row.source == source), None)
    note = Texts(turn.language)("answering.registered", number=number) if number else None
    return await shown(turn, session, note=note)


async def _decline(turn: Turn, followup_id: str, question_id: str, reason: str) -> Reply:
    session = await decline_proposal(*whose(turn), followup_id, question_id, turn.language, reason)
    return await shown(turn, session)


async def _or_why_not(turn: Turn, followup_id: str, pressed: Awaitable[Reply]) -> Reply:
    """What the press leads to; when the rules say no, the proposal again with the reason."""
    try:
        return await pressed
    except Refused as no:
        session = await look(*whose(turn), followup_id, turn.language)
        return await shown(turn, session, note=sentence(turn, no))


VERBS: Mapping[str, Pressed] = MappingProxyType(
    {"checklist.confirm_proposal": pressed_confirm, "checklist.decline_proposal": pressed_decline},
)
