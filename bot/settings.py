"""Everything that can be set from outside, read once at start; the only place that reads the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from bot.service_urls import ServiceUrls, is_loopback
from bot.upload_urls import UploadUrls
from domain.identifiers import TenantId

_PREFIX = "AVTALSBOT_"
_DATABASES = ("sqlite+aiosqlite://", "sqlite://", "postgresql+psycopg://", "postgresql://")
_TEAMS = "https://smba.trafficmanager.net/teams/"
_MULTI_TENANT_LOGIN = "botframework.com"
HIGHEST_PORT = 65535
_MOST_TENANT_CHARACTERS = 100
_BOTH = (
    f"{_PREFIX}LOCAL is on and {_PREFIX}APP_ID is set. Local mode takes anybody's word for who they are,"
    " so it never runs with real credentials: clear one of the two."
)
_NEITHER = (
    f"Nobody to send as: set {_PREFIX}APP_ID and {_PREFIX}APP_PASSWORD for Teams,"
    f" or {_PREFIX}LOCAL=1 (serve --local) to try the bot on this machine only."
)

_T = TypeVar("_T")


class SettingsInvalid(Exception):  # noqa: N818 - it says what the settings are
    """Settings that cannot be used. `faults` names every one, never with a secret in it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class AppType(StrEnum):
    """How the bot is registered with Microsoft."""

    SINGLE_TENANT = "SingleTenant"
    MULTI_TENANT = "MultiTenant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who the bot is to Microsoft."""

    app_id: str
    app_password: str = field(repr=False)
    login_tenant: str
    """The tenant that signs the bot in: the body's own, or `botframework.com` for a multi-tenant registration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """Where Microsoft is. Other clouds than the worldwide one differ in these alone."""

    login_url: str = "https://login.microsoftonline.com"
    openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    token_issuer: str = "https://api.botframework.com"  # noqa: S105 - an address, no secret
    token_scope: str = "https://api.botframework.com/.default"  # noqa: S105 - an address, no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings as read; `require_sender` before anything that may send."""

    database_url: str
    organisation: str
    is_local: bool
    host: str
    port: int
    log_level: str
    tenant_id: TenantId | None
    credentials: Credentials | None
    service_url: str | None
    service_hosts: tuple[str, ...]
    upload_hosts: tuple[str, ...]
    """Hosts documents may be put at, besides Microsoft's own."""
    cloud: Cloud
    ca_files: tuple[Path, ...]
    """Certificate authorities to trust besides the system's, by the usual SSL_CERT_FILE and REQUESTS_CA_BUNDLE."""

    @property
    def home_tenant(self) -> TenantId:
        """The tenant of local mode, and of imports: the one named, else the one that signs in, else `local`."""
        if self.tenant_id:
            return self.tenant_id
        if self.credentials and self.credentials.login_tenant != _MULTI_TENANT_LOGIN:
            return TenantId(self.credentials.login_tenant.lower())
        return TenantId("local")

    @property
    def service_urls(self) -> ServiceUrls:
        return ServiceUrls(is_local=self.is_local, extra_hosts=self.service_hosts)

    @property
    def upload_urls(self) -> UploadUrls:
        return UploadUrls(is_local=self.is_local, extra_hosts=self.upload_hosts)

    @property
    def bot_id(self) -> str:
        """The bot's own id in Teams."""
        return f"28:{self.credentials.app_id}" if self.credentials else "28:avtalsbot"

    def require_sender(self) -> Credentials | None:
        """The credentials to send with, None in local mode; refused when it is not clear which of the two is meant."""
        if self.is_local and self.credentials:
            raise SettingsInvalid((_BOTH,))
        if not self.is_local and not self.credentials:
            raise SettingsInvalid((_NEITHER,))
        return self.credentials


def environment(*, is_local: bool) -> dict[str, str]:
    """The process's environment; `is_local` is what `--local` on the command line means."""
    return {**os.environ, f"{_PREFIX}LOCAL": "1"} if is_local else dict(os.environ)


def read_app_id(environ: Mapping[str, str]) -> str | None:
    """The bot's app id alone, which is all the app package needs."""
    return environ.get(f"{_PREFIX}APP_ID", "").strip() or None


def wants_tour(environ: Mapping[str, str]) -> bool:
    """Whether the demo is to play by itself although there is a terminal; SettingsInvalid when it cannot be told."""
    reader = _Reader(environ)
    is_tour = reader.read("DEMO", _tour, default=False)
    if reader.faults:
        raise SettingsInvalid(tuple(reader.faults))
    return is_tour


def read_settings(environ: Mapping[str, str]) -> Settings:
    """All settings, or SettingsInvalid with every fault at once. An empty value counts as not set."""
    reader = _Reader(environ)
    is_local = reader.read("LOCAL", _yes_or_no, default=False)
    urls = ServiceUrls(is_local=is_local, extra_hosts=reader.read("SERVICE_HOSTS", _hosts, default=()))
    credentials = _read_credentials(reader)
    settings = Settings(
        database_url=reader.read("DATABASE_URL", _database_url, default="sqlite+aiosqlite:///avtalsbot.db"),
        organisation=reader.read("ORGANISATION", str, default="Kommunen"),
        is_local=is_local,
        host=reader.read("HOST", _host_for(is_local=is_local), default="127.0.0.1" if is_local else "0.0.0.0"),  # noqa: S104
        port=reader.read("PORT", _port, default=3978),
        log_level=reader.read("LOG_LEVEL", _log_level, default="INFO"),
        tenant_id=reader.read("TENANT_ID", _tenant, default=None),
        credentials=credentials,
        service_url=reader.read("SERVICE_URL", _service_url(urls), default=None if is_local else _TEAMS),
        service_hosts=reader.read("SERVICE_HOSTS", _hosts, default=()),
        upload_hosts=reader.read("UPLOAD_HOSTS", _hosts, default=()),
        cloud=_read_cloud(reader),
        ca_files=_read_ca_files(environ, reader, is_needed=credentials is not None),
    )
    if reader.faults:
        raise SettingsInvalid(tuple(dict.fromkeys(reader.faults)))
    return settings


class _Reader:
    """Reads one setting after the other and remembers what was wrong, so that all faults are told at once."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def text(self, name: str) -> str | None:
        return self._environ.get(_PREFIX + name, "").strip() or None

    def read(self, name: str, parse: Callable[[str], _T], *, default: _T) -> _T:
        text = self.text(name)
        if text is None:
            return default
        try:
            return parse(text)
        except ValueError as fault:
            self.faults.append(f"{_PREFIX}{name}: {fault}")
            return default


def _read_credentials(reader: _Reader) -> Credentials | None:
    app_id, password = reader.text("APP_ID"), reader.text("APP_PASSWORD")
    app_type = reader.read("APP_TYPE", _app_type, default=AppType.SINGLE_TENANT)
    tenant = reader.text("APP_TENANT_ID") or reader.text("TENANT_ID")
    if not app_id and not password:
        return None
    if not app_id or not password:
        missing = "APP_PASSWORD" if app_id else "APP_ID"
        reader.faults.append(f"{_PREFIX}{missing}: is missing; {_PREFIX}APP_ID and {_PREFIX}APP_PASSWORD go together")
        return None
    if app_type is AppType.MULTI_TENANT:
        tenant = _MULTI_TENANT_LOGIN
    if not tenant:
        reader.faults.append(f"{_PREFIX}APP_TENANT_ID: is missing; a {app_type} bot signs in at a tenant of its own")
        return None
    return Credentials(app_id=app_id, app_password=password, login_tenant=tenant)


def _read_cloud(reader: _Reader) -> Cloud:
    cloud = Cloud()
    return Cloud(
        login_url=reader.read("LOGIN_URL", _login_url, default=cloud.login_url).rstrip("/"),
        openid_url=reader.read("OPENID_URL", _https_url, default=cloud.openid_url),
        token_issuer=reader.read("TOKEN_ISSUER", _https_url, default=cloud.token_issuer),
        token_scope=reader.read("TOKEN_SCOPE", _https_url, default=cloud.token_scope),
    )


def _read_ca_files(environ: Mapping[str, str], reader: _Reader, *, is_needed: bool) -> tuple[Path, ...]:
    """The files there are. One that is missing is a fault only for a bot that speaks to Microsoft."""
    named = [(name, environ[name]) for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE") if environ.get(name)]
    if is_needed:
        reader.faults += [f"{name}: there is no file {path}" for name, path in named if not Path(path).is_file()]
    return tuple(dict.fromkeys(Path(path) for _, path in named if Path(path).is_file()))


def _yes_or_no(text: str) -> bool:
    match text.lower():
        case "1" | "true" | "yes" | "on" | "ja":
            return True
        case "0" | "false" | "no" | "off" | "nej":
            return False
    raise ValueError("should be 1 or 0")


def _tour(text: str) -> bool:
    if text.lower() != "tour":
        raise ValueError("should be tour, or nothing")
    return True


def _database_url(text: str) -> str:
    # The address may hold a password, so the fault never repeats it.
    if not text.startswith(_DATABASES):
        raise ValueError(f"should begin with {' or '.join(_DATABASES)}")
    return text


def _host_for(*, is_local: bool) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if is_local and not is_loopback(text):
            raise ValueError("local mode listens on this machine only; use 127.0.0.1 or ::1")
        return text

    return parse


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text[:6]) > HIGHEST_PORT:
        raise ValueError(f"should be a number from 0 to {HIGHEST_PORT}")
    return int(text)


def _log_level(text: str) -> str:
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("should be DEBUG, INFO, WARNING or ERROR")
    return text.upper()


def _tenant(text: str) -> TenantId:
    if len(text) > _MOST_TENANT_CHARACTERS or any(c.isspace() or not c.isprintable() for c in text):
        raise ValueError(f"should be one word of at most {_MOST_TENANT_CHARACTERS} characters")
    try:
        return TenantId(str(UUID(text)))  # as Teams writes it, whoever typed it in capitals
    except ValueError:
        return TenantId(text)


def _app_type(text: str) -> AppType:
    for app_type in AppType:
        if text.lower() == app_type.lower():
            return app_type
    raise ValueError(f"should be {' or '.join(AppType)}")


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host for host in text.lower().replace(",", " ").split() if host)
    if any("/" in host or "*" in host for host in hosts):
        raise ValueError("should be host names alone, such as connector.example.se, with blanks or commas between")
    return hosts


def _service_url(urls: ServiceUrls) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not urls.allows(text):
            raise ValueError(
                "should be https at one of Microsoft's hosts or one in AVTALSBOT_SERVICE_HOSTS;"
                " in local mode an address on this machine",
            )
        return text

    return parse


def _login_url(text: str) -> str:
    if not text.startswith("https://"):
        raise ValueError("should be an https address")  # the password goes there
    return _https_url(text)


def _https_url(text: str) -> str:
    parts = urlsplit(text)
    if not parts.hostname or (parts.scheme != "https" and not is_loopback(parts.hostname)):
        raise ValueError("should be an https address")
    return text
