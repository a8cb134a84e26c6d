"""What comes after a draft is done with: the next of the same message, or the one it came in the middle of."""

from dataclasses import replace

from cards.card import Card
from dialogs.draft_views import DRAFT, KEPT, REGISTERED, WAITING, shown, without_registered
from dialogs.turn import Reply, Turn, say
from domain.chat import Chat
from domain.errors import Refused
from usecases.deviations.draft_deviation import read_draft


async def with_next(
    turn: Turn, done: str, card: Card, *, registered: str | None = None, is_kept: bool = False
) -> Reply:
    """The answer, followed by the next draft: of the same message, or one that was open when this was begun."""
    gone = f"{KEPT}:{done}" if is_kept else f"{DRAFT}:{done}"
    listed = tuple(gone if one == f"{DRAFT}:{done}" else one for one in without_registered(turn.chat.listed))
    for subject in listed:
        kind, _, deviation_id = subject.partition(":")
        if kind not in {DRAFT, WAITING} or deviation_id == done:
            continue
        try:
            draft = await read_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
        except Refused:
            continue
        chat = _next_of(listed, subject)
        if registered:
            chat = replace(chat, listed=(*chat.listed, f"{REGISTERED}:{registered}"))
        return say(card, shown(turn, draft, chat), chat=chat)
    return say(card, chat=Chat(listed=(f"{REGISTERED}:{registered}",) if registered else ()))


def _next_of(listed: tuple[str, ...], subject: str) -> Chat:
    """The chat about this draft: numbered as before when it is of the same message, alone when it has waited."""
    kind, _, deviation_id = subject.partition(":")
    if kind == DRAFT:
        return Chat(focus=subject, listed=listed)
    waiting = tuple(one for one in listed if one.startswith(f"{WAITING}:") and one != subject)
    return Chat(focus=f"{DRAFT}:{deviation_id}", listed=(f"{DRAFT}:{deviation_id}", *waiting))
