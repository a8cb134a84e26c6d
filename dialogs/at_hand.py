"""Which follow-up is meant when somebody does not say: the one at hand, or the most urgent of their own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from dialogs.turn import Turn
from domain.chat import Chat
from domain.errors import Refused
from domain.followup import FollowupState
from domain.identifiers import TenantId
from domain.people import Person
from usecases.followups.list_mine import list_mine
from usecases.followups.turn_page import look
from usecases.parts.items import Item
from usecases.world import World

FOLLOWUP: Final = "followup"


def whose(turn: Turn) -> tuple[World, TenantId, Person]:
    """In which world, for which organisation and by whom: how every use case begins."""
    return turn.world, turn.tenant_id, turn.sender


def focused(chat: Chat, followup_id: str) -> Chat:
    """From now on typed words are about this follow-up."""
    return replace(chat, focus=f"{FOLLOWUP}:{followup_id}", expects=None)


def left(chat: Chat, followup_id: str) -> Chat:
    """Typed words are about this follow-up no more."""
    is_there = chat.focused_on(FOLLOWUP) == followup_id
    return replace(chat, focus=None if is_there else chat.focus, expects=None)


def listed(chat: Chat, items: Sequence[Item]) -> Chat:
    """The numbers people have just seen."""
    return replace(chat, listed=tuple(f"{FOLLOWUP}:{item.followup.followup_id}" for item in items), expects=None)


async def running(turn: Turn) -> str | None:
    """The checklist somebody is in the middle of; None when there is none."""
    at_hand = turn.chat.focused_on(FOLLOWUP)
    if at_hand is not None and (await look(*whose(turn), at_hand, turn.language)).is_running:
        return at_hand
    begun = [item for item in await list_mine(*whose(turn)) if item.followup.state is FollowupState.IN_PROGRESS]
    return begun[0].followup.followup_id if begun else None


async def chosen(turn: Turn, number: str | None) -> str | None:
    """The follow-up with this number in the list last seen, else the one at hand, else the most urgent.

    None when there is none of them. A number that was not in the list is refused.
    """
    if number is not None:
        return await numbered(turn, int(number))
    at_hand = turn.chat.focused_on(FOLLOWUP)
    if at_hand is not None:
        return at_hand
    mine = await list_mine(*whose(turn))
    to_answer = [item for item in mine if item.followup.is_open]
    return to_answer[0].followup.followup_id if to_answer else None


async def numbered(turn: Turn, number: int) -> str:
    """The follow-up with this number in the list last seen, or in one's own when that was a list of other things."""
    prefix = f"{FOLLOWUP}:"
    seen = turn.chat.listed
    if not any(subject.startswith(prefix) for subject in seen):
        seen = listed(turn.chat, await list_mine(*whose(turn))).listed
    subject = seen[number - 1] if 1 <= number <= len(seen) else ""
    if not subject.startswith(prefix):
        raise Refused("answering.refused.no_such_number", number=number)
    return subject.removeprefix(prefix)
