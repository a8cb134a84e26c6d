"""Where every conversation comes in: who is it, what was said, which function answers, and in which language."""

from dataclasses import dataclass, replace
from typing import Final

from cards.manners import refusal_card
from cards.saying import SAY_VERB
from cards.texts import Texts, plain
from dialogs.manners import arrived
from dialogs.routes import converse
from dialogs.turn import Press, Reply, Turn, say
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import Person
from usecases.keep_chat import keep_chat
from usecases.meet_person import Met, meet_person
from usecases.part_with import part_with
from usecases.ports import Attachment, Visitor
from usecases.world import World

OPENS_BELOW: Final = frozenset(
    {SAY_VERB, "contract.open", "deviation.open", "draft.open", "followup.open", "joint.open", "watch.open"},
)
"""Buttons of cards that have more to offer than this one thing, digests and lists above all: such a card stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What came in from one person: typed words, a pressed button, or that the bot was installed or taken away."""

    text: str = ""
    press: Press | None = None
    attachments: tuple[Attachment, ...] = ()
    is_arrival: bool = False
    is_farewell: bool = False


async def receive(world: World, tenant_id: TenantId, visitor: Visitor, said: Said) -> Reply:
    """Answer one turn. What the rules refuse becomes a sentence; nothing else is caught here."""
    language = Person.language_of(visitor.locale)
    is_below = said.press is not None and said.press.verb in OPENS_BELOW
    try:
        if said.is_farewell:
            await part_with(world, tenant_id, visitor)
            return say()
        met = await meet_person(world, tenant_id, visitor)
        language = met.person.speaks
        reply = await _answer(_turn(world, tenant_id, met, said), said)
    except Refused as no:
        # What people and registers wrote is shown in a refusal, never obeyed.
        values = {name: plain(value) if isinstance(value, str) else value for name, value in no.values.items()}
        sentence = Texts(language)(no.text_key, **values)
        return replace(say(refusal_card(sentence, language)), is_below=True)
    if reply.chat is not None and reply.chat != met.chat:
        await keep_chat(world, tenant_id, met.person.person_id, reply.chat)
    return replace(reply, is_below=True) if is_below else reply


async def _answer(turn: Turn, said: Said) -> Reply:
    return await arrived(turn) if said.is_arrival else await converse(turn)


def _turn(world: World, tenant_id: TenantId, met: Met, said: Said) -> Turn:
    return Turn(
        tenant_id=tenant_id,
        sender=met.person,
        language=met.person.speaks,
        at=met.at,
        today=met.today,
        world=world,
        chat=met.chat,
        text=said.text,
        press=said.press,
        attachments=said.attachments,
    )
