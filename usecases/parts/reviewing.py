"""A follow-up that has been handed in, as the one who approves it reads it."""

from dataclasses import dataclass
from datetime import date

from domain.checklist.outcome import StatusLight, Todo, light_of, todos
from domain.deviation import Deviation
from domain.people import Language, Person
from storage.unit_of_work import Unit
from usecases.parts.acting import Subject, may_see
from usecases.parts.scene import Scene
from usecases.parts.session import DECLINED, Proposed, Session, read_session


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything that was answered, and what came of it."""

    session: Session
    submitted_by_name: str
    submitted_on: date
    light: StatusLight
    deviations: tuple[Deviation, ...]
    declined: tuple[Proposed, ...]
    todos: tuple[Todo, ...]
    done_note: str | None
    """What was said instead of answering, when it was reported as already done."""


async def read_review(unit: Unit, scene: Scene, subject: Subject, person: Person, language: Language) -> Review:
    """Read what has been handed in, as far as this person may see it."""
    followup = subject.followup
    session = await read_session(unit, scene, followup, subject.contract, language)
    submitter = scene.roster.people.get(followup.submitted_by or "")
    return Review(
        session=session,
        submitted_by_name=submitter.name if submitter else followup.submitted_by or "",
        submitted_on=scene.post.day_of(followup.submitted_at or scene.now),
        light=light_of(session.questions, session.answers),
        deviations=tuple(row for row in session.own_deviations if may_see(row, subject, person, scene)),
        declined=tuple(one for one in session.proposed if one.decision == DECLINED),
        todos=todos(session.questions, session.answers, language),
        done_note=followup.closed_reason,
    )
