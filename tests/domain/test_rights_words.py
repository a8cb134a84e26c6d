"""What people write about a contract's rights is read as it is meant, and nothing is made up."""

import pytest

from domain.contract_right import RightKind
from domain.rights_words import is_plainly_rights, kind_named, read_days, read_rights

K = RightKind


def told(text: str, usual: RightKind | None = None) -> list[tuple[RightKind, str, str]]:
    return [(right.kind, right.clause, right.terms) for right in read_rights(text, usual=usual).rights]


@pytest.mark.parametrize(
    ("text", "rights"),
    [
        ("vite § 7.2 5 000 kr per påbörjad vecka; prisavdrag § 8", [(K.PENALTY, "§ 7.2", "5 000 kr per påbörjad vecka"), (K.PRICE_REDUCTION, "§ 8", "")]),
        ("Vite 5 000 kr/påbörjad vecka § 7.2; prisavdrag", [(K.PENALTY, "§ 7.2", "5 000 kr/påbörjad vecka"), (K.PRICE_REDUCTION, "", "")]),
        ("Vite/prisavdrag/hävning", [(K.PENALTY, "", ""), (K.PRICE_REDUCTION, "", ""), (K.RESCISSION, "", "")]),
        ("vite 500 kr per timme, § 8.1 prisavdrag samt hävning vid avtalsbrott punkt 12", [(K.PENALTY, "", "500 kr per timme"), (K.PRICE_REDUCTION, "§ 8.1", ""), (K.RESCISSION, "punkt 12", "vid avtalsbrott")]),
        ("Penalty SEK 5,000 per started week clause 7.2, price reduction", [(K.PENALTY, "clause 7.2", "SEK 5,000 per started week"), (K.PRICE_REDUCTION, "", "")]),
        ("Vite § 7.2 5000 kr; vite § 7.3 2000 kr per tillfälle", [(K.PENALTY, "§ 7.2, § 7.3", "5000 kr; 2000 kr per tillfälle")]),
        ("Skadestånd enligt 9 §. Uppsägning § 14", [(K.DAMAGES, "9 §", ""), (K.TERMINATION, "§ 14", "")]),
        ("liquidated damages 1 % per week", [(K.PENALTY, "", "1 % per week")]),
        ("4 kap. 7 § vite", [(K.PENALTY, "4 kap. 7 §", "")]),
        ("vite vid uppsägning", [(K.PENALTY, "", "vid uppsägning")]),
        ("1) vite § 3 2) prisavdrag", [(K.PENALTY, "§ 3", ""), (K.PRICE_REDUCTION, "", "")]),
        ("rätt till prisavdrag enl avsnitt 8 och vite enl. 7.2", [(K.PRICE_REDUCTION, "avsnitt 8", ""), (K.PENALTY, "7.2", "")]),
        ("åtgärdsplan inom 15 dagar", [(K.ACTION_PLAN, "", "15 dagar")]),
    ],
)  # fmt: skip
def test_each_right_is_read_with_its_clause_and_terms(text: str, rights: list[tuple[RightKind, str, str]]) -> None:
    assert told(text) == rights


@pytest.mark.parametrize(
    ("text", "kind", "days", "is_working"),
    [
        ("Reklamation inom 7 dagar", K.COMPLAINT_TIME, 7, False),
        ("reklamationstid sju dagar", K.COMPLAINT_TIME, 7, False),
        ("complaints within 7 days", K.COMPLAINT_TIME, 7, False),
        ("reklamation inom 36 timmar", K.COMPLAINT_TIME, 1, False),
        ("reklamation inom en månad", K.COMPLAINT_TIME, 28, False),
        ("åtgärdstid 10 arbetsdagar", K.CORRECTION_TIME, 10, True),
        ("avhjälpande inom 36 timmar", K.CORRECTION_TIME, 2, False),
        ("remedy within 2 weeks", K.CORRECTION_TIME, 14, False),
        ("Svar på reklamation inom fem arbetsdagar", K.ANSWER_TIME, 5, True),
        ("answer within 5 working days", K.ANSWER_TIME, 5, True),
    ],
)
def test_a_time_limit_becomes_days_ours_never_longer_than_written(
    text: str, kind: RightKind, days: int, is_working: bool
) -> None:
    [right] = read_rights(text).rights

    assert (right.kind, right.limit_days, right.is_working_days) == (kind, days, is_working)


@pytest.mark.parametrize("text", ["Inget vite", "ej prisavdrag", "no penalty"])
def test_a_right_the_contract_does_not_give_is_not_registered(text: str) -> None:
    assert read_rights(text).rights == ()
    assert read_rights(text).unread == ()


@pytest.mark.parametrize("text", ["", " " * 20_000, "a, " * 2_000, "vite " * 1_000, "§ § §", "svar ska ske " * 1_000])
def test_any_text_is_read_in_a_moment(text: str) -> None:
    assert len(read_rights(text).rights) <= 1


def test_what_names_no_right_is_handed_back() -> None:
    assert read_rights("vite § 7; enligt bilaga").unread == ("enligt bilaga",)


def test_a_column_of_its_own_needs_no_name_in_the_cell() -> None:
    assert told("5 000 kr per vecka § 7", K.PENALTY) == [(K.PENALTY, "§ 7", "5 000 kr per vecka")]
    assert told("Ja", K.PENALTY) == [(K.PENALTY, "", "")]
    assert told("Nej", K.PENALTY) == []


def test_a_bare_number_of_days_is_read_by_its_heading() -> None:
    calendar_days, working_days = read_days("7", K.COMPLAINT_TIME), read_days("7", K.COMPLAINT_TIME, is_working=True)

    assert calendar_days is not None
    assert working_days is not None
    assert (calendar_days.limit_days, calendar_days.is_working_days) == (7, False)
    assert working_days.is_working_days
    assert read_days("omgående", K.COMPLAINT_TIME) is None


@pytest.mark.parametrize(("text", "kind"), [("vite", K.PENALTY), ("Price reduction", K.PRICE_REDUCTION), ("hej", None)])
def test_a_right_is_known_by_its_name(text: str, kind: RightKind | None) -> None:
    assert kind_named(text) is kind


@pytest.mark.parametrize("text", ["reklamationstid 7 dagar", "vite § 7.2", "vite 5 000 kr per vecka; prisavdrag § 8"])
def test_words_about_rights_alone_are_told_from_talk(text: str) -> None:
    assert is_plainly_rights(text)


@pytest.mark.parametrize("text", ["Reklamation skickad till leverantören", "vite nej", "Städningen uteblev 3 gånger"])
def test_talk_is_not_taken_for_rights(text: str) -> None:
    assert not is_plainly_rights(text)
