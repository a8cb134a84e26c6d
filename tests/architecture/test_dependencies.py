"""What the bot needs is what it says it needs."""

import re
import sys
from collections.abc import Mapping
from importlib.metadata import packages_distributions

from tests.support.source import ROOMS, imported_names, modules, pyproject

NEVER_IMPORTED: Mapping[str, str] = {
    "psycopg": "SQLAlchemy loads it for postgresql+psycopg:// addresses",
    "pydantic": "microsoft-teams-cards builds on it, and mypy reads its plugin",
    "msrest": "botbuilder's own client, held at the version it was tested with",
    "urllib3": "msrest under version 1 would send a message twice",
    "tzdata": "zoneinfo reads it where the system has no time zones",
}
"""Declared because something else needs them to be there, or at a version."""


def _declared() -> set[str]:
    return {_normal(re.split(r"[\[<>=; ]", line)[0]) for line in pyproject()["project"]["dependencies"]}


def _imported() -> set[str]:
    owners = packages_distributions()
    top_level = {name.partition(".")[0] for path in modules() for name in imported_names(path)}
    foreign = top_level - set(ROOMS) - sys.stdlib_module_names
    # Several distributions fill one name, as botbuilder is filled: those of them that are declared are meant.
    return {owner for name in foreign for owner in {*map(_normal, owners[name])} & _declared() or {name}}


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_every_library_that_is_imported_is_declared() -> None:
    assert _imported() - _declared() == set()


def test_every_library_that_is_declared_is_needed() -> None:
    assert _declared() - _imported() - NEVER_IMPORTED.keys() == set()
