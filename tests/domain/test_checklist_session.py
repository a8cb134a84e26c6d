"""Which questions a session asks, and how they fall on pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.checklist.answer import Answer, AnswerKind
from domain.checklist.pages import MOST_QUESTIONS, page_after, page_before, page_of, pages
from domain.checklist.session import (
    Known,
    Row,
    first_unanswered,
    has_module,
    position_of,
    preparation,
    progress,
    questions_for,
)
from domain.checklist.template import AnswerType, Question
from domain.contract import ContractClass
from domain.people import Language
from tests.support.checklists import answered, templates

CRITICAL, HIGH, MEDIUM, LOW = ContractClass


def asked(
    *modules: str,
    contract_class: ContractClass | None = ContractClass.CRITICAL,
    known: Known | None = None,
    values: dict[str, str] | None = None,
    **answers: str,
) -> tuple[Question, ...]:
    return questions_for(templates(), modules, contract_class, answered(**(values or answers)), known or Known())


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [question.question_id for question in questions]


def test_a_pulse_asks_five_questions_when_all_is_well() -> None:
    assert ids(asked("PU", PU1="4")) == ["PU1", "PU3", "PU4", "PU5", "PU6"]


@pytest.mark.parametrize(
    ("grade", "next_question"), [("1", "PU2"), ("2", "PU2"), ("3", "PU1N"), ("4", "PU3"), ("5", "PU3")]
)
def test_a_low_grade_asks_what_went_wrong_and_a_middling_one_whether_to_note_it(grade: str, next_question: str) -> None:
    assert ids(asked("PU", PU1=grade))[1] == next_question


def test_deliveries_that_mostly_come_in_time_ask_whether_to_note_it() -> None:
    assert "LK2N" in ids(asked("LK", LK2="mostly"))
    assert "LK2N" not in ids(asked("LK", LK2="always"))


@pytest.mark.parametrize(("answer", "is_asked"), [("no", True), ("partly", True), ("yes", False)])
def test_the_wrongly_charged_amount_is_asked_for_when_prices_do_not_match(answer: str, is_asked: bool) -> None:
    assert ("PF5" in ids(asked("PF", PF2=answer))) is is_asked


@pytest.mark.parametrize(
    ("contract_class", "missing"),
    [
        (CRITICAL, set()),
        (HIGH, set()),
        (MEDIUM, {"LK8", "PF8"}),
        (LOW, {"LK5", "LK8", "LK12", "PF7", "PF8"}),
        (None, {"LK5", "LK8", "LK12", "PF7", "PF8"}),
    ],
)
def test_lower_classes_are_asked_less(contract_class: ContractClass | None, missing: set[str]) -> None:
    everything = set(ids(asked("LK", "PF", contract_class=CRITICAL)))

    assert everything - set(ids(asked("LK", "PF", contract_class=contract_class))) == missing


def test_the_short_price_check_asks_four_questions_and_what_they_lead_to() -> None:
    assert ids(asked("PF:short")) == ["PF1", "PF2", "PF3", "PF4"]
    assert ids(asked("PF:short", PF2="no")) == ["PF1", "PF2", "PF3", "PF4", "PF5"]


def test_single_questions_of_a_module_can_be_asked() -> None:
    assert ids(asked("LK:LK8+LK9")) == ["LK8", "LK9"]


def test_a_question_two_modules_ask_for_is_asked_once() -> None:
    assert ids(asked("LK:LK9", "LK")).count("LK9") == 1


def test_a_module_without_a_checklist_is_left_out() -> None:
    assert ids(asked("AT", "PU", PU1="4")) == ids(asked("PU", PU1="4"))
    assert has_module(templates(), "PF:short")
    assert not has_module(templates(), "AT")


def test_the_controller_is_called_by_name_when_known() -> None:
    known = Known(controller_name="Cecilia {x}")

    question = asked("PU", known=known)[-1]

    assert question.text.sv == "Vill du ha hjälp av Cecilia {x}?"
    assert asked("PU")[-1].text.sv == "Vill du ha hjälp av avtalscontrollern?"


def test_the_award_criteria_are_named_when_known() -> None:
    known = Known(award_criteria=("bemanning", "miljö", "service"))

    question = next(question for question in asked("LK", known=known) if question.question_id == "LK5")

    assert question.text.sv == "Leverantören fick poäng för bemanning, miljö och service i upphandlingen. Får ni det?"
    assert question.text.en.startswith("The supplier was awarded points for bemanning, miljö and service")


def test_what_was_agreed_is_asked_about_row_by_row() -> None:
    known = Known(rows={"agreed_actions": (Row(key="1", label="Ny städplan"), Row(key="2", label="Extra fönsterputs"))})

    questions = asked("PU", known=known)

    assert ids(questions)[1:3] == ["PU3:1", "PU3:2"]
    assert questions[1].text.sv == "Är det som ni kom överens om gjort? Ny städplan"


def test_progress_counts_skipped_questions_as_settled_but_not_as_answered() -> None:
    questions = asked("PU", PU1="4")
    answers = answered(PU1="4") | {"PU3": Answer(question_id="PU3", kind=AnswerKind.SKIPPED)}

    so_far = progress(questions, answers)

    assert (so_far.settled, so_far.answered, so_far.total) == (2, 1, 5)


def test_the_first_unanswered_question_passes_over_skipped_ones() -> None:
    questions = asked("PU", PU1="4")
    answers = answered(PU1="4") | {"PU3": Answer(question_id="PU3", kind=AnswerKind.SKIPPED)}

    ahead = first_unanswered(questions, answers)

    assert ahead is not None
    assert ahead.question_id == "PU4"


def test_questions_are_known_by_their_place_in_the_session() -> None:
    questions = asked("PU", "LK", PU1="4")

    assert position_of(questions, "PU3") == 2
    assert position_of(questions, "PF1") is None


def test_preparing_for_the_invoice_check_names_the_sample() -> None:
    (told,) = preparation(templates(), ("PU", "PF:short"), Language.SV)

    assert "10 fakturor, eller 5 procent om det blir fler, men högst 40" in told


def test_pages_of_a_pulse() -> None:
    found = [[question.question_id for question in page.questions] for page in pages(asked("PU", PU1="4"))]

    assert found == [["PU1"], ["PU3", "PU4"], ["PU5", "PU6"]]


def test_what_an_answer_leads_to_joins_its_page() -> None:
    questions = asked("PU", PU1="2")

    page = page_of(questions, "PU1", answered(PU1="2"))

    assert [question.question_id for question in page.questions] == ["PU1", "PU2"]
    assert [question.question_id for question in page.unanswered(answered(PU1="2"))] == ["PU2"]


def test_a_session_goes_on_where_it_was_left() -> None:
    answers = answered(PU1="4", PU3="yes", PU4="no")

    page = page_of(asked("PU", PU1="4"), None, answers)

    assert page.holds("PU5")
    assert (page.first, page.last, page.total, page.number, page.page_count) == (4, 5, 5, 3, 3)


def test_a_question_that_is_no_longer_asked_leads_to_the_first_unanswered_one() -> None:
    assert page_of(asked("PU", PU1="4"), "PU2", answered(PU1="4")).holds("PU3")


def test_next_leads_to_the_next_page_with_something_unanswered() -> None:
    answers = answered(PU1="4", PU3="yes", PU4="no")
    questions = asked("PU", PU1="4")

    after = page_after(questions, page_of(questions, "PU1", answers), answers)

    assert after is not None
    assert after.holds("PU5")


def test_next_stays_on_a_page_that_still_has_a_question() -> None:
    questions = asked("PU", PU1="4")
    page = page_of(questions, "PU3", {})
    answers = answered(PU1="4", PU3="yes")

    after = page_after(questions, page, answers)

    assert after is not None
    assert after.holds("PU4")


def test_next_comes_back_to_what_was_left_behind() -> None:
    questions = asked("PU", PU1="4")
    answers = answered(PU1="4", PU5="no", PU6="no", PU4="no")

    after = page_after(questions, page_of(questions, "PU5", answers), answers)

    assert after is not None
    assert after.holds("PU3")


def test_next_leads_to_the_summary_when_everything_is_answered() -> None:
    questions = asked("PU", PU1="4")
    answers = answered(PU1="4", PU3="yes", PU4="no", PU5="no", PU6="no")

    assert page_after(questions, page_of(questions, "PU6", answers), answers) is None


def test_back_leads_to_the_page_before_and_not_before_the_first() -> None:
    questions = asked("PU", PU1="4")

    before = page_before(questions, page_of(questions, "PU5", {}))

    assert before is not None
    assert before.holds("PU3")
    assert page_before(questions, page_of(questions, "PU1", {})) is None


def test_a_session_without_questions_has_no_pages() -> None:
    with pytest.raises(ValueError, match="at least one question"):
        pages(())


BRANCHES = st.fixed_dictionaries(
    {},
    optional={
        "PU1": st.sampled_from("12345"),
        "LK2": st.sampled_from(["always", "mostly", "seldom"]),
        "PF2": st.sampled_from(["yes", "no"]),
    },
)


@given(
    BRANCHES,
    st.sampled_from(ContractClass),
    st.sampled_from([("PU",), ("PU", "LK"), ("PU", "LK", "PF:short"), ("LK", "PF")]),
)
def test_pages_hold_every_question_once_and_never_more_than_three(
    answers: dict[str, str],
    contract_class: ContractClass,
    modules: tuple[str, ...],
) -> None:
    questions = asked(*modules, contract_class=contract_class, values=answers)

    found = pages(questions)

    assert tuple(question for page in found for question in page.questions) == questions
    assert all(1 <= len(page.questions) <= MOST_QUESTIONS for page in found)
    assert all(len({question.module for question in page.questions}) == 1 for page in found)


@given(BRANCHES, st.sampled_from("12345"))
def test_answering_a_page_never_moves_the_pages_before_it(answers: dict[str, str], grade: str) -> None:
    before = pages(asked("PU", "LK", values=answers | {"PU1": "4"}))
    after = pages(asked("PU", "LK", values=answers | {"PU1": grade}))

    assert before[0].questions[0] == after[0].questions[0]
    assert [page.questions for page in before[1:]] == [page.questions for page in after[1:]]


@given(BRANCHES, st.sampled_from(ContractClass))
def test_a_free_text_stands_alone_or_with_the_question_it_belongs_to(
    answers: dict[str, str],
    contract_class: ContractClass,
) -> None:
    for page in pages(asked("PU", "LK", contract_class=contract_class, values=answers)):
        texts = [question for question in page.questions if question.answer_type is AnswerType.TEXT]
        for text in texts:
            parent = text.asked_when.question_id if text.asked_when else None
            assert len(page.questions) == 1 or (parent and page.holds(parent))
