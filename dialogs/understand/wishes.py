"""The closed list of what a message can be for, and what can be said along with it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.contract import ContractClass
from domain.people import Language


class IntentKind(StrEnum):
    """Everything a message can be for."""

    REPORT_DEVIATION = "report_deviation"
    SUBMIT_PULSE = "submit_pulse"
    LOG_DIALOGUE = "log_dialogue"
    MARK_CLAIMED_FIXED = "mark_claimed_fixed"
    WRONG_PERSON = "wrong_person"
    SNOOZE = "snooze"
    UNDO = "undo"
    START_EXTENSION = "start_extension"
    CONTRACT_CHANGE = "contract_change"
    HELP_COMPLAINT = "help_complaint"
    QUERY = "query"
    HELP = "help"
    UNCLEAR = "unclear"


OF_CASES: Final = frozenset({IntentKind.LOG_DIALOGUE, IntentKind.MARK_CLAIMED_FIXED})
"""What is told of a case that is open already."""


class Query(StrEnum):
    """What can be asked; *other* is understood as a question and no more."""

    STATUS = "status"
    OVERDUE = "overdue"
    DEVIATIONS = "deviations"
    CONTRACT = "contract"
    EXPIRING = "expiring"
    UNCLASSIFIED = "unclassified"
    WITHOUT_OWNER = "without_owner"
    NEEDS_DECISION = "needs_decision"
    TOMORROW = "tomorrow"
    LIGHTS = "lights"
    """Contracts that are red, yellow, green or grey."""
    PLANS = "plans"
    SANCTIONS = "sanctions"
    UNANSWERED = "unanswered"
    """Reminders nobody has answered."""
    CEILING = "ceiling"
    FOLLOWUP = "followup"
    """What a follow-up or a meeting came to."""
    COMPLIANCE = "compliance"
    EXPORT = "export"
    NOT_FOLLOWED_UP = "not_followed_up"
    NUDGE = "nudge"
    """A reminder to many at once."""
    RECLASSIFY = "reclassify"
    FINANCES = "finances"
    """Suppliers whose finances are to be checked."""
    LESSONS = "lessons"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentSlots:
    """What was said along with the intent; None where nothing was."""

    query: Query | None = None
    contract_number: str | None = None
    deviation_number: str | None = None
    on_or_after: date | None = None
    on_or_before: date | None = None
    contract_class: ContractClass | None = None
    about: str | None = None
    """The words that say what a question is about, such as `städ` or a supplier."""
    until: date | None = None
    """When to be reminded again."""
    grade: int | None = None
    """4 or 5, from how glad the words are."""
    spoken_on: date | None = None
    promised_on: date | None = None
    person: str | None = None
    """Who is responsible instead, as written."""
    is_ambiguous: bool = False
    """It can be read in opposite ways, such as irony."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What somebody wants, in which language, and how sure that is."""

    kind: IntentKind
    slots: IntentSlots
    language: Language
    score: float = 0.0
