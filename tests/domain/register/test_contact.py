"""Who a cell names."""

import pytest

from domain.register.cell import Cell
from domain.register.contact import Contact, read_contact, read_mail


@pytest.mark.parametrize(
    ("name", "mail", "contact"),
    [
        ("Karin Holm", "KARIN.HOLM@Kommun.Example ", Contact(name="Karin Holm", mail="karin.holm@kommun.example")),
        ("Karin Holm <karin@kommun.example>", None, Contact(name="Karin Holm", mail="karin@kommun.example")),
        ("Karin Holm (karin@kommun.example)", "", Contact(name="Karin Holm", mail="karin@kommun.example")),
        ("karin@kommun.example", None, Contact(name=None, mail="karin@kommun.example")),
        ("Karin Holm", None, Contact(name="Karin Holm", mail=None)),
        ("Holm, Karin", None, Contact(name="Holm, Karin", mail=None)),
        (None, "mailto:karin@kommun.example", Contact(name=None, mail="karin@kommun.example")),
        (None, None, Contact()),
        ("-", "saknas", Contact()),
    ],
)
def test_name_and_address_are_found_where_they_stand(name: Cell, mail: Cell, contact: Contact) -> None:
    reading = read_contact(name, mail)

    assert reading.value == contact
    assert reading.remark is None


def test_a_name_in_the_mail_column_is_still_a_name() -> None:
    reading = read_contact(None, "Karin Holm")

    assert reading.value == Contact(name="Karin Holm", mail=None)
    assert reading.remark is not None
    assert reading.remark.text_key == "register.mail_unreadable"


def test_the_first_of_several_addresses_counts_and_it_is_said() -> None:
    reading = read_mail("a@kommun.example; b@kommun.example")

    assert reading.value == "a@kommun.example"
    assert reading.remark is not None
    assert reading.remark.text_key == "register.mail_several"


@pytest.mark.parametrize("cell", ["karin.kommun.example", "karin@", "@kommun.example", "karin@kommun"])
def test_what_is_no_address_is_said(cell: str) -> None:
    reading = read_mail(cell)

    assert reading.value is None
    assert reading.remark is not None
