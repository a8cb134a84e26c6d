"""What the register last said of a contract, so that what people have put right since outlives the next import.

A register is read in night after night and mostly says what it said before. Only what it says anew is news; a field
that people have changed meanwhile stays theirs until then.
"""

from collections.abc import Mapping

from domain.contract import Contract
from domain.identifiers import ContractId
from domain.register.contact import Contact
from domain.register.grouping import ContractDraft
from domain.register.naming import name_key
from domain.register.plain import as_plain
from domain.register.rights import as_said, field_of
from domain.register.synonyms import RegisterColumn as Column

Baseline = Mapping[str, object]
"""Field of a contract to the value the register gave it last, as JSON has it. A field that is not there was never told."""

FIELDS: Mapping[str, Column] = {
    "title": Column.TITLE,
    "registry_number": Column.REGISTRY_NUMBER,
    "area": Column.AREA,
    "department": Column.DEPARTMENT,
    "owner_mail": Column.OWNER_MAIL,
    "manager_mail": Column.MANAGER_MAIL,
    "deputy_mail": Column.DEPUTY_MAIL,
    "start_on": Column.START_ON,
    "end_on": Column.END_ON,
    "renewal": Column.RENEWAL,
    "notice_months": Column.NOTICE,
    "annual_value_sek": Column.ANNUAL_VALUE,
    "ceiling_sek": Column.CEILING,
    "contract_class": Column.CONTRACT_CLASS,
}
"""Fields of a contract that a register may change, with the column that speaks of each. Suppliers are the register's alone."""
_WORDS: Mapping[str, str] = {
    "owner_mail": "owner_name",
    "manager_mail": "manager_name",
    "deputy_mail": "deputy_name",
}
"""Beside the address somebody was found to have, the words the register named them by."""


def baseline_of(draft: ContractDraft) -> Baseline:
    """What a draft says of every field."""
    drafted = draft.contract(ContractId(""))
    plain = {name: as_plain(getattr(drafted, name)) for name in FIELDS}
    rights = {field_of(right.kind): as_said(right) for right in draft.rights}
    return {**plain, **rights, **{words: _words_for(contact_of(draft, name)) for name, words in _WORDS.items()}}


def contact_of(draft: ContractDraft, name: str) -> Contact:
    """Whom the draft names in the part of `owner_mail`, `manager_mail` or `deputy_mail`."""
    return {"owner_mail": draft.owner, "manager_mail": draft.manager, "deputy_mail": draft.deputy}[name]


def is_person(name: str) -> bool:
    return name in _WORDS


def is_news(name: str, said: Baseline, before: Baseline, current: Contract) -> bool:
    """Whether what the register says of the field now goes before what the contract has.

    The same words may have come to mean another address since, by a new people file. That is news as long as nobody
    has chosen otherwise, and never a reason to leave the contract without anybody.
    """
    if name not in before:
        return True
    if said[name] == before[name]:
        return False
    if _is_same_wording(name, said, before):
        return said[name] is not None and not is_corrected(name, before, current)
    return True


def is_corrected(name: str, before: Baseline, current: Contract) -> bool:
    """Whether people have changed the field since the register spoke of it."""
    return name in before and as_plain(getattr(current, name)) != before[name]


def updated(name: str, said: Baseline, before: Baseline) -> Baseline:
    """The part of the next baseline that tells of the field."""
    if said[name] is None and name in before and _is_same_wording(name, said, before):
        return {}  # whom the words meant is still known from the time when they could be looked up
    keys = (name, _WORDS[name]) if name in _WORDS else (name,)
    return {key: said[key] for key in keys}


def _is_same_wording(name: str, said: Baseline, before: Baseline) -> bool:
    words = _WORDS.get(name)
    return words is not None and said[words] is not None and said[words] == before.get(words)


def _words_for(contact: Contact) -> str | None:
    return name_key(contact.said) if contact.said else None
