"""A person moves about in a checklist: back, on, to a certain question, past one, or away for now."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from domain.checklist.pages import page_after, page_before, pages
from domain.checklist.session import position_of
from domain.checklist.template import Question
from domain.checklist.typed import Misfit
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import Language, Person
from usecases.parts.answering import Answering
from usecases.parts.retrying import once_more
from usecases.parts.scene import read_scene
from usecases.parts.session import AT_END, Session
from usecases.world import World

NOTHING: Mapping[str, str] = MappingProxyType({})
Step = Callable[[Answering, Session], Awaitable[Session]]


async def go_on(world: World, tenant_id: TenantId, person: Person, followup_id: str, language: Language) -> Session:
    """*Nästa*, written: to where there is something left to answer, or past the questions.

    Where that is this very page, a misfit says which question remains.
    """

    async def step(desk: Answering, session: Session) -> Session:
        page = session.page
        if page is None:
            return session
        waiting = page.unanswered(session.answers)
        left = Misfit(question_id=waiting[0].question_id, text_key="answering.misfit.unanswered") if waiting else None
        return replace(await desk.move_on(session, page), misfit=left)

    return await _step(world, tenant_id, person, followup_id, language, step)


async def go_back(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    language: Language,
    *,
    inputs: Mapping[str, str] = NOTHING,
    rev: int | None = None,
) -> Session:
    """To the page before, keeping what the fields of this one hold. From the end, to the last page.

    With a `rev` that has been overtaken nothing moves.
    """

    async def step(desk: Answering, session: Session) -> Session:
        page = session.page
        if rev is not None and rev != session.followup.version:
            return await desk.keep_unanswered(session, inputs)
        if page is None:
            last = pages(session.questions)[-1]
            return await desk.place(session, last.questions[0].question_id)
        session, _ = await desk.keep_filled(session, page.questions, inputs)
        before = page_before(session.questions, page) or page
        return await desk.place(session, before.questions[0].question_id)

    return await _step(world, tenant_id, person, followup_id, language, step)


async def go_to(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    language: Language,
    *,
    question: int | str,
) -> tuple[Session, Question]:
    """To the question with this number or id, to answer it anew; refused when there is none."""
    found: list[Question] = []

    async def step(desk: Answering, session: Session) -> Session:
        wanted = _wanted(session, question)
        found.append(wanted)
        return await desk.place(session, wanted.question_id)

    session = await _step(world, tenant_id, person, followup_id, language, step)
    if not found:
        raise Refused("answering.refused.not_running")
    return session, found[-1]


async def skip(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    language: Language,
    *,
    inputs: Mapping[str, str] | None = None,
    rev: int = 0,
) -> Session:
    """Pass over the page's first unanswered question, or with `inputs` all that a page's fields leave empty.

    A card that has been overtaken (its `rev` is another) passes over nothing.
    """

    async def step(desk: Answering, session: Session) -> Session:
        page = session.page
        if page is None:
            return session
        if inputs is None:
            session = await desk.skip(session, page.unanswered(session.answers)[:1])
        elif rev != session.followup.version:
            return await desk.keep_unanswered(session, inputs)
        else:
            session, _ = await desk.keep_filled(session, page.questions, inputs)
            session = await desk.skip(session, page.unanswered(session.answers))
        return await desk.move_on(session, page)

    return await _step(world, tenant_id, person, followup_id, language, step)


async def pause(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    language: Language,
    *,
    inputs: Mapping[str, str] = NOTHING,
) -> Session:
    """Rest, with everything answered so far kept."""

    async def step(desk: Answering, session: Session) -> Session:
        page = session.page
        if page is not None:
            session, _ = await desk.keep_filled(session, page.questions, inputs)
            page = page_after(session.questions, page, session.answers)
        here = page.questions[0].question_id if page else AT_END
        return await desk.place(session, here, is_paused=True)

    return await _step(world, tenant_id, person, followup_id, language, step)


async def look(world: World, tenant_id: TenantId, person: Person, followup_id: str, language: Language) -> Session:
    """The session as it stands, with nothing moved."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        return await Answering(unit, scene, person, language).read(followup_id)


async def _step(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    language: Language,
    step: Step,
) -> Session:
    async def act() -> Session:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            desk = Answering(unit, scene, person, language)
            session = await desk.read(followup_id)
            if session.is_running and session.questions:
                session = await step(desk, session)
                await unit.commit()
            return session

    return await once_more(act)


def _wanted(session: Session, question: int | str) -> Question:
    for one in session.questions:
        if question in {one.question_id, position_of(session.questions, one.question_id)}:
            return one
    raise Refused("answering.refused.no_such_question", total=len(session.questions))
