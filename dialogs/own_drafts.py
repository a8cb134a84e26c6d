"""Around a draft: kept for later and taken up again, joined to what a colleague has reported, or taken back."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from cards.drafts import Joined, drafts_card, joined_card, kept_card, taken_back_card
from cards.texts import Texts
from dialogs.commands import Command, Pressed, command
from dialogs.draft_at_hand import open_draft
from dialogs.draft_next import with_next
from dialogs.draft_views import DRAFT, REGISTERED, drafts_about, shown
from dialogs.turn import Press, Reply, Turn, say
from domain.case_guards import DRAFT_LIFETIME
from domain.chat import Chat
from domain.errors import Refused
from domain.report import Correction
from usecases.deviations.draft_deviation import correct_draft, list_drafts, read_draft
from usecases.deviations.join_case import join_case
from usecases.deviations.take_back import take_back

_ME_TOO = r"jag också|samma (?:här|sak|fel)|me too|same here|same (?:thing|fault)"
_YES_THE_SAME = r"ja|japp|jo|jodå|ja,? det är (?:samma(?: sak)?|det)|det är samma(?: sak)?|yes|yep|it is the same"
_OTHER = r"(?:nej,? ?)?(?:något|nåt) annat|inte samma(?: sak)?|(?:no,? ?)?something else|not the same"
_KEEP = r"behåll(?: som utkast)?|spara (?:som )?utkast(?:et)?|keep(?: as)?(?: a)? draft|keep it"
_MINE = r"(?:mina )?utkast(?:en)?|(?:my )?drafts"
_OPEN = r"(?:utkast|draft) (?P<number>\d{1,3})"
_UNDO = (
    r"ångra(?: mig| det| registreringen)?|ta tillbaka (?:det|den|rapporten|avvikelsen)|ta bort det jag skrev.*|"
    r"undo(?: that| it)?|take (?:it|that) back"
)


async def said_me_too(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*jag också*, while a draft is open that looks like another report."""
    deviation_id = await open_draft(turn)
    return await _join(turn, deviation_id) if deviation_id else None


async def said_it_is_the_same(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*ja*, when the draft asks whether it is what somebody has reported already."""
    deviation_id = await open_draft(turn) if turn.chat.expects is None else None
    if not deviation_id:
        return None
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    return await _join(turn, deviation_id) if draft.twin is not None else None


async def said_something_else(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*något annat*: a case of its own."""
    deviation_id = await open_draft(turn)
    return await _told_apart(turn, deviation_id) if deviation_id else None


async def said_keep(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*behåll som utkast*, while a draft is open."""
    deviation_id = await open_draft(turn)
    return await _keep(turn, deviation_id) if deviation_id else None


async def asked_for_drafts(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*mina utkast*."""
    drafts = await list_drafts(turn.world, turn.tenant_id, turn.sender)
    chat = Chat(listed=tuple(f"draft:{draft.deviation_id}" for draft in drafts))
    return say(drafts_card(drafts, turn.language, today=turn.today), chat=chat)


async def opened_draft(turn: Turn, match: "re.Match[str]") -> Reply:
    """*utkast 2*, by the number in the list of one's own drafts."""
    drafts = await list_drafts(turn.world, turn.tenant_id, turn.sender)
    number = int(match["number"])
    if not 1 <= number <= len(drafts):
        raise Refused("drafting.refused.no_such_draft_number", number=number)
    return await _open(turn, drafts[number - 1].deviation_id)


async def said_undo(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*ångra* right after registering, also when the next draft is up; otherwise a draft is thrown away by the words for it."""
    is_of_other_things = turn.chat.focus is not None and turn.chat.focused_on(DRAFT) is None
    kind, _, deviation_id = (turn.chat.listed[-1] if turn.chat.listed else "").partition(":")
    if is_of_other_things or kind != REGISTERED:
        return None
    reason = Texts(turn.language)("drafting.taken_back.reason")
    taken = await take_back(turn.world, turn.tenant_id, turn.sender, deviation_id, reason)
    names = [person.name for person in taken.told]
    return await with_next(turn, deviation_id, taken_back_card(taken.deviation, names, turn.language, today=turn.today))


async def pressed_join(turn: Turn) -> Reply:
    return await _join(turn, _subject(turn))


async def pressed_other(turn: Turn) -> Reply:
    return await _told_apart(turn, _subject(turn))


async def pressed_keep(turn: Turn) -> Reply:
    return await _keep(turn, _subject(turn))


async def pressed_open(turn: Turn) -> Reply:
    return await _open(turn, _subject(turn))


async def _join(turn: Turn, deviation_id: str) -> Reply:
    reason = Texts(turn.language)("drafting.joined.reopened_reason")
    joined = await join_case(turn.world, turn.tenant_id, turn.sender, deviation_id, reason_to_reopen=reason)
    card = joined_card(
        Joined(
            deviation=joined.deviation,
            report_count=joined.report_count,
            may_open=joined.may_open,
            is_reopened=joined.is_reopened,
        ),
        turn.language,
        today=turn.today,
    )
    return await with_next(turn, deviation_id, card)


async def _told_apart(turn: Turn, deviation_id: str) -> Reply:
    correction = Correction(is_told_apart=True)
    draft = await correct_draft(turn.world, turn.tenant_id, turn.sender, deviation_id, correction)
    chat = _focused(turn, deviation_id)
    return say(shown(turn, draft, chat), chat=chat)


async def _keep(turn: Turn, deviation_id: str) -> Reply:
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    until = draft.local(draft.deviation.reported_at + DRAFT_LIFETIME)
    return await with_next(turn, deviation_id, kept_card(until, turn.language, today=turn.today), is_kept=True)


async def _open(turn: Turn, deviation_id: str) -> Reply:
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    chat = Chat(focus=f"{DRAFT}:{deviation_id}", listed=(f"{DRAFT}:{deviation_id}",))
    return say(shown(turn, draft, chat), chat=chat)


def _focused(turn: Turn, deviation_id: str) -> Chat:
    return drafts_about(turn.chat, f"{DRAFT}:{deviation_id}")


def _subject(turn: Turn) -> str:
    press = turn.press or Press(verb="", data={})
    return press.subject_id(DRAFT)


COMMANDS: tuple[Command, ...] = (
    command("draft.join", said_me_too, _ME_TOO),
    command("draft.same", said_it_is_the_same, _YES_THE_SAME),
    command("draft.other", said_something_else, _OTHER),
    command("draft.keep", said_keep, _KEEP),
    command("draft.list", asked_for_drafts, _MINE),
    command("draft.open", opened_draft, _OPEN),
    command("draft.undo", said_undo, _UNDO),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "draft.join": pressed_join,
        "draft.other": pressed_other,
        "draft.keep": pressed_keep,
        "draft.open": pressed_open,
    },
)
