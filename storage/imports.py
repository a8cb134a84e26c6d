"""Which files have been imported, so that the same one again is recognised."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from uuid6 import uuid7

from storage.models import ImportRow
from storage.rows import Rows


class Imports(Rows):
    """The tenant's kept imports."""

    async def add(
        self,
        *,
        kind: str,
        file_name: str,
        sha256: str,
        size_bytes: int,
        at: datetime,
        actor: str,
        counts: Mapping[str, int],
    ) -> str:
        """Keep the record of an import (`register` or `people`) and return its id."""
        self._changes.has_new_standing = True
        import_id = str(uuid7())
        await self._insert(
            ImportRow,
            [
                {
                    "import_id": import_id,
                    "kind": kind,
                    "file_name": file_name,
                    "sha256": sha256,
                    "size_bytes": size_bytes,
                    "at": at,
                    "actor": actor,
                    "counts": dict(counts),
                },
            ],
        )
        return import_id

    async def has_any(self, kind: str) -> bool:
        """Whether a file of this kind has ever been imported."""
        row = await self._connection.execute(
            select(ImportRow.import_id).where(ImportRow.tenant_id == self._tenant_id, ImportRow.kind == kind).limit(1),
        )
        return row.first() is not None
