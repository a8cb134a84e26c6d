"""The app package is what Microsoft's own schemas ask for, and the same bot in both languages."""

import json
import re
import struct
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator

from bot.app_package import build_package
from bot.settings import SettingsInvalid

APP_ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "tests" / "support" / "schemas"


@pytest.fixture
def package(tmp_path: Path) -> Iterator[ZipFile]:
    out = tmp_path / "build" / "avtalsbot.zip"
    build_package(APP_ID, out, "www.kommunen.se")
    with ZipFile(out) as package:
        yield package


def _read(package: ZipFile, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(package.read(name))
    return content


def _faults(schema: str, document: object) -> list[str]:
    validator = Draft4Validator(json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(document)]


def test_manifest_is_what_microsoft_asks_for(package: ZipFile) -> None:
    assert _faults("teams-manifest-1.25.json", _read(package, "manifest.json")) == []


def test_teams_is_told_that_the_bot_gives_and_takes_files(package: ZipFile) -> None:
    [bot] = _read(package, "manifest.json")["bots"]

    assert bot["supportsFiles"] is True
    assert bot["scopes"] == ["personal"]  # a consent card is shown in a personal chat only


def test_the_schema_test_can_fail() -> None:
    assert _faults("teams-manifest-1.25.json", {"manifestVersion": "1.24"})


@pytest.mark.parametrize("language", ["sv", "en"])
def test_translations_are_what_microsoft_asks_for(package: ZipFile, language: str) -> None:
    assert _faults("teams-localization-1.25.json", _read(package, f"{language}.json")) == []


def test_both_languages_translate_the_same_sentences(package: ZipFile) -> None:
    assert _read(package, "sv.json").keys() == _read(package, "en.json").keys()


def test_swedish_file_says_what_the_manifest_says(package: ZipFile) -> None:
    manifest, swedish = _read(package, "manifest.json"), _read(package, "sv.json")

    commands = manifest["bots"][0]["commandLists"][0]["commands"]
    said = {
        f"bots[0].commandLists[0].commands[{place}].{part}": text
        for place, command in enumerate(commands)
        for part, text in command.items()
    }
    said |= {
        f"{field}.{size}": manifest[field][size] for field in ("name", "description") for size in ("short", "full")
    }

    assert said == {key: text for key, text in swedish.items() if key != "$schema"}


def test_package_names_the_bot_it_was_made_for(package: ZipFile) -> None:
    manifest = _read(package, "manifest.json")

    assert manifest["id"] == manifest["bots"][0]["botId"] == APP_ID


def test_pages_about_the_app_are_the_organisations_own(package: ZipFile) -> None:
    developer = _read(package, "manifest.json")["developer"]

    pages = [value for name, value in developer.items() if name.endswith("Url")]

    assert all(page.startswith("https://www.kommunen.se/") for page in pages)


def test_app_is_personal_and_can_be_written_to(package: ZipFile) -> None:
    manifest = _read(package, "manifest.json")

    assert manifest["defaultInstallScope"] == "personal"
    assert manifest["bots"][0]["scopes"] == ["personal"]
    assert manifest["bots"][0]["isNotificationOnly"] is False


@pytest.mark.parametrize(("icon", "size"), [("color", 192), ("outline", 32)])
def test_icons_have_the_size_teams_wants(package: ZipFile, icon: str, size: int) -> None:
    header = package.read(f"{icon}.png")[16:24]

    assert struct.unpack(">II", header) == (size, size)


def test_package_holds_nothing_else(package: ZipFile) -> None:
    assert set(package.namelist()) == {"manifest.json", "sv.json", "en.json", "color.png", "outline.png"}


def test_the_same_package_is_the_same_bytes(tmp_path: Path) -> None:
    build_package(APP_ID, tmp_path / "one.zip")
    build_package(APP_ID, tmp_path / "two.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize("app_id", ["", "avtalsbot", "00000000-0000-0000-0000-000000000000"])
def test_a_package_for_no_bot_is_refused(tmp_path: Path, app_id: str) -> None:
    with pytest.raises(SettingsInvalid, match="AVTALSBOT_APP_ID"):
        build_package(app_id, tmp_path / "avtalsbot.zip")


@pytest.mark.parametrize("host", ["https://kommunen.se", "kommunen.se/bot", "kommunen"])
def test_a_host_is_a_bare_name(tmp_path: Path, host: str) -> None:
    with pytest.raises(SettingsInvalid, match="host"):
        build_package(APP_ID, tmp_path / "avtalsbot.zip", host)


def test_manifest_carries_the_version_of_the_bot(package: ZipFile) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert _read(package, "manifest.json")["version"] == project["version"]


def test_no_shown_text_is_in_markup(package: ZipFile) -> None:
    texts = [*_read(package, "sv.json").values(), *_read(package, "en.json").values()]

    assert [text for text in texts if re.search(r"[*_<>`]|\]\(", text)] == []
