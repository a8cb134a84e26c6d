"""Reporting a deviation in one's own words: the draft, its corrections, and the confirmation that registers it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cards.deviation import discarded_card, meaning_card, rewrite_card
from cards.drafts import confide_card
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.draft_at_hand import is_whole_sentence, means_something_else, open_draft, too_late
from dialogs.draft_fields import from_fields, ticked_days
from dialogs.draft_next import with_next
from dialogs.draft_views import (
    DRAFT,
    drafts_about,
    drafts_in,
    report_of,
    shown,
    thanks,
)
from dialogs.draft_words import read_answer, read_more, says_yes_or_no, with_reported_day
from dialogs.reading import understand
from dialogs.turn import Press, Reply, Turn, say
from dialogs.understand.understanding import DraftSlots, Understanding
from domain.deviation_types import AskFor
from domain.drafting import question_of
from domain.errors import Refused
from domain.report import Correction
from usecases.deviations.draft_deviation import (
    Draft,
    correct_draft,
    discard_draft,
    draft_deviations,
    list_drafts,
    read_draft,
    register_draft,
    skip_question,
)
from usecases.deviations.name_types import confided_types

_YES = r"registrera(?: den| det)?|bekräfta|ja|japp|jo|ok|okej|stämmer|det stämmer|rätt|register|confirm|yes|correct"
_NO = r"kasta|släng|avbryt|ta bort (?:utkastet|det|det jag skrev\b.*)|ångra|discard|throw away|cancel|undo"
_CHANGE = r"ändra|nej|fel|no|change|wrong"
_PLAIN = frozenset({"ja", "japp", "jo", "ok", "okej", "yes", "nej", "no"})
SKIP: Final = r"hoppa över|vet inte|vet ej|skip|don't know|do not know"


async def reported(turn: Turn, understanding: Understanding, *, is_confided: bool = False) -> Reply:
    """Show what was understood of a report, one draft for each fault; nothing is registered yet.

    Of suspected crime not even a draft is kept before its reporter has read whom to turn to instead.
    """
    if understanding.personal_data:
        return say(rewrite_card(understanding.personal_kinds, turn.language))
    if AskFor.MEANING in understanding.ask:
        return say(meaning_card(turn.language))
    slots = understanding.drafts
    whispered = await confided_types(turn.world, turn.tenant_id, [one.type for one in slots])
    if whispered and not is_confided:
        return say(confide_card(turn.text, whispered[0], turn.language, today=turn.today))
    drafts = await _kept_of(turn, slots)
    chat = drafts_in([draft.deviation.deviation_id for draft in drafts], turn.chat)
    is_legal = slots[0].asks_legal_question
    return say(shown(turn, drafts[0], chat, asks_legal_question=is_legal), chat=chat)


async def _kept_of(turn: Turn, slots: Sequence[DraftSlots]) -> Sequence[Draft]:
    """A draft for each fault; the very same sentence once more brings up what is kept of it already."""
    kept = await list_drafts(turn.world, turn.tenant_id, turn.sender)
    same = [one.deviation_id for one in kept if one.description == turn.text.strip()]
    if same:
        return [await read_draft(turn.world, turn.tenant_id, turn.sender, one) for one in same]
    reports = [report_of(turn, one) for one in slots]
    return await draft_deviations(turn.world, turn.tenant_id, turn.sender, reports)


async def answered_draft(turn: Turn, text: str) -> Reply | None:
    """Typed words while a draft is open: the answer to its question, a correction, or something more about it.

    None for a question, a wish or another report: they are no correction of this one.
    """
    deviation_id = await open_draft(turn)
    if not deviation_id:
        return None
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    correction = read_answer(turn, draft, text)
    is_told_by_the_way = correction is not None and correction.names_days and is_whole_sentence(text)
    if (correction is None or is_told_by_the_way) and await means_something_else(turn, draft):
        return None
    return await _corrected(turn, deviation_id, correction or await read_more(turn, draft, text))


async def said_register(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*registrera*, or *ja* while a draft is open and asks nothing that *ja* answers."""
    deviation_id = await open_draft(turn)
    if _answers_another(turn, match[0]):
        return None
    if not deviation_id:
        return too_late(turn)
    answer = await _plain_answer(turn, deviation_id, match[0])
    return answer or await _register(turn, deviation_id)


async def said_discard(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*kasta* while a draft is open."""
    deviation_id = await open_draft(turn)
    return await _discard(turn, deviation_id) if deviation_id else None


async def said_change(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*ändra* or *nej* while a draft is open: the draft again, with how to say what is different."""
    deviation_id = await open_draft(turn)
    if _answers_another(turn, match[0]):
        return None
    if not deviation_id:
        return too_late(turn) if match[0].casefold() in _PLAIN else None
    answer = await _plain_answer(turn, deviation_id, match[0])
    if answer is not None:
        return answer
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    if draft.twin is not None and match[0].casefold() in {"nej", "no"}:
        return await _corrected(turn, deviation_id, Correction(is_told_apart=True))
    return say(shown(turn, draft))


async def said_skip(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*hoppa över* while a draft asks something."""
    deviation_id = await open_draft(turn)
    return await _skip(turn, deviation_id) if deviation_id else None


async def pressed_register(turn: Turn) -> Reply:
    """*Registrera*: what stands in the fields counts."""
    await _take_fields(turn)
    return await _register(turn, _subject(turn))


async def pressed_change(turn: Turn) -> Reply:
    """*Spara ändringar*."""
    return _told(turn, await _take_fields(turn))


async def pressed_answer(turn: Turn) -> Reply:
    """*Svara*: the field or the days of the question; on an older card the draft as it stands."""
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, _subject(turn))
    if _press(turn).rev != draft.deviation.version:
        return _told(turn, draft)
    days, words = ticked_days(_press(turn)), _press(turn).typed("answer")
    if days and question_of(draft.deviation) is AskFor.EARLIER_DATES:
        return await _corrected(turn, _subject(turn), with_reported_day(draft.deviation, days))
    if days:
        correction = Correction(occurred_days=days, answers=question_of(draft.deviation))
        return await _corrected(turn, _subject(turn), correction)
    if not words:
        return _told(turn, draft)
    correction = read_answer(turn, draft, words) or await read_more(turn, draft, words)
    return await _corrected(turn, _subject(turn), correction)


async def pressed_yes(turn: Turn) -> Reply:
    return await _pressed_plain(turn, "ja")


async def pressed_no(turn: Turn) -> Reply:
    return await _pressed_plain(turn, "nej")


async def pressed_skip(turn: Turn) -> Reply:
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, _subject(turn))
    is_old = _press(turn).rev != draft.deviation.version
    return _told(turn, draft) if is_old else await _skip(turn, _subject(turn))


async def pressed_discard(turn: Turn) -> Reply:
    return await _discard(turn, _subject(turn))


def _answers_another(turn: Turn, words: str) -> bool:
    """Whether *ja* and *nej* go to a question asked outside the draft, such as whether to keep a photo."""
    return turn.chat.expects is not None and words.casefold() in _PLAIN


async def _plain_answer(turn: Turn, deviation_id: str, words: str) -> Reply | None:
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    correction = says_yes_or_no(draft.deviation, words) if draft.twin is None else None
    return await _corrected(turn, deviation_id, correction) if correction else None


async def _pressed_plain(turn: Turn, words: str) -> Reply:
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, _subject(turn))
    correction = says_yes_or_no(draft.deviation, words)
    if correction is None or _press(turn).rev != draft.deviation.version:
        return _told(turn, draft)
    return await _corrected(turn, _subject(turn), correction)


async def _take_fields(turn: Turn) -> Draft:
    """The draft with what was filled in on its card, also what was searched for and answered."""
    press = _press(turn)
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, _subject(turn))
    correction = from_fields(press, draft.deviation)
    days = ticked_days(press)
    if days and question_of(draft.deviation) is AskFor.WHICH_DAYS and days != draft.deviation.occurred_days:
        correction = replace(correction, occurred_days=days, answers=AskFor.WHICH_DAYS)
    if press.typed("search"):
        correction = await _found(turn, correction, press.typed("search"))
    if correction.is_empty:
        return draft
    return await correct_draft(turn.world, turn.tenant_id, turn.sender, _subject(turn), correction)


async def _found(turn: Turn, correction: Correction, words: str) -> Correction:
    """The correction with the contracts the words find; one alone is chosen, several are chosen among."""
    understanding = await understand(replace(turn, text=words, press=None), is_report=True)
    slots = understanding.drafts[0] if understanding.drafts else None
    if slots is None or not (slots.contract_id or slots.candidates):
        raise Refused("drafting.refused.no_such_contract", said=words[:60])
    if slots.contract_id:
        return replace(correction, contract_id=slots.contract_id)
    return replace(correction, candidates=slots.candidates)


async def _corrected(turn: Turn, deviation_id: str, correction: Correction) -> Reply:
    return _told(turn, await correct_draft(turn.world, turn.tenant_id, turn.sender, deviation_id, correction))


def _told(turn: Turn, draft: Draft) -> Reply:
    """The draft as it stands, and typed words go to it from now on."""
    subject = f"{DRAFT}:{draft.deviation.deviation_id}"
    chat = drafts_about(turn.chat, subject)
    return say(shown(turn, draft, chat), chat=chat)


async def _skip(turn: Turn, deviation_id: str) -> Reply:
    return _told(turn, await skip_question(turn.world, turn.tenant_id, turn.sender, deviation_id))


async def _register(turn: Turn, deviation_id: str) -> Reply:
    registered = await register_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    return await with_next(turn, deviation_id, thanks(turn, registered), registered=deviation_id)


async def _discard(turn: Turn, deviation_id: str) -> Reply:
    await discard_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    return await with_next(turn, deviation_id, discarded_card(turn.language))


def _press(turn: Turn) -> Press:
    return turn.press or Press(verb="", data={})


def _subject(turn: Turn) -> str:
    return _press(turn).subject_id(DRAFT)


COMMANDS: tuple[Command, ...] = (
    command("draft.register", said_register, _YES),
    command("draft.discard", said_discard, _NO),
    command("draft.change", said_change, _CHANGE),
    command("draft.skip", said_skip, SKIP),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "deviation.register": pressed_register,
        "deviation.change": pressed_change,
        "deviation.discard": pressed_discard,
        "draft.answer": pressed_answer,
        "draft.yes": pressed_yes,
        "draft.no": pressed_no,
        "draft.skip": pressed_skip,
    },
)
FOCUSED: Mapping[str, Answered] = MappingProxyType({"deviation": answered_draft})
"""The draft of a deviation, beside the reporter's own words, with every part open to change."""
