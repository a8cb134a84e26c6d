"""Letters to the supplier: drafted, read, mended, fetched as a file and recorded as sent, by buttons or in words."""

import re
from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from cards.deviation_moves import read_fields
from cards.letter_document import document_name, letter_document
from cards.letter_offer import ACCEPTED, DECLINED, declined_card
from cards.supplier_letter import (
    DRAFT_VERBS,
    LettersView,
    LetterView,
    letters_card,
    shown_letters,
    supplier_letter_card,
)
from dialogs.at_hand import whose
from dialogs.case_at_hand import about, at_case, meant, press_of, pressed_on
from dialogs.commands import Command, Pressed, command
from dialogs.letter_words import FIELDS, KINDS, LANGUAGES, any_of, meant_by, read_sending
from dialogs.spoken_days import day_ahead
from dialogs.turn import Document, FileOffer, Reply, Turn, say
from domain.case_file import CaseLetter, LetterKind
from domain.errors import Refused
from domain.letter_sending import Sending
from domain.letter_text import from_text
from domain.people import Language
from usecases.parts.case_letters import CaseLetters, LetterShown
from usecases.supplier_letters.complete_case import Completion, complete_case
from usecases.supplier_letters.draft_supplier_letter import change_letter, draft_supplier_letter
from usecases.supplier_letters.read_letters import list_letters, read_letter
from usecases.supplier_letters.record_letter_sent import record_letter_sent

_KIND = rf"(?P<kind>{any_of(KINDS)})"
_FIELD = rf"(?P<field>{any_of(FIELDS)})"
_LETTER = r"(?:brev|brevet|letter)"
_SENT = r"(?:skickat|skickad|skickades|sänt|sänd|hållet|hållen|hölls|sent|held)"
_FILE = r"(?:som )?(?:word|wordfil|word-fil|fil|docx)|as (?:a )?(?:word )?file|file"


async def asked_for_letters(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 brev*."""
    reference = meant(turn, match)
    return _listed(turn, await list_letters(*whose(turn), reference)) if reference else None


async def drafted_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 brev reklamation*, with *på engelska* after it when that is wanted."""
    reference = meant(turn, match)
    if reference is None:
        return None
    return await _drafted(turn, reference, _kind_of(match), meant_by(LANGUAGES, match["language"]))


async def sent_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 brev skickat 12 mars, mejl, Anna Berg, KS 2027/44*."""
    reference = meant(turn, match)
    if reference is None:
        return None
    letter = await _at_hand(turn, reference, _kind_of(match) if match["kind"] else None)
    sending = read_sending(match["rest"] or "", turn)
    return _letter(turn, await record_letter_sent(*whose(turn), letter.letter_id, sending))


async def wanted_as_file(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 brev som word*."""
    reference = meant(turn, match)
    if reference is None:
        return None
    letter = await _at_hand(turn, reference, _kind_of(match) if match["kind"] else None, is_sent_too=True)
    return await _offered(turn, await read_letter(*whose(turn), letter.letter_id))


async def gap_filled_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 krav: Städa om senast fredag*."""
    reference = meant(turn, match)
    if reference is None:
        return None
    field = meant_by(FIELDS, match["field"]) or "requested_action"
    if field == "recipient":
        letter = await _at_hand(turn, reference, None)
        changed = await change_letter(*whose(turn), letter.letter_id, recipient=match["rest"].strip())
        return _letter(turn, changed)
    return await _completed(turn, reference, Completion(**{field: match["rest"].strip()}))


async def answer_day_by_words(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*AVV-2027-0001 svar senast 20 mars*."""
    reference = meant(turn, match)
    if reference is None:
        return None
    due_on = day_ahead(match["rest"], turn)
    if due_on is None:
        raise Refused("supplier_letter.refused.no_day", said=match["rest"][:60])
    letter = await _at_hand(turn, reference, None)
    return _letter(turn, await change_letter(*whose(turn), letter.letter_id, answer_due_on=due_on))


async def pressed_letters(turn: Turn) -> Reply:
    return _listed(turn, await list_letters(*whose(turn), pressed_on(turn)))


async def pressed_draft(turn: Turn) -> Reply:
    verb = press_of(turn).verb
    kind = next(kind for kind, named in DRAFT_VERBS.items() if named == verb)
    return await _drafted(turn, pressed_on(turn), kind, None)


async def pressed_read(turn: Turn) -> Reply:
    return _letter(turn, await read_letter(*whose(turn), _pressed_letter(turn)))


async def pressed_file(turn: Turn) -> Reply:
    return await _offered(turn, await read_letter(*whose(turn), _pressed_letter(turn)))


async def accepted_file(turn: Turn) -> Reply:
    """Somebody has said yes to the document: it is made from the letter as it stands now."""
    return Reply(document=await _document(await read_letter(*whose(turn), _pressed_letter(turn))))


async def declined_file(turn: Turn) -> Reply:
    """Somebody has said no to the document: the text is still in the chat."""
    return say(declined_card(turn.language))


async def pressed_sent(turn: Turn) -> Reply:
    filled = read_fields(press_of(turn).inputs)
    sending = Sending(
        sent_on=_day(filled.get("sent_on")) or turn.today,
        how=filled.get("how", ""),
        to_whom=filled.get("to_whom", ""),
        proof=filled.get("proof", ""),
        registry_number=filled.get("registry_number") or None,
        is_to_be_registered=not filled.get("registry_number"),
        answer_due_on=_day(filled.get("answer_due_on")),
    )
    return _letter(turn, await record_letter_sent(*whose(turn), _pressed_letter(turn), sending))


async def pressed_complete(turn: Turn) -> Reply:
    """The gaps filled in on the card. What has been sent meanwhile stands as it was sent."""
    shown = await read_letter(*whose(turn), _pressed_letter(turn))
    if shown.letter.sent_on is not None:
        return _letter(turn, shown)
    filled = read_fields(press_of(turn).inputs)
    named = {one.name: filled[one.name] for one in fields_of(Completion) if filled.get(one.name)}
    await complete_case(*whose(turn), shown.letter.deviation_id, Completion(**named))
    due_on, recipient = _day(filled.get("answer_due_on")), filled.get("recipient", "")
    if due_on == shown.letter.answer_due_on:
        due_on = None  # left as it stood, maybe on a card from before that day
    if due_on or recipient:
        changed = await change_letter(*whose(turn), shown.letter.letter_id, answer_due_on=due_on, recipient=recipient)
        return _letter(turn, changed)
    return _letter(turn, await read_letter(*whose(turn), shown.letter.letter_id))


async def _drafted(turn: Turn, reference: str, kind: LetterKind, language: Language | None) -> Reply:
    return _letter(turn, await draft_supplier_letter(*whose(turn), reference, kind, language=language))


async def _completed(turn: Turn, reference: str, completion: Completion) -> Reply:
    """The draft last touched, written anew; the case's letters where there is none."""
    letters = await complete_case(*whose(turn), reference, completion)
    draft = _latest(letters.letters)
    if draft is None:
        return _listed(turn, letters)
    return _letter(turn, await read_letter(*whose(turn), draft.letter_id))


async def _at_hand(
    turn: Turn,
    reference: str,
    kind: LetterKind | None,
    *,
    is_sent_too: bool = False,
) -> CaseLetter:
    """The letter words are about: the unsent one of the kind, the latest where no kind is named."""
    letters = await list_letters(*whose(turn), reference)
    found = _latest(letters.letters, kind)
    if found is None and is_sent_too:
        sent = [letter for letter in letters.letters if kind in {None, letter.kind}]
        found = sent[-1] if sent else None
    if found is None:
        raise Refused("supplier_letter.refused.no_draft", number=letters.case.deviation.number or "")
    return found


def _latest(letters: tuple[CaseLetter, ...], kind: LetterKind | None = None) -> CaseLetter | None:
    drafts = [letter for letter in letters if letter.sent_on is None and kind in {None, letter.kind}]
    return max(drafts, key=lambda letter: letter.drafted_at, default=None)


def _listed(turn: Turn, letters: CaseLetters) -> Reply:
    deviation = letters.case.deviation
    view = LettersView(
        number=deviation.number or "",
        deviation_id=deviation.deviation_id,
        rev=deviation.version,
        today=turn.today,
        letters=letters.letters,
        fitting=letters.fitting,
    )
    subjects = tuple(f"letter:{letter.letter_id}" for letter in shown_letters(letters.letters))
    chat = replace(at_case(turn.chat, deviation.deviation_id), listed=subjects)
    return say(letters_card(view, turn.language), chat=chat)


def _letter(turn: Turn, shown: LetterShown) -> Reply:
    deviation = shown.case.deviation
    view = LetterView(
        number=deviation.number or "",
        deviation_id=deviation.deviation_id,
        rev=deviation.version,
        today=turn.today,
        letter=shown.letter,
        may_write=shown.may_write,
        may_send=shown.may_send,
        known={name: str(getattr(deviation, name, "") or "") for name in FIELDS},
    )
    return say(supplier_letter_card(view, turn.language), chat=at_case(turn.chat, deviation.deviation_id))


async def _offered(turn: Turn, shown: LetterShown) -> Reply:
    """The letter again, and its document to be fetched."""
    document = await _document(shown)
    letter_id = shown.letter.letter_id
    offer = FileOffer(
        file_name=document.file_name,
        size_bytes=len(document.content),
        subject=f"letter:{letter_id}",
        verbs=(ACCEPTED, DECLINED),
        path=f"/local/letters/{letter_id}.docx",
    )
    return replace(_letter(turn, shown), offers=(offer,))


async def _document(shown: LetterShown) -> Document:
    # Word takes some hundredths of a second to write: in a thread, so that nobody else waits for it.
    letter, number = shown.letter, shown.case.deviation.number or ""
    language = Language(letter.language)
    text = from_text(letter.text)
    content = await to_thread(letter_document, text, language, subject=number, made_at=letter.drafted_at)
    return Document(file_name=document_name(number, letter.kind, language), content=content)


def _kind_of(match: "re.Match[str]") -> LetterKind:
    return meant_by(KINDS, match["kind"]) or LetterKind.COMPLAINT


def _pressed_letter(turn: Turn) -> str:
    return press_of(turn).subject_id("letter")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


COMMANDS: tuple[Command, ...] = (
    command("letter.sent", sent_by_words, *about(rf"{_LETTER}(?: {_KIND})? {_SENT}(?:[ ,:]+(?P<rest>.+))?")),
    command("letter.file", wanted_as_file, *about(rf"{_LETTER}(?: {_KIND})? (?:{_FILE})")),
    command(
        "letter.draft",
        drafted_by_words,
        *about(rf"{_LETTER} {_KIND}(?: (?P<language>{any_of(LANGUAGES)}))?"),
    ),
    command("case.letters", asked_for_letters, *about("brev|breven|brevet|letters|letter")),
    command("letter.answer_day", answer_day_by_words, *about(r"(?:svar senast|svarsdag|answer by)[ :]+(?P<rest>.+)")),
    command("letter.gap", gap_filled_by_words, *about(rf"{_FIELD} ?: ?(?P<rest>.+)")),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "case.letters": pressed_letters,
        **dict.fromkeys(DRAFT_VERBS.values(), pressed_draft),
        "letter.open": pressed_read,
        "letter.file": pressed_file,
        "letter.sent": pressed_sent,
        "letter.complete": pressed_complete,
        ACCEPTED: accepted_file,
        DECLINED: declined_file,
    },
)
