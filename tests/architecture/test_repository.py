"""The repository is complete in itself, and says nothing of where it was made or where to download from."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.source import ROOMS, ROOT, repository_files, shown

ELSEWHERE = ("../sha" + "red", "/work/sha" + "red")
DOWNLOAD_HOSTS = (
    *("pypi" + ".org", "python" + "hosted.org", "registry.np" + "mjs.org", "registry.yarn" + "pkg.com"),
    *("deb.de" + "bian.org", "playwright.azur" + "eedge.net", "--index" + "-url", "--extra-index" + "-url"),
)
TEXT = {
    ".py",
    ".toml",
    ".md",
    ".lock",
    ".json",
    ".sh",
    ".mjs",
    ".js",
    ".yml",
    ".yaml",
    ".csv",
    ".txt",
    ".mako",
    ".ini",
    "",
}


def _mentions(words: tuple[str, ...]) -> list[str]:
    found = []
    for path in repository_files():
        if path.suffix in TEXT:
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{shown(path)}: {word}" for word in words if word in text]
    return found


def test_nothing_is_read_from_outside_the_repository() -> None:
    assert _mentions(ELSEWHERE) == []


def test_no_file_names_a_package_index_or_a_download_host() -> None:
    # One option only turns the naming off; it is how the lock files are made.
    found = [mention for mention in _mentions(DOWNLOAD_HOSTS) if not mention.endswith("--index" + "-url")]

    assert found == []


def test_locked_requirements_all_carry_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = [line for line in text.splitlines() if line[:1].isalnum()]

        assert pinned
        assert [line for line in pinned if "==" not in line or not line.endswith("\\")] == []


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with ZipFile(next(folder.glob("*.whl"))) as wheel:
        return frozenset(wheel.namelist())


def test_wheel_holds_every_file_of_every_room(wheel_names: frozenset[str]) -> None:
    ours = {shown(path) for path in repository_files() if path.relative_to(ROOT).parts[0] in ROOMS}

    assert ours - wheel_names == set()


def test_wheel_can_build_the_app_package(wheel_names: frozenset[str]) -> None:
    parts = {f"bot/manifest/{path.name}" for path in (ROOT / "manifest").iterdir()}

    assert parts - wheel_names == set()


def test_wheel_holds_no_tests(wheel_names: frozenset[str]) -> None:
    assert {Path(name).parts[0] for name in wheel_names if ".dist-info" not in name} == set(ROOMS)
