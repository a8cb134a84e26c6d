"""Two cases that are one are merged, and what was merged or reported together by mistake is taken apart again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from uuid6 import uuid7

from domain.case_file import Evidence, Sighting
from domain.case_guards import CaseFacts
from domain.case_moves import moved
from domain.deviation import ENDED_STATES, Deviation, DeviationState
from domain.deviation_case import allowed
from domain.errors import Refused
from domain.identifiers import DeviationId, SightingId, TenantId
from domain.joining import as_sighting, brought_by, divided, handed_over, may_join
from domain.notice import Notice, NoticeKind, new_notice
from domain.people import ContractRole, Person
from domain.twins import reporters
from storage.events import Event
from storage.unit_of_work import Unit
from usecases.parts.casework import Case, as_seen, case_event, case_for, keep_moved
from usecases.parts.registering import under_deadline
from usecases.parts.scene import read_scene
from usecases.world import World

_S = DeviationState


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """The case that was asked about, and the one it was merged into or came out of."""

    case: Deviation
    other: Deviation


async def others_to_merge(
    world: World, tenant_id: TenantId, person: Person, reference: str
) -> tuple[Case, tuple[Deviation, ...]]:
    """The case, and the open cases of the same contract it may be merged into, oldest first."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        case = await case_for(unit, scene, person, reference)
        contract_id = case.deviation.contract_id
        rows = await unit.deviations.of_contract(contract_id) if contract_id else []
        seen = [await as_seen(unit, scene, person, row) for row in rows if row.is_open]
    others = [
        other.deviation
        for other in seen
        if other.deviation.deviation_id != case.deviation.deviation_id
        and (other.kind is None or other.kind.may_be_seen_by(other.parts, person.roles))
    ]
    return case, tuple(sorted(others, key=lambda one: one.number or ""))


async def merge_cases(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    into_reference: str,
    reason: str,
) -> Joining:
    """Let one case go on in another of the same contract: its report, sightings and evidence move, and leave a trace.

    Those who reported it hear so, and from then on hear of the case that stays.
    """
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        case = await case_for(unit, scene, person, reference)
        into = await case_for(unit, scene, person, into_reference)
        _check_pair(case, into)
        facts = case.facts(
            CaseFacts(now=scene.now, actor_mail=person.mail, reason=reason, merged_into=into.deviation.deviation_id),
        )
        allowed(case.deviation, _S.MERGED, case.parts, facts)
        await _hand_over(unit, case, into)
        details = {"from": case.deviation.state.value, "to": "merged", "reason": reason, "case": into.deviation.number}
        kept = await keep_moved(
            unit, case, moved(case.deviation, _S.MERGED, facts), [_event(case, "moved", person, details)]
        )
        told = {
            "case": kept.deviation.number,
            "reason": reason,
            "evidence": [e.evidence_id for e in case.file.evidence],
        }
        stays = await keep_moved(unit, into, into.deviation, [_event(into, "merged_in", person, told)])
        await unit.notices.add_all(list(_lines(unit, case, "merged", [*case_reporters(case)], person)), at=scene.now)
        await unit.commit()
    return Joining(case=kept.deviation, other=stays.deviation)


async def divide_case(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    reason: str,
    *,
    report: int | None,
) -> Joining:
    """Take a merged case out again, or make the report with this number (from 1) of an open case a case of its own."""
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        case = await case_for(unit, scene, person, reference)
        if case.deviation.state is _S.MERGED:
            found = await _taken_out(unit, case, person, reason)
        else:
            found = await _split_off(unit, case, person, report, reason)
        await unit.commit()
    return found


def case_reporters(case: Case) -> tuple[str, ...]:
    return reporters(case.deviation, case.file)


def _check_pair(case: Case, into: Case) -> None:
    number = into.deviation.number or ""
    if case.deviation.deviation_id == into.deviation.deviation_id:
        raise Refused("joining.refused.itself")
    if case.deviation.contract_id is None or case.deviation.contract_id != into.deviation.contract_id:
        raise Refused("joining.refused.other_contract", number=number)
    if not into.deviation.is_open:
        raise Refused("joining.refused.not_open", number=number)
    _check_part(case)


def _check_part(case: Case) -> None:
    keeps = case.kind is not None and case.kind.only_controller_and_legal
    if not may_join(case.parts, only_controller=keeps or case.contract is None):
        raise Refused("joining.refused.only_responsible")


async def _hand_over(unit: Unit, case: Case, into: Case) -> None:
    to = into.deviation.deviation_id
    moving = handed_over(case.file.sightings, case.deviation.deviation_id)
    await unit.case_files.hand_over_sightings(moving, to)
    await unit.case_files.add_sightings([as_sighting(case.deviation, SightingId(str(uuid7())), of=to)])
    await unit.case_files.hand_over_evidence(case.file.evidence, to)


async def _taken_out(unit: Unit, case: Case, person: Person, reason: str) -> Joining:
    """Back to registered, with the sightings and the evidence it had brought along."""
    facts = case.facts(CaseFacts(now=case.scene.now, actor_mail=person.mail, reason=reason))
    allowed(case.deviation, _S.REGISTERED, case.parts, facts)
    row = await unit.deviations.get(case.deviation.merged_into or "")
    if row is None:
        raise Refused("deviation.refused.no_such_way", number=case.deviation.number or "")
    into = await as_seen(unit, case.scene, person, row)
    back, own = brought_by(into.file.sightings, case.deviation)
    await unit.case_files.hand_over_sightings(back, case.deviation.deviation_id)
    await unit.case_files.forget_sightings(own)
    await unit.case_files.hand_over_evidence(await _brought_evidence(unit, case, into), case.deviation.deviation_id)
    details = {"from": "merged", "to": "registered", "reason": reason, "case": row.number}
    changed = moved(case.deviation, _S.REGISTERED, facts)
    kept = await keep_moved(unit, case, changed, [_event(case, "moved", person, details)])
    told = {"case": kept.deviation.number, "reason": reason}
    await unit.events.add_all([_event(into, "divided", person, told)])
    people = [one.reported_by for one in (*back, *own)]
    await unit.notices.add_all(list(_lines(unit, case, "split", people, person)), at=case.scene.now)
    return Joining(case=kept.deviation, other=row)


async def _brought_evidence(unit: Unit, case: Case, into: Case) -> Sequence[Evidence]:
    history = await unit.events.about(f"deviation:{into.deviation.deviation_id}")
    mine = [
        one for one in history if one.kind == "deviation.merged_in" and one.details.get("case") == case.deviation.number
    ]
    brought = set(mine[-1].details.get("evidence", ())) if mine else set()
    return [one for one in into.file.evidence if one.evidence_id in brought]


async def _split_off(unit: Unit, case: Case, person: Person, report: int | None, reason: str) -> Joining:
    _check_part(case)
    if case.deviation.state in ENDED_STATES:
        raise Refused("joining.refused.ended", number=case.deviation.number or "")
    sighting = _chosen(case.file.sightings, report)
    new = divided(
        case.deviation,
        sighting,
        deviation_id=DeviationId(str(uuid7())),
        number=await unit.deviations.next_number(case.scene.today.year),
        at=case.scene.now,
    )
    new = under_deadline(new, case.contract, case.scene)
    await unit.deviations.add(new)
    await unit.case_files.forget_sightings([sighting])
    seen = await as_seen(unit, case.scene, person, new)
    await unit.events.add_all(
        [
            _event(case, "divided", person, {"case": new.number, "reason": reason}),
            _event(seen, "registered", person, {"number": new.number, "case": case.deviation.number, "reason": reason}),
        ],
    )
    await unit.notices.add_all(list(_lines(unit, seen, "split", [sighting.reported_by], person)), at=case.scene.now)
    return Joining(case=new, other=case.deviation)


def _chosen(sightings: Sequence[Sighting], report: int | None) -> Sighting:
    if not sightings:
        raise Refused("joining.refused.last_report")
    if report is None or not 1 <= report <= len(sightings):
        raise Refused("joining.refused.no_such_report", number=report or 0)
    return sightings[report - 1]


def _event(case: Case, kind: str, person: Person, details: Mapping[str, object]) -> Event:
    return case_event(case, f"deviation.{kind}", person, details)


def _lines(unit: Unit, case: Case, what: str, mails: Iterable[str], actor: Person) -> Iterator[Notice]:
    """A line to each reporter but the one who did it."""
    scene, deviation = case.scene, case.deviation
    for mail in dict.fromkeys(mails):
        person = scene.roster.living(mail)
        if person is None or mail == actor.mail:
            continue
        yield new_notice(
            unit.tenant_id,
            kind=NoticeKind.DEVIATION_PROGRESS,
            subject=f"deviation:{deviation.deviation_id}",
            occurrence=deviation.number or "",
            step=f"{what}:{scene.now.isoformat()}",
            role=ContractRole.REPORTER,
            recipient_mail=mail,
            not_before=scene.post.digest_moment(person, scene.now),
            payload={"text_key": f"drafting.told.{what}"},
        )
