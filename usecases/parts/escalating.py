"""The supplier ladder's silences at work: a deadline passes, the next step is proposed, somebody must decide."""

from dataclasses import replace

from domain.contract import Contract
from domain.deviation import Deviation
from domain.notice import Notice, NoticeKind, new_notice
from domain.people import Person
from domain.supplier_silence import Coming, ComingKind, what_happens_if_nobody_acts
from storage.events import CLOCK, Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.letters import case_position
from usecases.parts.scene import Scene

BATCH = 500


class Escalating:
    """Looks at the cases that are due in one unit. Somebody else opens and commits it."""

    def __init__(self, unit: Unit, scene: Scene) -> None:
        self._unit = unit
        self._scene = scene
        self._notices: list[Notice] = []
        self._events: list[Event] = []

    async def look(self) -> int:
        """Look at every case that is due for a look; how many there were (at most `BATCH`)."""
        due = await self._unit.deviations.due(self._scene.now, BATCH)
        contracts = await self._unit.contracts.by_ids({row.contract_id for row in due if row.contract_id})
        for deviation in due:
            contract = contracts.get(deviation.contract_id) if deviation.contract_id else None
            await self._look_at(deviation, contract)
        await self._unit.notices.add_all(self._notices, at=self._scene.now)
        await self._unit.events.add_all(self._events)
        return len(due)

    async def _look_at(self, deviation: Deviation, contract: Contract | None) -> None:
        coming = coming_for(deviation, contract, self._scene)
        passed = [item for item in coming if item.at <= self._scene.now]
        ahead = [item.at for item in coming if item.at > self._scene.now]
        changed = replace(deviation, next_action_at=min(ahead, default=None))
        if passed:
            changed = self._tell(changed, contract, passed[-1])
        await self._unit.deviations.save(changed)

    def _tell(self, deviation: Deviation, contract: Contract | None, item: Coming) -> Deviation:
        proposed = item.proposal
        if item.kind is not ComingKind.DEADLINE and proposed is not None and proposed.step != deviation.proposed_step:
            deviation = replace(deviation, proposed_step=int(proposed.step))
            self._log(deviation, "deviation.step_proposed", step=int(proposed.step), trigger=proposed.trigger.value)
        text_key = proposed.reason_key if proposed is not None else f"deviation.due.{item.phase.value}"
        people = self._scene.roster.who(item.told, contract)
        self._notices += [self._notice(deviation, item, text_key, person) for person in people]
        self._log(deviation, f"deviation.{item.kind.value}_told", to=[person.mail for person in people], key=item.key)
        return deviation

    def _notice(self, deviation: Deviation, item: Coming, text_key: str, person: Person) -> Notice:
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
            payload={"text_key": text_key},
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


def coming_for(deviation: Deviation, contract: Contract | None, scene: Scene) -> tuple[Coming, ...]:
    """Everything that will happen to a case if nobody acts, by the rules it runs under."""
    return what_happens_if_nobody_acts(
        deviation,
        contract.contract_class if contract else None,
        scene.rules,
        scene.calendar,
        kind=scene.in_force.deviation_types.get(deviation.type or ""),
    )
