"""Talks to the bot as people do: by name, in words or by buttons, and reads what comes back as text."""

from collections.abc import Mapping

from cards.card import Card
from dialogs.reception import Said, receive
from dialogs.turn import Document, FileOffer, Press, Reply
from domain.people import Person
from tests.support.card_checks import assert_good_card, buttons_of, texts_of
from tests.support.world import TENANT, TestWorld
from usecases.ports import Attachment, Visitor


class Talk:
    """One person's chat with the bot."""

    def __init__(self, house: TestWorld, person: Person, *, locale: str = "sv-SE") -> None:
        self._house = house
        self._visitor = Visitor(
            user_id=f"29:{person.mail}",
            aad_object_id=person.aad_object_id,
            name=person.name,
            locale=locale,
            service_url="http://127.0.0.1:1/",
            conversation_id=f"chat-with-{person.mail}",
            is_personal=True,
        )
        self.cards: tuple[Card, ...] = ()
        self.is_below = False
        """Whether the card that was pressed last stays where it is."""
        self.offers: tuple[FileOffer, ...] = ()
        """Documents the latest answer offers."""

    async def says(self, text: str) -> str:
        """Type something; everything readable in the answer."""
        return await self._hear(Said(text=text))

    async def sends(self, *attachments: Attachment, text: str = "") -> str:
        """Send photos or files, with words or without; everything readable in the answer."""
        return await self._hear(Said(text=text, attachments=attachments))

    async def presses(self, verb: str, inputs: Mapping[str, str] | None = None) -> str:
        """Press the button with this verb on the latest card that has it."""
        for card in reversed(self.cards):
            data = buttons_of(card).get(verb)
            if data is not None:
                return await self.presses_old(data, inputs)
        raise AssertionError(f"no button {verb} among {[sorted(buttons_of(card)) for card in self.cards]}")

    async def presses_old(self, data: Mapping[str, object], inputs: Mapping[str, str] | None = None) -> str:
        """Press a button by the data its card carried, however long ago that was."""
        return await self._hear(Said(press=Press(verb=str(data["verb"]), data=data, inputs=inputs or {})))

    def button(self, verb: str) -> Mapping[str, object]:
        """The data of a button on the latest cards, to be pressed later."""
        return next(buttons_of(card)[verb] for card in reversed(self.cards) if verb in buttons_of(card))

    async def accepts(self, offer: FileOffer) -> Document:
        """Say yes to a document, and get it."""
        reply = await self._receive(Said(press=_answering(offer, offer.verbs[0])))
        assert reply.document is not None
        return reply.document

    async def declines(self, offer: FileOffer) -> str:
        """Say no to a document; everything readable in the answer."""
        return await self._hear(Said(press=_answering(offer, offer.verbs[1])))

    async def _receive(self, said: Said) -> Reply:
        return await receive(self._house.world, TENANT, self._visitor, said)

    async def _hear(self, said: Said) -> str:
        reply = await self._receive(said)
        for card in reply.cards:
            assert_good_card(card)
        self.cards, self.offers, self.is_below = reply.cards, reply.offers, reply.is_below
        return "\n".join(texts_of(card) for card in reply.cards)


def _answering(offer: FileOffer, verb: str) -> Press:
    return Press(verb=verb, data={"v": 1, "verb": verb, "subject": offer.subject, "rev": 0, "notice": None})
