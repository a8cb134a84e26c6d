"""A person's follow-ups in conversation: the list, one of them opened, begun, or taken up again."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cards.asking import remark_card
from cards.followup import my_followups_card
from cards.followup_actions import SAMPLE_VERB
from cards.texts import Texts
from dialogs.at_hand import FOLLOWUP, chosen, focused, listed, whose
from dialogs.checklist_views import beginning_card, session_card
from dialogs.commands import Command, Pressed, command
from dialogs.followup_views import view_of
from dialogs.item_replies import opened, pressed_id
from dialogs.session_replies import shown
from dialogs.turn import Reply, Turn, say
from domain.errors import Refused
from domain.followup import FollowupState
from usecases.followups.list_mine import list_mine
from usecases.followups.start_session import start_session


async def said_mine(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*mina uppföljningar*: what waits, numbered."""
    items = await list_mine(*whose(turn))
    card = my_followups_card([view_of(item) for item in items], turn.language)
    return say(card, chat=listed(turn.chat, items))


async def pressed_open(turn: Turn) -> Reply:
    """*Öppna* in a digest or a list, below it; *Granska* on the follow-up's own card, in its place."""
    return await opened(turn, pressed_id(turn))


async def said_open(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*öppna 2*, when it is follow-ups that have been listed."""
    if turn.chat.listed and not turn.chat.listed[0].startswith(f"{FOLLOWUP}:"):
        return None
    followup_id = await chosen(turn, match["number"])
    return await opened(turn, followup_id) if followup_id else None


async def pressed_start(turn: Turn) -> Reply:
    """*Börja nu* and *Fortsätt* on a follow-up's own card."""
    return await _begin(turn, pressed_id(turn))


async def said_begin(turn: Turn, match: "re.Match[str]") -> Reply:
    """*börja*, *börja 2*: the one at hand or paused, else the most urgent; or the one with the number."""
    followup_id = await chosen(turn, match["number"])
    if followup_id is None:
        raise Refused("answering.refused.nothing_open")
    return await _begin(turn, followup_id)


async def said_resume(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*fortsätt*, for whoever has something begun; for others it may mean something else."""
    at_hand = turn.chat.focused_on(FOLLOWUP)
    if at_hand is None:
        begun = [item for item in await list_mine(*whose(turn)) if item.followup.state is FollowupState.IN_PROGRESS]
        at_hand = begun[0].followup.followup_id if begun else None
    return await _begin(turn, at_hand) if at_hand else None


async def pressed_sample(turn: Turn) -> Reply:
    """Any button of a sample."""
    return say(remark_card(Texts(turn.language)("letters.sample"), turn.language))


async def _begin(turn: Turn, followup_id: str) -> Reply:
    started = await start_session(*whose(turn), followup_id, turn.language)
    if started.session is None:
        return await opened(turn, followup_id)
    if started.beginning is None:
        return await shown(turn, started.session)
    first = beginning_card(started.session, started.beginning, turn)
    # Whoever presses goes on by a press; whoever writes should see the question their next words answer.
    cards = (first,) if turn.press else (first, session_card(started.session, turn))
    return say(*cards, chat=focused(turn.chat, followup_id))


_WHICH = r"(?: (?:med )?(?:nummer |nr |number |no )?(?P<number>\d{1,3}))?"

COMMANDS: tuple[Command, ...] = (
    command(
        "mine",
        said_mine,
        r"(?:visa )?mina uppföljningar|mina|uppföljningar|min lista|vad väntar(?: på mig)?\??",
        r"(?:show )?my follow-?ups|my follow ups|mine|follow-?ups|my list|what(?: i|')s waiting(?: for me)?\??",
    ),
    command("begin", said_begin, rf"(?:börja|begin|start){_WHICH}"),
    command("resume", said_resume, r"fortsätt|återuppta|resume|continue|carry on"),
    command("open", said_open, r"(?:öppna|visa|open|show) (?:nummer |nr |number |no )?(?P<number>\d{1,3})"),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "followup.open": pressed_open,
        "followup.show": pressed_open,
        "followup.start": pressed_start,
        SAMPLE_VERB: pressed_sample,
    },
)
