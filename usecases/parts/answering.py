"""Answers are kept one by one, and the session moves to where there is something left to ask."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from domain.checklist.answer import Answer, AnswerKind
from domain.checklist.fields import parse_fields
from domain.checklist.pages import Page, page_after
from domain.checklist.template import Question
from domain.checklist.typed import Misfit
from domain.followup import Followup
from domain.people import Language, Person
from storage.followups import StoredAnswer
from storage.unit_of_work import Unit
from usecases.parts.acting import subject_for, subject_of
from usecases.parts.scene import Scene
from usecases.parts.session import AT_END, CONFIRMED, Session, read_session, renewed


class Answering:
    """One person's answers in one unit. Somebody else opens and commits it."""

    def __init__(self, unit: Unit, scene: Scene, person: Person, language: Language) -> None:
        self._unit = unit
        self._scene = scene
        self._person = person
        self._language = language

    async def read(self, followup_id: str) -> Session:
        """The session as it stands; refused when it is not this person's to answer."""
        subject = await subject_for(self._unit, self._scene, self._person, followup_id)
        return await read_session(self._unit, self._scene, subject.followup, subject.contract, self._language)

    async def keep(self, session: Session, answer: Answer) -> Session:
        """Keep an answer, with an event when it says something new."""
        before = session.stored.get(answer.question_id)
        if before is not None and (before.kind, before.value, before.note) == (answer.kind, answer.value, answer.note):
            return session
        row = StoredAnswer(
            question_id=answer.question_id,
            kind=answer.kind.value,
            value=answer.value,
            note=answer.note,
            answered_by=self._person.mail,
            answered_at=self._scene.now,
            # What was registered from the earlier answer stays registered, and is not proposed twice.
            proposal=CONFIRMED if before is not None and before.proposal == CONFIRMED else None,
        )
        await self._unit.followups.save_answer(session.followup.followup_id, row)
        await self._log(
            session.followup,
            "followup.answered",
            question=answer.question_id,
            kind=answer.kind.value,
            value=answer.value,
            note=answer.note,
        )
        return renewed(
            replace(session, stored={**session.stored, answer.question_id: row}),
            self._scene,
            self._language,
        )

    async def keep_filled(
        self,
        session: Session,
        questions: Iterable[Question],
        inputs: Mapping[str, str],
    ) -> tuple[Session, tuple[Misfit, ...]]:
        """Keep what a card's fields hold for these questions; what does not fit is handed back."""
        misfits: list[Misfit] = []
        for question in questions:
            found = parse_fields(question, inputs, self._language)
            if isinstance(found, Misfit):
                misfits.append(found)
            elif found is not None:
                session = await self.keep(session, found)
        return session, tuple(misfits)

    async def keep_unanswered(self, session: Session, inputs: Mapping[str, str]) -> Session:
        """An old card: what was never answered is kept, and nothing that has an answer is overwritten."""
        waiting = [question for question in session.questions if question.question_id not in session.stored]
        session, _ = await self.keep_filled(session, waiting, inputs)
        return session

    async def skip(self, session: Session, questions: Iterable[Question]) -> Session:
        """Pass over these questions."""
        for question in questions:
            session = await self.keep(session, Answer(question_id=question.question_id, kind=AnswerKind.SKIPPED))
        return session

    async def move_on(self, session: Session, page: Page) -> Session:
        """To the next page with something unanswered, this one included; past the questions when there is none."""
        following = page_after(session.questions, page, session.answers)
        return await self.place(session, following.questions[0].question_id if following else AT_END)

    async def place(self, session: Session, question_id: str, *, is_paused: bool = False) -> Session:
        """Stand at a question, or at the end. Nothing is written when that is where the session stands."""
        followup = session.followup
        changed = replace(followup, current_question=question_id, is_paused=is_paused)
        if changed == followup:
            return session
        saved = await self._unit.followups.save(changed)
        if is_paused != followup.is_paused:
            await self._log(saved, "followup.paused" if is_paused else "followup.resumed")
        return replace(session, followup=saved)

    async def _log(self, followup: Followup, event: str, /, **details: str | None) -> None:
        await self._unit.events.add(
            kind=event,
            subject=subject_of(followup),
            actor=self._person.mail,
            at=self._scene.now,
            details=details,
        )
