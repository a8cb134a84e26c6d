"""The reminder ladder at work: due follow-ups become notices, and know when to be looked at next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.climb import LastRung, Rest, Tell, Wait, climb, step_name
from domain.contract import Contract, ContractClass
from domain.followup import Followup, FollowupState
from domain.identifiers import ContractId
from domain.notice import Notice, NoticeKind, NoticeState, new_notice
from domain.people import ContractRole, Person
from domain.reminder_ladder import Rung
from storage.events import CLOCK, Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.acting import notes, subject_of
from usecases.parts.scene import Scene

BATCH = 500
"""Follow-ups taken in one transaction."""
_KIND = {
    ContractRole.MANAGER: NoticeKind.FOLLOWUP_NUDGE,
    ContractRole.DEPUTY: NoticeKind.FOLLOWUP_NUDGE,
    ContractRole.OWNER: NoticeKind.FOLLOWUP_TO_OWNER,
    ContractRole.CONTROLLER: NoticeKind.FOLLOWUP_TO_CONTROLLER,
}
_NOT_TOLD = frozenset({NoticeState.PENDING, NoticeState.SENDING, NoticeState.AMBIGUOUS})
_CLASS_RANK = {None: len(ContractClass)} | {code: rank for rank, code in enumerate(ContractClass)}


class Nudging:
    """Takes the day's rungs in one unit. Somebody else opens and commits it."""

    def __init__(self, unit: Unit, scene: Scene) -> None:
        self._unit = unit
        self._scene = scene
        self._notices: list[Notice] = []
        self._events: list[Event] = []
        self._changed: list[Followup] = []
        self._to_plan: list[ContractId] = []
        self._nudged: dict[str, set[str]] = defaultdict(set)

    async def take_rungs(self) -> int:
        """Look at every follow-up that is due for a look; how many there were (at most `BATCH`)."""
        due = await self._unit.followups.due(self._scene.now, BATCH)
        due.sort(key=lambda row: (_CLASS_RANK[row.contract_class], row.due_on, row.followup_id))
        contracts = await self._unit.contracts.by_ids({row.contract_id for row in due})
        told = _by_subject(await self._unit.notices.about([subject_of(row) for row in due if row.rungs_done]))
        await self._count_this_week(due, contracts)
        for followup in due:
            last = self._last_rung(followup, told.get(subject_of(followup), []))
            self._look_at(followup, contracts[followup.contract_id], last)
        await self._unit.followups.save_all(self._changed)
        await self._unit.contracts.mark_for_planning(self._to_plan)
        await self._unit.notices.add_all(self._notices, at=self._scene.now)
        await self._unit.events.add_all(self._events)
        return len(due)

    def _look_at(self, followup: Followup, contract: Contract, last: LastRung) -> None:
        if followup.state is FollowupState.SKIPPED_RAMP:
            self._roll(followup)
            return
        if followup.contract_class is None:
            self._changed.append(replace(followup, next_action_at=None))
            return
        rungs = self._scene.rules.rungs(followup.contract_class)
        match climb(followup, rungs, last, self._scene.today, self._scene.calendar):
            case Rest():
                self._changed.append(replace(followup, next_action_at=None))
            case Wait(until=until):
                self._sleep(followup, until)
            case Tell() as tell:
                self._tell(followup, contract, tell)

    def _tell(self, followup: Followup, contract: Contract, tell: Tell) -> None:
        people = self._scene.roster.who(tell.rung.to, contract)
        if self._is_over_the_cap(followup, tell.rung, people):
            self._sleep(followup, self._next_week())
            return
        if not tell.rung.is_report_only:
            self._notices += [self._notice(followup, tell, person) for person in people]
            self._notices += self._copies(followup, contract, tell, people)
        self._events.append(self._rung_event(followup, tell, people))
        state = FollowupState.NOTIFIED if followup.state is FollowupState.PLANNED else followup.state
        self._changed.append(
            replace(
                followup,
                state=state,
                rungs_done=followup.rungs_done + 1,
                reminder_level=tell.rung.level,
                snoozed_until=None,
                next_action_at=self._scene.post.ladder_moment(tell.next_on) if tell.next_on else None,
            ),
        )

    def _notice(self, followup: Followup, tell: Tell, person: Person) -> Notice:
        return new_notice(
            self._unit.tenant_id,
            kind=_KIND[tell.rung.to],
            subject=subject_of(followup),
            occurrence=followup.period_key,
            step=tell.step,
            role=tell.rung.to,
            recipient_mail=person.mail,
            not_before=self._scene.post.digest_moment(person, self._scene.now),
            payload={"level": tell.rung.level},
        )

    def _copies(self, followup: Followup, contract: Contract, tell: Tell, people: Sequence[Person]) -> list[Notice]:
        """What is said to the owner or the controller about somebody's follow-up, they read too (domain.md 8.2)."""
        manager = self._scene.roster.manager_of(contract)
        if _KIND[tell.rung.to] is NoticeKind.FOLLOWUP_NUDGE or not people or manager is None or manager in people:
            return []
        told = ", ".join(person.name for person in people)
        return notes(
            followup,
            [manager],
            self._scene,
            kind=NoticeKind.MANAGER_REPORTED,
            step=f"{tell.step}:copy",
            role=ContractRole.MANAGER,
            payload={"text_key": "followup.greeting.reported", "told": told},
        )

    def _rung_event(self, followup: Followup, tell: Tell, people: Sequence[Person]) -> Event:
        told = [] if tell.rung.is_report_only else [person.mail for person in people]
        details = {"level": tell.rung.level, "step": tell.step, "to": told}
        if not told:
            details["reason"] = "report_only" if tell.rung.is_report_only else "vacant"
        return new_event(
            kind="followup.rung_taken",
            subject=subject_of(followup),
            actor=CLOCK,
            at=self._scene.now,
            details=details,
        )

    def _last_rung(self, followup: Followup, notices: Sequence[Notice]) -> LastRung:
        """What became of the rung before. A question of unknown fate counts as told: the next rung proceeds."""
        if followup.contract_class is None or followup.rungs_done == 0:
            return LastRung()
        rungs = self._scene.rules.rungs(followup.contract_class)
        rung = rungs[min(followup.rungs_done, len(rungs)) - 1]
        mine = [notice for notice in notices if notice.step == step_name(rung, followup.round)]
        sent = [self._scene.post.day_of(notice.sent_at) for notice in mine if notice.sent_at is not None]
        if sent:
            return LastRung(delivered_on=max(sent))
        return LastRung(
            is_waiting=any(notice.state in _NOT_TOLD for notice in mine),
            is_unreachable=any(notice.state is NoticeState.UNREACHABLE for notice in mine),
        )

    async def _count_this_week(self, due: Sequence[Followup], contracts: Mapping[ContractId, Contract]) -> None:
        monday = self._scene.today - timedelta(days=self._scene.today.weekday())
        managers = {
            person.mail
            for row in due
            for person in self._scene.roster.who(ContractRole.MANAGER, contracts[row.contract_id])
        }
        since = self._scene.post.ladder_moment(monday)
        self._nudged |= await self._unit.notices.nudged_since(managers, since)

    def _is_over_the_cap(self, followup: Followup, rung: Rung, people: Sequence[Person]) -> bool:
        """Whether the manager already has their fill of follow-ups this week (a legal date has no cap)."""
        if rung.to not in {ContractRole.MANAGER, ContractRole.DEPUTY}:
            return False
        most = self._scene.rules.limits.followups_per_person_and_week
        subject = subject_of(followup)
        over = [len(self._nudged[person.mail] - {subject}) >= most for person in people]
        if over and all(over):
            return True
        for person in people:
            self._nudged[person.mail].add(subject)
        return False

    def _next_week(self) -> date:
        today = self._scene.today
        return self._scene.calendar.next_open_day(today + timedelta(days=7 - today.weekday()))

    def _sleep(self, followup: Followup, until: date) -> None:
        self._changed.append(replace(followup, next_action_at=self._scene.post.ladder_moment(until)))

    def _roll(self, followup: Followup) -> None:
        """An occurrence of a class not in operation has passed: the next one takes its place."""
        now: datetime = self._scene.now
        self._changed.append(
            replace(
                followup,
                state=FollowupState.CANCELLED,
                closed_at=now,
                closed_reason="not_in_operation",
                next_action_at=None,
            ),
        )
        self._to_plan.append(followup.contract_id)
        self._events.append(
            new_event(
                kind="followup.not_in_operation",
                subject=subject_of(followup),
                actor=CLOCK,
                at=now,
            ),
        )


def _by_subject(notices: Sequence[Notice]) -> dict[str, list[Notice]]:
    found: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        found[notice.subject].append(notice)
    return found
