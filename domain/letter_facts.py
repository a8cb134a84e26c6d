"""What a case tells a letter to a supplier: one value for each slot of the templates, and the occasions it happened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from domain.case_file import CaseLetter, LetterKind, Sighting
from domain.contract import Contract
from domain.contract_right import NEEDS_DECISION, ContractRight, RightKind, limits_of
from domain.deviation import Deviation, Severity
from domain.deviation_types import DeviationType
from domain.letter_template import Channel, LetterWords, Phrase, SenderRole, Slot
from domain.people import Language, Person
from domain.privacy import blotted
from domain.rules.ladders import DeadlinePhase
from domain.ruleset import RuleSet
from domain.working_days import WorkingCalendar

_MOST_SIGNS: Final = 4_000
"""Of one thing somebody wrote; a letter is read by people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whose name stands under the letter, in which part. None where nobody plays it today."""

    role: SenderRole
    person: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """All a letter may tell of."""

    deviation: Deviation
    contract: Contract | None
    kind: DeviationType | None
    sightings: tuple[Sighting, ...]
    letters: tuple[CaseLetter, ...]
    """Those there have been, sent or not."""
    rights: tuple[ContractRight, ...]
    sender: Sender
    contact: Person | None
    """Who the supplier answers."""
    answer_due_on: date | None
    today: date
    recipient: str = ""
    """Who it is meant for, when somebody has said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One time the fault was seen."""

    first_on: date | None
    last_on: date | None
    place: str
    count: int
    words: str


def occasions(deviation: Deviation, sightings: tuple[Sighting, ...]) -> tuple[Occasion, ...]:
    """Every time the fault was seen, the report itself included, in the order it happened.

    One day at one place is one time, however many saw it. Together they are as many times as the case says.
    """
    others = [_seen(one) for one in sightings if not _is_of_the_report(one, deviation)]
    # A joint case is nothing but the deviations it was made of.
    own = [] if deviation.is_joint and others else _own(deviation, others)
    found: dict[tuple[date | None, date | None, str], Occasion] = {}
    for one in (*own, *others):
        key = (one.first_on, one.last_on or one.first_on, one.place.casefold())
        found[key] = _together(found[key], one) if key in found else one
    return tuple(sorted(found.values(), key=lambda one: one.first_on or date.max))


def _is_of_the_report(one: Sighting, deviation: Deviation) -> bool:
    """Whether it is a day of the report itself, kept as a line of its own."""
    is_own = one.reported_by == deviation.reported_by and one.merged_from is None
    return is_own and (
        one.words == deviation.description or (not one.words and one.occurred_from in deviation.occurred_days)
    )


def _own(deviation: Deviation, others: list[Occasion]) -> list[Occasion]:
    days = deviation.occurred_days
    if len(days) > 1:
        place = deviation.location or ""
        return [Occasion(first_on=day, last_on=None, place=place, count=1, words=deviation.description) for day in days]
    told_elsewhere = len({one.first_on for one in others} - {deviation.occurred_from})
    return [
        Occasion(
            first_on=deviation.occurred_from,
            last_on=deviation.occurred_to,
            place=deviation.location or "",
            count=max(1, deviation.occurrence_count - told_elsewhere),
            words=deviation.description,
        )
    ]


def _seen(one: Sighting) -> Occasion:
    return Occasion(
        first_on=one.occurred_from,
        last_on=one.occurred_to,
        place=one.location or "",
        count=one.occurrence_count,
        words=one.words,
    )


def _together(one: Occasion, other: Occasion) -> Occasion:
    words = dict.fromkeys(filter(None, (*one.words.splitlines(), *other.words.splitlines())))
    return replace(one, count=max(one.count, other.count), words="\n".join(words))


def proposed_answer_day(
    letter_kind: LetterKind,
    facts: LetterFacts,
    rules: RuleSet,
    calendar: WorkingCalendar,
) -> date | None:
    """The last day to answer a letter sent today: by the contract's own time limit, else by the supplier ladder.

    None for a note, which asks nobody for an answer.
    """
    if letter_kind is LetterKind.DIALOGUE_NOTE:
        return None
    limit = next((limit for limit in limits_of(facts.rights) if limit.kind is RightKind.ANSWER_TIME), None)
    is_plan = letter_kind is LetterKind.PLAN_REQUEST
    if limit is not None and not is_plan:
        ahead = timedelta(days=limit.days)
        return calendar.add_working_days(facts.today, limit.days) if limit.is_working_days else facts.today + ahead
    phase = DeadlinePhase.PLAN_HANDED_IN if is_plan else DeadlinePhase.SUPPLIER_ANSWER
    contract_class = facts.contract.contract_class if facts.contract else None
    severity = facts.deviation.severity or Severity.MODERATE
    days = rules.deadline_days(phase, severity, contract_class)
    # A minor fault has no such deadline in the ladder; a letter about it still names a day.
    days = days or rules.deadline_days(phase, Severity.MODERATE, contract_class) or 1
    return calendar.add_working_days(facts.today, days)


def known_slots(facts: LetterFacts, words: LetterWords, language: Language) -> Mapping[Slot, str]:
    """What the case tells for each slot; empty where it does not."""
    deviation, contract = facts.deviation, facts.contract
    suppliers = {supplier.name for supplier in contract.suppliers} if contract else set()
    fault = facts.kind.name(language) if facts.kind else ""
    return {
        Slot.SUPPLIER: next(iter(suppliers)) if len(suppliers) == 1 else "",
        Slot.RECIPIENT: facts.recipient or deviation.supplier_told_whom or "",
        Slot.CONTRACT: f"{contract.contract_number} {contract.title}" if contract else "",
        Slot.CONTRACT_NUMBER: contract.contract_number if contract else deviation.number or "",
        Slot.CASE: deviation.number or "",
        Slot.REGISTRY: deviation.registry_number or words.phrases[Phrase.REGISTRY_PENDING].in_language(language),
        Slot.DATE: facts.today.isoformat(),
        Slot.FAULT: fault,
        Slot.AGREED: plain_said(deviation.agreed),
        Slot.CLAUSE: plain_said(deviation.requirement),
        Slot.HAPPENED: plain_said("\n".join((deviation.description, *deviation.additions))),
        Slot.AMOUNT: _money(deviation, language),
        Slot.INVOICE: plain_said(deviation.invoice_number),
        Slot.CONSEQUENCE: plain_said(deviation.consequence),
        Slot.TERMS: "\n".join(_term(right, words, language) for right in facts.rights if right.kind in NEEDS_DECISION),
        Slot.DEMAND: plain_said(deviation.requested_action),
        Slot.ANSWER_DUE: _day(facts.answer_due_on),
        **_talks(facts, words, language),
        **_people(facts, words, language),
    }


def _talks(facts: LetterFacts, words: LetterWords, language: Language) -> dict[Slot, str]:
    deviation = facts.deviation
    told_on = deviation.supplier_notified_at.date() if deviation.supplier_notified_at else None
    how = deviation.supplier_told_how or ""
    channel = words.channels[Channel(how)].in_language(language) if how in set(Channel) else plain_said(how)
    sent = [letter for letter in facts.letters if letter.sent_on]
    earlier = [
        f"{_day(letter.sent_on)}: {words.letters[letter.kind].in_language(language)}"
        for letter in sorted(sent, key=lambda letter: letter.sent_on or date.min)
    ]
    if told_on and not any(letter.sent_on == told_on for letter in sent):
        contact = words.phrases[Phrase.CONTACT].in_language(language)
        earlier.insert(0, f"{_day(told_on)}: {contact}{f', {channel}' if channel else ''}")
    return {
        Slot.EARLIER: "\n".join(earlier),
        Slot.TALK_ON: _day(told_on),
        Slot.TALK_HOW: channel,
        Slot.REPLY: "",
        Slot.PROMISED: _day(deviation.promised_on),
    }


def _people(facts: LetterFacts, words: LetterWords, language: Language) -> dict[Slot, str]:
    sender, contact = facts.sender.person, facts.contact
    return {
        Slot.SENDER: sender.name if sender else "",
        Slot.SENDER_ROLE: words.roles[facts.sender.role].in_language(language),
        Slot.CONTACT: f"{contact.name}, {contact.mail}" if contact else "",
    }


def plain_said(text: str | None) -> str:
    """What somebody wrote, with whatever points out a person blotted out: some of it was stored before it was looked for."""
    return blotted((text or "").strip()[:_MOST_SIGNS])


def _term(right: ContractRight, words: LetterWords, language: Language) -> str:
    name = words.rights[right.kind].in_language(language)
    named = f"{name[:1].upper()}{name[1:]}{f' ({right.clause})' if right.clause else ''}"
    return f"{named}: {' '.join(right.terms.split())}" if right.terms.strip() else named


def days_of(one: Occasion) -> str:
    first, last = one.first_on or one.last_on, one.last_on
    return f"{_day(first)} – {_day(last)}" if last and first and last > first else _day(first)


def _day(day: date | None) -> str:
    # As dates are written in Swedish official letters, and in no language misread.
    return day.isoformat() if day else ""


def _money(deviation: Deviation, language: Language) -> str:
    if not deviation.amount_sek:
        return ""
    amount = f"{deviation.amount_sek:,.2f}".removesuffix(".00")
    if language is Language.EN:
        return f"SEK {amount}"
    return amount.replace(",", " ").replace(".", ",") + " kr"
