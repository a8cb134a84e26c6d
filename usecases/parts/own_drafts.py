"""A person's own drafts, as they are shown: with the contracts to choose among and the open case they look like."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.case_guards import CaseFacts
from domain.contract import Contract, ContractState
from domain.deviation import Deviation, DeviationState
from domain.deviation_case import allowed
from domain.deviation_types import DeviationType
from domain.drafting import is_past
from domain.errors import Refused
from domain.identifiers import ContractId
from domain.people import ContractRole, Person
from domain.twins import find_twin, reporters
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene

_MOST_CONTRACTS = 12
"""To choose among; more than this is searched by words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """The case a draft may be another report of, as far as the reporter may know of it."""

    deviation: Deviation
    may_see: bool
    """Otherwise they hear only that a colleague has reported it."""
    may_reopen: bool
    """It is closed, and they may open it again."""
    reporter_name: str | None
    report_count: int

    @property
    def is_own(self) -> bool:
        return self.reporter_name is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft with the contracts and types its reporter can choose among."""

    deviation: Deviation
    contracts: Mapping[ContractId, Contract]
    """The chosen contract, the candidates and the reporter's own, in that order."""
    types: Mapping[str, DeviationType]
    may_see_contracts: bool
    """Whether the reporter has a part in any contract, and so may see more of one than its title."""
    local: Callable[[datetime], datetime]
    """A moment in the organisation's own time."""
    twin: Twin | None = None
    evidence_count: int = 0
    contacts: tuple[str, ...] = ()
    """Names of those to call now, for what runs in clock hours and is nobody's on the contract to know."""

    @property
    def contract(self) -> Contract | None:
        return self.contracts.get(self.deviation.contract_id) if self.deviation.contract_id else None

    @property
    def kind(self) -> DeviationType | None:
        return self.types.get(self.deviation.type or "")

    @property
    def reported_at_local(self) -> datetime:
        return self.local(self.deviation.reported_at)


async def own_draft(unit: Unit, scene: Scene, person: Person, deviation_id: str) -> Deviation:
    """The person's draft; refused when it is registered, thrown away, a day old or somebody else's."""
    draft = await unit.deviations.get(deviation_id)
    if draft is None or draft.reported_by != person.mail:
        raise Refused("deviation.refused.no_such_draft")
    if draft.state is not DeviationState.DRAFT:
        raise Refused("deviation.refused.registered_already", number=draft.number or "")
    if is_past(draft, scene.now):
        raise Refused("deviation.refused.draft_too_old", number="")
    return draft


async def shown_draft(unit: Unit, scene: Scene, person: Person, draft: Deviation) -> Draft:
    """The draft with what belongs on its card."""
    own = [
        one
        for one in await unit.contracts.of_person(person.mail)
        if one.state_on(scene.today) is not ContractState.CLOSED
    ]
    chosen = [draft.contract_id] if draft.contract_id else []
    found = await unit.contracts.by_ids({*chosen, *draft.candidates})
    in_order = [found[one] for one in dict.fromkeys([*chosen, *draft.candidates]) if one in found]
    contracts = {one.contract_id: one for one in [*in_order, *own][: max(_MOST_CONTRACTS, len(in_order))]}
    file = await unit.case_files.of(draft.deviation_id)
    return Draft(
        deviation=draft,
        contracts=contracts,
        types=scene.in_force.deviation_types,
        may_see_contracts=bool(person.roles) or bool(own),
        twin=await _twin(unit, scene, person, draft),
        evidence_count=len(file.evidence),
        contacts=_contacts(scene, draft),
        local=scene.post.local,
    )


def _contacts(scene: Scene, draft: Deviation) -> tuple[str, ...]:
    kind = scene.in_force.deviation_types.get(draft.type or "")
    if kind is None or kind.clock_hours is None:
        return ()
    people = (person for role in sorted(kind.also_told) for person in scene.roster.with_role(role))
    return tuple(dict.fromkeys(person.name for person in people))


async def _twin(unit: Unit, scene: Scene, person: Person, draft: Deviation) -> Twin | None:
    kinds = scene.in_force.deviation_types
    if draft.is_told_apart or draft.contract_id is None or draft.type is None:
        return None
    contract = await unit.contracts.get(draft.contract_id)
    parts = scene.roster.plays(person, contract) if contract else frozenset()
    others = [
        case
        for case in await unit.deviations.of_contract(draft.contract_id)
        if may_hear_of(kinds.get(case.type or ""), parts, person)
    ]
    case = find_twin(draft, others, kinds, now=scene.now)
    if case is None:
        return None
    may_reopen = not case.is_open and _may_reopen(case, parts, scene)
    if not case.is_open and not may_reopen:
        return None
    kind = kinds.get(case.type or "")
    seen_by = reporters(case, await unit.case_files.of(case.deviation_id))
    as_reporter = {ContractRole.REPORTER} if person.mail in seen_by else set()
    may_see = kind is not None and bool(parts or as_reporter or person.roles)
    first = scene.roster.people.get(case.reported_by)
    return Twin(
        deviation=case,
        may_see=may_see and kind is not None and kind.may_be_seen_by(parts | as_reporter, person.roles),
        may_reopen=may_reopen,
        reporter_name=None if case.reported_by == person.mail else (first.name if first else case.reported_by),
        report_count=len(seen_by),
    )


def may_hear_of(kind: DeviationType | None, parts: frozenset[ContractRole], person: Person) -> bool:
    """Whether it may be said at all that there is such a case: a restricted one only to those who may see it."""
    return kind is not None and (not kind.is_restricted or kind.may_be_seen_by(parts, person.roles))


def _may_reopen(case: Deviation, parts: frozenset[ContractRole], scene: Scene) -> bool:
    facts = CaseFacts(now=scene.now, closed_at=case.closed_at, reason="?")
    try:
        allowed(case, DeviationState.REGISTERED, parts, facts)
    except Refused:
        return False
    return True
