"""What Teams sends is answered once, in time, and a bug ends in a polite sentence."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.teams.inbound import CardPressed, Inbound, Installed, MembersChanged, MessageReceived, Uninstalled
from dialogs.turn import Reply
from tests.support.seam import Seam, card, running_seam


@pytest.fixture
async def seam() -> AsyncIterator[Seam]:
    async with running_seam(is_local=True, deadline_seconds=1.0) as running:
        yield running


async def test_a_message_is_answered_in_the_chat_it_came_from(seam: Seam) -> None:
    anna = seam.client()

    status = await anna.says("status")

    assert status == 200
    assert seam.connector.texts(anna.person) == "Du sa: status"
    assert seam.connector.last_to(anna.person).summary == "Du sa: status"


async def test_several_cards_come_in_order(seam: Seam) -> None:
    seam.parrot.says(card("ett"), card("två"), card("tre"))
    anna = seam.client()

    await anna.says("hjälp")

    assert [message.summary for message in seam.connector.messages_to(anna.person)] == ["ett", "två", "tre"]


async def test_the_caller_is_who_teams_says_and_not_who_the_card_says(seam: Seam) -> None:
    anna = seam.client()

    await anna.executes("followup.open", {"subject": "f1", "aadObjectId": "someone-else", "from": {"id": "x"}})

    caller = seam.parrot.heard[0].caller
    assert caller.aad_object_id == anna.person.aad_object_id
    assert caller.user_id == anna.person.user_id
    assert caller.tenant_id == "local"
    assert caller.service_url == seam.connector.service_url
    assert caller.time_zone == "Europe/Stockholm"
    assert caller.is_personal


async def test_pressing_a_button_answers_with_the_card_that_takes_its_place(seam: Seam) -> None:
    anna = seam.client()
    seam.parrot.says(card("Uppföljning", verb="followup.open"))
    await anna.says("börja")
    seam.parrot.says(card("Fråga 1"), card("Tänk på det här"))

    answer = await anna.presses(seam.connector.last_to(anna.person), "followup.open", note="ja")
    await seam.front.quiet()

    assert answer["statusCode"] == 200
    assert answer["type"] == "application/vnd.microsoft.card.adaptive"
    assert answer["value"]["body"][0]["text"] == "Fråga 1"
    first, second = seam.connector.messages_to(anna.person)
    assert first.summary == "Fråga 1"
    assert first.earlier[0]["summary"] == "Uppföljning"
    assert second.summary == "Tänk på det här"


async def test_what_is_opened_out_of_a_list_comes_below_it_and_the_list_stays(seam: Seam) -> None:
    anna = seam.client()
    seam.parrot.says(card("Tre saker", verb="followup.open"))
    await anna.says("mina")
    opened = Reply(cards=(card("Uppföljning"),), is_below=True)
    seam.parrot.answers = lambda _inbound: asyncio.sleep(0, opened)

    answer = await anna.presses(seam.connector.last_to(anna.person), "followup.open")
    await seam.front.quiet()

    assert answer["statusCode"] == 200
    assert answer["type"] == "application/vnd.microsoft.activity.message"
    assert answer["value"] == "Svaret står här nedanför."
    listed, below = seam.connector.messages_to(anna.person)
    assert (listed.summary, listed.earlier) == ("Tre saker", [])
    assert below.summary == "Uppföljning"


async def test_a_press_carries_the_cards_ids_and_what_was_filled_in_apart(seam: Seam) -> None:
    anna = seam.client()

    await anna.executes(
        "checklist.answer",
        {
            "v": 1,
            "verb": "checklist.answer",
            "subject": "f1",
            "rev": 3,
            "notice": None,
            "q1": "ja",
            "q2": True,
            "q3": 4,
        },
    )

    pressed = seam.parrot.heard[0]
    assert isinstance(pressed, CardPressed)
    assert pressed.press.verb == "checklist.answer"
    assert pressed.press.data == {"v": 1, "verb": "checklist.answer", "subject": "f1", "rev": 3, "notice": None}
    assert pressed.press.inputs == {"q1": "ja", "q2": "true", "q3": "4"}


async def test_an_old_clients_submit_replaces_the_card_it_came_from(seam: Seam) -> None:
    anna = seam.client()
    seam.parrot.says(card("Uppföljning"))
    await anna.says("börja")
    shown = seam.connector.last_to(anna.person)
    seam.parrot.says(card("Fråga 1"))

    await anna.posts(
        anna.activity("message", value={"verb": "followup.open", "subject": "f1"}, replyToId=shown.message_id)
    )

    assert [message.summary for message in seam.connector.messages_to(anna.person)] == ["Fråga 1"]


async def test_an_answer_whose_old_card_is_gone_comes_as_a_new_message(seam: Seam) -> None:
    anna = seam.client()
    seam.parrot.says(card("Fråga 1"))

    await anna.posts(anna.activity("message", value={"verb": "followup.open"}, replyToId="long-gone"))

    assert [message.summary for message in seam.connector.messages_to(anna.person)] == ["Fråga 1"]


async def test_a_press_that_leads_to_no_card_is_still_answered(seam: Seam) -> None:
    anna = seam.client()
    seam.parrot.says()

    answer = await anna.executes("status.show", {})

    assert answer == {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Klart."}


@pytest.mark.parametrize(
    ("action", "expected"),
    [("add", Installed), ("add-upgrade", Installed), ("remove", Uninstalled), ("remove-upgrade", Uninstalled)],
)
async def test_installing_is_told_from_upgrading(
    seam: Seam, action: str, expected: type[Installed | Uninstalled]
) -> None:
    seam.parrot.says()

    assert await seam.client().installs(action) == 200

    heard = seam.parrot.heard[0]
    assert isinstance(heard, expected)
    assert heard.is_upgrade is action.endswith("upgrade")
    assert not seam.connector.messages


async def test_the_bots_own_arrival_is_told_from_a_colleagues(seam: Seam) -> None:
    anna = seam.client()

    await anna.posts(anna.activity("conversationUpdate", membersAdded=[{"id": "28:avtalsbot"}]))
    await anna.posts(anna.activity("conversationUpdate", membersAdded=[{"id": "29:x", "aadObjectId": "X"}]))

    first, second = seam.parrot.heard
    assert isinstance(first, MembersChanged)
    assert first.is_bot_added
    assert isinstance(second, MembersChanged)
    assert not second.is_bot_added
    assert second.added[0].aad_object_id == "x"


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "typing"},
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"type": "messageUpdate", "text": "status"},
        {"type": "messageDelete"},
        {"type": "event", "name": "application/vnd.microsoft.readReceipt", "value": {"lastReadMessageId": "1"}},
        {"type": "conversationUpdate"},
        {"type": "installationUpdate"},
        {"type": "endOfConversation"},
        {"type": "somethingFromTheFuture"},
        {"type": "invoke", "name": "composeExtension/query", "value": {"commandId": "x"}},
        {"type": "message", "text": "eko", "from": {"id": "28:avtalsbot"}},
    ],
)
async def test_what_needs_no_answer_gets_none(seam: Seam, fields: dict[str, object]) -> None:
    anna = seam.client()

    status = await anna.posts({**anna.activity("message"), **fields})

    assert status == 200
    assert not seam.parrot.heard
    assert not seam.connector.calls


async def test_the_same_message_twice_has_one_effect(seam: Seam) -> None:
    anna = seam.client()
    activity = anna.activity("message", text="status")

    statuses = await asyncio.gather(*(anna.posts(activity) for _ in range(4)))
    statuses.append(await anna.posts(activity))

    assert set(statuses) == {200}
    assert len(seam.parrot.heard) == 1
    assert len(seam.connector.messages) == 1


async def test_the_same_press_twice_gets_the_same_answer(seam: Seam) -> None:
    anna = seam.client()
    rounds = iter(range(10))

    async def count(_inbound: Inbound) -> Reply:
        await asyncio.sleep(0.2)
        return Reply(cards=(card(f"Gång {next(rounds)}"),))

    seam.parrot.answers = count
    activity = anna.activity("invoke", name="adaptiveCard/action", value={"action": {"verb": "a.b", "data": {}}})

    await asyncio.gather(*(anna.posts(activity) for _ in range(3)))
    await anna.posts(activity)

    assert len(seam.parrot.heard) == 1
    assert [answer["value"]["body"][0]["text"] for _, answer in anna.answers] == ["Gång 0"] * 4


async def test_the_same_id_in_another_chat_is_another_message(seam: Seam) -> None:
    anna, bo = seam.client(), seam.client(seam.connector.knows("bo@kommun.example"))

    await anna.says("ett", id="same")
    await bo.says("två", id="same")

    assert len(seam.parrot.heard) == 2


async def test_a_bug_ends_in_a_polite_sentence_with_a_number_that_is_in_the_log(
    seam: Seam, caplog: pytest.LogCaptureFixture
) -> None:
    anna = seam.client()

    async def broken(_inbound: Inbound) -> Reply:
        raise KeyError("Annas hemlighet")

    seam.parrot.answers = broken
    with caplog.at_level(logging.ERROR):
        assert await anna.says("status") == 200

    record = next(record for record in caplog.records if record.message == "turn_failed")
    assert record.__dict__["reference"] in seam.connector.texts(anna.person)
    assert record.__dict__["aad_object_id"] == anna.person.aad_object_id


async def test_a_bug_under_a_button_keeps_the_card_and_says_so(seam: Seam) -> None:
    anna = seam.client(locale="en-GB")

    async def broken(_inbound: Inbound) -> Reply:
        raise RuntimeError

    seam.parrot.answers = broken
    answer = await anna.executes("a.b", {})

    assert anna.answers[0][0] == 200
    assert answer["type"] == "application/vnd.microsoft.activity.message"
    assert answer["value"].startswith("Something went wrong")
    assert not seam.connector.messages


async def test_a_slow_answer_reaches_the_chat_although_the_client_has_stopped_waiting(seam: Seam) -> None:
    anna = seam.client()
    seam.parrot.says(card("Gammalt", verb="a.b"))
    await anna.says("börja")

    async def slow(_inbound: Inbound) -> Reply:
        await asyncio.sleep(1.5)
        return Reply(cards=(card("Till slut"),))

    seam.parrot.answers = slow
    answer = await anna.presses(seam.connector.last_to(anna.person), "a.b")
    await anna.executes("a.b", {})
    await seam.front.quiet()

    assert "lite längre tid" in answer["value"]
    assert [message.summary for message in seam.connector.messages_to(anna.person)] == ["Till slut", "Till slut"]


async def test_a_throttled_answer_is_sent_again_after_the_time_asked_for(seam: Seam) -> None:
    anna = seam.client()
    seam.connector.fails_next(429, retry_after=1)

    await anna.says("status")
    await seam.front.quiet()

    assert seam.connector.texts(anna.person) == "Du sa: status"


@pytest.mark.parametrize("how", [403, 404, 413, 500, 502, "accepted_then_502", "drops"])
async def test_an_answer_that_may_not_be_sent_again_is_sent_once(seam: Seam, how: int | str) -> None:
    anna = seam.client()
    seam.connector.fails_next(how, times=-1)

    assert await anna.says("status") == 200
    await seam.front.quiet()

    assert len(seam.connector.calls) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<at>Avtalsbot</at> status", "status"),
        ("  status&nbsp;nu ", "status nu"),
        ("status\u00a0\u200bnu", "status nu"),
        ("Kinnaskolan &amp; Co", "Kinnaskolan & Co"),
        ("fra\u030aga", "fråga"),
        ("hej\u0000 du\ud800", "hej du"),
        ("rad ett\r\n\r\n  rad två", "rad ett\n\nrad två"),
        ("pris <b>5</b> < 6", "pris <b>5</b> < 6"),
        ("<at>Bo Ek</at> kom inte", "Bo Ek kom inte"),
        (None, ""),
    ],
)
async def test_what_the_client_puts_around_the_words_is_taken_away(seam: Seam, typed: str | None, meant: str) -> None:
    anna = seam.client()

    body = json.dumps(anna.activity("message", text=typed, textFormat="plain"))
    await _post_raw(seam, body.encode())

    heard = seam.parrot.heard[0]
    assert isinstance(heard, MessageReceived)
    assert heard.text == meant


async def test_formatted_text_is_read_as_plain(seam: Seam) -> None:
    anna = seam.client()

    await anna.says("<p>avtal <strong>2026-0147</strong><br>tack</p>", textFormat="xml")

    heard = seam.parrot.heard[0]
    assert isinstance(heard, MessageReceived)
    assert heard.text == "avtal 2026-0147\ntack"


async def test_only_the_bots_own_mention_is_taken_away(seam: Seam) -> None:
    anna = seam.client()
    mention = {
        "type": "mention",
        "text": "<at>Boten vår</at>",
        "mentioned": {"id": "28:avtalsbot", "name": "Avtalsbot"},
    }

    await anna.says("<at>Boten vår</at> fråga <at>Bo Ek</at>", entities=[mention])

    heard = seam.parrot.heard[0]
    assert isinstance(heard, MessageReceived)
    assert heard.text == "fråga Bo Ek"


async def test_photos_and_files_are_heard_but_not_the_copy_of_the_text(seam: Seam) -> None:
    anna = seam.client()

    await anna.says("se bild", attachments=_SENT)

    heard = seam.parrot.heard[0]
    assert isinstance(heard, MessageReceived)
    assert [(one.name, one.url) for one in heard.attachments] == [
        ("", "http://127.0.0.1:1/photo"),
        ("Följesedel.pdf", "http://127.0.0.1:1/file"),
    ]


_SENT = [
    {"contentType": "text/html", "content": "<p>se bild</p>"},
    {"contentType": "image/*", "contentUrl": "http://127.0.0.1:1/photo"},
    {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "name": "Följesedel.pdf",
        "content": {"downloadUrl": "http://127.0.0.1:1/file", "fileType": "pdf"},
    },
    {"contentType": "application/vnd.microsoft.card.adaptive", "content": {}},
]


async def _post_raw(seam: Seam, body: bytes, **headers: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{seam.url}/api/messages", data=body, headers={"Content-Type": "application/json", **headers}
        ) as response,
    ):
        return response.status
