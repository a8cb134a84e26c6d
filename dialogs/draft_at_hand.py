"""The draft a person is in the middle of, and whether what they write is still about it."""

from typing import Final

from cards.manners import refusal_card
from cards.texts import Texts
from dialogs.draft_phrases import is_addition, is_correction
from dialogs.draft_views import DRAFT
from dialogs.reading import understand
from dialogs.turn import Reply, Turn, say
from dialogs.understand.understanding import DraftSlots
from dialogs.understand.wishes import OF_CASES, IntentKind
from domain.chat import Chat
from domain.deviation import Deviation
from domain.deviation_types import AskFor
from domain.errors import Refused
from usecases.deviations.draft_deviation import Draft, read_draft

_WISHES: Final = frozenset(IntentKind) - OF_CASES - {IntentKind.REPORT_DEVIATION, IntentKind.UNCLEAR}
"""Neither a fault nor anything about one."""
_A_SENTENCE: Final = 5
"""Words from which something is told rather than answered."""


def is_whole_sentence(text: str) -> bool:
    """Whether something may be told by the words, beside answering."""
    return len(text.split()) >= _A_SENTENCE


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


def too_late(turn: Turn) -> Reply | None:
    """What was open last is gone, after a day or by a button: said once, rather than not understood."""
    if turn.chat.focused_on(DRAFT) is None:
        return None
    card = refusal_card(Texts(turn.language)("deviation.refused.no_such_draft"), turn.language)
    return say(card, chat=Chat())


async def means_something_else(turn: Turn, draft: Draft) -> bool:
    """Whether the words are a question, a wish, the same report again or another one, and not about this draft."""
    if turn.text.strip() == draft.deviation.description:
        return True
    if is_addition(turn.text):
        return False
    understanding = await understand(turn)
    kind = understanding.intent.kind
    is_sentence = is_whole_sentence(turn.text)
    is_ironic = is_sentence and AskFor.MEANING in understanding.ask
    if understanding.personal_data or kind in _WISHES or is_ironic:
        return True
    if kind in OF_CASES:
        return await _is_of_another(turn, draft)
    if is_correction(turn.text):
        return False
    return any(_tells_of_another(slots, draft, is_sentence=is_sentence) for slots in understanding.drafts)


async def _is_of_another(turn: Turn, draft: Draft) -> bool:
    """Whether a talk or a remedy that is told of belongs to something else than this draft."""
    if draft.kind is not None and draft.kind.is_internal:
        return True
    understanding = await understand(turn, is_report=True)
    return any(_is_elsewhere(slots, draft.deviation) for slots in understanding.drafts)


def _tells_of_another(slots: DraftSlots, draft: Draft, *, is_sentence: bool) -> bool:
    """Whether a fault that is told of is another than the draft's, in kind, in contract, in place or in time."""
    deviation, kind = draft.deviation, draft.types.get(slots.type or "")
    if kind is None:
        return False
    if is_sentence and _is_elsewhere(slots, deviation):
        return True
    if draft.kind is None:
        return False
    is_placed = bool(slots.location or slots.contract_id or slots.candidates)
    is_of_other_group = is_sentence and kind.group != draft.kind.group and is_placed
    if slots.contract_id is None or is_of_other_group:
        return is_of_other_group
    if kind.code != draft.kind.code:
        return is_sentence or deviation.contract_id is not None
    return _is_at_another_time_or_place(slots, deviation)


def _is_elsewhere(slots: DraftSlots, draft: Deviation) -> bool:
    """Whether the words point to contracts that are none of those the draft may be about."""
    if not slots.speaks_of_contract:
        return False
    said = {slots.contract_id} if slots.contract_id else set(slots.candidates)
    meant = {draft.contract_id} if draft.contract_id else set(draft.candidates)
    return bool(meant) and said.isdisjoint(meant)


def _is_at_another_time_or_place(slots: DraftSlots, draft: Deviation) -> bool:
    """The same fault once more, of which the draft would lose its own day or place."""
    if slots.location and draft.location and slots.location.casefold() != draft.location.casefold():
        return True
    is_known = draft.contract_id is not None
    return is_known and slots.occurred_from is not None and slots.occurred_from != draft.occurred_from
