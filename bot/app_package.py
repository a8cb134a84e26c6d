"""The app package: the zip an administrator uploads to Teams, made from `manifest/` for one bot registration."""

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.settings import SettingsInvalid

_MANIFEST = "manifest.json"
_TAKEN_AS_THEY_ARE = ("sv.json", "en.json", "color.png", "outline.png")
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The same package is the same bytes whenever it is built; a zip knows no earlier day."""


def build_package(app_id: str, out: Path, host: str | None = None) -> None:
    """Write the package for the Entra application `app_id` (a GUID) to `out`.

    `host` is where the organisation tells about the bot: its name replaces example.org in the addresses of
    the support page, the privacy notice and the terms, which Teams shows to whoever opens the app's page.
    Raises SettingsInvalid when either cannot be used.
    """
    manifest = _filled_in(json.loads(_part(_MANIFEST).read_bytes()), _guid(app_id), _host(host))
    contents = {_MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=2).encode()}
    contents |= {name: _part(name).read_bytes() for name in _TAKEN_AS_THEY_ARE}
    out.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(out, "w") as package:
        for name, content in contents.items():
            package.writestr(ZipInfo(name, _OLDEST), content, ZIP_DEFLATED)


def _part(name: str) -> Traversable:
    """Beside the code in a checkout, inside it where the bot is installed as a wheel."""
    installed = files("bot") / "manifest" / name
    return installed if installed.is_file() else files("bot") / ".." / "manifest" / name


def _filled_in(manifest: dict[str, Any], app_id: str, host: str | None) -> dict[str, Any]:
    manifest["id"] = app_id
    for bot in manifest["bots"]:
        bot["botId"] = app_id
    if host:
        developer = manifest["developer"]
        pages = {name: urlsplit(page) for name, page in developer.items() if name.endswith("Url")}
        manifest["developer"] = developer | {name: page._replace(netloc=host).geturl() for name, page in pages.items()}
    return manifest


def _guid(app_id: str) -> str:
    try:
        guid = UUID(app_id)
    except ValueError:
        guid = UUID(int=0)
    if not guid.int:
        fault = (
            f"AVTALSBOT_APP_ID: {app_id!r} is not the application id of a bot registration. It stands on the app's"
            " overview page in Entra and looks like 3f2504e0-4f89-41d3-9a0c-0305e82c3301"
        )
        raise SettingsInvalid((fault,))
    return str(guid)


def _host(host: str | None) -> str | None:
    if host and (urlsplit(f"https://{host}").netloc != host or "." not in host):
        raise SettingsInvalid((f"host: {host!r} is not the bare name of a web site, such as www.kommunen.se",))
    return host
