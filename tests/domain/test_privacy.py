"""What must never be stored about a person is found, and what only looks like it is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.privacy import (
    PersonalKind,
    blotted,
    personal_findings,
    personal_numbers,
    sensitive_words,
    without_personal_numbers,
)


@pytest.mark.parametrize(
    "text",
    [
        "Kalle 19850713-9809 blev utan hemtjänstmat i två dagar",
        "850713-9809",
        "8507139809",
        "198507139809",
        "850713 9809 fick fel medicin",
        "19850713 9809",
        "pnr:850713-9809.",
        "1985-07-13-9809",
        "1985-07-13 9809",
        "850713+9809",
        "850713\u20139809",
        "850713 - 9809",
        "(850713-9809)",
        "850773-9806",
        "198507739806",
        "\uff18\uff15\uff10\uff17\uff11\uff13-\uff19\uff18\uff10\uff19",
        "19121212-1212",
        "tolvan 121212-1212 och tretton",
        "20000229-0005",
    ],
)
def test_a_personal_number_is_found_however_it_is_written(text: str) -> None:
    assert personal_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "556036-0793",
        "5560360793",
        "16556036-0793",
        "Org.nr 550061-0661",
        "Order 4500123456",
        "order 2026112212",
        "850713-9808",
        "19851313-9809",
        "850230-1230",
        "Ring 070-123 45 67",
        "telefon 0701234560",
        "mobil: 0701234568",
        "Avtal 2026-0147",
        "18 400 men ska vara 15 950",
        "AVV-2026-0412",
        "98507139809123",
        "kl 08.15-13.40 i går",
        "85-07-13-9809",
        "20010229-0005",
        "",
    ],
)
def test_what_only_looks_like_a_personal_number_is_left_alone(text: str) -> None:
    assert not personal_numbers(text)


@given(
    year=st.integers(min_value=1900, max_value=2025),
    day=st.integers(min_value=1, max_value=364),
    serial=st.integers(min_value=0, max_value=999),
    coordination=st.booleans(),
    mark=st.sampled_from(["", "-", " ", "+"]),
    century=st.booleans(),
)
def test_every_valid_number_is_found(
    year: int,
    day: int,
    serial: int,
    coordination: bool,
    mark: str,
    century: bool,
) -> None:
    month, of_month = divmod(day, 28)
    written = f"{year % 100:02}{month % 12 + 1:02}{of_month + 1 + 60 * coordination:02}"
    nine = f"{written}{serial:03}"
    total = sum(sum(divmod(int(digit) * (2 - at % 2), 10)) for at, digit in enumerate(nine))
    number = f"{year // 100 if century else ''}{written}{mark}{serial:03}{-total % 10}"

    assert personal_numbers(f"Det gäller {number}, som blev utan mat.")


@given(st.text())
def test_any_text_is_looked_through(text: str) -> None:
    for finding in personal_findings(text):
        assert 0 <= finding.start < finding.end <= len(text)
    assert not personal_numbers(blotted(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Patienten har diabetes och fick fel mat", PersonalKind.HEALTH),
        ("En kvinna med demens lämnades utan tillsyn", PersonalKind.HEALTH),
        ("Eleven är autistisk och bussen kom inte", PersonalKind.HEALTH),
        ("Patienten Anna Berg blev utan mat", PersonalKind.PERSON_IN_CARE),
        ("Brukaren Karl fick ingen lunch", PersonalKind.PERSON_IN_CARE),
        ("Patienten i rum 12 fick vänta", PersonalKind.PERSON_IN_CARE),
        ("The patient in room 4 was left alone", PersonalKind.PERSON_IN_CARE),
        ("eleven Kalle lämnades kvar", PersonalKind.PERSON_IN_CARE),
    ],
)
def test_health_and_people_in_care_are_found(text: str, kind: PersonalKind) -> None:
    assert kind in {finding.kind for finding in sensitive_words(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Leverantören har mejlat att patientuppgifter kan ha läckt!!!",
        "Maten till demensboendet Solgården kom sent",
        "Diabeteshjälpmedel levererades till fel adress",
        "Personalen saknar utbildning i demens",
        "Städningen på äldreboendet uteblev",
        "Två barn lämnades kvar vid hållplatsen",
        "Patienterna fick vänta i två timmar",
        "Vi har fått tre klagomål från föräldrar om bemötandet",
        "Jag är inte ansvarig, det är Samira på fastighet.",
        "Blöjorna till Solgården är fel storlek",
        "En patient fick fel mat",
        "Barnet fick vänta på bussen",
    ],
)
def test_ordinary_reports_are_not_stopped(text: str) -> None:
    assert not personal_findings(text)


def test_what_is_blotted_out_is_gone_and_the_rest_stays() -> None:
    text = "Kalle 19850713-9809 blev utan hemtjänstmat i två dagar"

    assert blotted(text) == "Kalle … blev utan hemtjänstmat i två dagar"


def test_personal_numbers_in_texts_are_taken_out_and_other_numbers_stay() -> None:
    text = without_personal_numbers("Personlig assistans 19850713-9809, avtal 5560360793, tel 0325-123456")

    assert text == "Personlig assistans …, avtal 5560360793, tel 0325-123456"


@pytest.mark.parametrize(
    "text",
    [
        "Anna fick fel medicin",
        "Karin i rum 4 har feber",
        "Sven som har MS",
        "Annas insulin kom inte",
        "fel medicin till Karl-Erik",
        "lisa fick ingen frukost",
        "Erik i 7B blev slagen av busschauffören",
        "Fru Larsson på avdelning 2 fick inte sin medicin",
        "Gunnel ramlade för att det inte var sandat",
    ],
)
def test_health_and_care_told_of_somebody_by_name_is_found(text: str) -> None:
    assert sensitive_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg på Sjöstäd svarar inte",
        "Anna har beställt fel medicinskåp",
        "Per har inte svarat på två veckor",
        "Städningen i rum 4 är dålig",
        "Johan på kontoret fick fel toner",
    ],
)
def test_a_name_alone_is_nobodys_secret(text: str) -> None:
    assert not sensitive_words(text)
