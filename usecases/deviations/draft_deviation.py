"""Somebody reports in their own words: a draft is kept for them to look at, and nobody else hears of it yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from uuid6 import uuid7

from domain.contract import Contract
from domain.deviation import Deviation, DeviationState
from domain.deviation_case import may_discard
from domain.deviation_types import AskFor, DeviationType
from domain.errors import Refused
from domain.identifiers import ContractId, DeviationId, TenantId
from domain.people import Person
from domain.privacy import personal_findings
from domain.report import Correction, Report
from storage.unit_of_work import Unit
from usecases.parts.registering import Registered, register
from usecases.parts.scene import Scene, read_scene
from usecases.world import World

_MOST_WORDS = 5_000
"""Characters of a report; a chat message longer than this is a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft with the contracts and types its reporter can choose among."""

    deviation: Deviation
    contracts: Mapping[ContractId, Contract]
    """The chosen contract and the candidates."""
    types: Mapping[str, DeviationType]
    may_see_contracts: bool
    """Whether the reporter has a part in any contract, and so may see more of one than its title."""

    @property
    def contract(self) -> Contract | None:
        return self.contracts.get(self.deviation.contract_id) if self.deviation.contract_id else None


async def draft_deviations(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reports: Sequence[Report],
) -> tuple[Draft, ...]:
    """Keep a draft for each fault that was reported. Nothing is kept of a text that points a person out."""
    for report in reports:
        _check(report.description)
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        numbers = await _numbers(unit, reports)
        drafts = [
            replace(_draft(report, person, scene), contract_number=numbers.get(report.contract_id))
            for report in reports
        ]
        for draft in drafts:
            await unit.deviations.add(draft)
        found = [await _shown(unit, scene, draft) for draft in drafts]
        await unit.commit()
    return tuple(found)


async def read_draft(world: World, tenant_id: TenantId, person: Person, deviation_id: str) -> Draft:
    """A draft of the person's own; refused when it is registered, thrown away or somebody else's."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        return await _shown(unit, scene, await _own(unit, person, deviation_id))


async def correct_draft(
    world: World,
    tenant_id: TenantId,
    person: Person,
    deviation_id: str,
    correction: Correction,
) -> Draft:
    """Change what was understood; what has been answered is not asked again."""
    _check(correction.addition or "", correction.location or "")
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        draft = await _own(unit, person, deviation_id)
        contract = await unit.contracts.get(correction.contract_id) if correction.contract_id else None
        kept = await unit.deviations.save(_corrected(draft, correction, contract))
        shown = await _shown(unit, scene, kept)
        await unit.commit()
    return shown


async def discard_draft(world: World, tenant_id: TenantId, person: Person, deviation_id: str) -> None:
    """Throw a draft away; refused once it is registered or a day old."""
    async with world.store.open(tenant_id) as unit:
        draft = await _own(unit, person, deviation_id)
        if not may_discard(draft, person.mail, world.now()):
            raise Refused("deviation.refused.draft_too_old", number="")
        await unit.deviations.forget_draft(draft.deviation_id)
        await unit.commit()


async def register_draft(world: World, tenant_id: TenantId, person: Person, deviation_id: str) -> Registered:
    """Register the draft as its reporter has confirmed it: number, first deadline, and notices to those who must hear."""
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        draft = await _own(unit, person, deviation_id)
        contract = await unit.contracts.get(draft.contract_id) if draft.contract_id else None
        registered = await register(unit, scene, draft, contract, is_stored=True)
        await unit.commit()
    return registered


async def _own(unit: Unit, person: Person, deviation_id: str) -> Deviation:
    draft = await unit.deviations.get(deviation_id)
    if draft is None or draft.reported_by != person.mail:
        raise Refused("deviation.refused.no_such_draft")
    if draft.state is not DeviationState.DRAFT:
        raise Refused("deviation.refused.registered_already", number=draft.number or "")
    return draft


def _draft(report: Report, person: Person, scene: Scene) -> Deviation:
    return Deviation(
        deviation_id=DeviationId(str(uuid7())),
        number=None,
        contract_id=report.contract_id,
        contract_number=None,
        type=report.type,
        severity=report.severity,
        state=DeviationState.DRAFT,
        description=report.description,
        reported_by=person.mail,
        reported_at=scene.now,
        location=report.location,
        occurred_from=report.occurred_from or scene.today,
        occurred_to=report.occurred_to,
        occurrence_count=max(1, report.occurrence_count),
        amount_sek=report.amount_sek,
        candidates=report.candidates,
        missing=report.missing,
        is_emergency=report.is_emergency,
        ruleset_number=scene.rules.number,
    )


def _corrected(draft: Deviation, correction: Correction, contract: Contract | None) -> Deviation:
    given = {
        "type": correction.type,
        "severity": correction.severity,
        "occurred_from": correction.occurred_from,
        "occurred_to": correction.occurred_to,
        "occurrence_count": correction.occurrence_count,
        "amount_sek": correction.amount_sek,
    }
    changes: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    if correction.occurred_from is not None and correction.occurred_to is None:
        changes["occurred_to"] = correction.occurred_from
    if correction.location is not None:
        changes["location"] = correction.location or None
    if contract is not None:
        changes |= {"contract_id": contract.contract_id, "contract_number": contract.contract_number}
    if correction.addition:
        changes["description"] = f"{draft.description}\n{correction.addition}"[:_MOST_WORDS]
    return replace(draft, missing=_still_missing(draft, correction, contract), **changes)  # type: ignore[arg-type]


def _still_missing(draft: Deviation, correction: Correction, contract: Contract | None) -> tuple[str, ...]:
    answered = {
        AskFor.CONTRACT: contract is not None,
        AskFor.TYPE: correction.type is not None,
        AskFor.WHAT: correction.type is not None or bool(correction.addition),
        AskFor.WHEN: correction.occurred_from is not None,
        AskFor.WHICH_DAYS: correction.occurred_from is not None or correction.occurrence_count is not None,
        AskFor.EARLIER_DATES: bool(correction.addition) or correction.occurred_from is not None,
        AskFor.LOCATION: correction.location is not None,
        AskFor.AMOUNT: correction.amount_sek is not None,
    }
    others_answered = bool(correction.addition)
    return tuple(code for code in draft.missing if not answered.get(AskFor(code), others_answered))


async def _numbers(unit: Unit, reports: Sequence[Report]) -> Mapping[ContractId | None, str]:
    found = await unit.contracts.by_ids({report.contract_id for report in reports if report.contract_id})
    return {contract_id: contract.contract_number for contract_id, contract in found.items()}


async def _shown(unit: Unit, scene: Scene, draft: Deviation) -> Draft:
    contracts = await unit.contracts.by_ids(_in_order(draft))
    person = scene.roster.people.get(draft.reported_by)
    has_part = bool(person and person.roles) or bool(await unit.contracts.of_person(draft.reported_by))
    return Draft(
        deviation=draft,
        contracts={contract_id: contracts[contract_id] for contract_id in _in_order(draft) if contract_id in contracts},
        types=scene.in_force.deviation_types,
        may_see_contracts=has_part,
    )


def _in_order(draft: Deviation) -> list[ContractId]:
    chosen = [draft.contract_id] if draft.contract_id else []
    return list(dict.fromkeys([*chosen, *draft.candidates]))


def _check(*texts: str) -> None:
    if any(len(text) > _MOST_WORDS for text in texts):
        raise Refused("deviation.refused.too_long", most=_MOST_WORDS)
    if any(personal_findings(text) for text in texts):
        raise Refused("deviation.refused.personal_data")
