"""A registered case put right: the contract it really is about, and the number of times its reports speak for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.case_file import CaseFile
from domain.contract import Contract
from domain.contract_right import limits_of
from domain.deviation import ENDED_STATES, Deviation
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.joining import may_join
from domain.notice import Notice, NoticeKind, new_notice
from domain.people import Person
from domain.twins import Recount, recount, reporters
from storage.unit_of_work import Unit
from usecases.parts.case_words import check_words
from usecases.parts.casework import Case, case_event, case_for, keep_moved
from usecases.parts.registering import who_hears
from usecases.parts.scene import read_scene
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReports:
    """Who has reported a case and what it adds up to, as one person sees it."""

    deviation: Deviation
    file: CaseFile
    names: dict[str, str]
    """By mail address."""
    merged: dict[str, str]
    """Numbers of the cases merged into it, by id."""
    report_count: int
    recount: Recount | None
    may_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoved:
    """A case at its right contract, and who is told."""

    deviation: Deviation
    contract: Contract
    told: tuple[Person, ...]


async def show_reports(world: World, tenant_id: TenantId, person: Person, reference: str) -> CaseReports:
    """Every report and every piece of evidence of a case the person may see."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        case = await case_for(unit, scene, person, reference)
        origins = {one.merged_from for one in case.file.sightings if one.merged_from}
        merged = await unit.deviations.by_ids(origins)
    mails = {*reporters(case.deviation, case.file), *(one.added_by for one in case.file.evidence)}
    people = {mail: scene.roster.people.get(mail) for mail in mails}
    return CaseReports(
        deviation=case.deviation,
        file=case.file,
        names={mail: found.name for mail, found in people.items() if found},
        merged={key: row.number or "" for key, row in merged.items()},
        report_count=len(reporters(case.deviation, case.file)),
        recount=recount(case.deviation, case.kind, case.file),
        may_change=_may_change(case),
    )


async def accept_recount(world: World, tenant_id: TenantId, person: Person, reference: str) -> Deviation:
    """Let the case say what its reports add up to; refused when they say nothing new."""
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        case = await case_for(unit, scene, person, reference)
        _check_part(case)
        proposed = recount(case.deviation, case.kind, case.file)
        if proposed is None:
            raise Refused("joining.refused.nothing_to_recount")
        before = case.deviation
        changed = replace(before, occurrence_count=proposed.occurrences, severity=proposed.severity)
        details = {
            "from": [before.occurrence_count, before.severity],
            "to": [changed.occurrence_count, changed.severity],
        }
        kept = await keep_moved(unit, case, changed, [case_event(case, "deviation.recounted", person, details)])
        if changed.is_urgent and not before.is_urgent:
            notices = _notices(unit, kept, person, "recounted", "deviation.urgent", is_urgent=True)
            await unit.notices.add_all(list(notices), at=scene.now)
        await unit.commit()
    return kept.deviation


async def move_to_contract(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    contract_number: str,
    reason: str,
) -> CaseMoved:
    """Move a case to the contract it is about: deadlines, limits and who hears follow that contract from now on."""
    check_words([reason])
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        case = await case_for(unit, scene, person, reference)
        _check_part(case)
        contract = await unit.contracts.by_number(contract_number)
        if contract is None:
            raise Refused("joining.refused.no_such_contract", said=contract_number[:40])
        _check_movable(case, contract)
        rights = await unit.contract_rights.of(contract.contract_id)
        details = {"from": case.deviation.contract_number, "to": contract.contract_number, "reason": reason}
        event = case_event(case, "deviation.contract_changed", person, details)
        changed = replace(
            case.deviation,
            contract_id=contract.contract_id,
            contract_number=contract.contract_number,
            limits=limits_of(rights),
        )
        kept = await keep_moved(unit, replace(case, contract=contract, rights=rights), changed, [event])
        notices = list(
            _notices(unit, kept, person, "moved", "drafting.told.moved_contract", is_urgent=changed.is_urgent)
        )
        await unit.notices.add_all(notices, at=scene.now)
        await unit.commit()
    mails = {notice.recipient_mail for notice in notices}
    told = tuple(one for mail in sorted(mails) if (one := scene.roster.people.get(mail)))
    return CaseMoved(deviation=kept.deviation, contract=contract, told=told)


def _check_movable(case: Case, contract: Contract) -> None:
    number = case.deviation.number or ""
    if case.deviation.state in ENDED_STATES:
        raise Refused("joining.refused.ended", number=number)
    if contract.contract_id == case.deviation.contract_id:
        raise Refused("joining.refused.same_contract", number=number)


def _may_change(case: Case) -> bool:
    keeps = case.kind is not None and case.kind.only_controller_and_legal
    return may_join(case.parts, only_controller=keeps or case.contract is None)


def _check_part(case: Case) -> None:
    if not _may_change(case):
        raise Refused("joining.refused.only_responsible")


def _notices(unit: Unit, case: Case, actor: Person, step: str, text_key: str, *, is_urgent: bool) -> Iterator[Notice]:
    scene, deviation = case.scene, case.deviation
    for role, person in who_hears(deviation, case.contract, scene):
        if person.mail == actor.mail:
            continue
        yield new_notice(
            unit.tenant_id,
            kind=NoticeKind.DEVIATION_URGENT if is_urgent else NoticeKind.DEVIATION_NEW,
            subject=f"deviation:{deviation.deviation_id}",
            occurrence=deviation.number or "",
            step=f"{step}:{deviation.version}",
            role=role,
            recipient_mail=person.mail,
            not_before=scene.now if is_urgent else scene.post.digest_moment(person, scene.now),
            payload={"text_key": text_key},
        )
