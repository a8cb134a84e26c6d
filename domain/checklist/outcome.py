"""What the answers of a session lead to: proposed deviations, things to do, and whether it can be handed in."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from domain.checklist.answer import NO, PARTLY, Answer, AnswerKind
from domain.checklist.template import (
    TODO_WORKING_DAYS,
    AnswerType,
    DeviationRule,
    Question,
    TodoKind,
)
from domain.deviation import Severity
from domain.people import Language

LOWEST_GREEN_GRADE: Final = 3
"""A grade below this keeps a session from being accepted by itself."""
_UNIT: Final[Mapping[AnswerType, str]] = {AnswerType.KRONOR: "\u00a0kr", AnswerType.PERCENT: "\u00a0%"}
_QUIET = frozenset({TodoKind.IMPROVEMENT, TodoKind.REMARK})
"""Things written down that ask nothing of anybody."""


class StatusLight(StrEnum):
    """The colour of one session. Grey, not followed up, belongs to contracts without any."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationProposal:
    """A deviation an answer proposes. Nothing is opened until a person confirms it."""

    question_id: str
    type: str
    severity: Severity
    """Before any class factor."""
    text: str
    """The question, the answer and what was said beside it; for `by_text` only what was written."""
    by_text: bool = False
    """Type and severity are to be read from the text, which may hold several; these stand otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """Something an answer asks somebody to do."""

    question_id: str
    kind: TodoKind
    working_days: int
    text: str
    """The question, the answer and what was said beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Why a session cannot be handed in yet."""

    question_ids: tuple[str, ...]
    text_key: str
    values: Mapping[str, str]


def proposals(
    questions: Sequence[Question],
    answers: Mapping[str, Answer],
    language: Language = Language.SV,
    *,
    seen_before: Collection[str] = (),
) -> tuple[DeviationProposal, ...]:
    """The deviations to propose, at most one for each question, in the questions' order.

    `seen_before` holds types already registered on the contract, for rules that weigh a second time more.
    """
    return tuple(_proposals(questions, answers, language, seen_before))


def todos(
    questions: Sequence[Question],
    answers: Mapping[str, Answer],
    language: Language = Language.SV,
) -> tuple[Todo, ...]:
    """Everything to do beside the deviations, in the questions' order."""
    return tuple(_todos(questions, answers, language))


def wants_help(questions: Sequence[Question], answers: Mapping[str, Answer]) -> bool:
    """Whether the controller is asked to get in touch (PU6)."""
    return any(todo.kind is TodoKind.HELP for todo in _todos(questions, answers, Language.SV))


def missing(
    questions: Sequence[Question],
    answers: Mapping[str, Answer],
    language: Language = Language.SV,
) -> tuple[Missing, ...]:
    """Everything that keeps the session from being handed in; empty when nothing does."""
    return tuple(_missing(questions, answers, language))


def is_complete(questions: Sequence[Question], answers: Mapping[str, Answer]) -> bool:
    """Whether the session can be handed in; `missing` says why not."""
    return not missing(questions, answers)


def light_of(questions: Sequence[Question], answers: Mapping[str, Answer]) -> StatusLight:
    """Red when something serious is proposed, yellow when anything asks for attention, green otherwise."""
    found = proposals(questions, answers)
    if any(proposal.severity.rank >= Severity.SERIOUS.rank for proposal in found):
        return StatusLight.RED
    asks_for_something = any(todo.kind not in _QUIET for todo in todos(questions, answers))
    if found or asks_for_something or any(map(_is_low, _graded(questions, answers))):
        return StatusLight.YELLOW
    return StatusLight.GREEN


def is_green(questions: Sequence[Question], answers: Mapping[str, Answer]) -> bool:
    """Whether the session may be accepted by itself where the class allows it: green, and nothing left unsaid."""
    mine = [answers.get(question.question_id) for question in questions]
    known = {AnswerKind.VALUE, AnswerKind.NOT_APPLICABLE}
    return all(answer and answer.kind in known for answer in mine) and light_of(questions, answers) is StatusLight.GREEN


def answer_words(question: Question, answer: Answer, language: Language) -> str | None:
    """The value in words, such as `Delvis`, `3` or `18 400`; None where there is no value to say."""
    if answer.kind is not AnswerKind.VALUE or answer.value is None:
        return None
    option = question.option(answer.value)
    if option:
        return option.label.in_language(language)
    number = answer.number
    if not question.answer_type.is_number or number is None:
        return answer.value
    if not number and question.none:
        return question.none.in_language(language)
    return _said(number, language) + _UNIT.get(question.answer_type, "")


def _said(number: Decimal, language: Language) -> str:
    text = f"{number:,f}"
    return text.replace(",", "\u00a0").replace(".", ",") if language is Language.SV else text


def _proposals(
    questions: Sequence[Question],
    answers: Mapping[str, Answer],
    language: Language,
    seen_before: Collection[str],
) -> Iterator[DeviationProposal]:
    for question in questions:
        answer = answers.get(question.question_id)
        if answer is None:
            continue
        matching = [
            (rule, _severity(rule, answer, seen_before)) for rule in question.deviations if _bears_on(rule, answer)
        ]
        if not matching:
            continue
        rule, severity = max(matching, key=lambda found: found[1].rank)
        written = answer.value if question.answer_type is AnswerType.TEXT else answer.note
        words = (written or "") if rule.by_text else ""
        yield DeviationProposal(
            question_id=question.question_id,
            type=rule.type,
            severity=severity,
            text=words or _sentence(question, answer, language),
            by_text=bool(words),
        )


def _bears_on(rule: DeviationRule, answer: Answer) -> bool:
    return rule.match.holds(answer) or (_is_partly(answer) and NO in rule.match.values)


def _severity(rule: DeviationRule, answer: Answer, seen_before: Collection[str]) -> Severity:
    severity = rule.again if rule.again and rule.type in seen_before else rule.severity
    # There is nothing below minor, and it should still be noted: three of them weigh as one moderate.
    return tuple(Severity)[max(0, severity.rank - 1)] if _is_partly(answer) else severity


def _is_partly(answer: Answer) -> bool:
    return answer.kind is AnswerKind.VALUE and answer.value == PARTLY


def _todos(questions: Sequence[Question], answers: Mapping[str, Answer], language: Language) -> Iterator[Todo]:
    for question in questions:
        answer = answers.get(question.question_id)
        if answer is None:
            continue
        text = _sentence(question, answer, language)
        if answer.kind is AnswerKind.DONT_KNOW and _could_be_serious(question):
            yield Todo(
                question_id=question.question_id,
                kind=TodoKind.FIND_OUT,
                working_days=TODO_WORKING_DAYS,
                text=text,
            )
        for rule in question.todos:
            if rule.match.holds(answer):
                yield Todo(
                    question_id=question.question_id,
                    kind=rule.kind,
                    working_days=rule.working_days,
                    text=text,
                )


def _could_be_serious(question: Question) -> bool:
    # Thresholds on numbers do not count: the plain bad answer decides.
    return any(rule.match.values and rule.severity.rank >= Severity.SERIOUS.rank for rule in question.deviations)


def _missing(questions: Sequence[Question], answers: Mapping[str, Answer], language: Language) -> Iterator[Missing]:
    numbered = {question.question_id: number for number, question in enumerate(questions, start=1)}
    without = tuple(question_id for question_id in numbered if question_id not in answers)
    if without:
        key = "checklist.missing.one" if len(without) == 1 else "checklist.missing.other"
        numbers = _listed([str(numbered[question_id]) for question_id in without], language)
        yield Missing(question_ids=without, text_key=key, values={"numbers": numbers})
    for question in questions:
        answer = answers.get(question.question_id)
        if question.incomplete is None or answer is None:
            continue
        if answer.kind is AnswerKind.SKIPPED or question.incomplete.match.holds(answer):
            number = str(numbered[question.question_id])
            reason = question.incomplete.reason.in_language(language)
            yield Missing(
                question_ids=(question.question_id,),
                text_key="checklist.missing.reason",
                values={"number": number, "reason": reason},
            )
    if not without and all(answers[question_id].kind is AnswerKind.SKIPPED for question_id in numbered):
        yield Missing(question_ids=tuple(numbered), text_key="checklist.missing.nothing", values={})


def _sentence(question: Question, answer: Answer, language: Language) -> str:
    said = ", ".join(part for part in (answer_words(question, answer, language), answer.note) if part)
    ending = "" if said.endswith((".", "!", "?")) or not said else "."
    return f"{question.text.in_language(language)} {said}{ending}".strip()


def _graded(questions: Sequence[Question], answers: Mapping[str, Answer]) -> Iterator[Decimal]:
    for question in questions:
        answer = answers.get(question.question_id)
        if question.answer_type is AnswerType.GRADE and answer and answer.number is not None:
            yield answer.number


def _is_low(grade: Decimal) -> bool:
    return grade < LOWEST_GREEN_GRADE


def _listed(items: Sequence[str], language: Language) -> str:
    joint = "and" if language is Language.EN else "och"
    return f"{', '.join(items[:-1])} {joint} {items[-1]}" if len(items) > 1 else "".join(items)
