"""What the conversations about one follow-up share: it shown again, and a question asked in its place."""

from collections.abc import Awaitable
from dataclasses import replace

from cards.asking import asking_card
from cards.followup import item_card
from cards.texts import Texts
from dialogs.at_hand import FOLLOWUP, focused, left, whose
from dialogs.followup_views import notice_of, opened_card, view_of
from dialogs.turn import Reply, Turn, say
from domain.errors import Refused
from usecases.followups.open_followup import open_followup


async def opened(turn: Turn, followup_id: str) -> Reply:
    """The follow-up as it stands, at hand for what is written next."""
    found = await open_followup(*whose(turn), followup_id, turn.language)
    return say(opened_card(found, turn), chat=focused(turn.chat, followup_id))


async def ask(turn: Turn, what: str, followup_id: str, *, rest: str = "") -> Reply:
    """Ask in words what a button's fields ask for; the next words answer `<what>:<id>`.

    `what` ends in the name of its sentences. A follow-up that needs no answer any more is shown instead.
    """
    found = await open_followup(*whose(turn), followup_id, turn.language)
    if not found.item.followup.is_open:
        return say(opened_card(found, turn), chat=left(turn.chat, followup_id))
    texts = Texts(turn.language)
    name = what.rpartition(".")[2]
    latest = texts.day(found.item.snooze_latest_on, today=turn.today)
    question = texts(f"answering.ask.{name}{'_how' if rest else ''}", latest=latest)
    card = asking_card(texts(f"answering.ask.{name}_title"), question, turn.language, about=found.item.contract)
    expects = ":".join(part for part in (what, followup_id, rest) if part)
    return say(card, chat=replace(focused(turn.chat, followup_id), expects=expects))


async def or_why_not(turn: Turn, pressed: Awaitable[Reply]) -> Reply:
    """What the press leads to; when the rules say no, the card with its buttons again and the reason on top."""
    try:
        return await pressed
    except Refused as no:
        followup_id = pressed_id(turn)
        found = await open_followup(*whose(turn), followup_id, turn.language)
        if not found.item.followup.is_open:
            return say(opened_card(found, turn), chat=left(turn.chat, followup_id))
        why = sentence(turn, no)
        card = item_card(view_of(found.item, notice_of(turn)), turn.language, note=why, is_own=found.item.is_own)
        return say(card, chat=focused(turn.chat, followup_id))


def sentence(turn: Turn, no: Refused) -> str:
    """Why not, in the person's language."""
    return Texts(turn.language)(no.text_key, **no.values)


def expected_id(turn: Turn) -> str:
    """What the question just asked is about: the id, and behind another colon what is known already."""
    return (turn.chat.expects or "").partition(":")[2]


def pressed_id(turn: Turn) -> str:
    """The follow-up the pressed button is about."""
    return turn.press.subject_id(FOLLOWUP) if turn.press else ""


def typed(turn: Turn, field_id: str) -> str:
    """What stood in a field of the pressed card."""
    return turn.press.typed(field_id) if turn.press else ""
