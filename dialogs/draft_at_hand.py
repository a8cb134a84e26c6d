"""The draft a person is in the middle of, and whether what they write is still about it."""

from typing import Final

from dialogs.draft_views import DRAFT
from dialogs.draft_words import is_correction
from dialogs.reading import understand
from dialogs.turn import Turn
from dialogs.understand.understanding import Understanding
from dialogs.understand.wishes import IntentKind
from domain.errors import Refused
from usecases.deviations.draft_deviation import Draft, read_draft

_NO_CORRECTION: Final = frozenset({IntentKind.QUERY, IntentKind.HELP, IntentKind.SNOOZE, IntentKind.WRONG_PERSON})
_A_SENTENCE: Final = 5
"""Words from which something is told rather than answered."""


async def open_draft(turn: Turn) -> str | None:
    """The draft the person is in the middle of, when it still is one; a day old it never comes back."""
    deviation_id = turn.chat.focused_on(DRAFT)
    if not deviation_id:
        return None
    try:
        await read_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    except Refused:
        return None
    return deviation_id


async def means_something_else(turn: Turn, draft: Draft) -> bool:
    """Whether the words are a question, a wish or another report."""
    understanding = await understand(turn)
    if understanding.intent.kind in _NO_CORRECTION:
        return True
    if _tells_of_another(understanding, draft, turn.text):
        return True
    is_whole_report = any(slots.type and slots.contract_id for slots in understanding.drafts)
    return is_whole_report and draft.deviation.contract_id is not None and draft.deviation.type is not None


def _tells_of_another(understanding: Understanding, draft: Draft, text: str) -> bool:
    """Whether a whole sentence tells of a fault of another kind, with a place or a contract of its own."""
    known = draft.deviation.type
    if known is None or is_correction(text) or len(text.split()) < _A_SENTENCE:
        return False
    kinds = draft.types
    return any(
        (kind := kinds.get(slots.type or "")) is not None
        and kind.group != kinds[known].group
        and bool(slots.location or slots.contract_id or slots.candidates)
        for slots in understanding.drafts
    )
