"""The front door for Teams: one HTTP request in, one activity answered, in time and never with a 500.

Our own over the adapter's `process_activity`, since the stock front answers every invoke with 500.
"""

import asyncio
import json
import logging
from functools import partial

from aiohttp import web

from bot.teams.activity_json import BadBody, Json
from bot.teams.adapter import Respond, TurnRunner
from bot.teams.auth import TokenRefused
from bot.teams.door import Door, NotWelcome
from bot.teams.files import FilePost
from bot.teams.inbound import CardPressed, FileAnswered, Ignored, Inbound, translate
from bot.teams.replies import ReplyPost, card_message, sentence_message
from bot.teams.turns import Effect, Turns, ids, is_invoke, is_waited_for, slow_answer, texts_of
from cards.card import Card

_log = logging.getLogger(__name__)

_DEADLINE_SECONDS = 9.0  # Teams gives up after 10 to 15 and sends the same again
_BODY_SECONDS = 10.0
_GRACE_SECONDS = 0.3  # an invoke's answer waits this long for its messages, so that they mostly come first
_FAREWELL_SECONDS = 20.0


class Front:
    """Receives activities. Work that outlasts its request goes on; `quiet` waits for it."""

    def __init__(
        self,
        *,
        door: Door,
        turns: Turns,
        replies: ReplyPost,
        files: FilePost,
        bot_id: str,
        deadline_seconds: float = _DEADLINE_SECONDS,
    ) -> None:
        self._door = door
        self._turns = turns
        self._replies = replies
        self._files = files
        self._bot_id = bot_id
        self._deadline_seconds = deadline_seconds
        self._runner = TurnRunner()
        self._under_way: set[asyncio.Task[None]] = set()

    async def receive(self, request: web.Request) -> web.Response:
        """POST /api/messages: 200 when taken, 400 bad body, 401 bad token, 403 not ours to answer, 503 not now."""
        try:
            admitted = await self._door.admit(request.headers.get("Authorization"), await _read(request))
            inbound = translate(admitted.activity, admitted.tenant_id, bot_id=self._bot_id)
        except BadBody as bad:
            return _refusal(400, "bad_body", bad.reason, detail=bad.reason)
        except TokenRefused as refused:
            return _refusal(401, "token_refused", refused.reason)
        except NotWelcome as stranger:
            return _refusal(403, "not_welcome", stranger.reason)
        except Exception:  # noqa: BLE001 - such as a store that is down: Teams sends it again
            _log.exception("door_failed")
            return _refusal(503, "not_now", "door_failed")
        if isinstance(inbound, Ignored):
            return web.json_response({})
        return await self._answer_in_time(_Visit(admitted.activity, inbound, f"http://{request.host}"))

    async def quiet(self, timeout_seconds: float = _FAREWELL_SECONDS) -> None:
        """Wait until nothing is under way, or for as long as said."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=timeout_seconds)

    async def _answer_in_time(self, visit: "_Visit") -> web.Response:
        """The answer if there is one in time; what is late reaches the chat by itself."""
        work = asyncio.create_task(self._work(visit))
        self._under_way.add(work)
        work.add_done_callback(self._under_way.discard)
        if is_waited_for(visit.inbound):
            await asyncio.wait({visit.answer}, timeout=self._deadline_seconds)
            await asyncio.wait({work}, timeout=_GRACE_SECONDS if visit.answer.done() else 0)
        else:
            await asyncio.wait({work}, timeout=self._deadline_seconds)
        if visit.answer.done():
            return web.json_response(text=visit.answer.result() or "{}")
        visit.is_late = True
        return web.json_response(slow_answer(visit.inbound) or {})

    async def _work(self, visit: "_Visit") -> None:
        try:
            answer = await self._runner.run(visit.activity, partial(self._take, visit))
            visit.answer.set_result(answer)
            await self._post(visit)
        except Exception:  # noqa: BLE001 - the outermost loop of a request
            _log.exception("reply_failed", extra=ids(visit.inbound.caller))

    async def _take(self, visit: "_Visit", respond: Respond) -> None:
        visit.effect = await self._turns.take(visit.inbound)
        if visit.effect.response is not None:
            await respond(json.dumps(visit.effect.response, ensure_ascii=False))

    async def _post(self, visit: "_Visit") -> None:
        """Put the new card in the old one's place for good, and send the messages that follow."""
        messages = list(visit.effect.messages)
        card = visit.effect.replacement
        is_seen = is_invoke(visit.inbound) and not visit.is_late  # it stands in the answer
        if card and not await self._replace(visit.inbound, card) and not is_seen:
            messages.insert(0, card_message(card))
        if visit.effect.sentence and not is_seen:
            messages.insert(0, sentence_message(visit.effect.sentence))
        await self._replies.post(visit.inbound.caller, *messages)
        await self._post_files(visit)

    async def _post_files(self, visit: "_Visit") -> None:
        """Ask about documents, and hand over the one that was said yes to."""
        inbound, effect = visit.inbound, visit.effect
        texts = texts_of(inbound)
        await self._files.offer(inbound.caller, effect.offers, texts, own_address=visit.own_address)
        if effect.document is not None and isinstance(inbound, FileAnswered):
            await self._files.hand_over(inbound, effect.document, texts)

    async def _replace(self, inbound: Inbound, card: Card) -> bool:
        replaced = inbound.reply_to_id if isinstance(inbound, CardPressed) else None
        return bool(replaced) and await self._replies.replace(inbound.caller, replaced or "", card)


class _Visit:
    """One request while it is being answered."""

    def __init__(self, activity: Json, inbound: Inbound, own_address: str) -> None:
        self.activity = activity
        self.inbound = inbound
        self.own_address = own_address  # as the caller reached us; shown to people in local mode only
        self.effect = Effect()
        self.is_late = False
        self.answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()


async def _read(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            return await request.read()
    except web.HTTPRequestEntityTooLarge as error:
        raise BadBody("too_large") from error
    except TimeoutError as error:
        raise BadBody("too_slow") from error
    except web.RequestPayloadError as error:
        raise BadBody("broken_off") from error


def _refusal(status: int, event: str, reason: str, *, detail: str | None = None) -> web.Response:
    _log.warning("activity_refused", extra={"why": event, "reason": reason, "status": status})
    headers = {"WWW-Authenticate": "Bearer"} if status == web.HTTPUnauthorized.status_code else None
    return web.json_response(
        {"error": event, "detail": detail} if detail else {"error": event}, status=status, headers=headers
    )
