"""Turns what somebody typed into an answer, or says in plain words why it does not fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from domain.checklist.answer import NO, YES, Answer, AnswerKind
from domain.checklist.figures import Reading, plain_number, read_number
from domain.checklist.template import GRADES, AnswerType, Question
from domain.checklist.vocabulary import (
    ALL_WELL,
    CHOICE_PHRASES,
    KIND_PHRASES,
    NOTHING_TO_SAY,
    is_phrase,
    mentions,
    said_beside,
    starts_with,
)
from domain.people import Language
from domain.privacy import PersonalKind, personal_findings

MOST_CHARACTERS: Final = 1_000
"""Of a free text or a note (domain.md 6.1)."""
_MOST_COUNT = Decimal(1_000_000)
_MOST_KRONOR = Decimal(1_000_000_000_000)
_MOST_PERCENT = Decimal(100)
_EVERY_YES = CHOICE_PHRASES[YES]
_EVERY_NO = CHOICE_PHRASES[NO]
_MISFITS: Final[Mapping[AnswerType, str]] = {
    AnswerType.YES_NO: "checklist.misfit.yes_no",
    AnswerType.YES_PARTLY_NO: "checklist.misfit.yes_partly_no",
    AnswerType.GRADE: "checklist.misfit.grade",
    AnswerType.NUMBER: "checklist.misfit.number",
    AnswerType.KRONOR: "checklist.misfit.kronor",
    AnswerType.PERCENT: "checklist.misfit.percent",
    AnswerType.CHOICE: "checklist.misfit.choice",
    AnswerType.TEXT: "checklist.misfit.text",
}
_UNITS: Final[Mapping[AnswerType, tuple[str, ...]]] = {
    AnswerType.NUMBER: (
        *("st", "st.", "stycken", "styck", "gånger", "gång", "ggr", "fakturor", "faktura", "klagomål"),
        *("times", "time", "invoices", "invoice", "complaints", "complaint", "pcs"),
    ),
    AnswerType.KRONOR: ("kronor", "kr", "kr.", "sek", ":-", "krona", "kronor ungefär"),
    AnswerType.PERCENT: ("%", "procent", "percent", "per cent", "pct"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """What was written is no answer to the question; the text says so and gives examples."""

    question_id: str
    text_key: str
    values: Mapping[str, str] = field(default_factory=dict)


def parse_answer(question: Question, text: str, language: Language) -> Answer | Misfit:
    """What `text` answers to `question`. Words of both languages are understood; `language` reads the numbers.

    What is said beside the value, as in *ja, två gånger på Kinnaskolan*, becomes the answer's note.
    """
    fault = unusable(question, text)
    if fault:
        return fault
    written = text.strip()
    kind = _kind_of(question, written)
    if kind:
        return kind
    found: Answer | Misfit | None
    match question.answer_type:
        case AnswerType.YES_NO | AnswerType.YES_PARTLY_NO:
            found = _yes_or_no(question, written, language)
        case AnswerType.GRADE:
            found = _grade(question, written, language)
        case AnswerType.CHOICE:
            found = _choice(question, written, language)
        case AnswerType.TEXT:
            found = _free_text(question, written)
        case _:
            found = _number(question, written, language)
    return found or _misfit(question, language)


def unusable(question: Question, text: str) -> Misfit | None:
    """Why nothing written like this can be kept, whatever the question; None when it can."""
    if not any(sign.isalnum() for sign in text) and text.strip() not in {"?", "-", "–"}:
        return Misfit(question_id=question.question_id, text_key="checklist.misfit.empty")
    if len(text.strip()) > MOST_CHARACTERS:
        values = {"most": str(MOST_CHARACTERS), "length": str(len(text.strip()))}
        return Misfit(question_id=question.question_id, text_key="checklist.misfit.too_long", values=values)
    personal = {finding.kind for finding in personal_findings(text)}
    if personal:
        key = "identity_number" if PersonalKind.PERSONAL_NUMBER in personal else "person"
        return Misfit(question_id=question.question_id, text_key=f"checklist.misfit.{key}")
    return None


def _kind_of(question: Question, text: str) -> Answer | None:
    for kind, phrases in KIND_PHRASES.items():
        start = starts_with(text, phrases)
        if start is None or (not start.is_all and (kind is AnswerKind.SKIPPED or start.phrase == "?")):
            continue
        if start.is_all:
            return Answer(question_id=question.question_id, kind=kind)
        # In a free text *vet inte vem som ...* is the text; elsewhere it is an answer with something said beside it.
        if question.answer_type is not AnswerType.TEXT:
            return Answer(question_id=question.question_id, kind=kind, note=said_beside(start.rest))
    return None


def _yes_or_no(question: Question, text: str, language: Language) -> Answer | None:
    phrases = {option.value: _phrases(question, option.value) for option in question.options}
    for value, own in phrases.items():
        start = starts_with(text, own)
        if start is None:
            continue
        others = [phrase for other, theirs in phrases.items() if other != value for phrase in theirs]
        unclear = [*others, *KIND_PHRASES[AnswerKind.DONT_KNOW]]
        if not start.is_set_apart and mentions(start.rest, unclear):
            return None  # "ja eller nej", "nej det vet jag inte"
        if value == (YES if question.has_bad_yes else NO) and mentions(text, ALL_WELL):
            return None  # "nej, inga problem" to "håller kvaliteten?" may mean either
        return _value(question, value, said_beside(start.rest))
    return _count_beside(question, text, language)


def _phrases(question: Question, value: str) -> frozenset[str]:
    option = question.option(value)
    labels = (option.label.sv.casefold(), option.label.en.casefold()) if option else ()
    return frozenset((*CHOICE_PHRASES.get(value, ()), *labels))


def _count_beside(question: Question, text: str, language: Language) -> Answer | None:
    # "tre" to a question that wants to know whether and how many.
    if question.note is None or question.note.answer_type is not AnswerType.NUMBER:
        return None
    reading = read_number(text, language)
    if reading is None or _is_odd(AnswerType.NUMBER, reading):
        return None
    return _value(question, YES, text) if reading.number else _value(question, NO)


def _grade(question: Question, text: str, language: Language) -> Answer | None:
    for option in question.options:
        names = (
            option.label.sv,
            option.label.en,
            option.label.sv.partition(" – ")[2],
            option.label.en.partition(" – ")[2],
        )
        start = starts_with(text, {name.casefold() for name in names})
        if start:
            return _value(question, option.value, said_beside(start.rest))
    lead = starts_with(text, ("betyg", "betyget", "grade", "en", "ett", "a", "an"))
    reading = (read_number(lead.rest, language) if lead else None) or read_number(text, language)
    if reading is None or plain_number(reading.number) not in GRADES:
        return None
    rest = reading.rest.removeprefix(":a").removeprefix(":an")
    for scale in (
        "/5",
        "/ 5",
        " av 5",
        " av fem",
        " of 5",
        " of five",
        " out of 5",
        " out of five",
        " poäng",
        " points",
    ):
        if rest.casefold().startswith(scale):
            rest = rest[len(scale) :]
            break
    if _goes_on_as_number(rest, language):
        return None  # "3 eller 4", "3-4"
    return _value(question, plain_number(reading.number), said_beside(rest))


def _choice(question: Question, text: str, language: Language) -> Answer | None:
    reading = read_number(text, language)
    if reading and not reading.rest.strip(" .)"):
        place = reading.number
        if place == place.to_integral_value() and 1 <= place <= len(question.options):
            return _value(question, question.options[int(place) - 1].value)
        return None
    whole = [
        (option, start)
        for option in question.options
        if (start := starts_with(text, {option.label.sv.casefold(), option.label.en.casefold()}))
    ]
    if whole:
        option, start = max(whole, key=lambda found: len(found[1].phrase))
        return _value(question, option.value, said_beside(start.rest))
    head, _, rest = text.partition(",")
    begun = " ".join(head.casefold().split()).rstrip(".!")
    fitting = [
        option
        for option in question.options
        if begun and any(label.casefold().startswith(begun) for label in (option.label.sv, option.label.en))
    ]
    return _value(question, fitting[0].value, said_beside(rest)) if len(fitting) == 1 else None


def _free_text(question: Question, text: str) -> Answer | None:
    if is_phrase(text, _EVERY_YES):
        return None
    if text in NOTHING_TO_SAY or is_phrase(text, NOTHING_TO_SAY):
        return Answer(question_id=question.question_id, kind=AnswerKind.NOT_APPLICABLE)
    return _value(question, text)


def _number(question: Question, text: str, language: Language) -> Answer | Misfit | None:
    no = starts_with(text, {*_EVERY_NO, *_none_labels(question)})
    if no and question.answer_type is not AnswerType.PERCENT:
        return _value(question, "0", said_beside(no.rest)) if no.is_all or no.is_set_apart else None
    yes = starts_with(text, _EVERY_YES)
    if yes and yes.is_all:
        return Misfit(question_id=question.question_id, text_key="checklist.misfit.how_many")
    reading = read_number(said_beside(yes.rest) or "" if yes else text, language)
    if reading is None:
        return None
    return _within(question, reading, language)


def _none_labels(question: Question) -> frozenset[str]:
    return frozenset((question.none.sv.casefold(), question.none.en.casefold())) if question.none else frozenset()


def _within(question: Question, reading: Reading, language: Language) -> Answer | Misfit | None:
    kind, number = question.answer_type, reading.number
    most = question.most or {AnswerType.PERCENT: _MOST_PERCENT, AnswerType.KRONOR: _MOST_KRONOR}.get(kind, _MOST_COUNT)
    if _is_odd(kind, reading) or _goes_on_as_number(reading.rest, language):
        return None
    if number > most:
        values = {"most": plain_number(most)}
        return Misfit(question_id=question.question_id, text_key="checklist.misfit.too_much", values=values)
    unit = starts_with(reading.rest, _UNITS[kind])
    return _value(question, plain_number(number), said_beside(unit.rest if unit else reading.rest))


def _is_odd(kind: AnswerType, reading: Reading) -> bool:
    places = -int(reading.number.as_tuple().exponent)
    most_places = {AnswerType.NUMBER: 0, AnswerType.KRONOR: 2, AnswerType.PERCENT: 2}[kind]
    foreign = [unit for other, units in _UNITS.items() if other is not kind for unit in units]
    too_fine = places > most_places and reading.number != round(reading.number, most_places)
    return too_fine or starts_with(reading.rest, foreign) is not None


def _goes_on_as_number(rest: str, language: Language) -> bool:
    words = rest.strip()
    if words[:1] in {"-", "–", "/"} and words[1:].strip()[:1].isdigit():
        return True
    joint = starts_with(words, ("eller", "till", "or", "to"))
    return (joint is not None and read_number(joint.rest, language) is not None) or words[:1].isdigit()


def _value(question: Question, value: str, note: str | None = None) -> Answer:
    return Answer(question_id=question.question_id, value=value, note=note)


def _misfit(question: Question, language: Language) -> Misfit:
    values: dict[str, str] = {}
    if question.answer_type is AnswerType.CHOICE:
        labels = (option.label.in_language(language) for option in question.options)
        values["options"] = ", ".join(f"{place} {label}" for place, label in enumerate(labels, start=1))
    return Misfit(question_id=question.question_id, text_key=_MISFITS[question.answer_type], values=values)
