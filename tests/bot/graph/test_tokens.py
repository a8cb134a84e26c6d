"""The bot signs in once and shows the same token until it is nearly over."""

import asyncio
import logging
import ssl
from pathlib import Path

import pytest

from bot.bearer import NoToken
from bot.graph.tokens import BotTokens
from bot.trust import trust
from tests.support.identity import APP_ID, FakeIdentity, certify

Certified = tuple[Path, ssl.SSLContext]
SECRET = "a-very-secret-password"


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    """An authority of our own; sign-in is over https only."""
    return certify(tmp_path_factory.mktemp("authority"))


def tokens(identity: FakeIdentity, ca_file: Path) -> BotTokens:
    return BotTokens(
        app_id=APP_ID,
        app_password=SECRET,
        login_url=identity.url,
        login_tenant="exempelkommun",
        scope="https://api.botframework.com/.default",
        tls=trust((ca_file,)),
    )


async def test_fifty_at_once_are_answered_by_one_sign_in(certified: Certified) -> None:
    ca_file, tls = certified
    async with FakeIdentity(tls) as identity:
        bearer = tokens(identity, ca_file)

        given = await asyncio.gather(*(bearer() for _ in range(50)))

    assert set(given) == {"token-1"}
    assert len(identity.sign_ins) == 1
    assert identity.sign_ins[0]["client_id"] == APP_ID
    assert identity.sign_ins[0]["scope"] == "https://api.botframework.com/.default"


async def test_a_token_about_to_end_is_not_shown_again(certified: Certified) -> None:
    ca_file, tls = certified
    async with FakeIdentity(tls) as identity:
        identity.sign_in_answer = (200, {"token_type": "Bearer", "expires_in": 200, "access_token": "short"})
        bearer = tokens(identity, ca_file)
        await bearer()

        identity.sign_in_answer = None

        assert await bearer() == "token-2"


@pytest.mark.parametrize(
    ("error", "is_refused"), [("invalid_client", True), ("unauthorized_client", True), ("server_error", False)]
)
async def test_a_refused_sign_in_is_told_from_one_out_of_reach(
    error: str, is_refused: bool, certified: Certified
) -> None:
    ca_file, tls = certified
    async with FakeIdentity(tls) as identity:
        identity.sign_in_answer = (401, {"error": error, "error_description": f"AADSTS7000215 {SECRET}"})

        with pytest.raises(NoToken) as missing:
            await tokens(identity, ca_file)()

    assert missing.value.reason == error
    assert missing.value.is_refused is is_refused


async def test_a_sign_in_service_that_is_down_is_left_alone_for_a_while(
    caplog: pytest.LogCaptureFixture, certified: Certified
) -> None:
    ca_file, tls = certified
    async with FakeIdentity(tls) as identity:
        identity.is_down = True
        bearer = tokens(identity, ca_file)
        with caplog.at_level(logging.DEBUG), pytest.raises(NoToken) as missing:
            await bearer()
        identity.is_down = False

        with pytest.raises(NoToken):
            await bearer()

    assert not missing.value.is_refused
    assert not identity.sign_ins
    assert SECRET not in caplog.text


async def test_a_sign_in_service_nobody_vouches_for_is_not_given_the_password(certified: Certified) -> None:
    _, tls = certified
    async with FakeIdentity(tls) as identity:
        stranger = BotTokens(
            app_id=APP_ID,
            app_password=SECRET,
            login_url=identity.url,
            login_tenant="exempelkommun",
            scope="scope",
            tls=trust(),
        )

        with pytest.raises(NoToken):
            await stranger()

    assert not identity.sign_ins
