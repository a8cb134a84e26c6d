"""Two cases that are one are merged, and what was merged or reported together by mistake is taken apart again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from uuid6 import uuid7

from domain.case_file import Sighting
from domain.case_guards import CaseFacts
from domain.case_moves import moved
from domain.deviation import ENDED_STATES, Deviation, DeviationState
from domain.deviation_case import allowed
from domain.errors import Refused
from domain.identifiers import DeviationId, SightingId, TenantId
from domain.joining import as_sighting, divided, handed_over, may_join
from domain.people import Person
from domain.twins import reporters
from storage.events import Event
from storage.unit_of_work import Unit
from usecases.parts.case_words import check_words
from usecases.parts.casework import Case, as_seen, case_event, case_for, keep_moved
from usecases.parts.dividing import lines_to, take_out
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
    check_words([reason])
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
        await unit.notices.add_all(list(lines_to(unit, case, "merged", [*case_reporters(case)], person)), at=scene.now)
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
    check_words([reason])
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        case = await case_for(unit, scene, person, reference)
        if case.deviation.state is _S.MERGED:
            kept = await take_out(unit, case, person, reason)
            into = await unit.deviations.get(case.deviation.merged_into or "")
            found = Joining(case=kept.deviation, other=into or kept.deviation)
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
    await unit.notices.add_all(list(lines_to(unit, seen, "split", [sighting.reported_by], person)), at=case.scene.now)
    return Joining(case=new, other=case.deviation)


def _chosen(sightings: Sequence[Sighting], report: int | None) -> Sighting:
    if not sightings:
        raise Refused("joining.refused.last_report")
    if report is None or not 1 <= report <= len(sightings):
        raise Refused("joining.refused.no_such_report", number=report or 0)
    return sightings[report - 1]


def _event(case: Case, kind: str, person: Person, details: Mapping[str, object]) -> Event:
    return case_event(case, f"deviation.{kind}", person, details)
