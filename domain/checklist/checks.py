"""What must hold for a checklist template beyond its shape: good answers spelled out, conditions that can come true."""

import re
from typing import Final

from domain.checklist.answer import NO
from domain.checklist.template import GRADES, AnswerType, Question, Template
from domain.rules.reading import TableReader

PLACEHOLDERS: Final = frozenset({"controller", "criteria"})
"""What a question may mention: the controller's name and what the supplier was awarded points for."""
SAMPLE_PLACEHOLDERS: Final = frozenset({"invoices", "percent", "most"})
_ID = re.compile(r"[A-Z]{2}\d{1,2}[A-Z]?")
"""Five characters at most, which leaves room for a row in the sixteen an answer's key has."""


def check_question(reader: TableReader, question: Question) -> None:
    """Note what is wrong with one question as faults of `reader`."""
    if not _ID.fullmatch(question.question_id):
        reader.fault("id", f"{question.question_id!r} is not a module's letters and a number, such as LK3")
    _check_placeholders(reader, question)
    _check_good_answer(reader, question)
    _check_values(reader, question)
    if question.answer_type is AnswerType.CHOICE and len({option.value for option in question.options}) < 2:  # noqa: PLR2004
        reader.fault("options", "must be at least two, each with a code of its own")
    if question.none and question.answer_type is not AnswerType.NUMBER:
        reader.fault("none", "only a TAL has a good zero to spell out")
    if question.none and not question.number_label:
        reader.fault("number_label", "must say what the number is, beside the zero that is spelled out")


def check_whole(reader: TableReader, template: Template) -> None:
    """Note what can only be seen with all questions side by side."""
    ids = [question.question_id for question in template.questions]
    for question_id in sorted({known for known in ids if ids.count(known) > 1}):
        reader.fault("questions", f"{question_id} is there more than once")
    for name, wanted in template.subsets.items():
        for question_id in wanted:
            if question_id not in ids:
                reader.fault(f"subsets.{name}", f"there is no question {question_id}")
    for place, question in enumerate(template.questions):
        _check_condition(reader, template, place, question)
    named = set(
        re.findall(r"{(\w*)}", f"{template.preparation.sv}{template.preparation.en}" if template.preparation else "")
    )
    if named and (template.sample is None or named - SAMPLE_PLACEHOLDERS):
        reader.fault("preparation", "may only mention the numbers of the sample")


def _check_condition(reader: TableReader, template: Template, place: int, question: Question) -> None:
    if question.asked_when is None:
        return
    key = f"questions[{place}].asked_when"
    parent = next((q for q in template.questions[:place] if q.question_id == question.asked_when.question_id), None)
    if parent is None:
        reader.fault(key, f"{question.asked_when.question_id} is not an earlier question")
        return
    known = {option.value for option in parent.options} or set(GRADES)
    for value in sorted(question.asked_when.match.values - known):
        reader.fault(key, f"no answer to {parent.question_id} is {value!r}")


def _check_placeholders(reader: TableReader, question: Question) -> None:
    for language, text in (("sv", question.text.sv), ("en", question.text.en)):
        named = set(re.findall(r"{(\w*)}", text))
        for name in sorted(named - PLACEHOLDERS):
            reader.fault(f"text.{language}", f"mentions {{{name}}}, which no session knows")
        if named and not question.text_unknown:
            reader.fault("text_unknown", "must be there for when what the text mentions is not known")


def _check_good_answer(reader: TableReader, question: Question) -> None:
    no = question.option(NO)
    if question.answer_type is AnswerType.YES_NO and question.has_bad_yes and no and no.label.sv == "Nej":
        reader.fault("no", "must spell out the good answer where Ja is the bad one")


def _check_values(reader: TableReader, question: Question) -> None:
    known = {option.value for option in question.options}
    if not known:
        return
    matches = [("deviations", rule.match) for rule in question.deviations]
    matches += [("todos", rule.match) for rule in question.todos]
    for key, match in matches:
        for value in sorted(match.values - known):
            reader.fault(key, f"no answer is {value!r}")
