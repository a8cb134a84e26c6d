"""A draft and what comes of it, as values for the cards."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from cards.card import Card
from cards.deviation import draft_card, registered_card
from cards.deviation_views import DraftView, RegisteredView, TwinView
from dialogs.draft_words import ODD_AMOUNT, names_day_to_come
from dialogs.turn import Turn
from dialogs.understand.understanding import DraftSlots
from domain.chat import Chat
from domain.deviation_types import AskFor
from domain.drafting import question_of
from domain.report import Report
from usecases.deviations.draft_deviation import Draft
from usecases.parts.own_drafts import Twin
from usecases.parts.registering import Registered

DRAFT: Final = "deviation"
"""What a chat is focused on while a draft is open."""
REGISTERED: Final = "registered"
"""Marks the report just registered in `Chat.listed`, for *ångra*."""
KEPT: Final = "kept"
"""A draft of the message at hand that is kept for later, in `Chat.listed`: it does not come back by itself."""
WAITING: Final = "waiting"
"""A draft that was open when another was begun, in `Chat.listed`."""
_MOST_WAITING: Final = 9


def drafts_in(deviation_ids: Sequence[str], before: Chat | None = None) -> Chat:
    """From now on typed words are about the first of these drafts; the one that was open `before` comes back after them."""
    subjects = tuple(f"{DRAFT}:{deviation_id}" for deviation_id in deviation_ids)
    left = before.listed if before is not None and before.focused_on(DRAFT) else ()
    waiting = [one.partition(":")[2] for one in left if one.partition(":")[0] in {DRAFT, WAITING}]
    later = tuple(f"{WAITING}:{one}" for one in waiting if one not in deviation_ids)
    return Chat(focus=subjects[0], listed=subjects + later[:_MOST_WAITING])


def drafts_about(before: Chat, subject: str) -> Chat:
    """Typed words are about this draft; what was registered before it is taken back by *ångra* no more."""
    listed = before.listed if subject in before.listed else (subject,)
    return Chat(focus=subject, listed=without_registered(listed))


def without_registered(listed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in listed if not one.startswith(f"{REGISTERED}:"))


def report_of(turn: Turn, slots: DraftSlots) -> Report:
    """One fault of a message as it is kept.

    An amount with a letter among its digits is asked for, never guessed, and so is a day that has not come.
    """
    is_odd = ODD_AMOUNT.search(slots.words) is not None
    asks = [slot.value for slot in slots.ask]
    if is_odd and AskFor.AMOUNT.value not in asks:
        asks.insert(1 if asks[:1] == [AskFor.CONTRACT.value] else 0, AskFor.AMOUNT.value)
    if slots.occurred_from is None and AskFor.WHEN.value not in asks and names_day_to_come(slots.words, turn):
        asks.insert(0, AskFor.WHEN.value)
    return Report(
        description=turn.text.strip(),
        type=slots.type,
        alternatives=slots.alternatives,
        severity=slots.severity,
        reasons=tuple(reason.value for reason in slots.reasons),
        contract_id=slots.contract_id,
        candidates=slots.candidates,
        location=slots.location,
        occurred_from=slots.occurred_from,
        occurred_to=slots.occurred_to,
        occurrence_count=slots.occurrence_count,
        amount_sek=None if is_odd else slots.amount_sek,
        invoice_number=slots.invoice_number,
        is_paid=slots.is_paid,
        is_supplier_told=slots.was_supplier_told,
        is_emergency=slots.is_emergency,
        missing=tuple(asks),
    )


def shown(turn: Turn, draft: Draft, chat: Chat | None = None, *, asks_legal_question: bool = False) -> Card:
    """The draft's card, numbered among the drafts of the same message."""
    subject = f"{DRAFT}:{draft.deviation.deviation_id}"
    listed = tuple(one for one in (chat or turn.chat).listed if one.startswith((f"{DRAFT}:", f"{KEPT}:")))
    is_one_of_many = len(listed) > 1 and subject in listed
    view = DraftView(
        deviation=draft.deviation,
        contracts=tuple(draft.contracts.values()),
        types=draft.types,
        today=turn.today,
        may_see_contracts=draft.may_see_contracts,
        asks_legal_question=asks_legal_question,
        number=listed.index(subject) + 1 if is_one_of_many else 1,
        count=len(listed) if is_one_of_many else 1,
        is_danger=draft.deviation.is_emergency,
        twin=_twin(draft.twin, draft.local)
        if draft.twin and question_of(draft.deviation) is not AskFor.CONTRACT
        else None,
        evidence_count=draft.evidence_count,
        contacts=draft.contacts,
        since=draft.reported_at_local,
    )
    return draft_card(view, turn.language)


def thanks(turn: Turn, registered: Registered) -> Card:
    """The number, who hears, and what the reporter will hear."""
    view = RegisteredView(
        deviation=registered.deviation,
        kind=registered.kind,
        today=turn.today,
        told=tuple(person.name for person in registered.told),
        is_told_at_once=registered.is_told_at_once,
        may_open=registered.may_open,
        is_own_to_move=registered.is_own_to_move,
    )
    return registered_card(view, turn.language)


def _twin(twin: Twin, local: Callable[[datetime], datetime]) -> TwinView:
    case = twin.deviation
    return TwinView(
        deviation=case,
        may_see=twin.may_see,
        may_reopen=twin.may_reopen,
        reporter_name=twin.reporter_name,
        report_count=twin.report_count,
        reported_on=local(case.reported_at).date(),
        closed_on=local(case.closed_at).date() if case.closed_at and not case.is_open else None,
    )
