"""A checklist module as the rule book writes it: its questions, when they are asked and what bad answers propose."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from domain.checklist.answer import NO, PARTLY, YES, Answer, AnswerKind
from domain.contract import ContractClass
from domain.deviation import Severity
from domain.rules.reading import Words

GRADES: Final = ("1", "2", "3", "4", "5")
TODO_WORKING_DAYS: Final = 10
"""Time for *ta reda på* (domain.md 6.1), and for any other to-do that names no time of its own."""


class AnswerType(StrEnum):
    """The answer types of domain.md 6.1 that exist so far."""

    YES_NO = "JN"
    YES_PARTLY_NO = "JDN"
    GRADE = "B5"
    NUMBER = "TAL"
    KRONOR = "KR"
    PERCENT = "PROC"
    CHOICE = "VAL"
    TEXT = "TXT"

    @property
    def is_number(self) -> bool:
        return self in {AnswerType.NUMBER, AnswerType.KRONOR, AnswerType.PERCENT}


class TodoKind(StrEnum):
    """What an answer may lead to beside a deviation."""

    FIND_OUT = "find_out"
    """Somebody answered *vet inte* where a bad answer would have been serious."""
    STEP_UP = "step_up"
    """What was agreed has not been done: propose the next step of the supplier ladder."""
    ASK_PROCUREMENT = "ask_procurement"
    HELP = "help"
    """The controller is asked to get in touch."""
    TELL_OWNER = "tell_owner"
    IMPROVEMENT = "improvement"
    REMARK = "remark"
    RECOVERY_CLAIM = "recovery_claim"
    CEILING_ALARM = "ceiling_alarm"
    SITE_VISIT = "site_visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Which answers a rule is about."""

    values: frozenset[str] = frozenset()
    at_least: Decimal | None = None
    above: Decimal | None = None
    at_most: Decimal | None = None
    answered: bool = False
    """Any value at all, such as a text that was written."""

    def holds(self, answer: Answer | None) -> bool:
        """Whether `answer` is one of them; *vet inte*, *ej aktuellt* and skipped never are."""
        if answer is None or answer.kind is not AnswerKind.VALUE or answer.value is None:
            return False
        if self.answered or answer.value in self.values:
            return True
        number = answer.number
        if number is None or (self.at_least is None and self.above is None and self.at_most is None):
            return False
        return (
            (self.at_least is None or number >= self.at_least)
            and (self.above is None or number > self.above)
            and (self.at_most is None or number <= self.at_most)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the answers a choice offers."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is asked beside the value: a number or some words. Anything may be written."""

    answer_type: AnswerType
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Asked only after such an answer to an earlier question."""

    question_id: str
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationRule:
    """The deviation an answer proposes. *Delvis* proposes one severity lower than *Nej* (domain.md 6.1)."""

    match: Match
    type: str
    severity: Severity
    by_text: bool = False
    """Type and severity are to be read from what was written; these stand when the words do not say."""
    again: Severity | None = None
    """The severity when the same type has been registered on the contract before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoRule:
    """Something to do after an answer, within so many working days."""

    match: Match
    kind: TodoKind
    working_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomplete:
    """An answer with which the session cannot be handed in, and why."""

    match: Match
    reason: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. `text` may hold `{controller}` or `{criteria}` until `questions_for` has filled it."""

    question_id: str
    module: str
    answer_type: AnswerType
    text: Words
    why: Words
    """Why we ask, in a sentence or two."""
    source: str
    text_unknown: Words | None = None
    """Instead of `text` when what it mentions is not known."""
    options: tuple[Option, ...] = ()
    """The answers of a yes/no question, a grade or a choice, in the order they are shown."""
    min_class: ContractClass = ContractClass.LOW
    note: Note | None = None
    number_label: Words | None = None
    """What stands by the number's field where the question asks for more than the number."""
    none: Words | None = None
    """For a number whose good answer is zero: that answer spelled out, such as *Nej, inget sådant*."""
    rows: str | None = None
    """Asked once for each row of this list, when there is one."""
    most: Decimal | None = None
    asked_when: Condition | None = None
    deviations: tuple[DeviationRule, ...] = ()
    todos: tuple[TodoRule, ...] = ()
    incomplete: Incomplete | None = None
    ends_page: bool = False
    """The question after it is only asked after certain answers to it, so nothing else stands below it."""

    @property
    def has_bad_yes(self) -> bool:
        """Whether *Ja* proposes a deviation. Then the good answer is spelled out and never stands first."""
        return any(YES in rule.match.values for rule in self.deviations) or self.none is not None

    def option(self, value: str | None) -> Option | None:
        return next((option for option in self.options if option.value == value), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How much to look at: a number or a share, whichever is larger, but not more than `most`."""

    invoices: int
    percent: int
    most: int

    def size(self, invoice_count: int) -> int:
        """How many of `invoice_count` invoices to check; all of them when they are few."""
        share = -(-invoice_count * self.percent // 100)
        return min(max(self.invoices, share), self.most, invoice_count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One version of one module. Never changed once a session has run under it."""

    module: str
    version: int
    title: Words
    questions: tuple[Question, ...]
    source: str
    subsets: Mapping[str, tuple[str, ...]]
    """Shorter forms by name, such as `short` for `PF:short`."""
    preparation: Words | None = None
    sample: Sample | None = None

    def question(self, question_id: str) -> Question | None:
        return next((question for question in self.questions if question.question_id == question_id), None)


STANDARD_OPTIONS: Final = {
    AnswerType.YES_NO: (
        Option(value=YES, label=Words(sv="Ja", en="Yes")),
        Option(value=NO, label=Words(sv="Nej", en="No")),
    ),
    AnswerType.YES_PARTLY_NO: (
        Option(value=YES, label=Words(sv="Ja", en="Yes")),
        Option(value=PARTLY, label=Words(sv="Delvis", en="Partly")),
        Option(value=NO, label=Words(sv="Nej", en="No")),
    ),
    AnswerType.GRADE: (
        Option(value="1", label=Words(sv="1 – Mycket dåligt", en="1 – Very poor")),
        Option(value="2", label=Words(sv="2 – Dåligt", en="2 – Poor")),
        Option(value="3", label=Words(sv="3 – Godtagbart", en="3 – Acceptable")),
        Option(value="4", label=Words(sv="4 – Bra", en="4 – Good")),
        Option(value="5", label=Words(sv="5 – Mycket bra", en="5 – Very good")),
    ),
}
"""The answers every question of the type offers, beside *Vet inte* and *Ej aktuellt*."""
