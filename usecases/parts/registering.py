"""A deviation becomes a case: it gets its number, its first deadline, and those who must hear of it are told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from uuid6 import uuid7

from domain.case_file import Sighting
from domain.case_guards import CaseFacts
from domain.contract import Contract
from domain.contract_right import limits_of
from domain.deviation import Deviation, DeviationState
from domain.deviation_case import allowed
from domain.deviation_types import DeviationType
from domain.identifiers import SightingId
from domain.notice import Notice, NoticeKind, new_notice
from domain.people import ContractRole, Person, Role
from domain.supplier_deadlines import next_deadline
from storage.events import new_event
from storage.unit_of_work import Unit
from usecases.parts.escalating import coming_for
from usecases.parts.scene import Scene
from usecases.parts.weighing import weigh

_AT_ONCE = (ContractRole.MANAGER, ContractRole.OWNER, ContractRole.CONTROLLER)
"""Who hears at once of what is serious or critical (domain.md 8)."""
_IN_THE_DIGEST = (ContractRole.MANAGER, ContractRole.CONTROLLER)
"""Who reads of the rest in their next digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """The case, and who hears of it beside its reporter."""

    deviation: Deviation
    told: tuple[Person, ...]
    is_told_at_once: bool
    kind: DeviationType | None = None
    may_open: bool = True
    is_own_to_move: bool = False
    """Whether its reporter manages the contract, and so is the one to assess it."""
    """Whether its reporter may see the case itself, and not only the thanks."""


async def register(
    unit: Unit,
    scene: Scene,
    draft: Deviation,
    contract: Contract | None,
    *,
    is_stored: bool,
) -> Registered:
    """Register the draft its reporter has confirmed, with its event and its notices. Somebody else commits.

    `is_stored` says that the draft is a row already. Refuses, with a `deviation.refused.*` key, what is not
    yet complete. The reporter is thanked by the answer they get, so no notice goes to them.
    """
    allowed(draft, DeviationState.REGISTERED, {ContractRole.REPORTER}, CaseFacts(now=scene.now))
    case = replace(
        draft,
        number=await unit.deviations.next_number(scene.today.year),
        state=DeviationState.REGISTERED,
        missing=(),
        candidates=(),
        alternatives=(),
        supplier_notified_at=scene.now if draft.is_supplier_told else draft.supplier_notified_at,
        step_entered_at=scene.now,
        state_entered_at=scene.now,
        ruleset_number=scene.rules.number,
    )
    rights = await unit.contract_rights.of(contract.contract_id) if contract else ()
    case = under_deadline(replace(case, limits=limits_of(rights)), contract, scene)
    if is_stored:
        case = await unit.deviations.save(case)
    else:
        await unit.deviations.add(case)
    await unit.case_files.add_sightings(_each_time(case, scene))
    people = who_hears(case, contract, scene)
    await unit.notices.add_all([_notice(unit, case, role, person, scene) for role, person in people], at=scene.now)
    await _log(unit, case, scene, [person.mail for _, person in people])
    case = await weigh(unit, scene, case, contract)
    return Registered(
        deviation=case,
        told=tuple(person for _, person in people),
        is_told_at_once=_is_at_once(case),
        kind=_kind(case, scene),
        may_open=_may_open(case, contract, scene),
        is_own_to_move=_is_own_to_move(case, contract, scene),
    )


def _each_time(case: Deviation, scene: Scene) -> Iterator[Sighting]:
    """The occurrence table: a line for each day the reporter has named, where there are several (domain.md 7.4)."""
    if len(case.occurred_days) > 1:
        for day in case.occurred_days:
            yield Sighting(
                sighting_id=SightingId(str(uuid7())),
                deviation_id=case.deviation_id,
                reported_by=case.reported_by,
                reported_at=scene.now,
                occurred_from=day,
                occurred_to=day,
                location=case.location,
            )


def _is_own_to_move(case: Deviation, contract: Contract | None, scene: Scene) -> bool:
    kind = _kind(case, scene)
    managers = scene.roster.who(ContractRole.MANAGER, contract) if contract else ()
    is_kept_away = kind is not None and kind.only_controller_and_legal
    return not is_kept_away and any(person.mail == case.reported_by for person in managers)


def _may_open(case: Deviation, contract: Contract | None, scene: Scene) -> bool:
    reporter, kind = scene.roster.people.get(case.reported_by), _kind(case, scene)
    if reporter is None or kind is None:
        return kind is None
    parts = {ContractRole.REPORTER, *(scene.roster.plays(reporter, contract) if contract else ())}
    return kind.may_be_seen_by(parts, reporter.roles)


def under_deadline(case: Deviation, contract: Contract | None, scene: Scene) -> Deviation:
    deadline = next_deadline(
        case,
        contract.contract_class if contract else None,
        scene.rules,
        scene.calendar,
        kind=_kind(case, scene),
    )
    ahead = [coming.at for coming in coming_for(case, contract, scene) if coming.at > scene.now]
    return replace(
        case,
        deadline_on=deadline.on if deadline else None,
        next_action_at=min(ahead, default=None),
    )


def who_hears(case: Deviation, contract: Contract | None, scene: Scene) -> list[tuple[ContractRole | None, Person]]:
    """Everybody but its reporter who hears of a case, once each, with the part they hear it in."""
    found: dict[str, tuple[ContractRole | None, Person]] = {}
    for role, person in _meant(case, contract, scene):
        if person.mail != case.reported_by:
            found.setdefault(person.mail, (role, person))
    return list(found.values())


def _meant(
    case: Deviation,
    contract: Contract | None,
    scene: Scene,
) -> Iterator[tuple[ContractRole | None, Person]]:
    kind, roster = _kind(case, scene), scene.roster
    if kind is not None and kind.only_controller_and_legal:
        # Owner and manager may be concerned themselves (domain.md 7.2).
        yield from ((ContractRole.CONTROLLER, person) for person in roster.who(ContractRole.CONTROLLER, contract))
        yield from ((None, person) for person in roster.with_role(Role.LEGAL_COUNSEL))
        return
    for role in _AT_ONCE if _is_at_once(case) else _IN_THE_DIGEST:
        yield from ((role, person) for person in roster.who(role, contract))
    for extra in sorted(kind.also_told) if kind else ():
        yield from ((None, person) for person in roster.with_role(extra))


def _notice(unit: Unit, case: Deviation, role: ContractRole | None, person: Person, scene: Scene) -> Notice:
    is_at_once = _is_at_once(case)
    return new_notice(
        unit.tenant_id,
        kind=NoticeKind.DEVIATION_URGENT if is_at_once else NoticeKind.DEVIATION_NEW,
        subject=f"deviation:{case.deviation_id}",
        occurrence=case.number or "",
        step="registered",
        role=role,
        recipient_mail=person.mail,
        not_before=scene.now if is_at_once else scene.post.digest_moment(person, scene.now),
        payload={"text_key": "deviation.urgent" if is_at_once else "deviation.new"},
    )


async def _log(unit: Unit, case: Deviation, scene: Scene, told: Iterable[str]) -> None:
    details = {
        "number": case.number,
        "contract_id": case.contract_id,
        "type": case.type,
        "severity": case.severity,
        "source": case.source,
        "to": list(told),
    }
    event = new_event(
        kind="deviation.registered",
        subject=f"deviation:{case.deviation_id}",
        actor=case.reported_by,
        at=scene.now,
        details=details,
    )
    await unit.events.add_all([event])


def _is_at_once(case: Deviation) -> bool:
    return case.is_urgent or case.is_emergency


def _kind(case: Deviation, scene: Scene) -> DeviationType | None:
    return scene.in_force.deviation_types.get(case.type or "")
