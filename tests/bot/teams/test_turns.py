"""A store that is down is owned up to, and what was done is not called undone."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.teams.duplicates import Receipt
from bot.teams.inbound import Caller, CardPressed, MessageReceived
from bot.teams.turns import Effect, Turns
from dialogs.turn import Press
from domain.identifiers import TenantId
from tests.support.seam import MemoryInboundLog, Parrot

CALLER = Caller(
    tenant_id=TenantId("local"),
    user_id="29:a",
    aad_object_id="a",
    name="Anna Berg",
    locale="sv-SE",
    time_zone="Europe/Stockholm",
    service_url="http://127.0.0.1/",
    conversation_id="a:1",
    is_personal=True,
    activity_id="1",
    reply_to_id=None,
    bot_id="28:avtalsbot",
)
MESSAGE = MessageReceived(caller=CALLER, text="status")
PRESS = CardPressed(caller=CALLER, press=Press(verb="a.b", data={}), reply_to_id=None, awaits_answer=True)


class BrokenAtBegin(MemoryInboundLog):
    """A store that cannot be reached."""

    async def begin(self, tenant_id: TenantId, conversation_id: str, activity_id: str) -> Receipt:
        raise ConnectionError


class BrokenAtFinish(MemoryInboundLog):
    """A store that was lost while the turn ran."""

    async def finish(
        self, tenant_id: TenantId, conversation_id: str, activity_id: str, response: Mapping[str, Any] | None
    ) -> None:
        raise ConnectionError


def said(effect: Effect) -> str:
    return str(effect.messages[0].get("text") or effect.messages[0].get("summary"))


async def test_when_nothing_can_be_remembered_nothing_is_done_and_it_is_said() -> None:
    parrot = Parrot()

    effect = await Turns(answer=parrot, inbound_log=BrokenAtBegin()).take(MESSAGE)

    assert said(effect).startswith("Något gick fel")
    assert not parrot.heard


async def test_what_was_done_is_answered_although_it_could_not_be_marked_done() -> None:
    effect = await Turns(answer=Parrot(), inbound_log=BrokenAtFinish()).take(MESSAGE)

    assert said(effect) == "Du sa: status"


@pytest.mark.parametrize("log", [BrokenAtBegin(), BrokenAtFinish()])
async def test_a_press_always_gets_an_answer(log: MemoryInboundLog) -> None:
    effect = await Turns(answer=Parrot(), inbound_log=log).take(PRESS)

    assert effect.response
    assert effect.response["statusCode"] == 200
