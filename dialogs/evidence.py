"""Photos, files and links sent in the chat: what they belong to, whether to keep them, and having them back."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cards.card import Card
from cards.evidence import (
    LEFT,
    TAKEN,
    answered_card,
    ask_card,
    dropped_card,
    kept_card,
    offered_card,
    which_card,
)
from dialogs.at_hand import whose
from dialogs.case_at_hand import CASE, NUMBER, about, at_case, meant, pressed_on
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.draft_views import shown
from dialogs.joining import reports_card_of
from dialogs.turn import Document, FileOffer, Reply, Turn, say
from domain.case_file import Evidence, EvidenceKind
from domain.chat import Chat
from domain.deviation import Deviation, DeviationState
from domain.deviation_types import AskFor
from domain.drafting import question_of
from domain.errors import Refused
from domain.report import Correction
from usecases.deviations.draft_deviation import correct_draft, read_draft
from usecases.deviations.evidence_targets import evidence_targets
from usecases.deviations.keep_evidence import Kept, keep_evidence, keep_link, list_evidence, read_evidence
from usecases.ports import Attachment

_EXPECTS: Final = "evidence"
_FILE: Final = "file:"
"""Begins what is waited with in `Chat.listed`: the address of something sent, until its sender says keep."""
_YES = re.compile(r"(?:ja|japp|jo|ok|okej|spara(?: det| den| som bevis)?|yes|keep(?: it)?|save(?: it)?)", re.IGNORECASE)
_NO = re.compile(r"(?:nej|spara inte|nej,? spara inte|släng|no|do not keep|don't keep(?: it)?)", re.IGNORECASE)
_CASE = re.compile(NUMBER, re.IGNORECASE)
_LINK = r"(?P<link>https?://\S+)"


async def received(turn: Turn, words_said: Reply) -> Reply:
    """What was sent along, after `words_said` has answered the words it came with."""
    chat = words_said.chat or turn.chat
    deviation_id = chat.focused_on(CASE)
    if deviation_id is None:
        return await _asked_which(turn, words_said, chat)
    listed = await list_evidence(*whose(turn), deviation_id)
    if await _is_asked_for(turn, listed.deviation):
        return await _kept(turn, deviation_id, turn.attachments, chat)
    card = ask_card(listed.deviation, turn.language, today=turn.today)
    waiting = replace(chat, expects=f"{_EXPECTS}:{deviation_id}", listed=(*_without_files(chat), *_as_files(turn)))
    return replace(words_said, cards=(*words_said.cards, card), chat=waiting)


async def answered_question(turn: Turn, text: str) -> Reply | None:
    """*spara* or *spara inte*; or, where that was asked, which case it is about."""
    deviation_id = (turn.chat.expects or "").partition(":")[2]
    words = text.strip().rstrip(".!")
    if deviation_id:
        if _YES.fullmatch(words):
            return await _kept(turn, deviation_id, _waiting(turn.chat), turn.chat)
        return _dropped(turn) if _NO.fullmatch(words) else None
    if _CASE.fullmatch(words):
        return await _asked_whether(turn, words.upper())
    targets = await evidence_targets(*whose(turn))
    if words.isdigit() and 1 <= int(words) <= len(targets):
        return await _asked_whether(turn, targets[int(words) - 1].deviation_id)
    return None


async def asked_for_evidence(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 bevis*: everything that was reported and sent."""
    reference = meant(turn, match)
    return await _listed(turn, reference) if reference else None


async def wanted_evidence(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 bevis 2*."""
    reference = meant(turn, match)
    if reference is None:
        return None
    there = (await list_evidence(*whose(turn), reference)).kept
    number = int(match["piece"])
    if not 1 <= number <= len(there):
        raise Refused("evidence.refused.no_such_number", number=number)
    return await _offered(turn, there[number - 1])


async def gave_link(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 bevis https://…*."""
    reference = meant(turn, match)
    if reference is None:
        return None
    return await _told(turn, await keep_link(*whose(turn), reference, match["link"]), turn.chat)


async def pressed_evidence(turn: Turn) -> Reply:
    return await _listed(turn, pressed_on(turn))


async def pressed_keep(turn: Turn) -> Reply:
    """*Spara som bevis*; pressed again, or long after, there is nothing left to keep."""
    files = _waiting(turn.chat)
    if not files or (turn.chat.expects or "").partition(":")[2] != pressed_on(turn):
        raise Refused("evidence.refused.send_again")
    return await _kept(turn, pressed_on(turn), files, turn.chat)


async def pressed_drop(turn: Turn) -> Reply:
    return _dropped(turn)


async def pressed_put(turn: Turn) -> Reply:
    """The case it belongs to, chosen by its button."""
    return await _asked_whether(turn, pressed_on(turn))


async def pressed_show(turn: Turn) -> Reply:
    evidence, _ = await read_evidence(*whose(turn), _pressed_piece(turn))
    return await _offered(turn, evidence)


async def took(turn: Turn) -> Reply:
    """They said yes to the file: who may see it is asked again."""
    evidence, content = await read_evidence(*whose(turn), _pressed_piece(turn))
    document = Document(file_name=evidence.name, content=content)
    return replace(say(answered_card(turn.language, is_taken=True)), document=document)


async def left(turn: Turn) -> Reply:
    return say(answered_card(turn.language, is_taken=False))


async def _asked_which(turn: Turn, words_said: Reply, chat: Chat) -> Reply:
    targets = await evidence_targets(*whose(turn))
    card = which_card(targets, turn.language, today=turn.today)
    if not targets:
        return replace(words_said, cards=(*_unless_lost(turn, words_said), card))
    waiting = replace(chat, expects=_EXPECTS, listed=_as_files(turn))
    return replace(words_said, cards=(*_unless_lost(turn, words_said), card), chat=waiting)


def _unless_lost(turn: Turn, words_said: Reply) -> tuple[Card, ...]:
    """A photo alone gets no answer to the words it did not have."""
    return words_said.cards if turn.text.strip() else ()


async def _asked_whether(turn: Turn, reference: str) -> Reply:
    files = _waiting(turn.chat)
    if not files:
        raise Refused("evidence.refused.send_again")
    deviation = (await list_evidence(*whose(turn), reference)).deviation
    chat = replace(turn.chat, focus=f"{CASE}:{deviation.deviation_id}", expects=f"{_EXPECTS}:{deviation.deviation_id}")
    return say(ask_card(deviation, turn.language, today=turn.today), chat=chat)


async def _is_asked_for(turn: Turn, deviation: Deviation) -> bool:
    """The draft has asked for a photo, and said what must not be on it."""
    is_draft = deviation.state is DeviationState.DRAFT
    return is_draft and question_of(deviation) is AskFor.PHOTO and not turn.text.strip()


async def _kept(turn: Turn, deviation_id: str, files: tuple[Attachment, ...], chat: Chat) -> Reply:
    kept = await keep_evidence(*whose(turn), deviation_id, files)
    return await _told(turn, kept, chat)


async def _told(turn: Turn, kept: Kept, chat: Chat) -> Reply:
    deviation = kept.deviation
    card = kept_card(
        deviation,
        turn.language,
        today=turn.today,
        kept=[one.name for one in kept.kept],
        repeated=kept.repeated,
        refused=kept.refused,
    )
    after = replace(at_case(chat, deviation.deviation_id), listed=_without_files(chat))
    if deviation.state is not DeviationState.DRAFT:
        return say(card, chat=after)
    draft = await read_draft(*whose(turn), deviation.deviation_id)
    if kept.kept and AskFor.PHOTO in deviation.missing:
        draft = await correct_draft(*whose(turn), deviation.deviation_id, Correction(answers=AskFor.PHOTO))
    return say(card, shown(turn, draft, after), chat=after)


def _dropped(turn: Turn) -> Reply:
    chat = replace(turn.chat, expects=None, listed=_without_files(turn.chat))
    return say(dropped_card(turn.language), chat=chat)


async def _listed(turn: Turn, reference: str) -> Reply:
    card, deviation_id = await reports_card_of(turn, reference)
    return say(card, chat=at_case(turn.chat, deviation_id))


async def _offered(turn: Turn, evidence: Evidence) -> Reply:
    if evidence.kind is EvidenceKind.LINK:
        return await _listed(turn, evidence.deviation_id)
    offer = FileOffer(
        file_name=evidence.name,
        size_bytes=evidence.size_bytes,
        subject=f"evidence:{evidence.evidence_id}",
        verbs=(TAKEN, LEFT),
        path=f"/local/evidence/{evidence.evidence_id}",
    )
    chat = at_case(turn.chat, evidence.deviation_id)
    return replace(say(offered_card(evidence.name, turn.language), chat=chat), offers=(offer,))


def _pressed_piece(turn: Turn) -> str:
    return turn.press.subject_id("evidence") if turn.press else ""


def _as_files(turn: Turn) -> tuple[str, ...]:
    return tuple(f"{_FILE}{json.dumps([one.name, one.url])}" for one in turn.attachments)


def _waiting(chat: Chat) -> tuple[Attachment, ...]:
    found = (json.loads(one.removeprefix(_FILE)) for one in chat.listed if one.startswith(_FILE))
    return tuple(Attachment(name=name, url=url) for name, url in found)


def _without_files(chat: Chat) -> tuple[str, ...]:
    return tuple(one for one in chat.listed if not one.startswith(_FILE))


_EVIDENCE: Final = r"(?:rapporter(?:na)? och )?bevis(?:en|et)?|rapporter(?:na)?|evidence|reports"
COMMANDS: tuple[Command, ...] = (
    command("case.evidence", asked_for_evidence, *about(_EVIDENCE)),
    command("evidence.show", wanted_evidence, *about(r"(?:bevis|evidence) (?P<piece>\d{1,2})")),
    command("evidence.link", gave_link, *about(rf"(?:bevis|evidence|länk|link)[ :]+{_LINK}")),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "case.evidence": pressed_evidence,
        "evidence.keep": pressed_keep,
        "evidence.drop": pressed_drop,
        "evidence.put": pressed_put,
        "evidence.show": pressed_show,
        TAKEN: took,
        LEFT: left,
    },
)
EXPECTED: Mapping[str, Answered] = MappingProxyType({_EXPECTS: answered_question})
