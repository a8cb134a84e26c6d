"""Watched dates at work: legal dates alarm until somebody acts, other dates are told once."""

from dataclasses import replace
from datetime import date

from domain.contract import Contract, RenewalKind
from domain.identifiers import ContractId
from domain.notice import Notice, NoticeKind, new_notice
from domain.people import ContractRole, Person
from domain.plan import legal_alarm_days
from domain.watch import Watch, WatchKind, WatchState
from storage.events import CLOCK, Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene

BATCH = 500
_TOLD_ON = {
    WatchKind.NEW_PROCUREMENT_START: (ContractRole.OWNER, ContractRole.PROCUREMENT),
    WatchKind.HANDOVER_PLAN: (ContractRole.MANAGER, ContractRole.OWNER),
    WatchKind.YEARLY_REVIEW: (ContractRole.MANAGER, ContractRole.OWNER),
    WatchKind.DECISION_DUE: (ContractRole.OWNER, ContractRole.MANAGER),
    WatchKind.EXPIRED: (ContractRole.MANAGER, ContractRole.OWNER),
}
"""The last two only where the controller has taken a passed date up (*ta upp nu*)."""
_ALARMED = (ContractRole.OWNER, ContractRole.MANAGER, ContractRole.CONTROLLER, ContractRole.PROCUREMENT)
"""Owner, controller and procurement by rule; the manager too, who does the work."""


class Watching:
    """Takes the day's alarms in one unit. Somebody else opens and commits it."""

    def __init__(self, unit: Unit, scene: Scene) -> None:
        self._unit = unit
        self._scene = scene
        self._notices: list[Notice] = []
        self._events: list[Event] = []
        self._changed: list[Watch] = []
        self._to_plan: list[ContractId] = []

    async def sound(self) -> int:
        """Look at every watch that is due for a look; how many there were (at most `BATCH`)."""
        due = await self._unit.watches.due(self._scene.now, BATCH)
        contracts = await self._unit.contracts.by_ids({watch.contract_id for watch in due})
        for watch in due:
            contract = contracts[watch.contract_id]
            if watch.kind is WatchKind.SEND_BY:
                self._legal_date(watch, contract)
            else:
                self._plain_date(watch, contract)
        await self._unit.watches.save_all(self._changed)
        await self._unit.contracts.mark_for_planning(self._to_plan)
        await self._unit.notices.add_all(self._notices, at=self._scene.now)
        await self._unit.events.add_all(self._events)
        return len(due)

    def _legal_date(self, watch: Watch, contract: Contract) -> None:
        end = date.fromisoformat(watch.period_key)
        if self._scene.today > end:
            self._run_out(watch, contract)
            return
        passed: str | None = None
        wake = self._scene.calendar.next_working_day(_day_after(end))
        for step, day in legal_alarm_days(watch.on, self._scene.calendar, until=end):
            if day > self._scene.today:
                wake = day
                break
            passed = step
        if passed is not None and passed != watch.last_step:
            self._alarm(watch, contract, passed)
            watch = replace(watch, last_step=passed)
        self._changed.append(replace(watch, next_action_at=self._scene.post.ladder_moment(wake)))

    def _alarm(self, watch: Watch, contract: Contract, step: str) -> None:
        people: dict[str, tuple[ContractRole, Person]] = {}
        for role in _ALARMED:
            for person in self._scene.roster.who(role, contract):
                people.setdefault(person.mail, (role, person))
        for role, person in people.values():
            self._notices.append(self._notice(watch, NoticeKind.LEGAL_DATE, step, role, person))
        self._log(watch, "watch.alarmed", step=step, to=sorted(people))

    def _run_out(self, watch: Watch, contract: Contract) -> None:
        """The period has ended with nothing recorded: it renewed itself, or the right to extend is lost."""
        renewed = contract.renewal.kind is RenewalKind.AUTOMATIC
        state = WatchState.DONE if renewed else WatchState.LAPSED
        self._changed.append(replace(watch, state=state, next_action_at=None))
        self._log(watch, "watch.renewed_itself" if renewed else "watch.lapsed")
        self._to_plan.append(contract.contract_id)

    def _plain_date(self, watch: Watch, contract: Contract) -> None:
        told: set[str] = set()
        for role in _TOLD_ON.get(watch.kind, ()):
            for person in self._scene.roster.who(role, contract):
                if person.mail not in told:
                    told.add(person.mail)
                    self._notices.append(self._notice(watch, NoticeKind.WATCH_DATE, "D0", role, person))
        self._changed.append(replace(watch, state=WatchState.DONE, last_step="D0", next_action_at=None))
        self._log(watch, "watch.told", to=sorted(told))
        if watch.kind is WatchKind.YEARLY_REVIEW:
            self._to_plan.append(contract.contract_id)

    def _notice(self, watch: Watch, kind: NoticeKind, step: str, role: ContractRole, person: Person) -> Notice:
        post, now = self._scene.post, self._scene.now
        is_legal = kind is NoticeKind.LEGAL_DATE
        return new_notice(
            self._unit.tenant_id,
            kind=kind,
            subject=f"watch:{watch.watch_id}",
            occurrence=watch.period_key,
            step=step,
            role=role,
            recipient_mail=person.mail,
            not_before=post.legal_moment(person, now) if is_legal else post.digest_moment(person, now),
        )

    def _log(self, watch: Watch, kind: str, **details: object) -> None:
        self._events.append(
            new_event(
                kind=kind,
                subject=f"watch:{watch.watch_id}",
                actor=CLOCK,
                at=self._scene.now,
                details={"contract_id": watch.contract_id, **details},
            ),
        )


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
