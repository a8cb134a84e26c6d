"""A contract register comes in: read, compared with what is stored, and kept whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from uuid6 import uuid7

from domain.contract import Contract
from domain.contract_right import ContractRight
from domain.identifiers import ContractId, PersonId, TenantId
from domain.people import Person
from domain.register.baseline import baseline_of
from domain.register.contact import Contact
from domain.register.difference import Difference, compare
from domain.register.grouping import RowRemark
from domain.register.naming import Naming, name_people, unknown_contacts
from domain.register.reading import RegisterReading, read_register
from domain.register.report import RegisterReport
from domain.register.rights import rights_after, tells_of_rights
from storage.events import Event, new_event
from storage.tables import read_sheets
from storage.unit_of_work import Unit
from usecases.parts.importing import PEOPLE, REGISTER, held_remarks, keep_import, told_changes
from usecases.parts.retrying import once_more
from usecases.parts.righting import renew_cases
from usecases.parts.scene import read_scene
from usecases.world import World


async def import_register(  # noqa: PLR0913 - as many as the command has
    world: World,
    tenant_id: TenantId,
    file_name: str,
    content: bytes,
    *,
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    expected: Sequence[Person] = (),
    actor: str,
) -> RegisterReport:
    """Store what the file says and nothing else: the next tick plans, and no message follows from here.

    The tenant is created when missing. A contract that is not in the file stays as it is, and so does a field that
    people have changed until the register says something new of it. `Refused` when the file cannot be used at all;
    then, as in a dry run, nothing is stored. `expected` are the people a file tried beside it would bring.
    """
    reading = read_register(read_sheets(content), mapping)

    async def bring_in() -> RegisterReport:
        async with world.store.read(tenant_id) if dry_run else world.store.open(tenant_id) as unit:
            people = _with(expected, await unit.people.all())
            naming = name_people(reading.drafts, people)
            difference = await _difference(unit, reading, naming)
            remarks = (*naming.remarks, *await held_remarks(world, unit, difference.held))
            has_people = bool(expected) or await unit.imports.has_any(PEOPLE)
            strangers = _strangers(naming, people) if has_people else ()
            report = _report(file_name, reading, remarks, difference, strangers, is_dry_run=dry_run)
            if not dry_run:
                newcomers = unknown_contacts(naming.drafts, people)
                await _keep(unit, report, newcomers, content, actor, world.now())
                await _renew_cases(world, unit, difference, actor)
                await unit.commit()
        return report

    return await once_more(bring_in)


def _with(expected: Sequence[Person], stored: Sequence[Person]) -> list[Person]:
    """The people known, each as expected where somebody is."""
    ids = {person.person_id for person in expected}
    return [*(person for person in stored if person.person_id not in ids), *expected]


async def _difference(unit: Unit, reading: RegisterReading, naming: Naming) -> Difference:
    stored = await unit.contracts.all()
    ids = [contract.contract_id for contract in stored] if tells_of_rights(reading.header) else []
    return compare(
        naming.drafts,
        stored,
        reading.header,
        reading.quarantined_numbers,
        await unit.contracts.registered(),
        await unit.contract_rights.of_contracts(ids),
    )


def _report(
    file_name: str,
    reading: RegisterReading,
    remarks: Sequence[RowRemark],
    difference: Difference,
    strangers: tuple[Contact, ...],
    *,
    is_dry_run: bool,
) -> RegisterReport:
    return RegisterReport(
        file_name=file_name,
        is_dry_run=is_dry_run,
        sheet_name=reading.header.sheet_name,
        header_row=reading.header.row_number,
        rows_read=reading.rows_read,
        quarantined=reading.quarantined,
        remarks=tuple(sorted((*reading.remarks, *remarks), key=lambda remark: remark.row_number)),
        file_remarks=reading.file_remarks,
        difference=difference,
        strangers=strangers,
    )


def _strangers(naming: Naming, people: Sequence[Person]) -> tuple[Contact, ...]:
    """People the register names whom the people file does not."""
    return unknown_contacts(naming.drafts, [person for person in people if person.is_listed])


async def _keep(
    unit: Unit, report: RegisterReport, newcomers: Sequence[Contact], content: bytes, actor: str, now: datetime
) -> None:
    difference = report.difference
    await unit.tenant.ensure(unit.tenant_id, at=now)
    events = [
        *await _keep_people(unit, newcomers, actor, now),
        *await _keep_contracts(unit, difference, actor, now),
    ]
    counts = {
        "new": len(difference.new),
        "changed": len(difference.changed),
        "unchanged": len(difference.unchanged),
        "missing": len(difference.missing),
    }
    imported = await keep_import(unit, REGISTER, report=report, content=content, counts=counts, actor=actor, at=now)
    await unit.events.add_all([*events, imported])


async def _renew_cases(world: World, unit: Unit, difference: Difference, actor: str) -> None:
    """Open cases go by the contract's own time limits: where those change, so do the cases' days."""
    changed = [change for change in difference.changed if change.rights]
    if not changed:
        return
    scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
    for change in changed:
        rights = await unit.contract_rights.of(change.after.contract_id)
        await renew_cases(unit, scene, change.after, rights, actor=actor)


async def _keep_people(unit: Unit, newcomers: Sequence[Contact], actor: str, now: datetime) -> list[Event]:
    """Whoever the register gives an address for is known from now on, though not listed as working here."""
    people = [
        Person(
            person_id=PersonId(str(uuid7())),
            mail=contact.mail,
            name=contact.name or contact.mail,
            is_listed=False,
        )
        for contact in newcomers
        if contact.mail is not None
    ]
    await unit.people.add_all(people)
    return [
        new_event(
            kind="person_added",
            subject=f"person:{person.person_id}",
            actor=actor,
            at=now,
            details={"mail": person.mail, "source": REGISTER},
        )
        for person in people
    ]


async def _keep_contracts(unit: Unit, difference: Difference, actor: str, now: datetime) -> list[Event]:
    new = [draft.contract(ContractId(str(uuid7()))) for draft in difference.new]
    baselines = {contract.contract_id: baseline_of(draft) for contract, draft in zip(new, difference.new, strict=True)}
    await unit.contracts.add_all(new)
    await unit.contracts.keep_registered({**baselines, **difference.baselines})
    for contract, draft in zip(new, difference.new, strict=True):
        if draft.rights:
            await unit.contract_rights.put(contract.contract_id, _of(contract, draft.rights))
    for change in difference.changed:
        await unit.contracts.save(change.after, needs_planning=change.needs_planning)
        if change.rights:
            stored = await unit.contract_rights.of(change.after.contract_id)
            await unit.contract_rights.put(change.after.contract_id, rights_after(stored, change.rights))
    registered = [
        new_event(
            kind="contract_registered",
            subject=f"contract:{contract.contract_id}",
            actor=actor,
            at=now,
            details={"contract_number": contract.contract_number},
        )
        for contract in new
    ]
    changed = [
        new_event(
            kind="contract_changed",
            subject=f"contract:{change.before.contract_id}",
            actor=actor,
            at=now,
            details={"contract_number": change.before.contract_number, "changes": told_changes(change.fields)},
        )
        for change in difference.changed
    ]
    return registered + changed


def _of(contract: Contract, rights: Sequence[ContractRight]) -> tuple[ContractRight, ...]:
    return tuple(replace(right, contract_id=contract.contract_id) for right in rights)
