"""Reads a checklist template (`rulebook/checklists/*.toml`) and names every fault in it at once.

A question has `id`, `type` (domain.md 6.1), `text`, `why` and, where it needs them:

- `min_class`: asked for that class and above; everybody else is spared it;
- `text_unknown`: said instead of a `text` with `{controller}` or `{criteria}` when that is not known, and of one
  that is asked for each of several `rows` when no row is known;
- `options`: the codes and labels of a `VAL`; `no`: the good answer spelled out where *Ja* is the bad one;
- `none`, `number_label`: the good zero of a number spelled out, and the words by its field; `most`: its upper bound;
- `note`: a number or some words asked beside the value;
- `rows`: asked once for each row of a list the session knows;
- `asked_when`: only after such an answer to an earlier `question`;
- `deviations`, `todos`, `incomplete`: what an answer proposes, leads to, or stands in the way of.

An answer is matched by `values`, by `at_least`, `above` and `at_most`, or by `answered = true`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from domain.checklist.answer import NO, PARTLY
from domain.checklist.checks import check_question, check_whole
from domain.checklist.template import (
    STANDARD_OPTIONS,
    TODO_WORKING_DAYS,
    AnswerType,
    Condition,
    DeviationRule,
    Incomplete,
    Match,
    Note,
    Option,
    Question,
    Sample,
    Template,
    TodoKind,
    TodoRule,
)
from domain.contract import ContractClass
from domain.deviation import Severity
from domain.errors import RuleBookInvalid
from domain.rules.reading import TableReader, Words

_TYPE = re.compile(r"[A-Z]{2,4}_[A-Z_]*[A-Z]")


def parse_template(file_name: str, table: Mapping[str, object]) -> Template:
    """The template in a parsed TOML table.

    Raises RuleBookInvalid with every fault, each named by file and key.
    """
    faults: list[str] = []
    reader = TableReader(file=file_name, path="", table=table, faults=faults)
    template = _template(reader)
    check_whole(reader, template)
    if faults:
        raise RuleBookInvalid(tuple(faults))
    return template


def _template(reader: TableReader) -> Template:
    module = reader.text("module")
    source = reader.text("source")
    sample = _sample(reader.inner("sample")) if reader.has("sample") else None
    preparation = reader.words("preparation") if reader.has("preparation") else None
    subsets = {}
    if reader.has("subsets"):
        table = reader.inner("subsets")
        subsets = {name: table.texts(name) for name in table.table}
    template = Template(
        module=module,
        version=reader.whole("version", at_least=1),
        title=reader.words("title"),
        questions=_with_page_ends(
            tuple(_QuestionReader(reader=inner).read(module, source) for inner in reader.inners("questions")),
        ),
        source=source,
        subsets=subsets,
        preparation=preparation,
        sample=sample,
    )
    reader.end()
    return template


def _with_page_ends(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    follows = {
        before.question_id
        for before, after in pairwise(questions)
        if after.asked_when and after.asked_when.question_id == before.question_id
    }
    return tuple(replace(question, ends_page=question.question_id in follows) for question in questions)


def _sample(reader: TableReader) -> Sample:
    sample = Sample(
        invoices=reader.whole("invoices", at_least=1),
        percent=reader.whole("percent", at_least=0, at_most=100),
        most=reader.whole("most", at_least=1),
    )
    reader.end()
    return sample


@dataclass(frozen=True, slots=True, kw_only=True)
class _QuestionReader:
    """Reads one question; its faults are named by its place in the file."""

    reader: TableReader

    def read(self, module: str, source: str) -> Question:
        reader = self.reader
        question_id = reader.text("id")
        answer_type = reader.choice("type", AnswerType)
        question = Question(
            question_id=question_id,
            module=module,
            answer_type=answer_type,
            text=reader.words("text"),
            text_unknown=self._maybe_words("text_unknown"),
            why=reader.words("why"),
            source=reader.text("source") if reader.has("source") else f"{source}, {question_id}",
            options=self._options(answer_type),
            min_class=reader.choice("min_class", ContractClass) if reader.has("min_class") else ContractClass.LOW,
            note=self._note(),
            number_label=self._maybe_words("number_label"),
            none=self._maybe_words("none"),
            rows=reader.text("rows") if reader.has("rows") else None,
            most=_decimal(reader, "most"),
            asked_when=self._condition(),
            deviations=tuple(_deviation(inner) for inner in self._inners("deviations")),
            todos=tuple(_todo(inner) for inner in self._inners("todos")),
            incomplete=self._incomplete(),
        )
        reader.end()
        check_question(reader, question)
        return question

    def _maybe_words(self, key: str) -> Words | None:
        return self.reader.words(key) if self.reader.has(key) else None

    def _inners(self, key: str) -> tuple[TableReader, ...]:
        return self.reader.inners(key) if self.reader.has(key) else ()

    def _options(self, answer_type: AnswerType) -> tuple[Option, ...]:
        if answer_type is AnswerType.CHOICE:
            return tuple(_option(inner) for inner in self.reader.inners("options"))
        spelled_out = self._maybe_words("no")
        return tuple(
            Option(value=option.value, label=spelled_out if spelled_out and option.value == NO else option.label)
            for option in STANDARD_OPTIONS.get(answer_type, ())
        )

    def _note(self) -> Note | None:
        if not self.reader.has("note"):
            return None
        inner = self.reader.inner("note")
        note = Note(answer_type=inner.choice("type", AnswerType), label=inner.words("label"))
        if note.answer_type not in {AnswerType.NUMBER, AnswerType.TEXT}:
            inner.fault("type", "a note is TAL or TXT")
        inner.end()
        return note

    def _condition(self) -> Condition | None:
        if not self.reader.has("asked_when"):
            return None
        inner = self.reader.inner("asked_when")
        condition = Condition(question_id=inner.text("question"), match=_match(inner))
        inner.end()
        return condition

    def _incomplete(self) -> Incomplete | None:
        if not self.reader.has("incomplete"):
            return None
        inner = self.reader.inner("incomplete")
        incomplete = Incomplete(match=_match(inner), reason=inner.words("reason"))
        inner.end()
        return incomplete


def _option(reader: TableReader) -> Option:
    option = Option(value=reader.text("code"), label=reader.words("label"))
    reader.end()
    return option


def _deviation(reader: TableReader) -> DeviationRule:
    rule = DeviationRule(
        match=_match(reader),
        type=reader.text("type"),
        severity=reader.choice("severity", Severity),
        by_text=reader.is_set("by_text"),
        again=reader.choice("again", Severity) if reader.has("again") else None,
    )
    if not _TYPE.fullmatch(rule.type):
        reader.fault("type", "must be a code such as LEV_SEN")
    if PARTLY in rule.match.values:
        reader.fault("values", "partly follows from no, one severity lower")
    reader.end()
    return rule


def _todo(reader: TableReader) -> TodoRule:
    days = reader.maybe_whole("working_days", at_least=0)
    rule = TodoRule(
        match=_match(reader),
        kind=reader.choice("kind", TodoKind),
        working_days=TODO_WORKING_DAYS if days is None else days,
    )
    reader.end()
    return rule


def _match(reader: TableReader) -> Match:
    match = Match(
        values=frozenset(reader.texts("values")) if reader.has("values") else frozenset(),
        at_least=_decimal(reader, "at_least"),
        above=_decimal(reader, "above"),
        at_most=_decimal(reader, "at_most"),
        answered=reader.is_set("answered"),
    )
    if match == Match():
        reader.fault("values", "must say which answers, by values, at_least, above, at_most or answered")
    return match


def _decimal(reader: TableReader, key: str) -> Decimal | None:
    return Decimal(str(reader.number(key, at_least=0))) if reader.has(key) else None
