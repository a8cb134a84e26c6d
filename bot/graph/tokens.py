"""The bot's own sign-in: a token for the Bot Connector, fetched once and shown until it is nearly over."""

import asyncio
import logging
import ssl
from dataclasses import dataclass
from typing import Any

import msal
import requests
from msal.exceptions import MsalError
from requests.adapters import HTTPAdapter

from bot.bearer import NoToken

_log = logging.getLogger(__name__)

_FETCH_SECONDS = 10.0
_MARGIN_SECONDS = 300.0  # a token is renewed this long before it ends, so that none ends on the way
_REFUSAL_SECONDS = 30.0  # after a failure the sign-in service is left alone this long
_PASSING = frozenset({"temporarily_unavailable", "server_error"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    token: str
    until: float


class BotTokens:
    """Call it for a token. However many ask at once, one fetch answers them all, in a thread of its own."""

    def __init__(
        self, *, app_id: str, app_password: str, login_url: str, login_tenant: str, scope: str, tls: ssl.SSLContext
    ) -> None:
        self._app_id = app_id
        self._app_password = app_password
        self._authority = f"{login_url}/{login_tenant}"
        self._scope = scope
        self._tls = tls
        self._application: Any = None
        self._held: _Held | None = None
        self._failed: tuple[NoToken, float] | None = None
        self._fetching = asyncio.Lock()

    async def __call__(self) -> str:
        """The token; NoToken when the sign-in service refuses or cannot be reached."""
        if not (held := self._fresh()):
            async with self._fetching:
                held = self._fresh() or await self._renew()
        return held.token

    def _fresh(self) -> _Held | None:
        now = asyncio.get_running_loop().time()
        return self._held if self._held and now < self._held.until else None

    async def _renew(self) -> _Held:
        now = asyncio.get_running_loop().time()
        if self._failed and now < self._failed[1]:
            raise NoToken(self._failed[0].reason, is_refused=self._failed[0].is_refused)
        try:
            answer = await asyncio.to_thread(self._fetch)
        except (OSError, requests.RequestException, MsalError) as error:
            raise self._remember(NoToken(type(error).__name__, is_refused=False), now) from error
        except (ValueError, KeyError) as error:
            # A tenant nobody knows, or a page of somebody's own in place of the answer.
            raise self._remember(NoToken("sign_in_unusable", is_refused=False), now) from error
        if "access_token" not in answer:
            # The description quotes ids and times; the error code is enough to find it in Entra.
            reason = str(answer.get("error", "no_access_token"))
            raise self._remember(NoToken(reason, is_refused=reason not in _PASSING), now)
        self._failed = None
        holds = max(float(answer.get("expires_in", 0)) - _MARGIN_SECONDS, 0.0)
        self._held = _Held(token=str(answer["access_token"]), until=now + holds)
        _log.info("bot_token_fetched", extra={"seconds": round(holds)})
        return self._held

    def _remember(self, failure: NoToken, now: float) -> NoToken:
        self._failed = (failure, now + _REFUSAL_SECONDS)
        _log.error("bot_token_missing", extra={"reason": failure.reason, "is_refused": failure.is_refused})
        return failure

    def _fetch(self) -> dict[str, Any]:
        if self._application is None:
            self._application = msal.ConfidentialClientApplication(
                self._app_id,
                client_credential=self._app_password,
                authority=self._authority,
                # The authority comes from the settings, not from a stranger, so nobody need vouch for it.
                instance_discovery=False,
                http_client=_Http(self._tls),
            )
        answer: dict[str, Any] = self._application.acquire_token_for_client(scopes=[self._scope])
        return answer


class _Http:
    """What msal speaks through: plain requests with a time limit, and the operator's authorities trusted."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        adapter = HTTPAdapter(max_retries=1)
        adapter.init_poolmanager(1, 2, ssl_context=tls)
        self._session = requests.Session()
        self._session.mount("https://", adapter)
        self._session.headers["Connection"] = "close"  # once an hour: no connection is worth keeping

    def get(self, url: str, **options: Any) -> requests.Response:  # noqa: ANN401 - whatever msal passes on
        return self._session.get(url, timeout=_FETCH_SECONDS, **options)

    def post(self, url: str, **options: Any) -> requests.Response:  # noqa: ANN401 - whatever msal passes on
        return self._session.post(url, timeout=_FETCH_SECONDS, **options)

    def close(self) -> None:
        self._session.close()
