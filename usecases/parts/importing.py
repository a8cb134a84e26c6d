"""What imports have in common: what they leave behind, and since when people have known better than the file."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from domain.register.cell import Remark
from domain.register.difference import FieldChange, Held
from domain.register.grouping import RowRemark
from domain.register.plain import as_plain
from domain.register.report import ImportReport
from storage.events import Event, new_event
from storage.unit_of_work import Unit
from usecases.parts.scene import read_scene
from usecases.world import World

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


async def held_remarks(world: World, unit: Unit, held: Sequence[Held]) -> tuple[RowRemark, ...]:
    """One remark for each field in which the register is behind what people have decided, and since when it is."""
    if not held:
        return ()
    scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
    history = await unit.events.about_each({_subject(one) for one in held})
    remarks = []
    for one in held:
        moment = next((event.at for event in reversed(history[_subject(one)]) if _tells(event, one)), None)
        remarks.append(_held_remark(one, scene.post.day_of(moment) if moment else None))
    return tuple(remarks)


def _subject(held: Held) -> str:
    return f"contract:{held.contract.contract_id}"


def _tells(event: Event, held: Held) -> bool:
    """Whether the event is the one that gave the field its value: `contract.manager_changed`, or a people file's own."""
    kept = as_plain(held.kept)
    changed = event.details.get("changes", {}).get(held.column)
    if changed is not None:
        return bool(changed["after"] == kept)
    part = held.field.removeprefix("contract_").removesuffix("_mail")
    return part in event.kind and event.details.get("to") == kept


def _held_remark(held: Held, since: date | None) -> RowRemark:
    values = {"said": held.said, "kept": held.kept}
    if since is None:
        remark = Remark(text_key="register.corrected_undated", column=held.column, values=values)
    else:
        key = "register.corrected" if held.said is not None else "register.corrected_blank"
        remark = Remark(text_key=key, column=held.column, values={**values, "day": since})
    return RowRemark(row_number=held.row_number, subject=held.contract.contract_number, remark=remark)
