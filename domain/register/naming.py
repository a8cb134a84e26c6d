"""Who the register means: names without an address are looked up among the people known, once and only when certain."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from domain.people import Person
from domain.register.cell import Remark
from domain.register.contact import Contact
from domain.register.grouping import ContractDraft, RowRemark
from domain.register.synonyms import RegisterColumn as Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Drafts whose people have addresses wherever one could be found, and remarks where none could."""

    drafts: tuple[ContractDraft, ...]
    remarks: tuple[RowRemark, ...]


def name_people(drafts: Iterable[ContractDraft], people: Iterable[Person]) -> Naming:
    """Give every person named only by name the address of the one person known by that name.

    No person or several by the name means a remark and no address: a nudge to a namesake would be worse than none.
    """
    known = _mails_by_name(people)
    named = tuple(
        replace(
            draft,
            owner=_addressed(draft.owner, known),
            manager=_addressed(draft.manager, known),
            deputy=_addressed(draft.deputy, known),
        )
        for draft in drafts
    )
    remarks = [
        _not_found(draft, contact.name, column, known)
        for draft in named
        for contact, column in _parts(draft)
        if contact.name is not None and contact.mail is None
    ]
    return Naming(drafts=named, remarks=tuple(remarks))


def _parts(draft: ContractDraft) -> tuple[tuple[Contact, Column], ...]:
    return (
        (draft.owner, Column.OWNER_NAME),
        (draft.manager, Column.MANAGER_NAME),
        (draft.deputy, Column.DEPUTY_NAME),
    )


def unknown_contacts(drafts: Iterable[ContractDraft], people: Iterable[Person]) -> tuple[Contact, ...]:
    """Everybody the register gives an address for who is not among the people, once each, by address."""
    known = {person.mail for person in people}
    found: dict[str, Contact] = {}
    for draft in drafts:
        for contact, _ in _parts(draft):
            if contact.mail and contact.mail not in known and not (contact.mail in found and found[contact.mail].name):
                found[contact.mail] = contact
    return tuple(found[mail] for mail in sorted(found))


def _mails_by_name(people: Iterable[Person]) -> Mapping[str, list[str]]:
    mails: dict[str, list[str]] = defaultdict(list)
    for person in people:
        if not person.has_left:
            mails[name_key(person.name)].append(person.mail)
    return mails


def name_key(name: str) -> str:
    """`Holm, Karin` and `karin  holm` are the same name."""
    family, comma, given = name.partition(",")
    return " ".join((f"{given} {family}" if comma else name).casefold().split())


def _addressed(contact: Contact, known: Mapping[str, list[str]]) -> Contact:
    if contact.mail is not None or contact.name is None:
        return contact
    mails = known.get(name_key(contact.name), [])
    return replace(contact, mail=mails[0], is_looked_up=True) if len(mails) == 1 else contact


def _not_found(draft: ContractDraft, name: str, column: Column, known: Mapping[str, list[str]]) -> RowRemark:
    key = "register.person_ambiguous" if known.get(name_key(name)) else "register.person_unknown"
    return RowRemark(
        row_number=draft.row_numbers[0],
        subject=draft.contract_number,
        remark=Remark(text_key=key, column=column, values={"name": name}),
    )
