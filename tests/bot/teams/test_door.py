"""Nobody is let in whom Teams does not vouch for, and nothing unreadable gets further than the door."""

import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import pytest

from bot.teams.outbound import open_session
from bot.teams.signing_keys import SigningKeys
from bot.trust import trust
from tests.support.identity import APP_ID, FIRST_KEY, SECOND_KEY, FakeIdentity, Key, certify, good_claims
from tests.support.seam import LOST_TENANT, TENANT, Seam, running_seam
from tests.support.teams_client import TeamsClient
from tests.support.world import local as local_time

UNENDORSED_KEY = Key("unendorsed", endorsements=("webchat",))


@pytest.fixture
async def seam() -> AsyncIterator[Seam]:
    async with running_seam(is_local=False) as running:
        yield running


@pytest.fixture
async def local() -> AsyncIterator[Seam]:
    async with running_seam(is_local=True) as running:
        yield running


def bearer(token: str) -> str:
    return f"Bearer {token}"


def good(url: str) -> str:
    return bearer(FIRST_KEY.sign(good_claims(url)))


def vouched(seam: Seam, authorize: Callable[[str], str] = good) -> TeamsClient:
    """A client whose requests carry what the Bot Connector would send."""
    return seam.client(tenant_id=TENANT, authorize=authorize)


def unsigned(url: str) -> str:
    return jwt.encode(good_claims(url), "", algorithm="none", headers={"kid": "first"})


def signed_by_secret(url: str) -> str:
    return jwt.encode(good_claims(url), "x" * 40, algorithm="HS256", headers={"kid": "first"})


def forged(url: str) -> str:
    """Says it is signed by the first key, and is not."""
    return SECOND_KEY.sign(good_claims(url), kid="first")


def tampered(url: str) -> str:
    head, _, signature = FIRST_KEY.sign(good_claims(url)).split(".")
    payload = base64.urlsafe_b64encode(json.dumps(good_claims(url, exp=9999999999)).encode()).rstrip(b"=").decode()
    return f"{head}.{payload}.{signature}"


def without_key_id(url: str) -> str:
    return FIRST_KEY.sign_raw({"alg": "RS256", "typ": "JWT"}, json.dumps(good_claims(url)).encode())


def claims_of(payload: bytes) -> Callable[[str], str]:
    return lambda _: FIRST_KEY.sign_raw({"alg": "RS256", "kid": "first"}, payload)


def claiming(**changes: object) -> Callable[[str], str]:
    return lambda url: FIRST_KEY.sign(good_claims(url, **changes))


def lasting(*, nbf: float, exp: float) -> Callable[[str], str]:
    """A token whose times are these many seconds from now."""
    return lambda url: FIRST_KEY.sign(good_claims(url, nbf=time.time() + nbf, exp=time.time() + exp))


BAD_TOKENS: dict[str, Callable[[str], str]] = {
    "forged": forged,
    "tampered": tampered,
    "key nobody published": lambda url: SECOND_KEY.sign(good_claims(url)),
    "no key id": without_key_id,
    "key id that is no text": lambda url: FIRST_KEY.sign_raw(
        {"alg": "RS256", "kid": ["first"]}, json.dumps(good_claims(url)).encode()
    ),
    "unsigned": unsigned,
    "signed by a secret": signed_by_secret,
    "expired": lasting(nbf=-7200, exp=-301),
    "not yet valid": lasting(nbf=400, exp=3600),
    "no end": claiming(exp=None),
    "no beginning": claiming(nbf=None),
    "end that is no number": claiming(exp="tomorrow"),
    "endless": claims_of(
        b'{"iss": "https://api.botframework.com", "aud": "%s", "nbf": 0, "exp": Infinity}' % APP_ID.encode()
    ),
    "end beyond all numbers": claiming(exp=10**400),
    "no issuer": claiming(iss=None),
    "another issuer": claiming(iss="https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"),
    "no audience": claiming(aud=None),
    "another bot": claiming(aud="00000000-0000-0000-0000-000000000000"),
    "several audiences": claiming(aud=[APP_ID, "x"]),
    "no service url": claiming(serviceurl=None),
    "another service url": claiming(serviceurl="https://smba.trafficmanager.net/emea/"),
    "garbage": lambda _: "garbage",
    "almost a token": lambda _: "a.b.c",
    "claims that are a list": claims_of(b"[1, 2]"),
    "claims nested past all sense": claims_of(b"[" * 2500 + b"]" * 2500),
    "claims that are not text": claims_of(b"\xff\xfe"),
}


@pytest.mark.parametrize("token", BAD_TOKENS.values(), ids=BAD_TOKENS.keys())
async def test_a_bad_token_is_unauthorized_and_nothing_is_sent(seam: Seam, token: Callable[[str], str]) -> None:
    anna = vouched(seam, lambda url: bearer(token(url)))

    assert await anna.says("status") == 401

    assert not seam.parrot.heard
    assert not seam.connector.calls


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "garbage", "Bearer a b c"])
async def test_without_a_token_nobody_is_let_in(seam: Seam, header: str) -> None:
    assert await vouched(seam, lambda _: header).says("status") == 401
    assert not seam.parrot.heard


async def test_a_good_token_is_let_in(seam: Seam) -> None:
    anna = vouched(seam)

    assert await anna.says("status") == 200

    assert seam.parrot.heard[0].caller.tenant_id == TENANT
    assert seam.connector.texts(anna.person) == "Du sa: status"


async def test_clocks_may_differ_by_five_minutes(seam: Seam) -> None:
    assert await vouched(seam, lambda url: bearer(lasting(nbf=-3600, exp=-290)(url))).says("status") == 200
    assert await vouched(seam, lambda url: bearer(lasting(nbf=290, exp=3600)(url))).says("status") == 200


async def test_a_key_that_may_not_speak_for_teams_is_refused(seam: Seam) -> None:
    seam.identity.keys = [UNENDORSED_KEY]

    assert await vouched(seam, lambda url: bearer(UNENDORSED_KEY.sign(good_claims(url)))).says("status") == 401


@pytest.mark.parametrize(
    "changes", [{"channelId": "webchat"}, {"channelId": None}, {"serviceUrl": None}, {"channelId": "emulator"}]
)
async def test_what_the_token_does_not_vouch_for_is_refused(seam: Seam, changes: dict[str, Any]) -> None:
    anna = vouched(seam)

    assert await anna.posts({**anna.activity("message", text="status"), **changes}) == 401
    assert not seam.parrot.heard


async def test_replies_never_go_to_an_address_that_is_not_microsofts(seam: Seam) -> None:
    elsewhere = "https://connector.attacker.example/"
    anna = vouched(seam, lambda _: good(elsewhere))

    assert await anna.posts(anna.activity("message", text="status", serviceUrl=elsewhere)) == 403
    assert not seam.parrot.heard


@pytest.mark.parametrize(
    "changes",
    [
        {"channelData": {"tenant": {"id": "another"}}, "conversation": {"id": "a:1", "tenantId": "another"}},
        {"channelData": {"tenant": {"id": "another"}}},
        {"channelData": {}, "conversation": {"id": "a:1"}},
    ],
)
async def test_only_tenants_we_know_are_answered(seam: Seam, changes: dict[str, Any]) -> None:
    anna = vouched(seam)

    assert await anna.posts(anna.activity("message", text="status", **changes)) == 403
    assert not seam.parrot.heard


async def test_while_the_store_is_down_teams_is_asked_to_come_again(seam: Seam) -> None:
    assert await seam.client(tenant_id=LOST_TENANT, authorize=good).says("status") == 503


async def test_new_keys_are_fetched_when_microsoft_changes_them(seam: Seam) -> None:
    await vouched(seam).says("före")
    seam.identity.keys = [SECOND_KEY]

    status = await vouched(seam, lambda url: bearer(SECOND_KEY.sign(good_claims(url)))).says("efter")

    assert status == 200
    assert seam.identity.key_fetches == 2


async def test_a_stranger_cannot_make_us_fetch_keys_over_and_over(seam: Seam) -> None:
    await vouched(seam).says("hej")

    for number in range(20):
        token = SECOND_KEY.sign(good_claims(seam.connector.service_url), kid=f"invented-{number}")
        assert await vouched(seam, lambda _, token=token: bearer(token)).says("hej") == 401  # type: ignore[misc]

    assert seam.identity.key_fetches <= 4


async def test_keys_are_fetched_anew_every_day(seam: Seam) -> None:
    await vouched(seam).says("hej")
    seam.clock[0] += timedelta(hours=25)

    await vouched(seam, lambda url: bearer(FIRST_KEY.sign(good_claims(url, seam.clock[0].timestamp())))).says("hej")

    assert seam.identity.key_fetches == 2


async def test_an_outage_of_the_key_list_is_survived_with_the_keys_at_hand(seam: Seam) -> None:
    await vouched(seam).says("hej")
    seam.identity.is_down = True
    seam.clock[0] += timedelta(hours=25)

    later = seam.clock[0].timestamp()
    status = await vouched(seam, lambda url: bearer(FIRST_KEY.sign(good_claims(url, later)))).says("hej")

    assert status == 200


async def test_keys_are_fetched_from_a_server_the_operators_authority_vouches_for(tmp_path: Path) -> None:
    ca_file, tls = certify(tmp_path)
    async with FakeIdentity(tls) as identity:
        for trusted, count in ((trust(), 0), (trust((ca_file,)), 1)):
            async with open_session(trusted, is_local=True) as session:
                keys = SigningKeys(
                    session=session, openid_url=identity.openid_url, now=lambda: local_time("2027-01-11")
                )

                assert bool(await keys.find("first")) is bool(count)

            assert identity.key_fetches == count


async def test_without_any_keys_everybody_is_refused_until_they_can_be_fetched(seam: Seam) -> None:
    seam.identity.is_down = True
    assert await vouched(seam).says("hej") == 401

    seam.identity.is_down = False
    seam.clock[0] += timedelta(minutes=2)

    assert await vouched(seam).says("hej") == 200


def _bad_activities() -> dict[str, Any]:
    person, chat = {"id": "29:a"}, {"id": "a:1"}
    fine: dict[str, Any] = {
        "type": "message",
        "id": "1",
        "channelId": "msteams",
        "from": person,
        "conversation": chat,
        "channelData": {"tenant": {"id": TENANT}},
        "text": "hej",
    }
    press = {**fine, "type": "invoke", "name": "adaptiveCard/action"}
    return {
        "list": [fine],
        "text": "hej",
        "number": 7,
        "null": None,
        "empty": {},
        "no type": {**fine, "type": None},
        "type that is no text": {**fine, "type": ["message"]},
        "no sender": {**fine, "from": None},
        "sender that is no object": {**fine, "from": "29:a"},
        "sender without id": {**fine, "from": {"name": "Anna"}},
        "no conversation": {**fine, "conversation": None},
        "conversation that is a list": {**fine, "conversation": [chat]},
        "conversation id that is no text": {**fine, "conversation": {"id": 7}},
        "conversation id that climbs": {**fine, "conversation": {"id": ".."}},
        "id with a nought in it": {**fine, "id": "a\0b"},
        "id that is half a character": {**fine, "id": "\ud800"},
        "id without end": {**fine, "id": "x" * 5000},
        "text that is no text": {**fine, "text": {"a": 1}},
        "entities that are no list": {**fine, "entities": {"type": "mention"}},
        "attachments of texts": {**fine, "attachments": ["bild"]},
        "locale that is a list": {**fine, "locale": ["sv"]},
        "name that is no text": {**fine, "from": {"id": "29:a", "name": 7}},
        "object id that is no text": {**fine, "from": {"id": "29:a", "aadObjectId": {}}},
        "members that are no list": {**fine, "type": "conversationUpdate", "membersAdded": "28:x"},
        "press without value": press,
        "press of a list": {**press, "value": []},
        "press without action": {**press, "value": {"trigger": "manual"}},
        "press without verb": {**press, "value": {"action": {"data": {}}}},
        "press with a verb that is no text": {**press, "value": {"action": {"verb": 7, "data": {}}}},
        "press with data that is a list": {**press, "value": {"action": {"verb": "a.b", "data": []}}},
    }


BAD_ACTIVITIES = _bad_activities()


@pytest.mark.parametrize("activity", BAD_ACTIVITIES.values(), ids=BAD_ACTIVITIES.keys())
async def test_a_bad_activity_is_a_bad_request(seam: Seam, local: Seam, activity: object) -> None:
    for place in (seam, local):
        with_url = {**activity, "serviceUrl": place.connector.service_url} if isinstance(activity, dict) else activity
        assert await _post(place, json.dumps(with_url).encode()) == 400
        assert not place.parrot.heard
        assert not place.connector.calls


BAD_BODIES = {
    "empty": b"",
    "no json": b"{nope",
    "not a number": b'{"type": NaN}',
    "raw nought": b'{"type": "mess\x00age"}',
    "not utf-8": b'{"type": "\xff\xfe"}',
    "a number too long": b'{"type": ' + b"9" * 5000 + b"}",
    "deep": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "deep list": b'{"type":"message","value":' + b"[" * 200 + b"]" * 200 + b"}",
    "very deep": b"[" * 100_000,
    "large": b'{"type": "message", "text": "' + b"x" * 300_000 + b'"}',
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
async def test_a_bad_body_is_a_bad_request(seam: Seam, body: bytes) -> None:
    assert await _post(seam, body) == 400


async def test_a_body_that_is_not_what_it_says_it_is_is_a_bad_request(seam: Seam) -> None:
    assert await _post(seam, b"not gzip at all", **{"Content-Encoding": "gzip"}) == 400


async def test_in_local_mode_no_token_is_needed_and_everybody_belongs_to_the_home_tenant(local: Seam) -> None:
    anna = local.client(tenant_id="whatever-the-playground-says")

    assert await anna.says("status") == 200
    assert await anna.says("status", channelId="emulator", channelData=None) == 200

    assert {inbound.caller.tenant_id for inbound in local.parrot.heard} == {"local"}


@pytest.mark.parametrize(
    "service_url",
    [
        "https://smba.trafficmanager.net/teams/",
        "http://192.168.1.4:3000/",
        "http://localhost.attacker.example/",
        "http://127.0.0.1@attacker.example/",
        "http://2130706433/",
        "ftp://127.0.0.1/",
        "//127.0.0.1/",
        "http://[::1",
    ],
)
async def test_in_local_mode_replies_never_leave_this_machine(local: Seam, service_url: str) -> None:
    anna = local.client()

    assert await anna.says("status", serviceUrl=service_url) == 403
    assert not local.parrot.heard


async def test_in_local_mode_a_service_url_is_needed(local: Seam) -> None:
    assert await local.client().says("status", serviceUrl=None) == 400


async def test_in_local_mode_other_channels_are_refused(local: Seam) -> None:
    assert await local.client().says("status", channelId="webchat") == 403


async def _post(seam: Seam, body: bytes, **headers: str) -> int:
    token = good(seam.connector.service_url)
    sent = {"Content-Type": "application/json", "Authorization": token, **headers}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{seam.url}/api/messages", data=body, headers=sent) as response,
    ):
        return response.status
