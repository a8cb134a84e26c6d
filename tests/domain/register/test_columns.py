"""Finding the headings, whatever a register calls its columns."""

import pytest

from domain.errors import Refused
from domain.register.cell import NumberedRow, Sheet
from domain.register.columns import PEOPLE_VOCABULARY, REGISTER_VOCABULARY, Vocabulary, find_header, folded
from domain.register.synonyms import RegisterColumn
from tests.support.registers import ENGLISH_HEADINGS, HEADINGS, PEOPLE_HEADINGS, make_people, make_register

NEEDED = ("Avtalsnummer", "Avtalsnamn", "Leverantör", "Organisationsnummer", "Startdatum")


def sheet(*rows: tuple[str | None, ...]) -> Sheet:
    return Sheet(name="Blad1", rows=tuple(NumberedRow(number=number, cells=row) for number, row in enumerate(rows, 1)))


@pytest.mark.parametrize("headings", [HEADINGS, ENGLISH_HEADINGS])
def test_every_column_is_known_in_swedish_and_in_english(headings: tuple[str, ...]) -> None:
    header, below = find_header([make_register(headings=headings, contracts=3).sheet()], REGISTER_VOCABULARY)

    assert header.unused == ()
    assert len(header.places) == len(headings)
    assert len(below) >= 3


def test_a_people_file_may_use_the_words_of_entra() -> None:
    header, _ = find_header([make_people(make_register()).sheet()], PEOPLE_VOCABULARY)

    assert header.unused == ()
    assert len(header.places) == len(PEOPLE_HEADINGS)


def test_titles_and_empty_rows_above_the_headings_are_passed_over() -> None:
    header, below = find_header([sheet(("Avtalsregister 2027",), (None,), NEEDED, ("1",))], REGISTER_VOCABULARY)

    assert header.row_number == 3
    assert [row.number for row in below] == [4]


def test_the_first_sheet_with_a_register_in_it_is_read() -> None:
    other = Sheet(name="Läs mig", rows=(NumberedRow(number=1, cells=("Hej", "hopp")),))

    header, _ = find_header([other, sheet(NEEDED)], REGISTER_VOCABULARY)

    assert header.sheet_name == "Blad1"


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("AVTALSSLUT", RegisterColumn.END_ON),
        ("Årsvärde (tkr)", RegisterColumn.ANNUAL_VALUE),
        ("Årsvärde, kkr", RegisterColumn.ANNUAL_VALUE),
        ("Uppsägningstid (mån)", RegisterColumn.NOTICE),
        ("Uppsagningstid", RegisterColumn.NOTICE),
        ("Förlängning *", RegisterColumn.RENEWAL),
        ("T.o.m.", RegisterColumn.END_ON),
        ("Avtalsägare (e-post)", RegisterColumn.OWNER_MAIL),
        ("E-post avtalsförvaltare", RegisterColumn.MANAGER_MAIL),
        ("owner_email", RegisterColumn.OWNER_MAIL),
        ("Ansvarig", RegisterColumn.MANAGER_NAME),
    ],
)
def test_case_units_and_punctuation_do_not_matter(heading: str, column: RegisterColumn) -> None:
    header, _ = find_header([sheet((*NEEDED, heading))], REGISTER_VOCABULARY)

    assert header.places[column] == len(NEEDED)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Avtalets slutdatum enligt avtal", RegisterColumn.END_ON),
        ("Uppsägningstid för kommunen", RegisterColumn.NOTICE),
        ("Kontaktuppgift: avtalsägarens e-postadress", RegisterColumn.OWNER_MAIL),
        ("Antal förlängningar i avtalet", RegisterColumn.RENEWAL),
    ],
)
def test_a_heading_nobody_could_list_is_guessed_by_its_telling_word_and_said(
    heading: str, column: RegisterColumn
) -> None:
    header, _ = find_header([sheet((*NEEDED, heading))], REGISTER_VOCABULARY)

    assert header.guessed == (column,)


@pytest.mark.parametrize(
    "heading", ["Förlängning senast", "Förlängt till", "Leverantörens kontaktperson", "Avtalsvärde"]
)
def test_a_heading_that_says_something_else_is_left_alone(heading: str) -> None:
    header, _ = find_header([sheet((*NEEDED, heading))], REGISTER_VOCABULARY)

    assert header.unused == (heading,)


def test_the_clearer_word_wins_where_two_columns_could_be_the_title() -> None:
    header, _ = find_header([sheet(("Avtal", *NEEDED))], REGISTER_VOCABULARY)

    assert header.headings[RegisterColumn.TITLE] == "Avtalsnamn"
    assert header.unused == ("Avtal",)


def test_a_mail_column_belongs_to_the_name_on_its_left() -> None:
    header, _ = find_header(
        [sheet((*NEEDED, "Avtalsägare", "E-post", "Avtalsförvaltare", "E-post"))], REGISTER_VOCABULARY
    )

    assert header.places[RegisterColumn.OWNER_MAIL] == 6
    assert header.places[RegisterColumn.MANAGER_MAIL] == 8


def test_a_mapping_goes_before_every_synonym() -> None:
    rows = sheet((*NEEDED, "Vår beteckning"))

    header, _ = find_header([rows], REGISTER_VOCABULARY, {"contract_number": "vår beteckning"})

    assert header.headings[RegisterColumn.CONTRACT_NUMBER] == "Vår beteckning"


def test_a_missing_column_is_named_beside_what_was_found() -> None:
    with pytest.raises(Refused) as refused:
        find_header([sheet(("Avtalsnummer", "Avtalsnamn", "Pris"))], REGISTER_VOCABULARY)

    assert refused.value.text_key == "register.columns_missing"
    assert refused.value.values["columns"] == "supplier, org_number, start_on"
    assert refused.value.values["found"] == "Avtalsnummer, Avtalsnamn, Pris"


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"contract_no": "Avtalsnummer"}, "register.mapping_unknown"),
        ({"contract_number": "Finns inte"}, "register.mapping_missing"),
    ],
)
def test_a_mapping_that_leads_nowhere_is_refused(mapping: dict[str, str], said: str) -> None:
    with pytest.raises(Refused) as refused:
        find_header([sheet(NEEDED)], REGISTER_VOCABULARY, mapping)

    assert refused.value.text_key == said


@pytest.mark.parametrize(("rows", "said"), [((), "file_empty"), ((("hej", "hopp"),), "no_header")])
def test_a_file_without_headings_is_refused(rows: tuple[tuple[str, ...], ...], said: str) -> None:
    with pytest.raises(Refused) as refused:
        find_header([sheet(*rows)], REGISTER_VOCABULARY)

    assert refused.value.text_key == f"register.{said}"


@pytest.mark.parametrize("vocabulary", [REGISTER_VOCABULARY, PEOPLE_VOCABULARY])
def test_no_word_means_two_columns(vocabulary: Vocabulary) -> None:
    words = [(folded(word), column) for column, phrases in vocabulary.synonyms.items() for word in phrases]

    assert [word for word, column in words if vocabulary.ranked[word][1] != column] == []
