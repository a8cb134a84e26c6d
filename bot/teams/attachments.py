"""Fetches what people send in the chat: inline photos from the connector, files from the sender's OneDrive."""

import logging
from http import HTTPStatus
from typing import Final

import aiohttp
from yarl import URL

from bot.bearer import Bearer, NoToken
from bot.download_urls import DownloadUrls
from domain.evidence_files import MOST_BYTES
from usecases.ports import Attachment, Fetched, NotFetched

_log = logging.getLogger(__name__)

_MOST_HOPS: Final = 3
_TIMEOUT: Final = aiohttp.ClientTimeout(total=30.0, connect=5.0, sock_connect=5.0)
_CHUNK: Final = 64 * 1024


class TeamsAttachments:
    """Fetches a file within limits; what goes wrong is a value, never an exception."""

    def __init__(self, *, session: aiohttp.ClientSession, urls: DownloadUrls, bearer: Bearer | None) -> None:
        """Without a bearer (local mode) nothing is shown to anybody."""
        self._session = session
        self._urls = urls
        self._bearer = bearer

    async def fetch(self, attachment: Attachment) -> Fetched | NotFetched:
        """The content; refused from hosts that are not Teams' own, and above `MOST_BYTES`."""
        try:
            return await self._follow(attachment.url)
        except NoToken:
            reason = "failed"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            reason = "failed"
            _log.info("attachment_not_fetched", extra={"reason": type(error).__name__})
        return NotFetched(reason=reason)

    async def _follow(self, address: str) -> Fetched | NotFetched:
        """At most a few hops, all of them on the host that was asked first."""
        host = None
        for _ in range(_MOST_HOPS):
            if not self._urls.allows(address):
                _log.warning("attachment_host_refused")
                return NotFetched(reason="not_allowed")
            url = URL(address, encoded=True)
            if host is not None and url.host != host:
                return NotFetched(reason="not_allowed")
            host = url.host
            async with self._session.get(
                url, headers=await self._headers(address), allow_redirects=False, timeout=_TIMEOUT
            ) as response:
                if response.status in {301, 302, 303, 307, 308} and "Location" in response.headers:
                    address = str(url.join(URL(response.headers["Location"], encoded=True)))
                    continue
                return await _content(response)
        return NotFetched(reason="failed")

    async def _headers(self, address: str) -> dict[str, str]:
        # A file's own address carries its right in itself; the bot's token is for the connector's eyes only.
        if self._bearer is None or not self._urls.is_connector(address):
            return {}
        return {"Authorization": f"Bearer {await self._bearer()}"}


async def _content(response: aiohttp.ClientResponse) -> Fetched | NotFetched:
    if response.status != HTTPStatus.OK:
        _log.info("attachment_not_fetched", extra={"status": response.status})
        return NotFetched(reason="failed")
    if response.content_length is not None and response.content_length > MOST_BYTES:
        return NotFetched(reason="too_large")
    content = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > MOST_BYTES:
            return NotFetched(reason="too_large")
    return Fetched(content=bytes(content))
