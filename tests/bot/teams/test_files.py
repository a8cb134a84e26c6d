"""A document is asked about first, put in its reader's OneDrive after a yes, and whatever fails is said."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.teams.inbound import FileAnswered, Inbound
from bot.upload_urls import UploadUrls
from cards.letter_offer import ACCEPTED, DECLINED
from dialogs.turn import Document, FileOffer, Reply
from tests.support.fake_onedrive import FakeOneDrive
from tests.support.identity import FIRST_KEY, good_claims
from tests.support.seam import TENANT, Seam, card, running_seam
from tests.support.teams_client import TeamsClient

OFFER = FileOffer(
    file_name="AVV-2027-0001 reklamation.docx",
    size_bytes=4,
    subject="letter:l1",
    verbs=(ACCEPTED, DECLINED),
    path="/local/letters/l1.docx",
)
DOCUMENT = Document(file_name="AVV-2027-0001 reklamation.docx", content=b"PK\x03\x04")


@pytest.fixture
async def seam() -> AsyncIterator[Seam]:
    async with running_seam(is_local=False) as running:
        running.parrot.answers = _letters
        yield running


@pytest.fixture
async def onedrive() -> AsyncIterator[FakeOneDrive]:
    async with FakeOneDrive() as drive:
        yield drive


async def _letters(inbound: Inbound) -> Reply:
    if not isinstance(inbound, FileAnswered):
        return Reply(cards=(card("Brevet"),), offers=(OFFER,))
    if inbound.press.verb == ACCEPTED:
        return Reply(document=DOCUMENT)
    return Reply(cards=(card("Ingen fil sparades."),))


def anna_at(seam: Seam) -> TeamsClient:
    return seam.client(tenant_id=TENANT, authorize=lambda url: f"Bearer {FIRST_KEY.sign(good_claims(url))}")


async def answers(
    anna: TeamsClient, seam: Seam, action: str, upload_info: dict[str, Any] | None = None, **changes: object
) -> int:
    question = seam.connector.last_to(anna.person)
    content = question.activity["attachments"][0]["content"]
    value = {"type": "fileUpload", "action": action, "context": content[f"{action}Context"], "uploadInfo": upload_info}
    invoke = {"name": "fileConsent/invoke", "value": value, "replyToId": question.message_id, **changes}
    status = await anna.posts(anna.activity("invoke", **invoke))
    await seam.front.quiet()
    return status


async def test_a_document_is_asked_about_with_teams_own_card(seam: Seam) -> None:
    anna = anna_at(seam)

    await anna.says("brev som word")

    [attachment] = seam.connector.last_to(anna.person).activity["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.teams.card.file.consent"
    assert attachment["name"] == OFFER.file_name
    assert attachment["content"]["sizeInBytes"] == 4
    assert attachment["content"]["acceptContext"]["subject"] == "letter:l1"


async def test_a_yes_puts_the_document_in_onedrive_and_shows_it_where_the_question_stood(
    seam: Seam, onedrive: FakeOneDrive
) -> None:
    anna = anna_at(seam)
    await anna.says("brev som word")

    status = await answers(anna, seam, "accept", onedrive.upload_info())

    assert status == 200
    assert onedrive.files == {"brev.docx": DOCUMENT.content}
    assert onedrive.headers[0]["Content-Range"] == "bytes 0-3/4"
    assert "Authorization" not in onedrive.headers[0]
    shown = seam.connector.last_to(anna.person)
    [attachment] = shown.activity["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.teams.card.file.info"
    assert attachment["contentUrl"] == onedrive.upload_info()["contentUrl"]
    assert attachment["content"] == {"uniqueId": onedrive.upload_info()["uniqueId"], "fileType": "docx"}
    assert len(shown.earlier) == 1


async def test_a_no_is_answered_kindly(seam: Seam, onedrive: FakeOneDrive) -> None:
    anna = anna_at(seam)
    await anna.says("brev som word")

    status = await answers(anna, seam, "decline")

    assert status == 200
    assert onedrive.files == {}
    assert "Ingen fil sparades." in seam.connector.texts(anna.person)


async def test_a_second_yes_is_harmless(seam: Seam, onedrive: FakeOneDrive) -> None:
    anna = anna_at(seam)
    await anna.says("brev som word")
    question = seam.connector.last_to(anna.person).activity

    await answers(anna, seam, "accept", onedrive.upload_info())
    seam.connector.last_to(anna.person).activity = question
    status = await answers(anna, seam, "accept", onedrive.upload_info())

    assert status == 200
    assert len(onedrive.files) == 1
    assert "har redan använts" in seam.connector.texts(anna.person)


async def test_the_same_yes_sent_again_is_one_yes(seam: Seam, onedrive: FakeOneDrive) -> None:
    anna = anna_at(seam)
    await anna.says("brev som word")
    question = seam.connector.last_to(anna.person).activity

    await answers(anna, seam, "accept", onedrive.upload_info(), id="same")
    seam.connector.last_to(anna.person).activity = question
    await answers(anna, seam, "accept", onedrive.upload_info(), id="same")

    assert len(onedrive.headers) == 1


async def test_a_onedrive_that_fails_for_a_moment_is_tried_again(seam: Seam, onedrive: FakeOneDrive) -> None:
    anna = anna_at(seam)
    await anna.says("brev som word")
    onedrive.fails = [503, 500]

    await answers(anna, seam, "accept", onedrive.upload_info())

    assert len(onedrive.files) == 1


async def test_a_onedrive_that_stays_away_is_told_of_and_the_text_remains(seam: Seam, onedrive: FakeOneDrive) -> None:
    anna = anna_at(seam)
    await anna.says("brev som word")
    onedrive.fails = [503] * 5

    status = await answers(anna, seam, "accept", onedrive.upload_info())

    assert status == 200
    assert "Texten finns kvar här i chatten" in seam.connector.texts(anna.person)
    assert "Brevet" in seam.connector.texts(anna.person)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/up",
        "http://kommun-my.sharepoint.com/up",
        "https://kommun-my.sharepoint.com.evil.example/up",
        "file:///etc/passwd",
        "https://anna:secret@kommun-my.sharepoint.com/up",
    ],
)
async def test_a_letter_is_never_put_anywhere_else_than_onedrive(seam: Seam, address: str) -> None:
    anna = anna_at(seam)
    await anna.says("brev som word")

    await answers(anna, seam, "accept", {"uploadUrl": address, "contentUrl": "https://x.example/"})

    assert "inte er OneDrive" in seam.connector.texts(anna.person)


async def test_a_yes_without_a_place_to_put_it_is_a_bad_request(seam: Seam) -> None:
    anna = anna_at(seam)
    await anna.says("brev som word")

    assert await answers(anna, seam, "accept", {}) == 400
    assert await answers(anna, seam, "accept", {"uploadUrl": 5}) == 400


async def test_outside_the_persons_own_chat_there_is_no_file(seam: Seam) -> None:
    anna = anna_at(seam)

    group = {"id": anna.person.conversation_id, "conversationType": "groupChat", "isGroup": True, "tenantId": TENANT}
    await anna.posts(anna.activity("message", text="brev som word", textFormat="plain", conversation=group))
    await seam.front.quiet()

    assert "Skriv till mig där" in seam.connector.texts(anna.person)


async def test_in_local_mode_a_link_to_the_bots_own_page_is_given() -> None:
    async with running_seam(is_local=True) as seam:
        seam.parrot.answers = _letters
        anna = seam.client()

        await anna.says("brev som word")

        assert f"{seam.url}/local/letters/l1.docx" in seam.connector.texts(anna.person)


@pytest.mark.parametrize(
    ("address", "is_allowed"),
    [
        ("https://kommun-my.sharepoint.com/personal/anna/up?tempauth=x%2Fy", True),
        ("https://api.onedrive.com/rup/abc", True),
        ("https://files.example.se/up", True),
        ("https://kommun-my.sharepoint.com:8443/up", False),
        ("https://sharepoint.com.evil.example/", False),
        ("https://evilsharepoint.com/", False),
        ("http://files.example.se/up", False),
        ("https://kommun-my.sharepoint.com/å", False),
        ("https://[", False),
        ("", False),
        ("https://kommun-my.sharepoint.com/" + "x" * 9000, False),
    ],
)
def test_only_microsofts_addresses_and_those_that_were_set_are_trusted(address: str, is_allowed: bool) -> None:
    urls = UploadUrls(is_local=False, extra_hosts=["files.example.se"])

    assert urls.allows(address) is is_allowed
