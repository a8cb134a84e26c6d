"""Drafts nobody registered within their day are thrown away; that there was one is kept, its words are not."""

from collections.abc import Sequence

from domain.deviation import Deviation, DeviationState
from storage.events import CLOCK, new_event
from storage.unit_of_work import Unit
from usecases.parts.scene import Scene


async def without_old_drafts(unit: Unit, scene: Scene, due: Sequence[Deviation]) -> list[Deviation]:
    """Of the rows that are due, the cases; the drafts among them are gone, with their evidence. Somebody else commits."""
    drafts = [one for one in due if one.state is DeviationState.DRAFT]
    for draft in drafts:
        await unit.deviations.forget_draft(draft.deviation_id)
    await unit.events.add_all(
        [
            new_event(
                kind="deviation.draft_expired",
                subject=f"deviation:{draft.deviation_id}",
                actor=CLOCK,
                at=scene.now,
                details={"reported_by": draft.reported_by},
            )
            for draft in drafts
        ],
    )
    return [one for one in due if one.state is not DeviationState.DRAFT]
