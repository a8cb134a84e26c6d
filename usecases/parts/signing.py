"""A follow-up that was handed in and nobody has approved: its owner is reminded, then the controller is asked too."""

from collections.abc import Sequence
from dataclasses import replace

from domain.contract import Contract
from domain.followup import Followup
from domain.notice import Notice
from domain.people import Person
from domain.sign_off import SignOffStep, signers, step_on
from storage.events import CLOCK, Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.acting import subject_of
from usecases.parts.closing import next_sign_off_day, sign_off_notes
from usecases.parts.scene import Scene

BATCH = 500


class Signing:
    """Takes the day's sign-off reminders in one unit. Somebody else opens and commits it."""

    def __init__(self, unit: Unit, scene: Scene) -> None:
        self._unit = unit
        self._scene = scene
        self._notices: list[Notice] = []
        self._events: list[Event] = []
        self._changed: list[Followup] = []

    async def remind(self) -> int:
        """Look at every submitted follow-up that is due for a look; how many there were (at most `BATCH`)."""
        due = await self._unit.followups.due(self._scene.now, BATCH, await_sign_off=True)
        contracts = await self._unit.contracts.by_ids({row.contract_id for row in due})
        for followup in due:
            self._look_at(followup, contracts[followup.contract_id])
        await self._unit.followups.save_all(self._changed)
        await self._unit.notices.add_all(self._notices, at=self._scene.now)
        await self._unit.events.add_all(self._events)
        return len(due)

    def _look_at(self, followup: Followup, contract: Contract) -> None:
        scene = self._scene
        submitted_on = scene.post.day_of(followup.submitted_at or scene.now)
        step = step_on(submitted_on, scene.today, scene.calendar)
        people = self._asked(followup, contract, step)
        submitter = scene.roster.people.get(followup.submitted_by or "")
        name = submitter.name if submitter else ""
        self._notices += sign_off_notes(followup, people, scene, step.step, name)
        self._log(followup, step, people)
        again = next_sign_off_day(submitted_on, scene)
        wakes = scene.post.ladder_moment(again) if again else None
        self._changed.append(replace(followup, next_action_at=wakes))

    def _asked(self, followup: Followup, contract: Contract, step: SignOffStep) -> tuple[Person, ...]:
        asked = signers(self._scene.roster, contract, followup.submitted_by or "")
        also = self._scene.roster.who(step.also, contract) if step.also else ()
        return (*asked, *(person for person in also if person not in asked and person.mail != followup.submitted_by))

    def _log(self, followup: Followup, step: SignOffStep, people: Sequence[Person]) -> None:
        event = new_event(
            kind="followup.sign_off_asked",
            subject=subject_of(followup),
            actor=CLOCK,
            at=self._scene.now,
            details={"step": step.step, "to": [person.mail for person in people]},
        )
        self._events.append(event)
