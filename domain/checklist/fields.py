"""Reads the fields of a question on a card. They hold what was chosen or written there, and never more right than that."""

from collections.abc import Mapping

from domain.checklist.answer import YES, Answer, AnswerKind
from domain.checklist.template import Question
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
    if question.none and (own == YES or (note and not own)):
        own, note = note or YES, ""
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
