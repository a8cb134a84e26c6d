"""Steps proposed by what has happened rather than by silence: the same again and again, or several grave ones at once."""

from collections.abc import Sequence
from dataclasses import replace

from domain.contract import Contract
from domain.deviation import Deviation
from domain.notice import Notice, NoticeKind, new_notice
from domain.people import ContractRole
from domain.supplier_ladder import StepProposal, Trigger, decider_of, triggered
from storage.events import CLOCK, new_event
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene


async def propose_step(
    unit: Unit,
    scene: Scene,
    case: Deviation,
    contract: Contract,
    rows: Sequence[Deviation],
) -> Deviation:
    """Set the step that t3 or t4 proposes and tell whoever must decide; the case as it is afterwards.

    `rows` are the contract's registered deviations. Somebody else commits.
    """
    kind = scene.in_force.deviation_types.get(case.type or "")
    found = triggered(case, rows, contract.contract_class, scene.rules, scene.today)
    if found is None or (kind is not None and kind.is_internal) or _waits_already(case, found, rows, scene):
        return case
    kept = await unit.deviations.save(replace(case, proposed_step=int(found.step)))
    found = replace(found, decider=decider_of(found.step, case.severity, scene.rules, kind))
    notices = _notices(unit, kept, found, contract, scene)
    event = new_event(
        kind="deviation.step_proposed",
        subject=f"deviation:{kept.deviation_id}",
        actor=CLOCK,
        at=scene.now,
        details={
            "step": int(found.step),
            "trigger": found.trigger.value,
            "to": [notice.recipient_mail for notice in notices],
        },
    )
    await unit.notices.add_all(notices, at=scene.now)
    await unit.events.add_all([event])
    return kept


def _waits_already(case: Deviation, found: StepProposal, rows: Sequence[Deviation], scene: Scene) -> bool:
    """Whether the same is asked about another open case already: one plan mends what keeps happening, one meeting them all."""
    step = scene.rules.supplier_ladder.repeats_step
    others = [row for row in rows if row.deviation_id != case.deviation_id and row.is_open]
    if found.trigger is Trigger.REPEATED:
        return any(max(row.ladder_step, row.proposed_step or 0) >= step for row in others if row.type == case.type)
    return any((row.proposed_step or 0) >= step for row in others if row.is_urgent)


def _notices(unit: Unit, case: Deviation, found: StepProposal, contract: Contract, scene: Scene) -> list[Notice]:
    step = str(int(found.step))
    told = [(NoticeKind.DEVIATION_STEP, found.decider, found.reason_key)]
    if found.trigger is Trigger.SEVERAL_SERIOUS:
        told.append((NoticeKind.DEVIATION_MEETING, ContractRole.CONTROLLER, "deviation.why.meeting"))
    return [
        new_notice(
            unit.tenant_id,
            kind=kind,
            subject=f"deviation:{case.deviation_id}",
            occurrence=f"{found.trigger.value}:{step}",
            step=kind.value,
            role=role,
            recipient_mail=person.mail,
            not_before=scene.post.digest_moment(person, scene.now),
            payload={"text_key": text_key, "proposed": step},
        )
        for kind, role, text_key in told
        for person in scene.roster.who(role, contract)
    ]
