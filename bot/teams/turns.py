"""One turn: what came in is answered once, however often Teams sends it, and a bug ends in a polite sentence."""

import asyncio
import dataclasses
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.teams.duplicates import Begun, Done, InboundLog, InProgress, Receipt
from bot.teams.inbound import Caller, CardPressed, FileAnswered, Inbound
from bot.teams.replies import card_answer, card_message, sentence_answer, sentence_message, split
from cards.card import Card
from cards.texts import Texts
from dialogs.turn import Document, FileOffer, Reply
from domain.people import Language

_log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 5.0  # how long a copy waits for the answer its original gets
_LOOK_AGAIN_SECONDS = 0.25  # each look is a transaction

Answer = Callable[[Inbound], Awaitable[Reply]]
"""The dialogs: given what came in, what goes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a turn leads to outside."""

    response: Mapping[str, Any] | None = None
    """What an invoke is answered with."""
    replacement: Card | None = None
    """The card that takes the pressed one's place for good."""
    sentence: str | None = None
    """What the response says, when it is a sentence that must reach the person even if it comes too late for that."""
    messages: tuple[Mapping[str, Any], ...] = ()
    offers: tuple[FileOffer, ...] = ()
    """Documents to be asked about after the messages."""
    document: Document | None = None
    """What somebody has said yes to."""


class Turns:
    """Answers what comes in, once."""

    def __init__(self, *, answer: Answer, inbound_log: InboundLog) -> None:
        self._answer = answer
        self._log = inbound_log

    async def take(self, inbound: Inbound) -> Effect:
        """What is to be said and shown. A copy of something answered leads to the same answer and nothing else."""
        try:
            receipt = await self._begin(inbound.caller)
            if isinstance(receipt, Begun):
                effect = _effect(await self._answer(inbound), inbound)
                await self._finish(inbound.caller, effect)
                return effect
        except Exception as error:  # noqa: BLE001 - the outermost loop of a turn: a bug must not leave silence
            effect = _apology(inbound, error)
            await self._finish(inbound.caller, effect)
            return effect
        _log.info("activity_repeated", extra=ids(inbound.caller))
        if isinstance(receipt, Done) and receipt.response:
            return Effect(response=receipt.response)
        return Effect(response=slow_answer(inbound))

    async def _begin(self, caller: Caller) -> Receipt:
        if not caller.activity_id:
            return Begun()
        receipt = await self._log.begin(caller.tenant_id, caller.conversation_id, caller.activity_id)
        for _ in range(round(_PATIENCE_SECONDS / _LOOK_AGAIN_SECONDS)):
            if not isinstance(receipt, InProgress):
                break
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
            receipt = await self._log.begin(caller.tenant_id, caller.conversation_id, caller.activity_id)
        return receipt

    async def _finish(self, caller: Caller, effect: Effect) -> None:
        if not caller.activity_id:
            return
        try:
            await self._log.finish(caller.tenant_id, caller.conversation_id, caller.activity_id, effect.response)
        except Exception:  # noqa: BLE001 - the turn itself went well
            # What was asked for is done; only a copy of it could now be answered twice.
            _log.exception("activity_not_marked_done", extra=ids(caller))


def is_invoke(inbound: Inbound) -> bool:
    """Whether the client waits for a card in place of the one pressed."""
    return isinstance(inbound, CardPressed) and inbound.awaits_answer


def is_waited_for(inbound: Inbound) -> bool:
    """Whether the client wants its answer at once, whatever else there is to do."""
    return is_invoke(inbound) or isinstance(inbound, FileAnswered)


def slow_answer(inbound: Inbound) -> Mapping[str, Any] | None:
    """What an invoke is answered with when its real answer is not ready; None for what is no invoke."""
    return sentence_answer(texts_of(inbound)("seam.slow")) if is_invoke(inbound) else None


def ids(caller: Caller) -> dict[str, object]:
    """What the log may know of a turn."""
    return {
        "tenant_id": caller.tenant_id,
        "conversation_id": caller.conversation_id,
        "activity_id": caller.activity_id,
        "aad_object_id": caller.aad_object_id,
    }


def _effect(reply: Reply, inbound: Inbound) -> Effect:
    replacement, below = split(reply, inbound)
    messages = tuple(card_message(card) for card in below)
    effect = Effect(replacement=replacement, messages=messages, offers=reply.offers, document=reply.document)
    if not is_invoke(inbound):
        return effect
    sentence = texts_of(inbound)("seam.below" if below else "seam.done")
    response = card_answer(replacement) if replacement else sentence_answer(sentence)
    # Through JSON and back, so that what is kept for a copy is what the original got.
    return dataclasses.replace(effect, response=json.loads(json.dumps(response, default=dict)))


def _apology(inbound: Inbound, error: Exception) -> Effect:
    reference = secrets.token_hex(4).upper()
    _log.error("turn_failed", extra={"reference": reference, **ids(inbound.caller)}, exc_info=error)
    sentence = texts_of(inbound)("seam.broken", reference=reference)
    if is_invoke(inbound):
        return Effect(response=sentence_answer(sentence), sentence=sentence)
    return Effect(messages=(sentence_message(sentence),))


def texts_of(inbound: Inbound) -> Texts:
    """In the language of the person's client, before we know who it is."""
    locale = (inbound.caller.locale or "sv").lower()
    return Texts(Language.SV if locale.startswith("sv") else Language.EN)
