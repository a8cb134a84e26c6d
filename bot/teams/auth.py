"""Whether a request comes from Teams: the token of the Bot Connector, checked by the rules Microsoft publishes.

Our own rather than the Bot Framework's, which answers 500 to a bad token, takes one without an end, and stops
for a day when Microsoft changes keys.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt

from bot.teams.signing_keys import SigningKey, SigningKeys

_LEEWAY_SECONDS = 300.0  # clocks differ; Microsoft's own tolerance
_CHANNEL = "msteams"
_ALGORITHM = "RS256"


class TokenRefused(Exception):  # noqa: N818 - a refusal is an answer
    """The request does not come from Teams; `reason` is a constant word for the log, never part of the token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """A token that is genuine and meant for this bot. What it lets through is checked against the activity."""

    key: SigningKey
    claims: Mapping[str, Any]

    def check_activity(self, activity: Mapping[str, Any]) -> None:
        """Refuse an activity the token does not vouch for: another channel, or replies to another address."""
        channel = activity.get("channelId")
        if channel != _CHANNEL or _CHANNEL not in self.key.endorsements:
            raise TokenRefused("channel_not_endorsed")
        service_url = activity.get("serviceUrl")
        if not service_url or self.claims.get("serviceurl") != service_url:
            raise TokenRefused("service_url_not_vouched_for")


class TokenCheck:
    """Checks the Authorization header of a request."""

    def __init__(self, *, app_id: str, issuer: str, keys: SigningKeys, now: Callable[[], datetime]) -> None:
        self._app_id = app_id
        self._issuer = issuer
        self._keys = keys
        self._now = now

    async def check(self, header: str | None) -> Pass:
        """The pass the header holds, or TokenRefused."""
        scheme, _, token = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise TokenRefused("no_token")
        try:
            return await self._check(token.strip())
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise TokenRefused(f"token_{type(error).__name__}") from error

    async def _check(self, token: str) -> Pass:
        head = jwt.get_unverified_header(token)
        if head.get("alg") != _ALGORITHM:
            raise TokenRefused("algorithm")
        # Before the signature, so that a token for somebody else never makes us fetch keys.
        self._check_addressee(jwt.decode(token, options={"verify_signature": False}))
        key_id = head.get("kid")
        key = await self._keys.find(key_id) if isinstance(key_id, str) else None
        if key is None:
            raise TokenRefused("unknown_key")
        claims = _verified(token, key)
        self._check_addressee(claims)
        self._check_times(claims)
        return Pass(key=key, claims=claims)

    def _check_addressee(self, claims: Mapping[str, Any]) -> None:
        if claims.get("iss") != self._issuer:
            raise TokenRefused("issuer")
        if claims.get("aud") != self._app_id:
            raise TokenRefused("audience")

    def _check_times(self, claims: Mapping[str, Any]) -> None:
        now = self._now().timestamp()
        if now >= _moment(claims["exp"]) + _LEEWAY_SECONDS:
            raise TokenRefused("expired")
        if now < _moment(claims["nbf"]) - _LEEWAY_SECONDS:
            raise TokenRefused("not_yet_valid")


def _verified(token: str, key: SigningKey) -> Mapping[str, Any]:
    """The claims once the signature holds. What they say is for the caller, who knows the time and the addressee."""
    return jwt.decode(
        token,
        key.public_key,
        algorithms=[_ALGORITHM],
        options={
            "require": ["exp", "nbf"],
            "verify_aud": False,
            "verify_exp": False,
            "verify_iat": False,
            "verify_iss": False,
            "verify_jti": False,
            "verify_nbf": False,
            "verify_sub": False,
        },
    )


def _moment(claim: object) -> float:
    if isinstance(claim, bool) or not isinstance(claim, int | float) or not math.isfinite(claim):
        raise TokenRefused("time_unreadable")
    return float(claim)
