"""A card's fields are asked for one at a time, and what the client would refuse is asked for again."""

import io

import pytest
from rich.console import Console

from bot.demo.card_reading import Field, FieldKind
from bot.demo.filling import fill
from bot.demo.screen import Screen
from tests.support.typing_hands import Hands

GRADE = Field(field_id="PU1", kind=FieldKind.CHOICE, label="Betyg", choices=(("4", "Bra"), ("5", "Mycket bra")))
DAY = Field(
    field_id="on",
    kind=FieldKind.DATE,
    label="Dag",
    value="2027-01-20",
    is_required=True,
    earliest="2027-01-12",
    latest="2027-01-25",
)
WHY = Field(field_id="why", kind=FieldKind.TEXT, label="Varför", is_required=True, fault="Skriv varför.", most=10)
NOTE = Field(field_id="note", kind=FieldKind.LINES, label="Något mer?")
COUNT = Field(field_id="count", kind=FieldKind.NUMBER, label="Hur många?")


async def _fill(field: Field, *typed: str) -> tuple[dict[str, str] | None, str]:
    out = io.StringIO()
    values = await fill([field], {}, Hands(*typed), Screen(Console(file=out, width=80)))
    return values, out.getvalue()


@pytest.mark.parametrize("typed", ["2", "5", "mycket bra"])
async def test_a_choice_is_made_by_number_value_or_name(typed: str) -> None:
    values, _ = await _fill(GRADE, "Mycket bra" if typed == "5" else typed)

    assert values == {"PU1": "5"}


async def test_the_value_there_is_kept_by_pressing_enter() -> None:
    values, told = await _fill(DAY, "")

    assert values == {"on": "2027-01-20"}
    assert "2027-01-20" in told


async def test_a_field_is_emptied_by_a_dash() -> None:
    values, _ = await _fill(Field(field_id="note", kind=FieldKind.TEXT, label="Not", value="gammalt"), "-")

    assert values == {"note": ""}


@pytest.mark.parametrize(
    ("field", "wrong", "right", "complaint"),
    [
        (DAY, "20 januari", "2027-01-13", "Skriv dagen"),
        (DAY, "2027-01-11", "2027-01-13", "Tidigast 2027-01-12"),
        (DAY, "2027-02-11", "2027-01-13", "Senast 2027-01-25"),
        (WHY, "", "Ny tjänst", "Skriv varför."),
        (WHY, "Alldeles för långt", "Ny tjänst", "Högst 10 tecken"),
        (GRADE, "7", "1", "Skriv numret"),
        (COUNT, "tre", "3", "Skriv ett tal"),
    ],
)
async def test_what_does_not_fit_is_explained_and_asked_for_again(
    field: Field, wrong: str, right: str, complaint: str
) -> None:
    values, told = await _fill(field, wrong, right)

    assert complaint in told
    assert values == {field.field_id: "4" if field is GRADE else right}


async def test_what_need_not_be_filled_in_can_be_skipped() -> None:
    values, told = await _fill(NOTE, "")

    assert values == {"note": ""}
    assert "hoppa över" in told


async def test_ctrl_c_sends_nothing() -> None:
    values, _ = await _fill(NOTE, Hands.CTRL_C)

    assert values is None
