"""Which date *redan gjort* is about: the one at hand, the one on a contract, or one of several that wait."""

import re
from dataclasses import replace
from typing import Final

from cards.asking import remark_card
from cards.choosing import choosing_card
from cards.texts import Texts, plain
from dialogs import nudged
from dialogs.at_hand import FOLLOWUP, focused, whose
from dialogs.cancelling import is_cancelled
from dialogs.turn import Reply, Turn, say
from dialogs.watch_done import WATCH, told_done
from domain.errors import Refused
from usecases.followups.list_mine import list_mine
from usecases.parts.items import Item
from usecases.watches.open_watch import alarming_watches, answerable_watches
from usecases.watches.seeing import SeenWatch

WHICH: Final = "watch.which"
_TELLS_OF_A_DECISION: Final = re.compile(
    r"beslut|förläng|säg|uppsag|skicka|besked|decid|exten|terminat|sent|notice", re.IGNORECASE
)


async def heard_done(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*redan gjort avtal 2026-0147: beslutat av ...*, or only *redan gjort* with a date at hand."""
    words = match["how"] or ""
    if match["number"]:
        return await _done_on_contract(turn, match["number"], words)
    return await said_done(turn, words)


async def said_done(turn: Turn, words: str = "") -> Reply | None:
    """*Redan gjort* when it is a watched date that is at hand, or the only thing that waits; else None."""
    watch_id = turn.chat.focused_on(WATCH)
    if watch_id is not None:
        return await told_done(turn, watch_id, words)
    if turn.chat.focused_on(FOLLOWUP) is not None:
        return None
    alarming = await alarming_watches(*whose(turn))
    if not alarming:
        return None
    mine = [item for item in await list_mine(*whose(turn)) if item.followup.is_open]
    if not mine and len(alarming) == 1:
        return await told_done(turn, alarming[0].watch.watch_id, words)
    return _ask_which(turn, alarming, mine, words)


async def said_which(turn: Turn, text: str) -> Reply | None:
    """The number of what is done, out of several that wait."""
    words = (turn.chat.expects or "").partition(":")[2]
    chat = replace(turn.chat, expects=None)
    if is_cancelled(text):
        return say(remark_card(Texts(turn.language)("watching.cancelled"), turn.language), chat=chat)
    number = re.fullmatch(r"(?:nr |nummer |number )?(\d{1,3})[.)]?", text.strip(), re.IGNORECASE)
    if number is None:
        return None
    kind, _, subject_id = (turn.chat.picked(int(number[1])) or "").partition(":")
    if kind == WATCH:
        return await told_done(turn, subject_id, words)
    if kind == FOLLOWUP:
        return await _followup_done(replace(turn, chat=focused(turn.chat, subject_id)), words)
    raise Refused("questions.pick.no_such_number", number=number[1])


async def _done_on_contract(turn: Turn, number: str, words: str) -> Reply | None:
    found = await answerable_watches(*whose(turn), number)
    # A legal date far ahead is not what anybody means, unless they tell of a decision.
    due = [one for one in found if one.watch.last_step is not None or one.watch.next_action_at is None]
    if not due and not _TELLS_OF_A_DECISION.search(words):
        return None
    return await told_done(turn, (due or found)[0].watch.watch_id, words) if found else None


async def _followup_done(turn: Turn, words: str) -> Reply | None:
    for one in nudged.COMMANDS:
        match = one.heard_in(f"redan gjort, {words}" if words else "redan gjort")
        if match is not None:
            return await one.function(turn, match)
    return None


def _ask_which(turn: Turn, watches: list[SeenWatch], items: list[Item], words: str) -> Reply:
    texts = Texts(turn.language)
    rows = [f"{texts(_kind_key(one))}: {one.contract.contract_number} {one.contract.title}" for one in watches]
    rows += [f"{texts(f'activity.{one.followup.activity}')}: {one.contract.title}" for one in items]
    card = choosing_card(
        texts("watching.ask.which_title"),
        texts("watching.ask.which"),
        turn.language,
        rows=[plain(row, most=120) for row in rows],
    )
    subjects = [f"{WATCH}:{one.watch.watch_id}" for one in watches]
    subjects += [f"{FOLLOWUP}:{one.followup.followup_id}" for one in items]
    return say(card, chat=replace(turn.chat, listed=tuple(subjects), more=None, expects=f"{WHICH}:{words}"))


def _kind_key(seen: SeenWatch) -> str:
    return "watch.kind.send_by_automatic" if seen.renews_automatically else f"watch.kind.{seen.watch.kind}"
