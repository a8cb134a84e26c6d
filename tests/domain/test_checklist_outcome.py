"""What answers propose and lead to, as domain.md 6.1 and 6.3-6.5 say, and when a session may be handed in."""

import pytest

from domain.checklist.answer import Answer, AnswerKind
from domain.checklist.outcome import (
    DeviationProposal,
    StatusLight,
    answer_words,
    is_complete,
    is_green,
    light_of,
    missing,
    proposals,
    todos,
    wants_help,
)
from domain.checklist.template import TodoKind
from domain.deviation import Severity
from domain.people import Language
from tests.support.checklists import answered, question

MINOR, MODERATE, SERIOUS, _ = Severity


def proposed(
    question_id: str, value: str, note: str | None = None, *, seen: tuple[str, ...] = ()
) -> tuple[str, Severity] | None:
    answer = Answer(question_id=question_id, value=value, note=note)
    found = proposals((question(question_id),), {question_id: answer}, seen_before=seen)
    return (found[0].type, found[0].severity) if found else None


@pytest.mark.parametrize(
    ("question_id", "value", "expected"),
    [
        ("PU2", "Sen varje dag", ("LEV_KVALITET", MODERATE)),
        ("PU4", "yes", ("LEV_KVALITET", MINOR)),
        ("PU5", "yes", ("AVT_ANDRING", MODERATE)),
        ("LK1", "no", ("LEV_FEL", MODERATE)),
        ("LK2", "sometimes", ("LEV_SEN", MINOR)),
        ("LK2", "seldom", ("LEV_SEN", MODERATE)),
        ("LK3", "1", ("LEV_UTEBLIVEN", MODERATE)),
        ("LK3", "2", ("LEV_UTEBLIVEN", MODERATE)),
        ("LK3", "3", ("LEV_UTEBLIVEN", SERIOUS)),
        ("LK4", "no", ("LEV_KVALITET", MODERATE)),
        ("LK5", "no", ("KRAV_TILLDELNING", SERIOUS)),
        ("LK6", "no", ("KRAV_SKALL", MODERATE)),
        ("LK7", "no", ("PERS_KOMPETENS", SERIOUS)),
        ("LK8", "remarks", ("LEV_KVALITET", MODERATE)),
        ("LK9", "1", ("LEV_KVALITET", MINOR)),
        ("LK9", "2", ("LEV_KVALITET", MINOR)),
        ("LK10", "no", ("SAMV_SVARSTID", MODERATE)),
        ("PF2", "no", ("FAKT_PRIS", MODERATE)),
        ("PF3", "yes", ("FAKT_AVGIFT", MODERATE)),
        ("PF4", "yes", ("FAKT_EJ_LEVERERAT", SERIOUS)),
        ("PF6", "no", ("FAKT_UNDERLAG", MINOR)),
        ("PF7", "otherwise", ("PRIS_JUSTERING", MODERATE)),
        ("PF8", "no", ("FAKT_PRIS", MINOR)),
        ("PF10", "no", ("ADM_STATISTIK", MINOR)),
    ],
)
def test_a_bad_answer_proposes_the_deviation_the_template_names(
    question_id: str,
    value: str,
    expected: tuple[str, Severity],
) -> None:
    assert proposed(question_id, value) == expected


@pytest.mark.parametrize(
    ("question_id", "expected"),
    [
        ("LK1", MINOR),
        ("LK4", MINOR),
        ("LK5", MODERATE),
        ("LK6", MINOR),
        ("LK7", MODERATE),
        ("LK10", MINOR),
        ("PF2", MINOR),
        ("PF6", MINOR),
        ("PF8", MINOR),
        ("PF10", MINOR),
    ],
)
def test_partly_proposes_one_severity_lower_and_never_less_than_minor(question_id: str, expected: Severity) -> None:
    found = proposed(question_id, "partly")

    assert found is not None
    assert found[1] is expected


@pytest.mark.parametrize(
    ("question_id", "value"),
    [
        *(("PU1", grade) for grade in "12345"),
        *(
            (question_id, "yes")
            for question_id in ("PU3", "PU6", "LK1", "LK4", "LK5", "LK6", "LK7", "LK10", "PF2", "PF6")
        ),
        *((question_id, "no") for question_id in ("PU3", "PU4", "PU5", "PU6", "PF3", "PF4")),
        ("LK2", "always"),
        ("LK2", "mostly"),
        ("LK3", "0"),
        ("LK8", "clean"),
        ("LK8", "no"),
        ("LK9", "3"),
        ("LK11", "1"),
        ("PF1", "0"),
        ("PF7", "unchanged"),
        ("PF7", "by_contract"),
        ("PF9", "99"),
    ],
)
def test_other_answers_propose_nothing(question_id: str, value: str) -> None:
    assert proposed(question_id, value) is None


@pytest.mark.parametrize("kind", [AnswerKind.DONT_KNOW, AnswerKind.NOT_APPLICABLE, AnswerKind.SKIPPED])
@pytest.mark.parametrize("question_id", ["PU2", "PU4", "LK3", "LK5", "LK7", "LK8", "LK9", "PF4", "PF10"])
def test_only_a_value_ever_proposes_a_deviation(question_id: str, kind: AnswerKind) -> None:
    answer = Answer(question_id=question_id, kind=kind, note="no")

    assert proposals((question(question_id),), {question_id: answer}) == ()


def test_missing_statistics_weigh_more_the_second_time() -> None:
    assert proposed("PF10", "no", seen=("ADM_STATISTIK",)) == ("ADM_STATISTIK", MODERATE)
    assert proposed("PF10", "no", seen=("LEV_SEN",)) == ("ADM_STATISTIK", MINOR)


def test_a_proposal_says_the_question_the_answer_and_what_was_said_beside_it() -> None:
    answers = {"LK1": Answer(question_id="LK1", value="no", note="fel storlek på 12 kartonger")}

    (proposal,) = proposals((question("LK1"),), answers, Language.SV)

    assert proposal == DeviationProposal(
        question_id="LK1",
        type="LEV_FEL",
        severity=MODERATE,
        text="Har ni fått rätt vara eller tjänst, i rätt mängd? Nej, fel storlek på 12 kartonger.",
    )


def test_what_was_written_in_free_words_is_to_be_read_for_its_type() -> None:
    answers = {"PU2": Answer(question_id="PU2", value="Maten kom en timme för sent.")}

    (proposal,) = proposals((question("PU2"),), answers)

    assert proposal.by_text
    assert proposal.text == "Maten kom en timme för sent."


def test_a_remark_from_a_visit_without_words_is_proposed_as_it_stands() -> None:
    (proposal,) = proposals((question("LK8"),), answered(LK8="remarks"))

    assert not proposal.by_text
    assert proposal.text.startswith("Har ni gjort egna kontroller")


@pytest.mark.parametrize(
    ("question_id", "value", "kind", "days"),
    [
        ("PU3", "no", TodoKind.STEP_UP, 10),
        ("PU5", "yes", TodoKind.ASK_PROCUREMENT, 10),
        ("PU6", "yes", TodoKind.HELP, 10),
        ("PU1N", "Lite sämre", TodoKind.REMARK, 10),
        ("LK2N", "Måndagar", TodoKind.REMARK, 10),
        ("LK8", "no", TodoKind.SITE_VISIT, 20),
        ("LK11", "2", TodoKind.TELL_OWNER, 10),
        ("LK12", "Bättre mopp", TodoKind.IMPROVEMENT, 10),
        ("PF5", "18400", TodoKind.RECOVERY_CLAIM, 10),
        ("PF9", "75", TodoKind.CEILING_ALARM, 10),
    ],
)
def test_answers_lead_to_things_to_do(question_id: str, value: str, kind: TodoKind, days: int) -> None:
    (todo,) = todos((question(question_id),), answered(**{question_id: value}))

    assert (todo.kind, todo.working_days) == (kind, days)


@pytest.mark.parametrize(
    ("question_id", "value"), [("PF5", "0"), ("PF9", "74.9"), ("LK11", "3"), ("PU3", "yes"), ("PU6", "no")]
)
def test_good_answers_lead_to_nothing(question_id: str, value: str) -> None:
    assert todos((question(question_id),), answered(**{question_id: value})) == ()


@pytest.mark.parametrize(
    ("question_id", "is_to_be_found_out"),
    [("LK5", True), ("LK7", True), ("PF4", True), ("LK1", False), ("LK3", False), ("PF2", False), ("PU1", False)],
)
def test_not_knowing_something_that_may_be_serious_is_to_be_found_out(
    question_id: str, is_to_be_found_out: bool
) -> None:
    answers = {question_id: Answer(question_id=question_id, kind=AnswerKind.DONT_KNOW)}

    found = todos((question(question_id),), answers)

    assert [(todo.kind, todo.working_days) for todo in found] == (
        [(TodoKind.FIND_OUT, 10)] if is_to_be_found_out else []
    )


def test_help_is_wanted_only_when_somebody_says_so() -> None:
    assert wants_help((question("PU6"),), answered(PU6="yes"))
    assert not wants_help((question("PU6"),), answered(PU6="no"))


def test_unanswered_questions_are_named_by_number() -> None:
    questions = (question("LK1"), question("LK4"), question("LK10"))

    (reason,) = missing(questions, answered(LK4="yes"))

    assert (reason.text_key, reason.values) == ("checklist.missing.other", {"numbers": "1 och 3"})
    assert reason.question_ids == ("LK1", "LK10")


def test_an_invoice_check_without_an_invoice_is_not_complete() -> None:
    questions = (question("PF1"), question("PF2"))

    (reason,) = missing(questions, answered(PF1="0", PF2="yes"))

    assert reason.text_key == "checklist.missing.reason"
    assert reason.values["reason"].startswith("Granska minst en faktura.")
    assert not is_complete(questions, answered(PF1="0", PF2="yes"))
    assert is_complete(questions, answered(PF1="1", PF2="yes"))


def test_an_invoice_check_cannot_be_skipped_but_there_may_be_no_invoices() -> None:
    questions = (question("PF1"), question("PF2"))
    skipped = answered(PF2="yes") | {"PF1": Answer(question_id="PF1", kind=AnswerKind.SKIPPED)}
    none = answered(PF2="yes") | {"PF1": Answer(question_id="PF1", kind=AnswerKind.NOT_APPLICABLE)}

    assert not is_complete(questions, skipped)
    assert is_complete(questions, none)


def test_skipped_questions_do_not_stand_in_the_way_unless_all_are() -> None:
    questions = (question("LK1"), question("LK4"))
    one = answered(LK1="yes") | {"LK4": Answer(question_id="LK4", kind=AnswerKind.SKIPPED)}
    both = {name: Answer(question_id=name, kind=AnswerKind.SKIPPED) for name in ("LK1", "LK4")}

    assert is_complete(questions, one)
    assert [reason.text_key for reason in missing(questions, both)] == ["checklist.missing.nothing"]


@pytest.mark.parametrize(
    ("values", "light"),
    [
        ({"PU1": "4", "LK1": "yes"}, StatusLight.GREEN),
        ({"PU1": "3", "LK12": "Bättre mopp"}, StatusLight.GREEN),
        ({"PU1": "2"}, StatusLight.YELLOW),
        ({"LK1": "partly"}, StatusLight.YELLOW),
        ({"LK11": "2"}, StatusLight.YELLOW),
        ({"PF9": "80"}, StatusLight.YELLOW),
        ({"LK7": "no"}, StatusLight.RED),
        ({"LK3": "3"}, StatusLight.RED),
    ],
)
def test_the_light_of_a_session(values: dict[str, str], light: StatusLight) -> None:
    questions = tuple(question(question_id) for question_id in values)

    assert light_of(questions, answered(**values)) is light
    assert is_green(questions, answered(**values)) is (light is StatusLight.GREEN)


def test_a_session_with_something_unsaid_is_not_accepted_by_itself() -> None:
    questions = (question("LK1"), question("LK4"))

    for kind, is_fine in (
        (AnswerKind.NOT_APPLICABLE, True),
        (AnswerKind.DONT_KNOW, False),
        (AnswerKind.SKIPPED, False),
    ):
        answers = answered(LK1="yes") | {"LK4": Answer(question_id="LK4", kind=kind)}
        assert is_green(questions, answers) is is_fine
    assert not is_green(questions, answered(LK1="yes"))


@pytest.mark.parametrize(
    ("question_id", "value", "sv", "en"),
    [
        ("LK1", "partly", "Delvis", "Partly"),
        ("PF3", "no", "Nej, inget sådant", "No, nothing like that"),
        ("LK3", "0", "Nej, inget sådant", "No, nothing like that"),
        ("LK3", "3", "3", "3"),
        ("PU1", "4", "4 – Bra", "4 – Good"),
        ("PF5", "18400.5", "18\u00a0400,5\u00a0kr", "18,400.5\u00a0kr"),
        ("PF9", "75.5", "75,5\u00a0%", "75.5\u00a0%"),
        ("LK12", "Bättre mopp", "Bättre mopp", "Bättre mopp"),
    ],
)
def test_answers_are_said_in_words(question_id: str, value: str, sv: str, en: str) -> None:
    answer = Answer(question_id=question_id, value=value)

    assert answer_words(question(question_id), answer, Language.SV) == sv
    assert answer_words(question(question_id), answer, Language.EN) == en
