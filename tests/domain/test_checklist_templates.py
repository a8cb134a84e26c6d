"""The three shipped checklists say what domain.md 6.3-6.5 says, and a broken template is refused with every fault."""

import tomllib
from itertools import pairwise
from typing import Any

import pytest

from domain.checklist.answer import YES
from domain.checklist.reading import parse_template
from domain.checklist.template import AnswerType, Sample
from domain.contract import ContractClass
from domain.errors import RuleBookInvalid
from domain.people import Language
from tests.support.checklists import deviation_types, question, templates

QUESTIONS = [
    ("PU1", "B5", "low", "Hur har leveransen fungerat sedan sist?"),
    ("PU1N", "TXT", "low", "Vill ni notera något?"),
    ("PU2", "TXT", "low", "Vad har inte fungerat, var och hur ofta?"),
    ("PU3", "JDN", "low", "Är det som ni kom överens om gjort?"),
    ("PU4", "JN", "low", "Har ni fått klagomål från verksamheten, brukare eller vårdnadshavare?"),
    (
        "PU5",
        "JN",
        "low",
        "Har något ändrats i praktiken jämfört med avtalet, till exempel pris, omfattning, personal eller underleverantör?",
    ),
    ("PU6", "JN", "low", "Vill du ha hjälp av {controller}?"),
    ("LK1", "JDN", "low", "Har ni fått rätt vara eller tjänst, i rätt mängd?"),
    ("LK2", "VAL", "low", "Hur ofta kommer leveranserna i tid?"),
    ("LK2N", "TXT", "low", "Vill ni notera något om förseningarna?"),
    ("LK3", "TAL", "low", "Har något uteblivit helt? Hur många gånger?"),
    ("LK4", "JDN", "low", "Håller kvaliteten den nivå som avtalet anger?"),
    ("LK5", "JDN", "medium", "Leverantören fick poäng för {criteria} i upphandlingen. Får ni det?"),
    ("LK6", "JDN", "low", "Uppfylls de skallkrav som ni valt att följa upp i år?"),
    ("LK7", "JDN", "low", "Har personalen den kompetens, de tillstånd och de registerutdrag som krävs?"),
    ("LK8", "VAL", "high", "Har ni gjort egna kontroller eller besök, och vad visade de?"),
    ("LK9", "B5", "low", "Hur nöjda är användarna?"),
    ("LK10", "JDN", "low", "Svarar leverantören och åtgärdar fel inom avtalad tid?"),
    ("LK11", "B5", "low", "Hur fungerar samarbetet i stort?"),
    ("LK12", "TXT", "medium", "Kan något i leveransen förbättras utan att avtalet ändras?"),
    ("PF1", "TAL", "low", "Hur många fakturor har ni granskat, och för vilken period?"),
    ("PF2", "JDN", "low", "Stämmer priserna på fakturorna med avtalets prislista?"),
    ("PF3", "JN", "low", "Finns avgifter, påslag eller tillägg som avtalet inte medger?"),
    ("PF4", "JN", "low", "Har ni betalat för något som inte levererats eller inte beställts?"),
    ("PF5", "KR", "low", "Hur stort belopp är fel debiterat?"),
    (
        "PF6",
        "JDN",
        "low",
        "Har fakturorna de uppgifter som avtalet kräver, till exempel avtalsnummer och specifikation?",
    ),
    ("PF7", "VAL", "medium", "Har prisjusteringar gjorts enligt avtalets regel och i rätt tid?"),
    ("PF8", "JDN", "high", "Utnyttjas avtalade rabatter, bonus och mängdrabatter?"),
    ("PF9", "PROC", "low", "Hur stor del av avtalets tak är förbrukad?"),
    ("PF10", "JDN", "low", "Har leverantören lämnat den statistik som avtalet kräver?"),
]


@pytest.mark.parametrize(("question_id", "answer_type", "min_class", "text"), QUESTIONS)
def test_every_question_is_asked_as_the_business_worded_it(
    question_id: str,
    answer_type: str,
    min_class: str,
    text: str,
) -> None:
    asked = question(question_id)

    assert asked.answer_type is AnswerType(answer_type)
    assert asked.min_class is ContractClass(min_class)
    assert asked.text.sv == text


def test_no_question_is_left_out_or_added() -> None:
    shipped = [q.question_id for template in templates().values() for q in template.questions]

    assert shipped == [question_id for question_id, *_ in QUESTIONS]


@pytest.mark.parametrize("question_id", [question_id for question_id, *_ in QUESTIONS])
def test_every_question_says_why_it_is_asked_in_both_languages_and_names_its_source(question_id: str) -> None:
    asked = question(question_id)

    for language in Language:
        assert asked.why.in_language(language).endswith(".")
        assert asked.text.in_language(language).endswith("?")
    assert asked.why.sv != asked.why.en
    assert question_id in asked.source


def test_every_deviation_an_answer_proposes_is_a_known_type() -> None:
    proposed = {rule.type for template in templates().values() for q in template.questions for rule in q.deviations}

    assert proposed <= deviation_types().keys()


@pytest.mark.parametrize("question_id", ["PU4", "PU5", "LK3", "PF3", "PF4"])
def test_where_yes_is_the_bad_answer_the_good_one_is_spelled_out(question_id: str) -> None:
    asked = question(question_id)

    labels = [asked.none] if asked.none else [option.label for option in asked.options if option.value != YES]
    assert asked.has_bad_yes
    assert all(label.sv.startswith("Nej, ") and label.en.startswith("No, ") for label in labels)


@pytest.mark.parametrize("question_id", ["LK3", "PF3", "PF4"])
def test_the_good_answer_reads_nej_inget_sadant(question_id: str) -> None:
    asked = question(question_id)

    labels = [option.label.sv for option in asked.options] + [asked.none.sv if asked.none else ""]
    assert "Nej, inget sådant" in labels


def test_the_good_answer_never_sits_where_yes_sat_in_the_question_before() -> None:
    for template in templates().values():
        for before, after in pairwise(template.questions):
            values = [option.value for option in before.options]
            if after.has_bad_yes and after.options and YES in values:
                assert [option.value for option in after.options].index("no") != values.index(YES)


def test_the_short_form_of_price_and_invoice_is_its_first_four_questions() -> None:
    assert templates()["PF"].subsets == {"short": ("PF1", "PF2", "PF3", "PF4")}


@pytest.mark.parametrize(
    ("invoices", "wanted"),
    [(0, 0), (6, 6), (10, 10), (100, 10), (200, 10), (201, 11), (400, 20), (800, 40), (5000, 40)],
)
def test_the_sample_is_ten_invoices_or_five_per_cent_but_forty_at_most(invoices: int, wanted: int) -> None:
    sample = templates()["PF"].sample

    assert sample == Sample(invoices=10, percent=5, most=40)
    assert sample.size(invoices) == wanted


def _table(**changes: object) -> dict[str, Any]:
    asked = {
        "id": "XX1",
        "type": "JN",
        "text": {"sv": "Går det bra?", "en": "Is it going well?"},
        "why": {"sv": "Därför.", "en": "Because."},
        "deviations": [{"values": ["no"], "type": "LEV_FEL", "severity": "minor"}],
    }
    return {
        "module": "XX",
        "version": 1,
        "source": "the test",
        "title": {"sv": "Prov", "en": "Trial"},
        "questions": [asked | changes],
    }


def test_a_sound_template_is_read() -> None:
    template = parse_template("XX", _table())

    assert template.module == "XX"
    assert [q.question_id for q in template.questions] == ["XX1"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"text": {"sv": "Går det bra?"}}, "XX:questions[0].text.en: must be a text, is missing"),
        ({"type": "JA"}, "XX:questions[0].type: must be one of"),
        ({"min_class": "huge"}, "XX:questions[0].min_class: must be one of"),
        ({"id": "fråga 1"}, "XX:questions[0].id:"),
        ({"whim": 3}, "XX:questions[0].whim: is not a setting"),
        ({"deviations": [{"values": ["maybe"], "type": "LEV_FEL", "severity": "minor"}]}, "no answer is 'maybe'"),
        ({"deviations": [{"type": "LEV_FEL", "severity": "minor"}]}, "must say which answers"),
        ({"deviations": [{"values": ["no"], "type": "fel", "severity": "minor"}]}, "must be a code such as LEV_SEN"),
        ({"deviations": [{"values": ["no"], "type": "LEV_FEL", "severity": "huge"}]}, "severity: must be one of"),
        (
            {"deviations": [{"values": ["yes"], "type": "LEV_FEL", "severity": "minor"}]},
            "must spell out the good answer",
        ),
        (
            {"type": "JDN", "deviations": [{"values": ["partly"], "type": "LEV_FEL", "severity": "minor"}]},
            "one severity",
        ),
        ({"type": "VAL", "options": [{"code": "a", "label": {"sv": "A", "en": "A"}}]}, "must be at least two"),
        ({"text": {"sv": "Hjälp av {boss}?", "en": "Help?"}}, "mentions {boss}, which no session knows"),
        ({"text": {"sv": "Hjälp av {controller}?", "en": "Help?"}}, "text_unknown"),
        ({"asked_when": {"question": "XX9", "values": ["no"]}}, "XX9 is not an earlier question"),
        ({"note": {"type": "B5", "label": {"sv": "Hur?", "en": "How?"}}}, "a note is TAL or TXT"),
        ({"none": {"sv": "Nej", "en": "No"}}, "only a TAL has a good zero"),
    ],
)
def test_a_broken_question_is_named_by_file_and_key(changes: dict[str, object], fault: str) -> None:
    with pytest.raises(RuleBookInvalid) as refused:
        parse_template("XX", _table(**changes))

    assert any(fault in found for found in refused.value.faults), refused.value.faults


def test_all_faults_of_a_template_are_told_at_once() -> None:
    table = _table(type="JA", why={"sv": "Därför."}) | {"version": 0, "subsets": {"short": ["XX7"]}}

    with pytest.raises(RuleBookInvalid) as refused:
        parse_template("XX", table)

    assert len(refused.value.faults) >= 4


def test_the_same_question_twice_is_a_fault() -> None:
    table = _table()
    table["questions"] = [*table["questions"], *table["questions"]]

    with pytest.raises(RuleBookInvalid, match="XX1 is there more than once"):
        parse_template("XX", table)


def test_an_empty_file_is_refused_and_not_a_crash() -> None:
    with pytest.raises(RuleBookInvalid):
        parse_template("XX", tomllib.loads(""))
