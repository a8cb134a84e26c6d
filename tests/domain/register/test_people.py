"""Who works here, as a people file tells it."""

from dataclasses import replace
from typing import Any

import pytest

from domain.identifiers import PersonId
from domain.people import Person, Role
from domain.register.cell import Cell
from domain.register.people import PeopleReading, read_people
from domain.register.people_difference import PeopleDifference, compare_people
from domain.register.roles import read_roles
from tests.support.registers import PEOPLE_HEADINGS, Table, make_people, make_register

ID_1, ID_2 = "11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555"


def file(*rows: tuple[Cell, ...], headings: tuple[str, ...] = PEOPLE_HEADINGS) -> PeopleReading:
    return read_people([Table(headings=headings, rows=rows).sheet()])


def row(
    name: str = "Eva Ek", mail: Cell = "eva.ek@k.example", object_id: Cell = ID_1, roles: Cell = ""
) -> tuple[Cell, ...]:
    return (name, mail, object_id, "Stab", "Chef", "chef@k.example", roles)


def known(reading: PeopleReading, **changes: Any) -> list[Person]:  # noqa: ANN401 - any field of a person
    """The people of a reading as an earlier import left them."""
    return [replace(draft.person(PersonId(f"p-{place}")), **changes) for place, draft in enumerate(reading.drafts)]


def difference(reading: PeopleReading, people: list[Person]) -> PeopleDifference:
    return compare_people(reading.drafts, people, reading.header)


def test_a_people_file_is_read_whole() -> None:
    reading = read_people([make_people(make_register()).sheet()])

    assert (reading.quarantined, reading.remarks) == ((), ())
    assert Role.MUNICIPAL_DIRECTOR in reading.drafts[0].roles
    assert reading.drafts[2].line_manager_mail == reading.drafts[0].mail


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("avtalscontroller", {Role.CONTRACT_CONTROLLER}),
        ("Upphandlare", {Role.PROCUREMENT_OFFICER}),
        ("inköpschef", {Role.HEAD_OF_PROCUREMENT}),
        ("Förvaltningschef", {Role.DEPARTMENT_HEAD}),
        ("kommundirektör", {Role.MUNICIPAL_DIRECTOR}),
        ("jurist, dataskyddsombud", {Role.LEGAL_COUNSEL, Role.DPO}),
        ("jurist;dso", {Role.LEGAL_COUNSEL, Role.DPO}),
        ("avtalscontroller + systemförvaltare", {Role.CONTRACT_CONTROLLER, Role.BOT_ADMIN}),
        ("upphandlare / inköpschef", {Role.PROCUREMENT_OFFICER, Role.HEAD_OF_PROCUREMENT}),
        ("jurist och registrator", {Role.LEGAL_COUNSEL, Role.REGISTRAR}),
        ("contract_controller", {Role.CONTRACT_CONTROLLER}),
        ("Contract controller, Legal counsel", {Role.CONTRACT_CONTROLLER, Role.LEGAL_COUNSEL}),
        ("avtalsägare", set()),
        ("", set()),
    ],
)
def test_roles_have_swedish_english_and_code_names(cell: str, roles: set[Role]) -> None:
    assert read_roles(cell).roles == roles
    assert read_roles(cell).remarks == ()


@pytest.mark.parametrize(("cell", "said"), [("trollkarl", "role_unknown"), ("controller", "role_controller")])
def test_a_role_in_doubt_is_said(cell: str, said: str) -> None:
    assert [remark.text_key for remark in read_roles(cell).remarks] == [f"register.{said}"]


def test_given_and_family_names_make_a_name() -> None:
    reading = file(("Eva", "Ek", "EVA@k.example"), headings=("Förnamn", "Efternamn", "E-post"))

    assert (reading.drafts[0].name, reading.drafts[0].mail) == ("Eva Ek", "eva@k.example")


def test_without_an_address_nobody_can_be_stored() -> None:
    reading = file(row(mail=""), row(mail="eva", name="Eva Två"))

    assert reading.drafts == ()
    assert [quarantined.subject for quarantined in reading.quarantined] == ["Eva Ek", "Eva Två"]


def test_an_address_or_an_id_belongs_to_the_first_who_has_it() -> None:
    reading = file(row(), row(name="Eva Igen"), row(mail="ny@k.example", name="Nils Ny"))

    assert [draft.name for draft in reading.drafts] == ["Eva Ek", "Nils Ny"]
    assert [draft.aad_object_id for draft in reading.drafts] == [ID_1, None]
    assert [found.remark.text_key for found in reading.remarks] == ["register.person_twice", "register.object_id_twice"]


def test_an_id_that_is_none_is_said_and_left_out() -> None:
    reading = file(row(object_id="4711"))

    assert reading.drafts[0].aad_object_id is None
    assert [found.remark.text_key for found in reading.remarks] == ["register.object_id_unreadable"]


def test_the_same_people_again_are_no_change() -> None:
    reading = file(row(roles="jurist"), row(mail="b@k.example", object_id=ID_2))

    found = difference(reading, known(reading))

    assert (found.new, found.changed, found.unlisted) == ((), (), ())
    assert len(found.unchanged) == 2


def test_somebody_gone_from_the_file_is_unlisted() -> None:
    before = file(row(), row(mail="b@k.example", object_id=ID_2))

    found = difference(file(row()), known(before))

    assert [person.mail for person in found.unlisted] == ["b@k.example"]


def test_somebody_unreadable_this_time_stays_listed() -> None:
    reading = file(row(mail="oläslig"), row(mail="b@k.example", object_id=ID_2))

    found = compare_people(reading.drafts, known(file(row())), reading.header, ["Eva Ek"])

    assert found.unlisted == ()


def test_somebody_who_comes_back_is_listed_again() -> None:
    reading = file(row())

    found = difference(reading, known(reading, is_listed=False, has_left=True))

    assert [change.column for change in found.changed[0].fields] == ["is_listed"]
    assert (found.changed[0].after.is_listed, found.changed[0].after.has_left) == (True, False)


def test_a_new_address_under_the_same_id_is_the_same_person() -> None:
    found = difference(file(row(mail="eva.gift@k.example")), known(file(row())))

    assert found.new == ()
    assert [change.column for change in found.changed[0].fields] == ["mail"]


def test_an_id_learnt_in_a_chat_is_not_forgotten() -> None:
    reading = file(row(object_id=""))

    found = difference(reading, known(reading, aad_object_id=ID_2))

    assert found.changed == ()


def test_a_file_without_a_role_column_takes_no_roles_away() -> None:
    reading = file(("Eva Ek", "eva.ek@k.example"), headings=("Namn", "E-post"))

    found = difference(reading, known(reading, roles=frozenset({Role.LEGAL_COUNSEL})))

    assert found.changed == ()
