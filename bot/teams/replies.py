"""A reply on its way back: the JSON of its messages, the answer an invoke gets, and the posting of the rest."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bot.teams.inbound import Caller, CardPressed, Inbound
from bot.teams.outbound import Activity, ConnectorClient
from cards.card import Card
from dialogs.turn import Reply
from usecases.ports import Ambiguous, Delivered, Outcome, TryLater

_log = logging.getLogger(__name__)

_TRIES = 3
_LONGEST_WAIT_SECONDS = 5.0  # somebody is waiting; what takes longer is better asked for again
_CARD_TYPE = "application/vnd.microsoft.card.adaptive"
_SENTENCE_TYPE = "application/vnd.microsoft.activity.message"


def card_message(card: Card) -> dict[str, Any]:
    """The part of a message that is the card and the line that stands in its notification."""
    return {
        "type": "message",
        "summary": card.summary,
        "attachments": [{"contentType": _CARD_TYPE, "content": card.content}],
    }


def sentence_message(sentence: str) -> dict[str, Any]:
    return {"type": "message", "text": sentence, "textFormat": "plain"}


def card_answer(card: Card) -> dict[str, Any]:
    """Answers an Action.Execute: the card stands where the pressed one stood, for the one who pressed."""
    return {"statusCode": 200, "type": _CARD_TYPE, "value": card.content}


def sentence_answer(sentence: str) -> dict[str, Any]:
    return {"statusCode": 200, "type": _SENTENCE_TYPE, "value": sentence}


def split(reply: Reply, inbound: Inbound) -> tuple[Card | None, tuple[Card, ...]]:
    """The card that takes the pressed one's place, if any, and those that follow as new messages."""
    if isinstance(inbound, CardPressed) and reply.cards and not reply.is_below:
        return reply.cards[0], reply.cards[1:]
    return None, reply.cards


class ReplyPost:
    """Posts to the chat the caller wrote in. What cannot be delivered is logged; the caller can ask again."""

    def __init__(self, connector: ConnectorClient) -> None:
        self._connector = connector

    async def post(self, caller: Caller, *messages: Activity) -> None:
        """New messages, in order."""
        for message in messages:
            activity = {**_envelope(caller), **message}
            await self._insist(
                caller, partial(self._connector.send, caller.service_url, caller.conversation_id, activity)
            )

    async def replace(self, caller: Caller, message_id: str, card: Card) -> bool:
        """Put the card in an earlier message's place, for everybody and for good; False when it is not there."""
        return await self.put_in_place(caller, message_id, card_message(card))

    async def put_in_place(self, caller: Caller, message_id: str, message: Activity) -> bool:
        """The same for a message of any kind."""
        activity = {**_envelope(caller), **message}
        outcome = await self._insist(
            caller,
            partial(self._connector.update, caller.service_url, caller.conversation_id, message_id, activity),
            is_repeatable=True,
        )
        return isinstance(outcome, Delivered)

    async def _insist(
        self, caller: Caller, attempt: Callable[[], Awaitable[Outcome]], *, is_repeatable: bool = False
    ) -> Outcome:
        outcome = await attempt()
        for _ in range(_TRIES - 1):
            if isinstance(outcome, TryLater):
                await asyncio.sleep(min(outcome.after_seconds, _LONGEST_WAIT_SECONDS))
            elif not (is_repeatable and isinstance(outcome, Ambiguous)):
                break
            outcome = await attempt()
        if not isinstance(outcome, Delivered):
            _log.warning(
                "reply_not_delivered",
                extra={
                    "tenant_id": caller.tenant_id,
                    "conversation_id": caller.conversation_id,
                    "activity_id": caller.activity_id,
                    "outcome": type(outcome).__name__,
                    "reason": outcome.reason,
                },
            )
        return outcome


def _envelope(caller: Caller) -> dict[str, Any]:
    return {
        "from": {"id": caller.bot_id},
        "recipient": {"id": caller.user_id},
        "conversation": {"id": caller.conversation_id},
    }
