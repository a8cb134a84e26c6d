"""The repository as text: what architecture tests read instead of importing it."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "cards", "dialogs", "domain", "scheduler", "storage", "usecases")
_NOT_OURS = frozenset({"build", "dist", "node_modules", "__pycache__"})
"""Folders that tools fill; none of them is kept in the repository, nor is any that begins with a dot but .ci."""


def repository_files() -> Iterator[Path]:
    """Every file a clone has, as far as that can be told without git."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.is_dir():
                if path.name == ".ci" or not (path.name in _NOT_OURS or path.name.startswith(".")):
                    folders.append(path)
            elif path.suffix not in {".pyc", ".db"}:
                yield path


@cache
def modules(*folders: str) -> tuple[Path, ...]:
    """The Python files of some top-level folders, the shipped rooms when none is named."""
    return tuple(sorted(path for folder in folders or ROOMS for path in (ROOT / folder).rglob("*.py")))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_names(path: Path) -> Iterator[str]:
    """The full name of everything a module imports."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    """A path as a reader knows it."""
    return path.relative_to(ROOT).as_posix()
