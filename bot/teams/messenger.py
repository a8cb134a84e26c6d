"""The use cases' two neighbours in Teams: who brings letters to people, and who knows who somebody is."""

import logging
from typing import Any

from bot.teams.outbound import ConnectorClient, Opened
from bot.teams.replies import card_message
from cards.letters import letter_card
from domain.identifiers import TenantId
from domain.letter import Letter
from usecases.ports import Address, Delivered, Member, Outcome, TryLater, Undeliverable

_log = logging.getLogger(__name__)


class TeamsMessenger:
    """Brings letters to people's personal chats."""

    def __init__(self, *, connector: ConnectorClient, bot_id: str) -> None:
        self._connector = connector
        self._bot_id = bot_id

    async def deliver(self, address: Address, tenant_id: TenantId, letter: Letter) -> Outcome:
        """Post the letter, in the chat it is known to be read in or one opened for it."""
        message = self._message(address, letter)
        match await self._conversation(address, tenant_id):
            case str() as conversation_id:
                message["conversation"] = {"id": conversation_id}
                return await self._connector.send(address.service_url, conversation_id, message)
            case TryLater() | Undeliverable() as failure:
                return failure

    async def retire(self, address: Address, message_id: str, letter: Letter) -> None:
        """Put the letter's current form in the earlier one's place; a failure is only logged."""
        if not address.conversation_id:
            return
        # An edit makes no sound, so nothing is said of notifying.
        message = {**card_message(letter_card(letter)), "conversation": {"id": address.conversation_id}}
        outcome = await self._connector.update(address.service_url, address.conversation_id, message_id, message)
        if not isinstance(outcome, Delivered):
            _log.info("letter_not_retired", extra={"message_id": message_id, "reason": outcome.reason})

    async def _conversation(self, address: Address, tenant_id: TenantId) -> str | TryLater | Undeliverable:
        if address.conversation_id:
            return address.conversation_id
        if not address.aad_object_id:
            return Undeliverable(reason="no_address")
        opened = await self._connector.create_conversation(
            address.service_url, bot_id=self._bot_id, aad_object_id=address.aad_object_id, tenant_id=tenant_id
        )
        return opened.conversation_id if isinstance(opened, Opened) else opened

    def _message(self, address: Address, letter: Letter) -> dict[str, Any]:
        message: dict[str, Any] = {
            **card_message(letter_card(letter)),
            "from": {"id": self._bot_id},
            "locale": letter.language.value,
            "channelData": {
                "notification": {"alert": True},
                "avtalsbot": {"notices": list(letter.notice_ids)},
            },
        }
        if address.aad_object_id:
            message["recipient"] = {"id": address.aad_object_id, "aadObjectId": address.aad_object_id}
        return message


class TeamsDirectory:
    """Asks the connector who somebody in a chat is."""

    def __init__(self, *, connector: ConnectorClient) -> None:
        self._connector = connector

    async def member(self, service_url: str, conversation_id: str, user_id: str) -> Member | None:
        """Who it is, by the mail address Entra holds for them or, without one, the name they sign in with."""
        told = await self._connector.member(service_url, conversation_id, user_id)
        if not told:
            return None
        mail = _text(told.get("email")) or _text(told.get("userPrincipalName"))
        object_id = _text(told.get("aadObjectId")) or _text(told.get("objectId"))
        return Member(
            aad_object_id=object_id.lower() if object_id else None,
            mail=mail.lower() if mail and "@" in mail else None,
            name=_text(told.get("name")),
        )


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
