"""Which addresses a document may be uploaded to: a person's OneDrive at Microsoft, or in local mode this machine."""

from collections.abc import Iterable

from yarl import URL

from bot.service_urls import is_loopback

# Names whose every subdomain is Microsoft's own: OneDrive for work or school lives in SharePoint.
_ONEDRIVE_DOMAINS = ("sharepoint.com", "sharepoint.us", "onedrive.com", "1drv.com")
_HTTPS_PORT = 443
_MOST_CHARACTERS = 8_000
"""Upload addresses carry a long ticket in their query."""


class UploadUrls:
    """The guard against being told to hand a letter over somewhere else. The address itself is never logged: it is a key."""

    def __init__(self, *, is_local: bool, extra_hosts: Iterable[str] = ()) -> None:
        self._is_local = is_local
        self._hosts = frozenset(host.lower() for host in extra_hosts)

    def allows(self, text: str) -> bool:
        """Whether a document may be put at this address."""
        if len(text) > _MOST_CHARACTERS or not text.isascii() or any(c.isspace() or c == "\\" for c in text):
            return False
        try:
            url = URL(text)
            host, port = url.host, url.port
        except ValueError:
            return False
        if not host or url.user or url.password:
            return False
        if self._is_local:
            return url.scheme in {"http", "https"} and is_loopback(host)
        return url.scheme == "https" and port == _HTTPS_PORT and self._is_listed(host.lower())

    def _is_listed(self, host: str) -> bool:
        return host in self._hosts or host.endswith(tuple(f".{domain}" for domain in _ONEDRIVE_DOMAINS))
