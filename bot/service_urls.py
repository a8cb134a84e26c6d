"""Which addresses the bot may send to: Microsoft's connectors, or in local mode this machine and nothing else."""

import ipaddress
from collections.abc import Iterable

from yarl import URL

# Exact names, since anybody may own another name under trafficmanager.net.
_MICROSOFT_HOSTS = frozenset({"smba.trafficmanager.net"})
# Names whose every subdomain is Microsoft's own.
_MICROSOFT_DOMAINS = ("botframework.com", "botframework.azure.us", "teams.microsoft.com", "teams.microsoft.us")
_MOST_CHARACTERS = 500


class ServiceUrls:
    """The guard against being told to send somewhere else; asked when an address comes in and again when it is used."""

    def __init__(self, *, is_local: bool, extra_hosts: Iterable[str] = ()) -> None:
        self._is_local = is_local
        self._hosts = _MICROSOFT_HOSTS | {host.lower() for host in extra_hosts}

    def allows(self, text: str) -> bool:
        """Whether messages may be posted under this base address."""
        if len(text) > _MOST_CHARACTERS or not text.isascii() or any(c.isspace() or c == "\\" for c in text):
            return False
        try:
            url = URL(text)
            host, _ = url.host, url.port
        except ValueError:
            return False
        if not host or url.user or url.password or url.query_string or url.fragment:
            return False
        if self._is_local:
            return url.scheme in {"http", "https"} and is_loopback(host)
        return url.scheme == "https" and self._is_listed(host.lower())

    def _is_listed(self, host: str) -> bool:
        return host in self._hosts or host.endswith(tuple(f".{domain}" for domain in _MICROSOFT_DOMAINS))


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
