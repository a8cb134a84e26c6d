"""An ordinary sentence: read for what it is for, and brought to the conversation it belongs in."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from cards.card import Card
from cards.manners import unclear_card
from cards.note_card import note_card
from dialogs.case_talk import told_of_case
from dialogs.commands import spoken
from dialogs.drafts import SKIP, reported
from dialogs.questions import asked_freely
from dialogs.reading import understand
from dialogs.turn import Reply, Turn, say
from dialogs.understand.wishes import OF_CASES, Intent, IntentKind, Query
from domain.people import Language

Converse = Callable[[Turn], Awaitable[Reply]]

_ASKED = {
    Query.STATUS: "status",
    Query.OVERDUE: "försenade",
    Query.DEVIATIONS: "avvikelser",
    Query.UNCLASSIFIED: "oklassade",
    Query.WITHOUT_OWNER: "utan ägare",
    Query.NEEDS_DECISION: "behöver beslut",
    Query.TOMORROW: "imorgon",
}
"""The command that answers a question, however it was asked."""
_LATER = frozenset(
    {
        IntentKind.REPORT_DEVIATION,
        IntentKind.SUBMIT_PULSE,
        IntentKind.START_EXTENSION,
        IntentKind.CONTRACT_CHANGE,
        IntentKind.HELP_COMPLAINT,
        IntentKind.SNOOZE,
        IntentKind.WRONG_PERSON,
    },
)
"""Understood, and answered with where to go from here."""


async def answered_freely(turn: Turn, converse: Converse) -> Reply:
    """Answer a sentence that is no command and no answer to anything asked."""
    if not turn.text.strip() or re.fullmatch(SKIP, spoken(turn.text), re.IGNORECASE):
        return say(unclear_card(turn.language))
    understanding = await understand(turn)
    if understanding.drafts or understanding.personal_data:
        return await reported(turn, understanding)
    if understanding.intent.kind is IntentKind.QUERY:
        answer = await asked_freely(turn, understanding.intent.slots)
        if answer is not None:
            return answer
    words = as_command(understanding.intent)
    if words is not None and words != turn.text:
        return await converse(replace(turn, text=words))
    if understanding.intent.kind in OF_CASES:
        return await told_of_case(turn, understanding.intent)
    return say(_where_to_go(understanding.intent.kind, turn.language))


def _where_to_go(kind: IntentKind, language: Language) -> Card:
    if kind in _LATER:
        return note_card(f"talk.understood.{kind.value}", language)
    return unclear_card(language, _suggestions(language))


async def speaks_for_itself(turn: Turn) -> bool:
    """Whether words that did not answer the open question are clearly for something else: a report, a wish, a question."""
    understanding = await understand(turn)
    return understanding.personal_data or bool(understanding.drafts) or as_command(understanding.intent) is not None


def as_command(intent: Intent) -> str | None:
    """The command that says the same as the intent; None where there is none."""
    slots = intent.slots
    if intent.kind is IntentKind.QUERY:
        return _question(intent)
    words = {
        IntentKind.SNOOZE: f"påminn mig {slots.until.isoformat() if slots.until else ''}",
        IntentKind.WRONG_PERSON: f"fel person {slots.person or ''}",
        IntentKind.UNDO: "ångra",
        IntentKind.HELP: "hjälp",
    }
    found = words.get(intent.kind)
    return found.strip() if found else None


def _question(intent: Intent) -> str | None:
    slots = intent.slots
    if slots.query is Query.CONTRACT and slots.contract_number:
        return f"avtal {slots.contract_number}"
    if slots.query is Query.EXPIRING and slots.on_or_before:
        return f"vad löper ut före {slots.on_or_before.isoformat()}"
    return _ASKED.get(slots.query) if slots.query else None


def _suggestions(language: Language) -> tuple[str, ...]:
    if language is Language.SV:
        return ("mina uppföljningar", "avvikelser", "status")
    return ("my follow-ups", "deviations", "status")
