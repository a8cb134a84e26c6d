"""What the checklist's cards are drawn from: a session's questions and answers as they stand today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cards.views import DeviationLine
from domain.checklist.answer import Answer
from domain.checklist.outcome import DeviationProposal, Missing, StatusLight, Todo
from domain.checklist.template import Question
from domain.contract import Contract
from domain.deviation_types import DeviationType
from domain.followup import Followup
from domain.people import Language
from domain.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistView:
    """One session: what is asked now, and what has been answered."""

    followup: Followup
    contract: Contract
    questions: tuple[Question, ...]
    answers: Mapping[str, Answer]
    language: Language
    today: date
    earlier: Mapping[str, Answer] = field(default_factory=dict)
    """The answers of the contract's last accepted session, shown beside each question."""
    notice_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFacts:
    """What a session shows before its first question (domain.md 6.1)."""

    minutes: int
    preparation: tuple[str, ...] = ()
    """From `domain.checklist.session.preparation`."""
    next_watch: Watch | None = None
    deviations: tuple[DeviationLine, ...] = ()
    """Open ones, gravest first."""
    last_on: date | None = None
    last_light: StatusLight | None = None
    todos: tuple[str, ...] = ()
    """What was left to find out last time, word for word."""


class ProposalState(StrEnum):
    """What the person said to a proposed deviation; the values are those kept with the answer."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalLine:
    """A proposed deviation with the name of its type and what became of it."""

    proposal: DeviationProposal
    kind: DeviationType
    state: ProposalState = ProposalState.OPEN
    reason: str | None = None
    """Why it was declined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFacts:
    """What the summary shows beside the answers."""

    proposals: tuple[ProposalLine, ...] = ()
    todos: tuple[Todo, ...] = ()
    missing: tuple[Missing, ...] = ()
    """Why it cannot be handed in yet; then there is no *Skicka in*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedFacts:
    """What happens to a session that has been handed in."""

    light: StatusLight
    is_accepted: bool
    """Accepted at once, since the class allows it and it was green."""
    waits_for_sign_off: bool
    owner_name: str | None = None
    """Who signs it off; None when the contract has no owner."""
    deviations: tuple[DeviationLine, ...] = ()
    todos: tuple[Todo, ...] = ()
    next_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffFacts:
    """What the owner sees before approving a session."""

    submitted_by_name: str
    submitted_on: date
    light: StatusLight
    deviations: tuple[DeviationLine, ...] = ()
    declined: tuple[ProposalLine, ...] = ()
    todos: tuple[Todo, ...] = ()
    done_note: str | None = None
    """What was said instead of answering, when it was reported as already done."""
