"""What a people file would change among the people known: new, changed, unchanged, and no longer listed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.identifiers import PersonId
from domain.people import Person
from domain.register.columns import Header
from domain.register.difference import FieldChange
from domain.register.people import PersonDraft
from domain.register.people_synonyms import PeopleColumn as Column


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """Somebody known whom the file tells otherwise."""

    before: Person
    after: Person
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleDifference:
    """A people file beside the store."""

    new: tuple[PersonDraft, ...]
    changed: tuple[PersonChange, ...]
    unchanged: tuple[Person, ...]
    unlisted: tuple[Person, ...]
    """Listed so far and not in the file: kept, but no longer counted among those who work here."""

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody in the file as they will be; the new ones without an id of their own yet."""
        new = (draft.person(PersonId(draft.mail)) for draft in self.new)
        return (*new, *(change.after for change in self.changed), *self.unchanged)


_FIELDS: Mapping[str, tuple[Column, ...]] = {
    "mail": (Column.MAIL,),
    "name": (Column.NAME, Column.GIVEN_NAME, Column.FAMILY_NAME),
    "aad_object_id": (Column.OBJECT_ID,),
    "department": (Column.DEPARTMENT,),
    "title": (Column.TITLE,),
    "line_manager_mail": (Column.LINE_MANAGER_MAIL,),
    "roles": (Column.ROLES,),
}
"""Fields of a person that a people file may change, with the columns that speak of each."""
_LISTED = "is_listed"


def compare_people(
    drafts: Iterable[PersonDraft],
    stored: Sequence[Person],
    header: Header,
    quarantined_names: Iterable[str] = (),
) -> PeopleDifference:
    """Lay the drafts beside the people known, by Entra object id and else by mail address.

    Somebody whose row is in quarantine stays listed, by name: the file has them, only not readably.
    """
    by_object_id = {person.aad_object_id: person for person in stored if person.aad_object_id}
    by_mail = {person.mail: person for person in stored}
    new: list[PersonDraft] = []
    changed: list[PersonChange] = []
    unchanged: list[Person] = []
    seen: set[str] = set()
    for draft in drafts:
        person = _known(draft, by_object_id, by_mail)
        if person is None or person.person_id in seen:
            new.append(draft)
            continue
        seen.add(person.person_id)
        change = _change(person, draft, header)
        if change.fields:
            changed.append(change)
        else:
            unchanged.append(person)
    spared = {name.casefold() for name in quarantined_names}
    unlisted = tuple(
        person
        for person in stored
        if person.is_listed and person.person_id not in seen and person.name.casefold() not in spared
    )
    return PeopleDifference(new=tuple(new), changed=tuple(changed), unchanged=tuple(unchanged), unlisted=unlisted)


def _known(draft: PersonDraft, by_object_id: Mapping[str, Person], by_mail: Mapping[str, Person]) -> Person | None:
    """By address first: an id that moved to a new address is the same person, unless that address is somebody's."""
    person = by_mail.get(draft.mail)
    if person is None and draft.aad_object_id:
        person = by_object_id.get(draft.aad_object_id)
    return person


def _change(person: Person, draft: PersonDraft, header: Header) -> PersonChange:
    told = [name for name, columns in _FIELDS.items() if any(header.has(column) for column in columns)]
    wanted = {name: getattr(draft, name) for name in told}
    if draft.aad_object_id is None:
        # An id learnt in a chat is not forgotten because the file lacks it.
        wanted.pop("aad_object_id", None)
    after = replace(person, **wanted, is_listed=True, has_left=False)
    fields = [
        FieldChange(column=_FIELDS[name][0], before=getattr(person, name), after=getattr(after, name))
        for name in wanted
        if getattr(person, name) != getattr(after, name)
    ]
    if not person.is_listed or person.has_left:
        fields.append(FieldChange(column=_LISTED, before=False, after=True))
    return PersonChange(before=person, after=after, fields=tuple(fields))
