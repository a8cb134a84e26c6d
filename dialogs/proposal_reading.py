"""A proposed deviation that rests on somebody's own words is read for what kind it is, and how grave."""

import re
from dataclasses import dataclass, replace
from typing import Final

from dialogs.turn import Turn
from dialogs.understand.contract_index import ContractFacts
from dialogs.understand.matching import Sender
from dialogs.understand.reports import read_report
from dialogs.understand.understanding import DraftSlots
from domain.deviation import Severity
from usecases.followups.decide_proposal import Changed
from usecases.parts.session import Proposed, Session

_SEVERITIES: Final = {
    Severity.MINOR: "liten|mindre|lindrig|minor|small",
    Severity.MODERATE: "måttlig|moderate|medium",
    Severity.SERIOUS: "allvarlig|serious|grave",
    Severity.CRITICAL: "akut|kritisk|critical|acute",
}
_ANY_SEVERITY: Final = "|".join(_SEVERITIES.values())
_YES: Final = r"registrera(?: den| det)?|ja|japp|jo|ok|okej|stämmer|det stämmer|register(?: it)?|yes|yep"
_CONFIRM: Final = re.compile(
    rf"(?:{_YES})(?:(?:,| men)? (?:som|as) (?P<severity>{_ANY_SEVERITY})t?)?(?: ?[:,] *(?P<text>.+))?",
    re.IGNORECASE | re.DOTALL,
)
_DECLINE: Final = re.compile(
    r"(?:avböj|avvisa|nej|nä|decline|reject|no)(?:[\s,.:–-]+(?:(?:därför att|eftersom|för att|för|because|since)\s+)?"
    r"(?P<reason>.+))?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """*Registrera*, perhaps with another severity or other words."""

    changed: Changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """*Avböj*, with the reason when one was given."""

    reason: str


def read_decision(text: str) -> Confirmed | Declined | None:
    """What was written about a proposal; None when it is neither yes nor no."""
    words = text.strip().rstrip(".! ")
    found = _CONFIRM.fullmatch(words)
    if found:
        said = (found["severity"] or "").casefold()
        severity = next((code for code, forms in _SEVERITIES.items() if said in forms.split("|")), None)
        return Confirmed(changed=Changed(severity=severity, text=found["text"]))
    found = _DECLINE.fullmatch(words)
    return Declined(reason=found["reason"] or "") if found else None


def read_proposals(session: Session, turn: Turn) -> Session:
    """The session with the kind and severity that people's own words speak of, where they do."""
    proposed = tuple(_read(one, session, turn) if one.proposal.by_text else one for one in session.proposed)
    return replace(session, proposed=proposed)


def completed(changed: Changed, question_id: str, session: Session, turn: Turn) -> Changed:
    """What the words themselves say, beside what the person has changed."""
    proposed = next((one for one in session.proposed if one.proposal.question_id == question_id), None)
    draft = _draft(changed.text or proposed.proposal.text, session, turn) if proposed else None
    if proposed is None or draft is None:
        return changed
    by_text = proposed.proposal.by_text
    return replace(
        changed,
        type=draft.type if by_text else None,
        severity=changed.severity or (draft.severity if by_text else None),
        location=draft.location,
        occurrence_count=draft.occurrence_count,
    )


def _read(proposed: Proposed, session: Session, turn: Turn) -> Proposed:
    draft = _draft(proposed.proposal.text, session, turn)
    kind = session.types.get(draft.type or "") if draft else None
    if draft is None or kind is None:
        return proposed
    severity = draft.severity or proposed.proposal.severity
    return replace(proposed, proposal=replace(proposed.proposal, type=kind.code, severity=severity), kind=kind)


def _draft(text: str, session: Session, turn: Turn) -> DraftSlots | None:
    """The gravest of what the words tell of; None when they tell of nothing known."""
    understanding = read_report(
        text,
        sender=Sender(mail=turn.sender.mail),
        contracts=[ContractFacts.of(session.contract)],
        types=session.types,
        today=turn.today,
        language_hint=turn.language,
        is_report=True,
    )
    known = [draft for draft in understanding.drafts if draft.type in session.types]
    return max(known, key=lambda draft: draft.severity.rank if draft.severity else 0, default=None)
