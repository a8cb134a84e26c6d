"""The questions of a session one to three at a time, so that a card fits a phone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from domain.checklist.answer import Answer
from domain.checklist.session import first_unanswered
from domain.checklist.template import AnswerType, Question

MOST_QUESTIONS: Final = 3
MOST_LINES: Final = 13
"""Radio buttons and fields a page may show before a phone has to scroll far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Questions shown together."""

    questions: tuple[Question, ...]
    first: int
    """The number of the first question in the session, from 1."""
    total: int
    """How many questions the session has as it stands."""
    number: int
    """The page's own number, from 1."""
    page_count: int

    @property
    def last(self) -> int:
        return self.first + len(self.questions) - 1

    def unanswered(self, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
        """Its questions that still have no answer of any kind; a typed answer goes to the first."""
        return tuple(question for question in self.questions if question.question_id not in answers)

    def holds(self, question_id: str) -> bool:
        return any(question.question_id == question_id for question in self.questions)


def page_of(questions: Sequence[Question], question_id: str | None, answers: Mapping[str, Answer]) -> Page:
    """The page with that question; without one, or when it is no longer asked, the one to go on with.

    That is the page of the first unanswered question, or the last page when all are answered.
    """
    found = pages(questions)
    for page in found:
        if question_id is not None and page.holds(question_id):
            return page
    ahead = first_unanswered(questions, answers)
    return next((page for page in found if ahead and page.holds(ahead.question_id)), found[-1])


def page_after(questions: Sequence[Question], page: Page, answers: Mapping[str, Answer]) -> Page | None:
    """Where *nästa* leads: the next page with something unanswered, from the start again if need be.

    None when everything is answered and the summary is next.
    """
    found = pages(questions)
    # By question rather than by number: an answer on the page may have brought a question in or taken one out.
    here = next((one.number for one in found if one.holds(page.questions[0].question_id)), 0)
    waiting = [one for one in found if one.unanswered(answers)]
    return next((one for one in waiting if one.number >= here), waiting[0] if waiting else None)


def page_before(questions: Sequence[Question], page: Page) -> Page | None:
    """Where *tillbaka* leads; None before the first page."""
    found = pages(questions)
    here = next((one.number for one in found if one.holds(page.questions[0].question_id)), 1)
    return found[here - 2] if here > 1 else None


def pages(questions: Sequence[Question]) -> tuple[Page, ...]:
    """All pages in order. Answering a page changes nothing before it; what an answer leads to joins it or comes after.

    Raises ValueError without questions: an activity without any has no session.
    """
    if not questions:
        message = "a session needs at least one question"
        raise ValueError(message)
    groups = list(_groups(questions))
    firsts = [sum(len(group) for group in groups[:place]) + 1 for place in range(len(groups))]
    return tuple(
        Page(questions=tuple(group), first=first, total=len(questions), number=number, page_count=len(groups))
        for number, (group, first) in enumerate(zip(groups, firsts, strict=True), start=1)
    )


def _groups(questions: Sequence[Question]) -> Iterator[list[Question]]:
    group: list[Question] = []
    for question in questions:
        if group and not _fits(group, question):
            yield group
            group = []
        group.append(question)
    yield group


def _fits(group: list[Question], question: Question) -> bool:
    last = group[-1]
    if question.asked_when and question.asked_when.question_id == last.question_id:
        return len(group) < MOST_QUESTIONS  # what an answer leads to stands beside it
    if last.ends_page:
        return False
    if AnswerType.TEXT in {last.answer_type, question.answer_type} or last.module != question.module:
        return False
    return len(group) < MOST_QUESTIONS and sum(map(_lines, group)) + _lines(question) <= MOST_LINES


def _lines(question: Question) -> int:
    # Every choice also offers *vet inte* and *ej aktuellt*.
    choices = len(question.options) + 2 if question.options else 2
    own = 5 if question.none else choices
    return own + (1 if question.note else 0)
