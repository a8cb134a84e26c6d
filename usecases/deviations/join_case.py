"""*Jag också*: a draft becomes another sighting of a case there is already, instead of its twin."""

from collections.abc import Iterator
from dataclasses import dataclass

from uuid6 import uuid7

from domain.case_file import Sighting
from domain.case_guards import CaseFacts
from domain.case_moves import moved
from domain.deviation import Deviation, DeviationState
from domain.deviation_case import allowed
from domain.errors import Refused
from domain.identifiers import DeviationId, SightingId, TenantId
from domain.notice import Notice, NoticeKind, new_notice
from domain.people import Person
from domain.twins import reporters
from storage.unit_of_work import Unit
from usecases.parts.casework import Case, as_seen, case_event, keep_moved
from usecases.parts.own_drafts import own_draft, shown_draft
from usecases.parts.registering import who_hears
from usecases.parts.scene import read_scene
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedCase:
    """The case a report was added to, as its reporter is thanked for it."""

    deviation: Deviation
    report_count: int
    may_open: bool
    is_reopened: bool


async def join_case(
    world: World,
    tenant_id: TenantId,
    person: Person,
    deviation_id: str,
    *,
    reason_to_reopen: str,
) -> JoinedCase:
    """Add the draft to the case it is like, with who, where, when and the words; refused when there is none any more.

    Number of times and severity stay as they are: what the reports add up to is proposed to the manager. A case
    closed lately is opened again, by who may, for a reason in the reporter's language.
    """
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        draft = await own_draft(unit, scene, person, deviation_id)
        twin = (await shown_draft(unit, scene, person, draft)).twin
        if twin is None:
            raise Refused("drafting.refused.no_twin")
        before = await as_seen(unit, scene, person, twin.deviation)
        await _hand_over(unit, draft, before.deviation.deviation_id)
        case = await as_seen(unit, scene, person, before.deviation)
        await unit.events.add_all(
            [case_event(case, "deviation.joined", person, {"reports": len(reporters(case.deviation, case.file))})],
        )
        if not case.deviation.is_open:
            case = await _reopened(unit, case, person, reason_to_reopen)
        await unit.notices.add_all(list(_notices(unit, case, draft, person)), at=scene.now)
        await unit.commit()
    return JoinedCase(
        deviation=case.deviation,
        report_count=len(reporters(case.deviation, case.file)),
        may_open=twin.may_see or case.kind is None or case.kind.may_be_seen_by(case.parts, person.roles),
        is_reopened=not before.deviation.is_open,
    )


async def _hand_over(unit: Unit, draft: Deviation, to: DeviationId) -> None:
    gathered = await unit.case_files.of(draft.deviation_id)
    await unit.case_files.add_sightings(_sightings(draft, to))
    await unit.case_files.hand_over_evidence(gathered.evidence, to)
    await unit.deviations.forget_draft(draft.deviation_id)


def _sightings(draft: Deviation, to: DeviationId) -> Iterator[Sighting]:
    """One for each day that was named; the words stand with the first."""
    days = draft.occurred_days if len(draft.occurred_days) > 1 else (None,)
    words = "\n".join((draft.description, *draft.additions))
    for at, day in enumerate(days):
        yield Sighting(
            sighting_id=SightingId(str(uuid7())),
            deviation_id=to,
            reported_by=draft.reported_by,
            reported_at=draft.reported_at,
            words="" if at else words,
            occurred_from=day or draft.occurred_from,
            occurred_to=day or draft.occurred_to,
            location=draft.location,
            occurrence_count=1 if day else draft.occurrence_count,
        )


async def _reopened(unit: Unit, case: Case, person: Person, reason: str) -> Case:
    facts = case.facts(CaseFacts(now=case.scene.now, actor_mail=person.mail, reason=reason))
    before = case.deviation
    allowed(before, DeviationState.REGISTERED, case.parts, facts)
    details = {"from": before.state.value, "to": DeviationState.REGISTERED.value, "reason": reason}
    event = case_event(case, "deviation.moved", person, details)
    return await keep_moved(unit, case, moved(before, DeviationState.REGISTERED, facts), [event])


def _notices(unit: Unit, case: Case, draft: Deviation, person: Person) -> Iterator[Notice]:
    """To those who hear of the case, at once when somebody describes it as graver than it was taken for."""
    scene, deviation = case.scene, case.deviation
    is_graver = (draft.is_urgent or draft.is_emergency) and not (deviation.is_urgent or deviation.is_emergency)
    for role, listener in who_hears(draft if is_graver else deviation, case.contract, scene):
        if listener.mail == person.mail:
            continue
        yield new_notice(
            unit.tenant_id,
            kind=NoticeKind.DEVIATION_URGENT if is_graver else NoticeKind.DEVIATION_NEW,
            subject=f"deviation:{deviation.deviation_id}",
            occurrence=deviation.number or "",
            step=f"joined:{draft.deviation_id}",
            role=role,
            recipient_mail=listener.mail,
            not_before=scene.now if is_graver else scene.post.digest_moment(listener, scene.now),
            payload={"text_key": "drafting.told.joined_urgent" if is_graver else "drafting.told.joined"},
        )
