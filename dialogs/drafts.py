"""Reporting a deviation in one's own words: the draft, its corrections, and the confirmation that registers it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from cards.card import Card
from cards.deviation import discarded_card, draft_card, meaning_card, registered_card, rewrite_card
from cards.deviation_views import DraftView, RegisteredView
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.reading import understand
from dialogs.turn import Press, Reply, Turn, say
from dialogs.understand.understanding import DraftSlots, Understanding
from dialogs.understand.wishes import IntentKind
from domain.chat import Chat
from domain.deviation import Severity
from domain.deviation_types import AskFor
from domain.errors import Refused
from domain.identifiers import ContractId
from domain.report import Correction, Report
from usecases.deviations.draft_deviation import (
    Draft,
    correct_draft,
    discard_draft,
    draft_deviations,
    read_draft,
    register_draft,
)
from usecases.parts.registering import Registered

_SEVERITIES = MappingProxyType(
    {
        Severity.MINOR: ("liten", "litet", "minor", "small"),
        Severity.MODERATE: ("måttlig", "måttligt", "moderate"),
        Severity.SERIOUS: ("allvarlig", "allvarligt", "serious"),
        Severity.CRITICAL: ("akut", "kritisk", "kritiskt", "critical", "urgent"),
    },
)
_NO_CORRECTION = frozenset({IntentKind.QUERY, IntentKind.HELP, IntentKind.SNOOZE, IntentKind.WRONG_PERSON})
_YES = r"registrera(?: den| det)?|bekräfta|ja|japp|jo|ok|okej|stämmer|det stämmer|rätt|register|confirm|yes|correct"
_NO = r"kasta|släng|avbryt|ta bort (?:utkastet|det)|ångra|discard|throw away|cancel|undo"
_CHANGE = r"ändra|nej|fel|no|change|wrong"


async def reported(turn: Turn, understanding: Understanding) -> Reply:
    """Show what was understood of a report, one draft for each fault; nothing is registered yet."""
    if understanding.personal_data:
        return say(rewrite_card(understanding.personal_kinds, turn.language))
    if AskFor.MEANING in understanding.ask:
        return say(meaning_card(turn.language))
    slots = understanding.drafts
    drafts = await draft_deviations(
        turn.world,
        turn.tenant_id,
        turn.sender,
        [_report(turn.text, one) for one in slots],
    )
    cards = [
        _card(turn, draft, one, number=number, count=len(drafts))
        for number, (draft, one) in enumerate(zip(drafts, slots, strict=True), start=1)
    ]
    return say(*cards, chat=_focused([draft.deviation.deviation_id for draft in drafts]))


async def answered_draft(turn: Turn, text: str) -> Reply | None:
    """Typed words while a draft is open: a choice from its list, or something said more exactly.

    None for a question, a wish or another report: they are no correction of this one.
    """
    deviation_id = await _open_draft(turn)
    if not deviation_id:
        return None
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    correction = _picked(draft, text)
    if correction is None:
        if await _means_something_else(turn, draft):
            return None
        correction = await _said_more_exactly(turn, draft, text)
    corrected = await correct_draft(turn.world, turn.tenant_id, turn.sender, deviation_id, correction)
    return say(_card(turn, corrected))


async def _means_something_else(turn: Turn, draft: Draft) -> bool:
    understanding = await understand(turn)
    if understanding.intent.kind in _NO_CORRECTION:
        return True
    is_whole_report = any(slots.type and slots.contract_id for slots in understanding.drafts)
    return is_whole_report and draft.deviation.contract_id is not None and draft.deviation.type is not None


async def said_register(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*registrera*, or *ja* while a draft is open."""
    deviation_id = await _open_draft(turn)
    return await _register(turn, deviation_id) if deviation_id else None


async def said_discard(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*kasta* while a draft is open."""
    deviation_id = await _open_draft(turn)
    return await _discard(turn, deviation_id) if deviation_id else None


async def said_change(turn: Turn, _match: "re.Match[str]") -> Reply | None:
    """*ändra* or *nej* while a draft is open: the draft again, with how to say what is different."""
    deviation_id = await _open_draft(turn)
    if not deviation_id:
        return None
    draft = await read_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    return say(_card(turn, draft))


async def pressed_register(turn: Turn) -> Reply:
    """*Registrera*: what stands in the fields counts."""
    deviation_id = _subject(turn)
    await correct_draft(turn.world, turn.tenant_id, turn.sender, deviation_id, _from_fields(_press(turn)))
    return await _register(turn, deviation_id)


async def pressed_change(turn: Turn) -> Reply:
    """*Spara ändringar*."""
    correction = _from_fields(_press(turn))
    draft = await correct_draft(turn.world, turn.tenant_id, turn.sender, _subject(turn), correction)
    return say(_card(turn, draft), chat=_focused([_subject(turn)]))


async def pressed_discard(turn: Turn) -> Reply:
    return await _discard(turn, _subject(turn))


async def _register(turn: Turn, deviation_id: str) -> Reply:
    registered = await register_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    return await _with_next(turn, deviation_id, _thanks(turn, registered))


async def _discard(turn: Turn, deviation_id: str) -> Reply:
    await discard_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    return await _with_next(turn, deviation_id, discarded_card(turn.language))


async def _with_next(turn: Turn, done: str, card: Card) -> Reply:
    """The answer, followed by the next draft of the same message where one is left."""
    left = [one for one in turn.chat.listed if one.startswith("deviation:") and one != f"deviation:{done}"]
    for subject in left:
        try:
            draft = await read_draft(turn.world, turn.tenant_id, turn.sender, subject.removeprefix("deviation:"))
        except Refused:
            continue
        return say(card, _card(turn, draft), chat=Chat(focus=subject, listed=tuple(left)))
    return say(card, chat=Chat())


async def _open_draft(turn: Turn) -> str | None:
    """The draft the person is in the middle of, when it still is one."""
    deviation_id = turn.chat.focused_on("deviation")
    if not deviation_id:
        return None
    try:
        await read_draft(turn.world, turn.tenant_id, turn.sender, deviation_id)
    except Refused:
        return None
    return deviation_id


def _focused(deviation_ids: list[str]) -> Chat:
    subjects = tuple(f"deviation:{deviation_id}" for deviation_id in deviation_ids)
    return Chat(focus=subjects[0], listed=subjects)


def _report(text: str, slots: DraftSlots) -> Report:
    return Report(
        description=text.strip(),
        type=slots.type,
        severity=slots.severity,
        contract_id=slots.contract_id,
        candidates=slots.candidates,
        location=slots.location,
        occurred_from=slots.occurred_from,
        occurred_to=slots.occurred_to,
        occurrence_count=slots.occurrence_count,
        amount_sek=slots.amount_sek,
        is_emergency=slots.is_emergency,
        missing=tuple(slot.value for slot in slots.ask),
    )


def _card(turn: Turn, draft: Draft, slots: DraftSlots | None = None, *, number: int = 1, count: int = 1) -> Card:
    view = DraftView(
        deviation=draft.deviation,
        contracts=tuple(draft.contracts.values()),
        types=draft.types,
        today=turn.today,
        may_see_contracts=draft.may_see_contracts,
        reasons=slots.reasons if slots else (),
        asks_legal_question=slots.asks_legal_question if slots else False,
        number=number,
        count=count,
        is_danger=draft.deviation.is_emergency,
    )
    return draft_card(view, turn.language)


def _thanks(turn: Turn, registered: Registered) -> Card:
    view = RegisteredView(
        deviation=registered.deviation,
        kind=registered.kind,
        today=turn.today,
        told=tuple(person.name for person in registered.told),
        is_told_at_once=registered.is_told_at_once,
        may_open=registered.may_open,
    )
    return registered_card(view, turn.language)


def _picked(draft: Draft, text: str) -> Correction | None:
    """A number from the list of contracts, while the contract is asked for."""
    words = text.strip().rstrip(".")
    choices = list(draft.contracts)
    if draft.deviation.contract_id is None and words.isdigit() and 1 <= int(words) <= len(choices):
        return Correction(contract_id=choices[int(words) - 1])
    return None


async def _said_more_exactly(turn: Turn, draft: Draft, text: str) -> Correction:
    """What the words say of place, time, count, amount, contract and severity; what they do not say stays."""
    understanding = await understand(replace(turn, text=text), is_report=True)
    if understanding.personal_data or not understanding.drafts:
        raise Refused("deviation.refused.personal_data" if understanding.personal_data else "deviation.refused.unclear")
    slots = understanding.drafts[0]
    found = slots.contract_id or _named(draft, text)
    is_asked = draft.deviation.contract_id is None or "avtal" in text.lower() or "contract" in text.lower()
    return Correction(
        type=slots.type if draft.deviation.type is None else None,
        severity=_severity(text),
        contract_id=found if is_asked else None,
        location=slots.location,
        occurred_from=slots.occurred_from if _speaks_of_time(slots, turn.today) else None,
        occurred_to=slots.occurred_to if _speaks_of_time(slots, turn.today) else None,
        occurrence_count=slots.count,
        amount_sek=slots.amount_sek,
        addition=text.strip(),
    )


def _named(draft: Draft, text: str) -> ContractId | None:
    """The one candidate whose number, title or supplier the words name."""
    words = text.casefold()
    named = [
        contract_id
        for contract_id, contract in draft.contracts.items()
        if contract.contract_number.casefold() in words
        or contract.title.casefold() in words
        or any(supplier.name.casefold() in words for supplier in contract.suppliers)
    ]
    return named[0] if len(named) == 1 else None


def _speaks_of_time(slots: DraftSlots, today: date) -> bool:
    return slots.occurred_from is not None and (slots.occurred_from != today or slots.occurred_to is not None)


def _severity(text: str) -> Severity | None:
    words = set(re.findall(r"\w+", text.casefold()))
    return next((severity for severity, names in _SEVERITIES.items() if words & set(names)), None)


def _from_fields(press: Press) -> Correction:
    """The fields of the draft card; what cannot be read is left as it was."""
    severity, count = press.typed("severity"), press.typed("count")
    return Correction(
        type=press.typed("type") or None,
        severity=Severity(severity) if severity in set(Severity) else None,
        contract_id=ContractId(press.typed("contract")) if press.typed("contract") else None,
        location=press.typed("location") if "location" in press.inputs else None,
        occurred_from=_day(press.typed("occurred_from")),
        occurred_to=_day(press.typed("occurred_to")),
        occurrence_count=int(count) if count.isdigit() and int(count) > 0 else None,
        amount_sek=_kronor(press.typed("amount")),
        addition=press.typed("addition") or None,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _kronor(text: str) -> Decimal | None:
    plain = re.sub(r"[^\d,.]", "", text).replace(",", ".")
    try:
        return Decimal(plain) if plain else None
    except InvalidOperation:
        return None


def _press(turn: Turn) -> Press:
    return turn.press or Press(verb="", data={})


def _subject(turn: Turn) -> str:
    return _press(turn).subject_id("deviation")


COMMANDS: tuple[Command, ...] = (
    command("draft.register", said_register, _YES),
    command("draft.discard", said_discard, _NO),
    command("draft.change", said_change, _CHANGE),
)
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "deviation.register": pressed_register,
        "deviation.change": pressed_change,
        "deviation.discard": pressed_discard,
    },
)
FOCUSED: Mapping[str, Answered] = MappingProxyType({"deviation": answered_draft})
