"""One contract with a follow-up its manager has been told of, ready for a test to do something with."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from cards.card import Card
from domain.chat import Chat
from domain.contract import Contract, ContractClass
from domain.followup import Activity, Followup, FollowupState
from domain.identifiers import FollowupId
from domain.people import Language, Person
from storage.events import Event
from tests.support.card_checks import buttons_of
from tests.support.world import PEOPLE, TENANT, TestWorld, contract, furnish, local, person
from usecases.followups.answer_questions import answer_typed
from usecases.followups.start_session import start_session
from usecases.parts.session import Session

MIA, OLLE, CARIN, PIA = PEOPLE
DORIS = person("Doris Deputy")
SAMIRA = person("Samira Holm", department="Fastighetsförvaltningen")
STRANGER = person("Stig Stranger")
EVERYBODY = (*PEOPLE, DORIS, SAMIRA, STRANGER)
STADNING = contract("2026-0147", deputy_mail=DORIS.mail)
SV = Language.SV


def followup(**changes: Any) -> Followup:  # noqa: ANN401 - any field of a follow-up
    """Quarterly, due in two weeks, told of once."""
    plain = Followup(
        followup_id=FollowupId("f-1"),
        contract_id=STADNING.contract_id,
        activity=Activity.QUARTERLY,
        period_key="2027-02-08",
        plan_version=1,
        due_on=date(2027, 2, 8),
        state=FollowupState.NOTIFIED,
        contract_class=ContractClass.CRITICAL,
        ruleset_number=1,
        modules=("PU", "LK"),
        template_versions={},
        rungs_done=1,
        reminder_level="N0",
        next_action_at=local("2027-02-03", "06:00"),
    )
    return replace(plain, **changes)


async def given(
    world: TestWorld,
    *rows: Followup,
    contracts: tuple[Contract, ...] = (STADNING,),
    people: tuple[Person, ...] = EVERYBODY,
) -> None:
    """An organisation with these follow-ups and nothing else planned."""
    world.clock.now = local("2027-01-25", "09:00")
    await furnish(world, contracts, people)
    async with world.world.store.open(TENANT) as unit:
        await unit.contracts.mark_planned([one.contract_id for one in contracts])
        await unit.followups.add_all(rows or [followup()])
        await unit.commit()


async def row(world: TestWorld, followup_id: str = "f-1") -> Followup:
    """The follow-up as it is stored now."""
    async with world.world.store.read(TENANT) as unit:
        found = await unit.followups.get(followup_id)
    assert found is not None
    return found


async def contract_now(world: TestWorld) -> Contract:
    async with world.world.store.read(TENANT) as unit:
        found = await unit.contracts.get(STADNING.contract_id)
    assert found is not None
    return found


async def events(world: TestWorld, subject: str = "followup:f-1") -> list[Event]:
    async with world.world.store.read(TENANT) as unit:
        return await unit.events.about(subject)


async def kinds(world: TestWorld, subject: str = "followup:f-1") -> list[str]:
    return [event.kind for event in await events(world, subject)]


async def queued(world: TestWorld) -> list[tuple[str, str, str]]:
    """Who is to hear what: recipient, kind and text key of every waiting notice."""
    async with world.world.store.read(TENANT) as unit:
        notices = await unit.notices.all()
    return [
        (notice.recipient_mail.split("@")[0], notice.kind.value, notice.payload.get("text_key", ""))
        for notice in notices
        if notice.state.value == "pending"
    ]


async def begin(world: TestWorld, who: Person = MIA) -> Session:
    started = await start_session(world.world, TENANT, who, "f-1", SV)
    assert started.session is not None
    return started.session


async def write(world: TestWorld, *texts: str, who: Person = MIA) -> Session:
    """Answer one question after the other in the chat."""
    session = None
    for text in texts:
        session = await answer_typed(world.world, TENANT, who, "f-1", text, language=SV)
        assert session.misfit is None, (text, session.misfit)
    assert session is not None
    return session


ALL_WELL = (
    "4",
    "ja",
    "nej",
    "nej",
    "nej",
    "ja",
    "alltid",
    "nej",
    "ja",
    "ja",
    "ja",
    "ja",
    "ja utan anmärkning",
    "5",
    "ja",
    "4",
    "nej",
)
"""Answers to a whole quarterly follow-up of a critical contract with nothing to complain of."""


async def chat_of(world: TestWorld, who: Person = MIA) -> Chat:
    """What the bot remembers that somebody is in the middle of."""
    async with world.world.store.read(TENANT) as unit:
        return await unit.chats.get(who.person_id)


def verbs(cards: Sequence[Card]) -> set[str]:
    """Every button on the cards."""
    return {verb for card in cards for verb in buttons_of(card)}
