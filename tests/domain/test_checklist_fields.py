"""The fields of a card give the same answers as typing does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checklist.answer import Answer, AnswerKind
from domain.checklist.fields import Field, parse_fields
from domain.checklist.template import Question
from domain.checklist.typed import Misfit
from domain.people import Language
from tests.support.checklists import question, templates


def read(question_id: str, **inputs: str) -> Answer | Misfit | None:
    """`own`, `note` and `instead` are the question's fields."""
    asked = question(question_id)
    names = {"own": question_id, "note": Field.note(asked), "instead": Field.instead(asked)}
    return parse_fields(asked, {names[name]: value for name, value in inputs.items()}, Language.SV)


def value(question_id: str, text: str, note: str | None = None) -> Answer:
    return Answer(question_id=question_id, value=text, note=note)


@pytest.mark.parametrize(
    ("question_id", "inputs", "expected"),
    [
        ("LK1", {"own": "partly"}, value("LK1", "partly")),
        ("LK1", {"own": "no", "note": "fel mopp"}, value("LK1", "no", "fel mopp")),
        ("PU1", {"own": "4"}, value("PU1", "4")),
        ("PU4", {"own": "yes", "note": "3 på Kinnaskolan"}, value("PU4", "yes", "3 på Kinnaskolan")),
        ("LK2", {"own": "seldom"}, value("LK2", "seldom")),
        ("LK3", {"own": "0"}, value("LK3", "0")),
        ("LK3", {"own": "yes", "note": "3"}, value("LK3", "3")),
        ("LK3", {"note": "3"}, value("LK3", "3")),
        ("LK3", {"own": "yes", "note": "3, i maj"}, value("LK3", "3", "i maj")),
        ("PF1", {"own": "10", "note": "kvartal 3"}, value("PF1", "10", "kvartal 3")),
        ("PF5", {"own": "18 400 kr"}, value("PF5", "18400")),
        ("PF9", {"own": "75,5 %"}, value("PF9", "75.5")),
        ("PU2", {"own": "Sent varje dag"}, value("PU2", "Sent varje dag")),
        ("PF9", {"own": "75", "instead": "dont_know"}, value("PF9", "75")),
        ("LK7", {"own": "dont_know"}, Answer(question_id="LK7", kind=AnswerKind.DONT_KNOW)),
        ("LK3", {"own": "not_applicable"}, Answer(question_id="LK3", kind=AnswerKind.NOT_APPLICABLE)),
        ("PF9", {"own": "", "instead": "not_applicable"}, Answer(question_id="PF9", kind=AnswerKind.NOT_APPLICABLE)),
        ("PF9", {"own": "vet inte"}, Answer(question_id="PF9", kind=AnswerKind.DONT_KNOW)),
        ("PF9", {"own": "", "instead": "answered_above"}, None),
        ("LK1", {}, None),
        ("LK1", {"own": "  "}, None),
    ],
)
def test_fields_are_read_as_answers(question_id: str, inputs: dict[str, str], expected: Answer | None) -> None:
    assert read(question_id, **inputs) == expected


@pytest.mark.parametrize(
    ("question_id", "inputs", "key"),
    [
        ("LK3", {"own": "yes"}, "how_many"),
        ("LK3", {"own": "0", "note": "3"}, "either"),
        ("PU4", {"own": "no", "note": "3"}, "either"),
        ("PF1", {"note": "kvartal 3"}, "only_note"),
        ("PF9", {"own": "mycket"}, "percent"),
        ("LK1", {"own": "maybe"}, "yes_partly_no"),
        ("LK1", {"own": "no", "note": "Kalle 850713-9809"}, "identity_number"),
        ("LK1", {"own": "no", "note": "x" * 1001}, "too_long"),
    ],
)
def test_fields_that_do_not_fit_are_explained(question_id: str, inputs: dict[str, str], key: str) -> None:
    found = read(question_id, **inputs)

    assert isinstance(found, Misfit)
    assert found.text_key == f"checklist.misfit.{key}"


QUESTIONS = st.sampled_from([question for template in templates().values() for question in template.questions])
FIELD = st.one_of(
    st.text(max_size=20), st.sampled_from(["yes", "no", "0", "3", "dont_know", "answered_above", "skipped"])
)


@given(QUESTIONS, FIELD, FIELD, FIELD)
def test_whatever_a_client_sends_is_read_or_explained(asked: Question, own: str, note: str, instead: str) -> None:
    inputs = {asked.question_id: own, Field.note(asked): note, Field.instead(asked): instead}

    found = parse_fields(asked, inputs, Language.SV)

    if isinstance(found, Answer):
        assert found.question_id == asked.question_id
        assert (found.value is not None) == (found.kind is AnswerKind.VALUE)
