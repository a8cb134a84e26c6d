"""The rule book as it is kept: immutable, numbered versions per tenant, and the shipped default."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any

from sqlalchemy import func, select

from storage.models import ChecklistTemplateRow, RuleSetRow
from storage.rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFiles:
    """A rule set as text: file stem to TOML source, with the digest of them all."""

    number: int
    sha256: str
    texts: Mapping[str, str]
    imported_at: datetime | None = None
    imported_by: str | None = None

    def tables(self) -> dict[str, dict[str, Any]]:
        """The parsed TOML by file stem; a syntax error raises `tomllib.TOMLDecodeError`."""
        return {stem: tomllib.loads(text) for stem, text in self.texts.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFile:
    """One checklist module's template as text."""

    module: str
    version: int
    sha256: str
    content: str


def digest(texts: Mapping[str, str]) -> str:
    """The SHA-256 over names and contents in order."""
    sha = hashlib.sha256()
    for name in sorted(texts):
        sha.update(name.encode() + b"\0" + texts[name].encode() + b"\0")
    return sha.hexdigest()


def shipped_rules() -> RuleFiles:
    """The rule set that comes with Avtalsbot."""
    folder = files("domain") / "rulebook"
    texts = {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in (*folder.iterdir(), *(folder / "letters").iterdir())
        if entry.name.endswith(".toml")
    }
    return RuleFiles(number=1, sha256=digest(texts), texts=texts)


def shipped_templates() -> list[tuple[str, str]]:
    """The shipped checklists as (module, TOML source)."""
    folder = files("domain") / "rulebook" / "checklists"
    return sorted(
        (entry.name.removesuffix(".toml").upper(), entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )


class Rules(Rows):
    """The tenant's rule sets and checklist templates."""

    async def get(self, number: int) -> RuleFiles | None:
        row = (
            await self._connection.execute(
                select(RuleSetRow).where(RuleSetRow.tenant_id == self._tenant_id, RuleSetRow.number == number),
            )
        ).one_or_none()
        if row is None:
            return None
        return RuleFiles(
            number=row.number,
            sha256=row.sha256,
            texts=row.files,
            imported_at=row.imported_at,
            imported_by=row.imported_by,
        )

    async def digest_of(self, number: int | None) -> tuple[int, str] | None:
        """The number and SHA-256 of a version (None: the newest) without its text."""
        statement = select(RuleSetRow.number, RuleSetRow.sha256).where(RuleSetRow.tenant_id == self._tenant_id)
        if number is not None:
            statement = statement.where(RuleSetRow.number == number)
        row = (await self._connection.execute(statement.order_by(RuleSetRow.number.desc()).limit(1))).one_or_none()
        return (row.number, row.sha256) if row else None

    async def template_digests(self) -> tuple[tuple[str, int, str], ...]:
        """Module, version and SHA-256 of every template, without their text."""
        rows = await self._connection.execute(
            select(ChecklistTemplateRow.module, ChecklistTemplateRow.version, ChecklistTemplateRow.sha256)
            .where(ChecklistTemplateRow.tenant_id == self._tenant_id)
            .order_by(ChecklistTemplateRow.module, ChecklistTemplateRow.version),
        )
        return tuple((row.module, row.version, row.sha256) for row in rows)

    async def latest_number(self) -> int:
        """The number of the newest version, 0 when there is none."""
        latest = await self._connection.execute(
            select(func.max(RuleSetRow.number)).where(RuleSetRow.tenant_id == self._tenant_id),
        )
        return latest.scalar_one_or_none() or 0

    async def add(self, texts: Mapping[str, str], *, at: datetime, by: str) -> RuleFiles:
        """Keep a new version; the same content as the newest one is that one again."""
        number = await self.latest_number()
        newest = await self.get(number) if number else None
        sha256 = digest(texts)
        if newest is not None and newest.sha256 == sha256:
            return newest
        self._changes.has_new_standing = True
        await self._insert(
            RuleSetRow,
            [{"number": number + 1, "sha256": sha256, "files": dict(texts), "imported_at": at, "imported_by": by}],
        )
        return RuleFiles(number=number + 1, sha256=sha256, texts=dict(texts), imported_at=at, imported_by=by)

    async def templates(self) -> dict[str, TemplateFile]:
        """The newest template of each module."""
        rows = await self._connection.execute(
            select(ChecklistTemplateRow)
            .where(ChecklistTemplateRow.tenant_id == self._tenant_id)
            .order_by(ChecklistTemplateRow.module, ChecklistTemplateRow.version),
        )
        return {row.module: _template(row) for row in rows}

    async def template(self, module: str, version: int) -> TemplateFile | None:
        row = (
            await self._connection.execute(
                select(ChecklistTemplateRow).where(
                    ChecklistTemplateRow.tenant_id == self._tenant_id,
                    ChecklistTemplateRow.module == module,
                    ChecklistTemplateRow.version == version,
                ),
            )
        ).one_or_none()
        return _template(row) if row else None

    async def add_template(self, module: str, content: str) -> TemplateFile:
        """Keep a new version of a module's checklist; unchanged content is the newest version again."""
        newest = (await self.templates()).get(module)
        sha256 = hashlib.sha256(content.encode()).hexdigest()
        if newest is not None and newest.sha256 == sha256:
            return newest
        version = newest.version + 1 if newest else 1
        self._changes.has_new_standing = True
        await self._insert(
            ChecklistTemplateRow,
            [{"module": module, "version": version, "sha256": sha256, "content": content}],
        )
        return TemplateFile(module=module, version=version, sha256=sha256, content=content)


def _template(row: Any) -> TemplateFile:  # noqa: ANN401 - a row of ChecklistTemplateRow
    return TemplateFile(module=row.module, version=row.version, sha256=row.sha256, content=row.content)
