"""Which questions one session asks, in order, given the contract's class and what has been answered so far."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.checklist.answer import Answer, AnswerKind
from domain.checklist.template import Question, Template
from domain.contract import ContractClass
from domain.people import Language
from domain.rules.reading import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One of several things a question is asked about, such as an agreed action."""

    key: str
    """At most ten characters, unique in its list and the same next time the list is made."""
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the questions of a session may mention. Everything may be unknown."""

    controller_name: str | None = None
    award_criteria: tuple[str, ...] = ()
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """By list name: `agreed_actions` (PU3), `plan_requirements` (LK6)."""


_NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a session has come."""

    settled: int
    """Questions with an answer of any kind, skipped ones included."""
    total: int
    answered: int
    """Questions with an answer other than skipped."""


def questions_for(
    templates: Mapping[str, Template],
    modules: Sequence[str],
    contract_class: ContractClass | None,
    answers: Mapping[str, Answer],
    known: Known = _NOTHING_KNOWN,
) -> tuple[Question, ...]:
    """The session's questions in order; to be asked for again after every answer.

    A module may be `PF`, `PF:short` (a subset the template names) or `LK:LK8+LK9` (those questions). What an
    included question leads to comes along. A module without a template is left out, since it does not exist yet.
    """
    wanted = contract_class or ContractClass.LOW
    found: dict[str, Question] = {}
    for spec in modules:
        module, _, subset = spec.partition(":")
        if module in templates:
            for question in _of_module(templates[module], subset, wanted, answers):
                found.setdefault(question.question_id, question)
    return tuple(row for question in found.values() for row in _rows(question, known))


def has_module(templates: Collection[str], spec: str) -> bool:
    """Whether the module of `PF:short` has a checklist."""
    return spec.partition(":")[0] in templates


def progress(questions: Sequence[Question], answers: Mapping[str, Answer]) -> Progress:
    mine = [answers[question.question_id] for question in questions if question.question_id in answers]
    return Progress(
        settled=len(mine),
        total=len(questions),
        answered=sum(answer.kind is not AnswerKind.SKIPPED for answer in mine),
    )


def first_unanswered(questions: Sequence[Question], answers: Mapping[str, Answer]) -> Question | None:
    """The first question without an answer of any kind; a skipped one has been dealt with."""
    return next((question for question in questions if question.question_id not in answers), None)


def position_of(questions: Sequence[Question], question_id: str) -> int | None:
    """The number people know the question by in this session, from 1."""
    ids = [question.question_id for question in questions]
    return ids.index(question_id) + 1 if question_id in ids else None


def preparation(templates: Mapping[str, Template], modules: Sequence[str], language: Language) -> tuple[str, ...]:
    """What to have at hand before the session, a sentence or two for each module that needs it."""
    found = (templates.get(spec.partition(":")[0]) for spec in modules)
    return tuple(
        dict.fromkeys(_prepared(template, language) for template in found if template and template.preparation)
    )


def _prepared(template: Template, language: Language) -> str:
    text = template.preparation.in_language(language) if template.preparation else ""
    sample = template.sample
    return text.format(invoices=sample.invoices, percent=sample.percent, most=sample.most) if sample else text


def _of_module(
    template: Template,
    subset: str,
    wanted: ContractClass,
    answers: Mapping[str, Answer],
) -> Iterator[Question]:
    chosen = _chosen(template, subset)
    for question in template.questions:
        if question.question_id in chosen and _is_for(question, wanted) and _is_due(question, answers):
            yield question


def _chosen(template: Template, subset: str) -> set[str]:
    if not subset:
        return {question.question_id for question in template.questions}
    chosen = set(template.subsets.get(subset, subset.split("+")))
    for question in template.questions:
        if question.asked_when and question.asked_when.question_id in chosen:
            chosen.add(question.question_id)
    return chosen


def _is_for(question: Question, wanted: ContractClass) -> bool:
    by_weight = tuple(ContractClass)
    return by_weight.index(wanted) <= by_weight.index(question.min_class)


def _is_due(question: Question, answers: Mapping[str, Answer]) -> bool:
    condition = question.asked_when
    return condition is None or condition.match.holds(answers.get(condition.question_id))


def _rows(question: Question, known: Known) -> Iterator[Question]:
    filled = replace(question, text=_filled(question, known))
    rows = known.rows.get(question.rows or "", ())
    if not rows:
        yield replace(filled, text=question.text_unknown) if question.rows and question.text_unknown else filled
    for row in rows:
        text = Words(sv=f"{filled.text.sv} {row.label}", en=f"{filled.text.en} {row.label}")
        yield replace(filled, question_id=f"{question.question_id}:{row.key}", text=text)


def _filled(question: Question, known: Known) -> Words:
    values = {"controller": known.controller_name or "", "criteria": ""}
    texts = []
    for template, unknown, joint in (
        (question.text.sv, question.text_unknown.sv if question.text_unknown else "", "och"),
        (question.text.en, question.text_unknown.en if question.text_unknown else "", "and"),
    ):
        values["criteria"] = _listed(known.award_criteria, joint)
        named = [name for name in values if f"{{{name}}}" in template]
        texts.append(unknown if any(not values[name] for name in named) else _put(template, values))
    return Words(sv=texts[0], en=texts[1])


def _put(template: str, values: Mapping[str, str]) -> str:
    # Not str.format: names come from a register and may hold braces.
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def _listed(items: Sequence[str], joint: str) -> str:
    return f"{', '.join(items[:-1])} {joint} {items[-1]}" if len(items) > 1 else "".join(items)
