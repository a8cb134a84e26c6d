"""Somebody fills a gap: what was agreed, what the fault led to, what we ask for. The unsent drafts are written anew."""

from dataclasses import dataclass, fields, replace
from typing import Any

from domain.case_file import CaseLetter, LetterKind
from domain.errors import Refused
from domain.identifiers import TenantId
from domain.people import Language, Person
from storage.unit_of_work import Unit
from usecases.parts.acting import written
from usecases.parts.case_letters import CaseLetters, letters_of, refuse_other_writers
from usecases.parts.casework import Case, case_event, case_for, keep_moved
from usecases.parts.drafting_letters import Wanted, draft_letter
from usecases.parts.retrying import once_more
from usecases.parts.scene import Scene, read_scene
from usecases.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What somebody adds to a case, named as on the deviation; what is left out stays as it was."""

    requirement: str | None = None
    agreed: str | None = None
    consequence: str | None = None
    requested_action: str | None = None
    invoice_number: str | None = None
    registry_number: str | None = None

    @property
    def said(self) -> dict[str, str]:
        """What was said, by field."""
        named = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in named.items() if value}


async def complete_case(
    world: World,
    tenant_id: TenantId,
    person: Person,
    reference: str,
    completion: Completion,
) -> CaseLetters:
    """Keep what was said and write the unsent drafts anew; refused when it tells of somebody's life."""

    async def act() -> CaseLetters:
        async with world.store.open(tenant_id) as unit:
            scene = await read_scene(unit, now=world.now(), is_local=world.is_local)
            case = await case_for(unit, scene, person, reference)
            refuse_other_writers(case)
            if not case.deviation.is_open:
                raise Refused("supplier_letter.refused.ended", number=case.deviation.number or "")
            said: dict[str, Any] = {name: written(text) for name, text in completion.said.items()}
            changed = replace(case.deviation, **said)
            if changed != case.deviation:
                case = await keep_moved(unit, case, changed, [case_event(case, "deviation.completed", person, said)])
            letters = [await _as_now(unit, scene, case, letter, person) for letter in case.file.letters]
            if "registry_number" in said:
                letters = await _registered(unit, letters, said["registry_number"])
            await unit.commit()
        return letters_of(replace(case, file=replace(case.file, letters=tuple(letters))))

    return await once_more(act)


async def _as_now(unit: Unit, scene: Scene, case: Case, letter: CaseLetter, person: Person) -> CaseLetter:
    """The letter as it reads now: a draft is written anew, what has been sent stands as it was sent."""
    if letter.sent_on is not None:
        return letter
    wanted = Wanted(language=Language(letter.language))
    return await draft_letter(unit, scene, case, letter.kind, drafted_by=person.mail, wanted=wanted)


async def _registered(unit: Unit, letters: list[CaseLetter], number: str) -> list[CaseLetter]:
    """The number goes to the latest letter that went without one and was to be registered."""
    waiting = [one for one in letters if _waits_for_number(one)]
    latest = max(waiting, key=lambda one: (one.sent_on or one.drafted_at.date(), one.drafted_at), default=None)
    if latest is None:
        return letters
    numbered = replace(latest, registry_number=number)
    await unit.case_files.save_letter(numbered)
    return [numbered if one is latest else one for one in letters]


def _waits_for_number(letter: CaseLetter) -> bool:
    is_letter = letter.kind is not LetterKind.DIALOGUE_NOTE
    return is_letter and letter.sent_on is not None and letter.registry_number is None
