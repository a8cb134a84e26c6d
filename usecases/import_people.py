"""A people file comes in: who works here now, and who no longer does."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from uuid6 import uuid7

from domain.contract import Contract
from domain.identifiers import PersonId, TenantId
from domain.people import Person
from domain.register.difference import FieldChange
from domain.register.people import PeopleReading, read_people
from domain.register.people_difference import PeopleDifference, PersonChange, compare_people
from domain.register.report import PeopleReport
from domain.register.synonyms import RegisterColumn
from storage.events import Event, new_event
from storage.tables import read_sheets
from storage.unit_of_work import Unit
from usecases.parts.importing import PEOPLE, keep_import, told_changes
from usecases.parts.retrying import once_more
from usecases.world import World


async def import_people(
    world: World,
    tenant_id: TenantId,
    file_name: str,
    content: bytes,
    *,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    actor: str,
) -> PeopleReport:
    """Store who works here, in one transaction. Nobody is deleted: whoever is not in the file is no longer listed.

    People are known again by mail address, then by Entra object id; a new address follows the person into their
    contracts. `Refused` when the file cannot be used at all; then, as in a dry run, nothing is stored.
    """
    reading = read_people(read_sheets(content), mapping)
    now = world.now()

    async def bring_in() -> PeopleReport:
        async with world.store.read(tenant_id) if dry_run else world.store.open(tenant_id) as unit:
            stored = await unit.people.all()
            illegible = [row.subject for row in reading.quarantined if row.subject]
            difference = compare_people(reading.drafts, stored, reading.header, illegible)
            report = _report(file_name, reading, difference, is_dry_run=dry_run)
            if not dry_run:
                await unit.tenant.ensure(tenant_id, at=now)
                events = await _keep_people(unit, difference, stored, actor, now)
                events += await _follow_new_addresses(unit, difference.changed, actor, now)
                events.append(await _keep_import(unit, report, content, actor, now))
                await unit.events.add_all(events)
                await unit.commit()
        return report

    return await once_more(bring_in)


def _report(file_name: str, reading: PeopleReading, difference: PeopleDifference, *, is_dry_run: bool) -> PeopleReport:
    return PeopleReport(
        file_name=file_name,
        is_dry_run=is_dry_run,
        sheet_name=reading.header.sheet_name,
        header_row=reading.header.row_number,
        rows_read=reading.rows_read,
        quarantined=reading.quarantined,
        remarks=reading.remarks,
        file_remarks=reading.file_remarks,
        difference=difference,
    )


async def _keep_people(
    unit: Unit, difference: PeopleDifference, stored: Sequence[Person], actor: str, now: datetime
) -> list[Event]:
    new = [draft.person(PersonId(str(uuid7()))) for draft in difference.new]
    changed = [change.after for change in difference.changed]
    unlisted = [replace(person, is_listed=False) for person in difference.unlisted]
    final = {person.person_id: person for person in (*stored, *changed, *unlisted)}
    claimed = {person.aad_object_id: person.person_id for person in (*new, *changed) if person.aad_object_id}
    for person in stored:
        # An id that moves between people is first taken from the one who had it: no two may hold it even for a moment.
        if person.aad_object_id and claimed.get(person.aad_object_id, person.person_id) != person.person_id:
            await unit.people.save(replace(person, aad_object_id=None))
            if final[person.person_id].aad_object_id == person.aad_object_id:
                final[person.person_id] = replace(final[person.person_id], aad_object_id=None)
    for person in (*changed, *unlisted):
        await unit.people.save(final[person.person_id])
    await unit.people.add_all(new)
    return [
        *(_event("person_added", person, actor, now, {"mail": person.mail, "source": PEOPLE}) for person in new),
        *(
            _event("person_changed", change.after, actor, now, {"changes": told_changes(change.fields)})
            for change in difference.changed
        ),
        *(_event("person_unlisted", person, actor, now, {"mail": person.mail}) for person in unlisted),
    ]


def _event(kind: str, person: Person, actor: str, now: datetime, details: Mapping[str, object]) -> Event:
    return new_event(kind=kind, subject=f"person:{person.person_id}", actor=actor, at=now, details=details)


_ADDRESSES = {
    "owner_mail": RegisterColumn.OWNER_MAIL,
    "manager_mail": RegisterColumn.MANAGER_MAIL,
    "deputy_mail": RegisterColumn.DEPUTY_MAIL,
}


async def _follow_new_addresses(unit: Unit, changes: Sequence[PersonChange], actor: str, now: datetime) -> list[Event]:
    """Somebody who changes address (a new surname) keeps their contracts."""
    moved = {change.before.mail: change.after.mail for change in changes if change.before.mail != change.after.mail}
    events: list[Event] = []
    for contract in await unit.contracts.all() if moved else ():
        after, fields = _readdressed(contract, moved)
        if fields:
            await unit.contracts.save(after, needs_planning=False)
            details = {"contract_number": contract.contract_number, "changes": told_changes(fields)}
            subject = f"contract:{contract.contract_id}"
            events.append(new_event(kind="contract_changed", subject=subject, actor=actor, at=now, details=details))
    return events


def _readdressed(contract: Contract, moved: Mapping[str, str]) -> tuple[Contract, list[FieldChange]]:
    mails = {name: getattr(contract, name) for name in _ADDRESSES}
    fields = [
        FieldChange(column=_ADDRESSES[name], before=mail, after=moved[mail])
        for name, mail in mails.items()
        if mail in moved
    ]
    return replace(contract, **{name: moved.get(mail, mail) for name, mail in mails.items()}), fields


async def _keep_import(unit: Unit, report: PeopleReport, content: bytes, actor: str, now: datetime) -> Event:
    difference = report.difference
    counts = {
        "new": len(difference.new),
        "changed": len(difference.changed),
        "unchanged": len(difference.unchanged),
        "unlisted": len(difference.unlisted),
    }
    return await keep_import(unit, PEOPLE, report=report, content=content, counts=counts, actor=actor, at=now)
