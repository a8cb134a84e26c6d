"""A letter to a supplier as the rule book writes it: headed sections of paragraphs with `{slots}`, and a table's place."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Final

from domain.case_file import LetterKind
from domain.contract_right import RightKind
from domain.rules.reading import Words

WORDS_FILE: Final = "letter_words"
LETTER_FILES: Final = (WORDS_FILE, *(f"letter_{kind}" for kind in LetterKind))
"""Stems of the rule files that letters are written from."""


class Slot(StrEnum):
    """What a paragraph may have filled in."""

    SUPPLIER = "supplier"
    RECIPIENT = "recipient"
    CONTRACT = "contract"
    CONTRACT_NUMBER = "contract_number"
    CASE = "case"
    REGISTRY = "registry"
    DATE = "date"
    FAULT = "fault"
    AGREED = "agreed"
    CLAUSE = "clause"
    HAPPENED = "happened"
    AMOUNT = "amount"
    INVOICE = "invoice"
    EARLIER = "earlier"
    CONSEQUENCE = "consequence"
    TERMS = "terms"
    DEMAND = "demand"
    ANSWER_DUE = "answer_due"
    TALK_ON = "talk_on"
    TALK_HOW = "talk_how"
    REPLY = "reply"
    PROMISED = "promised"
    SENDER = "sender"
    SENDER_ROLE = "sender_role"
    CONTACT = "contact"


GAPS: Final = (
    Slot.SUPPLIER,
    Slot.RECIPIENT,
    Slot.CONTRACT,
    Slot.FAULT,
    Slot.AGREED,
    Slot.CLAUSE,
    Slot.HAPPENED,
    Slot.CONSEQUENCE,
    Slot.DEMAND,
    Slot.ANSWER_DUE,
    Slot.TERMS,
    Slot.TALK_ON,
    Slot.TALK_HOW,
    Slot.REPLY,
    Slot.PROMISED,
    Slot.SENDER,
    Slot.CONTACT,
)
"""Slots that leave a gap when they are not known. The others are always known, or stand only in paragraphs that need them."""


class Phrase(StrEnum):
    """Short words that belong to no slot."""

    REGISTRY_PENDING = "registry_pending"
    NO_OCCASIONS = "no_occasions"
    OCCASION = "occasion"
    PLACE = "place"
    COUNT = "count"
    NOTED = "noted"
    CONTACT = "contact"


class SenderRole(StrEnum):
    """Whose name stands under a letter."""

    OWNER = "contract_owner"
    MANAGER = "contract_manager"
    CONTROLLER = "contract_controller"
    DEPARTMENT_HEAD = "department_head"


class Channel(StrEnum):
    """How one may have spoken to a supplier."""

    PHONE = "phone"
    MAIL = "mail"
    MEETING = "meeting"
    LETTER = "letter"
    SYSTEM = "system"


class TableKind(StrEnum):
    """Tables a section may end with."""

    OCCASIONS = "occasions"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWords:
    """What all the letters share."""

    gaps: Mapping[Slot, Words]
    phrases: Mapping[Phrase, Words]
    roles: Mapping[SenderRole, Words]
    letters: Mapping[LetterKind, Words]
    channels: Mapping[Channel, Words]
    rights: Mapping[RightKind, Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphTemplate:
    """One paragraph, left out unless all it `needs` is known."""

    words: Words
    needs: frozenset[Slot] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTemplate:
    """One headed section. With neither paragraphs nor a table to show it is left out of the letter."""

    section_id: str
    heading: Words
    paragraphs: tuple[ParagraphTemplate, ...]
    table: TableKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTemplate:
    """One kind of letter in one version."""

    kind: LetterKind
    version: int
    source: str
    title: Words
    sections: tuple[SectionTemplate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterBook:
    """Everything letters are written from, in one version of the rules."""

    words: LetterWords
    templates: Mapping[LetterKind, LetterTemplate]


def pieces(text: str) -> tuple[tuple[str, str | None], ...]:
    """The text cut at its slots: what stands before each, and the slot's name; None after the last."""
    return tuple(
        # Nothing but a bare name is a slot: a width or a conversion makes it a name nobody knows.
        (before, name if not spec and not conversion else f"{name}!{conversion or ''}:{spec or ''}")
        for before, name, spec, conversion in Formatter().parse(text)
    )
