"""The rooms are the ones on the plan, and each module keeps house: what import-linter cannot say."""

import ast
import sys
from pathlib import Path

import pytest

from tests.support.source import ROOMS, ROOT, imported_names, modules, parsed, pyproject, shown

MOST_LINES = 400
"""A longer module has two subjects. Migrations are exempt: they are written by a machine and read once."""
MOST_TEST_LINES = 600
"""A test module is mostly tables and stories, and one subject has many of both."""

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "service", "data", "info", "misc"}


def test_every_package_is_a_room_on_the_plan() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}

    assert packages == set(ROOMS)


@pytest.mark.parametrize("listed", ["tool.importlinter.root_packages", "tool.hatch.build.targets.wheel.packages"])
def test_every_room_is_checked_and_shipped(listed: str) -> None:
    found: object = pyproject()
    for key in listed.split("."):
        assert isinstance(found, dict)
        found = found[key]

    assert found == list(ROOMS)


def test_domain_knows_only_itself_and_the_standard_library() -> None:
    allowed = {"domain", *sys.stdlib_module_names}

    strangers = [
        f"{shown(path)}: {name}"
        for path in modules("domain")
        for name in imported_names(path)
        if name.partition(".")[0] not in allowed
    ]

    assert strangers == []


def test_every_import_says_the_whole_name() -> None:
    relative = [
        shown(path)
        for path in modules(*ROOMS, "tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [shown(path) for path in modules(*ROOMS, "tests") if path.stat().st_size and not _docstring(path)]

    assert silent == []


def _docstring(path: Path) -> str | None:
    return ast.get_docstring(parsed(path))


def test_no_module_grows_past_its_subject() -> None:
    lines = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*ROOMS, "tests")}

    too_long = {
        name: count
        for name, count in lines.items()
        if count > (MOST_TEST_LINES if name.startswith("tests/") else MOST_LINES)
        and "/migrations/versions/" not in name
    }

    assert too_long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [shown(path) for path in modules() if path.stem.split("_")[-1] in SAYS_NOTHING] == []


def test_no_module_takes_a_name_from_the_standard_library() -> None:
    own = {path.stem if path.stem != "__init__" else path.parent.name for path in modules()}

    assert own & sys.stdlib_module_names == set()
