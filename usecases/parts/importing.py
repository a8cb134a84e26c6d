"""What every import leaves behind: one row that says which file it was, and one event."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.register.difference import FieldChange
from domain.register.plain import as_plain
from domain.register.report import ImportReport
from storage.events import Event, new_event
from storage.unit_of_work import Unit

REGISTER, PEOPLE = "register", "people"


async def keep_import(
    unit: Unit,
    kind: str,
    *,
    report: ImportReport,
    content: bytes,
    counts: Mapping[str, int],
    actor: str,
    at: datetime,
) -> Event:
    """Keep the record of the file; returns the event to add beside it."""
    told = {
        "rows": report.rows_read,
        "accepted": report.accepted_count,
        "remarked": report.remarked_count,
        "quarantined": len(report.quarantined),
        **counts,
    }
    import_id = await unit.imports.add(
        kind=kind,
        file_name=report.file_name,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        at=at,
        actor=actor,
        counts=told,
    )
    details = {"file_name": report.file_name, **told}
    return new_event(kind=f"{kind}_imported", subject=f"import:{import_id}", actor=actor, at=at, details=details)


def told_changes(changes: Iterable[FieldChange]) -> dict[str, object]:
    """Each changed field with its values before and after, as an event keeps them."""
    return {change.column: {"before": as_plain(change.before), "after": as_plain(change.after)} for change in changes}
