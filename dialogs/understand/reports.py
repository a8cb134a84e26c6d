"""A message read as a report: one draft for each fault, every slot filled that was said, and the rest asked for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from dialogs.understand.amounts import minutes_of, read_amount, read_numbers
from dialogs.understand.calendar_words import Bias
from dialogs.understand.contract_index import ContractFacts, ContractIndex, index_of
from dialogs.understand.counts import Counted, read_count
from dialogs.understand.faults import Fault, split_faults
from dialogs.understand.intents import HEARD, best_type, guess_types, read_intent
from dialogs.understand.matching import ENOUGH, Match, Sender, match_contract
from dialogs.understand.normalise import Sentence, read_words
from dialogs.understand.patterns import first
from dialogs.understand.places import read_place
from dialogs.understand.spelling import mended
from dialogs.understand.times import listed_days, read_clock, read_moments
from dialogs.understand.understanding import DraftSlots, Understanding
from dialogs.understand.vocabulary import Vocabulary, vocabulary
from dialogs.understand.wishes import Intent, IntentKind
from domain.deviation import Severity
from domain.deviation_types import AskFor, DeviationKind, DeviationType
from domain.people import Language
from domain.privacy import blotted, personal_findings
from domain.severity import EMERGENCIES, Signal, critical_reasons, propose_severity

__all__ = ["DraftSlots", "Understanding", "read_report"]

_MAY_TELL: Final = frozenset({IntentKind.REPORT_DEVIATION, IntentKind.UNCLEAR})
_A_STATEMENT: Final = 3
"""Words from which a sentence about a contract tells something rather than names it."""
_NOWHERE: Final = frozenset({"SAK", "EKO"})
"""Groups of types whose names of places are countries and courts, not where something happened."""
_INVOICE: Final = re.compile(
    r"(?:fakturanummer|fakturanr|faktura|fakturan|invoice)(?:\s*(?:nr|nummer|no|number|#))?[.:]?\s+"
    r"([a-z]{0,4}-?\d[\w-]{3,20})(?! ?(?:kr|kronor|sek|tkr|\d{3}))",
)


def read_report(
    text: str,
    *,
    sender: Sender,
    contracts: Sequence[ContractFacts] | ContractIndex,
    types: Mapping[str, DeviationType],
    today: date,
    language_hint: Language = Language.SV,
    is_report: bool = False,
) -> Understanding:
    """The message understood: its intent, and where it is a report one draft for each fault in it.

    With `is_report` the sender has said that it is one, so there is a draft even where no fault was recognised.
    Personal data end the reading: there are no drafts, so that nothing can be stored by mistake.
    """
    found = personal_findings(text)
    if found:
        intent = read_intent(blotted(text), today=today, language_hint=language_hint)
        kinds = frozenset(finding.kind for finding in found)
        return Understanding(intent=intent, ask=(AskFor.REWRITE,), personal_data=True, personal_kinds=kinds)
    intent = read_intent(text, today=today, language_hint=language_hint)
    index = index_of(contracts)
    sentence = _spelt_right(read_words(text, intent.language), types)
    tells = not intent.slots.is_ambiguous and _tells_of_trouble(sentence, index)
    is_heard = best_type(sentence)[0] is not None and not intent.slots.is_ambiguous
    is_told = is_heard or (tells and intent.kind in _MAY_TELL)
    if not is_report and not (intent.kind in _MAY_TELL and is_told):
        return Understanding(intent=intent, ask=_ask_about(intent))
    drafts = _Reader(intent.language, index, sender, types, today).read(sentence)
    return Understanding(
        intent=replace(intent, kind=IntentKind.REPORT_DEVIATION),
        drafts=drafts,
        ask=tuple(dict.fromkeys(slot for draft in drafts for slot in draft.ask)),
        restricted=any(draft.is_restricted for draft in drafts),
    )


def _spelt_right(sentence: Sentence, types: Mapping[str, DeviationType]) -> Sentence:
    """The sentence, with its spelling mended when no fault is heard in it otherwise.

    A grave accusation is never read out of a misspelling.
    """
    if best_type(sentence)[0] is not None:
        return sentence
    other = read_words(mended(sentence), sentence.language)
    kind = types.get(best_type(other)[0] or "")
    return sentence if kind is None or kind.is_restricted else other


def _tells_of_trouble(sentence: Sentence, index: ContractIndex) -> bool:
    """Whether a statement of no known kind is about one of our contracts and sounds like a complaint: then the kind is asked for."""
    words = vocabulary(sentence.language)
    if sentence.text.endswith("?") or words.types.mentions(sentence, HEARD):
        return False  # a question, or a fault that is said not to be
    if words.types.denies(sentence, 1.0):
        return False
    if first(words.signals[Signal.DANGER], sentence):
        return True
    said = {token.word for token in sentence.tokens}
    complains = not said.isdisjoint(words.phrases["mood.fault_hints"])
    is_fine = not said.isdisjoint(words.phrases["mood.positive"]) or not said.isdisjoint(words.phrases["mood.fine"])
    begins = sentence.tokens[0].word if sentence.tokens else ""
    states = len(sentence.tokens) >= _A_STATEMENT and begins not in words.phrases["mood.no_statement"] and not is_fine
    if complains and states and not said.isdisjoint(words.phrases["mood.supply"]):
        return True
    if states and guess_types(sentence):
        return True
    return (complains or states) and match_contract(sentence, index).score >= ENOUGH


def _ask_about(intent: Intent) -> tuple[AskFor, ...]:
    slots = intent.slots
    asked: dict[IntentKind, tuple[tuple[AskFor, bool], ...]] = {
        IntentKind.UNCLEAR: ((AskFor.MEANING, slots.is_ambiguous),),
        IntentKind.REPORT_DEVIATION: ((AskFor.WHAT, True),),
        IntentKind.LOG_DIALOGUE: ((AskFor.WHICH_DEVIATION, True), (AskFor.PROMISED_ON, slots.promised_on is None)),
        IntentKind.MARK_CLAIMED_FIXED: ((AskFor.WHICH_DEVIATION, True), (AskFor.HOW_VERIFIED, True)),
        IntentKind.SNOOZE: ((AskFor.UNTIL, slots.until is None),),
        IntentKind.START_EXTENSION: ((AskFor.CONTRACT, slots.contract_number is None),),
        IntentKind.CONTRACT_CHANGE: ((AskFor.CONTRACT, slots.contract_number is None),),
    }
    return tuple(slot for slot, is_missing in asked.get(intent.kind, ()) if is_missing)


@dataclass(slots=True)
class _Reader:
    """Reads the faults of one message, each with what the one before it said where it says nothing itself."""

    language: Language
    index: ContractIndex
    sender: Sender
    types: Mapping[str, DeviationType]
    today: date
    words: Vocabulary = field(init=False)

    def __post_init__(self) -> None:
        self.words = vocabulary(self.language)

    def read(self, sentence: Sentence) -> tuple[DraftSlots, ...]:
        drafts: list[DraftSlots] = []
        for fault in split_faults(sentence, self.index, self.sender, frozenset(self.types)):
            drafts.append(self._draft(fault, sentence, drafts[-1] if drafts else None))
        return tuple(drafts)

    def _draft(self, fault: Fault, whole: Sentence, before: DraftSlots | None) -> DraftSlots:
        part = fault.sentence
        kind = self.types.get(fault.type or "")
        draft = DraftSlots(
            words=part.text,
            type=fault.type,
            alternatives=tuple(code for code in fault.alternatives if code in self.types),
            location=self._location(part, kind) or (before.location if before else None),
            is_restricted=kind is not None and kind.is_restricted,
            asks_legal_question=self._says("mood.legal_question", whole),
            invoice_number=_invoice_number(part),
            is_paid=self._is_paid(part),
            was_supplier_told=True if self._says("mood.told", part) else None,
        )
        draft = self._with_contract(draft, fault.match, before)
        draft, unsure = self._with_numbers(draft, part, kind)
        draft, is_odd_time = self._with_times(draft, part, before)
        draft = self._with_weight(draft, part, kind)
        return replace(draft, ask=_missing(draft, kind, unsure_amount=unsure, is_odd_time=is_odd_time))

    def _with_contract(self, draft: DraftSlots, match: Match, before: DraftSlots | None) -> DraftSlots:
        if match.chosen is None and not match.score and before is not None:
            return replace(draft, contract_id=before.contract_id, candidates=before.candidates)
        chosen, candidates = match.chosen, match.candidates
        return replace(draft, contract_id=chosen, candidates=candidates, speaks_of_contract=match.score > 0)

    def _with_numbers(self, draft: DraftSlots, part: Sentence, kind: DeviationType | None) -> tuple[DraftSlots, bool]:
        numbers = read_numbers(part, self.words)
        count = read_count(part, self.words, numbers)
        about_money = kind is not None and kind.group == "FAKT"
        amount = read_amount(part, self.words, numbers, is_about_money=about_money)
        recurring = self._says("mood.recurring", part) and not self._says("mood.not_recurring", part)
        return replace(
            draft,
            count=count.value if count else None,
            counted=count.of if count else None,
            amount_sek=amount.sek,
            minutes=minutes_of(numbers),
            is_recurring=recurring or (count is not None and count.of is Counted.OCCURRENCES and count.value > 1),
        ), not amount.is_sure

    def _with_times(
        self,
        draft: DraftSlots,
        part: Sentence,
        before: DraftSlots | None,
    ) -> tuple[DraftSlots, bool]:
        """The draft with its times, and whether one of them cannot be right."""
        clock = read_clock(part)
        if clock:
            draft = replace(draft, started_at=clock.start, ended_at=clock.end, minutes=clock.minutes or draft.minutes)
        moments = [moment for moment in read_moments(part, today=self.today, bias=Bias.PAST) if not moment.is_future]
        past = [moment for moment in moments if moment.span.start <= self.today]
        if not past:
            if moments or before is None:
                return draft, bool(moments)
            return replace(draft, occurred_from=before.occurred_from, occurred_to=before.occurred_to), False
        ongoing = any(moment.is_ongoing for moment in past) or self._says("time_words.ongoing", part)
        if draft.count is None and (days := listed_days(part, past)):
            draft = replace(draft, count=days, counted=Counted.OCCURRENCES, is_recurring=True, are_days_told=True)
        return replace(
            draft,
            occurred_from=min(moment.span.start for moment in past),
            occurred_to=None if ongoing else min(self.today, max(moment.span.end for moment in past)),
            is_ongoing=ongoing,
        ), len(past) < len(moments)

    def _with_weight(self, draft: DraftSlots, part: Sentence, kind: DeviationType | None) -> DraftSlots:
        signals = frozenset(signal for signal, patterns in self.words.signals.items() if first(patterns, part))
        dependence = first(self.words.dependence, part)
        emergency = not EMERGENCIES.isdisjoint(signals) or (kind is not None and kind.clock_hours is not None)
        draft = replace(draft, signals=signals, persons_in_dependence=dependence, is_emergency=emergency)
        if kind is None:
            reasons = critical_reasons(signals)
            return replace(draft, severity=Severity.CRITICAL if reasons else None, reasons=reasons)
        severity, reasons = propose_severity(
            kind,
            occurrences=draft.occurrence_count,
            is_recurring=draft.is_recurring or _is_complained_of(draft),
            amount_sek=draft.amount_sek,
            signals=signals,
            persons_in_dependence=dependence,
        )
        return replace(draft, severity=severity, reasons=reasons)

    def _location(self, part: Sentence, kind: DeviationType | None) -> str | None:
        if kind is not None and (kind.is_internal or kind.group in _NOWHERE):
            return None
        place = read_place(part, self.words, not_places=self.index.supplier_words)
        return place.name if place else None

    def _is_paid(self, part: Sentence) -> bool | None:
        if self._says("mood.unpaid", part):
            return False
        return True if self._says("mood.paid", part) else None

    def _says(self, phrases: str, sentence: Sentence) -> bool:
        line = f" {' '.join(token.word for token in sentence.tokens)} "
        return any(f" {phrase} " in line for phrase in self.words.phrases[phrases])


def _is_complained_of(draft: DraftSlots) -> bool:
    """Several complaints weigh as much as something that comes back."""
    return draft.counted is Counted.COMPLAINTS and (draft.count or 0) > 1


def _invoice_number(part: Sentence) -> str | None:
    match = _INVOICE.search(part.lower)
    return part.text[match.start(1) : match.end(1)] if match else None


def _missing(
    draft: DraftSlots,
    kind: DeviationType | None,
    *,
    unsure_amount: bool,
    is_odd_time: bool,
) -> tuple[AskFor, ...]:
    """What to ask, in order. Of suspected crime and incidents no details are asked for in a chat."""
    if kind is not None and kind.clock_hours is not None:
        asks_contract = draft.contract_id is None and not kind.only_controller_and_legal
        return (AskFor.CONTRACT,) if asks_contract else ()
    several = draft.occurrence_count > 1 or _is_complained_of(draft)
    # Of what is missing there are no days to tell; it was missing before.
    lasts = draft.occurred_from != draft.occurred_to and (kind is None or kind.kind is DeviationKind.DEVIATION)
    answered = {
        AskFor.INVOICE_NUMBER: draft.invoice_number is not None,
        AskFor.IS_PAID: draft.is_paid is not None,
        AskFor.SUPPLIER_TOLD: draft.was_supplier_told is not None,
    }
    wanted = {
        AskFor.WHAT: kind is None and len(draft.words.split()) < 3,  # noqa: PLR2004 - too little to go on
        AskFor.CONTRACT: draft.contract_id is None,
        AskFor.TYPE: kind is None,
        AskFor.WHEN: is_odd_time,
        AskFor.WHICH_DAYS: several and lasts and not draft.are_days_told,
        AskFor.EARLIER_DATES: draft.is_recurring and not (several and lasts),
        AskFor.AMOUNT: unsure_amount,
    }
    asked = [slot for slot, is_wanted in wanted.items() if is_wanted]
    return (*asked, *(slot for slot in (kind.asks if kind else ()) if not answered.get(slot, False)))
