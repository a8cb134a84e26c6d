"""Reads the fields of a question on a card. They hold what was chosen or written there, and never more right than that."""

from collections.abc import Mapping

from domain.checklist.answer import NO, YES, Answer, AnswerKind
from domain.checklist.figures import read_number
from domain.checklist.template import AnswerType, Question
from domain.checklist.typed import Misfit, parse_answer, unusable
from domain.people import Language


def parse_fields(question: Question, inputs: Mapping[str, str], language: Language) -> Answer | Misfit | None:
    """The answer in a card's fields (`Field` names them); None when they were left empty.

    A field for the value may hold a code or anything that could be typed. The field *i stället* only counts when
    the value's own field is empty, since a radio button once chosen cannot be let go of.
    """
    own = inputs.get(question.question_id, "").strip()
    instead = inputs.get(Field.instead(question), "").strip()
    note = inputs.get(Field.note(question), "").strip()
    if instead == Field.ANSWERED_ABOVE:
        instead = ""
    if question.none and (own == YES or (note and not own)):
        own, note = note or YES, ""
    if note and _is_contradicted(question, own, note, language):
        return Misfit(question_id=question.question_id, text_key="checklist.misfit.either")
    chosen = own or instead
    if not chosen:
        return Misfit(question_id=question.question_id, text_key="checklist.misfit.only_note") if note else None
    fault = unusable(question, note) if note else None
    if fault:
        return fault
    answer = _coded(question, chosen) or parse_answer(question, chosen, language)
    if isinstance(answer, Misfit) or not note or answer.kind is AnswerKind.SKIPPED:
        return answer
    return Answer(question_id=answer.question_id, kind=answer.kind, value=answer.value, note=note)


class Field:
    """The ids of a question's fields on a card. The value's own field is the question's id."""

    ANSWERED_ABOVE = "answered_above"
    """The choice *i stället* that takes back another one."""

    @staticmethod
    def note(question: Question) -> str:
        return f"{question.question_id}_note"

    @staticmethod
    def instead(question: Question) -> str:
        """*Vet inte* or *Ej aktuellt* beside a field that is written in."""
        return f"{question.question_id}_instead"


def _coded(question: Question, chosen: str) -> Answer | None:
    if chosen in {AnswerKind.DONT_KNOW, AnswerKind.NOT_APPLICABLE, AnswerKind.SKIPPED}:
        return Answer(question_id=question.question_id, kind=AnswerKind(chosen))
    return Answer(question_id=question.question_id, value=chosen) if question.option(chosen) else None


def _is_contradicted(question: Question, own: str, note: str, language: Language) -> bool:
    # *Nej* and a number that says how many.
    counts = question.none is not None or (question.note is not None and question.note.answer_type is AnswerType.NUMBER)
    reading = read_number(note, language)
    return counts and own in {NO, "0"} and reading is not None and reading.number > 0
