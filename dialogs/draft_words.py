"""What typed words say about the draft that is open: an answer to its question, a correction, or a new fact."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from dialogs.draft_contracts import OTHERWISE, contract_meant
from dialogs.draft_fields import MONEY, kronor
from dialogs.draft_phrases import ADDED, AN_ANSWER, INSTEAD, OPENING, TALKED, is_abuse
from dialogs.reading import understand
from dialogs.turn import Turn
from dialogs.understand.calendar_words import Bias
from dialogs.understand.counts import Counted
from dialogs.understand.normalise import read_words
from dialogs.understand.times import read_moments
from dialogs.understand.understanding import DraftSlots, Understanding
from dialogs.understand.wishes import OF_CASES, IntentKind
from domain.deviation import Deviation, Severity
from domain.deviation_types import AskFor, DeviationType
from domain.drafting import question_of
from domain.errors import Refused
from domain.report import Correction
from usecases.deviations.draft_deviation import Draft

_SEVERITIES: Final = MappingProxyType(
    {
        Severity.MINOR: ("liten", "litet", "minor", "small"),
        Severity.MODERATE: ("måttlig", "måttligt", "moderate"),
        Severity.SERIOUS: ("allvarlig", "allvarligt", "serious"),
        Severity.CRITICAL: ("akut", "kritisk", "kritiskt", "critical", "urgent"),
    },
)
_YES: Final = re.compile(
    r"(?:ja|japp|jo|jodå|jajamän|yes|yep)(?:[ ,]+(?:det (?:har|är|gjorde) (?:jag|vi|den|jag redan)|den är betald|"
    r"i have|we have|it is|jag har sagt till|det har jag redan gjort))?",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"(?:nej|nä|nope|no)?[ ,]*(?:inte än|inte ännu|det har (?:jag|vi) inte(?: än| ännu)?|den är inte betald|"
    r"inte betald|not yet|i have not|it is not|obetald)?",
    re.IGNORECASE,
)
_SUM: Final = re.compile(
    rf"(?:(?:det|beloppet|summan|it|the amount) (?:var|är|ska vara|skulle vara|was|is|should be) )?{MONEY.pattern}[.!]?",
    re.IGNORECASE,
)
_LEAST_SUM: Final = 3
"""Digits from which a bare number is money rather than a number of times."""
_TOLD: Final = re.compile(
    r"\b(?:har|hade|have|has)(?: redan| already)?(?P<not> inte| not)?(?: redan| already)? "
    r"(?:sagt till|meddelat|ringt|pratat med|kontaktat|mejlat|told|called|contacted|e-?mailed)\b",
    re.IGNORECASE,
)
_AHEAD: Final = re.compile(
    r"\b(?:till|tills|innan|före|senast|lova\w*|kommer|ska|skulle|inställd\w*|until|before|by|will|promis\w*|shall|next)\b",
    re.IGNORECASE,
)
"""Words that look ahead: a day to come is meant then."""
_A_FACT: Final = 3
"""Words from which something that changes nothing is a fact of its own."""
_YES_NO: Final[Mapping[AskFor, Callable[[bool], Correction]]] = MappingProxyType(
    {
        AskFor.IS_PAID: lambda is_so: Correction(is_paid=is_so),
        AskFor.SUPPLIER_TOLD: lambda is_so: Correction(is_supplier_told=is_so),
        AskFor.PHOTO: lambda is_so: Correction(answers=None if is_so else AskFor.PHOTO),
    },
)
_DAYS: Final = frozenset({AskFor.WHICH_DAYS, AskFor.EARLIER_DATES})
_WEEK: Final = timedelta(days=7)
_INVOICE_NUMBER: Final = re.compile(
    r"(?:faktura(?:nummer)?|nr|nummer|invoice|number)?[ .:#]*(?P<number>[\w-]*\d[\w-]*)"
)
ODD_AMOUNT: Final = re.compile(r"(?<![\w-])\d[\d \u00a0]*(?:[OoIl]\d*)+(?![\w-])")
"""A letter among the digits, such as `18 40O`."""


async def read_more(turn: Turn, draft: Draft, text: str) -> Correction:
    """Words that are no plain answer, as a change of the draft or a new fact; refused when they say nothing it can use."""
    added = ADDED.fullmatch(text.strip())
    if added is not None:
        return Correction(addition=added["words"])
    # *Fel, det var 5 000* says that something is wrong with what was understood, not what kind of fault it is.
    said = OPENING.sub("", text.strip()) or text
    understanding = await understand(replace(turn, text=said), is_report=True)
    if understanding.personal_data:
        raise Refused("deviation.refused.personal_data")
    intent = (await understand(replace(turn, text=text))).intent.kind
    if intent in OF_CASES and not INSTEAD.match(text.strip()):
        return Correction(addition=text.strip(), is_supplier_told=intent is IntentKind.LOG_DIALOGUE or None)
    return _said_more_exactly(draft, text, understanding)


def says_yes_or_no(draft: Deviation, text: str) -> Correction | None:
    """A plain yes or no, while the draft asks something that is answered by one."""
    answering = _YES_NO.get(question_of(draft) or AskFor.REWRITE)
    words = text.strip().rstrip(".!")
    if answering is None or not words:
        return None
    if _YES.fullmatch(words):
        return answering(True)  # noqa: FBT003 - yes
    return answering(False) if _NO.fullmatch(words) else None  # noqa: FBT003 - no


def read_answer(turn: Turn, draft: Draft, text: str) -> Correction | None:
    """The words as the answer to the question the draft asks now; None when they are something else."""
    words = text.strip().rstrip(".")
    plain = says_yes_or_no(draft.deviation, words)
    asked = question_of(draft.deviation)
    if plain is not None:
        return plain
    if asked is None:
        return _which_contract(turn, draft, words) if draft.deviation.contract_id is None else None
    answering = _ANSWERS.get(asked)
    return answering(turn, draft, words) if answering else None


def _which_contract(_: Turn, draft: Draft, words: str) -> Correction | None:
    if words.isdigit() and 1 <= int(words) <= len(draft.contracts):
        return Correction(contract_id=list(draft.contracts)[int(words) - 1])
    return None


def _which_type(_: Turn, draft: Draft, words: str) -> Correction | None:
    code = named_type(draft.types, words)
    return Correction(type=code) if code else None


def _which_invoice(_: Turn, __: Draft, words: str) -> Correction | None:
    number = _INVOICE_NUMBER.fullmatch(words)
    return Correction(invoice_number=number["number"]) if number else None


def _which_amount(_: Turn, __: Draft, words: str) -> Correction | None:
    is_amount = ODD_AMOUNT.search(words) or MONEY.fullmatch(words)
    return Correction(amount_sek=kronor(words)) if is_amount else None


def _which_requirement(_: Turn, __: Draft, words: str) -> Correction | None:
    is_short = len(words.split()) <= AN_ANSWER
    return Correction(requirement=words) if is_short and not INSTEAD.match(words) else None


def named_type(types: Mapping[str, DeviationType], words: str) -> str | None:
    """The type somebody named by its own name or code, in either language."""
    said = words.casefold()
    for code, kind in types.items():
        if said == code.casefold() or said in {name.casefold() for name in kind.names.values()}:
            return code
    return None


def _when(turn: Turn, draft: Draft, words: str) -> Correction | None:
    days = read_days(words, draft.deviation, turn)
    return Correction(occurred_from=days[0], occurred_to=days[-1]) if days else None


def _which_days(turn: Turn, draft: Draft, words: str) -> Correction | None:
    days = read_days(words, draft.deviation, turn)
    return Correction(occurred_days=days, answers=AskFor.WHICH_DAYS) if days else None


def _earlier_days(turn: Turn, draft: Draft, words: str) -> Correction | None:
    """The days before; what was reported first is the latest of them."""
    days = read_days(words, draft.deviation, turn)
    return with_reported_day(draft.deviation, days) if days else None


def with_reported_day(draft: Deviation, days: Iterable[date]) -> Correction:
    """These earlier days beside the one first reported."""
    first = (draft.occurred_from,) if draft.occurred_from else ()
    together = {*days, *(draft.occurred_days or first)}
    return Correction(occurred_days=tuple(sorted(together)), answers=AskFor.EARLIER_DATES)


def read_days(words: str, draft: Deviation, turn: Turn) -> tuple[date, ...]:
    """Every single day that is named, none of them to come; a weekday is the one inside the draft's period."""
    if TALKED.search(words):
        return ()
    sentence = read_words(words, turn.language)
    moments = read_moments(sentence, today=turn.today, bias=Bias.PAST)
    singles = (moment.span.start for moment in moments if moment.span.start == moment.span.end)
    return tuple(sorted({_within(day, draft, turn.today) for day in singles}))


def names_day_to_come(words: str, turn: Turn) -> bool:
    """Whether something is said to have happened on a day that has not come; what is promised or lasts until then has not."""
    if _AHEAD.search(words):
        return False
    moments = read_moments(read_words(words, turn.language), today=turn.today, bias=Bias.NEAREST)
    return any(moment.span.start == moment.span.end > turn.today for moment in moments)


def _within(day: date, draft: Deviation, today: date) -> date:
    first, last = draft.occurred_from, min(draft.occurred_to or today, today)
    for moved in (day, day - _WEEK, day + _WEEK):
        if first is not None and first <= moved <= last:
            return moved
    return day


def _said_more_exactly(draft: Draft, text: str, understanding: Understanding) -> Correction:
    """What the words say of each slot; what they do not say stays. With nothing to change they are a new fact."""
    deviation = draft.deviation
    slots = understanding.drafts[0] if understanding.drafts else DraftSlots(words=text, type=None)
    is_instead = INSTEAD.match(text.strip()) is not None
    may_be_type = deviation.type is None or is_instead
    contract_id = contract_meant(draft, slots, text, is_instead=is_instead)
    correction = Correction(
        type=slots.type if may_be_type else None,
        severity=_severity(text),
        contract_id=contract_id,
        candidates=slots.candidates if deviation.contract_id is None and contract_id is None else (),
        location=slots.location,
        occurred_from=slots.occurred_from,
        occurred_to=slots.occurred_to,
        occurrence_count=slots.count
        if slots.count and slots.counted is not Counted.ITEMS and _bare_sum(draft, text) is None
        else None,
        amount_sek=None if ODD_AMOUNT.search(text) else slots.amount_sek or _bare_sum(draft, text),
        invoice_number=slots.invoice_number,
        is_paid=slots.is_paid,
        is_supplier_told=_was_told(text, slots),
    )
    if not _is_empty_for(deviation, correction):
        return correction
    if is_abuse(text):
        raise Refused("drafting.refused.abuse")
    if ODD_AMOUNT.search(text):
        raise Refused("drafting.refused.amount", said=text[:40])
    if question_of(deviation) is AskFor.CONTRACT and len(text.split()) <= _A_FACT:
        raise Refused("drafting.refused.no_such_contract", said=text[:60])
    is_short_change = OTHERWISE.match(text.strip()) is not None and len(text.split()) <= AN_ANSWER
    if len(text.split()) >= _A_FACT and not is_instead and not is_short_change:
        return Correction(addition=text.strip())
    raise Refused("drafting.refused.which_days" if question_of(deviation) in _DAYS else "deviation.refused.unclear")


def _is_empty_for(draft: Deviation, correction: Correction) -> bool:
    """Whether it would change nothing: the same contracts to choose among are no news."""
    is_old = correction.candidates == draft.candidates
    return (replace(correction, candidates=()) if is_old else correction).is_empty


def _bare_sum(draft: Draft, text: str) -> Decimal | None:
    """*Fel, det var 5 000*, where it is about money."""
    found = _SUM.fullmatch(OPENING.sub("", text.strip()))
    is_about_money = draft.deviation.amount_sek is not None or (draft.kind is not None and draft.kind.group == "FAKT")
    is_sum = found is not None and len(re.findall(r"\d", found["number"])) >= _LEAST_SUM
    return kronor(found["number"]) if found and is_sum and is_about_money else None


def _was_told(text: str, slots: DraftSlots) -> bool | None:
    said = _TOLD.search(text)
    return slots.was_supplier_told if said is None else said["not"] is None


def _severity(text: str) -> Severity | None:
    words = set(re.findall(r"\w+", text.casefold()))
    return next((severity for severity, names in _SEVERITIES.items() if words & set(names)), None)


_ANSWERS: Final[Mapping[AskFor, Callable[[Turn, Draft, str], Correction | None]]] = MappingProxyType(
    {
        AskFor.CONTRACT: _which_contract,
        AskFor.TYPE: _which_type,
        AskFor.WHEN: _when,
        AskFor.WHICH_DAYS: _which_days,
        AskFor.EARLIER_DATES: _earlier_days,
        AskFor.AMOUNT: _which_amount,
        AskFor.INVOICE_NUMBER: _which_invoice,
        AskFor.REQUIREMENT: _which_requirement,
    },
)
