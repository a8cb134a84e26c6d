"""The owner reads what has been handed in, and approves it or sends it back."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cards.asking import asking_card
from cards.card import Card
from cards.manners import refusal_card
from cards.sign_off import COMMENT_FIELD, signed_off_card
from cards.texts import Texts
from dialogs.at_hand import FOLLOWUP, left, listed, numbered, whose
from dialogs.cancelling import is_cancelled
from dialogs.checklist_views import checklist_view
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.followup_views import review_card, standing_card
from dialogs.item_replies import pressed_id, sentence, typed
from dialogs.turn import Reply, Turn, say
from domain.errors import Refused
from usecases.followups.list_mine import list_to_sign
from usecases.followups.open_followup import open_followup
from usecases.followups.sign_off_followup import SignedOff, send_back_followup, sign_off_followup

_COMMENT: Final = "followup.return"


async def pressed_accept(turn: Turn) -> Reply:
    return await _accept(turn, pressed_id(turn))


async def pressed_return(turn: Turn) -> Reply:
    """*Skicka tillbaka med kommentaren*."""
    followup_id = pressed_id(turn)
    try:
        return await _return(turn, followup_id, typed(turn, COMMENT_FIELD))
    except Refused as no:
        # The card that was pressed gives way to the reason, so it follows below with its buttons.
        return say(refusal_card(sentence(turn, no), turn.language), await _read(turn, followup_id))


async def said_accept(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*godkänn*, *godkänn 2*: the one at hand, or the one that has waited longest."""
    followup_id = await _meant(turn, match["number"])
    return await _accept(turn, followup_id) if followup_id else None


async def said_return(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*skicka tillbaka 2: granska fler fakturor*; without a comment it is asked for."""
    followup_id = await _meant(turn, match["number"])
    if followup_id is None:
        return None
    if match["comment"]:
        return await _return(turn, followup_id, match["comment"])
    texts = Texts(turn.language)
    card = asking_card(texts("answering.ask.comment_title"), texts("answering.ask.comment"), turn.language)
    return say(card, chat=replace(turn.chat, expects=f"{_COMMENT}:{followup_id}"))


async def said_comment(turn: Turn, text: str) -> Reply:
    """What should be looked at again, when that was asked for."""
    followup_id = (turn.chat.expects or "").partition(":")[2]
    if is_cancelled(text):
        return say(await _read(turn, followup_id), chat=replace(turn.chat, expects=None))
    return await _return(turn, followup_id, text)


async def said_to_sign(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*att godkänna*: the first of what waits, numbered with the rest."""
    items = await list_to_sign(*whose(turn))
    if not items:
        raise Refused("answering.refused.nothing_to_sign")
    return say(await _read(turn, items[0].followup.followup_id), chat=listed(turn.chat, items))


async def _read(turn: Turn, followup_id: str) -> Card:
    """Everything that was answered, or where it stands when it no longer waits for this person."""
    found = await open_followup(*whose(turn), followup_id, turn.language)
    return review_card(found.review, turn) if found.review else standing_card(found.item, turn)


async def _accept(turn: Turn, followup_id: str) -> Reply:
    return _decided(turn, await sign_off_followup(*whose(turn), followup_id, turn.language))


async def _return(turn: Turn, followup_id: str, comment: str) -> Reply:
    return _decided(turn, await send_back_followup(*whose(turn), followup_id, turn.language, comment))


def _decided(turn: Turn, done: SignedOff) -> Reply:
    chat = left(turn.chat, done.item.followup.followup_id)
    if not done.is_decided:
        return say(standing_card(done.item, turn), chat=chat)
    view = checklist_view(done.session, turn)
    return say(signed_off_card(view, by_name=turn.sender.name, comment=done.comment), chat=chat)


async def _meant(turn: Turn, number: str | None) -> str | None:
    """The one with the number, the one at hand when it waits for this person, else the one that waited longest."""
    if number is not None:
        return await numbered(turn, int(number))
    waiting = [item.followup.followup_id for item in await list_to_sign(*whose(turn))]
    at_hand = turn.chat.focused_on(FOLLOWUP)
    if at_hand in waiting:
        return at_hand
    return waiting[0] if waiting else None


_WHICH = r"(?: (?:nummer |nr |number |no )?(?P<number>\d{1,3}))?"

COMMANDS: tuple[Command, ...] = (
    command("accept", said_accept, rf"(?:godkänn|godkänner|approve|accept|sign off){_WHICH}"),
    command(
        "return",
        said_return,
        rf"(?:skicka tillbaka|återsänd|send back|return){_WHICH}(?:[\s,.:–-]+(?P<comment>.+))?",
    ),
    command("to_sign", said_to_sign, r"att godkänna|vad ska jag godkänna\??|to approve|to sign off"),
)
VERBS: Mapping[str, Pressed] = MappingProxyType({"signoff.accept": pressed_accept, "signoff.return": pressed_return})
EXPECTED: Mapping[str, Answered] = MappingProxyType({_COMMENT: said_comment})
