"""Letters reach people's own chats, with the ids of their notices, and the chat tells who somebody is."""

from collections.abc import AsyncIterator

import pytest

from bot.service_urls import ServiceUrls
from bot.teams.messenger import TeamsDirectory, TeamsMessenger
from bot.teams.outbound import ConnectorClient, open_session
from bot.trust import trust
from domain.identifiers import NoticeId, PersonId, TenantId
from domain.letter import Letter, WelcomeItem
from domain.notice import NoticeKind
from domain.people import Language, Person
from tests.support.fake_connector import FakeConnector, FakePerson
from tests.support.world import local
from usecases.ports import Address, Ambiguous, Delivered, Member, TryLater, Undeliverable

TENANT = TenantId("exempelkommun")
BOT = "28:avtalsbot"
LETTER = Letter(
    recipient=Person(person_id=PersonId("p1"), mail="anna.berg@kommun.example", name="Anna Berg"),
    language=Language.SV,
    today=local("2027-01-11").date(),
    items=(
        WelcomeItem(
            notice_id=NoticeId("n1"), kind=NoticeKind.WELCOME, organisation="Exempelkommun", contact_name="Eva Ek"
        ),
    ),
)


@pytest.fixture
async def connector() -> AsyncIterator[FakeConnector]:
    async with FakeConnector() as running:
        yield running


@pytest.fixture
def anna(connector: FakeConnector) -> FakePerson:
    return connector.knows("anna.berg@kommun.example", name="Anna Berg")


@pytest.fixture
async def client() -> AsyncIterator[ConnectorClient]:
    async with open_session(trust(), is_local=True) as session:
        yield ConnectorClient(session=session, service_urls=ServiceUrls(is_local=True), bearer=None)


@pytest.fixture
def messenger(client: ConnectorClient) -> TeamsMessenger:
    return TeamsMessenger(connector=client, bot_id=BOT)


def known(connector: FakeConnector, anna: FakePerson) -> Address:
    return Address(
        service_url=connector.service_url, aad_object_id=anna.aad_object_id, conversation_id=anna.conversation_id
    )


def unknown(connector: FakeConnector, anna: FakePerson) -> Address:
    return Address(service_url=connector.service_url, aad_object_id=anna.aad_object_id)


async def test_a_letter_carries_its_notices_and_makes_itself_heard(
    messenger: TeamsMessenger, connector: FakeConnector, anna: FakePerson
) -> None:
    outcome = await messenger.deliver(known(connector, anna), TENANT, LETTER)

    assert outcome == Delivered(message_id="m1", conversation_id=anna.conversation_id)
    message = connector.last_to(anna)
    assert message.notices == ["n1"]
    assert message.activity["channelData"]["notification"] == {"alert": True}
    assert message.activity["locale"] == "sv"
    assert message.activity["recipient"]["aadObjectId"] == anna.aad_object_id
    assert message.summary
    assert "Exempelkommun" in message.text


async def test_the_chat_is_opened_for_somebody_never_seen_before(
    messenger: TeamsMessenger, connector: FakeConnector, anna: FakePerson
) -> None:
    outcome = await messenger.deliver(unknown(connector, anna), TENANT, LETTER)

    assert outcome == Delivered(message_id="m1", conversation_id=anna.conversation_id)
    assert connector.calls[0].path == "/v3/conversations"


async def test_somebody_without_chat_or_object_id_has_no_address(
    messenger: TeamsMessenger, connector: FakeConnector
) -> None:
    address = Address(service_url=connector.service_url, aad_object_id=None)

    assert await messenger.deliver(address, TENANT, LETTER) == Undeliverable(reason="no_address")
    assert not connector.calls


async def test_a_chat_that_could_not_be_opened_may_be_tried_again(
    messenger: TeamsMessenger, connector: FakeConnector, anna: FakePerson
) -> None:
    connector.fails_next(502)

    assert isinstance(await messenger.deliver(unknown(connector, anna), TENANT, LETTER), TryLater)


async def test_a_letter_that_may_have_arrived_is_not_sent_again_by_the_messenger(
    messenger: TeamsMessenger, connector: FakeConnector, anna: FakePerson
) -> None:
    connector.fails_next("accepted_then_502")

    assert isinstance(await messenger.deliver(known(connector, anna), TENANT, LETTER), Ambiguous)
    assert len(connector.messages_to(anna)) == 1


async def test_an_earlier_letter_is_replaced_without_a_sound(
    messenger: TeamsMessenger, connector: FakeConnector, anna: FakePerson
) -> None:
    await messenger.deliver(known(connector, anna), TENANT, LETTER)

    await messenger.retire(known(connector, anna), "m1", LETTER)

    (message,) = connector.messages_to(anna)
    assert len(message.earlier) == 1
    assert "channelData" not in message.activity


async def test_a_letter_that_cannot_be_replaced_is_let_be(
    messenger: TeamsMessenger, connector: FakeConnector, anna: FakePerson
) -> None:
    connector.fails_next(500, times=-1)

    await messenger.retire(known(connector, anna), "m1", LETTER)


async def test_the_chat_tells_who_somebody_is(
    client: ConnectorClient, connector: FakeConnector, anna: FakePerson
) -> None:
    anna.mail = "Anna.Berg@Kommun.example"
    directory = TeamsDirectory(connector=client)

    member = await directory.member(connector.service_url, anna.conversation_id, anna.user_id)

    assert member == Member(aad_object_id=anna.aad_object_id, mail="anna.berg@kommun.example", name="Anna Berg")


@pytest.mark.parametrize("how", [404, 403, 429, 500, "drops"])
async def test_when_the_chat_does_not_tell_nobody_is_guessed_at(
    client: ConnectorClient, connector: FakeConnector, anna: FakePerson, how: int | str
) -> None:
    connector.fails_next(how, times=-1)

    told = await TeamsDirectory(connector=client).member(connector.service_url, anna.conversation_id, anna.user_id)

    assert told is None
