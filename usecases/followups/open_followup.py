"""A person looks at one follow-up: to answer it, to approve it, or to see where it stands."""

from dataclasses import dataclass

from domain.identifiers import TenantId
from domain.people import Language, Person
from usecases.parts.acting import subject_for
from usecases.parts.items import Item, read_item
from usecases.parts.reviewing import Review, read_review
from usecases.parts.scene import read_scene
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The follow-up, and what to read when it waits for this person's approval."""

    item: Item
    review: Review | None


async def open_followup(
    world: World,
    tenant_id: TenantId,
    person: Person,
    followup_id: str,
    language: Language,
) -> Opened:
    """The follow-up as it stands now; refused when it is not theirs to see."""
    async with world.store.read(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        subject = await subject_for(unit, scene, person, followup_id)
        item = await read_item(unit, subject, person, scene)
        review = await read_review(unit, scene, subject, person, language) if item.may_sign else None
    return Opened(item=item, review=review)
