"""Puts a document where its reader has said it may be: one PUT to the address Teams gave, over connections of its own."""

import asyncio
import logging
import ssl
from contextlib import AbstractAsyncContextManager
from enum import StrEnum

import aiohttp
from yarl import URL

from bot.upload_urls import UploadUrls

_log = logging.getLogger(__name__)

MOST_BYTES = 4_000_000
"""More than any letter; what is larger would have to go in pieces."""
_TRIES = 3
_WAIT_SECONDS = 1.0
_POOL = 10
TIMEOUT = aiohttp.ClientTimeout(total=30.0, connect=5.0, sock_connect=5.0)


class Uploaded(StrEnum):
    """What became of an upload."""

    DONE = "done"
    USED_UP = "used_up"
    """The address has been used already, or its time has run out."""
    REFUSED = "refused"
    """Not an address at Microsoft, or too large a document: nothing was sent."""
    FAILED = "failed"


def open_upload_session(
    tls: ssl.SSLContext, *, is_local: bool, timeout: aiohttp.ClientTimeout = TIMEOUT
) -> AbstractAsyncContextManager[aiohttp.ClientSession]:
    """Connections for documents alone, so that a slow one never keeps a message waiting. Nothing of ours goes along."""
    connector = aiohttp.TCPConnector(limit=_POOL, ssl=tls)
    return aiohttp.ClientSession(
        connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), trust_env=not is_local
    )


class Uploads:
    """Uploads whole documents. Never raises for what a neighbour did, and never logs the address, which is a key."""

    def __init__(
        self, *, session: aiohttp.ClientSession, urls: UploadUrls, wait_seconds: float = _WAIT_SECONDS
    ) -> None:
        self._session = session
        self._urls = urls
        self._wait_seconds = wait_seconds

    async def put(self, address: str, content: bytes) -> Uploaded:
        """Upload it; the same twice is the same document, so what may have failed is tried again."""
        if not content or len(content) > MOST_BYTES or not self._urls.allows(address):
            _log.warning("upload_refused", extra={"size_bytes": len(content)})
            return Uploaded.REFUSED
        outcome = await self._attempt(address, content)
        for _ in range(_TRIES - 1):
            if outcome is not Uploaded.FAILED:
                break
            await asyncio.sleep(self._wait_seconds)
            outcome = await self._attempt(address, content)
        if outcome is not Uploaded.DONE:
            _log.warning("upload_failed", extra={"outcome": outcome.value, "size_bytes": len(content)})
        return outcome

    async def _attempt(self, address: str, content: bytes) -> Uploaded:
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes 0-{len(content) - 1}/{len(content)}",
        }
        try:
            async with self._session.put(
                URL(address, encoded=True), data=content, headers=headers, allow_redirects=False
            ) as response:
                return _told(response.status)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return Uploaded.FAILED


def _told(status: int) -> Uploaded:
    if status in {200, 201}:
        return Uploaded.DONE
    # Gone, or a conflict with what is there already: asking again would be answered the same.
    return Uploaded.USED_UP if status in {401, 403, 404, 409, 410, 412, 416} else Uploaded.FAILED
