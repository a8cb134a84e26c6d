"""Who a cell names: a name, a mail address, or both in one."""

import re
from dataclasses import dataclass

from domain.register.cell import Cell, Reading, Remark, quoted, read_text, text_of, unreadable

_MAIL = re.compile(r"[^\s@<>;,()\[\]\"']+@[^\s@<>;,()\[\]\"']+\.[^\s@<>;,()\[\]\"'.]+")
_LONGEST_MAIL = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody as the register names them."""

    name: str | None = None
    mail: str | None = None
    """Lower case."""
    is_looked_up: bool = False
    """Whether the address was found by the name, and does not stand in the register."""

    @property
    def said(self) -> str | None:
        """The register's own words: the address where it gives one, else the name."""
        return self.name if self.mail is None or self.is_looked_up else self.mail

    @property
    def is_named(self) -> bool:
        return self.name is not None or self.mail is not None


def read_mail(cell: Cell) -> Reading[str]:
    """A mail address in lower case; the first one, with a remark, where the cell holds several."""
    text = read_text(cell)
    if text is None:
        return Reading()
    found = list(dict.fromkeys(match.lower() for match in _MAIL.findall(text.removeprefix("mailto:"))))
    if not found or len(found[0]) > _LONGEST_MAIL:
        return Reading(remark=unreadable("register.mail_unreadable", cell))
    if len(found) > 1:
        return Reading(value=found[0], remark=Remark(text_key="register.mail_several", values={"text": found[0]}))
    return Reading(value=found[0])


def read_contact(name_cell: Cell, mail_cell: Cell) -> Reading[Contact]:
    """Name and mail address, whichever column each stands in (`Karin Holm <karin.holm@kommun.example>` is both)."""
    name = read_text(name_cell) or ""
    mail = read_mail(mail_cell)
    if "@" in name:
        in_name = read_mail(name_cell)
        name = _MAIL.sub(" ", name.removeprefix("mailto:")) if in_name.value else ""
        mail = mail if mail.value else in_name
    elif mail.remark is not None and mail.value is None and "@" not in text_of(mail_cell):
        # A name typed into the mail column is still a name.
        name = name or quoted(mail_cell)
    bare_name = " ".join(re.sub(r"[<>()\[\];,]+", " ", name).split()) if "@" in text_of(name_cell) else name
    return Reading(value=Contact(name=bare_name or None, mail=mail.value), remark=mail.remark)
