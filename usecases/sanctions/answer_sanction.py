"""Somebody answers what the contract gives a right to in a case: the owner decides, the manager proposes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from domain.case_file import SanctionAnswer, SanctionDecision
from domain.case_guards import CaseFacts
from domain.contract_right import RightKind
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.notice import Notice, NoticeKind, new_notice
from domain.passivity import needs_answers
from domain.people import ContractRole, Person
from domain.privacy import personal_findings
from domain.register.plain import as_plain
from domain.sanction import (
    SanctionGiven,
    may_decide,
    may_propose,
    refuse_incomplete,
    refuse_kinds,
    same_answer,
)
from storage.events import Event
from storage.unit_of_work import Unit
from usecases.parts.case import Case
from usecases.parts.case_clocks import under_rights
from usecases.parts.casework import case_event, case_for, keep_moved
from usecases.parts.retrying import once_more
from usecases.parts.scene import read_scene
from usecases.world import World

PROPOSED: Final = "deviation.sanction_proposed"
DECIDED: Final = "deviation.sanction_decided"
_MOST_WORDS: Final = 1000
_SEES: Final = frozenset(ContractRole) - {ContractRole.REPORTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An answer somebody has proposed to the owner, not decided yet."""

    kind: RightKind
    given: SanctionGiven
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionsShown:
    """The contract's rights in one case, with today's answers, for one person."""

    case: Case
    may_decide: bool
    may_propose: bool
    needs_answers: bool
    """Whether the case is grave enough, and assessed, for each right to want an answer."""
    proposals: tuple[Proposal, ...]
    """Newer than what has been decided."""
    names: Mapping[str, str]
    """Mail address to name, of those who have decided."""
    owner_name: str | None
    was_proposed: bool = False
    """What the person just answered has gone to the owner as a proposal."""


async def show_sanctions(world: World, tenant_id: TenantId, person: Person, reference: str) -> SanctionsShown:
    """The rights and their answers in a case, by id or number; refused for those with no part in the contract."""
    async with world.store.read(tenant_id) as unit:
        return await _shown(unit, await _case(world, unit, person, reference))


async def answer_sanction(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    kinds: Collection[RightKind],
    given: SanctionGiven,
) -> SanctionsShown:
    """Answer these rights, or with no kinds every one that waits. Decided already in these words: nothing changes.

    Whoever may not decide proposes instead, and the owner hears of it. Refused, with a `sanction.refused.*` key, what
    lacks a reason, a decision or a day.
    """

    async def answer() -> SanctionsShown:
        async with world.store.open(tenant_id) as unit:
            case = await _case(world, unit, person, reference)
            wanted = tuple(kinds) or _all_that_wait(case)
            _refuse(case, wanted, given)
            may_settle = _may_decide(case)
            kept = await _decide(unit, case, person, wanted, given) if may_settle else None
            if kept is None:
                await _propose(unit, case, person, wanted, given)
            shown = await _shown(unit, kept or case)
            await unit.commit()
        return replace(shown, was_proposed=not may_settle)

    return await once_more(answer)


async def _case(world: World, unit: Unit, person: Person, reference: str) -> Case:
    scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
    case = await case_for(unit, scene, person, reference)
    if _SEES.isdisjoint(case.parts) and not person.roles:
        raise Refused("sanction.refused.not_yours")
    return case


def _all_that_wait(case: Case) -> tuple[RightKind, ...]:
    """Every right without an answer; where there is none, those that have only been reserved."""
    undecided = tuple(right.kind for right in case.undecided)
    reserved = (one.kind for one in case.file.decisions if one.answer is SanctionAnswer.RESERVED)
    return undecided or tuple(reserved)


def _refuse(case: Case, kinds: Sequence[RightKind], given: SanctionGiven) -> None:
    if not case.deviation.is_open:
        raise Refused("sanction.refused.ended")
    if case.kind is not None and case.kind.is_internal:
        raise Refused("deviation.refused.internal")
    refuse_kinds(kinds, case.rights)
    refuse_incomplete(
        given, case.scene.today, longest_days=case.scene.rules.supplier_ladder.passivity.longest_reservation_days
    )
    if any(len(text) > _MOST_WORDS for text in (given.reason, given.reference)):
        raise Refused("deviation.refused.too_long", most=_MOST_WORDS)
    if any(personal_findings(text) for text in (given.reason, given.reference)):
        raise Refused("deviation.refused.personal_data")


def _may_decide(case: Case) -> bool:
    facts = case.facts(CaseFacts(now=case.scene.now))
    return may_decide(case.parts, has_owner=facts.has_owner, only_controller=facts.only_controller)


def _may_propose(case: Case) -> bool:
    facts = case.facts(CaseFacts(now=case.scene.now))
    return may_propose(case.parts, only_controller=facts.only_controller) and not _may_decide(case)


async def _decide(unit: Unit, case: Case, person: Person, kinds: Sequence[RightKind], given: SanctionGiven) -> Case:
    before = {decision.kind: decision for decision in case.file.decisions}
    new = [kind for kind in kinds if not same_answer(before.get(kind), given)]
    if not new:
        return case
    decisions = [_decision(case, person, kind, given) for kind in new]
    for decision in decisions:
        await unit.case_files.decide(decision)
    kept = {**before, **{decision.kind: decision for decision in decisions}}
    decided = replace(case, file=replace(case.file, decisions=tuple(kept.values())))
    events = [case_event(case, DECIDED, person, _details(kind, given)) for kind in new]
    renewed = under_rights(case.deviation, case.rights, kept.values(), case.scene)
    await unit.notices.add_all(_to_manager(unit, case, person, decisions), at=case.scene.now)
    return await keep_moved(unit, decided, renewed, events)


def _decision(case: Case, person: Person, kind: RightKind, given: SanctionGiven) -> SanctionDecision:
    return SanctionDecision(
        deviation_id=case.deviation.deviation_id,
        kind=kind,
        answer=given.answer,
        reason=given.reason,
        reserved_until=given.reserved_until if given.answer is SanctionAnswer.RESERVED else None,
        reference=given.reference or None,
        amount_sek=given.amount_sek,
        decided_by=person.mail,
        decided_at=case.scene.now,
    )


async def _propose(unit: Unit, case: Case, person: Person, kinds: Sequence[RightKind], given: SanctionGiven) -> None:
    if not _may_propose(case):
        raise Refused("sanction.refused.only_owner")
    if not needs_answers(case.deviation, case.kind):
        raise Refused("sanction.refused.assess_first")
    earlier = await unit.events.about(f"deviation:{case.deviation.deviation_id}")
    details = [_details(kind, given) for kind in kinds]
    said = {kind: event for event in earlier if event.kind == PROPOSED for kind in (event.details.get("right"),)}
    new = [one for one in details if one["right"] not in said or dict(said[one["right"]].details) != one]
    if not new:
        return
    await unit.events.add_all([case_event(case, PROPOSED, person, one) for one in new])
    await unit.notices.add_all(_to_owner(unit, case, person, len(earlier)), at=case.scene.now)


def _to_owner(unit: Unit, case: Case, person: Person, count: int) -> list[Notice]:
    owners = case.scene.roster.who(ContractRole.OWNER, case.contract)
    return [
        _notice(unit, case, one, NoticeKind.DEVIATION_STEP, f"sanction:proposed:{count}", "sanction.told.proposed")
        for one in owners
        if one.mail != person.mail
    ]


def _to_manager(unit: Unit, case: Case, person: Person, decisions: Sequence[SanctionDecision]) -> list[Notice]:
    if case.kind is not None and case.kind.only_controller_and_legal:
        return []
    managers = case.scene.roster.who(ContractRole.MANAGER, case.contract)
    step = f"sanction:decided:{decisions[0].decided_at.isoformat()}"
    text_key = f"sanction.told.{decisions[0].answer.value}"
    return [
        _notice(unit, case, one, NoticeKind.DEVIATION_PROGRESS, step, text_key)
        for one in managers
        if one.mail != person.mail
    ]


def _notice(unit: Unit, case: Case, person: Person, kind: NoticeKind, step: str, text_key: str) -> Notice:
    return new_notice(
        unit.tenant_id,
        kind=kind,
        subject=f"deviation:{case.deviation.deviation_id}",
        occurrence="sanction",
        step=step,
        role=None,
        recipient_mail=person.mail,
        not_before=case.scene.post.digest_moment(person, case.scene.now),
        payload={"text_key": text_key, "apart": "sanction"},
    )


def _details(kind: RightKind, given: SanctionGiven) -> dict[str, object]:
    said = {
        "right": kind.value,
        "answer": given.answer.value,
        "reason": given.reason,
        "until": as_plain(given.reserved_until),
        "reference": given.reference,
        "amount_sek": str(given.amount_sek) if given.amount_sek is not None else None,
    }
    return {name: value for name, value in said.items() if value}


async def _shown(unit: Unit, case: Case) -> SanctionsShown:
    history = await unit.events.about(f"deviation:{case.deviation.deviation_id}")
    people, contract = case.scene.roster.people, case.contract
    owner = case.scene.roster.owner_of(contract) if contract else None
    mails = {decision.decided_by for decision in case.file.decisions}
    return SanctionsShown(
        case=case,
        may_decide=case.deviation.is_open and _may_decide(case),
        may_propose=case.deviation.is_open and _may_propose(case),
        needs_answers=needs_answers(case.deviation, case.kind),
        proposals=_proposals(case, history),
        names={mail: people[mail].name for mail in mails if mail in people},
        owner_name=owner.name if owner else None,
    )


def _proposals(case: Case, history: Sequence[Event]) -> tuple[Proposal, ...]:
    """The latest proposal for each right that has not been decided on since."""
    decided = {decision.kind.value: decision.decided_at for decision in case.file.decisions}
    found: dict[str, Proposal] = {}
    for event in history:
        kind = str(event.details.get("right"))
        if event.kind == PROPOSED and (kind not in decided or decided[kind] < event.at):
            found[kind] = _proposal(case, event)
    return tuple(found.values())


def _proposal(case: Case, event: Event) -> Proposal:
    details: Mapping[str, Any] = event.details
    until, amount = details.get("until"), details.get("amount_sek")
    person = case.scene.roster.people.get(event.actor)
    return Proposal(
        kind=RightKind(details["right"]),
        given=SanctionGiven(
            answer=SanctionAnswer(details["answer"]),
            reason=details.get("reason", ""),
            reserved_until=date.fromisoformat(until) if until else None,
            reference=details.get("reference", ""),
            amount_sek=Decimal(amount) if amount else None,
        ),
        by_name=person.name if person else event.actor,
        at=event.at,
    )
