"""The supplier ladder's silences at work: a deadline passes, the next step is proposed, somebody must decide."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.case_file import PlanAction
from domain.case_moves import resumed
from domain.contract import Contract
from domain.deviation import Deviation
from domain.notice import Notice, NoticeKind, new_notice
from domain.passivity import PASSIVE_KINDS, drafts_letter, passivity_moments
from domain.people import ContractRole, Person
from domain.supplier_silence import LADDER_KINDS, Coming, ComingKind, what_happens_if_nobody_acts
from storage.events import CLOCK, Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.expiring import without_old_drafts
from usecases.parts.letters import case_position
from usecases.parts.passive import passive_payload, waiting_again
from usecases.parts.policy import under_its_rules
from usecases.parts.scene import Scene
from usecases.parts.weighing import weigh_again

BATCH = 500


class Escalating:
    """Looks at the cases that are due in one unit. Somebody else opens and commits it."""

    def __init__(self, unit: Unit, scene: Scene) -> None:
        self._unit = unit
        self._scene = scene
        self._notices: list[Notice] = []
        self._events: list[Event] = []
        self.silent: list[Deviation] = []
        """Cases in which a complaint is to be drafted, for whoever can."""

    async def look(self) -> int:
        """Look at every case that is due for a look; how many there were (at most `BATCH`)."""
        due = await self._unit.deviations.due(self._scene.now, BATCH)
        contracts = await self._unit.contracts.by_ids({row.contract_id for row in due if row.contract_id})
        actions = await self._unit.case_files.actions_of([row.deviation_id for row in due])
        for deviation in await without_old_drafts(self._unit, self._scene, due):
            contract = contracts.get(deviation.contract_id) if deviation.contract_id else None
            await self._look_at(deviation, contract, actions.get(deviation.deviation_id, ()))
        await self._unit.notices.add_all(self._notices, at=self._scene.now)
        await self._unit.events.add_all(self._events)
        await weigh_again(self._unit, self._scene, due, contracts)
        return len(due)

    async def _look_at(self, deviation: Deviation, contract: Contract | None, actions: Sequence[PlanAction]) -> None:
        scene = await under_its_rules(self._unit, self._scene, deviation)
        coming = coming_for(deviation, contract, scene, actions)
        ahead = [item.at for item in coming if item.at > scene.now]
        changed = replace(deviation, next_action_at=min(ahead, default=None))
        for item in _to_act_on(coming, deviation.next_action_at, scene.now):
            changed = self._act(changed, contract, item, scene)
        again = await waiting_again(self._unit, changed, scene)
        if again != changed:
            ahead = [item.at for item in coming_for(again, contract, scene, actions) if item.at > scene.now]
            changed = replace(again, next_action_at=min(ahead, default=None))
        await self._unit.deviations.save(changed)

    def _act(self, deviation: Deviation, contract: Contract | None, item: Coming, scene: Scene) -> Deviation:
        if item.kind is ComingKind.RESUMED:
            deviation = resumed(deviation, item.at)
            self._log(deviation, "deviation.resumed", to=deviation.state.value)
        proposed = item.proposal
        if item.kind is not ComingKind.DEADLINE and proposed is not None and proposed.step != deviation.proposed_step:
            deviation = replace(deviation, proposed_step=int(proposed.step))
            self._log(deviation, "deviation.step_proposed", step=int(proposed.step), trigger=proposed.trigger.value)
        if item.kind in PASSIVE_KINDS:
            payload = passive_payload(item, deviation, contract, scene.rules)
            self.silent += [deviation] if drafts_letter(deviation, item, scene.rules) else []
        else:
            payload = _payload(item)
        roster = self._scene.roster
        # Where the contract is not known yet, the controller keeps the case.
        people = roster.who(item.told, contract) or roster.who(ContractRole.CONTROLLER, contract)
        self._notices += [self._notice(deviation, item, person, payload) for person in people]
        self._log(deviation, f"deviation.{item.kind.value}_told", to=[person.mail for person in people], key=item.key)
        return deviation

    def _notice(self, deviation: Deviation, item: Coming, person: Person, payload: dict[str, str]) -> Notice:
        is_urgent = deviation.is_emergency
        return new_notice(
            self._unit.tenant_id,
            kind=NoticeKind.DEVIATION_URGENT if is_urgent else NoticeKind.DEVIATION_STEP,
            subject=f"deviation:{deviation.deviation_id}",
            occurrence=case_position(deviation),
            step=item.key,
            role=item.told,
            recipient_mail=person.mail,
            not_before=self._scene.now if is_urgent else self._scene.post.digest_moment(person, self._scene.now),
            payload=payload,
        )

    def _log(self, deviation: Deviation, kind: str, **details: object) -> None:
        self._events.append(
            new_event(
                kind=kind,
                subject=f"deviation:{deviation.deviation_id}",
                actor=CLOCK,
                at=self._scene.now,
                details=details,
            ),
        )


def coming_for(
    deviation: Deviation,
    contract: Contract | None,
    scene: Scene,
    actions: Sequence[PlanAction] = (),
) -> tuple[Coming, ...]:
    """Everything that will happen to a case if nobody acts, by the rules it runs under: `scene` is seen through them."""
    kind = scene.in_force.deviation_types.get(deviation.type or "")
    contract_class = contract.contract_class if contract else None
    ladder = what_happens_if_nobody_acts(
        deviation,
        contract_class,
        scene.rules,
        scene.calendar,
        kind=kind,
        actions=actions,
    )
    ours = passivity_moments(deviation, contract_class, scene.rules, scene.calendar, kind=kind)
    return tuple(sorted((*ladder, *ours), key=lambda item: item.at))


def _to_act_on(coming: Sequence[Coming], since: datetime | None, now: datetime) -> list[Coming]:
    """What has come since the case was looked at last. Of the ladder's own moments only the latest has anything to say."""
    passed = [item for item in coming if item.at <= now]
    new = [item for item in passed if since is None or item.at >= since]
    if not new and len(passed) == len(coming):
        # The days have moved since (another class, other limits), and there is none ahead: nobody may be left untold.
        new = passed[-1:]
    latest = next((item for item in reversed(new) if item.kind in LADDER_KINDS), None)
    return [item for item in new if item.kind not in LADDER_KINDS or item is latest]


def _payload(item: Coming) -> dict[str, str]:
    """What the letter says: why a step is proposed, which action is late, or which day has come."""
    if item.action is not None:
        day = item.action.due_on.isoformat()
        about = {"action": item.action.text, "day": day, "apart": str(item.action.action_id)}
        return {"text_key": "case.told.action_late", **about}
    if item.kind is ComingKind.RESUMED:
        return {"text_key": "case.told.resumed"}
    if item.proposal is None:
        return {"text_key": f"deviation.due.{item.phase.value}"}
    # Who decides is said by the rules the case runs under, and they are at hand here.
    return {"text_key": item.proposal.reason_key, "decider": item.proposal.decider.value}
