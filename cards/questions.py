"""Answers about many, made ready for their card: title, filter, scope and what to say when there is nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cards.pen import class_name
from cards.texts import Texts, plain
from cards.views import AnswerRow, AnswerView
from domain.contract import ContractClass
from domain.people import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked, by whom as far as rights go, and what it was narrowed to."""

    name: str
    """`late`, `deviations`, `decisions`, `expiring`, `unclassified`, `without_owner` or `contracts`."""
    as_of: datetime
    is_own: bool
    has_contracts: bool
    contract_class: ContractClass | None = None
    about: str | None = None
    since: date | None = None
    until: date | None = None


def question_view(
    question: Question,
    rows: Sequence[AnswerRow],
    language: Language,
    *,
    count: int,
    first: int,
    more_subject: str | None,
    classes: Mapping[ContractClass | None, int] | None = None,
) -> AnswerView:
    """The view of `rows`, which begin with number `first` of `count`. `classes` are counts to work off one by one."""
    texts = Texts(language)
    notes = []
    if question.is_own and question.has_contracts:
        notes.append(texts("answers.only_yours"))
    if classes and len(classes) > 1:
        notes.append(_by_class(classes, texts))
    is_empty_handed = question.is_own and not question.has_contracts and not count
    empty = "questions.none_yours" if is_empty_handed else f"questions.{question.name}.empty"
    return AnswerView(
        title=_about_days(f"questions.{question.name}.title", question, texts),
        filter_line=_filter(question, texts),
        count=count,
        as_of=question.as_of,
        rows=tuple(rows),
        first=first,
        more_subject=more_subject,
        note=" ".join(notes) or None,
        empty=texts(empty) if texts.knows(empty) else None,
    )


def not_found_text(about: str, language: Language, *, is_own: bool) -> str:
    """No such contract, or none that is the asker's to see: the two are told apart to nobody."""
    key = "questions.contract.not_found_own" if is_own else "questions.contract.not_found"
    return Texts(language)(key, about=plain(about, most=80))


def _filter(question: Question, texts: Texts) -> str:
    parts = [
        _about_days(f"questions.{question.name}.filter", question, texts),
        texts("questions.scope.own" if question.is_own else "questions.scope.all"),
    ]
    if question.contract_class is not None:
        parts.append(texts("questions.scope.class", **{"class": class_name(texts, question.contract_class)}))
    if question.about and question.name != "contracts":
        parts.append(texts("questions.scope.about", about=question.about[:80]))
    return ", ".join(parts)


def _about_days(key: str, question: Question, texts: Texts) -> str:
    since = texts.day(question.since) if question.since else ""
    until = texts.day(question.until) if question.until else ""
    return texts(key, since=since, until=until, about=(question.about or "")[:80])


def _by_class(classes: Mapping[ContractClass | None, int], texts: Texts) -> str:
    counted = [
        texts("questions.decisions.class_count", **{"class": class_name(texts, code)}, count=classes[code])
        for code in (*ContractClass, None)
        if classes.get(code)
    ]
    return texts("questions.decisions.classes", classes=", ".join(counted))
