"""Somebody wants a letter to the supplier: it is drafted from the case, with a gap for what is not known."""

from datetime import date

from domain.case_file import LetterKind
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import Language, Person
from usecases.parts.acting import written
from usecases.parts.case_letters import LetterShown, as_shown, letter_for, refuse_other_writers
from usecases.parts.casework import case_for
from usecases.parts.drafting_letters import Wanted, draft_letter, draft_of
from usecases.parts.scene import read_scene
from usecases.world import World


async def draft_supplier_letter(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    kind: LetterKind,
    *,
    language: Language | None = None,
) -> LetterShown:
    """Draft the letter, or write its unsent draft anew; the same twice is one draft.

    It is in the drafter's own language unless another is named: they read it, and answer for it.
    """
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        case = await case_for(unit, scene, person, reference)
        refuse_other_writers(case)
        chosen = language or (None if draft_of(case, kind) else person.speaks)
        letter = await draft_letter(unit, scene, case, kind, drafted_by=person.mail, wanted=Wanted(language=chosen))
        await unit.commit()
    return as_shown(case, letter)


async def change_letter(
    world: World,
    tenant_id: TenantId,
    person: Person,
    letter_id: str,
    *,
    answer_due_on: date | None = None,
    recipient: str = "",
) -> LetterShown:
    """Another last day to answer, another recipient or both, as long as the letter has not been sent."""
    async with world.store.open(tenant_id) as unit:
        scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
        shown = await letter_for(unit, scene, person, letter_id)
        case, letter = shown.case, shown.letter
        refuse_other_writers(case)
        if letter.sent_on is not None:
            return shown
        if answer_due_on is not None:
            _check_answer_day(letter.kind, answer_due_on, scene.today)
        wanted = Wanted(
            language=Language(letter.language),
            answer_due_on=answer_due_on,
            recipient=written(recipient, most=200, is_name=True) or None,
        )
        drafted = await draft_letter(unit, scene, case, letter.kind, drafted_by=person.mail, wanted=wanted)
        await unit.commit()
    return as_shown(case, drafted)


def _check_answer_day(kind: LetterKind, answer_due_on: date, today: date) -> None:
    if kind is LetterKind.DIALOGUE_NOTE:
        raise Refused("supplier_letter.refused.note_asks_nothing")
    if answer_due_on <= today:
        raise Refused("supplier_letter.refused.due_in_the_past")
