"""Where every conversation comes in: who is it, what was said, which function answers, and in which language."""

from dataclasses import dataclass

from cards.manners import refusal_card
from cards.texts import Texts
from dialogs.routes import converse
from dialogs.turn import Press, Reply, Turn, say
from domain.errors import Refused
from domain.identifiers import TenantId
from usecases.keep_chat import keep_chat
from usecases.meet_person import Visitor, meet_person
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What came in from one person: typed words, or a pressed button."""

    text: str = ""
    press: Press | None = None


async def receive(world: World, tenant_id: TenantId, visitor: Visitor, said: Said) -> Reply:
    """Answer one turn. What the rules refuse becomes a sentence; nothing else is caught here."""
    met = await meet_person(world, tenant_id, visitor)
    turn = Turn(
        tenant_id=tenant_id,
        sender=met.person,
        language=met.person.speaks,
        at=met.at,
        today=met.today,
        world=world,
        chat=met.chat,
        text=said.text,
        press=said.press,
    )
    try:
        reply = await converse(turn)
    except Refused as no:
        sentence = Texts(turn.language)(no.text_key, **no.values)
        return say(refusal_card(sentence, turn.language))
    if reply.chat is not None and reply.chat != met.chat:
        await keep_chat(world, tenant_id, met.person.person_id, reply.chat)
    return reply
