"""What people type is read as the answer they mean, or explained; nothing is guessed and nothing ever crashes."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cards.texts import Texts, placeholders
from domain.checklist.answer import Answer, AnswerKind
from domain.checklist.figures import plain_number, read_number
from domain.checklist.template import Question
from domain.checklist.typed import Misfit, parse_answer
from domain.people import Language
from tests.support.checklists import question, templates

SV, EN = Language.SV, Language.EN
NA, DK, SKIP = AnswerKind.NOT_APPLICABLE, AnswerKind.DONT_KNOW, AnswerKind.SKIPPED


def read(question_id: str, text: str, language: Language = SV) -> Answer:
    found = parse_answer(question(question_id), text, language)
    assert isinstance(found, Answer), found
    return found


def misfit(question_id: str, text: str, language: Language = SV) -> Misfit:
    found = parse_answer(question(question_id), text, language)
    assert isinstance(found, Misfit), found
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            (text, "yes")
            for text in ("ja", "Ja", "JA!", "j", "japp", "Jo", "jajamän", "ja visst", " ja. ", "yes", "Y", "yep")
        ),
        *((text, "partly") for text in ("delvis", "Delvis.", "d", "till viss del", "nja", "inte riktigt", "både och")),
        *((text, "partly") for text in ("partly", "Partially", "not quite", "somewhat")),
        *(
            (text, "no")
            for text in ("nej", "Nej!", "n", "nä", "nix", "nope", "no", "NO", "nej då", "inte alls", "not at all")
        ),
    ],
)
def test_yes_partly_and_no_are_understood_in_both_languages(text: str, value: str) -> None:
    for language in Language:
        answer = read("LK1", text, language)

        assert (answer.kind, answer.value, answer.note) == (AnswerKind.VALUE, value, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, DK) for text in ("vet inte", "Vet ej", "jag vet inte", "ingen aning", "osäker", "?", "don't know")),
        *((text, DK) for text in ("don’t know", "dont know", "I don't know", "no idea", "not sure")),
        *((text, NA) for text in ("ej aktuellt", "Inte aktuellt", "n/a", "N/A", "not applicable", "ej relevant")),
        *((text, SKIP) for text in ("hoppa över", "Hoppa över frågan", "skip", "pass")),
    ],
)
@pytest.mark.parametrize("question_id", ["PU1", "PU2", "PU4", "LK1", "LK2", "LK3", "LK8", "LK12", "PF1", "PF5", "PF9"])
def test_every_question_can_be_left_without_a_value(question_id: str, text: str, kind: AnswerKind) -> None:
    answer = read(question_id, text)

    assert (answer.kind, answer.value) == (kind, None)


def test_partly_is_no_answer_to_a_plain_yes_or_no() -> None:
    assert misfit("PF3", "delvis").text_key == "checklist.misfit.yes_no"


@pytest.mark.parametrize(
    "text", ["nej, inget sådant", "Nej inget sådant", "nej", "No, nothing like that", "nothing like that"]
)
@pytest.mark.parametrize(
    ("question_id", "value"), [("PF3", "no"), ("PF4", "no"), ("LK3", "0"), ("PU4", "no"), ("PU5", "no")]
)
def test_nej_inget_sadant_is_the_good_answer(question_id: str, value: str, text: str) -> None:
    answer = read(question_id, text)

    assert (answer.value, answer.note) == (value, None)


@pytest.mark.parametrize(
    ("question_id", "text", "value", "note"),
    [
        ("PU4", "ja, två gånger på Kinnaskolan", "yes", "två gånger på Kinnaskolan"),
        ("PU4", "ja tre", "yes", "tre"),
        ("PU4", "3", "yes", "3"),
        ("PU4", "tre klagomål om lukt", "yes", "tre klagomål om lukt"),
        ("PU4", "0", "no", None),
        ("PU4", "inga", "no", None),
        ("PU4", "nej, inga klagomål", "no", None),
        ("PU5", "ja, priset höjdes med 6 %", "yes", "priset höjdes med 6 %"),
        ("PU5", "Ja. De har bytt underleverantör.", "yes", "De har bytt underleverantör."),
        ("PU5", "nej, inget har ändrats", "no", None),
        ("LK1", "nej, fel storlek två gånger", "no", "fel storlek två gånger"),
        ("LK1", "ja men sent", "yes", "men sent"),
        ("LK4", "delvis – trapporna är sämre", "partly", "trapporna är sämre"),
        ("LK8", "ja med anmärkning, det var smutsigt", "remarks", "det var smutsigt"),
        ("LK2", "Oftast, men sen i maj", "mostly", "men sen i maj"),
        ("PU1", "4, men sen i maj", "4", "men sen i maj"),
        ("LK3", "tre gånger i maj", "3", "i maj"),
        ("LK3", "ja, tre gånger", "3", None),
        ("PF1", "10, kvartal 3", "10", "kvartal 3"),
        ("PF1", "tio fakturor, juli till september", "10", "juli till september"),
    ],
)
def test_what_is_said_beside_the_value_becomes_its_note(
    question_id: str, text: str, value: str, note: str | None
) -> None:
    answer = read(question_id, text)

    assert (answer.value, answer.note) == (value, note)


def test_not_knowing_and_not_applicable_keep_what_was_said_beside_them() -> None:
    assert read("LK7", "vet inte, fråga Anna").note == "fråga Anna"
    assert read("LK7", "n/a, vi har inga").note == "vi har inga"


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        *((text, "4") for text in ("4", "fyra", "4/5", "4 av 5", "fyra av fem", "betyg 4", "en fyra", "4:a", "four")),
        *((text, "4") for text in ("four out of five", "4 of 5", "bra", "Good", "4 – Bra")),
        *((text, "5") for text in ("5", "fem", "mycket bra", "very good")),
        *((text, "1") for text in ("1", "ett", "en 1", "mycket dåligt", "very poor")),
        *((text, "3") for text in ("3", "tre", "godtagbart", "acceptable")),
    ],
)
def test_grades_are_read_in_digits_and_words(text: str, grade: str) -> None:
    assert read("PU1", text).value == grade


@pytest.mark.parametrize("text", ["0", "6", "7", "3-4", "3 eller 4", "4,5", "10/5", "toppen", "ja", "95 %"])
def test_what_is_no_grade_is_explained(text: str) -> None:
    assert misfit("LK9", text).text_key == "checklist.misfit.grade"


@pytest.mark.parametrize(
    ("question_id", "text", "value"),
    [
        ("PF5", "1 234,50", "1234.5"),
        ("PF5", "1\u00a0234,50", "1234.5"),
        ("PF5", "1.234,50 kr", "1234.5"),
        ("PF5", "18 400 kr", "18400"),
        ("PF5", "18400:-", "18400"),
        ("PF5", "18400 kronor", "18400"),
        ("PF5", "2 tkr", "2000"),
        ("PF5", "1,5 mkr", "1500000"),
        ("PF5", "ca 500 kr", "500"),
        ("PF5", "noll", "0"),
        ("PF5", "inget", "0"),
        ("PF9", "95", "95"),
        ("PF9", "95 %", "95"),
        ("PF9", "95%", "95"),
        ("PF9", "75,5 procent", "75.5"),
        ("PF9", "120 %", "120"),
        ("LK3", "tre", "3"),
        ("LK3", "tjugofem", "25"),
        ("LK3", "1 234", "1234"),
        ("LK3", "inga", "0"),
        ("LK3", "two times", "2"),
        ("PF1", "tio st", "10"),
        ("PF1", "ungefär 12", "12"),
    ],
)
def test_numbers_are_read_as_people_write_them(question_id: str, text: str, value: str) -> None:
    assert read(question_id, text).value == value


def test_english_numbers_have_points_for_decimals() -> None:
    assert read("PF5", "1,234.50", EN).value == "1234.5"
    assert read("PF5", "18,400", EN).value == "18400"
    assert read("PF9", "75.5 per cent", EN).value == "75.5"


@pytest.mark.parametrize(
    ("question_id", "text", "key"),
    [
        ("LK3", "2,5", "number"),
        ("LK3", "-1", "number"),
        ("LK3", "95 %", "number"),
        ("LK3", "3-4", "number"),
        ("LK3", "ett par gånger", "number"),
        ("LK3", "hundra tjugo", "number"),
        ("LK3", "många", "number"),
        ("LK3", "ja", "how_many"),
        ("LK3", "9" * 40, "number"),
        ("PF5", "5 %", "kronor"),
        ("PF5", "lite", "kronor"),
        ("PF5", "1,234", "kronor"),
        ("PF9", "hälften", "percent"),
        ("PF9", "nej", "percent"),
        ("PF9", "501", "too_much"),
        ("LK1", "kanske", "yes_partly_no"),
        ("LK1", "ja eller nej", "yes_partly_no"),
        ("LK1", "nej det vet jag inte", "yes_partly_no"),
        ("LK1", "nej, inga problem", "yes_partly_no"),
        ("LK1", "no problem", "yes_partly_no"),
        ("PF3", "ja, allt bra", "yes_no"),
        ("LK1", "3", "yes_partly_no"),
        ("PU6", "hej", "yes_no"),
        ("LK2", "5", "choice"),
        ("LK8", "ja", "choice"),
        ("LK2", "på torsdagar", "choice"),
        ("LK12", "ja", "text"),
        ("LK12", "x" * 1001, "too_long"),
        ("LK1", "", "empty"),
        ("LK1", "👍", "empty"),
        ("PU2", "Kalle 19850713-9809 fick ingen mat", "identity_number"),
        ("LK1", "nej, 850713-9809 blev utan", "identity_number"),
        ("PU2", "Eleven Anna fick ingen skjuts", "person"),
    ],
)
def test_what_does_not_fit_is_explained(question_id: str, text: str, key: str) -> None:
    assert misfit(question_id, text).text_key == f"checklist.misfit.{key}"


def test_a_choice_that_does_not_fit_lists_what_can_be_chosen() -> None:
    assert misfit("LK2", "5").values["options"] == "1 Alltid, 2 Oftast, 3 Ibland, 4 Sällan"
    assert misfit("LK2", "5", EN).values["options"] == "1 Always, 2 Mostly, 3 Sometimes, 4 Seldom"


@pytest.mark.parametrize(
    ("question_id", "text", "value"),
    [
        ("LK2", "alltid", "always"),
        ("LK2", "Always", "always"),
        ("LK2", "2", "mostly"),
        ("LK2", "3.", "sometimes"),
        ("LK2", "oft", "mostly"),
        ("LK8", "Ja utan anmärkning", "clean"),
        ("LK8", "ja med", "remarks"),
        ("LK8", "nej", "no"),
        ("PF7", "ändrat på", "otherwise"),
        ("PF7", "Changed as the contract says", "by_contract"),
    ],
)
def test_a_choice_goes_by_its_label_its_number_or_its_beginning(question_id: str, text: str, value: str) -> None:
    assert read(question_id, text).value == value


def test_a_beginning_that_several_choices_share_is_asked_again() -> None:
    assert misfit("LK2", "s").text_key == "checklist.misfit.choice"  # Sällan, Sometimes and Seldom


def test_free_text_is_kept_word_for_word() -> None:
    text = "  *Trapphuset* på Kinnaskolan\nstädades inte v. 9.  "

    assert read("PU2", text).value == text.strip()


def test_a_thousand_characters_fit() -> None:
    assert read("PU2", "x" * 1000).value == "x" * 1000


def test_a_free_text_may_begin_with_not_knowing() -> None:
    text = "Vet inte vem som gjorde det, men dörren stod öppen."

    assert read("PU2", text).value == text


@pytest.mark.parametrize("text", ["nej", "Nej tack", "inget särskilt", "-", "no"])
def test_nothing_to_note_is_not_kept_as_a_note(text: str) -> None:
    assert read("PU1N", text).kind is NA


QUESTIONS = st.sampled_from([question for template in templates().values() for question in template.questions])
WORDS = st.sampled_from(
    "ja nej delvis vet inte ej aktuellt tre 3 95 % kr , . - / tusen av 5 hundra 1 234,50 n/a ?".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(WORDS, max_size=7).map(" ".join), st.lists(WORDS, max_size=7).map("".join)
)


@given(QUESTIONS, TEXTS, st.sampled_from(Language))
@example(question("LK3"), "²", SV)
@example(question("LK3"), "٣", SV)
@example(question("PU1"), "½", SV)
@example(question("PF5"), "1 000 000 000 000 000 tusen mkr", SV)
@example(question("LK2"), "İ", SV)
def test_any_text_is_read_or_explained(asked: Question, text: str, language: Language) -> None:
    found = parse_answer(asked, text, language)

    if isinstance(found, Misfit):
        sentence = Texts(language)._sentences[found.text_key]
        assert placeholders(sentence) == found.values.keys()
        assert Texts(language)(found.text_key, **found.values)
    else:
        assert (found.value is not None) == (found.kind is AnswerKind.VALUE)
        assert found.note is None or found.note.strip()


@given(QUESTIONS, TEXTS, st.sampled_from(Language))
def test_what_was_read_is_one_of_the_answers_the_question_has(asked: Question, text: str, language: Language) -> None:
    found = parse_answer(asked, text, language)

    if isinstance(found, Answer) and found.value is not None:
        if asked.options:
            assert asked.option(found.value)
        elif asked.answer_type.is_number:
            assert found.number is not None
            assert found.number >= 0


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_an_amount_is_read_back_as_it_was_written(amount: Decimal) -> None:
    written = f"{amount:,.2f}".replace(",", " ").replace(".", ",")

    reading = read_number(f"{written} kr", SV)

    assert reading is not None
    assert reading.number == amount
    assert Decimal(plain_number(reading.number)) == amount
