"""The public keys Microsoft signs with, kept at hand through rotations of the keys and outages of where they are published."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.exceptions import PyJWTError

_log = logging.getLogger(__name__)

_OLD = timedelta(days=1)
_HOUR = timedelta(hours=1)
_STRANGE_KEYS_AN_HOUR = 3  # a stranger naming new keys all day must not make us fetch all day
_AFTER_FAILURE = timedelta(minutes=1)
_FEWEST_BITS = 2048
_TIMEOUT = aiohttp.ClientTimeout(total=5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """One published key and the channels it may speak for."""

    public_key: RSAPublicKey
    endorsements: frozenset[str]


class SigningKeys:
    """Finds a key by its id; fetches the list at first, when it is a day old, and when a key is not on it.

    An unknown key is asked for once an hour, and no more than three unknown ones in an hour. When the list
    cannot be fetched the one at hand goes on being used.
    """

    def __init__(self, *, session: aiohttp.ClientSession, openid_url: str, now: Callable[[], datetime]) -> None:
        self._session = session
        self._openid_url = openid_url
        self._now = now
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at: datetime | None = None
        self._failed_at: datetime | None = None
        self._asked_for: dict[str, datetime] = {}
        self._fetching = asyncio.Lock()

    async def find(self, key_id: str) -> SigningKey | None:
        """The key, None when Microsoft has published none by that id."""
        is_being_renewed = key_id in self._keys and self._fetching.locked()
        if self._is_old() and not is_being_renewed:
            async with self._fetching:
                if self._is_old():
                    await self._fetch()
        if key_id not in self._keys:
            async with self._fetching:
                if key_id not in self._keys and self._may_ask_for(key_id):
                    await self._ask_for(key_id)
        return self._keys.get(key_id)

    def _is_old(self) -> bool:
        return self._fetched_at is None or self._now() - self._fetched_at > _OLD

    def _may_ask_for(self, key_id: str) -> bool:
        now = self._now()
        self._asked_for = {asked: at for asked, at in self._asked_for.items() if now - at < _HOUR}
        return key_id not in self._asked_for and len(self._asked_for) < _STRANGE_KEYS_AN_HOUR and not self._is_old()

    async def _ask_for(self, key_id: str) -> None:
        if await self._fetch():
            self._asked_for[key_id] = self._now()

    async def _fetch(self) -> bool:
        if self._failed_at is not None and self._now() - self._failed_at < _AFTER_FAILURE:
            return False
        try:
            metadata = await self._get(self._openid_url)
            keys = _parse(await self._get(str(metadata["jwks_uri"])))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError, TypeError) as error:
            self._failed_at = self._now()
            _log.error("signing_keys_out_of_reach", extra={"error": type(error).__name__, "kept": len(self._keys)})
            return False
        self._keys, self._fetched_at, self._failed_at = keys, self._now(), None
        _log.info("signing_keys_fetched", extra={"count": len(keys)})
        return True

    async def _get(self, url: str) -> dict[str, Any]:
        async with self._session.get(url, timeout=_TIMEOUT, max_redirects=3, raise_for_status=True) as response:
            answer = await response.json(content_type=None)
        if not isinstance(answer, dict):
            raise TypeError("the key list should be an object")
        return answer


def _parse(jwks: Mapping[str, Any]) -> Mapping[str, SigningKey]:
    """The usable keys; an unusable one is passed over rather than spoiling the rest. None at all is a fault."""
    found: dict[str, SigningKey] = {}
    for key in jwks["keys"]:
        if not isinstance(key, dict) or not isinstance(key.get("kid"), str):
            continue
        try:
            public_key = PyJWK.from_dict(key, algorithm="RS256").key
        except (PyJWTError, ValueError, TypeError):
            continue
        endorsements = key.get("endorsements")
        if isinstance(public_key, RSAPublicKey) and public_key.key_size >= _FEWEST_BITS:
            names = endorsements if isinstance(endorsements, list) else []
            found[key["kid"]] = SigningKey(
                public_key=public_key, endorsements=frozenset(name for name in names if isinstance(name, str))
            )
    if not found:
        raise ValueError("there is no usable key in the list")
    return found
