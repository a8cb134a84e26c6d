"""What the uses of a deviation share: who may see it, what is known of it, and what follows when it moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from domain.case_file import CaseFile
from domain.case_guards import CaseFacts
from domain.contract import Contract
from domain.contract_right import ContractRight
from domain.deviation import Deviation, DeviationState
from domain.deviation_types import DeviationType
from domain.errors import Refused
from domain.notice import NoticeKind, new_notice
from domain.people import ContractRole, Person
from domain.sanction import undecided_rights
from domain.supplier_deadlines import next_deadline
from domain.supplier_silence import Coming
from storage.events import Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.escalating import coming_for
from usecases.parts.scene import Scene

_TOLD_REPORTER = {
    DeviationState.COMMUNICATED: "deviation.progress.with_supplier",
    DeviationState.COMPLAINT_SENT: "deviation.progress.with_supplier",
    DeviationState.CLOSED: "deviation.progress.closed",
    DeviationState.DISMISSED: "deviation.progress.closed",
}
"""The two lines a reporter hears after the thanks (domain.md 8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A deviation with what belongs to it, as one person sees it."""

    deviation: Deviation
    contract: Contract | None
    kind: DeviationType | None
    parts: frozenset[ContractRole]
    scene: Scene
    rights: tuple[ContractRight, ...] = ()
    """What the contract gives a right to."""
    file: CaseFile = field(default_factory=CaseFile)
    """What the case has gathered."""

    def facts(self, given: CaseFacts) -> CaseFacts:
        """What the mover has said, with what the rules and the roster know beside it."""
        roster, contract = self.scene.roster, self.contract
        keeps = self.kind is not None and self.kind.only_controller_and_legal
        deviation = self.deviation
        return replace(
            given,
            now=self.scene.now,
            held_from=deviation.held_from,
            closed_at=deviation.closed_at,
            has_plan=bool(self.file.actions),
            plan_approved_by=frozenset(
                role
                for role, mail in (
                    (ContractRole.MANAGER, deviation.plan_manager_mail),
                    (ContractRole.OWNER, deviation.plan_owner_mail),
                )
                if mail
            ),
            plan_approver_mails=frozenset(filter(None, (deviation.plan_manager_mail, deviation.plan_owner_mail))),
            undecided_sanctions=len(self.undecided),
            is_internal=self.kind is not None and self.kind.is_internal,
            only_controller=keeps or contract is None,
            has_owner=contract is not None and roster.owner_of(contract) is not None,
            has_manager=contract is not None and roster.manager_of(contract) is not None,
        )

    @property
    def undecided(self) -> tuple[ContractRight, ...]:
        """Sanctions the contract gives a right to that nobody has said *ja*, *nej* or *avvaktar* to."""
        return undecided_rights(self.rights, self.file.decisions, self.scene.today)

    @property
    def coming(self) -> tuple[Coming, ...]:
        """What happens if nobody acts."""
        return coming_for(self.deviation, self.contract, self.scene)


async def case_for(unit: Unit, scene: Scene, person: Person, reference: str) -> Case:
    """The case by id or number, for somebody who may see it; refused otherwise, in the same words as if it were not there."""
    found = await unit.deviations.get(reference) or await unit.deviations.by_number(reference)
    if found is None:
        raise Refused("deviation.refused.no_such_case", said=reference[:40])
    if found.number is None and found.reported_by == person.mail:
        raise Refused("deviation.refused.not_registered")
    case = await as_seen(unit, scene, person, found)
    if not _may_see(case, person):
        raise Refused("deviation.refused.no_such_case", said=reference[:40])
    return case


async def as_seen(unit: Unit, scene: Scene, person: Person, deviation: Deviation) -> Case:
    """The deviation with its contract and the parts the person plays in it."""
    contract = await unit.contracts.get(deviation.contract_id) if deviation.contract_id else None
    parts = set(scene.roster.plays(person, contract)) if contract else set()
    if person.is_controller:
        parts.add(ContractRole.CONTROLLER)
    if deviation.reported_by == person.mail:
        parts.add(ContractRole.REPORTER)
    return Case(
        deviation=deviation,
        contract=contract,
        kind=scene.in_force.deviation_types.get(deviation.type or ""),
        parts=frozenset(parts),
        scene=scene,
        rights=await unit.contract_rights.of(contract.contract_id) if contract else (),
        file=await unit.case_files.of(deviation.deviation_id),
    )


def _may_see(case: Case, person: Person) -> bool:
    if case.deviation.state is DeviationState.DRAFT:
        return case.deviation.reported_by == person.mail
    if not case.parts and not person.roles:
        return False
    return case.kind is None or case.kind.may_be_seen_by(case.parts, person.roles)


async def keep_moved(unit: Unit, case: Case, moved: Deviation, events: Iterable[Event]) -> Case:
    """Store a case that has moved, with its new deadline, its events and a line to its reporter. Somebody else commits."""
    scene = case.scene
    deadline = next_deadline(
        moved,
        case.contract.contract_class if case.contract else None,
        scene.rules,
        scene.calendar,
        kind=case.kind,
    )
    ahead = [item.at for item in coming_for(moved, case.contract, scene) if item.at > scene.now]
    kept = await unit.deviations.save(
        replace(moved, deadline_on=deadline.on if deadline else None, next_action_at=min(ahead, default=None)),
    )
    await unit.events.add_all(list(events))
    if kept.state is not case.deviation.state:
        await _tell_reporter(unit, case, kept)
    return replace(case, deviation=kept)


def case_event(case: Case, kind: str, actor: Person, details: Mapping[str, object]) -> Event:
    """An event about the case."""
    return new_event(
        kind=kind,
        subject=f"deviation:{case.deviation.deviation_id}",
        actor=actor.mail,
        at=case.scene.now,
        details=details,
    )


async def _tell_reporter(unit: Unit, case: Case, kept: Deviation) -> None:
    text_key = _TOLD_REPORTER.get(kept.state)
    reporter = case.scene.roster.people.get(kept.reported_by)
    already_knows = case.parts & {ContractRole.REPORTER}
    if text_key is None or reporter is None or already_knows:
        return
    notice = new_notice(
        unit.tenant_id,
        kind=NoticeKind.DEVIATION_PROGRESS,
        subject=f"deviation:{kept.deviation_id}",
        occurrence=kept.number or "",
        step=text_key.rpartition(".")[2],
        role=ContractRole.REPORTER,
        recipient_mail=reporter.mail,
        not_before=case.scene.post.digest_moment(reporter, case.scene.now),
        payload={"text_key": text_key},
    )
    await unit.notices.add_all([notice], at=case.scene.now)
