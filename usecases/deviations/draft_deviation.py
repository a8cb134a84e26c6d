"""Somebody reports in their own words: a draft is kept for them to look at, and nobody else hears of it yet."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from uuid6 import uuid7

from domain.case_guards import DRAFT_LIFETIME
from domain.deviation import Deviation
from domain.deviation_case import may_discard
from domain.drafting import MOST_WORDS, check_answered, corrected, drafted, skipped
from domain.errors import Refused
from domain.identifiers import ContractId, DeviationId, TenantId
from domain.people import Person
from domain.privacy import personal_findings
from domain.report import Correction, Report
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.parts.own_drafts import Draft, own_draft, shown_draft
from usecases.parts.registering import Registered, register
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.world import World

__all__ = [
    "Draft",
    "correct_draft",
    "discard_draft",
    "draft_deviations",
    "list_drafts",
    "read_draft",
    "register_draft",
    "skip_question",
]


async def draft_deviations(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reports: Sequence[Report],
) -> tuple[Draft, ...]:
    """Keep a draft for each fault that was reported. Nothing is kept of a text that points a person out."""
    for report in reports:
        _check(report.description, report.location or "")
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        numbers = await _numbers(unit, reports)
        drafts = [
            replace(_new(report, person, scene), contract_number=numbers.get(report.contract_id)) for report in reports
        ]
        for draft in drafts:
            await unit.deviations.add(draft)
        found = [await shown_draft(unit, scene, person, draft) for draft in drafts]
        await unit.commit()
    return tuple(found)


async def read_draft(world: World, tenant_id: TenantId, person: Person, deviation_id: str) -> Draft:
    """A draft of the person's own; refused when it is registered, thrown away, a day old or somebody else's."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        return await shown_draft(unit, scene, person, await own_draft(unit, scene, person, deviation_id))


async def list_drafts(world: World, tenant_id: TenantId, person: Person) -> tuple[Deviation, ...]:
    """The person's own drafts that can still be registered, oldest first."""
    async with world.store.read(tenant_id) as unit:
        return tuple(await unit.deviations.drafts_of(person.mail, since=world.now() - DRAFT_LIFETIME))


async def correct_draft(
    world: World,
    tenant_id: TenantId,
    person: Person,
    deviation_id: str,
    correction: Correction,
) -> Draft:
    """Change what was understood; what has been answered is not asked again, and the first words stay as they were."""
    _check(*(text or "" for text in (correction.addition, correction.location, correction.requirement)))
    _check(correction.invoice_number or "")
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        draft = await own_draft(unit, scene, person, deviation_id)
        contract = await unit.contracts.get(correction.contract_id) if correction.contract_id else None
        kinds = scene.in_force.deviation_types
        if correction.type is not None and correction.type not in kinds:
            raise Refused("deviation.refused.needs_type")
        kind = kinds.get(correction.type or draft.type or "")
        changed = corrected(draft, correction, contract=contract, kind=kind, today=scene.today)
        kept = draft if changed == draft else await unit.deviations.save(changed)
        shown = await shown_draft(unit, scene, person, kept)
        await unit.commit()
    return shown


async def skip_question(world: World, tenant_id: TenantId, person: Person, deviation_id: str) -> Draft:
    """Pass over the question the draft asks now; refused for what a case cannot be without."""
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        draft = await own_draft(unit, scene, person, deviation_id)
        changed = skipped(draft)
        kept = draft if changed == draft else await unit.deviations.save(changed)
        shown = await shown_draft(unit, scene, person, kept)
        await unit.commit()
    return shown


async def discard_draft(world: World, tenant_id: TenantId, person: Person, deviation_id: str) -> None:
    """Throw a draft away with its evidence; refused once it is registered or a day old. The event keeps no words."""
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        draft = await own_draft(unit, scene, person, deviation_id)
        if not may_discard(draft, person.mail, scene.now):
            raise Refused("deviation.refused.draft_too_old", number="")
        await unit.deviations.forget_draft(draft.deviation_id)
        gone = new_event(
            kind="deviation.draft_discarded",
            subject=f"deviation:{draft.deviation_id}",
            actor=person.mail,
            at=scene.now,
        )
        await unit.events.add_all([gone])
        await unit.commit()


async def register_draft(world: World, tenant_id: TenantId, person: Person, deviation_id: str) -> Registered:
    """Register the draft as its reporter has confirmed it: number, first deadline, and notices to those who must hear.

    Pressed twice at once, the second press is refused with the number the first one gave.
    """
    return await once_more(lambda: _registered(world, tenant_id, person, deviation_id))


async def _registered(world: World, tenant_id: TenantId, person: Person, deviation_id: str) -> Registered:
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        draft = await own_draft(unit, scene, person, deviation_id)
        check_answered(draft)
        contract = await unit.contracts.get(draft.contract_id) if draft.contract_id else None
        registered = await register(unit, scene, draft, contract, is_stored=True)
        await unit.commit()
    return registered


def _new(report: Report, person: Person, scene: Scene) -> Deviation:
    return drafted(
        report,
        DeviationId(str(uuid7())),
        by=person.mail,
        at=scene.now,
        today=scene.today,
        rules=scene.rules.number,
    )


async def _numbers(unit: Unit, reports: Sequence[Report]) -> Mapping[ContractId | None, str]:
    found = await unit.contracts.by_ids({report.contract_id for report in reports if report.contract_id})
    return {contract_id: contract.contract_number for contract_id, contract in found.items()}


def _check(*texts: str) -> None:
    if any(len(text) > MOST_WORDS for text in texts):
        raise Refused("deviation.refused.too_long", most=MOST_WORDS)
    if any(personal_findings(text) for text in texts):
        raise Refused("deviation.refused.personal_data")
