"""A person answers a checklist: by writing in the chat, or in the fields of a page."""

from collections.abc import Mapping
from dataclasses import replace

from domain.checklist.pages import Page, page_of
from domain.checklist.session import first_unanswered
from domain.checklist.template import Question
from domain.checklist.typed import Misfit, parse_answer
from domain.identifiers import TenantId
from domain.people import Language, Person
from usecases.parts.answering import Answering
from usecases.parts.retrying import once_more
from usecases.parts.scene import read_scene
from usecases.parts.session import Session
from usecases.world import World


async def answer_typed(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    text: str,
    *,
    language: Language,
    question_id: str | None = None,
) -> Session:
    """Take written words as the answer to the page's first unanswered question, or to the one named.

    The session that comes back stands where there is something left to ask; with a misfit nothing was kept.
    """

    async def answer() -> Session:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            desk = Answering(unit, scene, person, language)
            session = await desk.read(followup_id)
            asked = _asked(session, question_id) if session.is_running else None
            if not isinstance(asked, tuple):
                return replace(session, misfit=asked)
            page, question = asked
            found = parse_answer(question, text, language)
            if isinstance(found, Misfit):
                return replace(session, misfit=found)
            session = await desk.move_on(await desk.keep(session, found), page)
            await unit.commit()
            return session

    return await once_more(answer)


async def answer_fields(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    inputs: Mapping[str, str],
    *,
    rev: int,
    language: Language,
) -> Session:
    """Keep what a page's fields hold and go on, when everything on it has an answer that fits.

    `rev` is the row version the card showed. A card that has been overtaken moves nothing.
    """

    async def answer() -> Session:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            desk = Answering(unit, scene, person, language)
            session = await desk.read(followup_id)
            if not session.is_running:
                return session
            page = session.page
            if page is None or rev != session.followup.version:
                session = await desk.keep_unanswered(session, inputs)
                await unit.commit()
                return session
            session, misfits = await desk.keep_filled(session, page.questions, inputs)
            session = replace(session, misfit=next(iter(misfits), None) or _left_empty(session, page))
            if session.misfit is None:
                session = await desk.move_on(session, page)
            await unit.commit()
            return session

    return await once_more(answer)


def _asked(session: Session, question_id: str | None) -> tuple[Page, Question] | Misfit:
    """The question the words are meant for, and its page; a misfit says that no question waits for any."""
    page = session.page
    if question_id is not None:
        page = page_of(session.questions, question_id, session.answers)
        named = next((one for one in page.questions if one.question_id == question_id), None)
        if named is not None:
            return page, named
    if page is None:
        ahead = first_unanswered(session.questions, session.answers)
        if ahead is None:
            return Misfit(question_id="", text_key="answering.misfit.at_end")
        page = page_of(session.questions, ahead.question_id, session.answers)
    waiting = page.unanswered(session.answers)
    if waiting:
        return page, waiting[0]
    if len(page.questions) == 1:
        return page, page.questions[0]
    values = {"number": str(page.first)}
    return Misfit(question_id="", text_key="answering.misfit.which", values=values)


def _left_empty(session: Session, page: Page) -> Misfit | None:
    waiting = page.unanswered(session.answers)
    return Misfit(question_id=waiting[0].question_id, text_key="checklist.misfit.empty") if waiting else None
