"""Which addresses a file somebody sent may be fetched from: Teams and SharePoint, or in local mode this machine alone."""

from typing import Final

from yarl import URL

from bot.service_urls import ServiceUrls, is_loopback

_FILE_DOMAINS: Final = ("sharepoint.com", "sharepoint.us", "sharepoint-mil.us", "sharepoint.cn")
"""Names whose every subdomain is Microsoft's own: OneDrive for Business, where files sent in a chat lie."""
_MOST_CHARACTERS: Final = 4000


class DownloadUrls:
    """The guard against being told to fetch from somewhere else."""

    def __init__(self, *, service_urls: ServiceUrls, is_local: bool) -> None:
        self._service_urls = service_urls
        self._is_local = is_local

    def allows(self, text: str) -> bool:
        """Whether a file may be fetched from this address."""
        url = _read(text)
        if url is None or not url.host:
            return False
        if self._is_local:
            return url.scheme in {"http", "https"} and is_loopback(url.host)
        return url.scheme == "https" and (_is_file_store(url.host) or self.is_connector(text))

    def is_connector(self, text: str) -> bool:
        """Whether the address is the connector's own, which alone is ever shown the bot's token."""
        url = _read(text)
        return url is not None and self._service_urls.allows(str(url.origin()))


def _read(text: str) -> URL | None:
    if len(text) > _MOST_CHARACTERS or not text.isascii() or any(sign.isspace() or sign == "\\" for sign in text):
        return None
    try:
        url = URL(text)
        is_plain = bool(url.host) and not url.user and not url.password and url.port is not None
    except ValueError:
        return None
    return url if is_plain else None


def _is_file_store(host: str) -> bool:
    return host.lower().endswith(tuple(f".{domain}" for domain in _FILE_DOMAINS))
