"""What a deviation case gathers beside its own row: who else saw it, the evidence, the plan, the decisions, the letters."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.contract_right import RightKind
from domain.identifiers import ActionId, DeviationId, EvidenceId, LetterId, SightingId


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One time somebody saw the fault: *jag också*, and every occasion of a report that names several."""

    sighting_id: SightingId
    deviation_id: DeviationId
    reported_by: str
    """Mail address."""
    reported_at: datetime
    words: str = ""
    """What they wrote, word for word."""
    occurred_from: date | None = None
    occurred_to: date | None = None
    location: str | None = None
    occurrence_count: int = 1
    merged_from: DeviationId | None = None
    """The case it was reported as before that was merged into this one."""


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    PHOTO = "photo"
    FILE = "file"
    LINK = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A photo, a file or a link that shows the fault. Its content is fetched apart."""

    evidence_id: EvidenceId
    deviation_id: DeviationId
    kind: EvidenceKind
    name: str
    content_type: str
    size_bytes: int
    sha256: str
    """Of the content; empty for a link."""
    url: str | None
    """Of a link."""
    added_by: str
    added_at: datetime


class ActionVerdict(StrEnum):
    """What the check of an action came to."""

    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAction:
    """One action of a supplier's plan: what, who, by when, and how it is checked."""

    action_id: ActionId
    deviation_id: DeviationId
    position: int
    """From 1."""
    text: str
    responsible: str
    """As written: usually somebody at the supplier's."""
    due_on: date
    check: str = ""
    """How it is to be checked."""
    done_on: date | None = None
    """The day the supplier says it was done."""
    verdict: ActionVerdict | None = None
    checked_by: str | None = None
    checked_at: datetime | None = None
    check_note: str | None = None


class SanctionAnswer(StrEnum):
    """The three answers to a right (domain.md 7.5, the first of the four legal facts)."""

    YES = "yes"
    NO = "no"
    RESERVED = "reserved"
    """Not yet: the right is reserved until a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionDecision:
    """What somebody decided about one right the contract gives. The latest of each kind counts; the events keep the rest."""

    deviation_id: DeviationId
    kind: RightKind
    answer: SanctionAnswer
    reason: str
    reserved_until: date | None
    reference: str | None
    """Of the decision, such as a registry number or a delegation entry."""
    amount_sek: Decimal | None
    decided_by: str
    decided_at: datetime


class LetterKind(StrEnum):
    """The letters there are drafts of (issue 3, 8)."""

    DIALOGUE_NOTE = "dialogue_note"
    COMPLAINT = "complaint"
    PLAN_REQUEST = "plan_request"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLetter:
    """A draft of a letter to the supplier, and how a person sent it. The bot never sends it."""

    letter_id: LetterId
    deviation_id: DeviationId
    kind: LetterKind
    template_version: int
    language: str
    text: str
    answer_due_on: date | None
    drafted_by: str
    """Mail address, or `clock` when the passivity clock drafted it."""
    drafted_at: datetime
    sent_on: date | None = None
    sent_how: str | None = None
    sent_to: str | None = None
    """Who it is meant for, while it is a draft."""
    proof: str | None = None
    """Of receipt."""
    registry_number: str | None = None
    sent_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Everything one case has gathered, each kind in the order it came."""

    sightings: tuple[Sighting, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    actions: tuple[PlanAction, ...] = ()
    decisions: tuple[SanctionDecision, ...] = ()
    letters: tuple[CaseLetter, ...] = ()
